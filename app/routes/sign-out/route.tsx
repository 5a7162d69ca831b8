import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useEffect, useState } from "react";
import { forgetDrafts, unsentDrafts } from "../../../realtime/client/drafts";
import { countOf } from "../../components/clock-words";
import { PageTop } from "../../components/shell";
import { pageTitle } from "../../web/page-title";
import { requireActor } from "../../web/require-actor";

export const meta = () => pageTitle("Sign out");

/** Asks first: what is unsent on this device is removed by signing out. */
export function loader({ context, request }: LoaderFunctionArgs) {
  return { person: requireActor(context, request).person };
}

export async function action({ context }: ActionFunctionArgs) {
  await context.signOut();
  return redirect("/sign-in");
}

export default function SignOut() {
  const { person } = useLoaderData<typeof loader>();
  const [unsent, setUnsent] = useState<number | null>(null);
  useEffect(() => {
    let current = true;
    unsentDrafts(person).then(
      (count) => current && setUnsent(count),
      () => current && setUnsent(0),
    );
    return () => {
      current = false;
    };
  }, [person]);
  return (
    <>
      <PageTop title="Sign out" />
      <div className="ct-body">
        <div className="ct-panel ct-facing">
          <Form
            method="post"
            reloadDocument
            className="ct-panel__body ct-stack"
            onSubmit={(event) => {
              // What was kept goes first: once signed out nobody may reach it.
              const form = event.currentTarget;
              if (form.dataset.forgotten) return;
              event.preventDefault();
              const go = () => {
                form.dataset.forgotten = "yes";
                form.requestSubmit();
              };
              forgetDrafts(person).then(go, go);
            }}
          >
            <p role="status">{unsentWords(unsent)}</p>
            <p className="ct-row">
              <button type="submit" className={unsent ? "nhsuk-button nhsuk-button--warning" : "nhsuk-button"}>
                {unsent ? "Throw them away and sign out" : "Sign out"}
              </button>
              <Link to="/">Stay signed in</Link>
            </p>
          </Form>
        </div>
      </div>
    </>
  );
}

function unsentWords(unsent: number | null): string {
  if (unsent === null || unsent === 0) return "Signing out removes everything of yours from this device.";
  return `You have ${countOf(unsent, "unsent text")} on this device. Signing out removes ${unsent === 1 ? "it" : "them"}: go back if you want to send ${unsent === 1 ? "it" : "them"} first.`;
}
