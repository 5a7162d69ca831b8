import { describe, expect, test } from "vitest";
import { openCorpus, shippedCorpus } from "../../search/corpus";
import { joinedVector } from "../../search/joined-vector";
import { type NearRow, nearInMemory } from "../../search/near-in-memory";
import { textWords } from "../../search/text-words";
import { eventually } from "../support/eventually";

const corpus = openCorpus(shippedCorpus);
const vectorOf = (text: string) =>
  joinedVector({ words: textWords({ text }).counts, sentence: new Float32Array() }, corpus);
const row = (id: string, text: string, audience = ["system"]): NearRow => ({
  id,
  audience,
  service: null,
  vector: vectorOf(text),
});
const rows = [
  row("tto", "Three days of discharge medicines instead of seven"),
  row("secret", "Three days of discharge medicines for one patient", ["person:guest"]),
  row("fax", "The fax number of the stroke team rings out"),
];
const query = vectorOf("discharge medicines for three days only") ?? new Float32Array();

async function* every() {
  yield rows.slice(0, 2);
  yield rows.slice(2);
}

async function ready(memory: ReturnType<typeof nearInMemory>) {
  await eventually(async () => memory.nearest(["system"], query, 1) !== undefined);
}
const ids = (memory: ReturnType<typeof nearInMemory>, keys: string[], except?: string) =>
  memory.nearest(keys, query, 5, except)?.map((each) => each.id);

describe("Issues held in memory", () => {
  test("cannot be asked until they were read, then answer nearest first", async () => {
    const memory = nearInMemory({ every });
    expect(memory.nearest(["system"], query, 5)).toBeUndefined();
    await ready(memory);
    expect(ids(memory, ["system"])).toEqual(["tto", "fax"]);
  });

  test("18.6 leave out what the viewer may not know of before anything is ranked", async () => {
    const memory = nearInMemory({ every });
    await ready(memory);
    expect(ids(memory, ["person:guest"])).toEqual(["secret"]);
    expect(ids(memory, [])).toEqual([]);
    expect(memory.nearest(["system"], query, 1)?.map((each) => each.id)).toEqual(["tto"]);
  });

  test("leave out the issue that is asked about", async () => {
    const memory = nearInMemory({ every });
    await ready(memory);
    expect(ids(memory, ["system"], "tto")).toEqual(["fax"]);
  });

  test("18.6 follow what changes, also while they are read", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const memory = nearInMemory({
      every: async function* () {
        yield rows;
        await held;
      },
    });
    memory.nearest(["system"], query, 5);
    memory.put(row("tto", "now about something else entirely", ["org:T1"]));
    release();
    await ready(memory);
    expect(ids(memory, ["system"])).toEqual(["fax"]);
    memory.put(row("new", "discharge medicines for three days"));
    expect(ids(memory, ["system"])).toEqual(["new", "fax"]);
  });

  test("18.6 are not held when there are too many, and nothing is said then", async () => {
    let isOver = false;
    const memory = nearInMemory({
      most: 2,
      every: async function* () {
        try {
          yield rows;
          yield rows;
        } finally {
          isOver = true;
        }
      },
    });
    memory.nearest(["system"], query, 5);
    await eventually(() => isOver);
    memory.put(row("new", "discharge medicines"));
    expect(memory.nearest(["system"], query, 5)).toBeUndefined();
  });

  test("that cannot be read are a fault that is told, and are tried again", async () => {
    const faults: unknown[] = [];
    let away = true;
    const memory = nearInMemory({
      every: async function* () {
        if (away) throw new Error("the store is away");
        yield rows;
      },
      onFault: (fault) => faults.push(fault),
    });
    memory.nearest(["system"], query, 5);
    await eventually(async () => faults.length > 0);
    away = false;
    await ready(memory);
  });
});
