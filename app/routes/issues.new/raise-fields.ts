import type { IdentifierDeclaration } from "../../domain/identifiers";
import { type Harm, harms } from "../../domain/issue";
import type { Actor } from "../../domain/person";
import type { FieldProblem } from "../../domain/problem";
import type { Board } from "../../web/load-context";
import { readForm } from "../../web/read-form";
import { labelsOf } from "../../web/typed-back";
import { type AboutChoice, aboutChoice, findAbout } from "../issues.services/find-about";
import type { RaiseHelp } from "./raise-help";

/** What the form holds, as typed. */
export interface RaiseFields {
  /** Made when the form was first shown: sending it twice is one issue. */
  id: string;
  about: AboutChoice | null;
  /** What was typed to find it. */
  find: string;
  body: string;
  /** A suggested kind, or `other`. */
  kind: string;
  /** Chosen from the whole list. */
  other: string;
  harm: Harm | "";
  lfpseReference: string;
  visibility: "system" | "organisations";
  /** References of similar issues that are not the same. */
  hidden: string[];
  declared: readonly IdentifierDeclaration[];
}

/** What the page is given back: everything typed, what has to be put right, and help made without scripts. */
export interface RaiseAnswer {
  fields: RaiseFields;
  matches: AboutChoice[];
  problems: FieldProblem[];
  /** A refusal that belongs to no field. */
  message: string | null;
  help: RaiseHelp;
  /** Lines of context for "us too", by reference. */
  contexts: Readonly<Record<string, string>>;
}

/** The kind that counts: a suggested one, or the one chosen from the whole list. */
export function chosenKind({ kind, other }: Pick<RaiseFields, "kind" | "other">): string {
  return kind === "" || kind === "other" ? other : kind;
}

/** Which of the form's buttons was pressed. */
export type RaiseIntent =
  | { do: "send" | "check" | "find" | "change" | "unhide" }
  | { do: "hide"; reference: string }
  | { do: "join"; reference: string; context: string };

export interface ReadRaise {
  intent: RaiseIntent;
  fields: RaiseFields;
  /** What may be meant, where the text names more than one or none. */
  matches: AboutChoice[];
  /** The choice of a service still to be made. */
  unclear: FieldProblem | null;
}

export const emptyFields = (id: string, about: AboutChoice | null): RaiseFields => ({
  id,
  about,
  find: "",
  body: "",
  kind: "",
  other: "",
  harm: "",
  lfpseReference: "",
  visibility: "system",
  hidden: [],
  declared: [],
});

const matchesAtMost = 12;

/** Reads the form of the page, and finds what is meant where a service was typed and not picked. */
export function readRaise(form: FormData, board: Board, actor: Actor): ReadRaise {
  const { typed } = readForm(form);
  const text = (name: string) => typed.fields[name] ?? "";
  const intent = readIntent(text);
  const find = text("find").slice(0, 80);
  const picked = intent.do === "change" ? null : aboutChoice(board.directory, text("service") || text("about"));
  const looksAgain = intent.do === "find" && find.trim() !== "";
  const matches =
    (picked && !looksAgain) || find.trim() === "" ? [] : findAbout(board.directory, find, actor, matchesAtMost);
  const about = matches.length === 1 ? (matches[0] ?? null) : looksAgain ? null : picked;
  const hide = intent.do === "hide" ? [intent.reference] : [];
  return {
    intent,
    fields: {
      id: text("id"),
      about,
      find: about ? "" : find,
      body: text("body"),
      kind: text("kind"),
      other: text("other"),
      harm: harms.find((each) => each === text("harm")) ?? "",
      lfpseReference: text("lfpseReference"),
      visibility: text("visibility") === "organisations" ? "organisations" : "system",
      hidden: intent.do === "unhide" ? [] : readHidden([...form.getAll("hidden"), ...hide]),
      declared: typed.declared,
    },
    matches: about ? [] : matches,
    unclear: about ? null : unclearWords(find, matches.length),
  };
}

function readIntent(text: (name: string) => string): RaiseIntent {
  const join = text("join");
  if (join !== "") return { do: "join", reference: join, context: text(contextField(join)) };
  const hide = text("hide");
  if (hide !== "") return { do: "hide", reference: hide };
  if (text("service") !== "") return { do: "check" };
  const pressed = text("intent");
  const others = ["check", "find", "change", "unhide"] as const;
  return { do: others.find((each) => each === pressed) ?? "send" };
}

const hiddenAtMost = 30;

/** References put aside, each once, the latest first to be kept. */
export function readHidden(values: readonly unknown[]): string[] {
  const references = values.filter((value) => typeof value === "string" && /^[A-Z]{1,8}-[0-9A-Z]{5}$/.test(value));
  return [...new Set(references.map(String))].slice(-hiddenAtMost);
}

/** The line of one's own context for "us too" on one of the similar issues. */
export const contextField = (reference: string): string => `context-${reference}`;

const labels = labelsOf({
  find: "Which service is it about?",
  body: "What happened?",
  lfpseReference: "LFPSE reference",
});

/** What was typed, shown back without the page: under the words it was asked with. */
export function typedLabel(name: string): string | null {
  return name.startsWith(contextField("")) ? "How does it show at your organisation?" : labels(name);
}

function unclearWords(find: string, matches: number): FieldProblem {
  const field = "find";
  if (find.trim() === "") return { field, message: "Choose the service or organisation it is about" };
  if (matches === 0) return { field, message: `Nothing here is called “${find.trim()}”: try one word of its name` };
  return { field, message: "Choose which of these it is about" };
}

/** Where each field of the command stands on the page. */
export function onPage(problem: FieldProblem): FieldProblem {
  const at: Readonly<Record<string, string>> = { organisation: "find", service: "find", category: "kind" };
  return { ...problem, field: at[problem.field] ?? problem.field };
}
