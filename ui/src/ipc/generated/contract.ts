// Written by `cargo xtask types` from the contract in the engine crate.

/**
 * Which API sends the records.
 */
export type Api = "rest" | "bulk";

/**
 * API calls of the last 24 hours, as Salesforce counts them.
 */
export type ApiUsage = { 
/**
 * Calls used by everybody.
 */
used_calls: number, 
/**
 * Calls allowed.
 */
max_calls: number, };

/**
 * The state of the workspace that every page can see.
 */
export type AppState = { 
/**
 * Version of the app, e.g. `0.1.0`.
 */
version: string, 
/**
 * Folder of this workspace.
 */
workspace: string, 
/**
 * Who is using this window.
 */
operator: Operator, 
/**
 * The connected org; `null` before the first connection and after disconnecting.
 */
org: Org | null, 
/**
 * Whether that connection can be used now.
 */
session: Session, 
/**
 * The master toggle: may anybody export?
 */
exports_on: boolean, 
/**
 * Salesforce's own count of API calls in the last 24 hours; `null` until the org has told it.
 */
usage: ApiUsage | null, 
/**
 * Where tokens are kept on this machine.
 */
token_home: TokenHome, 
/**
 * The same in one sentence.
 */
token_home_sentence: string, 
/**
 * Whether this client can start a demo org.
 */
demo_org_available: boolean, 
/**
 * Number of runs that are sending or waiting.
 */
open_runs: number, };

/**
 * Starts a login.
 */
export type BeginLogin = { 
/**
 * Which login host.
 */
kind: LoginKind, 
/**
 * The host for `my_domain`, e.g. `https://acme.my.salesforce.com`; ignored for the others.
 */
login_url: string | null, 
/**
 * Consumer key of the External Client App; ignored for the demo org.
 */
client_id: string | null, 
/**
 * Consumer secret, only when the app asks for one. It is kept with the tokens, never in the database.
 */
client_secret: string | null, };

/**
 * A file that was chosen or dropped, and waits to be checked.
 */
export type ChosenFile = { 
/**
 * Handle for the next calls; paths never leave the core.
 */
file_id: string, 
/**
 * Name without folder.
 */
file_name: string, 
/**
 * Size in bytes.
 */
size_bytes: number, };

/**
 * Every kind of fault.
 */
export type Code = "unknown_call" | "bad_parameters" | "not_found" | "invalid" | "name_taken" | "bad_file" | "file_system" | "cancelled" | "refused" | "wrong_state" | "not_connected" | "signed_out" | "login_failed" | "unreachable" | "limit_reached" | "salesforce" | "workspace" | "newer_workspace" | "workspace_busy" | "not_here" | "internal";

/**
 * What the connect screen tells an admin to set up in Salesforce.
 */
export type ConnectionGuide = { 
/**
 * Callback URLs to paste, one a line.
 */
callback_urls: Array<string>, 
/**
 * OAuth scopes to select: Salesforce's label and the scope's name.
 */
scopes: Array<Scope>, 
/**
 * Steps to create the External Client App, in order.
 */
steps: Array<string>, 
/**
 * The consumer key that was used last, to save typing.
 */
last_client_id: string | null, };

/**
 * API calls of one step.
 */
export type Cost = { 
/**
 * The step.
 */
label: string, 
/**
 * Calls.
 */
api_calls: number, };

/**
 * Made-up credentials of the demo org's administrator.
 */
export type DemoLogin = { 
/**
 * Username.
 */
username: string, 
/**
 * Password.
 */
password: string, };

/**
 * What disconnecting did.
 */
export type Disconnected = { 
/**
 * Whether Salesforce confirmed that the tokens are revoked.
 */
revoked: boolean, 
/**
 * The same in one sentence.
 */
sentence: string, };

/**
 * Announces a file that was dropped on the window; its bytes follow in chunks.
 */
export type DroppedFile = { 
/**
 * Name without folder.
 */
file_name: string, 
/**
 * Size in bytes.
 */
size_bytes: number, };

/**
 * One message of the `watch` channel.
 */
export type Event = { "type": "state", 
/**
 * The new state.
 */
state: AppState, } | { "type": "run", 
/**
 * Its snapshot.
 */
run: RunView, } | { "type": "import", 
/**
 * How far it is.
 */
progress: ImportProgress, } | { "type": "planning", 
/**
 * How far it is.
 */
progress: PlanningProgress, } | { "type": "lists", };

/**
 * What is to be exported as what.
 */
export type ExportChoice = { 
/**
 * The target.
 */
object: Target, 
/**
 * The list.
 */
list_id: number, 
/**
 * Which of its profiles.
 */
selection: Selection, 
/**
 * At most so many of them, in the list's order; `null` for all.
 */
limit_records: number | null, };

/**
 * What may be exported, and how much at one time.
 */
export type ExportSettings = { 
/**
 * One line for each target.
 */
objects: Array<ObjectSettings>, 
/**
 * What to think about, one sentence each.
 */
warnings: Array<string>, };

/**
 * Turns all exports on or off.
 */
export type ExportsOn = { 
/**
 * The new state.
 */
on: boolean, };

/**
 * What a client is told when a call could not be answered.
 */
export type Fault = { 
/**
 * Closed code; the UI's table of tones and buttons goes by it, and the CLI's exit code.
 */
code: Code, 
/**
 * What happened, why, and what to do.
 */
sentence: string, 
/**
 * Salesforce's or the system's own words, where they help.
 */
detail: string | null, 
/**
 * Field at fault, by the name of the parameter; `null` when it is not one field.
 */
field: string | null, };

/**
 * Names a chosen file.
 */
export type FileHandle = { 
/**
 * From `ChosenFile`.
 */
file_id: string, };

/**
 * One rule and what it will do.
 */
export type Forecast = { 
/**
 * Will it run?
 */
state: ForecastState, 
/**
 * The rule.
 */
title: string, 
/**
 * Why, in one sentence.
 */
sentence: string, };

/**
 * Whether a rule will run.
 */
export type ForecastState = "runs" | "will_not_run" | "may_refuse";

/**
 * Place in a hierarchy.
 */
export type Hierarchy = { 
/**
 * From 1.
 */
position: number, 
/**
 * How many rows share the target.
 */
of: number, 
/**
 * Whether this row gives the sample's value.
 */
in_use: boolean, };

/**
 * What a file would bring: the whole file was read, nothing was written.
 */
export type ImportCheck = { 
/**
 * The file.
 */
file: ChosenFile, 
/**
 * Contacts or companies.
 */
kind: ListKind, 
/**
 * Header generation, in words.
 */
header: string, 
/**
 * Encoding, in words.
 */
encoding: string, 
/**
 * Delimiter, in words.
 */
delimiter: string, 
/**
 * Number of columns.
 */
columns: number, 
/**
 * Columns that are not ZoomInfo's.
 */
extra_columns: Array<string>, 
/**
 * A free name made from the file's name.
 */
suggested_name: string, 
/**
 * Data rows in the file.
 */
read_rows: number, 
/**
 * Rows that would become profiles.
 */
importable_rows: number, 
/**
 * Of these, rows without a ZoomInfo id.
 */
without_id_rows: number, 
/**
 * Rows that would be refused; those that repeat a profile are among them.
 */
refused_rows: number, 
/**
 * Rows that repeat an earlier profile of the file.
 */
repeated_rows: number, 
/**
 * The first refusals, by line.
 */
refusals: Array<RefusedRow>, 
/**
 * How long reading took, in seconds.
 */
seconds: number, };

/**
 * Imports a checked file.
 */
export type ImportFile = { 
/**
 * From `ChosenFile`.
 */
file_id: string, 
/**
 * Name of the new list.
 */
name: string, };

/**
 * How far an import is.
 */
export type ImportProgress = { 
/**
 * The file.
 */
file_id: string, 
/**
 * `check` reads only, `import` writes too.
 */
step: ImportStep, 
/**
 * Bytes read.
 */
read_bytes: number, 
/**
 * Size of the file.
 */
total_bytes: number, 
/**
 * Rows read.
 */
read_rows: number, };

/**
 * Steps of an import.
 */
export type ImportStep = "check" | "import";

/**
 * What an import did.
 */
export type Imported = { 
/**
 * The new list.
 */
list: ListSummary, 
/**
 * Data rows in the file.
 */
read_rows: number, 
/**
 * Rows that became profiles.
 */
imported_rows: number, 
/**
 * Rows that were refused.
 */
refused_rows: number, 
/**
 * The first refusals, by line.
 */
refusals: Array<RefusedRow>, };

/**
 * One record of a run.
 */
export type LedgerLine = { 
/**
 * Number within the run, from 1.
 */
line: number, 
/**
 * The profile.
 */
profile_id: number, 
/**
 * ZoomInfo id of the profile.
 */
zoominfo_id: string | null, 
/**
 * Person's or company's name.
 */
name: string, 
/**
 * Company name of a contact; website of a company.
 */
company: string, 
/**
 * What became of it.
 */
outcome: Outcome, 
/**
 * Rule that decided, in words.
 */
rule: string, 
/**
 * What was shortened or left out, one sentence each.
 */
notes: Array<string>, 
/**
 * 18-character id of the record.
 */
salesforce_id: string | null, 
/**
 * Code of the error.
 */
error_code: string | null, 
/**
 * The error in words.
 */
error: string | null, 
/**
 * How often it was sent.
 */
attempts: number, 
/**
 * When it was settled (RFC 3339, UTC).
 */
settled_at: string | null, };

/**
 * A window of a ledger.
 */
export type LedgerPage = { 
/**
 * Lines that fit outcome and search.
 */
matching_lines: number, 
/**
 * All lines.
 */
total_lines: number, 
/**
 * First row of this window.
 */
offset: number, 
/**
 * The rows.
 */
lines: Array<LedgerLine>, };

/**
 * A window of a ledger.
 */
export type LedgerQuery = { 
/**
 * The run.
 */
run: number, 
/**
 * Only this outcome; `null` for all.
 */
outcome: Outcome | null, 
/**
 * Part of a name, company, id or error; empty shows all.
 */
search: string, 
/**
 * First row, from 0.
 */
offset: number, 
/**
 * Rows at most, 500 at the most.
 */
limit: number, };

/**
 * Names a line of a run.
 */
export type LineHandle = { 
/**
 * The run.
 */
run: number, 
/**
 * The line.
 */
line: number, };

/**
 * Names a list.
 */
export type ListHandle = { 
/**
 * Id of the list.
 */
list_id: number, };

/**
 * Contacts or companies.
 */
export type ListKind = "contacts" | "companies";

/**
 * Which lists to show.
 */
export type ListQuery = { 
/**
 * Part of a name; empty shows all.
 */
search: string, };

/**
 * One list.
 */
export type ListSummary = { 
/**
 * Id within the workspace.
 */
list_id: number, 
/**
 * Name, unique among lists.
 */
name: string, 
/**
 * Contacts or companies.
 */
kind: ListKind, 
/**
 * Number of profiles.
 */
profiles: number, 
/**
 * Rows that were refused at import.
 */
refused_rows: number, 
/**
 * File it came from.
 */
file_name: string, 
/**
 * Header generation, in words.
 */
header: string, 
/**
 * Columns that are not ZoomInfo's, kept for mapping.
 */
extra_columns: Array<string>, 
/**
 * When it was imported (RFC 3339, UTC).
 */
imported_at: string, 
/**
 * Who imported it.
 */
imported_by: string, };

/**
 * Lists, newest first.
 */
export type Lists = { 
/**
 * The lists that fit the search.
 */
lists: Array<ListSummary>, 
/**
 * Number of all lists.
 */
total_lists: number, };

/**
 * A login that waits for the browser.
 */
export type LoginAttempt = { 
/**
 * Page that was opened in the system browser; to copy when no browser came up.
 */
authorize_url: string, 
/**
 * Where Salesforce sends the browser back to.
 */
callback_url: string, 
/**
 * After so many seconds the attempt ends by itself.
 */
time_out_seconds: number, 
/**
 * Whether the system browser could be started.
 */
browser_opened: boolean, 
/**
 * What to type into the demo org's login page; `null` for a real org.
 */
demo_login: DemoLogin | null, };

/**
 * Which kind of login host to use.
 */
export type LoginKind = "production" | "sandbox" | "my_domain" | "demo";

/**
 * Asks for the mapping of one target.
 */
export type MappingQuery = { 
/**
 * The target.
 */
object: Target, 
/**
 * List that sample profiles come from; `null` takes the newest fitting list, else the built-in sample.
 */
list_id: number | null, 
/**
 * Which profile of it, from 0.
 */
sample: number, };

/**
 * One mapping row.
 */
export type MappingRowView = { 
/**
 * Place in the mapping, from 1.
 */
row: number, 
/**
 * Source in words, e.g. `Job Title` or `“ZoomInfo”`.
 */
source: string, 
/**
 * Kind of the source in words, e.g. `Contact field`, `Fixed value`.
 */
source_kind: string, 
/**
 * The sample profile's value; empty when blank.
 */
sample_value: string, 
/**
 * Label of the target field.
 */
target_label: string, 
/**
 * API name of the target field.
 */
target_name: string, 
/**
 * Salesforce field type, e.g. `string`, `phone`; `null` when not described.
 */
target_kind: string | null, 
/**
 * Type in words, e.g. `Text(80)`.
 */
target_type: string, 
/**
 * Whether Salesforce requires a value.
 */
required: boolean, 
/**
 * On update: `fill_if_blank`, `overwrite`, `never`.
 */
on_update: OnUpdate, 
/**
 * Place among the rows with the same target; `null` when it is the only one.
 */
hierarchy: Hierarchy | null, 
/**
 * Address block that this row belongs to.
 */
block: string | null, 
/**
 * What would be written for the sample; empty when nothing.
 */
result: string, 
/**
 * Why, in a few words.
 */
result_note: string, 
/**
 * Verdict.
 */
verdict: Verdict, 
/**
 * Why, in one sentence; empty when ready.
 */
verdict_sentence: string, };

/**
 * A mapping, shown for a sample profile.
 */
export type MappingView = { 
/**
 * The target.
 */
object: Target, 
/**
 * Version number of the mapping, from 1.
 */
version: number, 
/**
 * When that version was made (RFC 3339, UTC).
 */
saved_at: string, 
/**
 * Whether Salesforce's field list was at hand; without it types and limits are unknown.
 */
described: boolean, 
/**
 * The sample profile.
 */
sample: SampleProfile | null, 
/**
 * The rows in order.
 */
rows: Array<MappingRowView>, 
/**
 * What would stop an export, one sentence each.
 */
problems: Array<string>, };

/**
 * Pages that mend a refusal.
 */
export type MendPage = "general" | "export" | "mapping" | "lists";

/**
 * Parameters of a call that takes none.
 */
export type Nothing = Record<symbol, never>;

/**
 * Settings of one target.
 */
export type ObjectSettings = { 
/**
 * The target.
 */
object: Target, 
/**
 * May it be exported?
 */
allowed: boolean, 
/**
 * Records at most at one time, 1 to 100,000.
 */
limit_records: number, };

/**
 * What happens to a value that the record already has.
 */
export type OnUpdate = "fill_if_blank" | "overwrite" | "never";

/**
 * The person who is using this window.
 */
export type Operator = { 
/**
 * Name as shown, e.g. in the ledger.
 */
name: string, 
/**
 * Their e-mail address, once known.
 */
email: string | null, 
/**
 * What they may do.
 */
role: Role, 
/**
 * The role in words: "Primary admin", "Admin", "User".
 */
role_label: string, };

/**
 * A connected Salesforce org.
 */
export type Org = { 
/**
 * 18-character organisation id.
 */
org_id: string, 
/**
 * Organisation name.
 */
name: string, 
/**
 * Production, sandbox or demo.
 */
kind: OrgKind, 
/**
 * Where its data lives, e.g. `https://acme.my.salesforce.com`.
 */
instance_url: string, 
/**
 * Where its people sign in.
 */
login_url: string, 
/**
 * Edition in Salesforce's words, e.g. `Developer Edition`.
 */
edition: string, 
/**
 * API version in use, e.g. `68.0`.
 */
api_version: string, 
/**
 * Username of the connected Salesforce user.
 */
username: string, 
/**
 * Name of the connected Salesforce user.
 */
user_name: string, 
/**
 * E-mail address of the connected Salesforce user.
 */
user_email: string, 
/**
 * When the connection was made (RFC 3339, UTC).
 */
connected_at: string, 
/**
 * Name of the admin who made it.
 */
connected_by: string, };

/**
 * What stands behind the org, and so how careful one has to be.
 */
export type OrgKind = "production" | "sandbox" | "demo";

/**
 * Outcome of one record.
 */
export type Outcome = "planned" | "sent" | "created" | "updated" | "skipped" | "refused" | "failed" | "uncertain";

/**
 * Speed of a run that is sending.
 */
export type Pace = { 
/**
 * Records settled a minute, since sending began.
 */
records_per_minute: number, 
/**
 * Seconds left at that pace; `null` while it cannot be told.
 */
seconds_left: number | null, };

/**
 * What a run will do, before it does it.
 */
export type Plan = { 
/**
 * Records to create.
 */
create_records: number, 
/**
 * Records to update.
 */
update_records: number, 
/**
 * Records left out on purpose.
 */
skip_records: number, 
/**
 * Records refused by our rules.
 */
refuse_records: number, 
/**
 * Records that go on without some field, or with a shortened value.
 */
noted_records: number, 
/**
 * Rules that will fire and will not.
 */
forecasts: Array<Forecast>, 
/**
 * What sending costs.
 */
costs: Array<Cost>, 
/**
 * Sum of the costs.
 */
estimated_api_calls: number, 
/**
 * Faults that leave a field out or shorten it, most frequent first.
 */
faults: Array<Reason>, };

/**
 * How far a plan is.
 */
export type PlanningProgress = { 
/**
 * The run that is being planned.
 */
run: number, 
/**
 * Profiles mapped.
 */
mapped_records: number, 
/**
 * Profiles chosen.
 */
total_records: number, };

/**
 * Whether an export may be planned.
 */
export type Preflight = { 
/**
 * Profiles that the choice holds.
 */
chosen_records: number, 
/**
 * Everything that stands against it; empty when nothing does.
 */
refusals: Array<PreflightRefusal>, 
/**
 * What to think about, one sentence each.
 */
warnings: Array<string>, };

/**
 * One reason why an export may not be planned.
 */
export type PreflightRefusal = { 
/**
 * Closed code, e.g. `exports_off`.
 */
code: string, 
/**
 * What, why and what to do.
 */
sentence: string, 
/**
 * Page where it is mended; `null` when there is none.
 */
mend: MendPage | null, };

/**
 * A window of profiles.
 */
export type ProfilePage = { 
/**
 * The list.
 */
list: ListSummary, 
/**
 * Profiles that fit the search.
 */
matching_profiles: number, 
/**
 * First row of this window.
 */
offset: number, 
/**
 * The rows.
 */
profiles: Array<ProfileRow>, };

/**
 * A window of a list's profiles.
 */
export type ProfileQuery = { 
/**
 * The list.
 */
list_id: number, 
/**
 * Part of a name, company, title, e-mail or id; empty shows all.
 */
search: string, 
/**
 * First row, from 0.
 */
offset: number, 
/**
 * Rows at most, 500 at the most.
 */
limit: number, };

/**
 * One profile as a row.
 */
export type ProfileRow = { 
/**
 * Id within the workspace.
 */
profile_id: number, 
/**
 * Line of the file it came from.
 */
line: number, 
/**
 * ZoomInfo contact or company id.
 */
zoominfo_id: string | null, 
/**
 * Person's name, or company name.
 */
name: string, 
/**
 * Company name of a contact, website of a company.
 */
company: string, 
/**
 * Job title of a contact, primary industry of a company.
 */
title: string, 
/**
 * E-mail address of a contact; empty for a company.
 */
email: string, 
/**
 * Best phone number.
 */
phone: string, 
/**
 * City, state, country.
 */
place: string, };

/**
 * A reason shared by several records.
 */
export type Reason = { 
/**
 * Outcome that it led to.
 */
outcome: Outcome, 
/**
 * Code: Salesforce's, or our rule's.
 */
code: string, 
/**
 * In words.
 */
sentence: string, 
/**
 * How many records.
 */
records: number, };

/**
 * A row of a file that was not imported.
 */
export type RefusedRow = { 
/**
 * First physical line, counted from 1 with the header.
 */
line: number, 
/**
 * Last physical line.
 */
last_line: number, 
/**
 * Column at fault; `null` for the whole row.
 */
column: string | null, 
/**
 * What stands there, shortened.
 */
value: string, 
/**
 * Why it is refused.
 */
why: string, 
/**
 * How to mend it.
 */
fix: string, };

/**
 * Gives a list another name.
 */
export type RenameList = { 
/**
 * Id of the list.
 */
list_id: number, 
/**
 * New name.
 */
name: string, };

/**
 * Roles of product.md section 2.
 */
export type Role = "admin" | "user";

/**
 * Names a run.
 */
export type RunHandle = { 
/**
 * Id of the run.
 */
run: number, };

/**
 * What can be done with a run now.
 */
export type RunMay = { 
/**
 * `export.send` is possible.
 */
send: boolean, 
/**
 * `runs.cancel` is possible.
 */
cancel: boolean, 
/**
 * `runs.resume` is possible.
 */
resume: boolean, };

/**
 * A window of runs, newest first.
 */
export type RunPage = { 
/**
 * Runs that fit the search.
 */
matching_runs: number, 
/**
 * All runs.
 */
total_runs: number, 
/**
 * First row of this window.
 */
offset: number, 
/**
 * The rows.
 */
runs: Array<RunSummary>, };

/**
 * A window of the runs.
 */
export type RunQuery = { 
/**
 * Part of a list's name; empty shows all.
 */
search: string, 
/**
 * First row, from 0.
 */
offset: number, 
/**
 * Rows at most, 500 at the most.
 */
limit: number, };

/**
 * Where a run is.
 */
export type RunState = "planning" | "planned" | "sending" | "waiting" | "cancelling" | "done" | "cancelled" | "failed";

/**
 * One run as a row.
 */
export type RunSummary = { 
/**
 * Id, counted from 1.
 */
run: number, 
/**
 * Kind of run: `export`.
 */
kind: string, 
/**
 * The target.
 */
object: Target, 
/**
 * List it was made from.
 */
list_name: string, 
/**
 * Where it is.
 */
state: RunState, 
/**
 * The state in one sentence: what it waits for, why it failed.
 */
state_sentence: string, 
/**
 * REST or Bulk.
 */
api: Api, 
/**
 * Org it writes to.
 */
org_name: string, 
/**
 * Kind of that org.
 */
org_kind: OrgKind, 
/**
 * Who made it.
 */
started_by: string, 
/**
 * When it was planned (RFC 3339, UTC).
 */
planned_at: string, 
/**
 * When sending began; `null` before.
 */
started_at: string | null, 
/**
 * When the last record was settled; `null` before.
 */
finished_at: string | null, 
/**
 * Records in the run.
 */
total_records: number, 
/**
 * Outcomes so far.
 */
tally: Tally, 
/**
 * API calls used so far.
 */
api_calls: number, 
/**
 * API calls that the plan expected for sending.
 */
estimated_api_calls: number, };

/**
 * Everything about one run but its records.
 */
export type RunView = { 
/**
 * The run.
 */
summary: RunSummary, 
/**
 * The plan.
 */
plan: Plan, 
/**
 * Version of the mapping it was planned with.
 */
mapping_version: number, 
/**
 * Ids of the Bulk jobs, in order of creation.
 */
job_ids: Array<string>, 
/**
 * Reasons of refused and failed records, most frequent first.
 */
reasons: Array<Reason>, 
/**
 * How fast it goes; `null` when it is not sending.
 */
pace: Pace | null, 
/**
 * Whether it can be sent, cancelled, resumed now.
 */
may: RunMay, };

/**
 * The sample profile and its place in its list.
 */
export type SampleProfile = { 
/**
 * Person's or company's name.
 */
name: string, 
/**
 * Company name of a contact, website of a company.
 */
company: string, 
/**
 * Name of the list, or "Built-in sample".
 */
list_name: string, 
/**
 * Which one, from 0.
 */
index: number, 
/**
 * How many there are.
 */
total_profiles: number, };

/**
 * Saves the Export tab.
 */
export type SaveExportSettings = { 
/**
 * One line for each target.
 */
objects: Array<ObjectSettings>, };

/**
 * A file that was written where the operator chose.
 */
export type SavedFile = { 
/**
 * Name without folder.
 */
file_name: string, 
/**
 * Rows written, without the header.
 */
rows: number, };

/**
 * One OAuth scope.
 */
export type Scope = { 
/**
 * Name, e.g. `api`.
 */
name: string, 
/**
 * Salesforce's label for it.
 */
label: string, };

/**
 * Which profiles of a list.
 */
export type Selection = { "kind": "all", } | { "kind": "matching", 
/**
 * The search.
 */
search: string, 
/**
 * Profiles that were taken out again.
 */
except_profile_ids: Array<number>, } | { "kind": "picked", 
/**
 * Their ids.
 */
profile_ids: Array<number>, };

/**
 * Whether the connection can be used.
 */
export type Session = "disconnected" | "connected" | "signed_out";

/**
 * How many records had which outcome.
 */
export type Tally = { 
/**
 * Created in Salesforce.
 */
created_records: number, 
/**
 * Updated in Salesforce.
 */
updated_records: number, 
/**
 * Left out on purpose.
 */
skipped_records: number, 
/**
 * Refused before sending, by our rules.
 */
refused_records: number, 
/**
 * Refused by Salesforce.
 */
failed_records: number, 
/**
 * Sent, with the answer lost, and not yet settled.
 */
uncertain_records: number, 
/**
 * Still to be sent or answered.
 */
waiting_records: number, };

/**
 * A Salesforce object that profiles become.
 */
export type Target = "account" | "contact" | "lead";

/**
 * Where tokens are kept.
 */
export type TokenHome = "keychain" | "session";

/**
 * Verdict on one row.
 */
export type Verdict = "ready" | "warning" | "error" | "unknown";

/** Every call: its parameters and its result. */
export type Contract = {
  /** The state of the workspace. */
  "app.state": { params: Nothing; result: AppState };
  /** What an admin sets up in Salesforce before connecting. */
  "connection.guide": { params: Nothing; result: ConnectionGuide };
  /** Opens Salesforce's login page in the system browser. */
  "connection.begin": { params: BeginLogin; result: LoginAttempt };
  /** Waits for the browser to come back, then reads the org. */
  "connection.finish": { params: Nothing; result: AppState };
  /** Ends a login that waits for the browser. */
  "connection.cancel": { params: Nothing; result: Nothing };
  /** Asks the org again who it is and how many API calls are left. */
  "connection.check": { params: Nothing; result: AppState };
  /** Revokes and forgets the tokens; settings stay. */
  "connection.disconnect": { params: Nothing; result: Disconnected };
  /** Opens the org in the system browser. */
  "connection.open_org": { params: Nothing; result: Nothing };
  /** The master toggle. */
  "settings.exports_on": { params: ExportsOn; result: AppState };
  /** What may be exported, and how much at one time. */
  "settings.export": { params: Nothing; result: ExportSettings };
  /** Saves the Export tab. */
  "settings.save_export": { params: SaveExportSettings; result: ExportSettings };
  /** The lists. */
  "lists.list": { params: ListQuery; result: Lists };
  /** Opens the system's file dialog; `null` when it was closed without a choice. */
  "lists.choose_file": { params: Nothing; result: ChosenFile | null };
  /** Announces a dropped file; its bytes follow by `drop_chunk`. */
  "lists.drop_file": { params: DroppedFile; result: ChosenFile };
  /** Reads a whole file and says what it would bring; writes nothing. */
  "lists.check_file": { params: FileHandle; result: ImportCheck };
  /** Imports a file as a new list. */
  "lists.import_file": { params: ImportFile; result: Imported };
  /** Stops the reading or importing of a file. */
  "lists.cancel_file": { params: FileHandle; result: Nothing };
  /** Saves every refused row of a file as CSV where the operator chooses. */
  "lists.save_refusals": { params: FileHandle; result: SavedFile | null };
  /** Imports the made-up lists that ship with the app. */
  "lists.import_samples": { params: Nothing; result: Lists };
  /** A window of a list's profiles. */
  "lists.profiles": { params: ProfileQuery; result: ProfilePage };
  /** Gives a list another name. */
  "lists.rename": { params: RenameList; result: ListSummary };
  /** Deletes a list; `lists.restore` takes it back until the app ends. */
  "lists.delete": { params: ListHandle; result: Nothing };
  /** Takes back the deletion of a list. */
  "lists.restore": { params: ListHandle; result: ListSummary };
  /** The mapping of one target, shown for a sample profile. */
  "mapping.show": { params: MappingQuery; result: MappingView };
  /** Whether an export may be planned. */
  "export.preflight": { params: ExportChoice; result: Preflight };
  /** Makes a plan; nothing is written to Salesforce. */
  "export.plan": { params: ExportChoice; result: RunView };
  /** Starts sending a planned run. */
  "export.send": { params: RunHandle; result: RunView };
  /** The runs, newest first. */
  "runs.list": { params: RunQuery; result: RunPage };
  /** One run. */
  "runs.show": { params: RunHandle; result: RunView };
  /** Stops a run; what was sent stays in the ledger. */
  "runs.cancel": { params: RunHandle; result: RunView };
  /** Goes on with a run that waits or was interrupted. */
  "runs.resume": { params: RunHandle; result: RunView };
  /** A window of a run's ledger. */
  "runs.ledger": { params: LedgerQuery; result: LedgerPage };
  /** Saves the ledger as CSV where the operator chooses. */
  "runs.save_ledger": { params: RunHandle; result: SavedFile | null };
  /** Opens a line's record in the system browser. */
  "runs.open_record": { params: LineHandle; result: Nothing };
};
