import type { FollowUpName } from "../domain/follow-up-plan";
import { assignTheme } from "./assign-theme";
import type { FollowUp, FollowUpPorts } from "./follow-up";
import { indexIssue } from "./index-issue";
import { notifyLive } from "./notify-live";
import { record } from "./record";
import { settleDuplicates } from "./settle-duplicates";
import { startWork } from "./start-work";
import { tellPeople } from "./tell-people";

/** Every follow-up by its name. Which event has which is said by `domain/follow-up-plan`. */
export type FollowUpTable = Readonly<Record<FollowUpName, FollowUp>>;

export function followUpTable(ports: FollowUpPorts): FollowUpTable {
  return {
    record: record(ports),
    "index-issue": indexIssue(ports),
    "tell-people": tellPeople(ports),
    "notify-live": notifyLive(ports),
    "start-work": startWork(ports),
    "settle-duplicates": settleDuplicates(ports),
    "assign-theme": assignTheme(ports),
  };
}
