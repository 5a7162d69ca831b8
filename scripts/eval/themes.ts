import { corpusLearner, openCorpus } from "../../search/corpus";
import { type Analysis, analyse } from "../../search/themes/analyse";
import { themeVector } from "../../search/themes/theme-vector";
import { labelledRowSchema, meaningsOf } from "./meanings";
import { readRows } from "./read-rows";

/** Rows the first analysis of the identity measure does without: one in so many. */
const addedLater = 5;

/**
 * Groups the rows by the analysis that the product runs, and holds the themes against the first label of each row:
 * normalised mutual information (by the mean of the two entropies), the adjusted Rand index, and purity. A row in no
 * theme counts as a group of its own. Identities: the themes of four fifths of the rows that are still themes once the
 * rest is added.
 */
export async function evalThemes(file: string, say: (line: string) => void): Promise<void> {
  const rows = await readRows(file, labelledRowSchema);
  const read = await meaningsOf(rows, say);
  const learner = corpusLearner();
  for (const { words, sentence } of read) learner.learn(words, sentence);
  const corpus = openCorpus(learner.facts());
  const issues = read.flatMap((meaning, at) => {
    const vector = themeVector(meaning, undefined, corpus);
    const id = String(at).padStart(8, "0");
    return vector ? [{ id, vector, text: rows[at]?.text ?? "", isSystemWide: true }] : [];
  });
  let ids = 0;
  const options = { seed: 1, newId: () => String(++ids) };
  const found = await analyse(issues, options);
  const before = await analyse(
    issues.filter((_, at) => at % addedLater !== 0),
    options,
  );
  const after = await analyse(issues, { ...options, earlier: earlierOf(before) });
  const kept = after.themes.filter((theme) => theme.isKept).length;
  const themeOf = new Map(found.members.map(({ issue, theme }) => [issue, theme ?? `alone ${issue}`]));
  const pairs = issues.map(({ id }) => [themeOf.get(id) ?? "", read[Number(id)]?.labels[0] ?? ""] as const);
  const { nmi, ari, purity } = agreement(pairs);
  say(`rows ${issues.length}`);
  say(`NMI ${nmi.toFixed(3)}`);
  say(`ARI ${ari.toFixed(3)}`);
  say(`purity ${purity.toFixed(3)}`);
  say(`themes ${found.themes.length}`);
  say(`in no theme ${found.members.filter((member) => !member.theme).length}`);
  say(`identities kept ${(before.themes.length === 0 ? 1 : kept / before.themes.length).toFixed(3)}`);
}

function earlierOf({ themes, members }: Analysis) {
  const groupOf = new Map(themes.map((theme) => [theme.id, theme.group]));
  const placed = members.flatMap(({ issue, theme }) => (theme ? [[issue, theme] as const] : []));
  return {
    themeOf: new Map(placed),
    groupOf: new Map(placed.map(([issue, theme]) => [issue, groupOf.get(theme) ?? ""])),
    regions: new Map(themes.map((theme) => [theme.id, theme.region])),
    spots: new Map(members.map((member) => [member.issue, member])),
  };
}

/** How far two groupings of the same things agree. Hubert and Arabie 1985 for the adjusted Rand index. */
export function agreement(pairs: readonly (readonly [one: string, other: string])[]) {
  const n = pairs.length;
  const cells = counts(pairs.map(([one, other]) => JSON.stringify([one, other])));
  const ones = counts(pairs.map(([one]) => one));
  const others = counts(pairs.map(([, other]) => other));
  const entropy = (sizes: Iterable<number>) => -sum([...sizes].map((size) => (size / n) * Math.log(size / n)));
  const [h1, h2] = [entropy(ones.values()), entropy(others.values())];
  const mutual = h1 + h2 - entropy(cells.values());
  const twos = (sizes: Iterable<number>) => sum([...sizes].map((size) => (size * (size - 1)) / 2));
  const expected = (twos(ones.values()) * twos(others.values())) / twos([n]);
  const most = (twos(ones.values()) + twos(others.values())) / 2;
  const largest = new Map<string, number>();
  for (const [cell, size] of cells) {
    const [one] = JSON.parse(cell);
    largest.set(one, Math.max(largest.get(one) ?? 0, size));
  }
  return {
    nmi: h1 + h2 === 0 ? 1 : mutual / ((h1 + h2) / 2),
    ari: most === expected ? 1 : (twos(cells.values()) - expected) / (most - expected),
    purity: sum([...largest.values()]) / n,
  };
}

function counts(names: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
