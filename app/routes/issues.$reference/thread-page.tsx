import { useRef } from "react";
import { useLiveIssue } from "../../../realtime/client/use-live";
import { usePresence } from "../../../realtime/client/use-presence";
import { useKeys } from "../../components/keys";
import { ActionsPanel } from "./actions-panel";
import { AffectedPanel } from "./affected-panel";
import { Composer } from "./composer";
import { DuplicatesPanel } from "./duplicates-panel";
import { ThreadFormsProvider } from "./forms";
import { IssueHead } from "./issue-head";
import { JumpBar } from "./jump-bar";
import { Line } from "./line";
import { MovesPanel } from "./moves-panel";
import { NotePanel } from "./note-panel";
import { OutcomePanel } from "./outcome-panel";
import { PeoplePanel } from "./people-panel";
import type { Refused } from "./refused";
import { RefusedPanel } from "./refused-panel";
import { SimilarPanel } from "./similar-panel";
import type { LikenessView, PersonChoice, ThreadView } from "./thread-view";

interface ThreadPageProps {
  view: ThreadView;
  likeness: LikenessView;
  people: { find: string; found: PersonChoice[] };
  noteText: string;
  me: { id: string; name: string };
  /** For the next reply: sending it twice stores it once. */
  replyId: string;
  draftKey: string | null;
  refused: Refused | null;
}

/** One issue: what was raised and said, the note, the outcome, who does what and whom it affects. */
export function ThreadPage({ view, likeness, people, noteText, me, replyId, draftKey, refused }: ThreadPageProps) {
  const presence = usePresence(view.id);
  const others = presence.people.filter((each) => each.person !== me.id);
  const reply = useRef<HTMLTextAreaElement>(null);
  useLiveIssue(view.reference, view.id, view.version);
  useKeys([{ key: "r", does: "Reply", run: () => reply.current?.focus() }]);
  return (
    <ThreadFormsProvider version={view.version} refused={refused}>
      <div className="ct-issue">
        <IssueHead view={view} original={likeness.original} here={presence.people} me={me.id} />
        <JumpBar view={view} />
        <div className="ct-thread">
          <div className="ct-talk" id="talk">
            <h2 className="nhsuk-u-visually-hidden">Thread</h2>
            {refused ? <RefusedPanel refused={refused} view={view} /> : null}
            <Line view={view} here={others.map((each) => each.name)} />
            <p className="ct-s ct-2 ct-writing" role="status">
              {writingWords(others.filter((each) => each.typing).map((each) => each.name))}
            </p>
            <Composer
              view={view}
              person={me.id}
              id={replyId}
              draftKey={draftKey}
              typing={presence.typing}
              field={reply}
            />
          </div>
          <aside aria-label="Note, outcome and people">
            <MovesPanel view={view} />
            <NotePanel view={view} me={me} draftKey={draftKey} text={noteText} />
            <OutcomePanel view={view} />
            <ActionsPanel view={view} />
            <AffectedPanel affected={view.affected} />
            <PeoplePanel view={view} people={people} />
            <DuplicatesPanel likeness={likeness} />
            <SimilarPanel likeness={likeness} reference={view.reference} harm={view.head.harm} />
          </aside>
        </div>
      </div>
    </ThreadFormsProvider>
  );
}

/** "Leila Haddad is writing a reply". */
function writingWords(names: readonly string[]): string {
  const [first, second] = names;
  if (!first) return "";
  if (!second) return `${first} is writing a reply`;
  return names.length === 2
    ? `${first} and ${second} are writing`
    : `${first} and ${names.length - 1} others are writing`;
}
