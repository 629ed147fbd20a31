//! Text, and what is kept as text.

use super::{FaultRule, MarkRule, Problem, TypedValue};
use crate::mapping::Overflow;

/// Text of a field with `length` characters at most; 0 means no limit.
pub fn text(
    text: &str,
    length: usize,
    overflow: Overflow,
    label: &str,
    marks: &mut Vec<(MarkRule, String)>,
) -> Result<TypedValue, Problem> {
    match too_long(text, length) {
        None => Ok(TypedValue::Text(text.to_owned())),
        Some(problem) if overflow == Overflow::Refuse => Err(problem),
        Some(_) => {
            let cut: String = text.chars().take(length).collect();
            marks.push((
                MarkRule::Truncated,
                format!(
                    "{label} was cut from {} to {length} characters",
                    text.chars().count()
                ),
            ));
            Ok(TypedValue::Text(cut.trim_end().to_owned()))
        }
    }
}

/// Text that would be wrong if it were cut, such as a phone number.
pub fn uncut(text: &str, length: usize) -> Result<TypedValue, Problem> {
    too_long(text, length).map_or_else(|| Ok(TypedValue::Text(text.to_owned())), Err)
}

pub fn too_long(text: &str, length: usize) -> Option<Problem> {
    // Bytes are never fewer than characters, so most values need no counting.
    if length == 0 || text.len() <= length {
        return None;
    }
    let characters = text.chars().count();
    (characters > length).then(|| {
        Problem::new(
            FaultRule::TooLong,
            format!("has {characters} characters, and the field takes {length}"),
        )
    })
}
