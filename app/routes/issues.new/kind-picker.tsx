import { FieldError } from "../../components/field";
import { categories, categoryGroupOf, categoryGroups, categoryOf } from "../../domain/category";
import type { RaiseFields } from "./raise-fields";
import type { KindChoice } from "./raise-help";

interface KindPickerProps {
  suggested: readonly KindChoice[];
  kind: string;
  other: string;
  error: string | undefined;
  onChange: (part: Partial<RaiseFields>) => void;
}

/** The kind: up to three suggestions, never chosen for the person, and all kinds by group. */
export function KindPicker({ suggested, kind, other, error, onChange }: KindPickerProps) {
  const choices = withChosen(suggested, kind);
  const listOpen = choices.length === 0 || kind === "other";
  return (
    <fieldset className="ct-q" aria-describedby={error ? "kind-error" : undefined}>
      <legend className="nhsuk-label">
        <span className="ct-q__n">3.</span> What kind of issue is it?
      </legend>
      <p className="nhsuk-hint">
        {choices.length > 0
          ? "Suggested from your words. Choose another if none fits."
          : "Choose from the list, or write what happened first: likely kinds are then suggested."}
      </p>
      <FieldError name="kind" error={error} />
      {choices.length > 0 ? (
        <div className="ct-choice ct-choice--row">
          {choices.map((choice, at) => (
            <label key={choice.code}>
              <input
                type="radio"
                name="kind"
                id={at === 0 ? "kind" : undefined}
                value={choice.code}
                checked={kind === choice.code}
                onChange={() => onChange({ kind: choice.code })}
              />
              <span>
                {choice.name}
                {choice.sure ? <span className="ct-s ct-2"> ({choice.sure})</span> : null}
              </span>
            </label>
          ))}
          <label>
            <input
              type="radio"
              name="kind"
              value="other"
              checked={kind === "other"}
              onChange={() => onChange({ kind: "other" })}
            />
            Another kind
          </label>
        </div>
      ) : null}
      <div className={listOpen ? "ct-kinds" : "ct-kinds ct-nojs-only"}>
        <label className="nhsuk-u-visually-hidden" htmlFor={choices.length > 0 ? "other" : "kind"}>
          All kinds
        </label>
        <select
          className="nhsuk-select"
          id={choices.length > 0 ? "other" : "kind"}
          name="other"
          value={other}
          onChange={(event) => onChange({ kind: "other", other: event.currentTarget.value })}
        >
          <option value="">Choose a kind</option>
          {categoryGroups.map((group) => (
            <optgroup key={group.code} label={group.name}>
              {categories
                .filter((each) => each.group === group.code)
                .map((each) => (
                  <option key={each.code} value={each.code}>
                    {each.name}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </div>
    </fieldset>
  );
}

/** What was chosen stays to be seen when newer words suggest other kinds. */
function withChosen(suggested: readonly KindChoice[], kind: string): readonly KindChoice[] {
  const category = categoryOf(kind);
  if (!category || suggested.some((each) => each.code === kind)) return suggested;
  return [{ code: kind, name: category.name, group: categoryGroupOf(kind)?.name ?? "", sure: "" }, ...suggested];
}
