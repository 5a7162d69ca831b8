import {
  type ActionFunctionArgs,
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  json,
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
} from "@remix-run/react";
import { may } from "../../domain/permission";
import { formId } from "../../web/form-id";
import { notFound } from "../../web/not-found";
import { pageTitle } from "../../web/page-title";
import { problemStatus } from "../../web/problem-words";
import { readForm } from "../../web/read-form";
import { requireActor, requireSender } from "../../web/require-actor";
import { typedBackResponse } from "../../web/typed-back";
import { answerOrUnsent, unsentStatus } from "../../web/unsent";
import { buildLine } from "./build-line";
import { buildThread } from "./build-thread";
import { findPeople } from "./find-people";
import { readLikeness, readOriginals } from "./read-likeness";
import { referenceOf } from "./reference";
import { refusedBy, unsentOf } from "./refused";
import threadCss from "./thread.scss?url";
import { ThreadPage } from "./thread-page";
import { isVerb, typedLabel, verbs } from "./verbs";
import { visit } from "./visits";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: threadCss }];

export const meta: MetaFunction<typeof loader> = ({ data: given }) =>
  pageTitle(given ? `${given.view.reference} ${given.view.head.title}` : "Not found");

const repliesAPage = 30;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const { board } = context;
  const { search, searchParams } = new URL(request.url);
  const reference = referenceOf(params.reference);
  if (!reference) throw notFound();
  if (reference !== params.reference) throw redirect(`/issues/${reference}${search}`, 301);
  const issue = await board.issues.byReference(actor, reference);
  if (!issue) throw notFound();
  const now = board.now();
  const before = searchParams.get("before") ?? undefined;
  const [replies, likeness, originals, note, seen] = await Promise.all([
    board.replies.ofIssue(actor, issue, { limit: repliesAPage, ...(before ? { before } : {}) }),
    readLikeness(board, actor, issue),
    readOriginals(board, actor, issue),
    board.noteText(issue.id),
    visit(request, actor.person, reference, now),
  ]);
  const line = buildLine({
    directory: board.directory,
    actor,
    now,
    issue,
    replies: replies.items,
    next: replies.next,
    originals,
    until: before ? dateFrom(searchParams.get("until")) : null,
    since: seen.since,
  });
  const find = (searchParams.get("person") ?? "").slice(0, 60);
  const mayName = find !== "" && may(actor, "name-person", issue);
  return data(
    {
      view: buildThread(board, actor, issue, line),
      likeness,
      people: { find, found: mayName ? findPeople(board.directory, find, issue.namedPeople, now) : [] },
      noteText: note.text,
      me: { id: actor.person, name: actor.name },
      replyId: formId(now),
      draftKey: context.draftKey,
    },
    { headers: { "Set-Cookie": seen.cookie } },
  );
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { actor, form } = await requireSender(context, request, typedLabel);
  const { board } = context;
  const reference = referenceOf(params.reference);
  const verb = form.get("verb");
  if (!reference || !isVerb(verb)) throw notFound();
  const { input, typed } = readForm(form, `${verb}-`);
  const outcome = await board.commands[verbs[verb]](actor, {
    ...input,
    issue: reference,
    version: form.get("version"),
  });
  if (outcome.ok) throw redirect(`/issues/${reference}${anchorOf(form.get("to"))}`);
  const { problem } = outcome;
  if (problem.kind === "not-signed-in") throw typedBackResponse(form, typedLabel);
  if (problem.kind === "not-found") throw notFound();
  return data(refusedBy(verb, problem, typed, board.now()), { status: problemStatus(problem) });
}

/**
 * After what was done the page loads again, and where somebody else was first: it shows what they did. Nothing else that
 * was refused changes anything. (Remix passes `true` as the default here, whatever the status.)
 */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus !== undefined && actionStatus >= 400 ? actionStatus === 409 : defaultShouldRevalidate;

/** With scripts: what could not be sent stays on the page. */
export async function clientAction({ request, serverAction }: ClientActionFunctionArgs) {
  const verb = (await request.clone().formData()).get("verb");
  const answer = await answerOrUnsent(() => serverAction<typeof action>());
  if (typeof answer !== "string") return answer;
  return isVerb(verb) ? json(unsentOf(verb, answer), { status: unsentStatus[answer] }) : null;
}

/** Without scripts the page loads again after a form: it comes back to the part where the form was. */
function anchorOf(part: FormDataEntryValue | null): string {
  return typeof part === "string" && /^[a-z]{1,20}$/.test(part) ? `#${part}` : "";
}

function dateFrom(milliseconds: string | null): Date | null {
  const at = new Date(Number(milliseconds ?? "none"));
  return Number.isNaN(at.getTime()) ? null : at;
}

export default function IssuePage() {
  const given = useLoaderData<typeof loader>();
  const refused = useActionData<typeof clientAction>() ?? null;
  // Another issue is another page: nothing typed or shown here goes with it.
  return <ThreadPage key={given.view.id} {...given} refused={refused} />;
}
