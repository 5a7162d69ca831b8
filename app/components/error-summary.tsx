import { useEffect, useRef } from "react";
import type { FieldProblem } from "../domain/problem";
import { countOf } from "./clock-words";

/** What has to be put right, each a link to its field where it has one. Takes the focus, so that it is read first. */
export function ErrorSummary({ problems }: { problems: readonly FieldProblem[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problems.length > 0) box.current?.focus();
  }, [problems]);
  if (problems.length === 0) return null;
  return (
    <div className="nhsuk-error-summary" role="alert" aria-labelledby="error-summary-title" tabIndex={-1} ref={box}>
      <h2 className="nhsuk-error-summary__title" id="error-summary-title">
        {problems.length === 1
          ? "There is a thing to put right"
          : `There are ${countOf(problems.length, "thing")} to put right`}
      </h2>
      <ul className="ct-stack-s">
        {problems.map((each) => (
          <li key={`${each.field} ${each.message}`}>
            {each.field === "" ? (
              each.message
            ) : (
              <a href={`#${each.field}`} onClick={(event) => focusField(event, each.field)}>
                {each.message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Following the link puts the cursor into the field, or on the first of its choices. */
function focusField(event: { preventDefault(): void }, field: string) {
  const target =
    document.getElementById(field) ??
    document.querySelector<HTMLElement>(`[name="${CSS.escape(field)}"]:not([type="hidden"])`);
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.scrollIntoView({ block: "center" });
}
