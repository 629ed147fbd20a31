//! Checkboxes.

use super::{FaultRule, Problem, TypedValue};

/// Yes and no in the words that lists use.
pub fn boolean(text: &str) -> Result<TypedValue, Problem> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "t" | "1" => Ok(TypedValue::Boolean(true)),
        "false" | "no" | "n" | "f" | "0" => Ok(TypedValue::Boolean(false)),
        _ => Err(Problem::new(FaultRule::NotTrueOrFalse, "is neither yes nor no")),
    }
}
