import { Form } from "@remix-run/react";
import { Face } from "../../components/face";
import type { Side } from "../../domain/organisation";
import type { DemoPerson } from "../../web/load-context";

interface DemoPeopleProps {
  people: readonly (DemoPerson & { side: Side })[];
  to: string;
}

/** Everybody one can be in a demonstration: one press signs in. */
export function DemoPeople({ people, to }: DemoPeopleProps) {
  return (
    <>
      <div className="ct-stack-s ct-measure">
        <h1>Who would you like to be?</h1>
        <p className="ct-2">
          This is a demonstration: the people and issues are made up. To see both sides at once, open a second browser
          and be somebody else there.
        </p>
      </div>
      <Form method="post" id="people">
        <input type="hidden" name="to" value={to} />
        <ul className="ct-people">
          {people.map((each) => (
            <li key={each.person}>
              <button type="submit" className="ct-person" name="person" value={each.person}>
                <Face name={each.name} side={each.side} />
                <span>
                  <b>{each.name}</b>
                  <span className="ct-s">{each.what}</span>
                  <small>{each.about}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </Form>
    </>
  );
}
