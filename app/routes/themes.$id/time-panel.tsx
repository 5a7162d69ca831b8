import { ChartFrame } from "../../components/charts/chart-frame";
import { VariationMark } from "../../components/charts/chart-icon";
import { XmrChart } from "../../components/charts/xmr-chart";
import { seriesTwin } from "../../components/theme-tables";
import type { Shown } from "../../domain/suppression";
import { type ThemeQuery, writeThemeQuery } from "../../domain/theme-query";
import type { Series } from "../../domain/theme-views";
import { shownWords } from "../../domain/theme-words";
import { PeriodSwitch } from "./period-switch";
import { trendSaid, trendTitle, variationWords } from "./story-words";

interface TimePanelProps {
  series: Series | null;
  /** Of the side the chart is of. */
  reports: Shown | undefined;
  path: string;
  query: ThemeQuery;
  asOf: string;
}

/** Whether it changes: a control chart, its icon in words, and the same as a table. */
export function TimePanel({ series, reports, path, query, asOf }: TimePanelProps) {
  if (!series) {
    return (
      <section className="ct-story__part" aria-labelledby="time">
        <h2 id="time">Too little, or withheld, to draw over time</h2>
        <p className="ct-figure__says">
          {reports ? `${shownWords(reports)} reports in these dates. ` : ""}
          <span className="ct-2">A chart needs more than one report in a usual twelve weeks, seen exactly.</span>
        </p>
      </section>
    );
  }
  const title = trendTitle(series);
  const said = trendSaid(series);
  const hrefOf = (date: string) => {
    const params = writeThemeQuery(query);
    params.set("point", date.slice(0, 10));
    return `${path}?${params}#issues`;
  };
  return (
    <ChartFrame
      title={title}
      shows={said.says}
      notMeans={said.notMeans}
      asOf={asOf}
      twin={seriesTwin(series)}
      fileName="theme-over-time"
      steps
      above={<Above series={series} path={path} query={query} />}
    >
      <XmrChart series={series} title={title} hrefOf={hrefOf} fits="wide" />
      <XmrChart series={series} title={title} hrefOf={hrefOf} fits="narrow" />
    </ChartFrame>
  );
}

function Above({ series, path, query }: { series: Series; path: string; query: ThemeQuery }) {
  const [what, note] = variationWords(series);
  return (
    <div className="ct-story__icons">
      {series.variation ? <VariationMark icon={series.variation} /> : null}
      <p>
        <b>{what}</b>
        <span className="ct-2">{note}</span>
      </p>
      <PeriodSwitch path={path} query={query} />
    </div>
  );
}
