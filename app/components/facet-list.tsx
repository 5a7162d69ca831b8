import { Link } from "@remix-run/react";
import { useId } from "react";

interface FacetValue {
  label: string;
  count: string;
  chosen: boolean;
  to: string;
  part: boolean;
}

interface FacetListProps {
  name: string;
  values: readonly FacetValue[];
}

/** As many as are seen at a glance; the rest is one press away. */
const shownAtOnce = 6;

/** Values to narrow by, each with how many there would be: links, so that they work without scripts. */
export function FacetList({ name, values }: FacetListProps) {
  const id = useId();
  const first = values.filter((each, at) => at < shownAtOnce || each.chosen);
  const rest = values.filter((each, at) => at >= shownAtOnce && !each.chosen);
  return (
    <section className="ct-facet" aria-labelledby={id}>
      <h3 id={id}>{name}</h3>
      <Values values={first} />
      {rest.length > 0 ? (
        <details>
          <summary>
            {rest.length} more<span className="nhsuk-u-visually-hidden"> of {name.toLowerCase()}</span>
          </summary>
          <Values values={rest} />
        </details>
      ) : null}
    </section>
  );
}

function Values({ values }: { values: readonly FacetValue[] }) {
  return (
    <ul>
      {values.map((value) => (
        <li key={value.label + value.to} className={value.part ? "ct-facet__part" : undefined}>
          <Link
            to={value.to}
            className="ct-facet__value"
            aria-current={value.chosen ? "true" : undefined}
            preventScrollReset
          >
            <span className="ct-facet__box" aria-hidden="true" />
            <span className="ct-grow">{value.label}</span>
            <span className="ct-count">
              {value.count}
              <span className="nhsuk-u-visually-hidden">{value.chosen ? ", chosen: press to take it away" : ""}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
