import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { CheckedText } from "../../app/components/checked-text";
import { fieldProblems } from "../../app/web/problem-words";

const span = "943 476 5919";
const text = `Order ${span} never came.`;
const short = "Say what it is in three characters or more";

/** The field as it comes back after a form with this reason was refused. */
function cameBackWith(reason: string): string {
  const declared = [{ span, reason }];
  return renderToString(
    createElement(CheckedText, { name: "body", label: "What happened?", defaultValue: text, declared }),
  );
}

describe("1.3 Declaring that a number is something else", () => {
  it.each(["x", "no", "  no  "])("says at its field that the reason “%s” is too short", (reason) => {
    const html = cameBackWith(reason);
    expect(html).toContain(short);
    expect(html).toMatch(/<input[^>]*id="body-reason-6"[^>]*aria-describedby="body-reason-6-error"/);
    expect(html).toMatch(/<details[^>]* open=""/);
  });

  it("asks for nothing more once the reason says something, and not before one was given", () => {
    expect(cameBackWith("an order number")).not.toContain(short);
    expect(cameBackWith("")).not.toContain(short);
  });

  it("is offered wherever a number is refused", () => {
    expect(fieldProblems({ kind: "identifier", field: "text", finds: [] })).toEqual([
      {
        field: "text",
        message: "Take out the NHS number before you send, or say what else it is, in three characters or more",
      },
    ]);
    expect(cameBackWith("")).toContain("or say what else it is, in three characters or more");
  });
});
