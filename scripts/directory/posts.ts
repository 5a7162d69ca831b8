import type { DirectoryFile } from "../../app/server/directory-file";

/** Posts every organisation of a kind has. */
export const standardPosts: DirectoryFile["standardPosts"] = {
  practice: [
    { role: "gp", title: "GP" },
    { role: "practice-nurse", title: "Practice nurse" },
    { role: "practice-pharmacist", title: "Practice pharmacist" },
    { role: "practice-manager", title: "Practice manager" },
  ],
  trust: [
    { role: "interface-lead", title: "Interface lead" },
    { role: "medical-director", title: "Medical director" },
    { role: "deputy-medical-director", title: "Deputy medical director" },
    { role: "medicines-pharmacist", title: "Medicines optimisation pharmacist", categories: ["MED"] },
    { role: "patient-safety-lead", title: "Patient safety lead" },
  ],
  place: [{ role: "place-lead", title: "Place clinical lead" }],
  icb: [
    { role: "icb-medical-director", title: "ICB medical director" },
    { role: "commissioner", title: "Commissioner" },
    { role: "administrator", title: "Administrator" },
    { role: "auditor", title: "Auditor" },
  ],
};
