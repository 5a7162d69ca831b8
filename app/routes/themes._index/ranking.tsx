import { railEnd } from "../../components/charts/row-marks";
import { type ThemeQuery, themesHref } from "../../domain/theme-query";
import type { ThemeRow as Row } from "../../domain/theme-views";
import { ThemeRow } from "./theme-row";

interface RankingProps {
  title: string;
  sub: string;
  rows: readonly Row[];
  query: ThemeQuery;
}

/** Read at a glance; what is flagged further down follows, the rest is one press away. */
const first = 7;

/** One of the two rankings: what practices raise, or what trusts raise, each over its own footprint. */
export function Ranking({ title, sub, rows, query }: RankingProps) {
  if (rows.length === 0) return null;
  const end = railEnd(rows.map((row) => row.rate));
  const top = rows.slice(0, first);
  const flagged = rows.slice(first).filter((row) => row.emerging || row.oneVoice || row.isPinned);
  const rest = rows.slice(first).filter((row) => !flagged.includes(row));
  const list = (some: readonly Row[]) => (
    <ol className="ct-trows">
      {some.map((row) => (
        <ThemeRow key={row.id} row={row} railEnd={end} href={hrefOf(row, query)} chosen={row.id === query.theme} />
      ))}
    </ol>
  );
  return (
    <section className="ct-ranking" aria-label={title}>
      <div className="ct-trow ct-trow--head">
        <span />
        <span>
          <h2>{title}</h2>
          {sub}
        </span>
        <span aria-hidden="true">
          <b>Breadth</b> effective raisers
        </span>
        <span aria-hidden="true">
          <b>Per 10,000</b> 95 % range
        </span>
        <span aria-hidden="true">
          <b>Over time</b> band: usual range
        </span>
        <span aria-hidden="true">
          <b>Harm</b> dark: moderate+
        </span>
      </div>
      {list(top)}
      {flagged.length > 0 ? (
        <>
          <h3 className="ct-ranking__more">Flagged further down</h3>
          {list(flagged)}
        </>
      ) : null}
      {rest.length > 0 ? (
        <details>
          <summary>{`${rest.length} more themes`}</summary>
          {list(rest)}
        </details>
      ) : null}
    </section>
  );
}

export function hrefOf(row: { id: string }, query: ThemeQuery): string {
  const { theme: _, ...filters } = query;
  return themesHref(`/themes/${row.id}`, filters);
}
