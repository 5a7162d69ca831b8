import { ChartFrame } from "../../components/charts/chart-frame";
import { outcomesTwin, wordsTwin } from "../../components/theme-tables";
import type { OutcomeCounts, StoryView } from "../../domain/theme-views";
import { whole } from "../../domain/theme-words";
import { Bars } from "./bars";
import { outcomesSaid, wordsSaid } from "./story-words";

const wordsShown = 8;

/** The words its issues hold more often than others. */
export function WordsPanel({ words }: Pick<StoryView["theme"], "words">) {
  const shown = words.slice(0, wordsShown);
  const said = wordsSaid({ words: shown });
  if (shown.length === 0) return null;
  return (
    <ChartFrame
      title={said.title}
      shows={said.says}
      notMeans={said.notMeans}
      twin={wordsTwin(shown)}
      fileName="theme-words"
    >
      <Bars
        title={said.title}
        desc="How many times more often each word is used here than elsewhere."
        bars={shown.map(({ word, times }) => ({ name: word, value: times, words: `${whole(times)} ×` }))}
      />
    </ChartFrame>
  );
}

/** How its issues ended. Withheld where counts are rounded. */
export function OutcomesPanel({ outcomes }: { outcomes: OutcomeCounts | null }) {
  if (!outcomes) {
    return (
      <section className="ct-story__part" aria-labelledby="outcomes">
        <h2 id="outcomes">Outcomes are withheld</h2>
        <p className="ct-figure__says">
          Where counts are rounded, how issues ended is not told. <span className="ct-2">Withheld is not none.</span>
        </p>
      </section>
    );
  }
  const said = outcomesSaid(outcomes);
  const twin = outcomesTwin(outcomes);
  const values = [outcomes.open, outcomes.agreed, outcomes.notConfirmed, outcomes.declined, outcomes.merged];
  return (
    <ChartFrame title={said.title} shows={said.says} notMeans={said.notMeans} twin={twin} fileName="theme-outcomes">
      <Bars
        title={said.title}
        desc="How many of its issues are in each state."
        bars={twin.rows.map(([name = "", words = ""], at) => ({ name, value: values[at] ?? 0, words }))}
      />
    </ChartFrame>
  );
}
