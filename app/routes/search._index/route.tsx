import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { KeyLine, useListKeys } from "../../components/keys";
import { PageTop } from "../../components/shell";
import { pageTitle } from "../../web/page-title";
import { requireActor } from "../../web/require-actor";
import { Facets } from "./facets";
import { FindBox } from "./find-box";
import { KindTabs } from "./kind-tabs";
import { readSearch } from "./read-search";
import { Results } from "./results";
import { SearchBanners } from "./search-banners";

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data?.text && !data.identifier ? `${data.text}, search` : "Search");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  return readSearch(context.board, actor, new URL(request.url).searchParams);
}

export default function SearchPage() {
  const search = useLoaderData<typeof loader>();
  useListKeys();
  return (
    <>
      <PageTop title="Search" aside={<FindBox text={search.text} keep={search.keep} />} />
      <KindTabs search={search} />
      <SearchBanners search={search} />
      <div className={search.facets.length > 0 ? "ct-find" : "ct-find ct-find--plain"}>
        <Facets search={search} />
        <Results search={search} />
      </div>
      <KeyLine
        keys={[
          ["/", "search"],
          ["j", "next"],
          ["k", "previous"],
          ["Enter", "open"],
        ]}
      />
    </>
  );
}
