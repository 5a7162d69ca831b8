import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { BasicSearchBanner, NarrowedBanner } from "../../components/banner";
import { KeyLine, useListKeys } from "../../components/keys";
import { SearchBox } from "../../components/search-box";
import { PageTop } from "../../components/shell";
import { pageTitle } from "../../web/page-title";
import { requireActor } from "../../web/require-actor";
import { keptFilters } from "./board-link";
import { Columns } from "./columns";
import { FilterBar } from "./filter-bar";
import { NewsBar } from "./news-bar";
import { NothingFound } from "./nothing-found";
import { readBoard } from "./read-board";
import { Results } from "./results";
import { useHeldBoard } from "./use-held-board";

export const meta = () => pageTitle("Board");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  return readBoard(context.board, actor, new URL(request.url).searchParams);
}

export default function BoardPage() {
  const board = useHeldBoard(useLoaderData<typeof loader>());
  const { data, live } = board;
  const [params] = useSearchParams();
  useListKeys();
  return (
    <>
      <PageTop title="Board" aside={<SearchBox text={data.text} keep={keptFilters(params)} />} />
      <FilterBar data={data} />
      {data.by === "basic" && (data.text !== "" || data.narrowedTo) ? (
        <BasicSearchBanner narrowedTo={data.narrowedTo} />
      ) : null}
      {data.by !== "basic" && data.narrowedTo ? <NarrowedBanner narrowedTo={data.narrowedTo} /> : null}
      <NewsBar fresh={live.fresh.length} changed={live.changed.size} missed={live.missed} onShow={board.refresh} />
      {data.shown === 0 ? <NothingFound data={data} /> : null}
      {data.list.kind === "columns" ? (
        <Columns list={data.list} changed={live.changed} onMore={board.addShown} />
      ) : (
        <Results list={data.list} text={data.text} changed={live.changed} />
      )}
      <KeyLine
        keys={[
          ["j", "next"],
          ["k", "previous"],
          ["Enter", "open"],
          ["/", "search"],
        ]}
      />
    </>
  );
}
