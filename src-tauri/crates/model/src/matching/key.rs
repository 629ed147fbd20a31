//! Keys: what two records must share to match.

use xxhash_rust::xxh3::Xxh3;

use super::Criterion;

/// Version of the rules by which keys are made and kept. Whoever changes them, folding and tables included, counts it up:
/// kept keys of another version find nothing.
pub const KEY_VERSION: u32 = 2;

/// A hash of what a record must share with another to match it by a criterion. Stable: it is kept in databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MatchKey {
    /// The criterion.
    pub criterion: Criterion,
    /// XXH3 of the criterion's code and the values, as SQLite's signed integer. Different criteria give different hashes
    /// for the same values.
    pub hash: i64,
}

impl MatchKey {
    /// The key of values that must not be empty; `None` when one is.
    pub(super) fn of(criterion: Criterion, values: &[&str]) -> Option<Self> {
        if values.iter().any(|value| value.is_empty()) {
            return None;
        }
        let mut hasher = Xxh3::new();
        hasher.update(criterion.code().as_bytes());
        for value in values {
            // No folded value holds this byte, so that ("a", "bc") and ("ab", "c") differ.
            hasher.update(&[0]);
            hasher.update(value.as_bytes());
        }
        Some(Self {
            criterion,
            hash: hasher.digest().cast_signed(),
        })
    }
}
