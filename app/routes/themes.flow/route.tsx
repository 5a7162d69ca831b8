import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BalanceChart } from "../../components/charts/balance-chart";
import { ChartFrame } from "../../components/charts/chart-frame";
import { FlowRibbons } from "../../components/charts/flow-ribbons";
import { EmptyState } from "../../components/empty-state";
import { ThemeNews, useHeldView } from "../../components/theme-news";
import { balanceTwin, flowTwin } from "../../components/theme-tables";
import { writeFindQuery } from "../../domain/find-query";
import { issuesBehind, readThemeQuery } from "../../domain/theme-query";
import type { FlowKind, FlowView } from "../../domain/theme-views";
import { pageTitle } from "../../web/page-title";
import { requireActor } from "../../web/require-actor";
import { asOfWords, seenWords } from "../themes._index/explorer-words";
import { balanceSaid, balanceTitle, flowSaid, flowTitle, ribbonsTitle } from "./flow-words";
import { organisationsByKind } from "./kinds";

export const meta: MetaFunction = () => pageTitle("Who raises about whom");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const query = readThemeQuery(new URL(request.url).searchParams);
  const { themes, directory } = context.board;
  return { view: await themes.flow(actor, query), codes: organisationsByKind(directory) };
}

/** Who raises about whom, and whether both sides speak. */
export default function FlowPage() {
  const { shown, show } = useHeldView(useLoaderData<typeof loader>());
  const { view, codes } = shown;
  const asOf = asOfWords({ ...view, sinceAnalysis: 0 });
  const seen = seenWords(view.seen);
  const isEmpty = view.ribbons.every(({ reports }) => reports.kind === "withheld" || reports.value === 0);
  return (
    <>
      <header className="ct-themes__head">
        <h1>{flowTitle(view)}</h1>
        {seen ? <p className="ct-2">{seen}</p> : null}
        <p className="ct-2">
          {asOf} An uneven flow may mean unequal trouble, or that one side has not been asked or does not feel safe to
          speak.
        </p>
        <ThemeNews query={view.query} version={view.version} onShow={show} />
      </header>
      {isEmpty ? (
        <EmptyState icon="search" title="Nothing that may be shown fits these filters">
          That is not proof that nobody speaks. Take a filter away.
        </EmptyState>
      ) : (
        <div className="ct-flow">
          <Ribbons view={view} codes={codes} asOf={asOf} />
          {view.balance ? <Balance view={view} asOf={asOf} /> : null}
        </div>
      )}
    </>
  );
}

interface RibbonsProps {
  view: FlowView;
  codes: Partial<Record<FlowKind, string[]>>;
  asOf: string;
}

function Ribbons({ view, codes, asOf }: RibbonsProps) {
  const title = ribbonsTitle(view);
  const said = flowSaid(view);
  const hrefOf = (from: FlowKind, to: FlowKind) => {
    const concerned = codes[from === "practice" ? to : from] ?? [];
    const organisation = view.query.organisation ? [view.query.organisation] : concerned;
    return `/search?${writeFindQuery({ ...issuesBehind(view.query), organisation })}`;
  };
  return (
    <ChartFrame
      title={title}
      shows={said.says}
      notMeans={said.notMeans}
      asOf={asOf}
      twin={flowTwin(view)}
      fileName="who-raises-about-whom"
      steps
    >
      <FlowRibbons view={view} title={title} fits="wide" hrefOf={hrefOf} />
      <FlowRibbons view={view} title={title} fits="narrow" hrefOf={hrefOf} />
    </ChartFrame>
  );
}

function Balance({ view, asOf }: { view: FlowView; asOf: string }) {
  const said = balanceSaid(view);
  const title = balanceTitle(view);
  const rows = [
    { id: "all", name: "All themes", balance: view.balance },
    ...view.byTheme.slice(0, 11).map(({ theme, name, balance }) => ({ id: theme, name, balance })),
  ];
  return (
    <ChartFrame
      title={title}
      shows={said.says}
      notMeans={said.notMeans}
      asOf={asOf}
      twin={balanceTwin(rows)}
      fileName="balance-of-voices"
    >
      <BalanceChart rows={rows} title={title} fits="wide" />
      <BalanceChart rows={rows} title={title} fits="narrow" />
    </ChartFrame>
  );
}
