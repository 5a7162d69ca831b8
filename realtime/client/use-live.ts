import { useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { Refresher } from "./refresher";
import { liveLink } from "./socket";

/**
 * Keeps a thread up to date: when the issue changes, the page's loaders run again, at most once every few moments and
 * never while the tab is hidden (then once, when it is looked at).
 */
export function useLiveIssue(_reference: string, id: string, _version: number): void {
  const refresh = useRefresh();
  useEffect(() => {
    const link = liveLink();
    const stop = [
      link.watchIssue(id),
      link.onIssueChanged((message) => message.issue === id && refresh()),
      link.onResumed(refresh),
    ];
    return () => stop.forEach((each) => void each());
  }, [id, refresh]);
}

/** Runs the page's loaders again when this person has a new notice. Called once, by the shell. */
export function useLiveNotices(): void {
  const refresh = useRefresh();
  useEffect(() => liveLink().onNoticesChanged(refresh), [refresh]);
}

/** Calls back when something is new on theme pages: they ask how many, and show them when told to. */
export function useThemesChanged(changed: () => void): void {
  useEffect(() => {
    const link = liveLink();
    const stop = [link.watchBoard(), link.onThemesChanged(changed), link.onResumed(changed)];
    return () => stop.forEach((each) => void each());
  }, [changed]);
}

export interface LiveBoard {
  /** Ids of issues raised since the page was loaded: "3 new issues: show them". Not yet held against the filters. */
  fresh: readonly string[];
  /** Shown issues that have changed since: mark them, leave them where they are. */
  changed: ReadonlySet<string>;
  /** The connection was lost and came back: what is shown may be old. */
  missed: boolean;
  /** Loads the page again and forgets what was collected. */
  show(): void;
}

/** The version every issue is raised with. */
const firstVersion = 1;

/** Collects what happens while a board is looked at. Nothing moves until the person asks for it. */
export function useLiveBoard(shown: readonly { id: string; version: number }[]): LiveBoard {
  const { revalidate } = useRevalidator();
  const [collected, setCollected] = useState<Collected>(nothing);
  const versions = useRef(new Map<string, number>());
  versions.current = new Map(shown.map((each) => [each.id, each.version]));

  useEffect(() => {
    const link = liveLink();
    const stop = [
      link.watchBoard(),
      link.onIssueChanged((message) => setCollected((before) => collect(before, message, versions.current))),
      link.onResumed(() => setCollected((before) => ({ ...before, missed: true }))),
    ];
    return () => stop.forEach((each) => void each());
  }, []);

  const show = useCallback(() => {
    setCollected(nothing);
    revalidate();
  }, [revalidate]);
  const changed = [...collected.changed].filter(([id, version]) => (versions.current.get(id) ?? version) < version);
  return {
    fresh: [...collected.fresh].filter((id) => !versions.current.has(id)),
    changed: new Set(changed.map(([id]) => id)),
    missed: collected.missed,
    show,
  };
}

export interface Collected {
  fresh: ReadonlySet<string>;
  changed: ReadonlyMap<string, number>;
  missed: boolean;
}
export const nothing: Collected = { fresh: new Set(), changed: new Map(), missed: false };

/** What a message adds to what was collected, given the versions on the page. */
export function collect(
  before: Collected,
  message: { issue: string; version: number },
  shown: ReadonlyMap<string, number>,
): Collected {
  const version = shown.get(message.issue);
  if (version === undefined) {
    if (message.version !== firstVersion || before.fresh.has(message.issue)) return before;
    return { ...before, fresh: new Set([...before.fresh, message.issue]) };
  }
  if (message.version <= version) return before;
  return { ...before, changed: new Map([...before.changed, [message.issue, message.version]]) };
}

let ofThisTab: Refresher | undefined;

/** One refresher a tab: the shell and the page ask for the same load. */
function refresher(): Refresher {
  ofThisTab ??= new Refresher({
    hidden: () => document.visibilityState === "hidden",
    after: (ms, run) => void setTimeout(run, ms),
  });
  return ofThisTab;
}

function useRefresh(): () => void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => refresher().tell(revalidate, state === "loading"), [revalidate, state]);
  useEffect(() => {
    const looked = () => refresher().looked();
    document.addEventListener("visibilitychange", looked);
    return () => document.removeEventListener("visibilitychange", looked);
  }, []);
  return useCallback(() => refresher().ask(), []);
}
