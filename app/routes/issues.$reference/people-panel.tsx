import { Form } from "@remix-run/react";
import { Face } from "../../components/face";
import { FieldError } from "../../components/field";
import { Panel } from "../../components/panel";
import { useField, VerbButton, VerbForm } from "./forms";
import type { PersonChoice, ThreadView } from "./thread-view";
import { fieldOf } from "./verbs";

interface PeoplePanelProps {
  view: ThreadView;
  people: { find: string; found: PersonChoice[] };
}

/** People who were added by name, and adding one more, whatever organisation they are in. */
export function PeoplePanel({ view, people }: PeoplePanelProps) {
  const { named, may } = view;
  if (named.length === 0 && !may["name-person"]) return null;
  return (
    <Panel id="people-title" section="people" title="Added by name">
      {named.length > 0 ? (
        <ul className="ct-stack">
          {named.map((each) => (
            <li key={each.name} className="ct-row">
              <Face name={each.name} side={each.side} small />
              <span className="ct-s">
                {each.name} <span className="ct-2">{each.what}</span>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {may["name-person"] ? <AddPerson people={people} /> : null}
    </Panel>
  );
}

/** First a name, then one of those it may mean. The same with and without scripts. */
function AddPerson({ people }: { people: PeoplePanelProps["people"] }) {
  return (
    <>
      <Form method="get" action="#people" preventScrollReset className="ct-stack">
        <label className="nhsuk-label" htmlFor="person">
          Add a person
        </label>
        <p className="nhsuk-hint" id="person-hint">
          They can read and reply here, whatever organisation they are in.
        </p>
        <div className="ct-finder">
          <input
            className="nhsuk-input"
            id="person"
            name="person"
            defaultValue={people.find}
            maxLength={60}
            autoComplete="off"
            aria-describedby="person-hint"
          />
          <button type="submit" className="nhsuk-button nhsuk-button--secondary">
            Find
          </button>
        </div>
      </Form>
      {people.find === "" ? null : <Found people={people} />}
    </>
  );
}

function Found({ people }: { people: PeoplePanelProps["people"] }) {
  const name = fieldOf("name", "person");
  const { typed, error } = useField("name", "person");
  if (people.found.length === 0)
    return (
      <p className="ct-s" role="status">
        Nobody here is called “{people.find}”. Try the beginning of a first or last name.
      </p>
    );
  return (
    <VerbForm verb="name" part="people" label="Add a person" className="ct-stack">
      <FieldError name={name} error={error} />
      <div className="ct-choice" role="radiogroup" aria-label="Who do you mean?">
        {people.found.map((each, at) => (
          <label key={each.id}>
            <input
              type="radio"
              id={at === 0 ? name : undefined}
              name={name}
              value={each.id}
              defaultChecked={typed === each.id || people.found.length === 1}
            />
            {each.name}
          </label>
        ))}
      </div>
      <VerbButton verb="name" busyWords="Adding">
        Add to this issue
      </VerbButton>
    </VerbForm>
  );
}
