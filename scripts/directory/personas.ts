/** The people of the demonstration one can sign in as, in the order they are offered. All invented. */
export interface Persona {
  id: string;
  name: string;
  line: string;
  /** A guest holds none: they know only of what they were named on. */
  posts: readonly string[];
}

export const personas: readonly Persona[] = [
  {
    id: "p-whitlow",
    name: "Dr Eleanor Whitlow",
    line: "GP in Cheshire, at Audlem Medical Practice",
    posts: ["N81001:gp"],
  },
  {
    id: "p-asante",
    name: "Dr Kwabena Asante",
    line: "GP in Liverpool, at Mere Lane Group Practice",
    posts: ["N82099:gp"],
  },
  {
    id: "p-raman",
    name: "Dr Priya Raman",
    line: "GP at Marine Lake Medical Practice on the Wirral, and clinical director of its primary care network: two hats",
    posts: ["N85002:gp", "QYG:pcn-director:U79121"],
  },
  {
    id: "p-tranter",
    name: "Joanne Tranter",
    line: "Practice manager at Boughton Medical Group, Chester",
    posts: ["N81034:practice-manager"],
  },
  {
    id: "p-okafor",
    name: "Nadia Okafor",
    line: "Interface lead at Wirral University Teaching Hospital (WUTH): decides where issues go",
    posts: ["RBL:interface-lead"],
  },
  {
    id: "p-adeyemi",
    name: "Dr Sam Adeyemi",
    line: "Acute clinician: consultant in acute medicine at WUTH",
    posts: ["RBL:clinician:RBL-acute-medicine"],
  },
  {
    id: "p-kilbride",
    name: "Maeve Kilbride",
    line: "Community clinician: leads district nursing at Wirral Community",
    posts: ["RY7:clinician:RY7-district-nursing"],
  },
  {
    id: "p-sabry",
    name: "Dr Farida Sabry",
    line: "Mental-health clinician: community psychiatrist at Cheshire and Wirral Partnership",
    posts: ["RXA:clinician:RXA-community-mental-health"],
  },
  {
    id: "p-bhandari",
    name: "Asha Bhandari",
    line: "Medicines optimisation pharmacist at WUTH: answers for medicines",
    posts: ["RBL:medicines-pharmacist"],
  },
  {
    id: "p-blythe",
    name: "Dr Owen Blythe",
    line: "Deputy medical director at WUTH: hears of overdue and disputed issues first",
    posts: ["RBL:deputy-medical-director"],
  },
  {
    id: "p-maddocks",
    name: "Dr Catrin Maddocks",
    line: "Medical director of The Walton Centre, a specialist trust in Liverpool",
    posts: ["RET:medical-director"],
  },
  {
    id: "p-ambler",
    name: "Dr Ruth Ambler",
    line: "Place lead for Wirral: keeps the queue of organisations that have not joined",
    posts: ["QYG-WIR:place-lead"],
  },
  {
    id: "p-osei",
    name: "Dr Amara Osei",
    line: "ICB medical director: themes across Cheshire and Merseyside",
    posts: ["QYG:icb-medical-director"],
  },
  {
    id: "p-prentice",
    name: "Callum Prentice",
    line: "Administrator: directory, joiners and leavers, settings",
    posts: ["QYG:administrator"],
  },
  {
    id: "p-mbatha",
    name: "Grace Mbatha",
    line: "Auditor: reads the log and changes nothing",
    posts: ["QYG:auditor"],
  },
  {
    id: "p-hallam",
    name: "Dr Simon Hallam",
    line: "Guest: a GP from outside Cheshire and Merseyside, named on one issue and able to see only that",
    posts: [],
  },
];
