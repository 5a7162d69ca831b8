import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedStore } from "../../app/storage/embedded/start";
import { startTestSearch } from "./search-server";

/** One store process and one search process for the whole run; each test file has a database and an index of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [closeStore, closeSearch] = await Promise.all([startStore(project), startSearch(project)]);
  return async () => {
    await Promise.all([closeStore(), closeSearch()]);
  };
}

async function startStore(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.MONGODB_URI;
  if (given) {
    project.provide("storeUri", given);
    return async () => {};
  }
  const dataDir = await mkdtemp(path.join(tmpdir(), "ct-test-"));
  const store = await startEmbeddedStore({ dataDir });
  project.provide("storeUri", store.uri);
  return async () => {
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Without an engine the tests that need one fail by themselves, and say so; the others run. */
async function startSearch(project: TestProject): Promise<() => Promise<void>> {
  try {
    const search = await startTestSearch();
    project.provide("searchUrl", search.url);
    project.provide("searchKey", search.key);
    return () => search.close();
  } catch (error) {
    console.warn(error instanceof Error ? error.message : error);
    project.provide("searchUrl", "");
    project.provide("searchKey", "");
    return async () => {};
  }
}
