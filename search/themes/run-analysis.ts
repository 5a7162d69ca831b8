import { categoryOf } from "../../app/domain/category";
import type { Issue } from "../../app/domain/issue";
import { systemKey } from "../../app/domain/permission";
import type { CorpusStore, VectorStore } from "../../app/domain/ports";
import type { ThemeRun, ThemeStore } from "../../app/domain/theme-ports";
import { openCorpus, shippedCorpus } from "../corpus";
import { type AnalysedIssue, type Analysis, analyse } from "./analyse";
import { themeVector, themeVectorVersion } from "./theme-vector";

export interface AnalysisPorts {
  themes: ThemeStore;
  vectors: VectorStore;
  corpora: CorpusStore;
  issues: { everyIssue(batchSize: number): AsyncIterable<Issue[]> };
  now(): Date;
  newId(): string;
  /** What people decided, applied to what was found. */
  decide(found: Analysis): Promise<Analysis>;
}

const batchSize = 500;
/** Chance in the order of visits, the same every night: what changes from one run to the next is the issues. */
const seed = 20_260;
/** How often progress is written down, in milliseconds. */
const tellEvery = 1_000;

/**
 * Reads every issue's stored vector, finds themes, and saves what was found. Encodes nothing: an issue without a vector
 * waits for the next run. Throws when it cannot finish, and the run then says why.
 */
export async function runAnalysis(ports: AnalysisPorts, onProgress: (run: ThemeRun) => void = () => undefined) {
  const run: ThemeRun = { id: ports.newId(), startedAt: ports.now(), issues: 0, themes: 0 };
  let told = 0;
  const tell = async (step: string, share: number) => {
    run.progress = { step, share };
    onProgress(run);
    if (performance.now() - told < tellEvery) return;
    told = performance.now();
    await ports.themes.putRun(run);
  };
  try {
    await tell("reading", 0);
    const issues = await readIssues(ports, (done) => tell("reading", done));
    run.issues = issues.length;
    const earlier = await ports.themes.earlier();
    const found = await analyse(issues, {
      seed,
      newId: ports.newId,
      ...(earlier ? { earlier } : {}),
      onProgress: (step, share) => void tell(step, share).catch(() => undefined),
    });
    await tell("saving", 0);
    const decided = await ports.decide(found);
    const finishedAt = ports.now();
    const { id, startedAt } = run;
    await ports.themes.saveRun({ id, startedAt, finishedAt, encoder: themeVectorVersion, ...decided });
    const { progress: _over, ...ended } = run;
    return { ...ended, finishedAt, themes: decided.themes.length };
  } catch (fault) {
    const { progress: _over, ...ended } = run;
    const why = fault instanceof Error ? fault.name : "unknown";
    await ports.themes.putRun({ ...ended, failed: why }).catch(() => undefined);
    throw fault;
  }
}

async function readIssues(ports: AnalysisPorts, onRead: (share: number) => Promise<void>): Promise<AnalysedIssue[]> {
  const corpus = openCorpus((await ports.corpora.read()) ?? shippedCorpus);
  const read: AnalysedIssue[] = [];
  for await (const batch of ports.issues.everyIssue(batchSize)) {
    const stored = await ports.vectors.ofIssues(batch.map((issue) => issue.id));
    const vectors = new Map(stored.map((each) => [each.issue, each]));
    for (const issue of batch) {
      const meaning = vectors.get(issue.id);
      const analysed = meaning && analysedIssue(issue, themeVector(meaning, issue.category, corpus));
      if (analysed) read.push(analysed);
    }
    // How many there are is not known: the share creeps up.
    await onRead(1 - 1 / (1 + read.length / 5_000));
  }
  return read;
}

function analysedIssue(issue: Issue, vector: Float32Array | undefined): AnalysedIssue | undefined {
  if (!vector) return undefined;
  const kind = categoryOf(issue.category)?.name;
  return {
    id: issue.id,
    vector,
    text: `${issue.title}. ${issue.body}`,
    ...(kind ? { kind } : {}),
    isSystemWide: issue.audience.includes(systemKey),
  };
}
