import type {
  Act,
  AppState,
  ImportCheck,
  ListSummary,
  ListCheck,
  MappingFields,
  MappingPreview,
  MappingProblem,
  MappingRow,
  MappingRowView,
  ObjectQuery,
  Operator,
  Org,
  ProfileRow,
  PreviewQuery,
  Right,
  SavedMapping,
  TargetField,
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

const primary_admin: Operator = {
  person: 1,
  name: "Priya Nair",
  email: "priya.nair@demo.example",
  role: "admin",
  standing: "primary_admin",
  role_label: "Primary admin",
};

const everybody: Act[] = [
  "look",
  "switch_operator",
  "switch_workspace",
  "build_lists",
  "export",
  "connect_own_user",
];

const admins: Act[] = [
  "see_all_runs",
  "export_for_others",
  "change_mapping",
  "change_export_settings",
  "change_filtering",
  "turn_exports",
  "map_users",
  "manage_people",
  "choose_accounts",
  "connect",
  "change_user",
  "choose_token_home",
  "run_doctor",
  "read_audit",
  "delete_stored_data",
  "make_support_bundle",
];

/** Every act, with a reason for those that are refused. */
export const rights = (refused: Partial<Record<Act, string>> = {}): Right[] =>
  [...everybody, ...admins, "disconnect" as const].map((act) => ({ act, refusal: refused[act] ?? null }));

const disconnect_refusal = "Only Priya Nair, the primary admin, may disconnect.";

/** The state as another admin sees it. */
export const asSecondaryAdmin = (change: Partial<AppState> = {}): AppState =>
  state({
    operator: {
      person: 2,
      name: "Sam Ortiz",
      email: "sam.ortiz@demo.example",
      role: "admin",
      standing: "secondary_admin",
      role_label: "Admin",
    },
    rights: rights({ disconnect: disconnect_refusal }),
    ...change,
  });

/** What somebody with the role user is told of everything that admins do. */
export const user_refusal = "Only admins may do this. The admin of this workspace is Priya Nair.";

/** The state as somebody with the role user sees it. */
export const asUser = (change: Partial<AppState> = {}): AppState =>
  state({
    operator: {
      person: 3,
      name: "Mina Park",
      email: "mina.park@demo.example",
      role: "user",
      standing: "user",
      role_label: "User",
    },
    rights: rights({
      ...Object.fromEntries(admins.map((act) => [act, user_refusal])),
      disconnect: disconnect_refusal,
    }),
    ...change,
  });

export const state = (change: Partial<AppState> = {}): AppState => ({
  version: "0.1.0",
  workspace: "/tmp/workspace",
  workspace_name: "Landbridge demo org",
  operator: primary_admin,
  org,
  session: "connected",
  rights: rights(),
  primary_admin: { name: primary_admin.name, email: primary_admin.email },
  accounts: "service",
  own_connection: null,
  exports_on: true,
  exports_changed: { at: "2026-11-23T17:40:00Z", by: "Priya Nair" },
  failed_checks: 0,
  usage: { used_calls: 1284, max_calls: 15000 },
  token_home: "session",
  token_home_sentence: "The login is kept for this session only.",
  token_trouble: null,
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

export const mappingRow = (change: Partial<MappingRow> = {}): MappingRow => ({
  source: { kind: "field", field: "last_name" },
  target: "LastName",
  on_update: "fill_if_blank",
  clear_when_blank: false,
  block: null,
  overflow: "truncate",
  value_map: {},
  source_unit: null,
  phone_format: "as_is",
  date_order: "month_first",
  time_zone: null,
  lookup: null,
  ...change,
});

const source = (id: string, label: string, kind_label = "Contact field") => ({
  id,
  label,
  kind_label,
  unit: "",
});

const target = (name: string, label: string, change: Partial<TargetField> = {}): TargetField => ({
  name,
  label,
  kind: "string",
  type_label: "Text(80)",
  required: false,
  closed: null,
  updateable: true,
  picklist: [],
  restricted: false,
  refers_to: [],
  ...change,
});

export const mappingFields = (): MappingFields => ({
  groups: [
    {
      label: "Person",
      fields: [
        source("last_name", "Last Name"),
        source("job_title", "Job Title"),
        source("management_level", "Management Level"),
        source("job_function", "Job Function"),
        source("direct_phone", "Direct Phone Number"),
        source("mobile_phone", "Mobile phone"),
        source("email", "Email Address"),
      ],
    },
    {
      label: "Company",
      fields: [
        source("company_phone", "Company HQ Phone", "Company field"),
        source("company_name", "Company Name", "Company field"),
      ],
    },
  ],
  extra_columns: [{ column: "Query Name", lists: ["Q1 targets"] }],
  functions: [{ name: "upper", purpose: "In capitals", example: "{upper(Last Name)}" }],
  targets: [
    target("LastName", "Last Name", { required: true }),
    target("Title", "Title", { type_label: "Text(128)" }),
    target("Phone", "Business Phone", { kind: "phone", type_label: "Phone(40)" }),
    target("MobilePhone", "Mobile Phone", { kind: "phone", type_label: "Phone(40)" }),
    target("AssistantPhone", "Assistant Phone", {
      kind: "phone",
      type_label: "Phone(40)",
      closed: "cannot be edited by this user",
    }),
    target("LeadSource", "Lead Source", {
      kind: "picklist",
      type_label: "Picklist",
      picklist: ["Web", "Phone Inquiry", "Partner Referral"].map((value) => ({
        value,
        label: value,
        active: true,
      })),
    }),
    target("Function__c", "Function", {
      kind: "picklist",
      type_label: "Restricted picklist",
      restricted: true,
    }),
    target("Department", "Department"),
  ],
  time_zones: ["America/New_York", "UTC"],
  described_at: "2026-11-23T17:00:00Z",
  lists: [{ list_id: 1, name: "Q1 targets", profiles: 40 }],
});

/** The rows of the mapping that tests start from. */
export const mapping_rows: MappingRow[] = [
  mappingRow({ on_update: "overwrite" }),
  mappingRow({ source: { kind: "fixed", value: "Web" }, target: "LeadSource" }),
  mappingRow({ source: { kind: "field", field: "job_title" }, target: "Title", on_update: "overwrite" }),
  mappingRow({ source: { kind: "field", field: "direct_phone" }, target: "Phone" }),
  mappingRow({ source: { kind: "field", field: "company_phone" }, target: "Phone" }),
  mappingRow({ source: { kind: "field", field: "job_function" }, target: "Function__c" }),
];

export const savedMapping = (change: Partial<SavedMapping> = {}): SavedMapping => ({
  object: "contact",
  version: 12,
  saved_at: "2026-11-23T17:00:00Z",
  saved_by: "Priya Nair",
  note: "",
  rows: mapping_rows,
  native_app: "1.24",
  drift: [],
  last_test: null,
  may_edit: true,
  may_edit_sentence: "",
  ...change,
});

const sample_values: Record<string, string> = {
  last_name: "Yoder",
  job_title: "HR Business Partner",
  management_level: "Director",
  job_function: "Human Resources",
  company_phone: "(219) 606-2399",
  email: "monica.yoder@example.com",
};

const valueOf = (row: MappingRow): string => {
  switch (row.source.kind) {
    case "field":
      return sample_values[row.source.field] ?? "";
    case "extra":
      return "";
    case "fixed":
      return row.source.value;
    case "template":
      return row.source.text.replaceAll(/[{}]/g, "");
  }
};

const rowView = (row: MappingRow, index: number, rows: MappingRow[]): MappingRowView => {
  const fields = mappingFields();
  const { source: from } = row;
  const field = fields.groups
    .flatMap((group) => group.fields)
    .find((one) => from.kind === "field" && one.id === from.field);
  const to = fields.targets.find((one) => one.name === row.target);
  const peers = rows.filter((one) => one.target === row.target && row.target !== "");
  const used = peers.find((one) => valueOf(one) !== "");
  const value = valueOf(row);
  const unknown = row.target === "Function__c" && value !== "";
  const written = value !== "" && to !== undefined && !unknown && (used === row || peers.length < 2);
  return {
    row: index + 1,
    source: from.kind === "field" ? (field?.label ?? "") : value && `“${value}”`,
    source_kind: field?.kind_label ?? "Fixed value",
    sample_value: value,
    target_label: to?.label ?? "",
    target_name: row.target,
    target_kind: to?.kind ?? null,
    target_type: to?.type_label ?? "",
    required: to?.required ?? false,
    on_update: row.on_update,
    hierarchy:
      peers.length > 1 ? { position: peers.indexOf(row) + 1, of: peers.length, in_use: used === row } : null,
    block: row.block,
    result: written ? value : "",
    result_note: written ? "" : unknown ? "No value in the org" : "Blank",
    verdict: to === undefined ? "error" : unknown ? "warning" : "ready",
    verdict_sentence: unknown ? "The org’s picklist has no “Human Resources”." : "",
  };
};

/** What the engine could say of rows: simple, but live, so that tests see their edits. */
export const mappingPreview = (
  query: PreviewQuery,
  change: Partial<MappingPreview> = {},
): MappingPreview => ({
  sample: {
    name: "Monica Yoder",
    company: "Wilson-Collins",
    list_id: 1,
    list_name: "Q1 targets",
    index: query.sample.index,
    total_profiles: 40,
  },
  described: true,
  rows: query.rows.map(rowView),
  locked_rows: [
    {
      ...rowView(mappingRow({ source: { kind: "fixed", value: "2000000014" } }), 0, []),
      row: query.rows.length + 1,
      source: "ZoomInfo Contact ID",
      source_kind: "Native app 1.24",
      target_label: "ZoomInfo Id",
      target_name: "DOZISF__ZoomInfo_Id__c",
      target_type: "Text(50)",
      result: "2000000014",
      verdict: "locked",
      verdict_sentence: "Set by the app.",
    },
  ],
  problems: query.rows.flatMap((row, index): MappingProblem[] => {
    const problem = (part: "source" | "target", sentence: string) => ({
      row: index + 1,
      code: `${part}_blank`,
      part,
      stops_saving: true,
      sentence,
    });
    if (row.source.kind === "field" && row.source.field === "" && row.target === "") {
      const sentence = "This row is empty. Choose a source and a Salesforce field, or delete it.";
      return [{ ...problem("source", sentence), code: "row_blank", part: "whole" as const }];
    }
    return [
      ...(row.source.kind === "field" && row.source.field === ""
        ? [problem("source", "No source. Choose one, or delete this row.")]
        : []),
      ...(row.source.kind === "template" && row.source.text.includes("{Nobody}")
        ? [problem("source", "There is no field “Nobody”.")]
        : []),
      ...(row.target === "" ? [problem("target", "No target field. Choose one, or delete this row.")] : []),
    ];
  }),
  unmapped_required: query.rows.some((row) => row.target === "LastName")
    ? []
    : [{ target: "LastName", label: "Last Name" }],
  changes: JSON.stringify(query.rows) === JSON.stringify(mapping_rows) ? [] : ["the rows"],
  changed_rows: query.rows.flatMap((row, index) =>
    JSON.stringify(row) === JSON.stringify(mapping_rows[index]) ? [] : [index + 1],
  ),
  tested: false,
  ...change,
});

export const listCheck = (change: Partial<ListCheck> = {}): ListCheck => ({
  superseded: false,
  list_name: "Q1 targets",
  profiles: 40,
  refused_profiles: 0,
  rows: [],
  seconds: 0.01,
  ...change,
});

/** Everything that the Mapping tab asks for. */
export const mappingAnswers = {
  "mapping.show": ({ object }: ObjectQuery) => savedMapping({ object }),
  "mapping.fields": mappingFields(),
  "mapping.preview": (query: PreviewQuery) => mappingPreview(query),
  "mapping.check_list": listCheck(),
};
