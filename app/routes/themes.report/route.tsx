import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { XmrChart } from "../../components/charts/xmr-chart";
import { ExportLink } from "../../components/export-link";
import { useFrame } from "../../components/use-frame";
import { readThemeQuery } from "../../domain/theme-query";
import { balanceWords } from "../../domain/theme-words";
import { pageTitle } from "../../web/page-title";
import { requireActor } from "../../web/require-actor";
import { useHydrated } from "../../web/use-hydrated";
import { asOfWords, seenWords } from "../themes._index/explorer-words";
import { trendSaid, trendTitle } from "../themes.$id/story-words";
import { RankedTable, WhereStrip } from "./report-tables";
import { askedFor, emergingLines, leadWords, oneVoiceLine, quietLine, reportTitle, whereTitle } from "./report-words";

export const meta: MetaFunction = () => pageTitle("Board report");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const query = readThemeQuery(new URL(request.url).searchParams);
  const { themes } = context.board;
  const [report, places, quiet] = await Promise.all([
    themes.report(actor, query),
    themes.places(actor, query),
    themes.quiet(actor, query),
  ]);
  return { report, where: places.rows[0] ?? null, quiet: quiet.places };
}

/** One page of paper for a board, its text written from the numbers. */
export default function ReportPage() {
  const { report, where, quiet } = useLoaderData<typeof loader>();
  const system = useFrame()?.system;
  const emerging = emergingLines(report);
  const oneVoice = oneVoiceLine(report);
  const seen = seenWords(report.seen);
  const asked = askedFor(report, quiet);
  const { theme: _, ...kept } = report.query;
  return (
    <article className="ct-report">
      <header className="ct-report__head">
        <p>
          <b>Common Thread</b> {system?.name}
        </p>
        <p className="ct-2">{asOfWords({ ...report, sinceAnalysis: 0 })}</p>
      </header>
      <h1>{reportTitle(report)}</h1>
      <p>{leadWords(report)}</p>
      {seen ? <p className="ct-2">{seen}</p> : null}
      <h2>The themes that weigh most</h2>
      <RankedTable rows={[...report.practice.slice(0, 4), ...report.service.slice(0, 2)]} />
      <p className="ct-2 ct-s">
        Diamonds mark periods that chance does not explain. More reports may mean better reporting, not worse care.
      </p>
      <section className="ct-report__time">
        <h2>
          {report.series
            ? `All themes over time: ${uncapital(trendTitle(report.series))}`
            : "Over time: withheld, or too little to draw"}
        </h2>
        {report.series ? (
          <div>
            <XmrChart
              series={report.series}
              title="All that practices report, over time"
              fits="wide"
              width={700}
              height={165}
            />
            <XmrChart series={report.series} title="All that practices report, over time" fits="narrow" />
            <p className="ct-s">
              {trendSaid(report.series).says} <span className="ct-2">{trendSaid(report.series).notMeans}</span>
            </p>
          </div>
        ) : null}
      </section>
      {where ? (
        <section>
          <h2>{whereTitle(where)}</h2>
          <WhereStrip row={where} />
        </section>
      ) : null}
      <div className="ct-report__two">
        <section>
          <h2>New, or one voice</h2>
          {emerging.map(({ theme, name, says }) => (
            <p key={theme}>
              <b>◆ {name}.</b> {says}
            </p>
          ))}
          {emerging.length === 0 ? (
            <p>No theme emerges: this week holds what the weeks before lead one to expect.</p>
          ) : null}
          {oneVoice ? <p>{oneVoice}</p> : null}
        </section>
        <section>
          <h2>Who speaks, and who does not</h2>
          {report.balance ? <p>{balanceWords(report.balance).says}</p> : null}
          <p>{quietLine(quiet)}</p>
        </section>
      </div>
      {asked.length > 0 ? (
        <section className="ct-report__asked">
          <h2>The Board is asked to</h2>
          <ol>
            {asked.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </section>
      ) : null}
      <footer className="ct-2 ct-s">
        Counts under 5 are withheld by Place, organisation and service. Sentences are made from the figures.
        {system?.demo ? " Demonstration: made-up people and issues." : ""}
      </footer>
      <p className="ct-report__do">
        <PrintButton />
        <ExportLink table="practices-raise" query={kept}>
          What practices raise, as CSV
        </ExportLink>
        <ExportLink table="trusts-raise" query={kept}>
          What trusts raise, as CSV
        </ExportLink>
      </p>
    </article>
  );
}

function uncapital(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function PrintButton() {
  const hydrated = useHydrated();
  if (!hydrated) return null;
  return (
    <button type="button" className="nhsuk-button nhsuk-button--small" onClick={() => window.print()}>
      Print on one page
    </button>
  );
}
