//! Postal codes, cities and states as they are compared.

use super::fold;

/// Where a company is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) postal_code: String,
    pub(super) city: String,
    state: String,
}

impl Place {
    pub(super) fn read(postal_code: Option<&str>, city: Option<&str>, state: Option<&str>) -> Self {
        Self {
            postal_code: postal_code.map(read_postal_code).unwrap_or_default(),
            city: city.map(fold::joined).unwrap_or_default(),
            state: state.map(fold::joined).unwrap_or_default(),
        }
    }

    /// Whether the postal codes are the same, or the cities without different states.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let same = |own: &str, theirs: &str| !own.is_empty() && own == theirs;
        same(&self.postal_code, &other.postal_code)
            || (same(&self.city, &other.city) && !self.has_another_state(other))
    }

    /// A state may be written as a code or in words, so only two of the same form can be told apart.
    fn has_another_state(&self, other: &Self) -> bool {
        let is_code = |state: &str| state.chars().count() <= 3;
        !self.state.is_empty()
            && !other.state.is_empty()
            && is_code(&self.state) == is_code(&other.state)
            && self.state != other.state
    }
}

/// Letters and digits; of a ZIP+4 code the first five.
fn read_postal_code(text: &str) -> String {
    let code = fold::joined(text);
    match text.trim().split_once('-') {
        Some((zip, more))
            if zip.len() == 5 && more.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            zip.to_owned()
        }
        _ => code,
    }
}
