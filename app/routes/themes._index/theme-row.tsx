import { Link } from "@remix-run/react";
import { trendInShort } from "../../components/charts/point-words";
import { BreadthBar, effectiveFigure, HarmBar, RangeRail } from "../../components/charts/row-marks";
import { Sparkline } from "../../components/charts/sparkline";
import { ThemeFlags } from "../../components/theme-flags";
import type { ThemeRow as Row, Series } from "../../domain/theme-views";
import { emergingWords, oneVoiceWords, shownWords } from "../../domain/theme-words";

interface ThemeRowProps {
  row: Row;
  /** Right end of the rails of this list. */
  railEnd: number;
  href: string;
  chosen: boolean;
}

/** One theme of a ranking: how widely, how often, whether it changes, how badly. */
export function ThemeRow({ row, railEnd, href, chosen }: ThemeRowProps) {
  return (
    <li className={`ct-trow${chosen ? " is-chosen" : ""}${row.emerging ? " is-emerging" : ""}`}>
      <span className="ct-trow__rank">{row.rank}</span>
      <span className="ct-trow__name">
        <Link to={href} aria-current={chosen ? "true" : undefined}>
          {row.name}
        </Link>{" "}
        <ThemeFlags row={row} />
        {row.formerNames.length > 0 ? <small>until lately: {row.formerNames.join(", ")}</small> : null}
        {row.side === "service" ? <small>raised by trusts</small> : null}
      </span>
      <Breadth row={row} />
      <span className="ct-trow__rate">
        {row.rate ? (
          <>
            <RangeRail rate={row.rate} most={railEnd} />
            <small>
              <b>{row.rate.per10000.toFixed(2)}</b>
            </small>
          </>
        ) : (
          <small>{row.side === "service" ? "no list size" : "withheld"}</small>
        )}
      </span>
      <span className="ct-trow__trend">
        {row.series ? (
          <>
            <Sparkline name={row.name} series={row.series} />
            <small>
              {trendInShort(row.series)}
              {periodNote[row.series.period]}
            </small>
          </>
        ) : (
          <small>{shownWords(row.reports) === "withheld" ? "withheld" : `${shownWords(row.reports)} reports`}</small>
        )}
      </span>
      <Harm row={row} />
      {row.emerging ? <span className="ct-trow__why">{emergingWords(row.emerging).says}</span> : null}
      {row.oneVoice && row.breadth ? <OneVoice row={row} breadth={row.breadth} /> : null}
    </li>
  );
}

const periodNote: Readonly<Record<Series["period"], string>> = {
  1: "",
  4: ", by 4 weeks",
  12: ", by 12 weeks",
  month: ", by month",
};

function Breadth({ row }: { row: Row }) {
  if (!row.breadth) {
    return (
      <span className="ct-trow__breadth">
        <small>withheld</small>
      </span>
    );
  }
  return (
    <span className="ct-trow__breadth">
      <BreadthBar breadth={row.breadth} />
      <small>
        <b>{effectiveFigure(row.breadth.effective)}</b> of {row.breadth.of} {row.breadth.unit}
      </small>
    </span>
  );
}

function Harm({ row: { harm } }: { row: Row }) {
  if (!harm) {
    return (
      <span className="ct-trow__harm">
        <small>withheld</small>
      </span>
    );
  }
  return (
    <span className="ct-trow__harm">
      <HarmBar harm={harm} />
      <small>
        {harm.moderateOrWorse.kind === "withheld" ? "withheld" : <b>{shownWords(harm.moderateOrWorse)}</b>} moderate+
      </small>
    </span>
  );
}

function OneVoice({ row, breadth }: { row: Row; breadth: NonNullable<Row["breadth"]> }) {
  const { effective, of, loudestShare } = breadth;
  const said = oneVoiceWords(
    { reports: row.reports, raisers: row.raisers, effective, footprint: of, loudestShare },
    row.side,
  );
  return (
    <span className="ct-trow__why">
      {said.says} {said.notMeans}
    </span>
  );
}
