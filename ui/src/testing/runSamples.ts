import type {
  CompanyQuestion,
  Difference,
  LedgerLine,
  LineDetail,
  Plan,
  Question,
  RunMay,
  RunState,
  RunSummary,
  RunView,
  Tally,
} from "../ipc";
import { org } from "./samples";

/** Answers about runs as they could be, all made up. A test changes what it is about. */
const nothing: Tally = {
  created_records: 0,
  updated_records: 0,
  deleted_records: 0,
  restored_records: 0,
  skipped_records: 0,
  refused_records: 0,
  failed_records: 0,
  uncertain_records: 0,
  waiting_records: 0,
  asked_records: 0,
};

export const tally = (change: Partial<Tally>): Tally => ({ ...nothing, ...change });

export const run = (runState: RunState, change: Partial<RunSummary> = {}): RunSummary => ({
  run: 7,
  kind: "export",
  source_run: null,
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
  created_account_records: 0,
  api_calls: 4,
  estimated_api_calls: 6,
  ...change,
});

export const plan = (change: Partial<Plan> = {}): Plan => ({
  create_records: 38,
  update_records: 0,
  skip_records: 0,
  ask_records: 0,
  refuse_records: 2,
  delete_records: 0,
  restore_records: 0,
  create_account_records: 0,
  ask_companies: 0,
  filled_values: 0,
  overwritten_values: 0,
  cleared_values: 0,
  unchanged_values: 0,
  noted_records: 1,
  owner: { name: "Priya Nair", sentence: "The Salesforce user with your e-mail address." },
  checks: [
    {
      place: "org",
      method: "By email and by name and company",
      why: "40 records are few enough to ask for each value.",
      api_calls: 2,
      hit_records: 0,
    },
  ],
  replanned_sentence: "",
  checked_at: "2026-11-23T17:10:00Z",
  forecasts: [{ state: "will_not_run", title: "Lead assignment rule", sentence: "It runs for 25 or fewer." }],
  costs: [{ label: "Create 38, one job", api_calls: 6 }],
  estimated_api_calls: 6,
  budget: null,
  faults: [
    { outcome: "refused", code: "repeated", sentence: "The same person is in this run.", records: 2 },
    { outcome: "planned", code: "not_an_email", sentence: "Email: not an email", records: 1 },
  ],
  ...change,
});

const mayOf = ({ state, kind }: RunSummary): RunMay => {
  const final = state === "done" || state === "cancelled" || state === "failed";
  return {
    send: state === "planned",
    cancel: !final,
    resume: state === "waiting",
    answer: state === "planned" && kind === "export",
    retry: false,
    undo: final && kind === "export",
    repeat: final && kind === "export",
  };
};

export const runView = (summary: RunSummary, change: Partial<RunView> = {}): RunView => ({
  summary,
  plan: plan(),
  options: { on_duplicate: null, campaign: null, save_past_alerts: false },
  members: null,
  followers: [],
  mapping_version: 1,
  job_ids: ["750000000000001AAA"],
  reasons: [],
  pace: null,
  minutes: [],
  may: mayOf(summary),
  ...change,
});

export const ledgerLine = (line: number, change: Partial<LedgerLine> = {}): LedgerLine => ({
  line,
  object: "lead",
  profile_id: 1000 + line,
  zoominfo_id: String(2_000_000_000 + line),
  name: `Person ${line}`,
  company: "Reyes Group",
  action: "create",
  outcome: "created",
  rule: "No match",
  grade: null,
  criterion: null,
  changed_values: 0,
  notes: [],
  salesforce_id: `00Q00000000000${line}AAA`,
  error_code: null,
  error: null,
  attempts: 1,
  settled_at: "2026-11-23T17:12:00Z",
  member: null,
  ...change,
});

export const difference = (line: number, change: Partial<Difference> = {}): Difference => ({
  line,
  name: `Person ${line}`,
  company: "Reyes Group",
  salesforce_id: `00Q00000000000${line}AAA`,
  target: "Title",
  label: "Title",
  kind: "overwrites",
  before: "IT Director",
  after: "Chief Information Officer",
  ...change,
});

export const lineDetail = (line: LedgerLine, change: Partial<LineDetail> = {}): LineDetail => ({
  line,
  differences: [difference(line.line)],
  source: [
    { label: "Last Name", value: "Yoder" },
    { label: "Job Title", value: "HR Business Partner" },
  ],
  editable: [
    { target: "LastName", label: "Last Name", value: "Yoder", choices: [], at_fault: false },
    { target: "Phone", label: "Business Phone", value: "606-2399", choices: [], at_fault: true },
    {
      target: "LeadSource",
      label: "Lead Source",
      value: "Web",
      choices: ["Web", "Partner"],
      at_fault: false,
    },
  ],
  ...change,
});

export const question = (line: number, change: Partial<Question> = {}): Question => ({
  line,
  name: `Monica Yoder ${line}`,
  company: "Wilson-Collins",
  zoominfo_id: String(2_000_000_000 + line),
  grade: "likely",
  sentence: "Both leads have the same name and company.",
  profile: [
    { label: "Name", value: `Monica Yoder ${line}` },
    { label: "Company", value: "Wilson-Collins" },
    { label: "Title", value: "HR Business Partner" },
    { label: "Email", value: "monica.yoder@wilsoncollins8.example" },
    { label: "Mobile", value: "(549) 316-4771" },
  ],
  candidates: [
    {
      number: 1,
      object: "lead",
      salesforce_id: "00Q8c00000Kp4LqEAJ",
      other_line: null,
      grade: "likely",
      criterion: "Name and company",
      may_be_updated: true,
      owner: "Sam Ortiz",
      modified_at: "2026-11-12T10:00:00Z",
      values: [
        { value: `Monica Yoder ${line}`, agrees: true },
        { value: "Wilson-Collins Inc.", agrees: true },
        { value: "HR Generalist", agrees: false },
        { value: null, agrees: false },
        { value: "(549) 316-4771", agrees: true },
      ],
    },
    {
      number: 2,
      object: "lead",
      salesforce_id: "00Q8c00000A91TzEAJ",
      other_line: null,
      grade: "likely",
      criterion: "Name and company",
      may_be_updated: true,
      owner: "Web Queue",
      modified_at: "2025-02-04T10:00:00Z",
      values: [
        { value: `Monica Yoder ${line}`, agrees: true },
        { value: "Wilson Collins Ltd", agrees: true },
        { value: null, agrees: false },
        { value: "m.yoder@wilsoncollins8.example", agrees: false },
        { value: null, agrees: false },
      ],
    },
  ],
  offered: ["update", "create", "skip"],
  default_action: "update",
  alike_questions: 2,
  answer: null,
  ...change,
});

export const companyQuestion = (company: number, change: Partial<CompanyQuestion> = {}): CompanyQuestion => ({
  company,
  name: `Company ${company}`,
  website: `company${company}.example`,
  contacts: company + 1,
  accounts: "one",
  candidates: [
    {
      account_id: `00100000000000${company}AAA`,
      name: `Company ${company} Inc.`,
      website: `company${company}.example`,
      place: "Columbus, Ohio, United States",
      phone: "",
      owner: "Sam Ortiz",
      modified_at: "2026-11-12T10:00:00Z",
      grade: "exact",
      criterion: "Website and name",
    },
  ],
  cannot_create: null,
  answer: null,
  ...change,
});

/** A plan that asks nothing and changes nothing. */
export const noQuestions = {
  "runs.questions": {
    matching_questions: 0,
    total_questions: 0,
    waiting_questions: 0,
    offset: 0,
    questions: [],
  },
  "runs.companies": {
    matching_companies: 0,
    total_companies: 0,
    waiting_companies: 0,
    offset: 0,
    companies: [],
  },
  "runs.differences": {
    matching_values: 0,
    counts: { fills_blank_values: 0, overwrites_values: 0, clears_values: 0, no_change_values: 0 },
    fields: [],
    offset: 0,
    differences: [],
  },
};
