import {
  type ActionFunctionArgs,
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { type ClientActionFunctionArgs, json, useActionData, useLoaderData } from "@remix-run/react";
import { useRef } from "react";
import { EmptyState } from "../../components/empty-state";
import { PageTop } from "../../components/shell";
import { isReason } from "../../domain/identifiers";
import { mayRaise } from "../../domain/permission";
import type { Actor } from "../../domain/person";
import type { Outcome, Problem } from "../../domain/problem";
import { formId } from "../../web/form-id";
import { notFound } from "../../web/not-found";
import { pageTitle } from "../../web/page-title";
import { fieldProblems, problemStatus, problemWords } from "../../web/problem-words";
import { requireActor, requireSender } from "../../web/require-actor";
import { typedBackResponse } from "../../web/typed-back";
import { answerOrUnsent, unsentStatus } from "../../web/unsent";
import { aboutChoice, readAbout } from "../issues.services/find-about";
import raiseCss from "./raise.scss?url";
import {
  chosenKind,
  contextField,
  emptyFields,
  onPage,
  type RaiseAnswer,
  type RaiseFields,
  type ReadRaise,
  readRaise,
  typedLabel,
} from "./raise-fields";
import { RaiseForm } from "./raise-form";
import { raiseHelp } from "./raise-help";

export const meta: MetaFunction = () => pageTitle("Raise an issue");
export const links: LinksFunction = () => [{ rel: "stylesheet", href: raiseCss }];

export function loader({ request, context }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const { board } = context;
  const about = aboutChoice(board.directory, new URL(request.url).searchParams.get("about") ?? "");
  return {
    mayRaise: mayRaise(actor),
    fields: emptyFields(formId(board.now()), about),
    person: actor.person,
    ours: board.directory.organisation(actor.organisation ?? "")?.name ?? "",
    system: board.system.name,
    draftKey: context.draftKey,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { actor, form } = await requireSender(context, request, typedLabel);
  const { board } = context;
  const read = readRaise(form, board, actor);
  const { intent, fields } = read;
  const outcome = await carryOut();
  if (outcome?.ok) throw redirect(`/issues/${outcome.value.reference}`);
  const problem = outcome && !outcome.ok ? outcome.problem : null;
  if (problem?.kind === "not-signed-in") throw typedBackResponse(form, typedLabel);
  if (problem?.kind === "not-found") throw notFound();
  const answer: RaiseAnswer = {
    fields,
    matches: read.matches,
    ...problemsOf(read, problem, actor),
    help: await raiseHelp(board, actor, {
      about: fields.about && readAbout(fields.about.value),
      body: fields.body,
      category: chosenKind(fields) || undefined,
      harm: fields.harm || undefined,
      hidden: fields.hidden,
    }),
    contexts: intent.do === "join" ? { [intent.reference]: intent.context } : {},
  };
  return data(answer, { status: problem ? problemStatus(problem) : 200 });

  async function carryOut(): Promise<Outcome<{ reference: string }> | null> {
    const declared = readDeclared(fields);
    switch (intent.do) {
      case "join":
        return board.commands.joinIssue(actor, {
          issue: intent.reference,
          context: intent.context,
          declared,
          draft: fields.id,
          text: fields.body,
          service: fields.about ? readAbout(fields.about.value)?.service : undefined,
        });
      case "send":
        return board.commands.raiseIssue(actor, {
          id: fields.id,
          ...(fields.about ? readAbout(fields.about.value) : { organisation: "" }),
          body: fields.body,
          ...(chosenKind(fields) ? { category: chosenKind(fields) } : {}),
          ...(fields.harm ? { harm: fields.harm } : {}),
          lfpseReference: fields.lfpseReference,
          visibility: fields.visibility,
          notTheSame: fields.hidden,
          declared,
        });
      default:
        return null;
    }
  }
}

/** With scripts: what could not be sent stays on the page. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs) {
  const answer = await answerOrUnsent(() => serverAction<typeof action>());
  return typeof answer === "string" ? json(answer, { status: unsentStatus[answer] }) : answer;
}

/** Declarations with a reason; one without declares nothing. */
function readDeclared(fields: RaiseFields) {
  return fields.declared.filter((each) => isReason(each.reason));
}

function problemsOf(read: ReadRaise, problem: Problem | null, actor: Actor): Pick<RaiseAnswer, "problems" | "message"> {
  const { intent, unclear } = read;
  if (problem?.kind === "not-allowed" && !mayRaise(actor))
    return { problems: [{ field: "", message: onlyReadsWords }], message: null };
  if (!problem) return { problems: intent.do === "find" && unclear ? [unclear] : [], message: null };
  const named = fieldProblems(problem).map((each) => {
    if (intent.do === "join") return { ...each, field: contextField(intent.reference) };
    return each.field === "organisation" && unclear ? unclear : onPage(each);
  });
  return { problems: named, message: named.length === 0 ? problemWords(problem) : null };
}

const onlyReadsWords =
  "Your role only reads, so this was not sent. Your words are kept here: change the role you act in, then send again";

export default function RaisePage() {
  const given = useLoaderData<typeof loader>();
  const answer = useActionData<typeof clientAction>();
  // The role may have changed in another tab while one was writing: what was typed stays.
  const begun = useRef(given.mayRaise);
  if (!given.mayRaise && !begun.current && !answer)
    return (
      <>
        <PageTop title="Raise an issue" />
        <div className="ct-body">
          <EmptyState icon="lock" title="Your role only reads">
            Issues are raised by people who work in an organisation here. Change the role you act in, if you have
            another.
          </EmptyState>
        </div>
      </>
    );
  const unsent = typeof answer === "string" ? answer : null;
  const shown = typeof answer === "object" ? answer : null;
  return <RaiseForm start={shown?.fields ?? given.fields} answer={shown} unsent={unsent} setting={given} />;
}
