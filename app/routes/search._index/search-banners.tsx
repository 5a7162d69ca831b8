import { Banner } from "../../components/banner";
import { countOf } from "../../components/clock-words";
import type { SearchView } from "./search-view";

/** What the answer is not: whole, or by every word. */
export function SearchBanners({ search }: { search: SearchView }) {
  if (search.by === "basic") {
    return (
      <Banner tone="quiet">
        <b>Basic search.</b> Spelling help, counts and some kinds are resting.
        {search.narrowedTo ? ` Only the newest ${countOf(search.narrowedTo, "issue")} were looked through.` : ""}{" "}
        Everything else works.
      </Banner>
    );
  }
  if (search.someWords && search.hits.length > 0) {
    return (
      <Banner tone="quiet">
        <b>Nothing holds all of these words.</b> What holds some of them is shown.
      </Banner>
    );
  }
  return null;
}
