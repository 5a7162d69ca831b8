import { type FollowUp, type FollowUpPorts, oneByOne } from "./follow-up";

/** Copies the event to the history that audit, undo and clocks read. The store keeps each event once. */
export function record({ events }: Pick<FollowUpPorts, "events">): FollowUp {
  return oneByOne(({ event, issue }) => events.append({ ...event, issue }));
}
