import { Meilisearch, MeilisearchApiError } from "meilisearch";
import { createBreaker } from "./breaker";

/** Where the engine answers; undefined while there is none. */
export type EngineAddress = () => { url: string; key: string } | undefined;

/** The engine cannot be asked now: stopped, too slow, or resting after failures. */
export class EngineDown extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(why, options);
    this.name = "EngineDown";
  }
}

/** The engine answered that it cannot do this: a refusal, with Meilisearch's own code. */
export class EngineRefusal extends Error {
  constructor(
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(`The search engine refused: ${code}.`, options);
    this.name = "EngineRefusal";
  }
}

export interface Engine {
  /** Asks a question within the time budget, unless the engine is known to be down. */
  ask<T>(question: (client: Meilisearch) => Promise<T>): Promise<T>;
  /** Changes something, with time enough for a large batch. */
  change<T>(change: (client: Meilisearch) => Promise<T>): Promise<T>;
}

/** Failures in a row after which nothing is asked for a while, and how long. */
const breakAfter = 3;
const restMs = 2_000;
const changeWithinMs = 30_000;

export function createEngine(options: { address: EngineAddress; queryBudgetMs: number }): Engine {
  const breaker = createBreaker({ failures: breakAfter, restMs });
  const clientFor = { questions: clients(options.queryBudgetMs), changes: clients(changeWithinMs) };
  const address = () => {
    const at = options.address();
    if (!at) throw new EngineDown("There is no search engine.");
    return at;
  };
  return {
    async ask(question) {
      const client = clientFor.questions(address());
      if (!breaker.closed()) throw new EngineDown("The search engine is resting after failures.");
      try {
        const answer = await question(client);
        breaker.succeeded();
        return answer;
      } catch (fault) {
        const known = translated(fault);
        if (known instanceof EngineRefusal) breaker.succeeded();
        else breaker.failed();
        throw known;
      }
    },
    async change(change) {
      try {
        const answer = await change(clientFor.changes(address()));
        breaker.succeeded();
        return answer;
      } catch (fault) {
        throw translated(fault);
      }
    },
  };
}

/** One client an address: the address changes only when another engine is started. */
function clients(timeoutMs: number): (at: { url: string; key: string }) => Meilisearch {
  let made: { url: string; key: string; client: Meilisearch } | undefined;
  return ({ url, key }) => {
    if (made?.url === url && made.key === key) return made.client;
    const client = new Meilisearch({
      host: url,
      apiKey: key,
      timeout: timeoutMs,
      // Node's fetch waits 40 ms on compressed answers.
      requestInit: { headers: { "accept-encoding": "identity" } },
    });
    made = { url, key, client };
    return client;
  };
}

/** Refusals by status 4xx; everything else means that the engine is not there for us. */
function translated(fault: unknown): Error {
  if (fault instanceof EngineDown || fault instanceof EngineRefusal) return fault;
  if (fault instanceof MeilisearchApiError && fault.response.status < 500)
    return new EngineRefusal(fault.cause?.code ?? `status ${fault.response.status}`, { cause: fault });
  return new EngineDown("The search engine did not answer.", { cause: fault });
}
