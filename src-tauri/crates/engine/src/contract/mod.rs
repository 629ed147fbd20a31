//! THE LIST of what a client can ask for. The router and the TypeScript types both come from it.
//!
//! It holds shapes and names only: no rule, no IO. To add a call: its parameter and result types in the file
//! of their page, one line in the list below, and the function it names in a use case of this crate; then
//! `cargo xtask types` writes the TypeScript.

pub mod app;
pub mod connection;
pub mod event;
pub mod export;
pub mod lists;
pub mod mapping;
pub mod people;
pub mod runs;
pub mod settings;
pub mod typescript;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::fault::{Code, Fault};
use crate::{
    Engine, connect, export_settings, import, integration, ledger_line, listing, mapping as tab, planning,
    runs as ledger, undo, user_mapping,
};

/// One call: its name and its types as TypeScript sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallShape {
    /// Name, `area.verb`.
    pub name: &'static str,
    /// What it does.
    pub purpose: &'static str,
    /// Type of the parameters.
    pub params: String,
    /// Type of the result.
    pub result: String,
}

macro_rules! contract {
    ($( $purpose:literal $name:literal: $handler:path, $params:ty => $result:ty; )*) => {
        /// Answers one call.
        ///
        /// # Errors
        /// `unknown_call` for a name that is not on the list, `bad_parameters` when the parameters do not fit,
        /// else the use case's own fault.
        pub async fn call(engine: &Engine, name: &str, params: Value) -> Result<Value, Fault> {
            match name {
                $( $name => {
                    let params: $params = read(name, params)?;
                    let result: $result = Box::pin($handler(engine, params)).await?;
                    write(name, &result)
                } )*
                _ => Err(Fault::new(Code::UnknownCall, format!("There is no call named “{name}”. Update the app."))),
            }
        }

        /// Every call of the contract, with its TypeScript types, and the declarations that these need.
        #[must_use]
        pub fn shapes(config: &ts_rs::Config) -> (Vec<CallShape>, typescript::Declarations<'_>) {
            let mut declarations = typescript::Declarations::new(config);
            let calls = vec![ $( CallShape {
                name: $name,
                purpose: $purpose,
                params: declarations.name_of::<$params>(),
                result: declarations.name_of::<$result>(),
            } ),* ];
            (calls, declarations)
        }
    };
}

contract! {
    "The state of the workspace."
    "app.state": integration::state, app::Nothing => app::AppState;
    "What an admin sets up in Salesforce before connecting."
    "connection.guide": connect::guide, app::Nothing => connection::ConnectionGuide;
    "Opens Salesforce's login page in the system browser."
    "connection.begin": connect::begin, connection::BeginLogin => connection::LoginAttempt;
    "Waits for the browser to come back, then reads the org."
    "connection.finish": connect::finish, app::Nothing => app::AppState;
    "Ends a login that waits for the browser."
    "connection.cancel": connect::cancel, app::Nothing => app::Nothing;
    "Asks the org again who it is and how many API calls are left."
    "connection.check": connect::check, app::Nothing => app::AppState;
    "Revokes and forgets the tokens; settings stay."
    "connection.disconnect": connect::disconnect, app::Nothing => connection::Disconnected;
    "Opens the org in the system browser."
    "connection.open_org": connect::open_org, app::Nothing => app::Nothing;
    "The master toggle."
    "settings.exports_on": integration::set_exports_on, settings::ExportsOn => app::AppState;
    "What may be exported, and how much at one time."
    "settings.export": export_settings::show, app::Nothing => settings::ExportSettings;
    "Saves the Export tab."
    "settings.save_export": export_settings::save, settings::SaveExportSettings => settings::ExportSettings;
    "The lists."
    "lists.list": listing::list, lists::ListQuery => lists::Lists;
    "Opens the system's file dialog; `null` when it was closed without a choice."
    "lists.choose_file": import::choose_file, app::Nothing => Option<lists::ChosenFile>;
    "Announces a dropped file; its bytes follow by `drop_chunk`."
    "lists.drop_file": import::drop_file, lists::DroppedFile => lists::ChosenFile;
    "Reads a whole file and says what it would bring; writes nothing."
    "lists.check_file": import::check, lists::FileHandle => lists::ImportCheck;
    "Imports a file as a new list."
    "lists.import_file": import::import, lists::ImportFile => lists::Imported;
    "Stops the reading or importing of a file."
    "lists.cancel_file": import::cancel, lists::FileHandle => app::Nothing;
    "Saves every refused row of a file as CSV where the operator chooses."
    "lists.save_refusals": import::save_refusals, lists::FileHandle => Option<lists::SavedFile>;
    "Imports the made-up lists that ship with the app."
    "lists.import_samples": import::import_samples, app::Nothing => lists::Lists;
    "A window of a list's profiles."
    "lists.profiles": listing::profiles, lists::ProfileQuery => lists::ProfilePage;
    "Gives a list another name."
    "lists.rename": listing::rename, lists::RenameList => lists::ListSummary;
    "Deletes a list; `lists.restore` takes it back until the app ends."
    "lists.delete": listing::delete, lists::ListHandle => app::Nothing;
    "Takes back the deletion of a list."
    "lists.restore": listing::restore, lists::ListHandle => lists::ListSummary;
    "The saved mapping of one object."
    "mapping.show": tab::versions::show, mapping::ObjectQuery => mapping::versions::SavedMapping;
    "What sources and targets there are to choose from."
    "mapping.fields": tab::fields::fields, mapping::ObjectQuery => mapping::fields::MappingFields;
    "By which fields another object's records can be looked up."
    "mapping.lookup_fields": tab::fields::lookup_fields, mapping::fields::LookupQuery => mapping::fields::LookupFields;
    "What rows do to one sample profile, and what stops them."
    "mapping.preview": tab::preview::preview, mapping::preview::PreviewQuery => mapping::preview::MappingPreview;
    "The org's record that a sample would update; `null` when there is none."
    "mapping.find_record": tab::record::find, mapping::preview::RecordQuery => Option<mapping::preview::ExistingRecord>;
    "What rows do to a whole list."
    "mapping.check_list": tab::list_check::check, mapping::check::ListCheckQuery => mapping::check::ListCheck;
    "Rows that names suggest."
    "mapping.match": tab::proposals::proposals, mapping::fields::ProposalQuery => mapping::fields::Proposals;
    "Saves rows as a new version."
    "mapping.save": tab::save::save, mapping::versions::SaveMapping => mapping::versions::SaveAnswer;
    "The versions of a mapping."
    "mapping.history": tab::history::history, mapping::ObjectQuery => mapping::versions::MappingHistory;
    "What differs between two versions, or a version and unsaved rows."
    "mapping.compare": tab::history::compare, mapping::versions::CompareVersions => mapping::versions::MappingDifference;
    "Saves an earlier version as the newest."
    "mapping.restore": tab::save::restore, mapping::versions::VersionQuery => mapping::versions::SavedMapping;
    "The default rows, to be edited; saves nothing."
    "mapping.defaults": tab::versions::defaults, mapping::ObjectQuery => mapping::versions::EditableRows;
    "Asks the org for its fields again and says what drifted."
    "mapping.refresh": tab::versions::refresh, mapping::ObjectQuery => mapping::versions::SavedMapping;
    "Writes rows to a mapping file where the operator chooses."
    "mapping.save_file": tab::transfer::save_file, mapping::versions::RowsOfObject => Option<lists::SavedFile>;
    "Reads the rows of a mapping file, to be edited; `null` when no file was chosen."
    "mapping.open_file": tab::transfer::open_file, mapping::ObjectQuery => Option<mapping::versions::EditableRows>;
    "Test Mapping: creates a record, reads it back, compares and deletes it."
    "mapping.test": tab::test::run, mapping::test::TestMapping => mapping::test::MappingTest;
    "Tries again to delete what a test left behind."
    "mapping.clean_test": tab::test::clean, mapping::test::TestHandle => mapping::test::MappingTest;
    "Opens a record that a test left behind in the system browser."
    "mapping.open_record": tab::test::open_record, mapping::test::TestRecordHandle => app::Nothing;
    "The org's assignment rules for leads, to choose from."
    "settings.assignment_rules": export_settings::assignment_rules, app::Nothing => settings::AssignmentRules;
    "Everybody with their Salesforce user."
    "people.mapping": user_mapping::show, app::Nothing => people::UserMappings;
    "Says which Salesforce user a person is."
    "people.map": user_mapping::set, people::MapPerson => people::UserMappings;
    "What may be chosen for an export."
    "export.options": planning::options, export::ExportOptionsQuery => export::ExportOptions;
    "Campaigns that exported people can be added to."
    "export.campaigns": planning::campaigns, runs::CampaignQuery => runs::Campaigns;
    "Whether an export may be planned."
    "export.preflight": planning::preflight, export::ExportChoice => export::Preflight;
    "Makes a plan, with duplicates, owners and accounts; nothing is written to Salesforce."
    "export.plan": planning::plan, export::ExportChoice => runs::RunView;
    "Starts sending a planned run."
    "export.send": ledger::send, runs::RunHandle => runs::RunView;
    "The runs, newest first."
    "runs.list": ledger::list, runs::RunQuery => runs::RunPage;
    "One run."
    "runs.show": ledger::show, runs::RunHandle => runs::RunView;
    "Stops a run; what was sent stays in the ledger."
    "runs.cancel": ledger::cancel, runs::RunHandle => runs::RunView;
    "Goes on with a run that waits or was interrupted."
    "runs.resume": ledger::resume, runs::RunHandle => runs::RunView;
    "A window of a run's ledger."
    "runs.ledger": ledger::ledger, runs::LedgerQuery => runs::LedgerPage;
    "Everything about one line of a run."
    "runs.line": ledger_line::show, runs::LineHandle => runs::LineDetail;
    "What the updates of a plan change, field by field."
    "runs.differences": planning::differences, runs::DifferenceQuery => runs::DifferencePage;
    "Questions about duplicates."
    "runs.questions": planning::questions, runs::QuestionQuery => runs::QuestionPage;
    "Answers questions about duplicates."
    "runs.answer": planning::answer, runs::AnswerLines => runs::RunView;
    "Questions about the accounts of contacts."
    "runs.companies": planning::companies, runs::CompanyQuery => runs::CompanyPage;
    "Answers questions about accounts."
    "runs.answer_companies": planning::answer_companies, runs::AnswerCompanies => runs::RunView;
    "Answers everything that waits."
    "runs.answer_all": planning::answer_all, runs::AnswerAll => runs::RunView;
    "Asks the org what changed since the plan, and plans the affected records again."
    "runs.refresh": planning::refresh, runs::RunHandle => runs::RunView;
    "Plans the same choice anew."
    "runs.repeat": planning::repeat, runs::RunHandle => runs::RunView;
    "Plans a new run of records that failed or were left without an answer."
    "runs.retry": planning::retry, runs::RetryRun => runs::RunView;
    "Plans the undo of a run; nothing is written before it is sent."
    "runs.plan_undo": undo::plan, runs::RunHandle => runs::RunView;
    "Saves the ledger as CSV or XLSX where the operator chooses."
    "runs.save_ledger": ledger::save, runs::SaveLedger => Option<lists::SavedFile>;
    "Opens a line's record in the system browser."
    "runs.open_record": ledger::open_record, runs::LineHandle => app::Nothing;
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
