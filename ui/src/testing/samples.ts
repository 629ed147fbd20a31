import type {
  AppState,
  ImportCheck,
  LedgerLine,
  ListSummary,
  MappingView,
  Org,
  ProfileRow,
  RunState,
  RunSummary,
  RunView,
  Tally,
} from "../ipc";

/** Answers of the engine as they could be, all made up. A test changes what it is about. */
export const org: Org = {
  org_id: "00D000000000001AAA",
  name: "Landbridge demo org",
  kind: "demo",
  instance_url: "http://127.0.0.1:4000",
  login_url: "http://127.0.0.1:4000",
  edition: "Developer Edition",
  api_version: "68.0",
  username: "admin@demo.example",
  user_name: "Priya Nair",
  user_email: "admin@demo.example",
  connected_at: "2026-11-23T17:00:00Z",
  connected_by: "Priya Nair",
};

export const state = (change: Partial<AppState> = {}): AppState => ({
  version: "0.1.0",
  workspace: "/tmp/workspace",
  operator: { name: "Priya Nair", email: null, role: "admin", role_label: "Primary admin" },
  org,
  session: "connected",
  exports_on: true,
  usage: { used_calls: 1284, max_calls: 15000 },
  token_home: "session",
  token_home_sentence: "The login is kept for this session only.",
  demo_org_available: true,
  open_runs: 0,
  ...change,
});

export const list = (change: Partial<ListSummary> = {}): ListSummary => ({
  list_id: 1,
  name: "Q1 targets",
  kind: "contacts",
  profiles: 40,
  refused_rows: 0,
  file_name: "contacts_40.csv",
  header: "current header",
  extra_columns: ["Query Name"],
  imported_at: "2026-11-23T17:00:00Z",
  imported_by: "Priya Nair",
  ...change,
});

export const profile = (index: number): ProfileRow => ({
  profile_id: 1000 + index,
  line: index + 2,
  zoominfo_id: String(2_000_000_000 + index),
  name: `Person ${index}`,
  company: "Reyes Group",
  title: "IT Manager",
  email: `person${index}@example.com`,
  phone: "(219) 606-2399",
  place: "Ohio",
});

export const check = (change: Partial<ImportCheck> = {}): ImportCheck => ({
  file: { file_id: "f1", file_name: "contacts_40.csv", size_bytes: 4000 },
  kind: "contacts",
  header: "current header",
  encoding: "UTF-8",
  delimiter: "comma",
  columns: 73,
  extra_columns: ["Query Name"],
  suggested_name: "contacts_40",
  read_rows: 42,
  importable_rows: 40,
  without_id_rows: 1,
  refused_rows: 2,
  repeated_rows: 1,
  refusals: [
    {
      line: 57,
      last_line: 58,
      column: "Last Name",
      value: "",
      why: "Salesforce contacts need a last name.",
      fix: "Add it in the file.",
    },
  ],
  seconds: 0.4,
  ...change,
});

const nothing: Tally = {
  created_records: 0,
  updated_records: 0,
  skipped_records: 0,
  refused_records: 0,
  failed_records: 0,
  uncertain_records: 0,
  waiting_records: 0,
};

export const tally = (change: Partial<Tally>): Tally => ({ ...nothing, ...change });

export const run = (runState: RunState, change: Partial<RunSummary> = {}): RunSummary => ({
  run: 7,
  kind: "export",
  object: "lead",
  list_name: "Q1 targets",
  state: runState,
  state_sentence: `It is ${runState}.`,
  api: "bulk",
  org_name: org.name,
  org_kind: org.kind,
  started_by: "Priya Nair",
  planned_at: "2026-11-23T17:10:00Z",
  started_at: runState === "planned" ? null : "2026-11-23T17:11:00Z",
  finished_at: runState === "done" ? "2026-11-23T17:12:00Z" : null,
  total_records: 40,
  tally:
    runState === "planned"
      ? tally({ waiting_records: 38, refused_records: 2 })
      : tally({ created_records: 40 }),
  api_calls: 4,
  estimated_api_calls: 6,
  ...change,
});

export const runView = (summary: RunSummary, change: Partial<RunView> = {}): RunView => ({
  summary,
  plan: {
    create_records: 38,
    update_records: 0,
    skip_records: 0,
    refuse_records: 2,
    noted_records: 1,
    forecasts: [
      { state: "will_not_run", title: "Lead assignment rule", sentence: "It runs for 25 or fewer." },
    ],
    costs: [{ label: "Create 38, one job", api_calls: 6 }],
    estimated_api_calls: 6,
    faults: [
      { outcome: "refused", code: "repeated", sentence: "The same person is in this run.", records: 2 },
      { outcome: "planned", code: "not_an_email", sentence: "Email: not an email", records: 1 },
    ],
  },
  mapping_version: 1,
  job_ids: ["750000000000001AAA"],
  reasons: [],
  pace: null,
  may: {
    send: summary.state === "planned",
    cancel: summary.state !== "done",
    resume: summary.state === "waiting",
  },
  ...change,
});

export const ledgerLine = (line: number, change: Partial<LedgerLine> = {}): LedgerLine => ({
  line,
  profile_id: 1000 + line,
  zoominfo_id: String(2_000_000_000 + line),
  name: `Person ${line}`,
  company: "Reyes Group",
  outcome: "created",
  rule: "No match",
  notes: [],
  salesforce_id: `00Q00000000000${line}AAA`,
  error_code: null,
  error: null,
  attempts: 1,
  settled_at: "2026-11-23T17:12:00Z",
  ...change,
});

export const mapping = (): MappingView => ({
  object: "contact",
  version: 1,
  saved_at: "2026-11-23T17:00:00Z",
  described: true,
  sample: {
    name: "Monica Yoder",
    company: "Wilson-Collins",
    list_name: "Q1 targets",
    index: 0,
    total_profiles: 40,
  },
  problems: [],
  rows: [
    {
      row: 1,
      source: "Direct Phone Number",
      source_kind: "Contact field",
      sample_value: "",
      target_label: "Business Phone",
      target_name: "Phone",
      target_kind: "phone",
      target_type: "Phone(40)",
      required: false,
      on_update: "fill_if_blank",
      hierarchy: { position: 1, of: 2, in_use: false },
      block: null,
      result: "",
      result_note: "Blank, 2 is used",
      verdict: "ready",
      verdict_sentence: "",
    },
    {
      row: 2,
      source: "Company HQ Phone",
      source_kind: "Company field",
      sample_value: "(219) 606-2399",
      target_label: "Business Phone",
      target_name: "Phone",
      target_kind: "phone",
      target_type: "Phone(40)",
      required: false,
      on_update: "fill_if_blank",
      hierarchy: { position: 2, of: 2, in_use: true },
      block: null,
      result: "(219) 606-2399",
      result_note: "",
      verdict: "warning",
      verdict_sentence: "The value is longer than in most records.",
    },
  ],
});
