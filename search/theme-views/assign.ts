import type { Issue } from "../../app/domain/issue";
import type { ThemeAssigner, ThemeCentroids, ThemeStore } from "../../app/domain/theme-ports";
import type { IssueVectors } from "../issue-vectors";
import { placeNew } from "../themes/analyse";
import { themeVector, themeVectorVersion } from "../themes/theme-vector";
import type { LiveFacts } from "./live-facts";

export interface AssignParts {
  themes: ThemeStore;
  vectors: Pick<IssueVectors, "ofEntries" | "corpus">;
  live: LiveFacts;
  now(): Date;
}

/** Puts new issues with the theme whose middle is nearest, and has what is counted taken in at once. */
export function createThemeAssigner({ themes, vectors, live, now }: AssignParts): ThemeAssigner {
  let held: { revision: number; centroids: ThemeCentroids | null } | undefined;
  const centroidsNow = async (): Promise<ThemeCentroids | null> => {
    const { themes: revision } = await themes.revision();
    if (held?.revision !== revision) held = { revision, centroids: await themes.centroids() };
    return held.centroids;
  };
  const nearest = async (issue: Issue, centroids: ThemeCentroids) => {
    const [meaning] = await vectors.ofEntries([{ issue }], "issue");
    const vector = meaning && themeVector(meaning, issue.category, await vectors.corpus());
    return vector && placeNew(issue.id, vector, centroids.themes, centroids.mean);
  };
  return {
    async assign(issue) {
      const known = await themes.memberOf(issue.id);
      const centroids = known ? null : await centroidsNow();
      // Middles of another encoder say nothing about this one's vectors: the next analysis places the issue.
      const found = centroids?.encoder === themeVectorVersion ? await nearest(issue, centroids) : undefined;
      if (known) await themes.putMember(known);
      else if (found) {
        const { closeness, x, y, theme } = found;
        const at = now();
        await themes.putMember({ issue: issue.id, closeness, x, y, by: "nearest", at, ...(theme ? { theme } : {}) });
      } else {
        await live.take([issue.id]);
        return;
      }
      await live.catchUp();
    },
  };
}
