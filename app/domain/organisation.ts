import { z } from "zod";

/** ODS code of an organisation (`N81001`, `RBL`, `QYG`), or our own for a Place (`QYG-WIR`). */
export type OrganisationCode = string;

export const organisationKinds = ["practice", "trust", "place", "icb"] as const;
export const trustKinds = ["acute", "specialist", "community", "mental-health", "ambulance"] as const;

/** Live: its people sign in. Invited: asked to join. Not yet: its issues go to its Place's queue. */
export const standings = ["live", "invited", "not-yet"] as const;

export const placeSchema = z.object({ id: z.string(), name: z.string(), code: z.string() });
export type Place = z.infer<typeof placeSchema>;

export const organisationSchema = z.object({
  code: z.string(),
  name: z.string(),
  /** What people call it where its full name is one step away: `WUTH`. */
  shortName: z.string(),
  kind: z.enum(organisationKinds),
  trustKinds: z.array(z.enum(trustKinds)).optional(),
  /** Place ids, such as `wirral`. A trust can serve several. */
  places: z.array(z.string()),
  /** Sub-ICB location code of a practice, such as `12F`. */
  subIcb: z.string().optional(),
  pcn: z.object({ code: z.string(), name: z.string() }).optional(),
  /** Registered patients, and the day they were counted (ISO date). */
  listSize: z.number().int().positive().optional(),
  listSizeAt: z.string().optional(),
  postcode: z.string().optional(),
  /** The organisation that took over this one. Threads and statistics follow it. */
  succeededBy: z.string().optional(),
  closedAt: z.string().optional(),
  standing: z.enum(standings),
});
export type Organisation = z.infer<typeof organisationSchema>;
export type OrganisationKind = Organisation["kind"];

export const serviceSchema = z.object({
  id: z.string(),
  organisation: z.string(),
  name: z.string(),
  /** Shared across trusts, such as `pharmacy`. */
  kind: z.string(),
});
export type Service = z.infer<typeof serviceSchema>;

export const roles = [
  "gp",
  "practice-nurse",
  "practice-pharmacist",
  "practice-manager",
  "clinician",
  "service-manager",
  "interface-lead",
  "medical-director",
  "deputy-medical-director",
  "medicines-pharmacist",
  "patient-safety-lead",
  "pcn-director",
  "place-lead",
  "icb-medical-director",
  "commissioner",
  "administrator",
  "auditor",
] as const;
export type Role = (typeof roles)[number];

/** An organisation and a role in it. Issues are owned by posts, never by people. */
export const postSchema = z.object({
  /** `RBL:interface-lead`, or with a service `RBL:clinician:RBL-stroke`. */
  id: z.string(),
  organisation: z.string(),
  role: z.enum(roles),
  title: z.string(),
  /** The services this post answers for. */
  services: z.array(z.string()).optional(),
  /** First-level category codes this post answers for. */
  categories: z.array(z.string()).optional(),
});
export type Post = z.infer<typeof postSchema>;

export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** An invented person of the demonstration. */
  demo: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;

/** Who holds a post, from a day until a day (ISO dates, the end exclusive). */
export const holdingSchema = z.object({
  post: z.string(),
  person: z.string(),
  from: z.string(),
  until: z.string().optional(),
});
export type Holding = z.infer<typeof holdingSchema>;

/** Round marks are general practice, square are trusts, cut corner is ICB and Place. */
export type Side = "practice" | "trust" | "system";

/** Which of the three visual sides an organisation is on. */
export function sideOfKind(kind: OrganisationKind): Side {
  switch (kind) {
    case "practice":
      return "practice";
    case "trust":
      return "trust";
    case "place":
    case "icb":
      return "system";
  }
}
