//! Rows that are not imported.

use serde::{Deserialize, Serialize};

use crate::csv_file::{BrokenRecord, RecordRule};

/// A row that is not imported, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Its first line in the file, the header being line 1.
    pub line: u64,
    /// Its last line.
    pub last_line: u64,
    /// The column at fault; `None` for the whole row.
    pub column: Option<String>,
    /// What stands there, shortened; empty when nothing does.
    pub value: String,
    /// The rule.
    pub rule: RefusalRule,
    /// Why, in one sentence.
    pub why: String,
    /// What to do, in one sentence.
    pub fix: String,
}

/// Rules that a row can break. The set is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalRule {
    /// A contact without a last name.
    NoLastName,
    /// A company without a name.
    NoCompanyName,
    /// Nothing in any cell.
    BlankRow,
    /// Fewer cells than columns.
    TooFewCells,
    /// More cells than columns.
    TooManyCells,
    /// A line of more than 1 MiB.
    TooLong,
    /// A quote that is not closed.
    UnclosedQuote,
    /// Bytes that are not text in the file's encoding.
    NotText,
    /// An id that a spreadsheet shortened.
    ShortenedId,
    /// The same profile as an earlier row.
    Repeats,
}

impl RefusalRule {
    /// Code for machines, e.g. `no_last_name`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoLastName => "no_last_name",
            Self::NoCompanyName => "no_company_name",
            Self::BlankRow => "blank_row",
            Self::TooFewCells => "too_few_cells",
            Self::TooManyCells => "too_many_cells",
            Self::TooLong => "too_long",
            Self::UnclosedQuote => "unclosed_quote",
            Self::NotText => "not_text",
            Self::ShortenedId => "shortened_id",
            Self::Repeats => "repeats",
        }
    }
}

impl Refusal {
    /// A row whose ZoomInfo id an earlier line of the same file has. Whoever holds the profiles knows; the reader does
    /// not remember rows.
    #[must_use]
    pub fn repeats(line: u64, first_line: u64) -> Self {
        Self {
            line,
            last_line: line,
            column: None,
            value: String::new(),
            rule: RefusalRule::Repeats,
            why: format!("Repeats line {first_line}: both have the same ZoomInfo id."),
            fix: "Nothing to do; the first one is imported.".to_owned(),
        }
    }

    pub(crate) fn broken(broken: BrokenRecord) -> Self {
        let line = broken.line;
        let (rule, why, fix) = match broken.rule {
            RecordRule::TooLong => (
                RefusalRule::TooLong,
                "The row is longer than 1 MiB.".to_owned(),
                format!("Shorten the row at line {line}, or delete it."),
            ),
            RecordRule::UnclosedQuote => (
                RefusalRule::UnclosedQuote,
                "A quote is opened and not closed where the cell ends.".to_owned(),
                format!("Close the quote on line {line}, or delete it."),
            ),
        };
        Self {
            line,
            last_line: broken.last_line,
            column: None,
            value: broken.excerpt,
            rule,
            why,
            fix,
        }
    }
}
