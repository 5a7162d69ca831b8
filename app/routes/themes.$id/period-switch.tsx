import { SegmentLinks } from "../../components/segment";
import { type ThemeQuery, themesHref } from "../../domain/theme-query";

/** What one point of the chart covers. */
export function PeriodSwitch({ path, query }: { path: string; query: ThemeQuery }) {
  return (
    <SegmentLinks
      label="What a point covers"
      choices={[
        { name: "Weeks", to: themesHref(path, { ...query, period: "week" }), chosen: query.period === "week" },
        { name: "Months", to: themesHref(path, { ...query, period: "month" }), chosen: query.period === "month" },
      ]}
    />
  );
}
