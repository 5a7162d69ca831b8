import { useEffect, useRef } from "react";
import { Icon } from "../../components/icon";
import { Panel } from "../../components/panel";
import { StateGlyph } from "../../components/state-mark";
import { Opening, useStands, VerbButton, VerbForm, VerbText } from "./forms";
import type { OfferView, SideAnswer, ThreadView } from "./thread-view";
import { fieldOf } from "./verbs";

/** What changed, for whom, and whether both sides agree. */
export function OutcomePanel({ view }: { view: ThreadView }) {
  const { outcome, pastOutcomes, closing, may, head } = view;
  const offered = head.state === "outcome-offered";
  const resolved = closing?.kind === "resolved";
  const stands = useStands();
  const dissenting = useLast(may.dissent ? true : may["answer-outcome"] ? false : null);
  return (
    <Panel
      id="outcome-title"
      section="outcome"
      tone={offered ? "wait" : resolved ? "good" : undefined}
      title={
        <>
          {offered || resolved ? <StateGlyph state={head.state} /> : null}
          {offered ? "Outcome offered" : resolved ? "Resolved" : "Outcome"}
        </>
      }
      aside={offered ? <span className="ct-s">Closes when both sides agree</span> : (closing?.words ?? "")}
    >
      {closing?.reason ? <p className="ct-text ct-keptwords">{closing.reason}</p> : null}
      {outcome ? <Offer offer={outcome} settled={resolved} /> : null}
      {!outcome && !closing ? <p className="ct-s ct-2">{may["offer-outcome"] ? offerHint : waitHint}</p> : null}
      {may.dissent || (dissenting && stands("answer", false)) ? <DissentForm allowed={may.dissent} /> : null}
      {may["answer-outcome"] || (!dissenting && stands("answer", false)) ? (
        <AnswerForms allowed={may["answer-outcome"]} affected={view.affected.organisations.length} />
      ) : null}
      {stands("offer", may["offer-outcome"]) ? <OfferForm allowed={may["offer-outcome"]} /> : null}
      {pastOutcomes.length > 0 ? <PastOffers offers={pastOutcomes} /> : null}
    </Panel>
  );
}

/** The last answer that was not null: what one was asked before somebody else was faster. */
function useLast<Value>(value: Value | null): Value | null {
  const last = useRef(value);
  useEffect(() => {
    if (value !== null) last.current = value;
  }, [value]);
  return value ?? last.current;
}

const offerHint =
  "Nobody has offered an outcome yet. It is settled when both sides agree on what changed, and for whom.";
const waitHint = "Nobody has offered an outcome yet.";

function Offer({ offer, settled = false }: { offer: OfferView; settled?: boolean }) {
  return (
    <div className="ct-stack">
      <p className="ct-text ct-keptwords">
        <b>{settled ? "What changed:" : "What changes:"}</b> {offer.changed}
      </p>
      <p className="ct-text ct-keptwords">
        <b>For whom:</b> {offer.forWhom}
      </p>
      <div className="ct-agree">
        {offer.sides.map((side) => (
          <Side key={side.title} side={side} />
        ))}
      </div>
      {offer.dissents.map((each) => (
        <p key={each.organisation} className="ct-s ct-keptwords">
          <b>{each.organisation}</b> has another view ({each.name}): “{each.reason}”
        </p>
      ))}
    </div>
  );
}

const looks = {
  agree: { box: "is-yes", tone: "ct-good", icon: "check" },
  disagree: { box: "is-no", tone: "ct-warn", icon: "x" },
  none: { box: undefined, tone: "", icon: "clock" },
} as const;

function Side({ side }: { side: SideAnswer }) {
  const look = looks[side.answer ?? "none"];
  return (
    <div className={look.box}>
      <b className={`ct-row ct-agree__title ${look.tone}`}>
        <Icon name={look.icon} small />
        {side.title}
      </b>
      {side.who}
      <br />
      <span className={side.soon ? "ct-warn ct-b" : "ct-2"}>{side.detail}</span>
      {side.reason ? <span className="ct-block ct-keptwords">“{side.reason}”</span> : null}
    </div>
  );
}

/** The side that was asked agrees at once, or says why not. */
function AnswerForms({ allowed, affected }: { allowed: boolean; affected: number }) {
  return (
    <>
      <div className="ct-row ct-openings">
        {allowed ? (
          <VerbForm verb="answer" part="outcome" label="Agree">
            <input type="hidden" name={fieldOf("answer", "answer")} value="agree" />
            <VerbButton verb="answer">Agree and close</VerbButton>
          </VerbForm>
        ) : null}
        <Opening verb="answer" allowed={allowed} id="disagree" words="Disagree, and say why">
          <VerbForm verb="answer" part="outcome" label="Disagree" className="ct-stack">
            <input type="hidden" name={fieldOf("answer", "answer")} value="disagree" />
            <VerbText
              verb="answer"
              field="reason"
              label="What is still not right?"
              hint="It goes back to work. Both sides read this."
            />
            <VerbButton verb="answer" tone="secondary">
              Send, and keep it open
            </VerbButton>
          </VerbForm>
        </Opening>
      </div>
      <p className="ct-s ct-2" hidden={!allowed}>
        Agreeing closes the issue and tells{" "}
        {affected === 1 ? "who raised it" : `all ${affected} who raised it or joined`}.
      </p>
    </>
  );
}

/** A joined organisation may keep its own view. It is kept and shown, and does not hold the outcome up. */
function DissentForm({ allowed }: { allowed: boolean }) {
  return (
    <Opening verb="answer" allowed={allowed} id="dissent" words="We see it differently">
      <VerbForm verb="answer" part="outcome" label="We see it differently" className="ct-stack">
        <input type="hidden" name={fieldOf("answer", "answer")} value="dissent" />
        <VerbText
          verb="answer"
          field="reason"
          label="What does it not settle for you?"
          hint="Shown beside the outcome. It does not hold it up."
        />
        <VerbButton verb="answer">Add your view</VerbButton>
      </VerbForm>
    </Opening>
  );
}

function OfferForm({ allowed }: { allowed: boolean }) {
  return (
    <Opening verb="offer" allowed={allowed} id="offer" words="Offer an outcome">
      <VerbForm verb="offer" part="outcome" label="Offer an outcome" className="ct-stack">
        <VerbText
          verb="offer"
          field="changed"
          label="What has changed, or will from when?"
          hint="A change somebody can check. “We have reminded staff” seldom lasts."
          rows={4}
        />
        <VerbText verb="offer" field="forWhom" label="For whom?" hint="Which patients, wards or practices." rows={2} />
        <VerbButton verb="offer">Offer to the other side</VerbButton>
      </VerbForm>
    </Opening>
  );
}

function PastOffers({ offers }: { offers: readonly OfferView[] }) {
  return (
    <details className="ct-opening">
      <summary className="nhsuk-button nhsuk-button--small ct-quiet-button">
        {offers.length === 1 ? "1 earlier offer" : `${offers.length} earlier offers`}
      </summary>
      <div className="ct-opening__body ct-stack">
        {offers.map((offer) => (
          <div key={offer.key} className="ct-stack">
            <p className="ct-s ct-2">
              {offer.by}, {offer.when}
            </p>
            <Offer offer={offer} />
          </div>
        ))}
      </div>
    </details>
  );
}
