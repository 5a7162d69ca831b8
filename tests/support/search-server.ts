import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedSearch } from "../../search/embedded";

export interface TestSearch {
  url: string;
  key: string;
  close(): Promise<void>;
}

declare module "vitest" {
  interface ProvidedContext {
    /** A Meilisearch to test against: the packaged engine of this run, or `MEILI_URL` with `MEILI_KEY`. */
    searchUrl: string;
    searchKey: string;
  }
}

/** One engine for a whole run of tests; each test file has an index of its own in it. */
export async function startTestSearch(): Promise<TestSearch> {
  const { MEILI_URL, MEILI_KEY } = process.env;
  if (MEILI_URL) return { url: MEILI_URL, key: MEILI_KEY ?? "", close: async () => undefined };
  const dataDir = await mkdtemp(join(tmpdir(), "ct-search-"));
  const engine = await startEmbeddedSearch({ dataDir });
  const address = engine.address();
  if (!address) throw new Error(`The tests need a search engine: ${engine.unavailable()} Name one by MEILI_URL.`);
  return {
    ...address,
    async close() {
      await engine.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
