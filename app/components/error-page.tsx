import { Link, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { PageTop } from "./shell";

/** The same for what is missing and for what may not be seen. */
export function NotFoundPage({ signedIn }: { signedIn: boolean }) {
  return (
    <Message title="Not found" signedIn={signedIn}>
      <p>There is no such page or issue, or you cannot see it.</p>
      <p className="ct-s ct-2">
        It may have moved, or be kept to some people. If a colleague sent you the link, ask them to add you.
      </p>
      <p className="ct-row">
        {signedIn ? (
          <Link className="nhsuk-button nhsuk-button--secondary" to="/issues">
            Go to the board
          </Link>
        ) : (
          <Link className="nhsuk-button nhsuk-button--secondary" to="/sign-in">
            Sign in
          </Link>
        )}
      </p>
    </Message>
  );
}

/** Something of ours failed. Says what is kept, and what to quote. */
export function FaultPage({ signedIn, requestId }: { signedIn: boolean; requestId: string | undefined }) {
  const { pathname, search } = useLocation();
  return (
    <Message title="Sorry, something went wrong" signedIn={signedIn}>
      <p>This page could not be shown. It is our fault and has been noted. Nothing that was sent before is lost.</p>
      <p className="ct-s ct-2">
        What you were writing is kept on this device where the page said so.
        {requestId ? (
          <>
            {" "}
            For help, say <b className="ct-num">{shortCode(requestId)}</b>.
          </>
        ) : null}
      </p>
      <p className="ct-row">
        <Link className="nhsuk-button" to={pathname + search} reloadDocument>
          Try again
        </Link>
        <Link className="ct-s" to="/">
          Go to the home page
        </Link>
      </p>
    </Message>
  );
}

/** An action was refused for a reason that belongs to no field. */
export function RefusedPage({ signedIn, message }: { signedIn: boolean; message: string }) {
  return (
    <Message title="That cannot be done" signedIn={signedIn}>
      <p>{message}</p>
      <p className="ct-row">
        <Link className="nhsuk-button nhsuk-button--secondary" to="/">
          Go to the home page
        </Link>
      </p>
    </Message>
  );
}

function Message({ title, signedIn, children }: { title: string; signedIn: boolean; children: ReactNode }) {
  return (
    <>
      {signedIn ? <PageTop title={title} /> : null}
      <div className={signedIn ? "ct-body" : "ct-door ct-door--narrow"}>
        <div className="ct-panel ct-facing">
          <div className="ct-panel__body ct-stack">
            {signedIn ? null : <h1>{title}</h1>}
            {children}
          </div>
        </div>
      </div>
    </>
  );
}

/** The end of a request id: enough to find it in the log of a day, short enough to say. */
function shortCode(requestId: string): string {
  return requestId.slice(-8).replace(/(.{4})$/, "-$1");
}
