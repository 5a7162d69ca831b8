import { FieldError } from "../../components/field";
import { Panel } from "../../components/panel";
import { Opening, useField, useStands, useThreadForms, VerbButton, VerbForm, VerbText } from "./forms";
import type { ActionView, PersonChoice, ThreadView } from "./thread-view";
import { fieldOf } from "./verbs";

/** What is to be done, by whom and by when. */
export function ActionsPanel({ view }: { view: ThreadView }) {
  const { actions, may } = view;
  const stands = useStands();
  return (
    <Panel id="actions-title" section="actions" title="Actions" flush>
      {actions.length > 0 ? (
        <ul className="ct-panel__body ct-todo">
          {actions.map((each) => (
            <OneAction key={each.id} action={each} mayComplete={may["complete-action"]} />
          ))}
        </ul>
      ) : (
        <p className="ct-panel__body ct-s ct-2">Nothing has been promised yet.</p>
      )}
      {stands("action", may["add-action"]) ? (
        <div className="ct-panel__body">
          <AddAction allowed={may["add-action"]} doers={view.doers} />
        </div>
      ) : null}
    </Panel>
  );
}

function OneAction({ action, mayComplete }: { action: ActionView; mayComplete: boolean }) {
  return (
    <li>
      {action.done || !mayComplete ? <Tick done={action.done !== null} /> : <TickButton action={action} />}
      <span>
        {action.done ? <s className="ct-2">{action.text}</s> : action.text}
        <span className="ct-s ct-2 ct-block">
          {action.owner}
          {action.done ? `. ${action.done}` : ""}
        </span>
      </span>
      <span className={action.late ? "ct-s ct-bad ct-b ct-nowrap" : "ct-s ct-2 ct-nowrap"}>
        {action.late ? <span className="nhsuk-u-visually-hidden">Overdue: </span> : null}
        {action.done ? "" : action.due}
      </span>
    </li>
  );
}

/** A box that says whether it is done, where it cannot be pressed. */
function Tick({ done }: { done: boolean }) {
  return (
    <span className={done ? "ct-tick ct-tick--done" : "ct-tick"} role="img" aria-label={done ? "Done" : "To do"} />
  );
}

/** One press marks it as done: a button, so that it works without scripts. */
function TickButton({ action }: { action: ActionView }) {
  const { busy } = useThreadForms();
  return (
    <VerbForm verb="complete" part="actions">
      <input type="hidden" name={fieldOf("complete", "action")} value={action.id} />
      <button type="submit" className="ct-tickbutton" aria-busy={busy === "complete" || undefined} title="Mark as done">
        <span className="ct-tick" aria-hidden="true" />
        <span className="nhsuk-u-visually-hidden">Mark as done: {action.text}</span>
      </button>
    </VerbForm>
  );
}

function AddAction({ allowed, doers }: { allowed: boolean; doers: readonly PersonChoice[] }) {
  const owner = useField("action", "owner");
  const due = useField("action", "dueOn");
  const ownerName = fieldOf("action", "owner");
  const dueName = fieldOf("action", "dueOn");
  return (
    <Opening verb="action" allowed={allowed} id="add-action" words="Add an action" tone="quiet">
      <VerbForm verb="action" part="actions" label="Add an action" className="ct-stack">
        <VerbText verb="action" field="text" label="What is to be done?" single />
        <div className="ct-field">
          <label className="nhsuk-label" htmlFor={ownerName}>
            Who does it?
          </label>
          <FieldError name={ownerName} error={owner.error} />
          <select
            className="nhsuk-select"
            id={ownerName}
            name={ownerName}
            defaultValue={owner.typed ?? ""}
            aria-describedby={owner.error ? `${ownerName}-error` : undefined}
            aria-invalid={owner.error ? true : undefined}
          >
            <option value="">Choose a person</option>
            {doers.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </select>
        </div>
        <div className="ct-field">
          <label className="nhsuk-label" htmlFor={dueName}>
            By which day?
          </label>
          <FieldError name={dueName} error={due.error} />
          <input
            className={due.error ? "nhsuk-input nhsuk-input--error" : "nhsuk-input"}
            type="date"
            id={dueName}
            name={dueName}
            defaultValue={due.typed ?? ""}
            aria-describedby={due.error ? `${dueName}-error` : undefined}
            aria-invalid={due.error ? true : undefined}
          />
        </div>
        <VerbButton verb="action" busyWords="Adding">
          Add
        </VerbButton>
      </VerbForm>
    </Opening>
  );
}
