import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { roles } from "../../app/domain/organisation";
import { mayExport } from "../../app/domain/permission";
import { csvFile } from "../../app/web/csv";
import { exportRows } from "../../app/web/export-rows";
import { actorOf, smallDirectory } from "../support/small-directory";

/** A reader of comma-separated values as RFC 4180 has them. */
function readCsv(file: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = file.startsWith("\ufeff") ? 1 : 0;
  while (at < file.length) {
    if (file[at] !== '"') throw new Error(`a cell that is not quoted at ${at}`);
    let cell = "";
    for (at++; ; at++) {
      if (file[at] !== '"') cell += file[at];
      else if (file[at + 1] === '"') cell += file[++at];
      else break;
    }
    row.push(cell);
    const end = file.slice(at + 1, at + 3);
    at += end === "\r\n" ? 3 : 2;
    if (end !== "\r\n") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe("an exported file", () => {
  it("17.8 gives every text back as it was, but for one that a spreadsheet would run", async () => {
    const packed = await readFile("tests/fixtures/naughty/blns.json.gz");
    const naughty = z.array(z.string()).parse(JSON.parse(gunzipSync(packed).toString("utf8")));
    const texts = [...naughty, 'a "quoted", text', "two\r\nlines", "half \ud83d of a character"];
    const read = readCsv(csvFile(texts.map((text) => [text, "beside"])));
    expect(read).toHaveLength(texts.length);
    for (const [at, [cell, beside]] of read.entries()) {
      const plain = (texts[at] ?? "").replace(/\p{Surrogate}/gu, "\ufffd").replaceAll("\0", "\ufffd");
      expect([plain, `'${plain}`]).toContain(cell);
      expect(cell).not.toMatch(/^\s*[=+\-@]|^[\t\r\n]/);
      expect(beside).toBe("beside");
    }
    expect(csvFile([["x"]]).startsWith("\ufeff")).toBe(true);
  });

  it.each([["=1+1"], ["+1"], ["-1"], ["@SUM(A1)"], ["\t=1"], ["\r=1"], ["  =1+1"], ["\uff1d1"], ['=HYPERLINK("x")']])(
    "17.8 never holds a formula: %j",
    (text) => {
      expect(readCsv(csvFile([[text]]))).toEqual([[`'${text}`]]);
    },
  );

  it("says at its end that it is not all, or that search was basic", () => {
    const rows = exportRows({ summaries: [], isWhole: false, by: "basic" }, smallDirectory());
    expect(rows.flat().join(" ")).toContain("Only the first 5,000 are here: narrow the search");
    expect(rows.flat().join(" ")).toContain("Search was basic");
  });

  it("17.7 is for those who answer for more than their own issues", () => {
    const gp = actorOf(smallDirectory(), "P1-gp");
    const allowed = roles.filter((role) => mayExport({ ...gp, role }));
    expect(roles.filter((role) => !allowed.includes(role))).toEqual([
      "gp",
      "practice-nurse",
      "practice-pharmacist",
      "practice-manager",
      "clinician",
      "medicines-pharmacist",
    ]);
    expect(mayExport(actorOf(smallDirectory(), "guest"))).toBe(false);
  });
});
