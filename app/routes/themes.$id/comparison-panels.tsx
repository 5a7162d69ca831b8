import { BalanceChart } from "../../components/charts/balance-chart";
import { BreadthScatter } from "../../components/charts/breadth-scatter";
import { ChartFrame } from "../../components/charts/chart-frame";
import { balanceTwin, breadthTwin } from "../../components/theme-tables";
import { type ThemeQuery, themesHref } from "../../domain/theme-query";
import type { BreadthView, ThemeRow } from "../../domain/theme-views";
import { balanceWords, breadthWords, oneVoiceWords } from "../../domain/theme-words";
import type { DirectionBalance } from "../../domain/voices";
import { balanceTitle, breadthTitle } from "./story-words";

interface BreadthPanelProps {
  view: BreadthView;
  row: ThemeRow;
  breadth: NonNullable<ThemeRow["breadth"]>;
  kept: Partial<ThemeQuery>;
  asOf: string;
}

/** Many raisers, or few loud ones: this theme among the others. */
export function BreadthPanel({ view, row, breadth, kept, asOf }: BreadthPanelProps) {
  const unit = breadth.unit;
  const seen = { ...breadth, reports: row.reports, raisers: row.raisers, footprint: breadth.of };
  const said = row.oneVoice ? oneVoiceWords(seen, row.side) : breadthWords(seen, row.side);
  const title = breadthTitle(row);
  const drawing = { dots: view.dots, title, unit, chosen: row.id };
  const hrefOf = (theme: string) => themesHref(`/themes/${theme}`, kept);
  return (
    <ChartFrame
      title={title}
      shows={said.says}
      notMeans={said.notMeans}
      asOf={asOf}
      twin={breadthTwin(view.dots, unit)}
      fileName="theme-breadth"
      steps
    >
      <BreadthScatter {...drawing} fits="wide" hrefOf={hrefOf} />
      <BreadthScatter {...drawing} fits="narrow" hrefOf={hrefOf} />
    </ChartFrame>
  );
}

/** How much of it trusts raised about practices, and practices about trusts. */
export function BalancePanel({ name, balance, asOf }: { name: string; balance: DirectionBalance; asOf: string }) {
  const said = balanceWords(balance);
  const title = balanceTitle(balance);
  const rows = [{ id: "this", name: "This theme", balance }];
  return (
    <ChartFrame
      title={title}
      shows={said.says}
      notMeans={said.notMeans}
      asOf={asOf}
      twin={balanceTwin([{ name, balance }])}
      fileName="theme-balance"
    >
      <BalanceChart rows={rows} title={title} fits="narrow" />
      <BalanceChart rows={rows} title={title} fits="wide" />
    </ChartFrame>
  );
}
