//! Why a whole file cannot be imported. Single rows that cannot are [`crate::Refusal`]s.

use std::io;

use crate::csv_file::NotText;

/// A file that cannot be imported; each sentence says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// No bytes, or nothing visible in them.
    #[error("The file is empty. Export the list from ZoomInfo again, then choose that file.")]
    Empty,
    /// The first row holds data.
    #[error(
        "The first row is not a header: it starts with “{first_cell}”. Add ZoomInfo's column names as the first row, or \
         export the list again."
    )]
    NoHeader {
        /// What stands where the first column name should.
        first_cell: String,
    },
    /// A file of another type.
    #[error("This is {what}, not a CSV file. In ZoomInfo, export the list as CSV, then choose that file.")]
    NotCsv {
        /// The type, e.g. `an image (PNG)`.
        what: &'static str,
    },
    /// A header and nothing else.
    #[error("The file has a header and no rows. Export a list that has profiles, then choose that file.")]
    NoData,
    /// A header without ZoomInfo's columns.
    #[error(
        "This does not look like a ZoomInfo list: its columns are {columns}. A list of contacts has columns such as Last Name \
         and Company Name, a list of companies Company Name and Website."
    )]
    NotZoomInfo {
        /// The first columns, in words.
        columns: String,
    },
    /// A ZoomInfo list without the column that every row needs.
    #[error(
        "This list of {kind} has no column {column}, and every row needs one. Add the column, or export the list again."
    )]
    MissingColumn {
        /// `contacts` or `companies`.
        kind: &'static str,
        /// The column.
        column: &'static str,
    },
    /// More columns than a list has.
    #[error("The header has {columns} columns, and {most} are the most. Delete the columns that you do not need.", most = crate::MOST_COLUMNS)]
    TooWide {
        /// How many it has.
        columns: usize,
    },
    /// The first row does not end.
    #[error(
        "The first row is longer than 1 MiB, or opens a quote that it does not close, so it is no header. Export the list \
         again, then choose that file."
    )]
    HeaderTooLong,
    /// The system cannot read the file.
    #[error("The file cannot be read: {0}. Check that it still exists and that you may open it.")]
    Unreadable(#[from] io::Error),
}

impl ImportError {
    /// Code for machines, e.g. `not_zoominfo`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoHeader { .. } => "no_header",
            Self::NotCsv { .. } => "not_csv",
            Self::NoData => "no_data",
            Self::NotZoomInfo { .. } => "not_zoominfo",
            Self::MissingColumn { .. } => "missing_column",
            Self::TooWide { .. } => "too_wide",
            Self::HeaderTooLong => "header_too_long",
            Self::Unreadable(_) => "unreadable",
        }
    }
}

impl From<NotText> for ImportError {
    fn from(why: NotText) -> Self {
        match why {
            NotText::Empty => Self::Empty,
            NotText::OtherType(what) => Self::NotCsv { what },
            NotText::Unreadable(error) => Self::Unreadable(error),
        }
    }
}
