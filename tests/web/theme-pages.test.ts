import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportedTables } from "../../app/components/export-link";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { HttpPerson, readable, send } from "../support/http-person";

let server: DemoServer;
let director: HttpPerson;
let guest: HttpPerson;

beforeAll(async () => {
  server = await startDemoServer({ issues: 40 });
  director = await HttpPerson.signIn(server.url, "p-osei");
  guest = await HttpPerson.signIn(server.url, "p-hallam");
}, 180_000);
afterAll(() => server?.stop());

const pages = ["/themes/places", "/themes/flow", "/themes/quiet", "/themes/report"];

describe("Theme pages", () => {
  it("20.11 answer anything an address can hold, for everybody who is signed in", async () => {
    const odd = [
      "",
      "?place=nowhere&organisation=XXX&service=no%00ne&category=%E2%9C%93&harm=awful&period=decade",
      "?from=2026-02-30&until=1066-10-14&theme=01ARZ3NDEKTSV4RRFFQ69G5FAV",
      `?${"place=wirral&".repeat(300)}`,
      "?from=2026-11-01&until=2026-11-02&harm=fatal&harm=severe",
    ];
    for (const page of pages) {
      for (const search of odd) {
        const answer = await director.get(page + search);
        expect([page, search.slice(0, 60), answer.status]).toEqual([page, search.slice(0, 60), 200]);
        expect(answer.text).toContain("<h1>");
      }
      expect((await guest.get(page)).status).toBe(200);
    }
  });

  it("20.12 there is no page, point or file of a theme that is not there", async () => {
    for (const id of ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "nonsense", "%00", "..%2f..", "constructor"]) {
      expect([id, (await director.get(`/themes/${id}?point=2026-01-05`)).status]).toEqual([id, 404]);
      expect((await director.get(`/themes/export?table=theme-places&theme=${id}`)).status).toBe(404);
    }
    for (const table of ["", "people", "__proto__", "toString"])
      expect([table, (await director.get(`/themes/export?table=${table}`)).status]).toEqual([table, 404]);
  });

  it("20.13 a file holds no cell that a spreadsheet takes for a formula, and is kept nowhere", async () => {
    for (const table of exportedTables.filter((each) => !each.startsWith("theme-"))) {
      const answer = await director.get(`/themes/export?table=${table}`);
      expect([table, answer.status]).toEqual([table, 200]);
      expect(answer.headers.get("content-disposition")).toMatch(
        new RegExp(`^attachment; filename="common-thread-${table}-\\d{4}-\\d{2}-\\d{2}\\.csv"$`),
      );
      expect(answer.headers.get("cache-control")).toContain("no-store");
      const cells = answer.text.match(/"(?:[^"]|"")*"/g) ?? [];
      expect(cells.length).toBeGreaterThan(2);
      expect(cells.filter((cell) => /^"\s*[=+\-@]/.test(cell))).toEqual([]);
    }
    const stranger = await send(server.url, "/sign-in", [["person", "nobody"]], { origin: server.url });
    const answer = await fetch(`${server.url}/themes/export?table=quiet`, { redirect: "manual" });
    expect([stranger.status === 200, answer.status]).toEqual([false, 302]);
  });

  it("20.14 names of those not heard from go to nobody but who sees their Place exactly", async () => {
    const seen = await director.get("/themes/quiet");
    expect(readable(seen.text)).toContain("Save the list as CSV");
    const lead = await HttpPerson.signIn(server.url, "p-whitlow");
    for (const person of [lead, guest]) {
      const page = readable((await person.get("/themes/quiet")).text);
      expect(page).not.toContain("Save the list as CSV");
      const file = await person.get("/themes/export?table=quiet");
      expect(
        file.text
          .trim()
          .split("\r\n")
          .filter((line) => line.includes('","')).length,
      ).toBe(1);
    }
  });
});
