//! The workspace database: one SQLite file with settings, lists, mappings, runs and their journal.
//!
//! It knows tables, not rules: what may be written when is decided by the engine. Reads and writes differ in
//! type: [`Read`] sees one consistent snapshot, [`Write`] is one transaction that lands whole or not at all.
//! Tokens are never stored here.
//!
//! To add a table: a migration in `migrations/`, a line in `migration.rs`, one file in `table/`.

mod error;
mod glance;
mod migration;
mod table;
mod word;
mod workspace;

pub use error::{StoreError, Trouble};
pub use glance::{Glance, glance};
pub use migration::newest_version;
pub use table::audit_entry::{AuditEntryRow, AuditFilter, NewAuditEntry};
pub use table::candidate::{Candidate, CandidateRow};
pub use table::company::{AccountCandidate, COMPANY_SKIPPED_CODE, CompanyFilter, CompanyLines, CompanyRow};
pub use table::describe::DescribeRow;
pub use table::difference::{DifferenceFilter, DifferenceKind, DifferenceRow};
pub use table::doctor_report::DoctorReportRow;
pub use table::draft::{draft_of, is_draft};
pub use table::export_setting::{ExportRulesRow, ExportSettingRow};
pub use table::integration::IntegrationRow;
pub use table::job::{JobLines, JobRow, KeptResultsRow, NewJob};
pub use table::line::{LineOutcomeUpdate, LineRow, NewLine};
pub use table::line_filter::LineFilter;
pub use table::list::{ListColumn, ListRow, NewList};
pub use table::mapping::{MappingRow, NewMapping};
pub use table::mapping_basis::MappingBasisRow;
pub use table::mapping_test::{
    MappingTestRow, MappingTestState, NewMappingTest, TestRecordRow, TestRecordState,
};
pub use table::member::{MemberRow, MemberState};
pub use table::mirror::{MirrorRecord, MirrorRow, NewMirrorFill, NewMirrorRecord};
pub use table::mirror_key::{MirrorHit, MirrorProbe};
pub use table::org::OrgRow;
pub use table::outcome_count::ReasonRow;
pub use table::person::{PersonFields, PersonRow};
pub use table::person_connection::PersonConnectionRow;
pub use table::planned_line::{ChangeCounts, LineAnswerRow, LineDecision, LineProfile};
pub use table::profile::{NewProfile, ProfileRow, StoredProfile};
pub use table::question::QuestionCounts;
pub use table::run::{NewRun, RunFilter, RunRow};
pub use table::run_fault::RunFaultRow;
pub use table::sent_line::{PlannedLines, Settlement, UploadLine};
pub use table::stored_data::{PartSize, StoredPart};
pub use table::undo_line::{LaterWrite, UndoneLine, UndoneLines};
pub use table::user_mapping::{FoundBy, UserMappingRow};
pub use workspace::{PlanLock, Read, RunLock, Store, TestLock, Write, now, time};
