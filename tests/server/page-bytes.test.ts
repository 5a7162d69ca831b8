import { PassThrough, type Transform } from "node:stream";
import { text } from "node:stream/consumers";
import { createElement } from "react";
import { renderToPipeableStream } from "react-dom/server";
import { expect, test } from "vitest";
import { withoutZeroBytes } from "../../app/web/without-zero-bytes";

/** A page of many short texts, so that some character of several bytes meets the end of React's buffer. */
function render(through: Transform): Promise<string> {
  const rows = Array.from({ length: 600 }, (_, at) => createElement("li", { key: at }, `${at} “the patient’s ⅜ £”`));
  return new Promise((resolve, reject) => {
    const { pipe } = renderToPipeableStream(createElement("ul", null, rows), {
      onAllReady() {
        resolve(text(pipe(through)));
      },
      onError: reject,
    });
  });
}

test("a page holds what was written, whatever character meets the end of a buffer", async () => {
  const page = await render(withoutZeroBytes());
  expect(page).not.toContain("\0");
  expect(page.match(/“the patient’s ⅜ £”/g)).toHaveLength(600);
});

test("that is not so without it: once it is, it can go", async () => {
  expect(await render(new PassThrough())).toContain("\0");
});
