import type { ServiceKindId } from "./service-kinds";

interface TrustServices {
  /** What people call the trust. */
  shortName: string;
  /** Services with a post of their own. */
  ownPost: readonly ServiceKindId[];
  /** Services for which the interface lead answers. */
  viaInterfaceLead: readonly ServiceKindId[];
  /** Names that differ from the usual name of the kind. */
  called?: Partial<Record<ServiceKindId, string>>;
}

/**
 * Services that such trusts have, chosen by us for a first directory: a believable start, not a statement of what a
 * trust provides. Administrators of a real deployment keep their own.
 */
export const trustServices: Readonly<Record<string, TrustServices>> = {
  RBL: {
    shortName: "WUTH",
    ownPost: [
      "acute-medicine",
      "discharge-team",
      "emergency-department",
      "ophthalmology",
      "outpatients-booking",
      "radiology",
      "rheumatology",
    ],
    viaInterfaceLead: [
      "cardiology",
      "clinical-informatics",
      "gastroenterology",
      "maternity",
      "orthopaedics",
      "pathology",
      "pharmacy",
      "stroke",
      "surgical-day-unit",
      "urology",
    ],
  },
  REM: {
    shortName: "LUHFT",
    ownPost: [
      "acute-medicine",
      "dermatology",
      "discharge-team",
      "emergency-department",
      "gastroenterology",
      "outpatients-booking",
      "radiology",
    ],
    viaInterfaceLead: [
      "diabetes",
      "ent",
      "general-surgery",
      "ophthalmology",
      "pathology",
      "pharmacy",
      "respiratory",
      "urology",
    ],
    called: { ophthalmology: "St Paul's Eye Unit", pathology: "Liverpool Clinical Laboratories" },
  },
  RBN: {
    shortName: "Mersey and West Lancashire",
    ownPost: ["acute-medicine", "dermatology", "discharge-team", "outpatients-booking", "paediatrics", "stroke"],
    viaInterfaceLead: ["emergency-department", "maternity", "orthopaedics", "pharmacy", "radiology"],
  },
  RWW: {
    shortName: "North Cheshire and Mersey",
    ownPost: [
      "cardiology",
      "discharge-team",
      "district-nursing",
      "emergency-department",
      "outpatients-booking",
      "pharmacy",
    ],
    viaInterfaceLead: [
      "acute-medicine",
      "maternity",
      "podiatry",
      "radiology",
      "urgent-treatment-centre",
      "wheelchair-service",
    ],
    called: { "urgent-treatment-centre": "Widnes urgent treatment centre" },
  },
  RJR: {
    shortName: "Countess of Chester",
    ownPost: ["discharge-team", "gynaecology", "outpatients-booking", "pharmacy", "respiratory", "urology"],
    viaInterfaceLead: [
      "acute-medicine",
      "emergency-department",
      "haematology",
      "maternity",
      "pathology",
      "pre-operative-assessment",
      "radiology",
    ],
  },
  RBT: {
    shortName: "Mid Cheshire",
    ownPost: ["cardiology", "diabetes", "discharge-team", "outpatients-booking", "surgical-day-unit"],
    viaInterfaceLead: [
      "acute-medicine",
      "district-nursing",
      "emergency-department",
      "orthopaedics",
      "pharmacy",
      "radiology",
    ],
  },
  RJN: {
    shortName: "East Cheshire",
    ownPost: ["discharge-team", "paediatrics", "rheumatology", "therapies"],
    viaInterfaceLead: ["district-nursing", "emergency-department", "outpatients-booking", "pharmacy"],
  },
  REP: {
    shortName: "Liverpool Women's",
    ownPost: ["gynaecology", "maternity"],
    viaInterfaceLead: ["outpatients-booking"],
  },
  RBQ: {
    shortName: "Liverpool Heart and Chest",
    ownPost: ["cardiology"],
    viaInterfaceLead: ["cardiac-surgery", "respiratory"],
  },
  RET: {
    shortName: "The Walton Centre",
    ownPost: ["neurology", "outpatients-booking", "pain"],
    viaInterfaceLead: ["neurosurgery", "pharmacy"],
    called: { pain: "Pain management programme" },
  },
  REN: {
    shortName: "Clatterbridge Cancer Centre",
    ownPost: ["haematology", "oncology"],
    viaInterfaceLead: ["radiotherapy"],
  },
  RBS: {
    shortName: "Alder Hey",
    ownPost: ["camhs", "outpatients-booking", "paediatrics"],
    viaInterfaceLead: ["neurology", "pharmacy"],
    called: { neurology: "Children's neurology", paediatrics: "General paediatrics" },
  },
  RW4: {
    shortName: "Mersey Care",
    ownPost: ["community-mental-health", "crisis-team", "district-nursing", "single-point-of-access"],
    viaInterfaceLead: ["camhs", "continence", "memory-service", "podiatry", "therapies"],
  },
  RXA: {
    shortName: "CWP",
    ownPost: ["camhs", "community-mental-health", "crisis-team", "memory-service"],
    viaInterfaceLead: ["district-nursing", "learning-disability", "pharmacy", "single-point-of-access", "therapies"],
  },
  RY7: {
    shortName: "Wirral Community",
    ownPost: ["continence", "district-nursing", "single-point-of-access", "wheelchair-service"],
    viaInterfaceLead: ["podiatry", "therapies", "urgent-treatment-centre"],
  },
  RX7: {
    shortName: "North West Ambulance Service",
    ownPost: ["patient-transport"],
    viaInterfaceLead: ["ambulance-control"],
  },
  RY2: { shortName: "Bridgewater", ownPost: [], viaInterfaceLead: [] },
};
