import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { BusyButton } from "../../components/busy-button";
import { ErrorSummary } from "../../components/error-summary";
import { Field } from "../../components/field";
import { Brand, DemoChip } from "../../components/shell";
import { sideOfCode } from "../../web/issue-view";
import { pageTitle } from "../../web/page-title";
import { pathOfOurs } from "../../web/require-actor";
import { DemoPeople } from "./demo-people";

export const meta = () => pageTitle("Sign in");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const to = pathOfOurs(new URL(request.url).searchParams.get("to"));
  if (context.actor) throw redirect(to);
  const { board } = context;
  return {
    to,
    system: board.system.name,
    people:
      context.demoPeople?.map((each) => ({
        ...each,
        side: sideOfCode(board.directory, board.directory.postsHeldBy(each.person, board.now())[0]?.organisation),
      })) ?? null,
  };
}

const signInSchema = z.object({
  username: z.string().trim().min(1).max(200),
  password: z.string().min(1).max(1000),
});

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const to = pathOfOurs(form.get("to"));
  const person = form.get("person");
  if (typeof person === "string" && context.demoPeople) {
    if (await context.signInAs(person)) return redirect(to);
    return refused("", [{ field: "people", message: "Pick one of the people below" }]);
  }
  const username = String(form.get("username") ?? "").slice(0, 200);
  const given = signInSchema.safeParse({ username, password: form.get("password") });
  if (!given.success) {
    return refused(username, [
      ...(username.trim() ? [] : [{ field: "username", message: "Enter your username" }]),
      ...(form.get("password") ? [] : [{ field: "password", message: "Enter your password" }]),
    ]);
  }
  if (await context.signIn(given.data.username, given.data.password)) return redirect(to);
  return refused(username, [{ field: "username", message: "Check your username and password: they do not match" }]);
}

/** The password is never sent back. */
function refused(username: string, problems: { field: string; message: string }[]) {
  return data({ username, problems }, { status: 422 });
}

export default function SignIn() {
  const { people, system, to } = useLoaderData<typeof loader>();
  const problems = useActionData<typeof action>()?.problems ?? [];
  return (
    <div className={people ? "ct-door" : "ct-door ct-door--narrow"}>
      <div className="ct-door__top">
        <Brand system={system} />
        {people ? <DemoChip /> : null}
      </div>
      <ErrorSummary problems={problems} />
      {people ? <DemoPeople people={people} to={to} /> : <AccountForm to={to} />}
    </div>
  );
}

function AccountForm({ to }: { to: string }) {
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state === "submitting";
  const errorOf = (field: string) => answer?.problems.find((each) => each.field === field)?.message;
  return (
    <Form method="post" className="ct-stack" noValidate>
      <h1>Sign in</h1>
      <input type="hidden" name="to" value={to} />
      <Field name="username" label="Username" error={errorOf("username")}>
        {(control) => (
          <input
            {...control}
            className="nhsuk-input"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={answer?.username}
          />
        )}
      </Field>
      <Field name="password" label="Password" error={errorOf("password")}>
        {(control) => <input {...control} className="nhsuk-input" type="password" autoComplete="current-password" />}
      </Field>
      <BusyButton busy={busy} busyWords="Signing in">
        Sign in
      </BusyButton>
      <p className="ct-s ct-2">No account, or a forgotten password? Ask the administrator of your organisation.</p>
    </Form>
  );
}
