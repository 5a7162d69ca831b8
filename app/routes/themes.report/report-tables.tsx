import { funnelSign, rateFigure } from "../../components/charts/heat-scale";
import { trendInShort } from "../../components/charts/point-words";
import { BreadthBar, effectiveFigure } from "../../components/charts/row-marks";
import { Sparkline } from "../../components/charts/sparkline";
import type { PlacesView, ThemeRow } from "../../domain/theme-views";
import { shownWords } from "../../domain/theme-words";

/** The first of both rankings, each row over its own footprint. */
export function RankedTable({ rows }: { rows: readonly ThemeRow[] }) {
  return (
    <table className="ct-report__table">
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">Theme</th>
          <th scope="col">Breadth</th>
          <th scope="col">Per 10,000</th>
          <th scope="col">Over time</th>
          <th scope="col">Moderate or worse</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.side} ${row.id}`}>
            <td>{row.rank}</td>
            <th scope="row">
              {row.name}
              {row.side === "service" ? <small>raised by trusts</small> : null}
            </th>
            <td>{row.breadth ? <Breadth breadth={row.breadth} /> : "withheld"}</td>
            <td>
              {row.rate ? (
                <Rate rate={row.rate} />
              ) : (
                <small>{row.side === "service" ? "no list size" : "withheld"}</small>
              )}
            </td>
            <td>
              {row.series ? (
                <>
                  <Sparkline name={row.name} series={row.series} width={128} height={28} />
                  <small>{trendInShort(row.series)}</small>
                </>
              ) : (
                <small>withheld, or too little</small>
              )}
            </td>
            <td>{row.harm ? shownWords(row.harm.moderateOrWorse) : "withheld"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Breadth({ breadth }: { breadth: NonNullable<ThemeRow["breadth"]> }) {
  return (
    <>
      <BreadthBar breadth={breadth} width={96} />
      <small>
        {effectiveFigure(breadth.effective)} of {breadth.of} {breadth.unit}
      </small>
    </>
  );
}

function Rate({ rate }: { rate: NonNullable<ThemeRow["rate"]> }) {
  return (
    <>
      <b>{rateFigure(rate.per10000)}</b>
      <small>{`${rateFigure(rate.range95.low)} to ${rateFigure(rate.range95.high)}`}</small>
    </>
  );
}

/** One theme over all Places, in figures. */
export function WhereStrip({ row }: { row: PlacesView["rows"][number] }) {
  return (
    <>
      <ul className="ct-report__places">
        {row.cells.map((cell) => (
          <li key={cell.id}>
            <b>
              {cell.rate ? rateFigure(cell.rate.per10000) : "withheld"}
              {cell.funnel ? ` ${funnelSign[cell.funnel]}` : ""}
            </b>
            <span>{cell.name}</span>
          </li>
        ))}
      </ul>
      <p className="ct-s ct-2">
        Reports for each 10,000 registered patients{row.whole ? `, ${rateFigure(row.whole.per10000)} over all` : ""}. ▲▼
        outside the 99.8 % limits of chance. A low rate is not proof of good care.
      </p>
    </>
  );
}
