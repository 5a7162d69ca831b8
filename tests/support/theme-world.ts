import { Directory } from "../../app/domain/directory";
import type { Issue } from "../../app/domain/issue";
import { type Actor, actorFor } from "../../app/domain/person";
import type { Theme, ThemeMember } from "../../app/domain/theme";
import type { FactSource, Intervention, IssueFacts, ThemeStore } from "../../app/domain/theme-ports";
import { generateDemo } from "../../scripts/demo/generate";
import { openDemo } from "../../scripts/demo/open-demo";
import { demoThemes } from "../../scripts/demo/texts";
import { createLiveFacts } from "../../search/theme-views/live-facts";
import { createThemeReader } from "../../search/theme-views/reader";

/** The day the demonstration of these tests ends on, in the evening. */
export const worldDay = "2026-11-20";
export const worldNow = new Date(`${worldDay}T17:00:00Z`);

/**
 * The demonstration's issues in the themes they were planted in, read as pages read them: without a store, so that a
 * test can ask many questions of many people quickly.
 */
export function themeWorld(options: { issues: number; asOf?: string; now?: Date; interventions?: Intervention[] }) {
  const directoryFacts = openDemo().facts;
  const demo = generateDemo({
    seed: 1,
    asOf: options.asOf ?? worldDay,
    issues: options.issues,
    directory: directoryFacts,
  });
  const issues = [...demo].map((made) => made.issue);
  return worldOf(issues, new Directory(directoryFacts), options);
}

export function worldOf(
  issues: readonly Issue[],
  directory: Directory,
  options: { now?: Date; interventions?: Intervention[]; themeOf?: (issue: Issue) => string },
) {
  const now = options.now ?? worldNow;
  const themeOf = options.themeOf ?? plantedThemes();
  const members = issues.map((issue, at): ThemeMember => {
    const theme = themeOf(issue);
    return { issue: issue.id, theme, closeness: 0.5, x: at % 100, y: Math.floor(at / 100), by: "analysis", at: now };
  });
  const themes = [...new Set(members.map((member) => member.theme ?? ""))].sort().map((id) => themeNamed(id, now));
  const store: Pick<
    ThemeStore,
    "revision" | "everyMember" | "membersSince" | "themes" | "groups" | "latestRun" | "runningRun"
  > = {
    revision: async () => ({ themes: 1, members: 1 }),
    async *everyMember() {
      yield members;
    },
    membersSince: async () => [],
    themes: async () => themes,
    groups: async () => [],
    latestRun: async () => null,
    runningRun: async () => null,
  };
  const source: FactSource = {
    async *everyFact() {
      yield issues.map(factsOf);
    },
    factsOf: async (ids) => issues.filter((issue) => ids.includes(issue.id)).map(factsOf),
  };
  const facts = createLiveFacts({ themes: store as ThemeStore, facts: source, directory });
  const reader = createThemeReader({
    facts,
    directory,
    finder: { find: () => Promise.reject(new Error("nothing is looked for here")) },
    now: () => now,
    interventions: { interventionsOf: async () => options.interventions ?? [], projectsOf: async () => [] },
  });
  const actor = (post: string): Actor => {
    const [holder] = directory.holders(post, now);
    const found = holder && actorFor(directory, holder.id, post, now);
    if (!found) throw new Error(`nobody holds ${post}`);
    return found;
  };
  return { issues, directory, facts, reader, actor, now, themeOf };
}
export type ThemeWorld = ReturnType<typeof worldOf>;

export function factsOf(issue: Issue): IssueFacts {
  const { id, reference, raisedAt, raisedFor, about, category, harm, state, resolution, audience } = issue;
  const { post } = issue.raisedBy;
  return {
    ...{ id, reference, raisedAt, raisedFor, about, category, harm, state, audience },
    ...(resolution ? { resolution } : {}),
    ...(post ? { raisedByPost: post } : {}),
    joined: issue.joined.map(({ organisation, by, at }) => {
      return { organisation, at, ...(by.post ? { post: by.post } : {}) };
    }),
  };
}

function themeNamed(id: string, at: Date): Theme {
  const region = { x: 0, y: 0, radius: 10 };
  const found = { foundAt: at, lastFoundAt: at, gone: false, formerNames: [] };
  return { id, version: 1, group: "all", label: id, words: [], region, ...found };
}

/** Which planted theme an issue was made from: of its kind, the one with whose texts it shares most words. */
export function plantedThemes(): (issue: Issue) => string {
  const themes = demoThemes().map(({ theme, category, texts }) => {
    return { theme, category, texts: texts.map(({ title, body }) => new Set(wordsOf(`${title} ${body}`))) };
  });
  return (issue) => {
    const words = wordsOf(`${issue.title} ${issue.body}`);
    let best = { theme: "", shared: 0 };
    for (const { theme, category, texts } of themes) {
      if (category !== issue.category) continue;
      for (const text of texts) {
        const shared = words.filter((word) => text.has(word)).length / Math.sqrt(text.size);
        if (shared > best.shared) best = { theme, shared };
      }
    }
    return best.theme;
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z]{4,}/g) ?? [];
}
