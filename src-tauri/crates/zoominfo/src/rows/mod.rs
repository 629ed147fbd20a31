//! Rows: what becomes a profile, and what is refused and why.

mod refusal;
mod rules;

use model::Profile;

pub use refusal::{Refusal, RefusalRule};
pub(crate) use rules::{Cells, read_row};

/// What a row of a list became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListRow {
    /// A profile.
    Profile(Row),
    /// Nothing; it is told why.
    Refused(Refusal),
}

/// A row that became a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its first line in the file, the header being line 1.
    pub line: u64,
    /// Its last line; another one when cells hold line breaks.
    pub last_line: u64,
    /// The profile.
    pub profile: Profile,
}

impl Row {
    /// Whether it has no ZoomInfo id, so that it cannot be recognised when it comes again.
    #[must_use]
    pub fn lacks_id(&self) -> bool {
        self.profile.zoominfo_id.is_none()
    }

    /// Whether it names no company. A contact may; Salesforce wants one for a lead.
    #[must_use]
    pub fn lacks_company(&self) -> bool {
        self.profile.value("company_name").is_none()
    }
}
