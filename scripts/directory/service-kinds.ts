import type { Role } from "../../app/domain/organisation";

interface ServiceKind {
  name: string;
  /** Who answers for such a service where it has a post of its own. */
  role: Extract<Role, "clinician" | "service-manager">;
  title: string;
}

const led = (name: string, title: string): ServiceKind => ({ name, role: "clinician", title });
const run = (name: string, title = `Service manager, ${lowerFirst(name)}`): ServiceKind => ({
  name,
  role: "service-manager",
  title,
});
const consultant = (name: string): ServiceKind => led(name, `Consultant, ${lowerFirst(name)}`);

/** Kinds of service, shared across trusts so that the same trouble can be seen in several of them. */
export const serviceKinds = {
  "acute-medicine": consultant("Acute medicine"),
  "ambulance-control": run("Ambulance control room", "Control room manager"),
  camhs: led("Child and adolescent mental health (CAMHS)", "Team manager, CAMHS"),
  cardiology: consultant("Cardiology"),
  "cardiac-surgery": consultant("Cardiac surgery"),
  "clinical-informatics": run("Clinical informatics", "Lead for clinical systems"),
  "community-mental-health": led("Community mental health team", "Consultant psychiatrist, community mental health"),
  continence: led("Continence service", "Clinical lead, continence"),
  "crisis-team": led("Crisis resolution and home treatment", "Team manager, crisis and home treatment"),
  dermatology: consultant("Dermatology"),
  diabetes: consultant("Diabetes and endocrinology"),
  "discharge-team": run("Discharge team", "Discharge team manager"),
  "district-nursing": led("District nursing", "Clinical lead, district nursing"),
  "emergency-department": consultant("Emergency department"),
  ent: consultant("Ear, nose and throat"),
  gastroenterology: consultant("Gastroenterology"),
  "general-surgery": consultant("General surgery"),
  gynaecology: consultant("Gynaecology"),
  haematology: consultant("Haematology"),
  "learning-disability": led("Learning disability team", "Clinical lead, learning disability"),
  maternity: led("Maternity", "Consultant midwife"),
  "memory-service": led("Memory service", "Clinical lead, memory service"),
  neurology: consultant("Neurology"),
  neurosurgery: consultant("Neurosurgery"),
  oncology: consultant("Oncology"),
  ophthalmology: consultant("Ophthalmology"),
  orthopaedics: consultant("Trauma and orthopaedics"),
  "outpatients-booking": run("Outpatient booking", "Booking office manager"),
  paediatrics: consultant("Paediatrics"),
  pain: consultant("Pain service"),
  pathology: run("Pathology", "Laboratory manager"),
  "patient-transport": run("Patient transport"),
  pharmacy: run("Pharmacy", "Dispensary manager"),
  podiatry: led("Podiatry", "Clinical lead, podiatry"),
  "pre-operative-assessment": run("Pre-operative assessment"),
  radiology: run("Radiology", "Imaging services manager"),
  radiotherapy: run("Radiotherapy"),
  respiratory: consultant("Respiratory medicine"),
  rheumatology: consultant("Rheumatology"),
  "single-point-of-access": run("Single point of access", "Single point of access manager"),
  stroke: consultant("Stroke service"),
  "surgical-day-unit": run("Surgical day unit", "Day unit manager"),
  therapies: led("Community therapies and equipment", "Clinical lead, community therapies"),
  "urgent-treatment-centre": run("Urgent treatment centre"),
  urology: consultant("Urology"),
  "wheelchair-service": run("Wheelchair service"),
} as const satisfies Record<string, ServiceKind>;

export type ServiceKindId = keyof typeof serviceKinds;

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
