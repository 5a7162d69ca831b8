import { z } from "zod";
import { categoryOf } from "../domain/category";
import { clockWhenRaised } from "../domain/clock";
import type { IssueEvent } from "../domain/event";
import { belongsInLfpse, harms, type Issue, limits, titleFrom, visibilities } from "../domain/issue";
import { audienceOf, mayRaise } from "../domain/permission";
import { type Actor, authorOf } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { routeIssue } from "../domain/routing";
import { checkInput, checkTexts, declaredSchema, formIdSchema, referenceSchema, requiredText } from "./check-input";
import { judgeWhileWriting } from "./judge-likeness";

const chooseOrganisation = "Choose the organisation it is about";
const chooseKind = "Choose the kind of issue";

/** More than anybody puts aside while writing one text. */
const putAsideAtMost = 30;

export const raiseIssueSchema = z.object({
  id: formIdSchema,
  organisation: z.string({ required_error: chooseOrganisation }).min(1, chooseOrganisation).max(20),
  service: z.string().max(60).optional(),
  title: z.string().trim().max(limits.title, `Shorten the title to ${limits.title} characters or fewer`).optional(),
  body: requiredText(limits.body, "Write what happened"),
  category: z.string({ required_error: chooseKind }).refine((code) => categoryOf(code) !== undefined, chooseKind),
  harm: z.enum(harms, { errorMap: () => ({ message: "Say whether anyone was harmed, or choose “not known yet”" }) }),
  lfpseReference: z
    .string()
    .trim()
    .max(limits.lfpseReference, `Give only the reference, in ${limits.lfpseReference} characters or fewer`)
    .optional(),
  visibility: z.enum(visibilities).exclude(["people"]).default("system"),
  /** References of issues that were shown as alike and are not the same. */
  notTheSame: z.array(referenceSchema).max(putAsideAtMost).catch([]),
  declared: declaredSchema,
});

/**
 * Raises an issue: routes it to the post that can act, and stores it with its event in one write. What was put aside as
 * not the same while it was written is kept as said of this issue.
 */
export async function raiseIssue(
  ports: Ports,
  actor: Actor,
  input: unknown,
): Promise<Outcome<{ id: string; reference: string }>> {
  if (!mayRaise(actor)) return refused({ kind: "not-allowed", action: "raise" });
  const checked = checkInput(raiseIssueSchema, input);
  if (!checked.ok) return checked;
  const fields = checked.value;
  const declared = checkTexts(
    { title: fields.title, body: fields.body, lfpseReference: fields.lfpseReference },
    fields.declared,
  );
  if (!declared.ok) return declared;
  const built = buildIssue(ports, actor, fields, declared.value);
  if (!built.ok) return built;
  const stored = await store(ports, actor, built.value);
  if (stored.ok) {
    const { body: text, service, notTheSame } = fields;
    await judgeWhileWriting(ports, actor, { draft: stored.value.id, text, service, verdict: "different" }, notTheSame);
  }
  return stored;
}

type Fields = z.output<typeof raiseIssueSchema>;

function buildIssue(ports: Ports, actor: Actor, fields: Fields, declared: Issue["declared"]): Outcome<Issue> {
  const now = ports.now();
  const invalid = (field: string, message: string) => refused({ kind: "invalid", fields: [{ field, message }] });
  const about = ports.directory.successor(fields.organisation);
  if (!about || actor.organisation === undefined) return invalid("organisation", chooseOrganisation);
  if (about.code === actor.organisation)
    return invalid("organisation", "Choose another organisation: this board is for what falls between services");
  const service = fields.service ? ports.directory.service(fields.service) : undefined;
  if (fields.service && ports.directory.successor(service?.organisation ?? "")?.code !== about.code)
    return invalid("service", `Choose a service of ${about.name}, or none`);
  const route = routeIssue(
    ports.directory,
    { organisation: about.code, service: service?.id },
    { category: fields.category, harm: fields.harm },
    now,
  );
  if (!route) return invalid("organisation", "Nobody can receive this yet: ask your Place lead to add a contact");
  const author = authorOf(actor);
  const parts = {
    visibility: fields.visibility,
    namedPeople: [],
    raisedFor: actor.organisation,
    about: { organisation: about.code, ...(service ? { service: service.id } : {}) },
    owner: { post: route.post.id, organisation: route.organisation.code, since: now, why: route.why },
    joined: [],
  };
  return done({
    id: fields.id ?? ports.newId(),
    reference: ports.newReference(),
    version: 1,
    title: fields.title || titleFrom(fields.body),
    body: fields.body,
    category: fields.category,
    harm: fields.harm,
    ...(fields.lfpseReference && belongsInLfpse(fields.harm) ? { lfpseReference: fields.lfpseReference } : {}),
    raisedBy: author,
    raisedAt: now,
    ...parts,
    ...(route.waitsForInvitation ? { waitsForInvitation: true } : {}),
    state: "new",
    stateSince: now,
    clock: clockWhenRaised(fields.harm, now),
    pastOutcomes: [],
    actions: [],
    audience: audienceOf(parts),
    followers: [actor.person],
    declared,
    changedAt: now,
    lastChange: { name: actor.name, what: "raised this issue" },
    history: [],
  });
}

async function store(ports: Ports, actor: Actor, issue: Issue): Promise<Outcome<{ id: string; reference: string }>> {
  const raised: IssueEvent = {
    type: "issue-raised",
    id: ports.newId(),
    at: issue.raisedAt,
    by: issue.raisedBy,
    version: 1,
    post: issue.owner.post,
  };
  for (let attempt = 0; attempt < 20; attempt++) {
    const reference = attempt === 0 ? issue.reference : ports.newReference();
    const result = await ports.issues.insert({ ...issue, reference, history: [raised] }, [raised]);
    if (result === "reference-taken") continue;
    if (result === "already-stored") return alreadyRaised(ports, actor, issue);
    ports.wakeFollowUps();
    return done({ id: issue.id, reference });
  }
  throw new Error("no free reference in twenty tries");
}

/**
 * The same form sent twice is the same issue; somebody else's id is not found. With other answers it is another issue:
 * somebody who heard no answer may have gone on writing before they sent it again, and nothing they wrote may be lost.
 */
async function alreadyRaised(
  ports: Ports,
  actor: Actor,
  sent: Issue,
): Promise<Outcome<{ id: string; reference: string }>> {
  const stored = await ports.issues.byId(actor, sent.id);
  if (!stored || stored.raisedBy.person !== actor.person) return refused({ kind: "not-found" });
  if (!sameAnswers(stored, sent)) return store(ports, actor, { ...sent, id: ports.newId() });
  return done({ id: stored.id, reference: stored.reference });
}

function sameAnswers(stored: Issue, sent: Issue): boolean {
  return (
    stored.body === sent.body &&
    stored.category === sent.category &&
    stored.harm === sent.harm &&
    stored.visibility === sent.visibility &&
    stored.about.organisation === sent.about.organisation &&
    stored.about.service === sent.about.service
  );
}
