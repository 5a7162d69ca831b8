/**
 * The two-level taxonomy of what is raised at the boundary between services: 12 groups of 6 or 7 kinds.
 * Each kind belongs to one of NHS England's four interface areas (onward referral, complete care,
 * call and recall, clear points of contact) or to any of them.
 */
export type InterfaceArea = "onward" | "complete" | "callrecall" | "contact" | "any";

export interface CategoryGroup {
  /** First-level code, such as `MED`. */
  code: string;
  name: string;
}

export interface Category {
  /** Second-level code, such as `MED.3`. */
  code: string;
  group: string;
  area: InterfaceArea;
  name: string;
}

export const categoryGroups: readonly CategoryGroup[] = [
  { code: "REF", name: "Referral & onward referral" },
  { code: "DIS", name: "Discharge & transfer of care" },
  { code: "LET", name: "Clinic letters & communication" },
  { code: "MED", name: "Medicines & shared care" },
  { code: "INV", name: "Investigations & results" },
  { code: "FIT", name: "Fit notes & certification" },
  { code: "REC", name: "Call, recall & follow-up" },
  { code: "CON", name: "Points of contact & access" },
  { code: "MH", name: "Mental health, community & social" },
  { code: "WRK", name: "Workload & responsibility" },
  { code: "DIG", name: "Digital & records" },
  { code: "POS", name: "Good practice" },
];

export const categories: readonly Category[] = [
  { code: "REF.1", group: "REF", area: "onward", name: "Onward referral pushed back to GP" },
  { code: "REF.2", group: "REF", area: "onward", name: "Referral rejected or returned" },
  { code: "REF.3", group: "REF", area: "onward", name: "Referral lost or not actioned" },
  { code: "REF.4", group: "REF", area: "onward", name: "Criteria or pathway unclear" },
  { code: "REF.5", group: "REF", area: "onward", name: "Consultant-to-consultant blocked" },
  { code: "REF.6", group: "REF", area: "onward", name: "Incomplete or poor-quality GP referral" },
  { code: "REF.7", group: "REF", area: "onward", name: "Suspected-cancer referral problem" },
  { code: "DIS.1", group: "DIS", area: "complete", name: "Summary late or missing" },
  { code: "DIS.2", group: "DIS", area: "complete", name: "Summary wrong or incomplete" },
  { code: "DIS.3", group: "DIS", area: "complete", name: "GP actions unclear or inappropriate" },
  { code: "DIS.4", group: "DIS", area: "complete", name: "Discharged without supplies or support" },
  { code: "DIS.5", group: "DIS", area: "complete", name: "Sent to wrong practice" },
  { code: "DIS.6", group: "DIS", area: "complete", name: "Unsafe or early discharge" },
  { code: "LET.1", group: "LET", area: "complete", name: "Letter late or missing" },
  { code: "LET.2", group: "LET", area: "complete", name: "Actions buried or ambiguous" },
  { code: "LET.3", group: "LET", area: "complete", name: "Wrong patient or wrong practice" },
  { code: "LET.4", group: "LET", area: "complete", name: "Patient told 'ask your GP'" },
  { code: "LET.5", group: "LET", area: "complete", name: "Duplicate or excess correspondence" },
  { code: "LET.6", group: "LET", area: "complete", name: "Electronic transfer failed" },
  { code: "MED.1", group: "MED", area: "complete", name: "Shared care not agreed" },
  { code: "MED.2", group: "MED", area: "complete", name: "GP asked to start urgent drug" },
  { code: "MED.3", group: "MED", area: "complete", name: "Short or no supply (TTO)" },
  { code: "MED.4", group: "MED", area: "complete", name: "Reconciliation error" },
  { code: "MED.5", group: "MED", area: "complete", name: "Monitoring not arranged" },
  { code: "MED.6", group: "MED", area: "complete", name: "Non-formulary or red drug request" },
  { code: "INV.1", group: "INV", area: "complete", name: "GP asked to chase hospital result" },
  { code: "INV.2", group: "INV", area: "complete", name: "GP asked to do hospital tests" },
  { code: "INV.3", group: "INV", area: "complete", name: "Result not communicated" },
  { code: "INV.4", group: "INV", area: "complete", name: "Abnormal or incidental finding, no owner" },
  { code: "INV.5", group: "INV", area: "complete", name: "Test access or turnaround" },
  { code: "INV.6", group: "INV", area: "complete", name: "Sample or request lost" },
  { code: "FIT.1", group: "FIT", area: "complete", name: "Fit note not issued" },
  { code: "FIT.2", group: "FIT", area: "complete", name: "Fit note too short" },
  { code: "FIT.3", group: "FIT", area: "complete", name: "Patient redirected to GP" },
  { code: "FIT.4", group: "FIT", area: "complete", name: "Other certificate or form (DVLA, DS1500/SR1)" },
  { code: "FIT.5", group: "FIT", area: "complete", name: "Employer or benefit letter" },
  { code: "FIT.6", group: "FIT", area: "complete", name: "Wrong or late MED3 after procedure" },
  { code: "REC.1", group: "REC", area: "callrecall", name: "Follow-up not booked" },
  { code: "REC.2", group: "REC", area: "callrecall", name: "Lost to follow-up" },
  { code: "REC.3", group: "REC", area: "callrecall", name: "DNA discharge or re-referral asked" },
  { code: "REC.4", group: "REC", area: "callrecall", name: "Waiting-list query sent to GP" },
  { code: "REC.5", group: "REC", area: "callrecall", name: "Surveillance recall ownership" },
  { code: "REC.6", group: "REC", area: "callrecall", name: "Cancelled or rebooked repeatedly" },
  { code: "CON.1", group: "CON", area: "contact", name: "No working contact for clinicians" },
  { code: "CON.2", group: "CON", area: "contact", name: "Phone line unanswered" },
  { code: "CON.3", group: "CON", area: "contact", name: "Patient cannot reach service" },
  { code: "CON.4", group: "CON", area: "contact", name: "Directory wrong or out of date" },
  { code: "CON.5", group: "CON", area: "contact", name: "Advice & Guidance slow or unhelpful" },
  { code: "CON.6", group: "CON", area: "contact", name: "GP practice bypass line failing" },
  { code: "MH.1", group: "MH", area: "any", name: "CAMHS or CMHT threshold rejection" },
  { code: "MH.2", group: "MH", area: "any", name: "Crisis hand-off" },
  { code: "MH.3", group: "MH", area: "any", name: "Community nursing capacity or scope" },
  { code: "MH.4", group: "MH", area: "any", name: "Therapies and equipment" },
  { code: "MH.5", group: "MH", area: "any", name: "Care home interface" },
  { code: "MH.6", group: "MH", area: "any", name: "Social care hand-off" },
  { code: "WRK.1", group: "WRK", area: "complete", name: "Inappropriate transfer of work to GP" },
  { code: "WRK.2", group: "WRK", area: "complete", name: "Inappropriate transfer of work to trust" },
  { code: "WRK.3", group: "WRK", area: "complete", name: "Private-to-NHS requests" },
  { code: "WRK.4", group: "WRK", area: "complete", name: "Pre-op optimisation sent back" },
  { code: "WRK.5", group: "WRK", area: "complete", name: "Policy or consensus not followed" },
  { code: "WRK.6", group: "WRK", area: "complete", name: "Commissioning gap: no one is funded" },
  { code: "DIG.1", group: "DIG", area: "any", name: "System down or message lost" },
  { code: "DIG.2", group: "DIG", area: "any", name: "Wrong template or coding" },
  { code: "DIG.3", group: "DIG", area: "any", name: "Record access refused" },
  { code: "DIG.4", group: "DIG", area: "any", name: "Interoperability gap" },
  { code: "DIG.5", group: "DIG", area: "any", name: "Referral platform fault" },
  { code: "DIG.6", group: "DIG", area: "any", name: "Information-governance problem" },
  { code: "POS.1", group: "POS", area: "any", name: "Excellent hand-over" },
  { code: "POS.2", group: "POS", area: "any", name: "Helpful contact" },
  { code: "POS.3", group: "POS", area: "any", name: "Pathway that works" },
  { code: "POS.4", group: "POS", area: "any", name: "Team thanked" },
  { code: "POS.5", group: "POS", area: "any", name: "Improvement confirmed" },
  { code: "POS.6", group: "POS", area: "any", name: "Idea for change" },
];

const byCode = new Map(categories.map((category) => [category.code, category]));
const groupByCode = new Map(categoryGroups.map((group) => [group.code, group]));

/** The kind with this second-level code, or undefined when there is none. */
export function categoryOf(code: string): Category | undefined {
  return byCode.get(code);
}

/** The first-level group of a first- or second-level code. */
export function categoryGroupOf(code: string): CategoryGroup | undefined {
  return groupByCode.get(code.split(".")[0] ?? "");
}
