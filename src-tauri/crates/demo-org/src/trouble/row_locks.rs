//! Rows that are locked when somebody writes them.

use serde::{Deserialize, Serialize};

/// A share of an object's rows refuses its first tries with `UNABLE_TO_LOCK_ROW`, however they are written: alone, in
/// collections, in composites, in jobs. A row is known by its record, or (when it is new) by its values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowLock {
    /// API name of the object; every object when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The share of rows.
    pub fraction: Fraction,
    /// How many tries of such a row are refused.
    #[serde(default = "once")]
    pub tries: u32,
    /// Decides which rows.
    #[serde(default)]
    pub seed: u64,
}

fn once() -> u32 {
    1
}

/// A share, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Fraction(f64);

impl TryFrom<f64> for Fraction {
    type Error = String;

    fn try_from(share: f64) -> Result<Self, String> {
        if (0.0..=1.0).contains(&share) {
            Ok(Self(share))
        } else {
            Err(format!("{share} is no share of 0 to 1"))
        }
    }
}

impl From<Fraction> for f64 {
    fn from(share: Fraction) -> Self {
        share.0
    }
}
