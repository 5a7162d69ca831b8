import { Link } from "@remix-run/react";
import { Icon, type IconName } from "./icon";

interface SegmentLinkProps {
  label: string;
  choices: readonly { name: string; to: string; icon?: IconName; chosen: boolean }[];
}

/** A choice of views, as links. */
export function SegmentLinks({ label, choices }: SegmentLinkProps) {
  return (
    <span className="ct-segment" role="group" aria-label={label}>
      {choices.map((each) => (
        <Link key={each.name} to={each.to} aria-current={each.chosen ? "true" : undefined} preventScrollReset>
          {each.icon ? <Icon name={each.icon} small /> : null}
          {each.name}
        </Link>
      ))}
    </span>
  );
}

interface SegmentChoiceProps<Value extends string> {
  label: string;
  name: string;
  value: Value;
  choices: readonly { name: string; value: Value; icon?: IconName }[];
  onChoose?: (value: Value) => void;
}

/** A choice inside a form: radio buttons, so that it is sent without scripts too. */
export function SegmentChoice<Value extends string>({
  label,
  name,
  value,
  choices,
  onChoose,
}: SegmentChoiceProps<Value>) {
  return (
    <span className="ct-segment" role="radiogroup" aria-label={label}>
      {choices.map((each) => (
        <label key={each.value}>
          <input
            type="radio"
            name={name}
            value={each.value}
            {...(onChoose
              ? { checked: each.value === value, onChange: () => onChoose(each.value) }
              : { defaultChecked: each.value === value })}
          />
          {each.icon ? <Icon name={each.icon} small /> : null}
          {each.name}
        </label>
      ))}
    </span>
  );
}
