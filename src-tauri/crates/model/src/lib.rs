//! The words and rules of the product as pure types: profiles, targets, mappings, conversion, run states.
//!
//! This crate never does input or output, never looks at a clock and never awaits: every function gives the same
//! answer for the same arguments. It knows neither Salesforce's HTTP nor the database; others turn their own shapes
//! into these types.
//!
//! To add a conversion: one file in `convert`, one arm in `Converter::convert`, one `FaultRule` when it can fail. To
//! add a ZoomInfo field: one line in `zoominfo_field/catalogue.rs` (and its headers in the crate `zoominfo`). To add a
//! target object: one variant of `TargetObject` and its rows in `mapping/defaults.rs`. To add a criterion by which
//! duplicates are found: see `matching`.

mod api_cost;
pub mod convert;
pub mod doctor;
mod export_settings;
pub mod mapping;
pub mod matching;
mod person;
mod policy;
mod preflight;
mod profile;
mod profile_document;
pub mod run;
pub mod target;
pub mod text;
mod user_mapping;
pub mod zoominfo_field;

pub use api_cost::{ApiCost, CostStep, REST_BATCH_RECORDS, calls_of_sending, estimated_polls};
pub use convert::{
    Decimal, FaultRule, LookupPath, Mark, MarkRule, RowFault, TypedValue, cell_of_column, cell_of_path,
    csv_text,
};
pub use export_settings::{
    AssignmentRuleChoice, AssociationSettings, DuplicateAction, DuplicateChecking, DuplicateSettings,
    ExportSettings, ExportSettingsFault, ExportSettingsField, HIGHEST_LIMIT_RECORDS, NoAccount,
    ObjectSettings, OneAccount, SeveralAccounts,
};
pub use mapping::{
    Cell, CompiledMapping, DocumentError, Hierarchy, Mapped, Mapping, MappingDocument, MappingProblem,
    MappingRow, MappingRowView, OnUpdate, Overflow, ProblemCode, Source, UpdateOutcome, UsedRow, Verdict,
    apply, default_mapping, mapping_view,
};
pub use matching::Grade;
pub use person::{LONGEST_EMAIL, LONGEST_PERSON_NAME, person_email, person_name, says_admin};
pub use policy::{Act, Allowed, Standing, WhoMay, refusal};
pub use preflight::{AdminSession, OwnUser, PreflightCode, PreflightFacts, PreflightRefusal, preflight};
pub use profile::{Profile, ProfileKind, ProfileValues};
pub use profile_document::{ProfileDocument, ProfileReader};
pub use run::{
    Api, CampaignChoice, CheckPlace, CompanyAnswer, DuplicateCheck, DuplicateRuleFact, FieldChange, Findings,
    Forecast, ForecastState, JobOperation, JobState, LineAction, LineAnswer, LineOutcome, MatchingAccounts,
    OrgRules, PlanCounts, REST_LIMIT_RECORDS, RetriedLines, RowDigest, RuleEffect, RunKind, RunOptions,
    RunOwner, RunState, Selection, Tally, row_digest, values_digest,
};
pub use target::{
    FieldKind, LookupKey, LookupKeys, PicklistValue, RecordTypeChoice, TargetDescribe, TargetField,
    TargetObject,
};
pub use user_mapping::{MappedBy, OrgUser, OrgUsers, UserMatch};
pub use zoominfo_field::{FieldGroup, Unit, ZoomInfoField};
