import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { acceptIssue } from "./accept-issue";
import { addAction } from "./add-action";
import { answerOutcome } from "./answer-outcome";
import { completeAction } from "./complete-action";
import { confirmBySilence } from "./confirm-by-silence";
import { confirmTheme } from "./confirm-theme";
import { declineIssue } from "./decline-issue";
import { deleteSearch } from "./delete-search";
import { describeTheme } from "./describe-theme";
import { dismissTheme } from "./dismiss-theme";
import { joinIssue } from "./join-issue";
import { judgeLikeness } from "./judge-likeness";
import { markDuplicate } from "./mark-duplicate";
import { mergeThemes } from "./merge-themes";
import { moveIssueTheme } from "./move-issue-theme";
import { namePerson } from "./name-person";
import { nameTheme } from "./name-theme";
import { offerOutcome } from "./offer-outcome";
import { pinTheme } from "./pin-theme";
import { postReply } from "./post-reply";
import { raiseIssue } from "./raise-issue";
import { redirectIssue } from "./redirect-issue";
import { reopenIssue } from "./reopen-issue";
import { saveSearch } from "./save-search";
import { settleDuplicates } from "./settle-duplicates";
import { startWork } from "./start-work";
import { undoThemeDecision } from "./undo-theme-decision";
import { unmarkDuplicate } from "./unmark-duplicate";

/**
 * Every command a person can give, bound to the stores: `commands.raiseIssue(actor, input)`. The input is whatever came
 * through the door: each command checks it with its own schema.
 */
export function bindCommands(ports: Ports) {
  const bind =
    <O>(command: (ports: Ports, actor: Actor, input: unknown) => Promise<O>) =>
    (actor: Actor, input: unknown) =>
      command(ports, actor, input);
  return {
    raiseIssue: bind(raiseIssue),
    joinIssue: bind(joinIssue),
    postReply: bind(postReply),
    acceptIssue: bind(acceptIssue),
    redirectIssue: bind(redirectIssue),
    offerOutcome: bind(offerOutcome),
    answerOutcome: bind(answerOutcome),
    declineIssue: bind(declineIssue),
    reopenIssue: bind(reopenIssue),
    addAction: bind(addAction),
    completeAction: bind(completeAction),
    namePerson: bind(namePerson),
    saveSearch: bind(saveSearch),
    deleteSearch: bind(deleteSearch),
    judgeLikeness: bind(judgeLikeness),
    markDuplicate: bind(markDuplicate),
    unmarkDuplicate: bind(unmarkDuplicate),
    nameTheme: bind(nameTheme),
    describeTheme: bind(describeTheme),
    confirmTheme: bind(confirmTheme),
    pinTheme: bind(pinTheme),
    dismissTheme: bind(dismissTheme),
    mergeThemes: bind(mergeThemes),
    moveIssueTheme: bind(moveIssueTheme),
    undoThemeDecision: bind(undoThemeDecision),
  };
}
export type Commands = ReturnType<typeof bindCommands>;

/** What happens by itself, bound for the follow-ups. */
export function bindUnattended(ports: Ports) {
  return {
    startWork: (issueId: string, author: Parameters<typeof startWork>[2]) => startWork(ports, issueId, author),
    confirmBySilence: (issueId: string) => confirmBySilence(ports, issueId),
    settleDuplicates: (issueId: string) => settleDuplicates(ports, issueId),
  };
}
export type Unattended = ReturnType<typeof bindUnattended>;
