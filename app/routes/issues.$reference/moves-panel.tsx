import { useSearchParams } from "@remix-run/react";
import { FieldError } from "../../components/field";
import { Panel } from "../../components/panel";
import { Opening, useField, useStands, VerbButton, VerbForm, VerbText } from "./forms";
import type { ThreadView } from "./thread-view";
import { fieldOf } from "./verbs";

/** What the actor can do with the issue as it stands: each opens under its button. */
export function MovesPanel({ view }: { view: ThreadView }) {
  const { may } = view;
  const stands = useStands();
  const shown = verbsHere.filter((verb) => stands(verb, may[verb]));
  if (shown.length === 0) return null;
  return (
    <Panel id="moves" title="What you can do" section="next">
      <div className="ct-row ct-openings">
        {shown.includes("join") ? <UsToo allowed={may.join} /> : null}
        {shown.includes("reopen") ? <Reopen allowed={may.reopen} /> : null}
        {shown.includes("redirect") ? <SendOn allowed={may.redirect} posts={view.posts} /> : null}
        {shown.includes("decline") ? <Decline allowed={may.decline} /> : null}
      </div>
    </Panel>
  );
}

const verbsHere = ["join", "reopen", "redirect", "decline"] as const;

interface MoveProps {
  allowed: boolean;
}

function UsToo({ allowed }: MoveProps) {
  // Come from the thread of another issue, which it was shown on: the two are then said to be the same.
  const like = useSearchParams()[0].get("like");
  return (
    <Opening verb="join" allowed={allowed} id="join" words="Us too">
      <VerbForm verb="join" part="next" label="Us too" className="ct-stack">
        <VerbText
          verb="join"
          field="context"
          label="How does it show at your organisation?"
          hint="One line is enough. Both sides read it in the thread."
          rows={2}
        />
        {like ? <input type="hidden" name={fieldOf("join", "like")} value={like} /> : null}
        <VerbButton verb="join">Join this issue</VerbButton>
      </VerbForm>
    </Opening>
  );
}

function Reopen({ allowed }: MoveProps) {
  return (
    <Opening verb="reopen" allowed={allowed} id="reopen" words="It is back: reopen">
      <VerbForm verb="reopen" part="next" label="Reopen" className="ct-stack">
        <VerbText
          verb="reopen"
          field="reason"
          label="What brings it back?"
          hint="Everyone who was part of it is told."
        />
        <VerbButton verb="reopen">Reopen</VerbButton>
      </VerbForm>
    </Opening>
  );
}

function SendOn({ allowed, posts }: MoveProps & { posts: ThreadView["posts"] }) {
  const { typed, error } = useField("redirect", "post");
  const name = fieldOf("redirect", "post");
  return (
    <Opening verb="redirect" allowed={allowed} id="redirect" words="Send on to another post">
      <VerbForm verb="redirect" part="next" label="Send on" className="ct-stack">
        <div className="ct-field">
          <label className="nhsuk-label" htmlFor={name}>
            Who should have this?
          </label>
          <p className="nhsuk-hint" id={`${name}-hint`}>
            It is new again there, with a clock of its own.
          </p>
          <FieldError name={name} error={error} />
          <select
            className="nhsuk-select"
            id={name}
            name={name}
            defaultValue={typed ?? ""}
            aria-describedby={error ? `${name}-hint ${name}-error` : `${name}-hint`}
            aria-invalid={error ? true : undefined}
          >
            <option value="">Choose a post</option>
            {posts.map((group) => (
              <optgroup key={group.organisation} label={group.organisation}>
                {group.posts.map((post) => (
                  <option key={post.id} value={post.id}>
                    {post.name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </div>
        <VerbText verb="redirect" field="reason" label="Why does it belong there?" rows={2} />
        <VerbButton verb="redirect">Send on</VerbButton>
      </VerbForm>
    </Opening>
  );
}

function Decline({ allowed }: MoveProps) {
  return (
    <Opening verb="decline" allowed={allowed} id="decline" words="Decline, and say why">
      <VerbForm verb="decline" part="next" label="Decline" className="ct-stack">
        <VerbText
          verb="decline"
          field="reason"
          label="Why, and where does it belong instead?"
          hint="Whoever raised it reads this, and can reopen it."
        />
        <VerbButton verb="decline">Decline</VerbButton>
      </VerbForm>
    </Opening>
  );
}
