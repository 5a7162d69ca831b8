import type { BoardIndex } from "../../search/issue-index";
import type { ThemeAssigner, ThemeStore } from "../domain/theme-ports";

const membersAtOnce = 2_000;

/** Tells the search index which theme each issue is in now. */
export async function markThemes(
  index: Pick<BoardIndex, "putThemes">,
  themes: Pick<ThemeStore, "everyMember">,
): Promise<void> {
  for await (const members of themes.everyMember(membersAtOnce)) await index.putThemes(members);
}

/** An assigner that also tells the index. An engine that is down is no fault: what is indexed later has its theme. */
export function marking(
  assigner: ThemeAssigner,
  index: Pick<BoardIndex, "putThemes">,
  themes: Pick<ThemeStore, "memberOf">,
): ThemeAssigner {
  return {
    async assign(issue) {
      await assigner.assign(issue);
      const member = await themes.memberOf(issue.id);
      if (member) await index.putThemes([member]).catch(() => undefined);
    },
  };
}
