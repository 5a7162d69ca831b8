import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useLocation } from "@remix-run/react";
import { ThemeFlags } from "../../components/theme-flags";
import { ThemeNews, useHeldView } from "../../components/theme-news";
import { DecidePanel } from "../../components/themes/decide-panel";
import { writeFindQuery } from "../../domain/find-query";
import { issuesBehind, readThemeQuery, themesHref } from "../../domain/theme-query";
import { emergingWords } from "../../domain/theme-words";
import { issueView } from "../../web/issue-view";
import { notFound } from "../../web/not-found";
import { pageTitle } from "../../web/page-title";
import { problemStatus } from "../../web/problem-words";
import { readForm } from "../../web/read-form";
import { requireActor, requireSender } from "../../web/require-actor";
import { asOfWords, seenWords } from "../themes._index/explorer-words";
import { BalancePanel, BreadthPanel } from "./comparison-panels";
import { isVerb, readDecisions, refusedBy, typedLabel, verbs } from "./decide";
import { IssuesBehind } from "./issues-behind";
import { OutcomesPanel, WordsPanel } from "./parts-panels";
import { AboutPanel, PlacesPanel } from "./places-panel";
import { readSpan } from "./read-span";
import { ChangesTried, StoryFacts, StoryHistory, StoryStanding } from "./story-facts";
import { storyTitle } from "./story-words";
import { TimePanel } from "./time-panel";

export const meta: MetaFunction<typeof loader> = ({ data }) => pageTitle(data?.view.theme.name ?? "Theme");

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const { board } = context;
  const asked = new URL(request.url).searchParams;
  const query = readThemeQuery(asked);
  const id = params.id ?? "";
  const view = await board.themes.story(actor, id, query);
  if (!view) throw notFound();
  const span = readSpan(asked, view.series);
  const [breadth, decided, narrowed] = await Promise.all([
    board.themes.breadth(actor, query, view.side),
    readDecisions(board, actor, id, query),
    span ? board.themes.story(actor, id, { ...query, from: span.date, until: span.until }) : view,
  ]);
  const summaries = await board.issues.summaries(actor, narrowed?.issues ?? []);
  return { view, breadth, decided, span, issues: summaries.map((summary) => issueView(summary, board)) };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { actor, form } = await requireSender(context, request, typedLabel);
  const id = params.id ?? "";
  const verb = form.get("verb");
  if (!isVerb(verb)) throw notFound();
  const { input, typed } = readForm(form, `${verb}-`);
  const outcome = await context.board.commands[verbs[verb]](actor, {
    ...input,
    theme: id,
    version: form.get("version"),
  });
  if (outcome.ok) throw redirect(`/themes/${id}${new URL(request.url).search}#decisions`);
  if (outcome.problem.kind === "not-found") throw notFound();
  return data(refusedBy(verb, outcome.problem, typed.fields), { status: problemStatus(outcome.problem) });
}

/** A theme as a story: is it changing, who says it, where, about whom, how it ended, and the issues themselves. */
export default function ThemePage() {
  const { shown, show } = useHeldView(useLoaderData<typeof loader>());
  const refused = useActionData<typeof action>() ?? null;
  const { view, breadth, decided, span, issues } = shown;
  const { pathname } = useLocation();
  const { theme, query } = view;
  const asOf = asOfWords({ ...view, sinceAnalysis: 0 });
  const seen = seenWords(view.seen);
  const row = view.side === "service" ? view.service : view.practice;
  const { theme: _, ...kept } = query;
  const behind = `/search?${writeFindQuery(issuesBehind({ ...query, theme: theme.id }))}`;
  return (
    <article className="ct-story">
      <header className="ct-themes__head">
        <p>
          <Link to={themesHref("/themes", kept)}>Themes</Link>
          {theme.group ? <span className="ct-2"> › {theme.group.label}</span> : null}{" "}
          {row ? <ThemeFlags row={row} /> : null}
        </p>
        <h1>{storyTitle(theme.name, view.series)}</h1>
        {theme.description ? <p>{theme.description}</p> : null}
        {row?.emerging ? (
          <p>
            {emergingWords(row.emerging).says} <span className="ct-2">{emergingWords(row.emerging).notMeans}</span>
          </p>
        ) : null}
        {seen ? <p className="ct-2">{seen}</p> : null}
        <p className="ct-2">{asOf}</p>
        <StoryStanding theme={theme} to={(other) => themesHref(`/themes/${other}`, kept)} />
        <ThemeNews query={query} version={view.version} onShow={show} />
      </header>
      <div className="ct-story__first">
        <div>
          <TimePanel series={view.series} reports={row?.reports} path={pathname} query={query} asOf={asOf} />
          <PlacesPanel places={view.places} path={pathname} query={query} asOf={asOf} />
        </div>
        <aside aria-label="In figures">
          <StoryFacts view={view} />
          <ChangesTried changes={view.interventions} />
          <StoryHistory theme={theme} />
          <p>
            <a href="#issues">Read the issues behind it</a>
          </p>
        </aside>
      </div>
      <div className="ct-story__two">
        {row?.breadth && breadth.dots.length > 0 ? (
          <BreadthPanel view={breadth} row={row} breadth={row.breadth} kept={kept} asOf={asOf} />
        ) : null}
        {view.balance && view.balance.trustShare !== null ? (
          <BalancePanel name={theme.name} balance={view.balance} asOf={asOf} />
        ) : null}
      </div>
      <div className="ct-story__three">
        <WordsPanel words={theme.words} />
        <OutcomesPanel outcomes={view.outcomes} />
        <AboutPanel about={view.about} />
      </div>
      <DecidePanel theme={theme} {...decided} refused={refused} />
      <IssuesBehind
        issues={issues}
        span={span}
        seen={view.seen}
        all={themesHref(pathname, kept)}
        search={behind}
        query={{ ...query, theme: theme.id }}
      />
    </article>
  );
}
