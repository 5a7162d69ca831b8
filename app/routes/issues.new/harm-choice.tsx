import { Callout } from "../../components/callout";
import { CheckedText } from "../../components/checked-text";
import { FieldError } from "../../components/field";
import { HarmBars } from "../../components/harm-mark";
import { belongsInLfpse, harmNames, harms } from "../../domain/issue";
import type { RaiseFields } from "./raise-fields";

interface HarmChoiceProps {
  harm: RaiseFields["harm"];
  lfpseReference: string;
  declared: RaiseFields["declared"];
  error: string | undefined;
  referenceError: string | undefined;
  onChange: (part: Partial<RaiseFields>) => void;
}

/** Harm, as LFPSE grades it. Nothing is chosen beforehand. */
export function HarmChoice({ harm, lfpseReference, declared, error, referenceError, onChange }: HarmChoiceProps) {
  const asksReference = harm !== "" && belongsInLfpse(harm);
  return (
    <fieldset className="ct-q" aria-describedby={error ? "harm-error" : "harm-hint"}>
      <legend className="nhsuk-label">
        <span className="ct-q__n">4.</span> Was anyone harmed?
      </legend>
      <FieldError name="harm" error={error} />
      <div className="ct-choice ct-choice--row">
        {harms.map((each, at) => (
          <label key={each}>
            <input
              type="radio"
              name="harm"
              id={at === 0 ? "harm" : undefined}
              value={each}
              checked={harm === each}
              onChange={() => onChange({ harm: each })}
            />
            <HarmBars harm={each} />
            {harmNames[each]}
          </label>
        ))}
      </div>
      <p className="nhsuk-hint ct-choice__hint" id="harm-hint">
        Low: needed extra care or watching, and no more. Moderate or worse is also recorded in LFPSE: we ask you for its
        reference.
      </p>
      <div className={asksReference ? "ct-stack" : "ct-stack ct-nojs-only"}>
        <Callout icon="shield" tone="warn">
          <p className="ct-s">
            <b>Record moderate harm or worse in LFPSE too.</b> This board is not the record of a safety event: it keeps
            only the reference.
          </p>
        </Callout>
        <CheckedText
          name="lfpseReference"
          label="LFPSE reference"
          hint="If you have it already. You can send without."
          single
          error={referenceError}
          value={lfpseReference}
          declared={declared}
          onChange={(next) => onChange({ lfpseReference: next })}
        />
      </div>
    </fieldset>
  );
}
