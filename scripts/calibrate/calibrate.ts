import {
  fewestOfEach,
  fewestPairs,
  type JudgedPair,
  judgedPairs,
  type Precision,
  precisionFrom,
  proposeThresholds,
  wantedOfAlike,
  wantedOfLikelySame,
} from "../../app/domain/calibration";
import { Directory } from "../../app/domain/directory";
import type { Judgement } from "../../app/domain/likeness";
import type { LikenessThresholds } from "../../app/domain/ports";
import type { Storage } from "../../app/storage/connect";
import { scoreVersion, shippedThresholds } from "../../search/likeness-score";

export interface CalibrationRequest {
  /** Pairs of a labelled file, scored by the search of the product. */
  labelled: readonly JudgedPair[];
  /** Who accepts: the username of an account. */
  by: string | undefined;
  /** Asked once there is something to accept, and somebody who may. */
  accepts(): Promise<boolean>;
  /** The person of a username. In a demonstration, the person's own id. */
  personOf(username: string): Promise<string | undefined>;
  now: Date;
  say(line: string): void;
}

export type Calibrated = "accepted" | "proposed" | "nothing to propose";

/** Somebody who may not decide this for everybody. */
export class NotAnAdministrator extends Error {}

/**
 * Shows what people's judgements say of the thresholds that hold now and of others, and proposes some. Nothing changes
 * unless an administrator accepts it; who did, and when, is kept with the thresholds.
 */
export async function calibrate(
  storage: Pick<Storage, "likeness" | "settings" | "directory">,
  request: CalibrationRequest,
): Promise<Calibrated> {
  const { say, labelled } = request;
  const judgements: Judgement[] = [];
  for await (const batch of storage.likeness.every(1_000)) judgements.push(...batch);
  const judged = judgedPairs(judgements, scoreVersion);
  const pairs = [...judged.pairs, ...labelled];
  const current = (await storage.settings.likeness()) ?? shippedThresholds;
  say(`Judged by people: ${countOf(judged.pairs)}. Labelled: ${countOf(labelled)}.`);
  if (judged.undecided + judged.unscored > 0)
    say(
      `Left out: ${judged.undecided} with as many for as against, ${judged.unscored} shown with no score like today's.`,
    );
  // People judge only what they were shown; a labelled file knows of the rest too.
  const lowest = labelled.length > 0 ? 0 : current.alikeFrom;
  const proposal = proposeThresholds(pairs, current, lowest);
  if (proposal.kind === "too-few") {
    say(`Nothing is proposed: that takes ${fewestPairs} pairs, at least ${fewestOfEach} the same and as many not.`);
    return "nothing to propose";
  }
  for (const line of tableLines(proposal.table, current)) say(line);
  if (proposal.kind === "keep") {
    say(
      proposal.unreached ? unreachedWords : "Nothing is proposed: the thresholds that hold now are the best of these.",
    );
    return "nothing to propose";
  }
  for (const line of beforeAndAfter(pairs, current, proposal.to)) say(line);
  return acceptedBy(storage, request, proposal.to);
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
const unreachedWords = `Nothing is proposed: no threshold with enough pairs above it comes to ${percent(wantedOfAlike)} right (alike) or ${percent(wantedOfLikelySame)} (very alike).`;

async function acceptedBy(
  { settings, directory }: Pick<Storage, "settings" | "directory">,
  { by, accepts, personOf, now, say }: CalibrationRequest,
  to: Pick<LikenessThresholds, "alikeFrom" | "likelySameFrom">,
): Promise<Calibrated> {
  if (by === undefined) {
    say("Nothing was changed. An administrator accepts it with --accept --by USERNAME.");
    return "proposed";
  }
  const person = await personOf(by);
  const people = new Directory(await directory.load());
  const posts = person === undefined ? [] : people.postsHeldBy(person, now);
  if (person === undefined || !posts.some((post) => post.role === "administrator"))
    throw new NotAnAdministrator(`${by} holds no administrator's post today, and cannot accept this`);
  if (!(await accepts())) {
    say("Nothing was changed.");
    return "proposed";
  }
  await settings.acceptLikeness({ ...to, accepted: { by: person, at: now } });
  say(`Accepted by ${by}. Servers that run take it up within half a minute.`);
  return "accepted";
}

function countOf(pairs: readonly JudgedPair[]): string {
  const same = pairs.filter((each) => each.same).length;
  return `${pairs.length} pairs, ${same} the same and ${pairs.length - same} not`;
}

function tableLines(table: readonly Precision[], current: LikenessThresholds): string[] {
  return [
    "  from  shown  the same  precision",
    ...table.map((row) => {
      const marks = [
        row.from === current.alikeFrom ? "shown as alike now" : "",
        row.from === current.likelySameFrom ? "called very alike now" : "",
      ].filter((mark) => mark !== "");
      const cells = `${row.from.toFixed(2).padStart(6)} ${String(row.shown).padStart(6)} ${String(row.same).padStart(9)}`;
      return `${cells} ${precisionWords(row).padStart(10)}${marks.length > 0 ? `  ${marks.join(", ")}` : ""}`;
    }),
  ];
}

function precisionWords({ shown, same }: Precision): string {
  return shown === 0 ? "–" : percent(same / shown);
}

function beforeAndAfter(
  pairs: readonly JudgedPair[],
  before: LikenessThresholds,
  after: Pick<LikenessThresholds, "alikeFrom" | "likelySameFrom">,
): string[] {
  const line = (what: string, from: number, to: number) => {
    const [was, will] = [precisionFrom(pairs, from), precisionFrom(pairs, to)];
    const words = (at: Precision) => `${at.from.toFixed(2)} (${precisionWords(at)} right of ${at.shown} shown)`;
    return from === to ? `${what}: stays at ${words(was)}` : `${what}: from ${words(was)} to ${words(will)}`;
  };
  return [
    line("Shown as alike", before.alikeFrom, after.alikeFrom),
    line("Called very alike", before.likelySameFrom, after.likelySameFrom),
  ];
}
