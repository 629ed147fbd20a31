//! What every value goes through first.

use std::borrow::Cow;

use super::MarkRule;
use crate::text::trimmed;

/// The visible text of a value; `None` when there is none.
///
/// Line breaks become `\n` where the field has several lines and a space where it has one; other control characters
/// are taken out, for Salesforce refuses or drops them.
pub fn clean<'a>(
    raw: &'a str,
    several_lines: bool,
    marks: &mut Vec<(MarkRule, String)>,
) -> Option<Cow<'a, str>> {
    let text = trimmed(raw);
    if text.is_empty() {
        return None;
    }
    if !text.chars().any(char::is_control) {
        return Some(Cow::Borrowed(text));
    }
    let mut clean = String::with_capacity(text.len());
    let (mut joined, mut removed) = (false, false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' | '\n' if several_lines => {
                if character == '\r' {
                    characters.next_if_eq(&'\n');
                }
                clean.push('\n');
            }
            '\t' if several_lines => clean.push('\t'),
            '\r' | '\n' | '\t' => {
                joined = true;
                if !clean.ends_with(' ') {
                    clean.push(' ');
                }
            }
            _ if character.is_control() => removed = true,
            _ => clean.push(character),
        }
    }
    if joined {
        marks.push((
            MarkRule::LinesJoined,
            "line breaks became spaces, because the field has one line".to_owned(),
        ));
    }
    if removed {
        marks.push((
            MarkRule::ControlCharactersRemoved,
            "control characters were taken out".to_owned(),
        ));
    }
    Some(Cow::Owned(clean))
}
