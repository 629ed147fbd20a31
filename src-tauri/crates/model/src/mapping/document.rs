//! A mapping as a JSON file that people can read, keep and carry to another workspace.
//!
//! `MAPPING_FILE.md` beside this crate's manifest documents every member, with an example. Members that are not known
//! are refused, so that nothing in a file is quietly ignored.
//!
//! To add a member to rows: `row.rs`, and its line in that document; a test holds the two together. A member that older
//! versions of the app must not overlook makes a new version of the format.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::MOST_ROWS;
use super::row::{Mapping, MappingRow};
use crate::TargetObject;
use crate::text::grouped;

const FORMAT: &str = "landbridge-mapping";
const VERSION: u32 = 1;

/// The file's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingDocument {
    /// Always `landbridge-mapping`.
    pub format: String,
    /// Version of the format, 1.
    pub version: u32,
    /// The object.
    pub object: TargetObject,
    /// The rows, in order.
    pub rows: Vec<MappingRow>,
}

/// Why a text is not a mapping.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Not JSON.
    #[error("This is not a mapping file: it is not JSON ({detail}). Choose a file that Landbridge exported.")]
    NotJson {
        /// What the reader says, with line and column.
        detail: String,
    },
    /// JSON, but of something else.
    #[error(
        "This is not a mapping file: it does not say \"format\": \"{FORMAT}\". Choose a file that Landbridge exported."
    )]
    OtherFormat,
    /// Written by a newer app.
    #[error(
        "This mapping file has version {version}, and this app reads versions up to {VERSION}. Update Landbridge, then \
         import the file again; nothing was changed."
    )]
    Newer {
        /// The file's version.
        version: u64,
    },
    /// The right format, but wrong inside.
    #[error("This mapping file cannot be used: {detail}. Correct that place, then import the file again.")]
    Malformed {
        /// What is wrong.
        detail: String,
    },
    /// Too many rows.
    #[error(
        "This mapping file has {} rows, and {} are the most. Delete rows, then import the file again.",
        grouped(*rows as u64),
        grouped(MOST_ROWS as u64)
    )]
    TooManyRows {
        /// How many it has.
        rows: usize,
    },
    /// Of another object.
    #[error(
        "This mapping file is for {found}, and {expected} was asked for. Import it on the sub-tab of {found}."
    )]
    OtherObject {
        /// The file's object.
        found: TargetObject,
        /// The wanted object.
        expected: TargetObject,
    },
}

impl MappingDocument {
    /// The document of a mapping.
    #[must_use]
    pub fn of(mapping: &Mapping) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            object: mapping.object,
            rows: mapping.rows.clone(),
        }
    }

    /// The document as indented JSON with a final line break.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        Ok(format!("{}\n", serde_json::to_string_pretty(self)?))
    }

    /// Reads a mapping from a file's text.
    pub fn read(text: &str) -> Result<Mapping, DocumentError> {
        let text = text.trim_start_matches('\u{feff}');
        let value: Value = serde_json::from_str(text).map_err(|error| DocumentError::NotJson {
            detail: error.to_string(),
        })?;
        if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(DocumentError::OtherFormat);
        }
        // Before anything else: a newer file may have members that this version cannot know.
        if let Some(version) = value
            .get("version")
            .and_then(Value::as_u64)
            .filter(|version| *version > u64::from(VERSION))
        {
            return Err(DocumentError::Newer { version });
        }
        let document: Self = serde_json::from_str(text).map_err(|error| DocumentError::Malformed {
            detail: error.to_string(),
        })?;
        if document.version != VERSION {
            return Err(DocumentError::Malformed {
                detail: format!("there is no version {}", document.version),
            });
        }
        if document.rows.len() > MOST_ROWS {
            return Err(DocumentError::TooManyRows {
                rows: document.rows.len(),
            });
        }
        Ok(Mapping {
            object: document.object,
            rows: document.rows,
        })
    }

    /// Reads a mapping of one object.
    pub fn read_for(text: &str, expected: TargetObject) -> Result<Mapping, DocumentError> {
        let mapping = Self::read(text)?;
        if mapping.object == expected {
            Ok(mapping)
        } else {
            Err(DocumentError::OtherObject {
                found: mapping.object,
                expected,
            })
        }
    }
}
