// Written by `cargo xtask types` from the contract in the engine crate.

/**
 * An account that a company may be.
 */
export type AccountCandidate = { 
/**
 * 18-character id.
 */
account_id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its website; empty when it has none.
 */
website: string, 
/**
 * City, state, country.
 */
place: string, 
/**
 * Phone; empty when it has none.
 */
phone: string, 
/**
 * Name of its owner.
 */
owner: string, 
/**
 * When it was last changed (RFC 3339, UTC).
 */
modified_at: string, 
/**
 * How sure it is.
 */
grade: Grade, 
/**
 * What agrees, in words.
 */
criterion: string, };

/**
 * Who connects to Salesforce.
 */
export type Accounts = "service" | "user";

/**
 * Everything that somebody may be allowed to do.
 */
export type Act = "look" | "switch_operator" | "build_lists" | "export" | "see_all_runs" | "export_for_others" | "connect_own_user" | "change_mapping" | "change_export_settings" | "change_filtering" | "turn_exports" | "map_users" | "manage_people" | "choose_accounts" | "connect" | "change_user" | "disconnect" | "choose_token_home" | "run_doctor" | "read_audit" | "delete_stored_data" | "make_support_bundle" | "switch_workspace";

/**
 * What the plan does with one record.
 */
export type Action = "create" | "update" | "ask" | "skip" | "refuse" | "delete" | "restore";

/**
 * Adds a person.
 */
export type AddPerson = { 
/**
 * Full name.
 */
name: string, 
/**
 * E-mail address.
 */
email: string, 
/**
 * Role.
 */
role: Role, };

/**
 * Answers everything that waits, as a terminal does.
 */
export type AnswerAll = { 
/**
 * The run.
 */
run: number, 
/**
 * How.
 */
on_ask: OnAsk, };

/**
 * Answers questions about accounts.
 */
export type AnswerCompanies = { 
/**
 * The run.
 */
run: number, 
/**
 * Their numbers.
 */
companies: Array<number>, 
/**
 * The answer; `null` takes it back.
 */
answer: CompanyAnswer | null, };

/**
 * Answers questions about duplicates.
 */
export type AnswerLines = { 
/**
 * The run.
 */
run: number, 
/**
 * The line.
 */
line: number, 
/**
 * Whether waiting questions that are alike get the same answer.
 */
alike: boolean, 
/**
 * The answer; `null` takes it back.
 */
answer: LineAnswer | null, };

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
 * Its name, as the operator gave it.
 */
workspace_name: string, 
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
 * What the operator may do, and why not what not: one line an act.
 */
rights: Array<Right>, 
/**
 * The admin who made the connection; `null` when there is none.
 */
primary_admin: PrimaryAdmin | null, 
/**
 * Who connects to Salesforce.
 */
accounts: Accounts, 
/**
 * The operator's own Salesforce user in user-account mode; `null` before connecting, and in service-account mode.
 */
own_connection: OwnConnection | null, 
/**
 * The master toggle: may anybody export?
 */
exports_on: boolean, 
/**
 * Who set the master toggle last; `null` until somebody did.
 */
exports_changed: Changed | null, 
/**
 * Checks that failed in the doctor's last report; 0 when there is none.
 */
failed_checks: number, 
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
 * What keeps tokens from being read now, with the mend; `null` when nothing does.
 */
token_trouble: TokenTrouble | null, 
/**
 * Whether this client can start a demo org.
 */
demo_org_available: boolean, 
/**
 * Number of runs that are sending or waiting.
 */
open_runs: number, };

/**
 * An assignment rule of the org.
 */
export type AssignmentRule = { 
/**
 * `01Q…`
 */
rule_id: string, 
/**
 * Its name.
 */
name: string, };

/**
 * The org's assignment rules for leads.
 */
export type AssignmentRules = { 
/**
 * The rules, by name.
 */
rules: Array<AssignmentRule>, 
/**
 * Id of the active one; `null` when none is active.
 */
active_rule_id: string | null, };

/**
 * Areas of the log.
 */
export type AuditArea = "connection" | "people" | "settings" | "mapping" | "user_mapping" | "runs" | "lists" | "stored_data";

/**
 * One thing that somebody did.
 */
export type AuditEntry = { 
/**
 * Its number.
 */
entry: number, 
/**
 * When (RFC 3339, UTC).
 */
at: string, 
/**
 * Who.
 */
person: string, 
/**
 * What they were then, in words.
 */
standing: string, 
/**
 * Of which area.
 */
area: AuditArea, 
/**
 * Closed name of the act, e.g. `exports_turned_on`.
 */
action: string, 
/**
 * The act in one sentence.
 */
sentence: string, 
/**
 * What was before; `null` when nothing was.
 */
before: string | null, 
/**
 * What is after; `null` when nothing is.
 */
after: string | null, 
/**
 * The run that it is about.
 */
run: number | null, 
/**
 * The org that was connected then.
 */
org_name: string | null, };

/**
 * A window of the log.
 */
export type AuditPage = { 
/**
 * The entries.
 */
entries: Array<AuditEntry>, 
/**
 * First entry of the window.
 */
offset: number, 
/**
 * How many fit the query.
 */
matching_entries: number, 
/**
 * How many there are.
 */
total_entries: number, };

/**
 * Asks for a window of the log, newest first.
 */
export type AuditQuery = { 
/**
 * Words that an entry must have; empty for all.
 */
search: string, 
/**
 * Of this area only.
 */
area: AuditArea | null, 
/**
 * Not earlier than this (RFC 3339).
 */
since: string | null, 
/**
 * First entry of the window.
 */
offset: number, 
/**
 * Entries of the window, at most 1,000.
 */
limit: number, };

/**
 * Starts a login.
 */
export type BeginLogin = { 
/**
 * What for.
 */
purpose: LoginPurpose, 
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
 * API calls that the admin allows the app on one day of UTC.
 */
export type Budget = { 
/**
 * Calls a day.
 */
daily_calls: number, 
/**
 * Calls that the app made today.
 */
used_calls: number, };

/**
 * A campaign.
 */
export type Campaign = { 
/**
 * `701…`
 */
campaign_id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Labels of its member statuses, the default first.
 */
statuses: Array<string>, };

/**
 * The campaign and the status that new members get.
 */
export type CampaignChoice = { 
/**
 * `701…`
 */
campaign_id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Label of the member status.
 */
status: string, };

/**
 * Looks for campaigns.
 */
export type CampaignQuery = { 
/**
 * Part of a name; empty shows those that were changed last.
 */
search: string, };

/**
 * Campaigns of the org, 50 at the most.
 */
export type Campaigns = { 
/**
 * Active ones, by name.
 */
campaigns: Array<Campaign>, 
/**
 * Whether there are more than shown.
 */
has_more: boolean, };

/**
 * A record of the org that a profile may be.
 */
export type Candidate = { 
/**
 * Number, from 1.
 */
number: number, 
/**
 * Object of the record.
 */
object: Target, 
/**
 * 18-character id; empty of an earlier line of the run.
 */
salesforce_id: string, 
/**
 * The earlier line of the run that it is; `null` of a record of the org.
 */
other_line: number | null, 
/**
 * How sure it is.
 */
grade: Grade, 
/**
 * What agrees, in words: "Name and company".
 */
criterion: string, 
/**
 * Whether it can be updated by this run: it is a record of the run's object.
 */
may_be_updated: boolean, 
/**
 * Name of its owner.
 */
owner: string, 
/**
 * When it was last changed (RFC 3339, UTC).
 */
modified_at: string, 
/**
 * Its values, in the order of the profile's.
 */
values: Array<CandidateValue>, };

/**
 * A candidate's value beside the profile's.
 */
export type CandidateValue = { 
/**
 * The value; `null` when blank.
 */
value: string | null, 
/**
 * Whether it says the same as the profile.
 */
agrees: boolean, };

/**
 * One setting of a row, before and after.
 */
export type ChangeDetail = { 
/**
 * The setting in words, e.g. `On update`.
 */
what: string, 
/**
 * Before, in words.
 */
before: string, 
/**
 * After, in words.
 */
after: string, };

/**
 * Kinds of change.
 */
export type ChangeKind = "added" | "removed" | "changed" | "moved";

/**
 * Changes a person.
 */
export type ChangePerson = { 
/**
 * Id.
 */
person: number, 
/**
 * Full name.
 */
name: string, 
/**
 * E-mail address.
 */
email: string | null, 
/**
 * Role.
 */
role: Role, };

/**
 * Who changed something last, and when.
 */
export type Changed = { 
/**
 * When (RFC 3339, UTC).
 */
at: string, 
/**
 * Name of the person.
 */
by: string, };

/**
 * Names a check.
 */
export type CheckHandle = { 
/**
 * Its name.
 */
check: string, };

/**
 * Where duplicates are looked for.
 */
export type CheckPlace = "selection" | "org" | "mirror" | "org_rules";

/**
 * How a check ended.
 */
export type CheckState = "passed" | "failed" | "unknown";

/**
 * Chooses who connects to Salesforce.
 */
export type ChooseAccounts = { 
/**
 * The choice.
 */
accounts: Accounts, };

/**
 * Chooses where tokens are kept on this machine.
 */
export type ChooseTokenHome = { 
/**
 * The place.
 */
home: TokenHome, 
/**
 * Passphrase of the encrypted file; `null` for the other places.
 */
passphrase: string | null, 
/**
 * Goes on although what is kept now cannot be read: those connections ask for a new login.
 */
leaves_behind: boolean, };

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
export type Code = "unknown_call" | "bad_parameters" | "not_found" | "invalid" | "name_taken" | "bad_file" | "file_system" | "cancelled" | "refused" | "not_allowed" | "wrong_state" | "not_connected" | "signed_out" | "tokens_closed" | "login_failed" | "unreachable" | "limit_reached" | "permission_missing" | "salesforce" | "workspace" | "newer_workspace" | "workspace_busy" | "not_here" | "internal";

/**
 * What is done about the account of a company's contacts.
 */
export type CompanyAnswer = { "kind": "create", } | { "kind": "associate", 
/**
 * 18-character id.
 */
account_id: string, } | { "kind": "without_account", } | { "kind": "skip", };

/**
 * A window of questions about accounts.
 */
export type CompanyPage = { 
/**
 * Questions that fit.
 */
matching_companies: number, 
/**
 * All companies of the run that were asked.
 */
total_companies: number, 
/**
 * Those that wait for an answer.
 */
waiting_companies: number, 
/**
 * First question of this window.
 */
offset: number, 
/**
 * The questions.
 */
companies: Array<CompanyQuestion>, };

/**
 * A window of the questions about accounts.
 */
export type CompanyQuery = { 
/**
 * The run.
 */
run: number, 
/**
 * Only those that wait for an answer.
 */
waiting_only: boolean, 
/**
 * Only companies with so many matching accounts; `null` for all.
 */
accounts: MatchingAccounts | null, 
/**
 * First question, from 0.
 */
offset: number, 
/**
 * Questions at most, 500 at the most.
 */
limit: number, };

/**
 * Which account do the contacts of this company get?
 */
export type CompanyQuestion = { 
/**
 * Number within the run.
 */
company: number, 
/**
 * Its name.
 */
name: string, 
/**
 * Its website.
 */
website: string, 
/**
 * Contacts of the run that belong to it.
 */
contacts: number, 
/**
 * How many accounts match.
 */
accounts: MatchingAccounts, 
/**
 * The accounts, best first.
 */
candidates: Array<AccountCandidate>, 
/**
 * Why the account cannot be created, in one sentence; `null` when it can.
 */
cannot_create: string | null, 
/**
 * The answer so far.
 */
answer: CompanyAnswer | null, };

/**
 * Asks for the difference between two versions, or between a version and rows that are not saved.
 */
export type CompareVersions = { 
/**
 * The object.
 */
object: Target, 
/**
 * The earlier version.
 */
from: number, 
/**
 * The later version; `null` compares with `rows`.
 */
to: number | null, 
/**
 * Rows that are not saved; empty when `to` is given.
 */
rows: Array<MappingRow>, };

/**
 * How sure a proposal is.
 */
export type Confidence = "sure" | "likely" | "possible";

/**
 * Signs in without a browser, as an integration user, by the JWT bearer flow.
 */
export type ConnectServer = { 
/**
 * What for.
 */
purpose: LoginPurpose, 
/**
 * Where tokens are asked for; `null` is `https://login.salesforce.com`.
 */
login_url: string | null, 
/**
 * Consumer key of the app that has the key's certificate.
 */
client_id: string, 
/**
 * Login name of the user whom the app acts as.
 */
username: string, 
/**
 * RSA private key in PEM form, without a password. It is kept with the tokens, never in the database.
 */
private_key: string, };

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
 * How dates such as 7/4/2024 are read.
 */
export type DateOrder = "month_first" | "day_first";

/**
 * Deletes one kind.
 */
export type DeleteStored = { 
/**
 * Which.
 */
kind: StoredKind, };

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
 * One field of one record.
 */
export type Difference = { 
/**
 * The line.
 */
line: number, 
/**
 * Person's or company's name.
 */
name: string, 
/**
 * Company of a contact, website of a company.
 */
company: string, 
/**
 * 18-character id of the record; `null` for one that is created.
 */
salesforce_id: string | null, 
/**
 * API name of the field.
 */
target: string, 
/**
 * Label of the field.
 */
label: string, 
/**
 * What happens to it.
 */
kind: DifferenceKind, 
/**
 * What Salesforce has; `null` when blank.
 */
before: string | null, 
/**
 * What it will be; `null` when blank.
 */
after: string | null, };

/**
 * What an update does to a field.
 */
export type DifferenceKind = "fills_blank" | "overwrites" | "clears" | "no_change";

/**
 * A window of differences.
 */
export type DifferencePage = { 
/**
 * Differences that fit.
 */
matching_values: number, 
/**
 * Over the whole run, whatever the filter.
 */
counts: KindCounts, 
/**
 * Fields with their number of values that are written, most first.
 */
fields: Array<FieldCount>, 
/**
 * First row of this window.
 */
offset: number, 
/**
 * The rows, by line.
 */
differences: Array<Difference>, };

/**
 * A window of differences.
 */
export type DifferenceQuery = { 
/**
 * The run.
 */
run: number, 
/**
 * Only this kind; `null` for all.
 */
kind: DifferenceKind | null, 
/**
 * Only this field, by API name; `null` for all.
 */
target: string | null, 
/**
 * First row, from 0.
 */
offset: number, 
/**
 * Rows at most, 500 at the most.
 */
limit: number, };

/**
 * Ends the connection.
 */
export type Disconnect = { 
/**
 * Whether the local copy of the org's records goes too.
 */
wipe_mirror: boolean, };

/**
 * What disconnecting did.
 */
export type Disconnected = { 
/**
 * Whether Salesforce confirmed that all tokens are revoked.
 */
revoked: boolean, 
/**
 * What is so now, in a sentence or two.
 */
sentence: string, 
/**
 * Whose tokens are forgotten here, though Salesforce could not be told, and what to do about it; `null` when it was told.
 */
unrevoked: string | null, };

/**
 * One check.
 */
export type DoctorCheck = { 
/**
 * Closed name, e.g. `api_enabled`, `object_lead`, `field_contact_Level__c`.
 */
name: string, 
/**
 * What is checked, or what is wrong, e.g. "API Enabled".
 */
title: string, 
/**
 * What was found, in one short line, e.g. "Enterprise Edition, 00D…".
 */
found: string, 
/**
 * How it ended.
 */
state: CheckState, 
/**
 * Why it matters, in one sentence.
 */
why: string, 
/**
 * How to mend it; empty when it passed.
 */
mend: string, 
/**
 * The way through Setup, one part a step; empty when there is none.
 */
setup_path: Array<string>, 
/**
 * Whether `doctor.open_setup` can open that page.
 */
has_setup_page: boolean, };

/**
 * What the doctor found, newest run.
 */
export type DoctorReport = { 
/**
 * When it was made (RFC 3339, UTC).
 */
checked_at: string, 
/**
 * Whether it is of the org and the user that are connected now, and of the mappings as they are saved now.
 */
is_current: boolean, 
/**
 * API calls that it took.
 */
used_calls: number, 
/**
 * Failed ones first, then unknown, then passed.
 */
checks: Array<DoctorCheck>, 
/**
 * The whole report as text, for the Salesforce admin.
 */
text: string, };

/**
 * Something in the org that a mapping relied on and that is different now.
 */
export type Drift = { 
/**
 * The row, from 1; `null` when it is the whole mapping, as with a newly required field.
 */
row: number | null, 
/**
 * What happened.
 */
kind: DriftKind, 
/**
 * API name of the field.
 */
target: string, 
/**
 * Whether it stops exports.
 */
stops_exports: boolean, 
/**
 * What, and how to mend it.
 */
sentence: string, 
/**
 * API name of a field that it was probably renamed to.
 */
renamed_to: string | null, };

/**
 * Kinds of drift.
 */
export type DriftKind = "field_gone" | "relabelled" | "permission_lost" | "type_changed" | "became_required" | "value_gone";

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
 * What to do with a profile that the org has already.
 */
export type DuplicateAction = "update" | "create" | "skip";

/**
 * One place where duplicates were looked for.
 */
export type DuplicateCheck = { 
/**
 * Where.
 */
place: CheckPlace, 
/**
 * How, in words.
 */
method: string, 
/**
 * Why this way, in one sentence.
 */
why: string, 
/**
 * API calls that it took.
 */
api_calls: number, 
/**
 * Records of the run that it found something for.
 */
hit_records: number, };

/**
 * Who looks for duplicates.
 */
export type DuplicateChecking = "standard" | "org_rules";

/**
 * Duplicate handling of one object.
 */
export type DuplicateSettings = { 
/**
 * Who looks for duplicates.
 */
checking: DuplicateChecking, 
/**
 * Whether the operator may update the record that is there.
 */
offers_update: boolean, 
/**
 * Whether the operator may create a second record.
 */
offers_create: boolean, 
/**
 * Whether the operator may leave the profile out.
 */
offers_skip: boolean, 
/**
 * What happens when the operator chooses nothing else; one of the offered ones.
 */
default_action: DuplicateAction, 
/**
 * Whether likely and possible hits follow the default without a question.
 */
unsure_follow_default: boolean, };

/**
 * A field whose value can be typed before a retry.
 */
export type EditableField = { 
/**
 * API name.
 */
target: string, 
/**
 * Label.
 */
label: string, 
/**
 * What is sent as things stand; empty when blank.
 */
value: string, 
/**
 * Values to choose from; empty when anything may be typed.
 */
choices: Array<string>, 
/**
 * Whether the error names this field.
 */
at_fault: boolean, };

/**
 * Rows to edit, from the defaults or from a file; nothing is saved yet.
 */
export type EditableRows = { 
/**
 * The rows.
 */
rows: Array<MappingRow>, 
/**
 * Where they come from, e.g. a file's name.
 */
origin: string, };

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
progress: PlanningProgress, } | { "type": "mapping_test", 
/**
 * Number of the test.
 */
test: number, 
/**
 * What it does now.
 */
step: TestStep, } | { "type": "lists", };

/**
 * A record of the org that the sample would update, with the values of the mapped fields.
 */
export type ExistingRecord = { 
/**
 * Its id.
 */
salesforce_id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * How it was found, in words, e.g. `same e-mail`.
 */
found_by: string, 
/**
 * Values by API name as text; blank ones are left out.
 */
values: { [key in string]: string }, };

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
limit_records: number | null, 
/**
 * What happens to duplicates; `null` keeps to the admin's default.
 */
on_duplicate: DuplicateAction | null, 
/**
 * Campaign that the exported people are added to.
 */
campaign: CampaignChoice | null, 
/**
 * Records that an alerting duplicate rule stops are saved all the same.
 */
save_past_alerts: boolean, 
/**
 * E-mail address of the person for whom it is exported; `null` is the operator. Admins only.
 */
as_email: string | null, };

/**
 * What may be chosen for an export of one object.
 */
export type ExportOptions = { 
/**
 * The object.
 */
object: Target, 
/**
 * Who looks for duplicates.
 */
checking: DuplicateChecking, 
/**
 * Actions that the operator may choose for all duplicates alike.
 */
offered: Array<DuplicateAction>, 
/**
 * What happens when nothing is chosen.
 */
default_action: DuplicateAction, 
/**
 * Whether likely and possible hits follow the default without a question.
 */
unsure_follow_default: boolean, 
/**
 * Whether people can be added to a campaign: the object is not Account.
 */
campaigns: boolean, 
/**
 * Who will own new records, and why, in one sentence.
 */
owner_sentence: string, };

/**
 * Asks what may be chosen.
 */
export type ExportOptionsQuery = { 
/**
 * The object.
 */
object: Target, };

/**
 * What holds for exports of all objects.
 */
export type ExportRules = { 
/**
 * Contacts whose company has no account.
 */
no_account: NoAccount, 
/**
 * Contacts whose company has exactly one account.
 */
one_account: OneAccount, 
/**
 * Contacts whose company has several accounts.
 */
several_accounts: SeveralAccounts, 
/**
 * API calls a day (UTC) that the app never exceeds; `null` for no budget.
 */
daily_budget_calls: number | null, 
/**
 * Assignment rule for Bulk exports of leads; `null` runs none.
 */
bulk_assignment_rule: AssignmentRule | null, };

/**
 * What may be exported, and how much at one time.
 */
export type ExportSettings = { 
/**
 * One line for each target.
 */
objects: Array<ObjectSettings>, 
/**
 * What holds for all of them.
 */
rules: ExportRules, 
/**
 * Calls that the app made today (UTC), against the budget.
 */
used_calls_today: number, 
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
on: boolean, 
/**
 * What happens to runs that are being sent when exports are turned off; `null` lets them finish.
 */
sending_runs: SendingRuns | null, };

/**
 * A column of imported lists that is not ZoomInfo's.
 */
export type ExtraColumn = { 
/**
 * Its header.
 */
column: string, 
/**
 * Lists that have it.
 */
lists: Array<string>, };

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
 * A field and how many values of it are written.
 */
export type FieldCount = { 
/**
 * API name.
 */
target: string, 
/**
 * Label.
 */
label: string, 
/**
 * Values.
 */
values: number, };

/**
 * What a field became.
 */
export type FieldVerdict = "written" | "changed" | "truncated" | "refused" | "not_read";

/**
 * Names a chosen file.
 */
export type FileHandle = { 
/**
 * From `ChosenFile`.
 */
file_id: string, };

/**
 * A fault or a change that a row brings for some profiles.
 */
export type Finding = { 
/**
 * Code for machines: of a fault, e.g. `too_long`, or of a change, e.g. `truncated`.
 */
code: string, 
/**
 * Whether the value is left out; otherwise it is written changed.
 */
left_out: boolean, 
/**
 * Number of profiles.
 */
profiles: number, 
/**
 * Row, count and rule in one sentence, e.g. `Too long for 12 of 40 profiles.`
 */
sentence: string, 
/**
 * The first value that it happens to.
 */
example_value: string, 
/**
 * Place of that profile in the list, from 0.
 */
example_index: number, };

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
 * How sure a match is.
 */
export type Grade = "exact" | "likely" | "possible";

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
 * Values by kind.
 */
export type KindCounts = { 
/**
 * Written into blank fields.
 */
fills_blank_values: number, 
/**
 * Written over others.
 */
overwrites_values: number, 
/**
 * Made blank.
 */
clears_values: number, 
/**
 * Left.
 */
no_change_values: number, };

/**
 * Files that a ledger is saved as.
 */
export type LedgerFormat = "csv" | "xlsx";

/**
 * One record of a run.
 */
export type LedgerLine = { 
/**
 * Number within the run, from 1.
 */
line: number, 
/**
 * Object of the record: the run's, or Account for one that a run of contacts creates.
 */
object: Target, 
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
 * What the plan does with it.
 */
action: Action, 
/**
 * What became of it.
 */
outcome: Outcome, 
/**
 * Rule that decided, in words.
 */
rule: string, 
/**
 * Grade of the match that decided; `null` when none did.
 */
grade: Grade | null, 
/**
 * Code of the criterion of that match.
 */
criterion: string | null, 
/**
 * Values that an update writes.
 */
changed_values: number, 
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
settled_at: string | null, 
/**
 * Its membership of the run's campaign; `null` where there is none to be.
 */
member: Member | null, };

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
 * Only this action of the plan; `null` for all.
 */
action: Action | null, 
/**
 * Only this code of an error; `null` for all.
 */
error_code: string | null, 
/**
 * Only records of this object; `null` for all.
 */
object: Target | null, 
/**
 * Only records whose membership of the campaign stands so; `null` for all.
 */
member_state: MemberState | null, 
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
 * An answer.
 */
export type LineAnswer = { "kind": "update", 
/**
 * Its number.
 */
candidate: number, } | { "kind": "create", } | { "kind": "skip", };

/**
 * Everything about one line.
 */
export type LineDetail = { 
/**
 * The line.
 */
line: LedgerLine, 
/**
 * What was or will be written, field by field, with what was there before an update.
 */
differences: Array<Difference>, 
/**
 * The values of the profile in its list.
 */
source: Array<ShownField>, 
/**
 * What may be edited before a retry.
 */
editable: Array<EditableField>, };

/**
 * Values typed for one line.
 */
export type LineEdits = { 
/**
 * The line.
 */
line: number, 
/**
 * Texts by target field; an empty text leaves the field out.
 */
values: { [key in string]: string }, };

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
 * What rows do to a list.
 */
export type ListCheck = { 
/**
 * Whether a later question ended this one; its counts are of a part of the list then.
 */
superseded: boolean, 
/**
 * Name of the list; the built-in sample when there is none.
 */
list_name: string, 
/**
 * Profiles that were looked at.
 */
profiles: number, 
/**
 * Profiles that an export would refuse, because a required field has no value.
 */
refused_profiles: number, 
/**
 * One for each row that was handed over.
 */
rows: Array<RowCheck>, 
/**
 * How long it took.
 */
seconds: number, };

/**
 * Asks what rows do to a list. A later question of the same object ends an earlier one.
 */
export type ListCheckQuery = { 
/**
 * The object.
 */
object: Target, 
/**
 * The rows as they stand.
 */
rows: Array<MappingRow>, 
/**
 * The list; `null` takes the newest fitting one.
 */
list_id: number | null, };

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
 * How a login ended.
 */
export type LoginFinished = { 
/**
 * The new state; it is the old one while `other_org` waits for a word.
 */
state: AppState, 
/**
 * The login led to another org than the connected one, and nothing has changed: `connection.accept_other_org` goes on,
 * `connection.cancel` gives it up.
 */
other_org: OtherOrg | null, 
/**
 * That the tokens of the user before, or of people's own users of the org before, are forgotten here, but Salesforce could
 * not be told.
 */
unrevoked: string | null, };

/**
 * Which kind of login host to use.
 */
export type LoginKind = "production" | "sandbox" | "my_domain" | "demo";

/**
 * What a login is for.
 */
export type LoginPurpose = "connect" | "change_user" | "own_user";

/**
 * A lookup by an external id.
 */
export type Lookup = { 
/**
 * API name of the other object, e.g. `Account`.
 */
object: string, 
/**
 * API name of its external id field.
 */
field: string, };

/**
 * A field to look up by.
 */
export type LookupField = { 
/**
 * API name.
 */
name: string, 
/**
 * Label.
 */
label: string, };

/**
 * Fields that records of another object can be looked up by.
 */
export type LookupFields = { 
/**
 * API name of the other object.
 */
object: string, 
/**
 * Its label.
 */
label: string, 
/**
 * Its external id fields, and those that Salesforce itself finds records by, such as a user's e-mail.
 */
fields: Array<LookupField>, };

/**
 * Asks by which fields another object's records can be looked up.
 */
export type LookupQuery = { 
/**
 * API name of the other object.
 */
object: string, };

/**
 * Says which user a person is.
 */
export type MapPerson = { 
/**
 * The person's e-mail address.
 */
email: string, 
/**
 * Id (`005…`), login name or e-mail address of an active user; `null` says that the person is nobody of the org.
 */
user: string | null, };

/**
 * How a person's user was found.
 */
export type MappedBy = "email" | "name" | "admin" | "none";

/**
 * The difference between two mappings.
 */
export type MappingDifference = { 
/**
 * The changes, in the order of the later rows; what was removed comes where it stood.
 */
changes: Array<RowChange>, 
/**
 * Rows that are the same.
 */
same_rows: number, };

/**
 * Everything that a row can be made of.
 */
export type MappingFields = { 
/**
 * ZoomInfo's fields that fit the object, in groups.
 */
groups: Array<SourceGroup>, 
/**
 * Columns of imported lists that are not ZoomInfo's.
 */
extra_columns: Array<ExtraColumn>, 
/**
 * Functions of templates.
 */
functions: Array<TemplateFunction>, 
/**
 * The object's fields; empty before the first connection.
 */
targets: Array<TargetField>, 
/**
 * Time zones for moments, by their names in the IANA database.
 */
time_zones: Array<string>, 
/**
 * When the org's fields were read (RFC 3339, UTC); `null` before the first connection.
 */
described_at: string | null, 
/**
 * Lists that samples can come from, newest first.
 */
lists: Array<SampleList>, };

/**
 * The versions of a mapping, newest first.
 */
export type MappingHistory = { 
/**
 * The versions.
 */
versions: Array<MappingVersion>, };

/**
 * The rows as people see them, in the same order.
 */
export type MappingPreview = { 
/**
 * The sample profile.
 */
sample: SampleProfile | null, 
/**
 * Whether Salesforce's field list was at hand; without it types and limits are unknown.
 */
described: boolean, 
/**
 * One for each row that was handed over.
 */
rows: Array<MappingRowView>, 
/**
 * Rows that the native app's fields add; they cannot be changed.
 */
locked_rows: Array<MappingRowView>, 
/**
 * What stops an export or a save.
 */
problems: Array<MappingProblem>, 
/**
 * Required fields that no row maps.
 */
unmapped_required: Array<UnmappedField>, 
/**
 * What differs from the saved version, in a few words each, e.g. `Title on update`; empty when nothing does.
 */
changes: Array<string>, 
/**
 * Rows, from 1, that the saved version does not have in this shape.
 */
changed_rows: Array<number>, 
/**
 * Whether exactly these rows passed a test in this org.
 */
tested: boolean, };

/**
 * One thing that stops a mapping from being used or saved.
 */
export type MappingProblem = { 
/**
 * The row at fault, from 1; `null` when it is the whole mapping.
 */
row: number | null, 
/**
 * Code for machines, e.g. `target_blank`.
 */
code: string, 
/**
 * Which part of the row is at fault.
 */
part: RowPart, 
/**
 * Whether it also refuses to be saved, as a blank row does; others only stop exports.
 */
stops_saving: boolean, 
/**
 * What, why and how to mend it.
 */
sentence: string, };

/**
 * One row: where a value comes from, where it goes, and how.
 */
export type MappingRow = { 
/**
 * Where the value comes from.
 */
source: MappingSource, 
/**
 * API name of the target field; empty while none is chosen.
 */
target: string, 
/**
 * What an update does.
 */
on_update: OnUpdate, 
/**
 * Whether an update clears the field when the source is blank.
 */
clear_when_blank: boolean, 
/**
 * Rows that share this name are written whole or not at all.
 */
block: string | null, 
/**
 * What happens to text that is too long.
 */
overflow: Overflow, 
/**
 * For picklists and text: the source's value, in any case, and what is written for it.
 */
value_map: { [key in string]: string }, 
/**
 * Unit of the source's numbers; `null` takes the ZoomInfo field's own.
 */
source_unit: SourceUnit | null, 
/**
 * How telephone numbers are written.
 */
phone_format: PhoneFormat, 
/**
 * How dates such as 7/4/2024 are read.
 */
date_order: DateOrder, 
/**
 * Zone of moments that name none, e.g. `America/New_York`; `null` is UTC.
 */
time_zone: string | null, 
/**
 * For a lookup: the external id field of the other object that the value is looked up by; `null` when the value is
 * a record id.
 */
lookup: Lookup | null, };

/**
 * One mapping row.
 */
export type MappingRowView = { 
/**
 * Place in the mapping, from 1.
 */
row: number, 
/**
 * Source in words, e.g. `Job Title` or `“ZoomInfo”`; empty while none is chosen.
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
 * Label of the target field; empty while none is chosen.
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
 * What an update does.
 */
on_update: OnUpdate, 
/**
 * Place among the rows with the same target; `null` when it is the only one.
 */
hierarchy: Hierarchy | null, 
/**
 * Block that this row belongs to.
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
 * Where a value comes from.
 */
export type MappingSource = { "kind": "field", 
/**
 * Its id; empty while none is chosen.
 */
field: string, } | { "kind": "extra", 
/**
 * Its header.
 */
column: string, } | { "kind": "fixed", 
/**
 * The value.
 */
value: string, } | { "kind": "template", 
/**
 * The text.
 */
text: string, };

/**
 * A test and what came of it.
 */
export type MappingTest = { 
/**
 * Number of the test.
 */
test: number, 
/**
 * The object.
 */
object: Target, 
/**
 * How it ended, or how far it is.
 */
state: TestState, 
/**
 * What it came to in one sentence.
 */
sentence: string, 
/**
 * Name of the sample.
 */
sample_name: string, 
/**
 * One for each field that was sent, in the order of the rows.
 */
fields: Array<TestedField>, 
/**
 * Fields that Salesforce holds as they were sent.
 */
written_fields: number, 
/**
 * Fields that the org changed or cut.
 */
changed_fields: number, 
/**
 * Fields that were refused, or could not be converted.
 */
refused_fields: number, 
/**
 * What Salesforce refused the record for; `null` when it took it.
 */
error: TestError | null, 
/**
 * The records that the test made, with what became of each.
 */
records: Array<TestRecord>, 
/**
 * Whether every record that it made is deleted.
 */
deleted: boolean, 
/**
 * API calls that it used.
 */
api_calls: number, 
/**
 * How long it took.
 */
seconds: number, 
/**
 * When it began (RFC 3339, UTC).
 */
started_at: string, 
/**
 * Who started it.
 */
started_by: string, };

/**
 * One version.
 */
export type MappingVersion = { 
/**
 * Version, from 1.
 */
version: number, 
/**
 * When it was saved (RFC 3339, UTC).
 */
saved_at: string, 
/**
 * Who saved it.
 */
saved_by: string, 
/**
 * The note that was given.
 */
note: string, 
/**
 * Number of rows.
 */
rows: number, 
/**
 * What differs from the version before, in a few words each.
 */
changes: Array<string>, 
/**
 * Whether exactly these rows passed a test.
 */
tested: boolean, };

/**
 * How many accounts match a company.
 */
export type MatchingAccounts = "none" | "one" | "several";

/**
 * A record's membership of a campaign.
 */
export type Member = { 
/**
 * How it stands.
 */
state: MemberState, 
/**
 * Code of the error.
 */
error_code: string | null, 
/**
 * The error in words.
 */
error: string | null, };

/**
 * How the memberships of a campaign stand.
 */
export type MemberCounts = { 
/**
 * Still to be added.
 */
waiting_members: number, 
/**
 * Added by this run.
 */
added_members: number, 
/**
 * Were members before.
 */
known_members: number, 
/**
 * Taken away: an undo.
 */
removed_members: number, 
/**
 * Refused.
 */
failed_members: number, };

/**
 * How a membership of a campaign stands.
 */
export type MemberState = "waiting" | "added" | "known" | "removed" | "failed";

/**
 * Pages that mend a refusal.
 */
export type MendPage = "general" | "export" | "mapping" | "lists";

/**
 * Makes a workspace and opens it.
 */
export type NewWorkspace = { 
/**
 * Its name.
 */
name: string, };

/**
 * No account matches a contact's company.
 */
export type NoAccount = "manual" | "create" | "without_account" | "skip";

/**
 * Parameters of a call that takes none.
 */
export type Nothing = Record<symbol, never>;

/**
 * Names an object.
 */
export type ObjectQuery = { 
/**
 * The object.
 */
object: Target, };

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
limit_records: number, 
/**
 * What is done about records that the org has already.
 */
duplicates: DuplicateSettings, };

/**
 * How everything that waits is answered.
 */
export type OnAsk = "skip" | "default";

/**
 * What happens to a value that the record already has.
 */
export type OnUpdate = "fill_if_blank" | "overwrite" | "never";

/**
 * Exactly one account matches a contact's company.
 */
export type OneAccount = "manual" | "associate" | "skip";

/**
 * Opens a record in the browser: a line's own, or one that it may be.
 */
export type OpenRecord = { 
/**
 * The run.
 */
run: number, 
/**
 * The line.
 */
line: number, 
/**
 * Number of a candidate of the line's question, from 1; `null` for the line's own record.
 */
candidate: number | null, };

/**
 * The person who is using this window.
 */
export type Operator = { 
/**
 * Id of the person.
 */
person: number, 
/**
 * Name as shown, e.g. in the ledger.
 */
name: string, 
/**
 * Their e-mail address, once known.
 */
email: string | null, 
/**
 * Their role.
 */
role: Role, 
/**
 * What they are to the integration.
 */
standing: Standing, 
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
 * Another org than the connected one.
 */
export type OtherOrg = { 
/**
 * Its id.
 */
org_id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its kind.
 */
kind: OrgKind, 
/**
 * Login name there.
 */
username: string, 
/**
 * What going on means, one sentence each.
 */
consequences: Array<string>, };

/**
 * Outcome of one record.
 */
export type Outcome = "asked" | "planned" | "sent" | "created" | "updated" | "deleted" | "restored" | "skipped" | "refused" | "failed" | "uncertain";

/**
 * What happens to text that is too long for its field.
 */
export type Overflow = "truncate" | "refuse";

/**
 * A person's own Salesforce user.
 */
export type OwnConnection = { 
/**
 * Login name.
 */
username: string, 
/**
 * Full name.
 */
user_name: string, 
/**
 * When it was made (RFC 3339, UTC).
 */
connected_at: string, 
/**
 * Whether a new login is needed.
 */
signed_out: boolean, };

/**
 * Speed of a run that is sending.
 */
export type Pace = { 
/**
 * Records settled a minute, since this app sends the run: what was done before it was interrupted does not count.
 */
records_per_minute: number, 
/**
 * Seconds left at that pace; `null` while it cannot be told.
 */
seconds_left: number | null, };

/**
 * The people of the organisation.
 */
export type People = { 
/**
 * By name.
 */
people: Array<Person>, 
/**
 * What roles guard against and what they do not, in one sentence.
 */
boundary: string, };

/**
 * What a file of people would bring; nothing is written yet.
 */
export type PeopleFileCheck = { 
/**
 * Handle of the file.
 */
file_id: string, 
/**
 * Its name.
 */
file_name: string, 
/**
 * Rows read.
 */
read_rows: number, 
/**
 * People who are new.
 */
new_people: number, 
/**
 * People who are there and get another name or role.
 */
changed_people: number, 
/**
 * People who are there already just so.
 */
unchanged_people: number, 
/**
 * Rows that are refused, in all.
 */
refused_rows: number, 
/**
 * The first people who are new or change, as they will be.
 */
shown_people: Array<AddPerson>, 
/**
 * The first refused rows.
 */
refusals: Array<RefusedPerson>, };

/**
 * Names people.
 */
export type PeopleHandle = { 
/**
 * Ids.
 */
people: Array<number>, };

/**
 * A person.
 */
export type Person = { 
/**
 * Id.
 */
person: number, 
/**
 * Full name.
 */
name: string, 
/**
 * E-mail address; `null` while it is not known.
 */
email: string | null, 
/**
 * Role.
 */
role: Role, 
/**
 * What they are to the integration.
 */
standing: Standing, 
/**
 * Whether this person uses this window now.
 */
is_operator: boolean, 
/**
 * Whether they have connected a Salesforce user of their own, in user-account mode.
 */
own_connection: OwnConnection | null, };

/**
 * Names one person.
 */
export type PersonHandle = { 
/**
 * Id.
 */
person: number, };

/**
 * A person's Salesforce user.
 */
export type PersonMapping = { 
/**
 * Id of the person.
 */
person: number, 
/**
 * Their role.
 */
role: Role, 
/**
 * E-mail address; `null` while it is not known.
 */
email: string | null, 
/**
 * Full name.
 */
name: string, 
/**
 * The user; `null` when none is mapped, or the mapped one is inactive.
 */
salesforce_user: SalesforceUser | null, 
/**
 * How it was found.
 */
by: MappedBy, 
/**
 * Users that the person may be, when there are several and somebody has to choose.
 */
candidates: Array<SalesforceUser>, 
/**
 * Who owns what this person exports, and why, in one sentence.
 */
sentence: string, 
/**
 * What somebody should look at, such as two people of one user; `null` when there is nothing.
 */
warning: string | null, };

/**
 * How telephone numbers are written.
 */
export type PhoneFormat = "as_is" | "international" | "north_american";

/**
 * One value of a picklist.
 */
export type PicklistEntry = { 
/**
 * What is stored.
 */
value: string, 
/**
 * What people see.
 */
label: string, 
/**
 * Whether it may still be chosen.
 */
active: boolean, };

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
 * Records that wait for an answer.
 */
ask_records: number, 
/**
 * Records refused by our rules.
 */
refuse_records: number, 
/**
 * Records to delete: an undo.
 */
delete_records: number, 
/**
 * Records to give their old values: an undo.
 */
restore_records: number, 
/**
 * Accounts to create for contacts.
 */
create_account_records: number, 
/**
 * Companies whose account waits for an answer.
 */
ask_companies: number, 
/**
 * Values that updates write into blank fields.
 */
filled_values: number, 
/**
 * Values that updates write over others.
 */
overwritten_values: number, 
/**
 * Values that updates clear.
 */
cleared_values: number, 
/**
 * Values that updates leave as they are.
 */
unchanged_values: number, 
/**
 * Records that go on without some field, or with a shortened value.
 */
noted_records: number, 
/**
 * Who owns new records; `null` when none are created.
 */
owner: PlanOwner | null, 
/**
 * How duplicates were looked for, in order.
 */
checks: Array<DuplicateCheck>, 
/**
 * What was planned again because the org changed, in one sentence; empty when nothing was.
 */
replanned_sentence: string, 
/**
 * When the org was last asked for what the plan rests on (RFC 3339, UTC).
 */
checked_at: string, 
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
 * The day's API budget; `null` when the admin set none.
 */
budget: Budget | null, 
/**
 * Faults that leave a field out or shorten it, most frequent first.
 */
faults: Array<Reason>, };

/**
 * Who owns a run's new records.
 */
export type PlanOwner = { 
/**
 * Full name of the Salesforce user.
 */
name: string, 
/**
 * Why, in one sentence.
 */
sentence: string, };

/**
 * How far a plan is.
 */
export type PlanningProgress = { 
/**
 * The run that is being planned.
 */
run: number, 
/**
 * What it does now.
 */
step: PlanningStep, 
/**
 * Profiles mapped.
 */
mapped_records: number, 
/**
 * Profiles that were looked for in the org.
 */
checked_records: number, 
/**
 * Profiles chosen.
 */
total_records: number, };

/**
 * Steps of a plan.
 */
export type PlanningStep = "map" | "find_duplicates";

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
 * Asks what rows do to a sample.
 */
export type PreviewQuery = { 
/**
 * The object.
 */
object: Target, 
/**
 * The rows as they stand, saved or not.
 */
rows: Array<MappingRow>, 
/**
 * The sample.
 */
sample: SampleChoice, 
/**
 * Whether the sample updates the org's record found by `mapping.find_record`, rather than becoming a new one.
 */
record: ExistingRecord | null, };

/**
 * The primary connected admin.
 */
export type PrimaryAdmin = { 
/**
 * Name.
 */
name: string, 
/**
 * E-mail address, once known.
 */
email: string | null, };

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
 * One proposed row.
 */
export type Proposal = { 
/**
 * Where the value would come from.
 */
source: MappingSource, 
/**
 * The source in words.
 */
source_label: string, 
/**
 * API name of the target.
 */
target: string, 
/**
 * Label of the target.
 */
target_label: string, 
/**
 * Type of the target in words.
 */
target_type: string, 
/**
 * How sure it is.
 */
confidence: Confidence, 
/**
 * Why, in a few words, e.g. `same label`.
 */
reason: string, };

/**
 * Asks for proposals.
 */
export type ProposalQuery = { 
/**
 * The object.
 */
object: Target, 
/**
 * The rows as they stand; what they map is not proposed again.
 */
rows: Array<MappingRow>, };

/**
 * Rows that names suggest, surest first.
 */
export type Proposals = { 
/**
 * The proposals.
 */
proposals: Array<Proposal>, };

/**
 * Is this the same person or company?
 */
export type Question = { 
/**
 * The line.
 */
line: number, 
/**
 * Person's or company's name.
 */
name: string, 
/**
 * Company of a contact, website of a company.
 */
company: string, 
/**
 * ZoomInfo id of the profile.
 */
zoominfo_id: string | null, 
/**
 * Grade of the best candidate.
 */
grade: Grade, 
/**
 * What agrees, in one sentence: "Both leads have the same name and company."
 */
sentence: string, 
/**
 * The profile's values that are compared, in the order of the candidates' values.
 */
profile: Array<ShownField>, 
/**
 * Records of the org that it may be, best first.
 */
candidates: Array<Candidate>, 
/**
 * What may be answered.
 */
offered: Array<DuplicateAction>, 
/**
 * What the admin's default would do.
 */
default_action: DuplicateAction, 
/**
 * Other waiting questions of the same criterion and with as many candidates.
 */
alike_questions: number, 
/**
 * The answer so far.
 */
answer: LineAnswer | null, };

/**
 * A window of questions.
 */
export type QuestionPage = { 
/**
 * Questions that fit.
 */
matching_questions: number, 
/**
 * All questions of the run.
 */
total_questions: number, 
/**
 * Those that wait for an answer.
 */
waiting_questions: number, 
/**
 * First question of this window.
 */
offset: number, 
/**
 * The questions.
 */
questions: Array<Question>, };

/**
 * A window of the questions about duplicates.
 */
export type QuestionQuery = { 
/**
 * The run.
 */
run: number, 
/**
 * Only those that wait for an answer.
 */
waiting_only: boolean, 
/**
 * First question, from 0.
 */
offset: number, 
/**
 * Questions at most, 100 at the most.
 */
limit: number, };

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
 * Asks for the org's record of a sample profile.
 */
export type RecordQuery = { 
/**
 * The object.
 */
object: Target, 
/**
 * The rows as they stand.
 */
rows: Array<MappingRow>, 
/**
 * The sample.
 */
sample: SampleChoice, };

/**
 * A row of a file of people that cannot be taken.
 */
export type RefusedPerson = { 
/**
 * Line in the file, from 1.
 */
line: number, 
/**
 * Why, and the mend.
 */
why: string, };

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
 * Gives the open workspace another name.
 */
export type RenameWorkspace = { 
/**
 * The new name.
 */
name: string, };

/**
 * Puts a workspace back on the list.
 */
export type RestoreWorkspace = { 
/**
 * Its folder.
 */
folder: string, 
/**
 * The name that it had there; empty for none.
 */
name: string, };

/**
 * Which lines are sent again.
 */
export type RetryLines = { "kind": "failed", } | { "kind": "unanswered", } | { "kind": "picked", 
/**
 * Their numbers.
 */
lines: Array<number>, };

/**
 * Plans a new run of records that failed, were refused, or were left without an answer.
 */
export type RetryRun = { 
/**
 * The run.
 */
run: number, 
/**
 * Which of its lines.
 */
lines: RetryLines, 
/**
 * Values typed in place of the mapped ones.
 */
edits: Array<LineEdits>, 
/**
 * What happens to duplicates; `null` keeps to what was chosen for the run.
 */
on_duplicate: DuplicateAction | null, };

/**
 * Whether the operator may do an act.
 */
export type Right = { 
/**
 * The act.
 */
act: Act, 
/**
 * Why not, and who may; `null` when the operator may.
 */
refusal: string | null, };

/**
 * Roles of product.md section 2.
 */
export type Role = "admin" | "user";

/**
 * What happened to one row.
 */
export type RowChange = { 
/**
 * What happened.
 */
kind: ChangeKind, 
/**
 * The source in words.
 */
source: string, 
/**
 * Label of the target, or its API name.
 */
target_label: string, 
/**
 * API name of the target.
 */
target: string, 
/**
 * Its place before, from 1; `null` when it was added.
 */
row_before: number | null, 
/**
 * Its place after, from 1; `null` when it was removed.
 */
row_after: number | null, 
/**
 * What is different within the row.
 */
details: Array<ChangeDetail>, };

/**
 * What one row does to a list.
 */
export type RowCheck = { 
/**
 * Place in the mapping, from 1.
 */
row: number, 
/**
 * Profiles for which it gives the field's value.
 */
written_profiles: number, 
/**
 * Profiles for which its source is blank.
 */
blank_profiles: number, 
/**
 * What is found, most frequent first.
 */
findings: Array<Finding>, 
/**
 * For picklists and record types: the source's values with their counts, most frequent first.
 */
values: Array<SourceValue>, 
/**
 * Further values that are not told, as there are too many.
 */
more_values: number, };

/**
 * A part of a row.
 */
export type RowPart = "source" | "target" | "whole";

/**
 * Rows that are not saved, to be put into a file.
 */
export type RowsOfObject = { 
/**
 * The object.
 */
object: Target, 
/**
 * The rows.
 */
rows: Array<MappingRow>, };

/**
 * A run that undoes, retries or repeats another.
 */
export type RunFollower = { 
/**
 * Id.
 */
run: number, 
/**
 * What it does.
 */
kind: RunKind, 
/**
 * Where it is.
 */
state: RunState, };

/**
 * Names a run.
 */
export type RunHandle = { 
/**
 * Id of the run.
 */
run: number, };

/**
 * What a run does.
 */
export type RunKind = "export" | "undo";

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
resume: boolean, 
/**
 * `runs.answer` and `runs.answer_companies` are possible.
 */
answer: boolean, 
/**
 * `runs.retry` is possible: something failed, was refused or was left without an answer.
 */
retry: boolean, 
/**
 * `runs.plan_undo` is possible: something was written that an undo can take back.
 */
undo: boolean, 
/**
 * `runs.repeat` is possible: the same choice can be planned again.
 */
repeat: boolean, };

/**
 * What was chosen for a run.
 */
export type RunOptions = { 
/**
 * What happens to duplicates; `null` keeps to the admin's default.
 */
on_duplicate: DuplicateAction | null, 
/**
 * Campaign that the records are added to.
 */
campaign: CampaignChoice | null, 
/**
 * Records that an alerting duplicate rule stops are saved all the same.
 */
save_past_alerts: boolean, };

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
 * Only this kind of run; `null` for all.
 */
kind: RunKind | null, 
/**
 * Only runs of this object; `null` for all.
 */
object: Target | null, 
/**
 * Only runs in this state; `null` for all.
 */
state: RunState | null, 
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
 * What it does.
 */
kind: RunKind, 
/**
 * The run that it retries, repeats or undoes; `null` when it stands for itself.
 */
source_run: number | null, 
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
 * Outcomes so far, of records of the run's object.
 */
tally: Tally, 
/**
 * Accounts created for contacts so far.
 */
created_account_records: number, 
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
 * What was chosen.
 */
options: RunOptions, 
/**
 * Memberships of the chosen campaign; `null` when none was chosen.
 */
members: MemberCounts | null, 
/**
 * Runs that undo or retry this one, newest first.
 */
followers: Array<RunFollower>, 
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
 * Records settled in each of the last ten minutes, from the first that settled some to the last, without gaps; empty
 * once it is at its end.
 */
minutes: Array<SettledMinute>, 
/**
 * Whether it can be sent, cancelled, resumed now.
 */
may: RunMay, };

/**
 * An active standard user of the org.
 */
export type SalesforceUser = { 
/**
 * `005…`
 */
user_id: string, 
/**
 * Full name.
 */
name: string, 
/**
 * Login name.
 */
username: string, 
/**
 * E-mail address.
 */
email: string | null, };

/**
 * Active standard users of the org.
 */
export type SalesforceUsers = { 
/**
 * By name.
 */
users: Array<SalesforceUser>, 
/**
 * How many fit the search.
 */
matching_users: number, 
/**
 * How many there are.
 */
total_users: number, };

/**
 * Which profile is the sample.
 */
export type SampleChoice = { 
/**
 * List that it comes from; `null` takes the newest fitting list, else the built-in sample.
 */
list_id: number | null, 
/**
 * Which profile of it, from 0.
 */
index: number, };

/**
 * A list that samples can come from.
 */
export type SampleList = { 
/**
 * Id.
 */
list_id: number, 
/**
 * Name.
 */
name: string, 
/**
 * Number of profiles.
 */
profiles: number, };

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
 * The list; `null` for the built-in sample.
 */
list_id: number | null, 
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
 * What saving came to.
 */
export type SaveAnswer = { 
/**
 * The mapping as it is saved now; `null` when it was refused.
 */
saved: SavedMapping | null, 
/**
 * Why it was refused, one for each row to mend; empty when it was saved.
 */
problems: Array<MappingProblem>, 
/**
 * The refusal in one sentence; empty when it was saved.
 */
sentence: string, 
/**
 * A warning that does not refuse, e.g. that the mapping was not tested since its last change; may be empty.
 */
warning: string, };

/**
 * Saves entries where the operator chooses.
 */
export type SaveAudit = { 
/**
 * Words that an entry must have; empty for all.
 */
search: string, 
/**
 * Of this area only.
 */
area: AuditArea | null, 
/**
 * Not earlier than this (RFC 3339).
 */
since: string | null, };

/**
 * Saves the Export tab.
 */
export type SaveExportSettings = { 
/**
 * One line for each target.
 */
objects: Array<ObjectSettings>, 
/**
 * What holds for all of them.
 */
rules: ExportRules, };

/**
 * Saves a ledger where the operator chooses.
 */
export type SaveLedger = { 
/**
 * The run.
 */
run: number, 
/**
 * As which file.
 */
format: LedgerFormat, };

/**
 * Saves rows as a new version.
 */
export type SaveMapping = { 
/**
 * The object.
 */
object: Target, 
/**
 * The rows.
 */
rows: Array<MappingRow>, 
/**
 * A note for the history; may be empty.
 */
note: string, 
/**
 * The version that was edited; a newer one that somebody else saved refuses this save. `null` does not check.
 */
based_on_version: number | null, };

/**
 * Saves the User Mapping tab: only what changed.
 */
export type SaveUserMappings = { 
/**
 * One line a person.
 */
changes: Array<UserMappingChange>, };

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
 * The saved mapping of an object and what is known about it.
 */
export type SavedMapping = { 
/**
 * The object.
 */
object: Target, 
/**
 * Version, from 1; 0 for the default mapping before the first connection.
 */
version: number, 
/**
 * When it was saved (RFC 3339, UTC); empty for version 0.
 */
saved_at: string, 
/**
 * Who saved it.
 */
saved_by: string, 
/**
 * The note that was given.
 */
note: string, 
/**
 * The rows in order.
 */
rows: Array<MappingRow>, 
/**
 * Version of the native app whose fields are locked; `null` when it is not installed.
 */
native_app: string | null, 
/**
 * What changed in the org since the mapping was saved.
 */
drift: Array<Drift>, 
/**
 * The newest test of this object in this org, whatever its rows were.
 */
last_test: MappingTest | null, 
/**
 * Whether the operator may change mappings; a sentence says who may when not.
 */
may_edit: boolean, 
/**
 * Who may; empty when the operator may.
 */
may_edit_sentence: string, };

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
 * What turning exports off does to runs that are being sent.
 */
export type SendingRuns = "finish" | "stop";

/**
 * Whether the connection can be used.
 */
export type Session = "disconnected" | "connected" | "signed_out";

/**
 * Records that were settled in one minute.
 */
export type SettledMinute = { 
/**
 * Minutes since 1970.
 */
minute: number, 
/**
 * Records.
 */
records: number, };

/**
 * Several accounts match a contact's company.
 */
export type SeveralAccounts = "manual" | "best_match" | "skip";

/**
 * A labelled value.
 */
export type ShownField = { 
/**
 * Label.
 */
label: string, 
/**
 * Value; empty when blank.
 */
value: string, };

/**
 * A ZoomInfo field.
 */
export type SourceField = { 
/**
 * Stable id.
 */
id: string, 
/**
 * Label as in the current CSV headers.
 */
label: string, 
/**
 * `Contact field` or `Company field`.
 */
kind_label: string, 
/**
 * Unit of its numbers in words; empty when they have none.
 */
unit: string, };

/**
 * A group of ZoomInfo fields.
 */
export type SourceGroup = { 
/**
 * Its name, e.g. `Company address`.
 */
label: string, 
/**
 * Its fields.
 */
fields: Array<SourceField>, };

/**
 * Unit of a source's numbers.
 */
export type SourceUnit = "thousands_of_usd" | "usd" | "percent" | "fraction";

/**
 * A value of a source.
 */
export type SourceValue = { 
/**
 * The value.
 */
value: string, 
/**
 * Number of profiles that have it.
 */
profiles: number, 
/**
 * What is written for it; `null` when it is refused.
 */
becomes: string | null, 
/**
 * Whether the org's picklist has what is written.
 */
known: boolean, };

/**
 * What a person is to the integration.
 */
export type Standing = "primary_admin" | "secondary_admin" | "user";

/**
 * What is stored on this machine, and what leaves it.
 */
export type StoredData = { 
/**
 * What is kept, largest first.
 */
items: Array<StoredItem>, 
/**
 * Size of everything.
 */
total_bytes: number, 
/**
 * Whom the app talks to, one sentence each.
 */
talks_to: Array<string>, };

/**
 * One kind of what is stored.
 */
export type StoredItem = { 
/**
 * Which.
 */
kind: StoredKind, 
/**
 * In words.
 */
label: string, 
/**
 * What it holds and what it is for.
 */
purpose: string, 
/**
 * File or folder, or the keychain's name.
 */
place: string, 
/**
 * Size; `null` where it cannot be known.
 */
size_bytes: number | null, 
/**
 * Records in it; `null` where that means nothing.
 */
records: number | null, 
/**
 * What deleting it means, in one sentence; `null` when it cannot be deleted alone.
 */
deleting: string | null, 
/**
 * Why it cannot be deleted now; `null` when it can.
 */
refusal: string | null, };

/**
 * Kinds of what is stored.
 */
export type StoredKind = "lists" | "runs" | "mirror" | "settings" | "audit" | "tokens" | "token_place" | "logs" | "known_workspaces";

/**
 * A support bundle, as it would be saved.
 */
export type SupportBundle = { 
/**
 * Its files.
 */
files: Array<SupportFile>, 
/**
 * Size of the saved file.
 */
size_bytes: number, 
/**
 * What it never holds, in one sentence.
 */
promise: string, };

/**
 * One file of a support bundle.
 */
export type SupportFile = { 
/**
 * Name.
 */
name: string, 
/**
 * The whole text.
 */
text: string, };

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
 * Deleted from Salesforce: an undo.
 */
deleted_records: number, 
/**
 * Given their values from before: an undo.
 */
restored_records: number, 
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
 * Still to be sent or answered by Salesforce.
 */
waiting_records: number, 
/**
 * Wait for somebody's answer.
 */
asked_records: number, };

/**
 * A Salesforce object that profiles become.
 */
export type Target = "account" | "contact" | "lead";

/**
 * A field of the object.
 */
export type TargetField = { 
/**
 * API name.
 */
name: string, 
/**
 * Label.
 */
label: string, 
/**
 * Type as describe names it, e.g. `phone`.
 */
kind: string, 
/**
 * Type in words, e.g. `Phone(40)`.
 */
type_label: string, 
/**
 * Whether a new record must bring a value.
 */
required: boolean, 
/**
 * Why it cannot be chosen; `null` when it can.
 */
closed: string | null, 
/**
 * Whether it may be written when a record is updated.
 */
updateable: boolean, 
/**
 * Values of a picklist, or record types, in order.
 */
picklist: Array<PicklistEntry>, 
/**
 * Whether other values are refused.
 */
restricted: boolean, 
/**
 * Objects that a lookup can point at; empty for other fields.
 */
refers_to: Array<string>, };

/**
 * A function of templates.
 */
export type TemplateFunction = { 
/**
 * Name, e.g. `upper`.
 */
name: string, 
/**
 * What it does.
 */
purpose: string, 
/**
 * An example that can be inserted.
 */
example: string, };

/**
 * What Salesforce refused a record for.
 */
export type TestError = { 
/**
 * Salesforce's code, e.g. `STRING_TOO_LONG`.
 */
code: string, 
/**
 * What happened and how to mend it.
 */
sentence: string, 
/**
 * API names of the fields at fault.
 */
targets: Array<string>, 
/**
 * Rows at fault, from 1; empty when Salesforce names none.
 */
rows: Array<number>, };

/**
 * Names a test.
 */
export type TestHandle = { 
/**
 * Number of the test.
 */
test: number, };

/**
 * Starts a test.
 */
export type TestMapping = { 
/**
 * The object.
 */
object: Target, 
/**
 * The rows as they stand, saved or not.
 */
rows: Array<MappingRow>, 
/**
 * The profile whose record is written.
 */
sample: SampleChoice, };

/**
 * A record that a test made.
 */
export type TestRecord = { 
/**
 * API name of its object.
 */
object: string, 
/**
 * Its id; `null` when it is not known whether it was made.
 */
salesforce_id: string | null, 
/**
 * Whether it is gone.
 */
deleted: boolean, 
/**
 * Why not, and what to do; empty when it is gone.
 */
sentence: string, };

/**
 * Names a record that a test left behind.
 */
export type TestRecordHandle = { 
/**
 * Number of the test.
 */
test: number, 
/**
 * The record's id.
 */
salesforce_id: string, };

/**
 * States of a test.
 */
export type TestState = "running" | "passed" | "differs" | "refused" | "interrupted";

/**
 * Steps of a mapping's test.
 */
export type TestStep = "create" | "read_back" | "delete" | "ended";

/**
 * One field of a test.
 */
export type TestedField = { 
/**
 * The row that gave the value, from 1; `null` when no row did, as for a test's own account.
 */
row: number | null, 
/**
 * API name.
 */
target: string, 
/**
 * Label.
 */
target_label: string, 
/**
 * The source in words.
 */
source: string, 
/**
 * What was sent, as text.
 */
sent: string, 
/**
 * What Salesforce holds, as text.
 */
read_back: string, 
/**
 * What it became.
 */
verdict: FieldVerdict, 
/**
 * Why, in one sentence; empty when written.
 */
sentence: string, };

/**
 * Where tokens are kept.
 */
export type TokenHome = "keychain" | "session" | "passphrase_file";

/**
 * Why tokens cannot be read now.
 */
export type TokenTrouble = { 
/**
 * What it is; the window shows a passphrase field for `passphrase_needed`.
 */
kind: TokenTroubleKind, 
/**
 * What happened and what to do.
 */
sentence: string, };

/**
 * Kinds of trouble with the place where tokens are kept.
 */
export type TokenTroubleKind = "passphrase_needed" | "locked" | "denied" | "missing";

/**
 * Opens the place where tokens are kept.
 */
export type UnlockTokens = { 
/**
 * Passphrase of the encrypted file; `null` to ask a locked keychain again.
 */
passphrase: string | null, };

/**
 * A required field that no row maps.
 */
export type UnmappedField = { 
/**
 * API name.
 */
target: string, 
/**
 * Label.
 */
label: string, };

/**
 * Choices for a person's user.
 */
export type UserChoice = { "choice": "user", 
/**
 * `005…`
 */
user_id: string, } | { "choice": "named", 
/**
 * As somebody typed it.
 */
user: string, } | { "choice": "nobody" } | { "choice": "automatic" };

/**
 * What becomes of one person's user.
 */
export type UserMappingChange = { 
/**
 * Id of the person.
 */
person: number, 
/**
 * The choice.
 */
to: UserChoice, };

/**
 * Everybody with their Salesforce user.
 */
export type UserMappings = { 
/**
 * Those who need a choice first (several users, then none), then by name.
 */
people: Array<PersonMapping>, 
/**
 * Active standard users of the org.
 */
active_users: number, 
/**
 * Users whom several people are mapped to, and mapped users who were deactivated: each once, however many people it is about.
 */
warnings: Array<string>, };

/**
 * Searches the org's active standard users.
 */
export type UserQuery = { 
/**
 * Part of a name, login name or e-mail address; empty for all.
 */
search: string, 
/**
 * At most so many.
 */
limit: number, };

/**
 * Verdict on one row.
 */
export type Verdict = "ready" | "warning" | "error" | "locked" | "unknown";

/**
 * Names a version.
 */
export type VersionQuery = { 
/**
 * The object.
 */
object: Target, 
/**
 * The version.
 */
version: number, };

/**
 * Names a workspace.
 */
export type WorkspaceHandle = { 
/**
 * Its folder.
 */
folder: string, };

/**
 * The org of a workspace.
 */
export type WorkspaceOrg = { 
/**
 * Name.
 */
name: string, 
/**
 * Kind.
 */
kind: OrgKind, };

/**
 * A workspace.
 */
export type WorkspaceView = { 
/**
 * Its folder.
 */
folder: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its org; `null` when none is connected, or it cannot be read.
 */
org: WorkspaceOrg | null, 
/**
 * Whether it is the open one.
 */
is_open: boolean, 
/**
 * Why it cannot be opened, with the mend; `null` when it can.
 */
refusal: string | null, };

/**
 * The workspaces that this machine knows.
 */
export type Workspaces = { 
/**
 * The open one first, then by name.
 */
workspaces: Array<WorkspaceView>, 
/**
 * Whether this client can open another one.
 */
can_switch: boolean, };

/** Every call: its parameters and its result. */
export type Contract = {
  /** The state of the workspace. */
  "app.state": { params: Nothing; result: AppState };
  /** What an admin sets up in Salesforce before connecting. */
  "connection.guide": { params: Nothing; result: ConnectionGuide };
  /** Opens Salesforce's login page in the system browser. */
  "connection.begin": { params: BeginLogin; result: LoginAttempt };
  /** Waits for the browser to come back, then reads the org. */
  "connection.finish": { params: Nothing; result: LoginFinished };
  /** Ends a login that waits for the browser. */
  "connection.cancel": { params: Nothing; result: Nothing };
  /** Asks the org again who it is and how many API calls are left. */
  "connection.check": { params: Nothing; result: AppState };
  /** Revokes and forgets the tokens; settings stay. */
  "connection.disconnect": { params: Disconnect; result: Disconnected };
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
  /** The saved mapping of one object. */
  "mapping.show": { params: ObjectQuery; result: SavedMapping };
  /** What sources and targets there are to choose from. */
  "mapping.fields": { params: ObjectQuery; result: MappingFields };
  /** By which fields another object's records can be looked up. */
  "mapping.lookup_fields": { params: LookupQuery; result: LookupFields };
  /** What rows do to one sample profile, and what stops them. */
  "mapping.preview": { params: PreviewQuery; result: MappingPreview };
  /** The org's record that a sample would update; `null` when there is none. */
  "mapping.find_record": { params: RecordQuery; result: ExistingRecord | null };
  /** What rows do to a whole list. */
  "mapping.check_list": { params: ListCheckQuery; result: ListCheck };
  /** Rows that names suggest. */
  "mapping.match": { params: ProposalQuery; result: Proposals };
  /** Saves rows as a new version. */
  "mapping.save": { params: SaveMapping; result: SaveAnswer };
  /** The versions of a mapping. */
  "mapping.history": { params: ObjectQuery; result: MappingHistory };
  /** What differs between two versions, or a version and unsaved rows. */
  "mapping.compare": { params: CompareVersions; result: MappingDifference };
  /** Saves an earlier version as the newest. */
  "mapping.restore": { params: VersionQuery; result: SavedMapping };
  /** The default rows, to be edited; saves nothing. */
  "mapping.defaults": { params: ObjectQuery; result: EditableRows };
  /** Asks the org for its fields again and says what drifted. */
  "mapping.refresh": { params: ObjectQuery; result: SavedMapping };
  /** Writes rows to a mapping file where the operator chooses. */
  "mapping.save_file": { params: RowsOfObject; result: SavedFile | null };
  /** Reads the rows of a mapping file, to be edited; `null` when no file was chosen. */
  "mapping.open_file": { params: ObjectQuery; result: EditableRows | null };
  /** Test Mapping: creates a record, reads it back, compares and deletes it. */
  "mapping.test": { params: TestMapping; result: MappingTest };
  /** Tries again to delete what a test left behind. */
  "mapping.clean_test": { params: TestHandle; result: MappingTest };
  /** Opens a record that a test left behind in the system browser. */
  "mapping.open_record": { params: TestRecordHandle; result: Nothing };
  /** The org's assignment rules for leads, to choose from. */
  "settings.assignment_rules": { params: Nothing; result: AssignmentRules };
  /** Everybody with their Salesforce user. */
  "people.mapping": { params: Nothing; result: UserMappings };
  /** Says which Salesforce user a person is. */
  "people.map": { params: MapPerson; result: UserMappings };
  /** What may be chosen for an export. */
  "export.options": { params: ExportOptionsQuery; result: ExportOptions };
  /** Campaigns that exported people can be added to. */
  "export.campaigns": { params: CampaignQuery; result: Campaigns };
  /** Whether an export may be planned. */
  "export.preflight": { params: ExportChoice; result: Preflight };
  /** Makes a plan, with duplicates, owners and accounts; nothing is written to Salesforce. */
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
  /** Everything about one line of a run. */
  "runs.line": { params: LineHandle; result: LineDetail };
  /** What the updates of a plan change, field by field. */
  "runs.differences": { params: DifferenceQuery; result: DifferencePage };
  /** Questions about duplicates. */
  "runs.questions": { params: QuestionQuery; result: QuestionPage };
  /** Answers questions about duplicates. */
  "runs.answer": { params: AnswerLines; result: RunView };
  /** Questions about the accounts of contacts. */
  "runs.companies": { params: CompanyQuery; result: CompanyPage };
  /** Answers questions about accounts. */
  "runs.answer_companies": { params: AnswerCompanies; result: RunView };
  /** Answers everything that waits. */
  "runs.answer_all": { params: AnswerAll; result: RunView };
  /** Asks the org what changed since the plan, and plans the affected records again. */
  "runs.refresh": { params: RunHandle; result: RunView };
  /** Plans the same choice anew. */
  "runs.repeat": { params: RunHandle; result: RunView };
  /** Plans a new run of records that failed or were left without an answer. */
  "runs.retry": { params: RetryRun; result: RunView };
  /** Plans the undo of a run; nothing is written before it is sent. */
  "runs.plan_undo": { params: RunHandle; result: RunView };
  /** Saves the ledger as CSV or XLSX where the operator chooses. */
  "runs.save_ledger": { params: SaveLedger; result: SavedFile | null };
  /** Opens a line's record in the system browser. */
  "runs.open_record": { params: OpenRecord; result: Nothing };
  /** Goes on with a login that led to another org than the connected one. */
  "connection.accept_other_org": { params: Nothing; result: LoginFinished };
  /** Signs in without a browser, as an integration user. */
  "connection.connect_server": { params: ConnectServer; result: LoginFinished };
  /** Ends the operator's own connection, in user-account mode. */
  "connection.disconnect_own": { params: Nothing; result: Disconnected };
  /** Chooses between service account and user accounts. */
  "connection.choose_accounts": { params: ChooseAccounts; result: AppState };
  /** Chooses where tokens are kept on this machine. */
  "tokens.choose_home": { params: ChooseTokenHome; result: AppState };
  /** Opens the encrypted file, or asks a locked keychain again. */
  "tokens.unlock": { params: UnlockTokens; result: AppState };
  /** The people of the organisation. */
  "people.list": { params: Nothing; result: People };
  /** Adds a person. */
  "people.add": { params: AddPerson; result: People };
  /** Changes a person's name, address or role. */
  "people.change": { params: ChangePerson; result: People };
  /** Removes people; `people.restore` takes it back. */
  "people.remove": { params: PeopleHandle; result: People };
  /** Takes back a removal. */
  "people.restore": { params: PeopleHandle; result: People };
  /** Asks for a CSV file of people and says what it would bring; `null` when none was chosen. */
  "people.choose_file": { params: Nothing; result: PeopleFileCheck | null };
  /** Saves every refused row of a file of people, with its reason, where the operator chooses. */
  "people.save_refusals": { params: FileHandle; result: SavedFile | null };
  /** Takes the people of a checked file. */
  "people.import_file": { params: FileHandle; result: People };
  /** Says who uses this window. */
  "people.switch_operator": { params: PersonHandle; result: AppState };
  /** Active standard users of the org, to choose from. */
  "people.users": { params: UserQuery; result: SalesforceUsers };
  /** Saves the User Mapping tab. */
  "people.save_mapping": { params: SaveUserMappings; result: UserMappings };
  /** The connection doctor's last report; `null` when it never ran for this org. */
  "doctor.last": { params: Nothing; result: DoctorReport | null };
  /** Runs the connection doctor. */
  "doctor.run": { params: Nothing; result: DoctorReport };
  /** Opens the Setup page that mends a check in the system browser. */
  "doctor.open_setup": { params: CheckHandle; result: Nothing };
  /** Saves a permission set for the Salesforce admin as XML where the operator chooses. */
  "doctor.save_permission_set": { params: Nothing; result: SavedFile | null };
  /** A window of the audit log. */
  "audit.list": { params: AuditQuery; result: AuditPage };
  /** Saves entries of the audit log as CSV where the operator chooses. */
  "audit.save_file": { params: SaveAudit; result: SavedFile | null };
  /** What is stored on this machine, and what leaves it. */
  "stored_data.show": { params: Nothing; result: StoredData };
  /** Deletes one kind of what is stored. */
  "stored_data.delete": { params: DeleteStored; result: StoredData };
  /** The support bundle, to be looked at before it is saved. */
  "support.preview": { params: Nothing; result: SupportBundle };
  /** Saves the support bundle where the operator chooses. */
  "support.save": { params: Nothing; result: SavedFile | null };
  /** The workspaces of this machine. */
  "workspaces.list": { params: Nothing; result: Workspaces };
  /** Makes a workspace and opens it. */
  "workspaces.create": { params: NewWorkspace; result: Nothing };
  /** Opens another workspace in this window. */
  "workspaces.open": { params: WorkspaceHandle; result: Nothing };
  /** Asks for a folder with a workspace and opens it in this window; `null` when none was chosen. */
  "workspaces.open_folder": { params: Nothing; result: WorkspaceHandle | null };
  /** Puts a workspace back on the list that was taken off. */
  "workspaces.restore": { params: RestoreWorkspace; result: Workspaces };
  /** Takes a workspace off the list; its folder stays. */
  "workspaces.forget": { params: WorkspaceHandle; result: Workspaces };
  /** Gives the open workspace another name. */
  "workspaces.rename": { params: RenameWorkspace; result: AppState };
};
