import { Panel } from "../../components/panel";
import { SideName } from "../../components/side-name";
import type { AffectedView } from "./thread-view";

const shownAtFirst = 5;

/** Who reported it, each organisation once: breadth, not loudness. */
export function AffectedPanel({ affected }: { affected: AffectedView }) {
  const first = affected.organisations.slice(0, shownAtFirst);
  const more = affected.organisations.slice(shownAtFirst);
  return (
    <Panel id="who-title" section="who" title="Who reported it" aside={affected.words} flush>
      <div className="ct-panel__body">
        <Organisations list={first} />
        {more.length > 0 ? (
          <details className="ct-opening">
            <summary className="nhsuk-button nhsuk-button--small ct-quiet-button">Show {more.length} more</summary>
            <Organisations list={more} />
          </details>
        ) : null}
      </div>
    </Panel>
  );
}

function Organisations({ list }: { list: AffectedView["organisations"] }) {
  return (
    <ul className="ct-who">
      {list.map((each) => (
        <li key={each.name}>
          <SideName side={each.side}>{each.name}</SideName>
          <span className="ct-2">{each.how}</span>
        </li>
      ))}
    </ul>
  );
}
