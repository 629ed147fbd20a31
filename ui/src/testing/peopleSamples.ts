import type {
  AuditEntry,
  DoctorCheck,
  DoctorReport,
  Person,
  PersonMapping,
  SalesforceUser,
  StoredData,
  UserMappings,
} from "../ipc";

/** Answers about who may do what as they could be, all made up. A test changes what it is about. */
export const salesforceUser = (number: number, name = `User ${number}`): SalesforceUser => ({
  user_id: `005000000000${String(number).padStart(3, "0")}AAA`,
  name,
  username: `user${number}@demo.example`,
  email: `user${number}@demo.example`,
});

export const personMapping = (person: number, change: Partial<PersonMapping> = {}): PersonMapping => ({
  person,
  role: "user",
  email: `person${person}@demo.example`,
  name: `Person ${String(person).padStart(4, "0")}`,
  salesforce_user: salesforceUser(person),
  by: "email",
  candidates: [],
  sentence: `User ${person} owns what this person exports: the Salesforce user with the same e-mail address.`,
  warning: null,
  ...change,
});

export const severalUsers = (person: number, change: Partial<PersonMapping> = {}): PersonMapping =>
  personMapping(person, {
    salesforce_user: null,
    by: "none",
    candidates: [salesforceUser(person), salesforceUser(person + 1)],
    sentence: "Several users have this name. Choose one; until then the connected user owns the records.",
    ...change,
  });

export const noUser = (person: number, change: Partial<PersonMapping> = {}): PersonMapping =>
  personMapping(person, {
    salesforce_user: null,
    by: "none",
    sentence: "Nobody has this e-mail address or name. The connected user owns what this person exports.",
    ...change,
  });

export const userMappings = (people: PersonMapping[], change: Partial<UserMappings> = {}): UserMappings => ({
  people,
  active_users: 214,
  warnings: [],
  ...change,
});

export const person = (number: number, change: Partial<Person> = {}): Person => ({
  person: number,
  name: `Person ${number}`,
  email: `person${number}@demo.example`,
  role: "user",
  standing: "user",
  is_operator: false,
  own_connection: null,
  ...change,
});

/** The primary admin, who uses the window, another admin, and a user. */
export const three_people: Person[] = [
  person(3, { name: "Mina Park", email: "mina.park@demo.example" }),
  person(1, {
    name: "Priya Nair",
    email: "priya.nair@demo.example",
    role: "admin",
    standing: "primary_admin",
    is_operator: true,
  }),
  person(2, {
    name: "Sam Ortiz",
    email: "sam.ortiz@demo.example",
    role: "admin",
    standing: "secondary_admin",
  }),
];

export const boundary =
  "Roles guard against mistakes on this machine; the account of the operating system is the real boundary.";

export const doctorCheck = (name: string, change: Partial<DoctorCheck> = {}): DoctorCheck => ({
  name,
  title: `Check ${name}`,
  found: "Read and edit",
  state: "passed",
  why: "Exports need it.",
  mend: "",
  setup_path: [],
  has_setup_page: false,
  ...change,
});

export const doctorReport = (change: Partial<DoctorReport> = {}): DoctorReport => ({
  checked_at: "2026-11-23T17:12:00Z",
  is_current: true,
  used_calls: 3,
  checks: [
    doctorCheck("field_contact_Level__c", {
      title: "Level (Level__c) of Contact cannot be edited",
      found: "",
      state: "failed",
      why: "It is mapped. Its values would be refused for every record.",
      mend: "Make the field visible and editable for the profile of the service account.",
      setup_path: [
        "Setup",
        "Object Manager",
        "Contact",
        "Fields & Relationships",
        "Level",
        "Set Field-Level Security",
      ],
      has_setup_page: true,
    }),
    doctorCheck("bulk_api", {
      title: "Bulk API allowed",
      found: "The org did not answer in 10 s.",
      state: "unknown",
      why: "Runs of 26 or more records need it.",
      mend: "Check again.",
    }),
    doctorCheck("edition", { title: "Org id and edition", found: "Enterprise Edition, 00D…EAM" }),
    doctorCheck("api_enabled", { title: "API Enabled", found: "Service account user" }),
  ],
  text: "Connection doctor, Landbridge demo org\nFailed: Level__c of Contact",
  ...change,
});

export const auditEntry = (entry: number, change: Partial<AuditEntry> = {}): AuditEntry => ({
  entry,
  at: "2026-11-23T17:40:00Z",
  person: "Priya Nair",
  standing: "Primary admin",
  area: "settings",
  action: "exports_turned_on",
  sentence: `Turned exports on, time ${entry}.`,
  before: "Off",
  after: "On",
  run: null,
  org_name: "Landbridge demo org",
  ...change,
});

export const storedData = (change: Partial<StoredData> = {}): StoredData => ({
  items: [
    {
      kind: "lists",
      label: "Lists",
      purpose: "Imported profiles, to be exported.",
      place: "/home/priya/.local/share/landbridge/workspace.sqlite",
      size_bytes: 48_200_000,
      records: 112_345,
      deleting: "All lists and their profiles are deleted. Runs keep their ledgers.",
      refusal: null,
    },
    {
      kind: "runs",
      label: "Runs",
      purpose: "Ledgers and before-images, for retry and undo.",
      place: "/home/priya/.local/share/landbridge/workspace.sqlite",
      size_bytes: 9_100_000,
      records: 118,
      deleting: "All ledgers are deleted, and no run can be undone any more.",
      refusal: "Run 119 is being sent. Wait for its end, or cancel it.",
    },
    {
      kind: "audit",
      label: "Audit log",
      purpose: "Who changed what, and when.",
      place: "/home/priya/.local/share/landbridge/workspace.sqlite",
      size_bytes: null,
      records: 871,
      deleting: null,
      refusal: null,
    },
  ],
  total_bytes: 57_300_000,
  talks_to: ["Salesforce: the connected org, for what runs read and write."],
  ...change,
});
