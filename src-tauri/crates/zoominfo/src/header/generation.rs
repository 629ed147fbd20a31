//! Which of ZoomInfo's headers a list has. It only informs: columns are understood one by one.

use model::ProfileKind;

use super::{Column, aliases};

/// A family of headers that ZoomInfo has written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// Today's lists.
    Current,
    /// Today's contact lists with job changes, budgets and growth.
    Richer,
    /// Results of a list match or an enrichment.
    MatchResults,
    /// Lists of 2018 and before.
    Before2019,
    /// Columns were taken out by hand or by another program.
    Trimmed,
}

/// Columns that contact lists have had for years; a list without most of them was trimmed.
const CONTACT_COLUMNS: usize = 60;
const COMPANY_COLUMNS: usize = 40;

impl Generation {
    /// The generation of a header.
    pub(super) fn of(kind: ProfileKind, cells: &[&str], columns: &[Column]) -> Self {
        let named = |names: &[&str]| {
            cells.iter().any(|cell| {
                names
                    .iter()
                    .any(|name| aliases::folded(cell) == aliases::folded(name))
            })
        };
        let has = |fields: &[&str]| {
            columns
                .iter()
                .any(|column| column.field.is_some_and(|field| fields.contains(&field)))
        };
        let known = columns.iter().filter(|column| column.field.is_some()).count();
        if named(&["Zoom Individual ID", "Zoom company ID"]) {
            Self::Before2019
        } else if has(&[
            "match_status",
            "email_matched_person_name",
            "calculated_job_function",
        ]) || named(&["Revenue (in 000s)"])
        {
            Self::MatchResults
        } else if has(&[
            "last_job_change_date",
            "previous_job_title",
            "job_title_hierarchy_level",
            "employee_growth_1_year",
        ]) {
            Self::Richer
        } else if known
            >= (if kind == ProfileKind::Contact {
                CONTACT_COLUMNS
            } else {
                COMPANY_COLUMNS
            })
        {
            Self::Current
        } else {
            Self::Trimmed
        }
    }

    /// The generation in words, e.g. `current header`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Current => "current header",
            Self::Richer => "current header with job changes",
            Self::MatchResults => "match results",
            Self::Before2019 => "header of 2018 and before",
            Self::Trimmed => "trimmed header",
        }
    }
}
