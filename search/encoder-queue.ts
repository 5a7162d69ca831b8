/** Who waits: somebody who types, the index for one issue, or the many issues that are encoded behind the scenes. */
export type Urgency = "query" | "issue" | "bulk";

const order: readonly Urgency[] = ["query", "issue", "bulk"];

export interface EncoderQueue {
  /** The vector of one piece of text; undefined when it has none, or when the encoder gave up. */
  ask(text: string, urgency: Urgency): Promise<Float32Array | undefined>;
  /** The encoder can be sent texts from now on. */
  start(): void;
  answered(id: number, vector: Float32Array | undefined): void;
  /** Nothing will be answered any more. */
  giveUp(): void;
}

interface Waiting {
  text: string;
  answer(vector: Float32Array | undefined): void;
}

/** One text at a time goes to the encoder, the most urgent first: a question waits for one piece of others at most. */
export function createEncoderQueue(send: (id: number, text: string) => void): EncoderQueue {
  const waiting: Record<Urgency, Waiting[]> = { query: [], issue: [], bulk: [] };
  let state: "not started" | "idle" | "busy" | "over" = "not started";
  let lastId = 0;
  let underWay: Waiting | undefined;

  const next = () => {
    if (state !== "idle") return;
    const urgency = order.find((each) => waiting[each].length > 0);
    underWay = urgency && waiting[urgency].shift();
    if (!underWay) return;
    state = "busy";
    lastId += 1;
    send(lastId, underWay.text);
  };
  return {
    ask(text, urgency) {
      if (state === "over") return Promise.resolve(undefined);
      return new Promise((answer) => {
        waiting[urgency].push({ text, answer });
        next();
      });
    },
    start() {
      if (state === "not started") state = "idle";
      next();
    },
    answered(id, vector) {
      if (id !== lastId || state !== "busy") return;
      state = "idle";
      underWay?.answer(vector);
      next();
    },
    giveUp() {
      state = "over";
      underWay?.answer(undefined);
      for (const urgency of order) for (const each of waiting[urgency].splice(0)) each.answer(undefined);
    },
  };
}
