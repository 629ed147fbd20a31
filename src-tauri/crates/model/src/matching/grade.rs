//! How sure a match is.

use serde::{Deserialize, Serialize};

/// How sure it is that two records are the same person or company; the surest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// It may be updated without a question.
    Exact,
    /// It is asked, unless the admin says otherwise.
    Likely,
    /// The same, and somebody should look.
    Possible,
}

impl Grade {
    /// The grade in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Exact => "Exact",
            Self::Likely => "Likely",
            Self::Possible => "Possible",
        }
    }
}
