import { describe, expect, it } from "vitest";
import { keepRestoring, restoreIndex, whenWhole } from "../../app/server/fill-index";
import { EngineDown } from "../../search/engine";
import type { BoardIndex } from "../../search/issue-index";

/** An index that holds so many issues, beside a store that holds so many. */
function sides(documents: number, total: number, waiting = 0) {
  const rebuilt: string[] = [];
  const index = {
    prepare: async () => "kept",
    state: async () => ({ state: "ready", documents, unofficialRepack: false }),
    rebuild: async () => void rebuilt.push("rebuilt"),
    search: async () => ({ hits: [], total: 0, facets: {} }),
  } as unknown as BoardIndex;
  const storage = { issues: { total: async () => total }, outbox: { state: async () => ({ waiting, parked: 0 }) } };
  const events = { page: async () => ({ items: [] }) };
  const source = { storage: { ...storage, events }, directory: {}, now: () => new Date(0) } as unknown as Parameters<
    typeof restoreIndex
  >[1];
  const told = { now: new Date(0), onLacking: () => void rebuilt.push("lacking"), onProgress: () => {} };
  return { index, restore: () => restoreIndex(index, source, told), rebuilt };
}

describe("the index is restored", () => {
  it("when it lacks issues the store has, also when only a few came in before it was filled", async () => {
    const { restore, rebuilt } = sides(1, 2_500);
    await restore();
    expect(rebuilt).toEqual(["lacking", "rebuilt"]);
  });

  it("not when it holds all but those a follow-up is about to index", async () => {
    const { restore, rebuilt } = sides(2_498, 2_500, 2);
    await restore();
    expect(rebuilt).toEqual([]);
  });

  it("one at a time, and until it is done pages are told to do without", async () => {
    let finish = () => {};
    let runs = 0;
    const restoring = keepRestoring(() => {
      runs++;
      restoring.lacks();
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    const { index } = sides(0, 1);
    const asked = whenWhole(index, restoring.lacking);
    const first = restoring.now();
    const second = restoring.now();
    await expect(asked.search([], {} as never, {} as never)).rejects.toThrow(EngineDown);
    finish();
    await Promise.all([first, second]);
    expect(runs).toBe(1);
    await expect(asked.search([], {} as never, {} as never)).resolves.toMatchObject({ total: 0 });
  });
});
