import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { NotForUrgentCare } from "../../components/callout";
import { Keys, useKeysState } from "../../components/keys";
import { PageTop } from "../../components/shell";
import { StateName } from "../../components/state-mark";
import { serviceLevels } from "../../domain/clock";
import type { IssueState } from "../../domain/issue";
import { pageTitle } from "../../web/page-title";
import { requireActor } from "../../web/require-actor";

export const meta = () => pageTitle("Help");

export function loader({ context, request }: LoaderFunctionArgs) {
  requireActor(context, request);
  return { system: context.board.system.name, levels: serviceLevels };
}

const states: readonly (readonly [IssueState, string])[] = [
  ["new", "Sent. Somebody at the other side accepts it, or sends it on to the right team."],
  ["accepted", "An owner has taken it. A first reply comes next."],
  ["in-progress", "Both sides work on it."],
  ["outcome-offered", "One side says what changed, and for whom. The other side agrees or not."],
  ["resolved", "Both sides agree, or nobody answered for 10 working days: then it says “not confirmed”."],
  ["declined", "The owner’s side cannot take it up, and says why. It can be opened again with a reason."],
  ["merged", "The same as another issue, and worked on there."],
];

const keys: readonly (readonly [string, string])[] = [
  ["Ctrl K", "Search everything, or go to a page"],
  ["/", "Search"],
  ["c", "Raise an issue"],
  ["j", "Next issue or notice"],
  ["k", "Previous issue or notice"],
  ["Enter", "Open"],
  ["e", "Inbox: mark as done"],
  ["u", "Inbox: mark as unread"],
  ["z", "Inbox: undo"],
  ["g h", "Go home"],
  ["g b", "Go to the board"],
  ["g i", "Go to the inbox"],
  ["g s", "Go to search"],
  ["?", "All keys of this page"],
];

export default function Help() {
  const { system, levels } = useLoaderData<typeof loader>();
  const { on } = useKeysState();
  return (
    <>
      <PageTop title="Help" />
      <div className="ct-body ct-reading">
        <NotForUrgentCare />
        <section aria-labelledby="what">
          <h2 id="what">What this is for</h2>
          <p>
            Common Thread is where general practice and hospital, community and mental health services in {system} put
            right what goes wrong between them. You raise an issue once. Both sides see the same thread, work on it
            together and agree what changed. Everybody who has the same problem hears the outcome.
          </p>
          <p>Thanks and ideas are as welcome as problems.</p>
        </section>
        <section aria-labelledby="not">
          <h2 id="not">What it is not for</h2>
          <ul>
            <li>A patient who needs care now: ring the ward or service, or use Advice &amp; Guidance.</li>
            <li>Anything that names a patient. No names, NHS numbers or birth dates; age band and month are fine.</li>
            <li>
              The record of a patient safety event. At moderate harm or worse, record it in LFPSE and keep its reference
              here.
            </li>
            <li>Complaints about a person. Write about what happened, not about who.</li>
          </ul>
        </section>
        <section aria-labelledby="states">
          <h2 id="states">What the marks mean</h2>
          <dl className="ct-stack-s">
            {states.map(([state, words]) => (
              <div key={state} className="ct-meaning">
                <dt>
                  <StateName state={state} />
                </dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
          <p>
            Clocks count working days: accepted within {levels.acknowledge}, a first reply within{" "}
            {levels["first-reply"]}, an outcome within {levels.resolve}. At moderate harm or worse it is looked at the
            same day.
          </p>
        </section>
        <section aria-labelledby="finding">
          <h2 id="finding">Finding things</h2>
          <ul>
            <li>
              <Link to="/search">Search</Link> looks through issues, replies both sides see, outcomes, services,
              organisations and people. Ctrl or Cmd with K opens it on every page, and leads to pages too.
            </li>
            <li>You find what you may see, and counts are counts of that. Internal notes are never searched.</li>
            <li>
              Slips of the finger are forgiven, and abbreviations work both ways: TTO finds “tablets to take out”. A
              reference, such as CT-7K3QX, finds its issue.
            </li>
            <li>
              What is chosen stands in the address: send it to a colleague, who sees what they may see.{" "}
              <Link to="/search/saved">Save a search</Link>, and your inbox can tell you of issues that come to match.
            </li>
            <li>
              When the page says “Basic search”, the search engine rests: plain words still find issues, without
              spelling help.
            </li>
          </ul>
        </section>
        <section aria-labelledby="similar">
          <h2 id="similar">Similar issues and duplicates</h2>
          <ul>
            <li>
              While you write, and beside each thread, issues like it are shown with why, and what became of them. “Us
              too” joins one; “Not the same” puts it aside, and can be taken back.
            </li>
            <li>
              What you say of two issues helps us to show better ones. It is kept with your name, and without any of
              your words.
            </li>
            <li>
              Who looks after an issue can record it as a duplicate of another. Both go on with their own state and
              clock, and people of the duplicate hear what comes of the original. Worse harm is pointed out, so that it
              is not lost.
            </li>
          </ul>
        </section>
        <section aria-labelledby="themes">
          <h2 id="themes">Themes</h2>
          <ul>
            <li>
              <Link to="/themes">Themes</Link> gather issues that are worded alike, found anew every night. A theme
              keeps its page and its link.
            </li>
            <li>
              They are ranked by how many practices, or services, speak in effect, and by harm: forty reports from one
              practice count as one voice, two each from nine practices as nine.
            </li>
            <li>
              A chart marks a point ◆ only where chance does not explain it: outside the limits, close to them twice in
              three, or seven in a row rising, falling or on one side of the mean. Reports are neutral: more of them may
              mean better reporting. Press a point for the issues of those days.
            </li>
            <li>
              Rates are for each 10,000 registered patients, with the range that chance allows. ▲▼ lie outside it. A low
              rate may be silence.
            </li>
            <li>
              ICB leads, and Place leads for their own Place, see exact counts. Everybody else sees those outside their
              own organisation rounded to the nearest 5, and those under 5 withheld.
            </li>
            <li>
              Each chart opens as a table, and saves as a drawing, a picture or a file for a spreadsheet.{" "}
              <Link to="/themes/report">The board report</Link> prints on one page.
            </li>
          </ul>
        </section>
        <section aria-labelledby="words">
          <h2 id="words">What happens to your words</h2>
          <ul>
            <li>Before you send, the page says who will see it. An internal note stays in your organisation.</li>
            <li>
              What looks like an NHS number stops sending until you take it out, or say what else it is. We never change
              your words.
            </li>
            <li>
              Drafts are kept on this device only, locked with a key that only you get when you sign in. Signing out
              removes them, and so do 7 days.
            </li>
            <li>“Saved” is said only when it is saved. When two people change the same thing, both texts are kept.</li>
            <li>Public bodies answer requests under the Freedom of Information Act: write as if it will be read.</li>
          </ul>
        </section>
        <section aria-labelledby="keys">
          <h2 id="keys">Keys</h2>
          <p>
            Everything works with the keyboard alone. These keys are {on ? "on" : "off"}:{" "}
            <Link to="/more">turn them {on ? "off" : "on"}</Link>.
          </p>
          <dl className="ct-keylist">
            {keys.map(([key, does]) => (
              <div key={key}>
                <dt>{does}</dt>
                <dd>
                  <Keys keys={key} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </>
  );
}
