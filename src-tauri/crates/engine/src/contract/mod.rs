//! THE LIST of what a client can ask for. The router and the TypeScript types both come from it.
//!
//! It holds shapes and names only: no rule, no IO. To add a call: its parameter and result types in the file
//! of their page, one line in the list below with the act that the policy allows or refuses, and the function it names in a
//! use case of this crate; then `cargo xtask types` writes the TypeScript.

pub mod app;
pub mod audit;
pub mod connection;
pub mod doctor;
pub mod event;
pub mod export;
pub mod lists;
pub mod mapping;
pub mod people;
pub mod runs;
pub mod settings;
pub mod stored_data;
pub mod typescript;
pub mod workspaces;

use model::Act;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::fault::{Code, Fault};
use crate::{
    Engine, audit as audit_log, connect, doctor as connection_doctor, export_settings, exports_switch,
    import, integration, ledger_line, listing, mapping as tab, people as organisation, planning, role,
    runs as ledger, stored_data as data_sharing, support_bundle, token_home, undo, user_mapping,
    workspaces as machine,
};

/// One call: its name and its types as TypeScript sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallShape {
    /// Name, `area.verb`.
    pub name: &'static str,
    /// What it does.
    pub purpose: &'static str,
    /// The act that one must be allowed to do.
    pub act: Act,
    /// Type of the parameters.
    pub params: String,
    /// Type of the result.
    pub result: String,
}

macro_rules! contract {
    ($( $purpose:literal $name:literal $act:ident: $handler:path, $params:ty => $result:ty; )*) => {
        /// Answers one call.
        ///
        /// # Errors
        /// `unknown_call` for a name that is not on the list, `not_allowed` when the operator's standing does not allow its act or shows
        /// own runs only and the call is about another's,
        /// `bad_parameters` when the parameters do not fit, else the use case's own fault.
        pub async fn call(engine: &Engine, name: &str, params: Value) -> Result<Value, Fault> {
            match name {
                $( $name => {
                    role::require(engine, Act::$act).await?;
                    role::require_run(engine, &params).await?;
                    let params: $params = read(name, params)?;
                    let result: $result = Box::pin($handler(engine, params)).await?;
                    write(name, &result)
                } )*
                _ => Err(Fault::new(Code::UnknownCall, format!("There is no call named “{name}”. Update the app."))),
            }
        }

        /// Every call of the contract with the act that the policy must allow.
        pub const ACTS: &[(&str, Act)] = &[ $( ($name, Act::$act) ),* ];

        /// Every call of the contract, with its TypeScript types, and the declarations that these need.
        #[must_use]
        pub fn shapes(config: &ts_rs::Config) -> (Vec<CallShape>, typescript::Declarations<'_>) {
            let mut declarations = typescript::Declarations::new(config);
            let calls = vec![ $( CallShape {
                name: $name,
                purpose: $purpose,
                act: Act::$act,
                params: declarations.name_of::<$params>(),
                result: declarations.name_of::<$result>(),
            } ),* ];
            (calls, declarations)
        }
    };
}

contract! {
    "The state of the workspace."
    "app.state" Look: integration::state, app::Nothing => app::AppState;
    "What an admin sets up in Salesforce before connecting."
    "connection.guide" Look: connect::guide, app::Nothing => connection::ConnectionGuide;
    "Opens Salesforce's login page in the system browser."
    "connection.begin" ConnectOwnUser: connect::begin, connection::BeginLogin => connection::LoginAttempt;
    "Waits for the browser to come back, then reads the org."
    "connection.finish" ConnectOwnUser: connect::finish, app::Nothing => connection::LoginFinished;
    "Ends a login that waits for the browser."
    "connection.cancel" ConnectOwnUser: connect::cancel, app::Nothing => app::Nothing;
    "Asks the org again who it is and how many API calls are left."
    "connection.check" Look: connect::check, app::Nothing => app::AppState;
    "Revokes and forgets the tokens; settings stay."
    "connection.disconnect" Disconnect: connect::disconnect, connection::Disconnect => connection::Disconnected;
    "Opens the org in the system browser."
    "connection.open_org" Look: connect::open_org, app::Nothing => app::Nothing;
    "The master toggle."
    "settings.exports_on" TurnExports: exports_switch::set, settings::ExportsOn => app::AppState;
    "What may be exported, and how much at one time."
    "settings.export" Look: export_settings::show, app::Nothing => settings::ExportSettings;
    "Saves the Export tab."
    "settings.save_export" ChangeExportSettings: export_settings::save, settings::SaveExportSettings => settings::ExportSettings;
    "The lists."
    "lists.list" BuildLists: listing::list, lists::ListQuery => lists::Lists;
    "Opens the system's file dialog; `null` when it was closed without a choice."
    "lists.choose_file" BuildLists: import::choose_file, app::Nothing => Option<lists::ChosenFile>;
    "Announces a dropped file; its bytes follow by `drop_chunk`."
    "lists.drop_file" BuildLists: import::drop_file, lists::DroppedFile => lists::ChosenFile;
    "Reads a whole file and says what it would bring; writes nothing."
    "lists.check_file" BuildLists: import::check, lists::FileHandle => lists::ImportCheck;
    "Imports a file as a new list."
    "lists.import_file" BuildLists: import::import, lists::ImportFile => lists::Imported;
    "Stops the reading or importing of a file."
    "lists.cancel_file" BuildLists: import::cancel, lists::FileHandle => app::Nothing;
    "Saves every refused row of a file as CSV where the operator chooses."
    "lists.save_refusals" BuildLists: import::save_refusals, lists::FileHandle => Option<lists::SavedFile>;
    "Imports the made-up lists that ship with the app."
    "lists.import_samples" BuildLists: import::import_samples, app::Nothing => lists::Lists;
    "A window of a list's profiles."
    "lists.profiles" BuildLists: listing::profiles, lists::ProfileQuery => lists::ProfilePage;
    "Gives a list another name."
    "lists.rename" BuildLists: listing::rename, lists::RenameList => lists::ListSummary;
    "Deletes a list; `lists.restore` takes it back until the app ends."
    "lists.delete" BuildLists: listing::delete, lists::ListHandle => app::Nothing;
    "Takes back the deletion of a list."
    "lists.restore" BuildLists: listing::restore, lists::ListHandle => lists::ListSummary;
    "The saved mapping of one object."
    "mapping.show" Look: tab::versions::show, mapping::ObjectQuery => mapping::versions::SavedMapping;
    "What sources and targets there are to choose from."
    "mapping.fields" Look: tab::fields::fields, mapping::ObjectQuery => mapping::fields::MappingFields;
    "By which fields another object's records can be looked up."
    "mapping.lookup_fields" Look: tab::fields::lookup_fields, mapping::fields::LookupQuery => mapping::fields::LookupFields;
    "What rows do to one sample profile, and what stops them."
    "mapping.preview" Look: tab::preview::preview, mapping::preview::PreviewQuery => mapping::preview::MappingPreview;
    "The org's record that a sample would update; `null` when there is none."
    "mapping.find_record" Look: tab::record::find, mapping::preview::RecordQuery => Option<mapping::preview::ExistingRecord>;
    "What rows do to a whole list."
    "mapping.check_list" Look: tab::list_check::check, mapping::check::ListCheckQuery => mapping::check::ListCheck;
    "Rows that names suggest."
    "mapping.match" Look: tab::proposals::proposals, mapping::fields::ProposalQuery => mapping::fields::Proposals;
    "Saves rows as a new version."
    "mapping.save" ChangeMapping: tab::save::save, mapping::versions::SaveMapping => mapping::versions::SaveAnswer;
    "The versions of a mapping."
    "mapping.history" Look: tab::history::history, mapping::ObjectQuery => mapping::versions::MappingHistory;
    "What differs between two versions, or a version and unsaved rows."
    "mapping.compare" Look: tab::history::compare, mapping::versions::CompareVersions => mapping::versions::MappingDifference;
    "Saves an earlier version as the newest."
    "mapping.restore" ChangeMapping: tab::save::restore, mapping::versions::VersionQuery => mapping::versions::SavedMapping;
    "The default rows, to be edited; saves nothing."
    "mapping.defaults" Look: tab::versions::defaults, mapping::ObjectQuery => mapping::versions::EditableRows;
    "Asks the org for its fields again and says what drifted."
    "mapping.refresh" Look: tab::versions::refresh, mapping::ObjectQuery => mapping::versions::SavedMapping;
    "Writes rows to a mapping file where the operator chooses."
    "mapping.save_file" Look: tab::transfer::save_file, mapping::versions::RowsOfObject => Option<lists::SavedFile>;
    "Reads the rows of a mapping file, to be edited; `null` when no file was chosen."
    "mapping.open_file" ChangeMapping: tab::transfer::open_file, mapping::ObjectQuery => Option<mapping::versions::EditableRows>;
    "Test Mapping: creates a record, reads it back, compares and deletes it."
    "mapping.test" ChangeMapping: tab::test::run, mapping::test::TestMapping => mapping::test::MappingTest;
    "Tries again to delete what a test left behind."
    "mapping.clean_test" ChangeMapping: tab::test::clean, mapping::test::TestHandle => mapping::test::MappingTest;
    "Opens a record that a test left behind in the system browser."
    "mapping.open_record" ChangeMapping: tab::test::open_record, mapping::test::TestRecordHandle => app::Nothing;
    "The org's assignment rules for leads, to choose from."
    "settings.assignment_rules" Look: export_settings::assignment_rules, app::Nothing => settings::AssignmentRules;
    "Everybody with their Salesforce user."
    "people.mapping" MapUsers: user_mapping::show, app::Nothing => people::UserMappings;
    "Says which Salesforce user a person is."
    "people.map" MapUsers: user_mapping::set, people::MapPerson => people::UserMappings;
    "What may be chosen for an export."
    "export.options" Export: planning::options, export::ExportOptionsQuery => export::ExportOptions;
    "Campaigns that exported people can be added to."
    "export.campaigns" Export: planning::campaigns, runs::CampaignQuery => runs::Campaigns;
    "Whether an export may be planned."
    "export.preflight" Export: planning::preflight, export::ExportChoice => export::Preflight;
    "Makes a plan, with duplicates, owners and accounts; nothing is written to Salesforce."
    "export.plan" Export: planning::plan, export::ExportChoice => runs::RunView;
    "Starts sending a planned run."
    "export.send" Export: ledger::send, runs::RunHandle => runs::RunView;
    "The runs, newest first."
    "runs.list" Export: ledger::list, runs::RunQuery => runs::RunPage;
    "One run."
    "runs.show" Export: ledger::show, runs::RunHandle => runs::RunView;
    "Stops a run; what was sent stays in the ledger."
    "runs.cancel" Export: ledger::cancel, runs::RunHandle => runs::RunView;
    "Goes on with a run that waits or was interrupted."
    "runs.resume" Export: ledger::resume, runs::RunHandle => runs::RunView;
    "A window of a run's ledger."
    "runs.ledger" Export: ledger::ledger, runs::LedgerQuery => runs::LedgerPage;
    "Everything about one line of a run."
    "runs.line" Export: ledger_line::show, runs::LineHandle => runs::LineDetail;
    "What the updates of a plan change, field by field."
    "runs.differences" Export: planning::differences, runs::DifferenceQuery => runs::DifferencePage;
    "Questions about duplicates."
    "runs.questions" Export: planning::questions, runs::QuestionQuery => runs::QuestionPage;
    "Answers questions about duplicates."
    "runs.answer" Export: planning::answer, runs::AnswerLines => runs::RunView;
    "Questions about the accounts of contacts."
    "runs.companies" Export: planning::companies, runs::CompanyQuery => runs::CompanyPage;
    "Answers questions about accounts."
    "runs.answer_companies" Export: planning::answer_companies, runs::AnswerCompanies => runs::RunView;
    "Answers everything that waits."
    "runs.answer_all" Export: planning::answer_all, runs::AnswerAll => runs::RunView;
    "Asks the org what changed since the plan, and plans the affected records again."
    "runs.refresh" Export: planning::refresh, runs::RunHandle => runs::RunView;
    "Plans the same choice anew."
    "runs.repeat" Export: planning::repeat, runs::RunHandle => runs::RunView;
    "Plans a new run of records that failed or were left without an answer."
    "runs.retry" Export: planning::retry, runs::RetryRun => runs::RunView;
    "Plans the undo of a run; nothing is written before it is sent."
    "runs.plan_undo" Export: undo::plan, runs::RunHandle => runs::RunView;
    "Saves the ledger as CSV or XLSX where the operator chooses."
    "runs.save_ledger" Export: ledger::save, runs::SaveLedger => Option<lists::SavedFile>;
    "Opens a line's record in the system browser."
    "runs.open_record" Export: ledger::open_record, runs::OpenRecord => app::Nothing;
    "Goes on with a login that led to another org than the connected one."
    "connection.accept_other_org" ChangeUser: connect::accept_other_org, app::Nothing => connection::LoginFinished;
    "Signs in without a browser, as an integration user."
    "connection.connect_server" ConnectOwnUser: connect::connect_server, connection::ConnectServer => connection::LoginFinished;
    "Ends the operator's own connection, in user-account mode."
    "connection.disconnect_own" ConnectOwnUser: connect::disconnect_own, app::Nothing => connection::Disconnected;
    "Chooses between service account and user accounts."
    "connection.choose_accounts" ChooseAccounts: connect::choose_accounts, connection::ChooseAccounts => app::AppState;
    "Chooses where tokens are kept on this machine."
    "tokens.choose_home" ChooseTokenHome: token_home::choose, connection::ChooseTokenHome => app::AppState;
    "Opens the encrypted file, or asks a locked keychain again."
    "tokens.unlock" Look: token_home::unlock, connection::UnlockTokens => app::AppState;
    "The people of the organisation."
    "people.list" Look: organisation::list, app::Nothing => people::People;
    "Adds a person."
    "people.add" ManagePeople: organisation::add, people::AddPerson => people::People;
    "Changes a person's name, address or role."
    "people.change" ManagePeople: organisation::change, people::ChangePerson => people::People;
    "Removes people; `people.restore` takes it back."
    "people.remove" ManagePeople: organisation::remove, people::PeopleHandle => people::People;
    "Takes back a removal."
    "people.restore" ManagePeople: organisation::restore, people::PeopleHandle => people::People;
    "Asks for a CSV file of people and says what it would bring; `null` when none was chosen."
    "people.choose_file" ManagePeople: organisation::choose_file, app::Nothing => Option<people::PeopleFileCheck>;
    "Saves every refused row of a file of people, with its reason, where the operator chooses."
    "people.save_refusals" ManagePeople: organisation::save_refusals, lists::FileHandle => Option<lists::SavedFile>;
    "Takes the people of a checked file."
    "people.import_file" ManagePeople: organisation::import_file, lists::FileHandle => people::People;
    "Says who uses this window."
    "people.switch_operator" SwitchOperator: organisation::switch_operator, people::PersonHandle => app::AppState;
    "Active standard users of the org, to choose from."
    "people.users" MapUsers: user_mapping::users, people::UserQuery => people::SalesforceUsers;
    "Saves the User Mapping tab."
    "people.save_mapping" MapUsers: user_mapping::save, people::SaveUserMappings => people::UserMappings;
    "The connection doctor's last report; `null` when it never ran for this org."
    "doctor.last" Look: connection_doctor::last, app::Nothing => Option<doctor::DoctorReport>;
    "Runs the connection doctor."
    "doctor.run" RunDoctor: connection_doctor::run, app::Nothing => doctor::DoctorReport;
    "Opens the Setup page that mends a check in the system browser."
    "doctor.open_setup" RunDoctor: connection_doctor::open_setup, doctor::CheckHandle => app::Nothing;
    "Saves a permission set for the Salesforce admin as XML where the operator chooses."
    "doctor.save_permission_set" RunDoctor: connection_doctor::save_permission_set, app::Nothing => Option<lists::SavedFile>;
    "A window of the audit log."
    "audit.list" ReadAudit: audit_log::list, audit::AuditQuery => audit::AuditPage;
    "Saves entries of the audit log as CSV where the operator chooses."
    "audit.save_file" ReadAudit: audit_log::save_file, audit::SaveAudit => Option<lists::SavedFile>;
    "What is stored on this machine, and what leaves it."
    "stored_data.show" Look: data_sharing::show, app::Nothing => stored_data::StoredData;
    "Deletes one kind of what is stored."
    "stored_data.delete" DeleteStoredData: data_sharing::delete, stored_data::DeleteStored => stored_data::StoredData;
    "The support bundle, to be looked at before it is saved."
    "support.preview" MakeSupportBundle: support_bundle::preview, app::Nothing => stored_data::SupportBundle;
    "Saves the support bundle where the operator chooses."
    "support.save" MakeSupportBundle: support_bundle::save, app::Nothing => Option<lists::SavedFile>;
    "The workspaces of this machine."
    "workspaces.list" SwitchWorkspace: machine::list, app::Nothing => workspaces::Workspaces;
    "Makes a workspace and opens it."
    "workspaces.create" SwitchWorkspace: machine::create, workspaces::NewWorkspace => app::Nothing;
    "Opens another workspace in this window."
    "workspaces.open" SwitchWorkspace: machine::open, workspaces::WorkspaceHandle => app::Nothing;
    "Asks for a folder with a workspace and opens it in this window; `null` when none was chosen."
    "workspaces.open_folder" SwitchWorkspace: machine::open_folder, app::Nothing => Option<workspaces::WorkspaceHandle>;
    "Puts a workspace back on the list that was taken off."
    "workspaces.restore" SwitchWorkspace: machine::restore, workspaces::RestoreWorkspace => workspaces::Workspaces;
    "Takes a workspace off the list; its folder stays."
    "workspaces.forget" SwitchWorkspace: machine::forget, workspaces::WorkspaceHandle => workspaces::Workspaces;
    "Gives the open workspace another name."
    "workspaces.rename" ManagePeople: machine::rename, workspaces::RenameWorkspace => app::AppState;
}

fn read<P: DeserializeOwned>(name: &str, params: Value) -> Result<P, Fault> {
    let params = if params.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        params
    };
    serde_json::from_value(params).map_err(|error| {
        Fault::new(
            Code::BadParameters,
            format!("The call “{name}” has parameters that do not fit: {error}."),
        )
    })
}

fn write<R: Serialize>(name: &str, result: &R) -> Result<Value, Fault> {
    serde_json::to_value(result).map_err(|error| {
        Fault::new(
            Code::Internal,
            format!("The answer of “{name}” could not be written: {error}."),
        )
    })
}
