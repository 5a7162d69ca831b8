import { type IssueState, stateNames } from "../domain/issue";
import { type Drawing, Drawn } from "./icon";

/** How each state is drawn: a circle that fills, a bar, two rings. */
const glyphs = {
  new: "new",
  accepted: "accepted",
  "in-progress": "working",
  "outcome-offered": "offered",
  resolved: "resolved",
  declined: "declined",
  merged: "merged",
} as const satisfies Record<IssueState, string>;

const tones: Readonly<Record<IssueState, string>> = {
  new: "",
  accepted: "ct-chip--accent",
  "in-progress": "ct-chip--accent",
  "outcome-offered": "ct-chip--wait",
  resolved: "ct-chip--good",
  declined: "",
  merged: "",
};

interface StateProps {
  state: IssueState;
}

/** The filling circle. Named unless the word stands beside it. */
export function StateGlyph({ state, named = false }: StateProps & { named?: boolean }) {
  const glyph = glyphs[state];
  const id: Drawing = `g-${glyph}`;
  return <Drawn id={id} className={`ct-g ct-g--${glyph}`} label={named ? stateNames[state] : undefined} />;
}

/** The mark of an issue that was opened again, in a thread's history. */
export function ReopenedGlyph() {
  return <Drawn id="g-reopened" className="ct-g ct-g--reopened" />;
}

/** Circle and word. */
export function StateName({ state }: StateProps) {
  return (
    <span className="ct-state">
      <StateGlyph state={state} />
      {stateNames[state]}
    </span>
  );
}

/** Circle and word on a tint, for the head of a thread. */
export function StateChip({ state }: StateProps) {
  return (
    <span className={`ct-chip ${tones[state]}`}>
      <StateGlyph state={state} />
      <b>{stateNames[state]}</b>
    </span>
  );
}
