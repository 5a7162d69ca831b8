import { type FollowUp, type FollowUpPorts, oneByOne } from "./follow-up";

/** Keeps duplicates without chains and circles, whoever recorded what at once. */
export function settleDuplicates({ unattended }: Pick<FollowUpPorts, "unattended">): FollowUp {
  return oneByOne(({ issue }) => unattended.settleDuplicates(issue));
}
