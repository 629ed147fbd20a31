//! Lists of profiles and their import.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Contacts or companies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// People.
    Contacts,
    /// Companies.
    Companies,
}

/// Which lists to show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// Part of a name; empty shows all.
    pub search: String,
}

/// Lists, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Lists {
    /// The lists that fit the search.
    pub lists: Vec<ListSummary>,
    /// Number of all lists.
    pub total_lists: u32,
}

/// One list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListSummary {
    /// Id within the workspace.
    pub list_id: i64,
    /// Name, unique among lists.
    pub name: String,
    /// Contacts or companies.
    pub kind: ListKind,
    /// Number of profiles.
    pub profiles: u32,
    /// Rows that were refused at import.
    pub refused_rows: u32,
    /// File it came from.
    pub file_name: String,
    /// Header generation, in words.
    pub header: String,
    /// Columns that are not ZoomInfo's, kept for mapping.
    pub extra_columns: Vec<String>,
    /// When it was imported (RFC 3339, UTC).
    pub imported_at: String,
    /// Who imported it.
    pub imported_by: String,
}

/// A file that was chosen or dropped, and waits to be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChosenFile {
    /// Handle for the next calls; paths never leave the core.
    pub file_id: String,
    /// Name without folder.
    pub file_name: String,
    /// Size in bytes.
    pub size_bytes: u64,
}

/// Names a chosen file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FileHandle {
    /// From `ChosenFile`.
    pub file_id: String,
}

/// Announces a file that was dropped on the window; its bytes follow in chunks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DroppedFile {
    /// Name without folder.
    pub file_name: String,
    /// Size in bytes.
    pub size_bytes: u64,
}

/// What a file would bring: the whole file was read, nothing was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportCheck {
    /// The file.
    pub file: ChosenFile,
    /// Contacts or companies.
    pub kind: ListKind,
    /// Header generation, in words.
    pub header: String,
    /// Encoding, in words.
    pub encoding: String,
    /// Delimiter, in words.
    pub delimiter: String,
    /// Number of columns.
    pub columns: u32,
    /// Columns that are not ZoomInfo's.
    pub extra_columns: Vec<String>,
    /// A free name made from the file's name.
    pub suggested_name: String,
    /// Data rows in the file.
    pub read_rows: u32,
    /// Rows that would become profiles.
    pub importable_rows: u32,
    /// Of these, rows without a ZoomInfo id.
    pub without_id_rows: u32,
    /// Rows that would be refused; those that repeat a profile are among them.
    pub refused_rows: u32,
    /// Rows that repeat an earlier profile of the file.
    pub repeated_rows: u32,
    /// The first refusals, by line.
    pub refusals: Vec<RefusedRow>,
    /// How long reading took, in seconds.
    pub seconds: f64,
}

/// A row of a file that was not imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefusedRow {
    /// First physical line, counted from 1 with the header.
    pub line: u64,
    /// Last physical line.
    pub last_line: u64,
    /// Column at fault; `null` for the whole row.
    pub column: Option<String>,
    /// What stands there, shortened.
    pub value: String,
    /// Why it is refused.
    pub why: String,
    /// How to mend it.
    pub fix: String,
}

/// Imports a checked file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportFile {
    /// From `ChosenFile`.
    pub file_id: String,
    /// Name of the new list.
    pub name: String,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Imported {
    /// The new list.
    pub list: ListSummary,
    /// Data rows in the file.
    pub read_rows: u32,
    /// Rows that became profiles.
    pub imported_rows: u32,
    /// Rows that were refused.
    pub refused_rows: u32,
    /// The first refusals, by line.
    pub refusals: Vec<RefusedRow>,
}

/// Names a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListHandle {
    /// Id of the list.
    pub list_id: i64,
}

/// Gives a list another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RenameList {
    /// Id of the list.
    pub list_id: i64,
    /// New name.
    pub name: String,
}

/// A window of a list's profiles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProfileQuery {
    /// The list.
    pub list_id: i64,
    /// Part of a name, company, title, e-mail or id; empty shows all.
    pub search: String,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most, 500 at the most.
    pub limit: u32,
}

/// A window of profiles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProfilePage {
    /// The list.
    pub list: ListSummary,
    /// Profiles that fit the search.
    pub matching_profiles: u32,
    /// First row of this window.
    pub offset: u32,
    /// The rows.
    pub profiles: Vec<ProfileRow>,
}

/// One profile as a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProfileRow {
    /// Id within the workspace.
    pub profile_id: i64,
    /// Line of the file it came from.
    pub line: u64,
    /// ZoomInfo contact or company id.
    pub zoominfo_id: Option<String>,
    /// Person's name, or company name.
    pub name: String,
    /// Company name of a contact, website of a company.
    pub company: String,
    /// Job title of a contact, primary industry of a company.
    pub title: String,
    /// E-mail address of a contact; empty for a company.
    pub email: String,
    /// Best phone number.
    pub phone: String,
    /// City, state, country.
    pub place: String,
}

/// A file that was written where the operator chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedFile {
    /// Name without folder.
    pub file_name: String,
    /// Rows written, without the header.
    pub rows: u32,
}
