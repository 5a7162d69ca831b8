import { parseArgs } from "node:util";
import { ulid } from "ulid";
import { Directory } from "../app/domain/directory";
import { londonDay } from "../app/domain/working-days";
import { openDirectory } from "../app/server/directory-file";
import { readSettings } from "../app/server/env";
import { hashPassword } from "../app/server/passwords";
import type { Storage } from "../app/storage/connect";
import directoryJson from "../data/directory.json";
import { askPassword, readPassword } from "./account/ask-password";
import { type AccountRequest, planAccount } from "./account/plan-account";
import { withStorage } from "./with-storage";

const usage = `npm run account -- add --username USERNAME --name "Dr A B" --organisation CODE --role ROLE
                       [--title "TITLE"] [--password-stdin]
Uses the settings of npm start (see README.md). On the built-in store, stop the server first.`;

/** What an administrator can put right: said without a stack. */
class Refusal extends Error {}

/** `npm run account -- add`: a person of the pilot, their post and their sign-in. */
try {
  const { request, fromPipe } = readRequest(process.argv.slice(2));
  const read = readSettings(process.env);
  if (!read.ok) throw new Refusal(`the settings of npm start are not complete:\n  ${read.missing.join("\n  ")}`);
  await withStorage(read.settings, "live", (storage) => addAccount(storage, request, fromPipe));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error instanceof Refusal ? `Nothing was added: ${error.message}` : error.message);
  process.exitCode = error instanceof Refusal ? 2 : 1;
}

function readRequest(args: string[]): { request: AccountRequest; fromPipe: boolean } {
  const text = { type: "string" } as const;
  const options = { username: text, name: text, organisation: text, role: text, title: text } as const;
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse();
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
  const { username, name, organisation, role, title, "password-stdin": fromPipe } = parsed.values;
  if (parsed.positionals.join() !== "add" || !username || !name || !organisation || !role) throw new Refusal(usage);
  return { request: { username, name, organisation, role, title }, fromPipe: fromPipe ?? false };

  function parse() {
    return parseArgs({ args, allowPositionals: true, options: { ...options, "password-stdin": { type: "boolean" } } });
  }
}

async function addAccount(storage: Storage, request: AccountRequest, fromPipe: boolean): Promise<void> {
  if (await storage.accounts.find(request.username)) throw new Refusal(`the username ${request.username} is taken`);
  const isNew = await storage.directory.isEmpty();
  const facts = isNew ? { ...openDirectory(directoryJson), people: [], holdings: [] } : await storage.directory.load();
  const person = ulid();
  const plan = planAccount(facts, request, person, londonDay(new Date()));
  if (!plan.ok) throw new Refusal(plan.why);
  const answer = fromPipe ? await readPassword(process.stdin) : await askPassword(terminal());
  if (!answer.ok) throw new Refusal(answer.why);
  const passwordHash = await hashPassword(answer.password);
  await storage.directory.replaceAll(plan.facts);
  const added = await storage.accounts.add({ username: request.username, person, passwordHash });
  if (added === "taken") throw new Refusal(`the username ${request.username} was taken a moment ago`);
  const { post, organisation } = plan;
  console.log(`${request.username} can sign in as ${post.title}, ${organisation.name}.`);
  if (plan.newPost) console.log(`A new post was made: ${post.id}.`);
  if (plan.nowLive) console.log(`${organisation.name} is live now: issues about it go to its own people.`);
  const everyone = new Directory(plan.facts).peopleIn(organisation.code, new Date()).length;
  console.log(`People of ${organisation.shortName}: ${everyone}.`);
}

function terminal() {
  return { input: process.stdin, output: process.stdout };
}
