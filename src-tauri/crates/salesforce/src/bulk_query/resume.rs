//! Where a download stands, in a form that a later process can go on from.

use serde::{Deserialize, Serialize};

/// A place in a job's results. Locators stay valid as long as the job's results, seven days.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ResumePoint {
    /// The first page that is not wholly handed over; `None` is the very first page.
    pub locator: Option<String>,
    /// Rows of that page that are handed over.
    pub page_rows: u64,
    /// Rows of the pages before it.
    pub rows_before: u64,
    /// Later pages of which rows are handed over; only when pages were read in parallel.
    pub ahead: Vec<PageRows>,
    /// The columns; the pages to come must have the same. Empty before the first page is opened.
    pub columns: Vec<String>,
}

/// How much of one page is handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRows {
    /// The page.
    pub locator: String,
    /// Rows handed over.
    pub rows: u64,
    /// Nothing is left of it.
    pub complete: bool,
}

impl ResumePoint {
    /// Rows handed over in all.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows_before + self.page_rows + self.ahead.iter().map(|page| page.rows).sum::<u64>()
    }
}
