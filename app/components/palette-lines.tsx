import type { TextRun } from "../domain/ports";
import { kindNames } from "./find-words";
import { Icon } from "./icon";
import { Keys, useKeysState } from "./keys";
import { matchingActions, type PaletteAction } from "./palette-actions";
import type { QuickOption } from "./search-hit-view";
import { SideName } from "./side-name";
import { StateName } from "./state-mark";
import { TextRuns } from "./text-runs";
import type { Quick } from "./use-quick";

export interface Line {
  key: string;
  to: string;
  /** Whether it belongs to the text as it stands, not to an earlier one. */
  fresh: boolean;
  shows:
    | { kind: "action"; icon: Parameters<typeof Icon>[0]["name"]; name: string; keys?: string | undefined }
    | QuickOption;
}

export interface LineGroup {
  name: string;
  lines: readonly Line[];
}

/** Pages first, since few match a text; then what was found, by kind; the whole search last. */
export function groupsOf(text: string, { view, of }: Quick, all: readonly PaletteAction[]): LineGroup[] {
  const asked = text.trim();
  const actions = matchingActions(all, asked).map(({ name, to, icon, keys }): Line => {
    return { key: to, to, fresh: true, shows: { kind: "action", icon, name, keys } };
  });
  const found = (view?.groups ?? []).map(({ kind, options }): LineGroup => {
    const lines = options.map(
      (option): Line => ({ key: option.key, to: option.to, fresh: of === asked, shows: option }),
    );
    return { name: kindNames[kind], lines };
  });
  const whole: Line = {
    key: "whole",
    to: searchFor(asked),
    fresh: true,
    shows: { kind: "action", icon: "search", name: `See everything for “${asked}”` },
  };
  const groups = [{ name: "Go to", lines: actions }, ...found];
  if (asked !== "") groups.push({ name: "Search", lines: [whole] });
  return groups.filter((group) => group.lines.length > 0);
}

export function searchFor(text: string): string {
  return `/search?${new URLSearchParams({ q: text.trim() })}`;
}

export const lineId = (at: number): string => `palette-line-${at}`;

interface LinesProps {
  groups: readonly LineGroup[];
  active: number;
  onPick(to: string): void;
  onPoint(line: number): void;
}

/** The list under the field. */
export function Lines({ groups, active, onPick, onPoint }: LinesProps) {
  let at = -1;
  return (
    <div className="ct-palette__list" id="palette-list" role="listbox" aria-label="Pages and what was found">
      {groups.map((group, of) => (
        <div key={group.name} role="group" aria-labelledby={`palette-group-${of}`}>
          <div className="ct-palette__group" id={`palette-group-${of}`}>
            {group.name}
          </div>
          {group.lines.map((line) => {
            at++;
            return (
              <Option key={line.key} line={line} at={at} active={at === active} onPick={onPick} onPoint={onPoint} />
            );
          })}
        </div>
      ))}
    </div>
  );
}

interface OptionProps {
  line: Line;
  at: number;
  active: boolean;
  onPick(to: string): void;
  onPoint(line: number): void;
}

function Option({ line, at, active, onPick, onPoint }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field that owns the list
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
    <div
      id={lineId(at)}
      role="option"
      aria-selected={active}
      className="ct-palette__line"
      onPointerDown={(event) => event.preventDefault()}
      onPointerMove={() => !active && onPoint(at)}
      onClick={() => onPick(line.to)}
    >
      {"kind" in line.shows ? (
        <>
          <Icon name={line.shows.icon} />
          <span className="ct-grow">{line.shows.name}</span>
          {line.shows.keys ? <ActionKeys keys={line.shows.keys} /> : null}
        </>
      ) : (
        <Found option={line.shows} />
      )}
    </div>
  );
}

/** Single keys are for eyes: a screen reader hears them in the list of keys. */
function ActionKeys({ keys }: { keys: string }) {
  const { on } = useKeysState();
  if (!on) return null;
  return (
    <span className="ct-hide-s" aria-hidden="true">
      <Keys keys={keys} />
    </span>
  );
}

function Found({ option: { title, small, state, side } }: { option: QuickOption }) {
  return (
    <>
      <span className="ct-grow">
        {side ? (
          <SideName side={side}>
            <TextRuns runs={title} />
          </SideName>
        ) : (
          <span className="ct-palette__title">
            <TextRuns runs={title} />
          </span>
        )}
        {holdsText(small) ? (
          <small>
            <TextRuns runs={small} />
          </small>
        ) : null}
      </span>
      {state ? <StateName state={state} /> : null}
    </>
  );
}

function holdsText(runs: readonly TextRun[]): boolean {
  return runs.some((run) => run.text.trim() !== "");
}
