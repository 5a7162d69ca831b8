import { type FollowUp, type FollowUpPorts, oneByOne } from "./follow-up";

/**
 * Puts an issue with its nearest theme and counts it as it is now: who raised and joined it, its state, who may know of
 * it. Then tells open theme pages that there is something new.
 */
export function assignTheme({
  issues,
  themes,
  notifier,
}: Pick<FollowUpPorts, "issues" | "themes" | "notifier">): FollowUp {
  return oneByOne(async ({ issue: id }) => {
    const issue = await issues.unfiltered(id);
    if (!issue) return;
    await themes.assign(issue);
    notifier.themesChanged(issue.audience);
  });
}
