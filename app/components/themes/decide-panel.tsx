import { Form, Link, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import type { FieldProblem } from "../../domain/problem";
import { decisionLimits } from "../../domain/theme-decision";
import { BusyButton } from "../busy-button";
import { ErrorSummary } from "../error-summary";
import { Field } from "../field";
import type { DecisionLine } from "./decision-view";

/** What was refused: why, at its fields, with what was typed. */
export interface DecisionRefused {
  verb: string;
  problems: readonly FieldProblem[];
  fields: Readonly<Record<string, string>>;
}

interface DecidePanelProps {
  theme: {
    version: number;
    name: string;
    description?: string;
    confirmed?: unknown;
    pinned?: unknown;
    dismissed?: unknown;
    mergedInto?: unknown;
  };
  lines: readonly DecisionLine[];
  /** Whether the viewer may decide; others read who decided what. */
  mayDecide: boolean;
  /** Themes to merge it into, or move an issue to. */
  others: readonly { id: string; name: string }[];
  refused: DecisionRefused | null;
}

/** Who decided what about a theme, and the forms to decide. Everything can be taken back. */
export function DecidePanel({ theme, lines, mayDecide, others, refused }: DecidePanelProps) {
  if (!mayDecide && lines.length === 0) return null;
  const isOpen = !theme.mergedInto && !theme.dismissed;
  return (
    <section className="ct-story__part" aria-labelledby="decisions">
      <h2 id="decisions" tabIndex={-1}>
        {lines.length === 0 ? "Nobody has decided anything about this theme yet" : "What people decided"}
      </h2>
      <p className="ct-figure__says">
        Decisions hold through every later analysis.{" "}
        <span className="ct-2">Everybody sees who decided; each can be undone.</span>
      </p>
      {refused ? <ErrorSummary problems={refused.problems} /> : null}
      {lines.length > 0 ? (
        <ul className="ct-story__history">
          {lines.map((line) => (
            <HistoryLine key={line.key} line={line} version={theme.version} mayDecide={mayDecide} />
          ))}
        </ul>
      ) : null}
      {mayDecide && isOpen ? <DecideForms theme={theme} others={others} refused={refused} /> : null}
    </section>
  );
}

function HistoryLine({ line, version, mayDecide }: { line: DecisionLine; version: number; mayDecide: boolean }) {
  return (
    <li>
      <b>{line.who}</b> {line.what}
      {line.issue ? (
        <>
          {": "}
          <Link to={`/issues/${line.issue.reference}`}>
            {line.issue.reference} {line.issue.title}
          </Link>
        </>
      ) : null}{" "}
      {line.isUndone ? <span className="ct-2">(undone)</span> : null}
      {mayDecide && line.undo !== undefined ? (
        <VerbForm verb="undo" version={version}>
          <input type="hidden" name="undo-of" value={line.undo} />
          <VerbButton verb="undo" busyWords="Undoing">
            Undo<span className="nhsuk-u-visually-hidden">: {line.what}</span>
          </VerbButton>
        </VerbForm>
      ) : null}
    </li>
  );
}

type Forms = Pick<DecidePanelProps, "theme" | "others" | "refused">;

function DecideForms({ theme, others, refused }: Forms) {
  const { version } = theme;
  const at = { version, refused };
  return (
    <div className="ct-stack">
      <div className="ct-row">
        {theme.confirmed ? null : (
          <VerbForm verb="confirm" version={version}>
            <VerbButton verb="confirm" busyWords="Confirming">
              Confirm this theme
            </VerbButton>
          </VerbForm>
        )}
        {theme.pinned ? null : (
          <VerbForm verb="pin" version={version}>
            <VerbButton verb="pin" busyWords="Pinning">
              Pin this theme
            </VerbButton>
          </VerbForm>
        )}
      </div>
      <Opening verb="name" words="Name it" {...at}>
        <TextField verb="name" field="name" label="Name of the theme" value={theme.name} refused={refused} />
      </Opening>
      <Opening verb="describe" words="Describe it" {...at}>
        <TextField
          verb="describe"
          field="description"
          label="What do its issues have in common?"
          value={theme.description ?? ""}
          refused={refused}
        />
      </Opening>
      <Opening verb="dismiss" words="Dismiss it" {...at}>
        <TextField verb="dismiss" field="why" label="Why is it no theme?" value="" refused={refused} />
      </Opening>
      {others.length > 0 ? (
        <>
          <Opening verb="merge" words="Merge it into another theme" {...at}>
            <ThemeField verb="merge" label="Theme that takes it in" others={others} refused={refused} />
          </Opening>
          <Opening verb="move" words="Move an issue to another theme" {...at}>
            <TextField verb="move" field="issue" label="Reference of the issue" value="" refused={refused} />
            <ThemeField verb="move" label="Theme it belongs to" others={others} refused={refused} />
          </Opening>
        </>
      ) : null}
    </div>
  );
}

interface OpeningProps {
  verb: string;
  words: string;
  version: number;
  refused: DecisionRefused | null;
  children: ReactNode;
}

/** A form that opens without scripts, and stands open where it was refused. */
function Opening({ verb, words, version, refused, children }: OpeningProps) {
  return (
    <details className="ct-story__more" open={refused?.verb === verb || undefined}>
      <summary>{words}</summary>
      <VerbForm verb={verb} version={version}>
        {children}
        <VerbButton verb={verb} busyWords="Saving">
          {words}
        </VerbButton>
      </VerbForm>
    </details>
  );
}

function VerbForm({ verb, version, children }: { verb: string; version: number; children: ReactNode }) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="verb" value={verb} />
      <input type="hidden" name="version" value={version} />
      {children}
    </Form>
  );
}

function VerbButton({ verb, busyWords, children }: { verb: string; busyWords: string; children: ReactNode }) {
  const { state, formData } = useNavigation();
  return (
    <BusyButton busy={state !== "idle" && formData?.get("verb") === verb} busyWords={busyWords} tone="secondary" small>
      {children}
    </BusyButton>
  );
}

interface TextFieldProps {
  verb: string;
  field: keyof typeof longest;
  label: string;
  value: string;
  refused: DecisionRefused | null;
}

const longest = { ...decisionLimits, issue: 20 };
/** Texts longer than this are written in several lines. */
const lineLength = 100;

function TextField({ verb, field, label, value, refused }: TextFieldProps) {
  const name = `${verb}-${field}`;
  const typed = refused?.verb === verb ? (refused.fields[name] ?? value) : value;
  const maxLength = longest[field];
  return (
    <Field name={name} label={label} error={problemAt(refused, name)}>
      {(control) =>
        maxLength > lineLength ? (
          <textarea
            {...control}
            className="nhsuk-textarea"
            rows={3}
            maxLength={maxLength}
            defaultValue={typed}
            key={typed}
          />
        ) : (
          <input {...control} className="nhsuk-input" maxLength={maxLength} defaultValue={typed} key={typed} />
        )
      }
    </Field>
  );
}

function ThemeField({
  verb,
  label,
  others,
  refused,
}: Pick<Forms, "others" | "refused"> & { verb: string; label: string }) {
  const name = `${verb}-into`;
  return (
    <Field name={name} label={label} error={problemAt(refused, name)}>
      {(control) => (
        <select {...control} className="nhsuk-select" defaultValue={refused?.verb === verb ? refused.fields[name] : ""}>
          <option value="">Choose a theme</option>
          {others.map(({ id, name: words }) => (
            <option key={id} value={id}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function problemAt(refused: DecisionRefused | null, name: string): string | undefined {
  return refused?.problems.find((each) => each.field === name)?.message;
}
