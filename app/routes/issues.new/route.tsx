import {
  type ActionFunctionArgs,
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { type ClientActionFunctionArgs, json, useActionData, useLoaderData } from "@remix-run/react";
import { EmptyState } from "../../components/empty-state";
import { PageTop } from "../../components/shell";
import { mayRaise } from "../../domain/permission";
import type { Outcome, Problem } from "../../domain/problem";
import { formId } from "../../web/form-id";
import { answerOrLost, lostStatus } from "../../web/lost-connection";
import { pageTitle } from "../../web/page-title";
import { notFound } from "../../web/problem-response";
import { fieldProblems, problemStatus, problemWords } from "../../web/problem-words";
import { requireActor, toSignIn } from "../../web/require-actor";
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
  const actor = requireActor(context, request);
  const { board } = context;
  const form = await request.formData();
  const read = readRaise(form, board, actor);
  const { intent, fields } = read;
  const outcome = await carryOut();
  if (outcome?.ok) throw redirect(`/issues/${outcome.value.reference}`);
  const problem = outcome && !outcome.ok ? outcome.problem : null;
  if (problem?.kind === "not-signed-in") throw toSignIn(request);
  if (problem?.kind === "not-found") throw notFound();
  const answer: RaiseAnswer = {
    fields,
    matches: read.matches,
    ...problemsOf(read, problem),
    help: await raiseHelp(board, actor, {
      about: fields.about && readAbout(fields.about.value),
      body: fields.body,
      category: chosenKind(fields) || undefined,
      harm: fields.harm || undefined,
    }),
    contexts: intent.do === "join" ? { [intent.reference]: intent.context } : {},
  };
  return data(answer, { status: problem ? problemStatus(problem) : 200 });

  async function carryOut(): Promise<Outcome<{ reference: string }> | null> {
    const declared = readDeclared(fields);
    switch (intent.do) {
      case "join":
        return board.commands.joinIssue(actor, { issue: intent.reference, context: intent.context, declared });
      case "send":
        return board.commands.raiseIssue(actor, {
          id: fields.id,
          ...(fields.about ? readAbout(fields.about.value) : { organisation: "" }),
          body: fields.body,
          ...(chosenKind(fields) ? { category: chosenKind(fields) } : {}),
          ...(fields.harm ? { harm: fields.harm } : {}),
          lfpseReference: fields.lfpseReference,
          visibility: fields.visibility,
          declared,
        });
      default:
        return null;
    }
  }
}

/** With scripts: what could not be sent stays on the page. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs) {
  const answer = await answerOrLost(() => serverAction<typeof action>());
  // The status keeps the router from loading the page again, which could not be done either.
  return answer ?? json("lost", { status: lostStatus });
}

/** Declarations with a reason; one without declares nothing. */
function readDeclared(fields: RaiseFields) {
  return fields.declared.filter((each) => each.reason.trim().length >= 3);
}

function problemsOf(read: ReadRaise, problem: Problem | null): Pick<RaiseAnswer, "problems" | "message"> {
  const { intent, unclear } = read;
  if (!problem) return { problems: intent.do === "find" && unclear ? [unclear] : [], message: null };
  const named = fieldProblems(problem).map((each) => {
    if (intent.do === "join") return { ...each, field: contextField(intent.reference) };
    return each.field === "organisation" && unclear ? unclear : onPage(each);
  });
  return { problems: named, message: named.length === 0 ? problemWords(problem) : null };
}

export default function RaisePage() {
  const given = useLoaderData<typeof loader>();
  const answer = useActionData<typeof clientAction>();
  if (!given.mayRaise)
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
  const lost = typeof answer === "string";
  const shown = typeof answer === "object" ? answer : null;
  return <RaiseForm start={shown?.fields ?? given.fields} answer={shown} lost={lost} setting={given} />;
}
