import { monotonicFactory } from "ulid";
import type { ThemeRunRecord } from "../../app/domain/theme-ports";
import { withStorage } from "../../scripts/with-storage";
import { themeVectorVersion } from "../../search/themes/theme-vector";
import { plantedThemes } from "./theme-world";

/**
 * Puts every issue of a closed demonstration data directory with the theme it was planted in, as an analysis would have
 * done; does nothing where one has.
 */
export async function savePlantedThemes(dataDir: string): Promise<void> {
  const settings = { store: { kind: "embedded" as const }, database: "common-thread", dataDir };
  await withStorage(settings, "demo", async ({ themes, issues }) => {
    if (await themes.latestRun()) return;
    const newId = monotonicFactory();
    const ids = new Map<string, string>();
    const themeOf = plantedThemes();
    const members: ThemeRunRecord["members"][number][] = [];
    for await (const batch of issues.everyIssue(1_000))
      for (const issue of batch) {
        const name = themeOf(issue);
        const theme = ids.get(name) ?? newId();
        ids.set(name, theme);
        const at = members.length;
        members.push({ issue: issue.id, theme, closeness: 0.5, x: at % 300, y: Math.floor(at / 300) });
      }
    const now = new Date();
    const found = [...ids].map(([label, id], at) => ({
      ...{ id, label, isKept: false, group: "all", words: [], edge: 0, centroid: new Float32Array(4) },
      region: { x: (at % 10) * 40, y: Math.floor(at / 10) * 40, radius: 15 },
    }));
    await themes.saveRun({
      ...{ id: newId(), startedAt: now, finishedAt: now, encoder: themeVectorVersion, mean: new Float32Array(4) },
      ...{ themes: found, groups: [{ id: "all", isKept: false, label: "All" }], members },
    });
  });
}
