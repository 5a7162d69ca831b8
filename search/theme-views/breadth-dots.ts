import type { BreadthView, ThemeRow } from "../../app/domain/theme-views";
import { evidenceOf, pageFacts, type Question } from "./question";
import { bothRankings } from "./rows";

/** Reports against effective raisers: a dot a theme, where its numbers may be seen. */
export function breadthView(question: Question, side: BreadthView["side"]): BreadthView {
  const rows: ThemeRow[] = bothRankings(question, undefined, evidenceOf(question))[side];
  const dots = rows.flatMap(({ id, name, reports, breadth, oneVoice, emerging }) =>
    breadth && reports.kind !== "withheld"
      ? [
          {
            theme: id,
            name,
            reports: reports.value,
            effective: breadth.effective,
            of: breadth.of,
            oneVoice,
            isEmerging: emerging !== null,
          },
        ]
      : [],
  );
  return { ...pageFacts(question), side, dots, withheld: rows.length - dots.length };
}
