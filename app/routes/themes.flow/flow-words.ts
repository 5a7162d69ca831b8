import type { FlowView } from "../../domain/theme-views";
import { balanceWords, decimal, type Said, shownWords } from "../../domain/theme-words";

type Flow = Pick<FlowView, "ribbons" | "total" | "balance" | "byTheme">;

/** How often one side speaks for each time the other does. */
export function flowTitle({ balance, ribbons, total }: Flow): string {
  if (balance) {
    const { practiceAboutTrust: practices, trustAboutPractice: trusts } = balance;
    if (practices === 0 && trusts === 0) return "Practices and trusts raise nothing about each other here";
    if (trusts === 0) return "Trusts raise nothing about practices here";
    if (practices === 0) return "Practices raise nothing about trusts here";
    const [often, seldom, many] =
      practices >= trusts
        ? ["practices raise", "a trust raises about practices", practices / trusts]
        : ["trusts raise", "a practice raises about trusts", trusts / practices];
    const whom = practices >= trusts ? "trusts" : "practices";
    return `For each issue ${seldom}, ${often} ${decimal(many)} about ${whom}`;
  }
  return ribbonsTitle({ ribbons, total });
}

/** How much starts in practices, and how much is about them: of what may be shown. */
export function ribbonsTitle({ ribbons, total }: Pick<Flow, "ribbons" | "total">): string {
  const sum = (holds: (ribbon: FlowView["ribbons"][number]) => boolean) =>
    ribbons.reduce((all, each) => all + (holds(each) && each.reports.kind !== "withheld" ? each.reports.value : 0), 0);
  const all = sum(() => true);
  if (all === 0 || total.kind === "withheld") return "Who raises about whom is withheld";
  const share = (part: number) => `${Math.round((part / all) * 100)} %`;
  const from = sum((ribbon) => ribbon.from === "practice");
  const about = sum((ribbon) => ribbon.to === "practice");
  const hidden = ribbons.some(({ reports }) => reports.kind === "withheld");
  return `${share(from)} of ${hidden ? "what is shown starts" : "reports start"} in practices; ${share(about)} are about them`;
}

/** What the ribbons show, what is left out, and what they do not mean. */
export function flowSaid({ ribbons, total }: Pick<Flow, "ribbons" | "total">): Said {
  const withheld = ribbons.filter(({ reports }) => reports.kind === "withheld").length;
  const hidden = withheld > 0 ? " Ribbons of under 5 reports are withheld: none is drawn for them." : "";
  return {
    says: `As thick as there are reports, ${shownWords(total)} in all.${hidden} A ribbon opens a search for the issues in which those organisations take part, either way.`,
    notMeans: "Who raises more is not who does worse: it is who was asked, or dares to.",
  };
}

/** Whether any theme has an equal voice. */
export function balanceTitle({ balance, byTheme }: Pick<Flow, "balance" | "byTheme">): string {
  if (balance?.trustShare === null || !balance) return "Neither side has spoken about the other";
  const unequal = byTheme.filter((row) => row.balance?.range95 && !row.balance.mayBeEqual).length;
  const all = byTheme.filter((row) => row.balance?.range95).length;
  if (unequal === 0)
    return balance.mayBeEqual ? "An equal voice cannot be ruled out" : "The voice is not equal over all";
  return `In ${unequal} of ${all} themes one side speaks more than chance explains`;
}

/** The balance over all, and what it does not mean. */
export function balanceSaid({ balance }: Pick<Flow, "balance">): Said {
  if (!balance) return { says: "The balance is withheld.", notMeans: "Withheld is not equal." };
  return balanceWords(balance);
}
