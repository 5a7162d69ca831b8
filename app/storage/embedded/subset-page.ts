/** The page `docs/embedded-store.md`, made from the tables that the code itself obeys. */
import { ACCUMULATORS } from "./accumulators";
import { COMMANDS } from "./commands/table";
import { EXPRESSION_OPERATORS } from "./expression";
import { INDEX_OPTIONS } from "./index-spec";
import { QUERY_OPERATORS, STAGES, UPDATE_OPERATORS } from "./subset";

const list = (names: Iterable<string>): string =>
  [...names]
    .sort()
    .map((n) => `\`${n}\``)
    .join(" ");

function commandRows(): string {
  return Object.entries(COMMANDS)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, spec]) => {
      const options = spec.fields.filter((f) => f !== name);
      return `| \`${name}\` | ${options.length > 0 ? list(options) : "none"} | ${spec.absent.length > 0 ? list(spec.absent) : "none"} |`;
    })
    .join("\n");
}

export function subsetPage(): string {
  return `# The embedded store

Made by \`npx tsx scripts/embedded-store-docs.ts\` from the tables in \`app/storage/embedded\`; a test compares the two.

A server on one machine that speaks MongoDB's wire protocol over LMDB, so that the same mongoose code runs with nothing installed. It is deliberately a subset. What is listed here behaves as MongoDB 7 does; everything else is refused before any work, with MongoDB's own code and a message that names the thing: 59 for an unknown command, 40324 for an unknown stage, 168 for an unknown expression, 2 for an unknown query operator, 9 for an unknown update operator, 40415 for an unknown option, and 238 ("embedded store: ... is not supported") for what MongoDB has and this store has not.

It is the default of one machine and never the way to grow: that is MongoDB.

## Promises
- An acknowledged write is on disk. Writers that wait at the same time share one commit. A document and its index entries change together or not at all.
- A statement on one document that fails leaves nothing behind. A statement on many documents that fails leaves none of its changes (MongoDB would keep those made before the failure), except that inserts and deletes of very many documents are committed in parts.
- Every record carries a checksum that is verified when it is read. A file that was cut short, damaged meta pages, data of a newer version, or a directory that another process has open: the store refuses to start and says what to do.
- Types are kept: int32, int64, double, Decimal128, date, object id, binary, UUID, regular expression, timestamp and the rest. An update does not touch the type of another field, nor the order of fields.
- Natural order is the order of insertion.
- A long scan lets other commands go on. Nothing is held open between batches of a cursor: as in MongoDB, a document that changes while a cursor passes may be seen as it was, as it is, or moved.
- It listens on a unix socket in a folder only its user can enter, or on 127.0.0.1; there is no sign-in.

## Limits
Documents 16 MiB; nesting 100; messages 48 MB; 100,000 statements in a batch; sorting and grouping in memory 100 MB; 1,000 open cursors, each for 10 idle minutes; 64 indexes on a collection; dates within 2^53 milliseconds; no field named twice in one document. Regular expressions are JavaScript's: syntax that PCRE reads differently is refused. Decimal128 is stored, compared and indexed, never calculated with. TTL indexes are swept every 60 seconds.

## Commands
| command | options | refused options |
|---|---|---|
${commandRows()}

Any command also takes \`$db\`, \`lsid\` (which means nothing here), \`$readPreference\`, \`readConcern\` (but not snapshot), \`writeConcern\` (but not w above 1), \`maxTimeMS\`, \`comment\` and \`apiVersion\` 1. Transactions and retryable writes (\`txnNumber\`) are refused with 20; the server greets as a standalone, so drivers do not try. Collation is refused unless it is "simple".

## Query operators
${list(["$and", "$or", "$nor", "$expr", "$comment", ...QUERY_OPERATORS])}

## Update operators
${list(UPDATE_OPERATORS)}, with \`$each\`, \`$slice\`, \`$sort\` and \`$position\` for \`$push\`, \`$each\` for \`$addToSet\`, the positional \`$\`, \`$[]\` and \`$[name]\` with arrayFilters; replacements; pipelines of \`$set\`, \`$unset\`, \`$project\` and \`$replaceWith\`.

## Projections
Those of \`$project\`, and \`$slice\`, \`$elemMatch\` and the positional \`$\`.

## Aggregation stages
${list(STAGES)}

## Accumulators of $group
${list(Object.keys(ACCUMULATORS))}

## Expressions
${list(Object.keys(EXPRESSION_OPERATORS))}

Variables: \`$$ROOT\`, \`$$CURRENT\`, \`$$REMOVE\`, \`$$NOW\`, those of \`let\`, \`$let\`, \`$map\`, \`$filter\`, \`$reduce\` and \`$lookup\`.

## Indexes
Ascending and descending, single and compound, over arrays (multikey); options ${list(INDEX_OPTIONS)}. Not: text, geo, hashed, wildcard, hidden, clustered, collation, positions in arrays. An index is used for equality, \`$in\`, ranges, prefixes of text, and sort order. Points of an \`$in\` are read side by side in sort order, so that a page of a list stops after its last entry. A count whose conditions are all ranges of one index is answered from its keys. An \`$or\` uses an index when every branch can. \`explain\` says what was used and how much was read.

## How it is tested
${recordedCases()} To repeat it: \`npm run conformance -- DIR_OR_FILE\` (\`--show 20\` lists what differs).

The project's own tests: a table of cases per operator, each with and without an index; random filters and sorts over random documents compared with a full read; random writes compared with a naive model; the order of key bytes compared with the order of values; \`kill -9\` during concurrent writes; damaged files; damaged messages; a full disk.

## Measured
\`npm run bench -- store\`, ${MEASURED.when}, on ${MEASURED.machine}: 100,000 documents like issues of 1.4 KB with 5 indexes beside _id (one of them over 15 board keys), through mongoose, the server a process of its own. Each figure is the median of its run (${MEASURED.load}).

| what | before | now | target |
|---|---|---|---|
${MEASURED.rows.map((r) => `| ${r.join(" | ")} |`).join("\n")}

The raw commit is LMDB alone with the same bytes in a file as full as the store's, asked in turn with the updates. LMDB alone, given the same keys in order, took 3,600 documents of the bench a second on this machine at rest: 19 index entries each, most of them spread over an index of 1.5 million. Memory was bought with time: a scan reads its pages anew each time the file is let go of, and freed memory goes back to the system at once. Of memory, pages of the data file that only this process maps count as private; the store lets go of them (decision 0014).

A regular expression is JavaScript's and is not limited in time: a pattern with nested repetition can hold up the store.

## By itself
\`\`\`
npm run store -- serve --data DIR --port 27018      (or --socket PATH.sock)
npm run store -- backup DATA_DIR BACKUP_DIR         (while it is in use)
npm run store -- restore BACKUP_DIR DATA_DIR        (keeps what was there beside it)
npm run store -- check DATA_DIR
\`\`\`
`;
}

/** Counts of the last replay of the recorded cases, and of the drivers' specification tests. */
const RECORDED = { outside: 156, answeredLater: 9, inside: 2441, strict: 2436, loose: 2436, wrong: 1 };
const SPECIFICATION = { passed: 218, refused: 29, driver: 21, over: 112 };

function recordedCases(): string {
  const share = (n: number): string => `${((100 * n) / RECORDED.inside).toFixed(1)} %`;
  return `Of 2,597 commands recorded against MongoDB (documentdb/functional-tests), ${RECORDED.inside} lie inside the subset: ${RECORDED.strict} of them (${share(RECORDED.strict)}) agree exactly, types and error codes included, ${RECORDED.loose} (${share(RECORDED.loose)}) by value or with another error code. In ${RECORDED.wrong} an error was due and none came: a field named twice in a sort, which the recording itself cannot hold. The other ${RECORDED.outside} reach outside and end in an error; in ${RECORDED.answeredLater} of them the refused command is one before the last, such as an index that was not made. None outside gets a wrong answer.

Of the CRUD specification tests that MongoDB's drivers share (those of the Go driver 1.17.9: the unified ones, and the older ones converted to that format), ${SPECIFICATION.passed} pass and ${SPECIFICATION.refused} are refused: collation, \`$out\`, \`$merge\`, \`$listLocalSessions\`, views and validators. ${SPECIFICATION.driver} fail against any server, since they ask the driver itself for an error (unacknowledged writes with a hint) that today's Node driver no longer gives. ${SPECIFICATION.over} are passed over: they are for servers before 5.0, for replica sets, or need fail points.`;
}

const MEASURED = {
  when: "22 November 2026",
  machine: "2 shared cores, Node 20.20",
  load: "load average 3 before the file was let go of, 2 to 4 after",
  rows: [
    ["find by id", "2.0 x ping", "2.1 x ping", "at most 3 x: met"],
    ["page of 50 by owner, newest first", "4.2 x ping", "7.7 x ping", "at most 10 x: met"],
    ["page of 50 of a board", "5.0 x ping", "6.4 x ping", ""],
    ["durable update", "3.7 x a raw commit", "2.3 x a raw commit", "at most 4 x: met"],
    ["durable update that moves 15 index entries", "2.2 x a raw commit", "1.4 x a raw commit", ""],
    ["private memory, idle", "48 MB", "13 MB", "under 150 MB: met"],
    ["private memory after reads and writes", "789 MB", "110 MB", "under 150 MB: met"],
    ["private memory after reading all", "799 MB", "82 MB", "under 150 MB: met"],
    ["private memory at the worst moment", "", "128 MB", "under 150 MB: met"],
    ["bulk insert", "1,648 per s", "1,109 per s", "guide 6,000: missed"],
    ["50 writers", "2,078 per s", "1,966 per s", "guide 1,500: met"],
    ["unindexed count", "604 ms", "1,090 ms", "guide 400: missed"],
    ["group all", "438 ms", "1,249 ms", "guide 400: missed"],
    ["restart to listening after kill -9", "427 ms", "170 ms", "guide 500: met"],
  ],
};
