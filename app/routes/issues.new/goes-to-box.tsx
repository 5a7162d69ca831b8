import { Face } from "../../components/face";
import type { GoesTo } from "./raise-help";

/** To which post and person it goes, why, and by when one hears: said before sending. */
export function GoesToBox({ goes }: { goes: GoesTo | null }) {
  return (
    <div className="ct-goes" role="status">
      {goes ? (
        <>
          <Face name={goes.holder} side={goes.side} />
          <p className="ct-s">
            <b className="ct-text">
              Goes to {goes.holder}, {goes.post}, {goes.organisation}
            </b>
            <br />
            <span className="ct-2">
              {goes.why}. You hear <b>{goes.hearBy}</b>.
            </span>
          </p>
        </>
      ) : (
        <p className="ct-s ct-2 ct-goes__wait">Looking up who answers for it</p>
      )}
    </div>
  );
}
