import { BusyButton } from "../../components/busy-button";
import type { AboutChoice } from "../issues.services/find-about";
import type { RaiseFields } from "./raise-fields";
import type { RaiseSetting } from "./raise-form";
import type { GoesTo } from "./raise-help";

interface SendRowProps {
  visibility: RaiseFields["visibility"];
  about: AboutChoice | null;
  goes: GoesTo | null;
  setting: RaiseSetting;
  sending: boolean;
  onChange: (part: Partial<RaiseFields>) => void;
}

/** Who will see it, in words, before it is sent; and the button that says where it goes. */
export function SendRow({ visibility, about, goes, setting, sending, onChange }: SendRowProps) {
  const concerned = concernedWords(setting.ours, about, goes);
  return (
    <div className="ct-q">
      <fieldset className="ct-q">
        <legend className="nhsuk-label">Who may see it?</legend>
        <div className="ct-choice">
          <label>
            <input
              type="radio"
              name="visibility"
              id="visibility"
              value="system"
              checked={visibility === "system"}
              onChange={() => onChange({ visibility: "system" })}
            />
            <span>
              Both sides, and everyone who signs in here for {setting.system}
              <span className="ct-s ct-2 ct-block">Others see that it is known, and can say “us too”.</span>
            </span>
          </label>
          <label>
            <input
              type="radio"
              name="visibility"
              value="organisations"
              checked={visibility === "organisations"}
              onChange={() => onChange({ visibility: "organisations" })}
            />
            <span>
              Only the organisations concerned
              <span className="ct-s ct-2 ct-block">{concerned}</span>
            </span>
          </label>
        </div>
      </fieldset>
      <BusyButton busy={sending} busyWords="Sending" name="intent" value="send">
        {goes ? `Send to the ${lowerFirst(goes.post)}` : "Send"}
      </BusyButton>
      <p className="ct-s ct-2 ct-seenby">
        Seen by {visibility === "system" ? `both sides and everyone in ${setting.system}` : concerned}. Write as if it
        will be read.
      </p>
    </div>
  );
}

function concernedWords(ours: string, about: AboutChoice | null, goes: GoesTo | null): string {
  if (!about) return `${ours} and the organisation it is about`;
  const theirs = about.value.includes("/") ? about.detail : about.name;
  const names = [...new Set([ours, theirs, ...(goes ? [goes.organisation] : [])])];
  const last = names.pop() ?? "";
  return names.length > 0 ? `${names.join(", ")} and ${last}` : last;
}

/** "Interface lead" in the middle of a sentence; "GP" stays. */
function lowerFirst(title: string): string {
  return /^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
