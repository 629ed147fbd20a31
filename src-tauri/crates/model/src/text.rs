//! What counts as blank: spreadsheets leave invisible characters in cells that look empty.

/// Characters that nobody sees at the ends of a value: white space of any script, control characters, zero-width
/// characters and the byte order mark.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{00ad}')
}

/// The value without invisible characters at its ends. What stands between visible ones is kept.
#[must_use]
pub fn trimmed(value: &str) -> &str {
    value.trim_matches(is_invisible)
}

/// Whether nothing visible is left.
#[must_use]
pub fn is_blank(value: &str) -> bool {
    value.chars().all(is_invisible)
}

/// At most `length` characters of a value for a sentence; an ellipsis tells that there was more.
#[must_use]
pub fn excerpt(value: &str, length: usize) -> String {
    let mut characters = value
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character });
    let mut short: String = characters.by_ref().take(length).collect();
    if characters.next().is_some() {
        short.pop();
        short.push('…');
    }
    short
}

/// A number with its thousands apart, e.g. `12,345`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The text, trimmed; `None` when nothing is left.
#[must_use]
pub fn visible(text: &str) -> Option<&str> {
    Some(trimmed(text)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(
            [0, 999, 1_000, 12_345, 100_000, 1_234_567].map(grouped).join(" "),
            "0 999 1,000 12,345 100,000 1,234,567"
        );
    }

    #[test]
    fn invisible_characters_are_blank() {
        for value in [
            "",
            " ",
            "\u{a0}",
            "\u{200b}\u{feff}",
            "\t\r\n",
            "\u{3000}",
            "\u{0}",
        ] {
            assert!(is_blank(value), "{value:?}");
        }
        assert_eq!(trimmed("\u{a0}Ada\u{a0}Lovelace\u{200b}"), "Ada\u{a0}Lovelace");
        assert!(!is_blank("-"));
    }

    #[test]
    fn an_excerpt_has_no_more_than_its_length() {
        assert_eq!(excerpt("Königsberg", 10), "Königsberg");
        assert_eq!(excerpt("Königsberg", 4), "Kön…");
        assert_eq!(excerpt("a\nb", 4), "a b");
    }
}
