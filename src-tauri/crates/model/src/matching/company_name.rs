//! Names of companies as they are compared.

use super::{fold, legal_form};

/// From this likeness on, two names are nearly the same.
const LIKENESS: f64 = 0.93;

/// The name of a company.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CompanyName {
    words: Vec<String>,
    /// The words as one, which is what is compared: `Face Book, Inc.` is `facebook`.
    pub(super) whole: String,
}

impl CompanyName {
    pub(super) fn read(name: &str) -> Self {
        let words = fold::words(name);
        let words: Vec<String> = legal_form::without(&words)
            .into_iter()
            .map(str::to_owned)
            .collect();
        Self {
            whole: words.concat(),
            words,
        }
    }

    /// Whether both are known and the same.
    pub(super) fn is(&self, other: &Self) -> bool {
        !self.whole.is_empty() && self.whole == other.whole
    }

    /// Whether they are nearly the same: misspelt, in another order, or one a part of the other.
    pub(super) fn is_nearly(&self, other: &Self) -> bool {
        if self.whole.is_empty() || other.whole.is_empty() {
            return false;
        }
        let is_part = |part: &Self, of: &Self| part.words.iter().all(|word| of.words.contains(word));
        self.is(other)
            || is_part(self, other)
            || is_part(other, self)
            || fold::likeness(&self.whole, &other.whole) >= LIKENESS
    }
}
