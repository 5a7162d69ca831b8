import { Link } from "@remix-run/react";
import type { HerePerson } from "../../../realtime/protocol";
import { ClockMark } from "../../components/clock-mark";
import { Face, HereNow, NoFace } from "../../components/face";
import { HarmMark } from "../../components/harm-mark";
import { Icon, type IconName } from "../../components/icon";
import { SideName } from "../../components/side-name";
import { StateChip } from "../../components/state-mark";
import { GradedHigher } from "./duplicates-panel";
import { VerbButton, VerbForm } from "./forms";
import type { HeadView, LikenessView, ThreadView } from "./thread-view";

interface IssueHeadProps {
  view: ThreadView;
  original: LikenessView["original"];
  here: readonly HerePerson[];
  me: string;
}

/** What it is, how it stands, whose it is; who is here; and the next step where it is one press. */
export function IssueHead({ view, original, here, me }: IssueHeadProps) {
  const { head } = view;
  return (
    <div className="ct-issue-head">
      <div className="ct-row ct-between ct-issue-head__top">
        <nav className="ct-row ct-s" aria-label="Where you are">
          <Link to="/issues">Board</Link>
          <span className="ct-2" aria-hidden="true">
            /
          </span>
          <span className="ct-ref">{view.reference}</span>
        </nav>
        <div className="ct-row">
          <WhoIsHere here={here} me={me} />
          {view.may.accept ? (
            <VerbForm verb="accept" part="talk" label="Accept this issue">
              <VerbButton verb="accept" busyWords="Accepting">
                Accept
              </VerbButton>
            </VerbForm>
          ) : null}
          {view.may.join ? <ToForm to="#join" icon="people" words="Us too" /> : null}
          {view.may.reopen ? <ToForm to="#reopen" icon="reply" words="It is back" /> : null}
          {view.may.redirect ? <ToForm to="#redirect" icon="redirect" words="Send on" /> : null}
        </div>
      </div>
      <h1>{head.title}</h1>
      <HeadFacts head={head} />
      <dl className="ct-facts">
        <div>
          <dt>From</dt>
          <dd>
            <SideName side={head.from.side}>
              {head.from.name} {head.from.others ? <a href="#who">{head.from.others}</a> : null}
            </SideName>
          </dd>
        </div>
        <div>
          <dt>About</dt>
          <dd>
            <SideName side={head.about.side}>{head.about.name}</SideName>
          </dd>
        </div>
        {original ? (
          <div>
            <dt>Duplicate of</dt>
            <dd>
              <Link className="ct-ref" to={`/issues/${original.issue.reference}`}>
                {original.issue.reference}
              </Link>
              {original.higherHarm ? <GradedHigher where="here" harm={original.higherHarm} /> : null}
            </dd>
          </div>
        ) : null}
      </dl>
      {head.waits ? (
        <p className="ct-s ct-2">
          {head.about.name} has not joined yet. The post above looks after this and invites them.
        </p>
      ) : null}
    </div>
  );
}

/** Leads to a form further down and opens it. */
function ToForm({ to, icon, words }: { to: string; icon: IconName; words: string }) {
  return (
    <a className="nhsuk-button nhsuk-button--small nhsuk-button--secondary" href={to}>
      <Icon name={icon} small />
      {words}
    </a>
  );
}

function HeadFacts({ head }: { head: HeadView }) {
  return (
    <dl className="ct-facts">
      <div>
        <dt className="nhsuk-u-visually-hidden">State</dt>
        <dd>
          <StateChip state={head.state} />
        </dd>
      </div>
      {head.clock ? (
        <div>
          <dt className={head.clock.kind ? undefined : "nhsuk-u-visually-hidden"}>{head.clock.kind ?? "Time taken"}</dt>
          <dd>
            <ClockMark words={head.clock.words} tone={head.clock.tone} />
          </dd>
        </div>
      ) : null}
      <div>
        <dt>Owner</dt>
        <dd>
          {head.owner.face ? <Face {...head.owner.face} small /> : <NoFace small />}
          <span>{head.owner.words}</span>
        </dd>
      </div>
      <div>
        <dt className="nhsuk-u-visually-hidden">Harm</dt>
        <dd>
          <HarmMark harm={head.harm} />
          {head.lfpseReference ? <span className="ct-2">LFPSE {head.lfpseReference}</span> : null}
        </dd>
      </div>
      {head.restricted ? (
        <div>
          <dt className="nhsuk-u-visually-hidden">Who may see it</dt>
          <dd>
            <span className="ct-chip">
              <Icon name="lock" small />
              {head.restricted}
            </span>
          </dd>
        </div>
      ) : null}
    </dl>
  );
}

/** Faces of those who look at it now, and their names where there is room. */
function WhoIsHere({ here, me }: { here: readonly HerePerson[]; me: string }) {
  const others = here.filter((each) => each.person !== me);
  if (others.length === 0) return <span className="ct-here" />;
  const all = [...others, ...here.filter((each) => each.person === me)];
  return (
    <span className="ct-row ct-s ct-2 ct-here">
      <HereNow
        people={all.map((each) => ({
          name: each.name,
          side: each.side ?? "system",
          typing: each.typing,
        }))}
      />
      <span className="ct-hide-s" aria-hidden="true">
        {hereWords(others.map((each) => each.name))}
      </span>
    </span>
  );
}

function hereWords(names: readonly string[]): string {
  const [first, second] = names;
  if (!second) return `${first} and you are here`;
  return names.length === 2
    ? `${first}, ${second} and you are here`
    : `${first}, ${names.length - 1} others and you are here`;
}
