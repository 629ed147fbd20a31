//! Telephone numbers in the row's format.
//!
//! No digit is ever dropped: a number that cannot be read with certainty is written as it is, with a mark. Read are `+`
//! and 7 to 15 digits, and numbers of the North American plan with or without their 1; spaces, dashes, points, slashes
//! and brackets between the digits do not matter. An extension (`ext. 12`, `x12`, `#12`) is kept as ` x12`. Not read are
//! letters, dialling prefixes such as `00` and `011`, a bracketed trunk zero as in `+44 (0)20`, and numbers without a
//! country that are no North American ones. Source of the lengths: ITU-T, Recommendation E.164; North American Numbering
//! Plan.

use super::{MarkRule, Problem, TypedValue, text_value};
use crate::mapping::PhoneFormat;

/// Digits of a number with its country.
const INTERNATIONAL_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Words before an extension, the longer ones first.
const EXTENSION_WORDS: [&str; 5] = ["extension", "ext.", "ext", "x", "#"];

/// A number in a format, with at most `length` characters.
pub fn phone(
    text: &str,
    format: PhoneFormat,
    length: usize,
    label: &str,
    marks: &mut Vec<(MarkRule, String)>,
) -> Result<TypedValue, Problem> {
    if format == PhoneFormat::AsIs {
        return text_value::uncut(text, length);
    }
    let Some(number) = read(text) else {
        marks.push((
            MarkRule::PhoneKept,
            format!("{label} is written as it is, because its number could not be read with certainty"),
        ));
        return text_value::uncut(text, length);
    };
    text_value::uncut(&number.written(format), length)
}

/// A number that was read with certainty.
pub(crate) struct Number {
    /// Country and all, without a `+`.
    pub(crate) digits: String,
    /// Its digits; empty without one.
    pub(crate) extension: String,
}

impl Number {
    fn written(&self, format: PhoneFormat) -> String {
        let digits = &self.digits;
        let national = digits.strip_prefix('1').filter(|rest| is_north_american(rest));
        let mut written = match (format, national) {
            (PhoneFormat::NorthAmerican, Some(rest)) => {
                format!("({}) {}-{}", &rest[..3], &rest[3..6], &rest[6..])
            }
            _ => format!("+{digits}"),
        };
        if !self.extension.is_empty() {
            written.push_str(" x");
            written.push_str(&self.extension);
        }
        written
    }
}

/// Reads a number; `None` when it cannot be read with certainty.
pub(crate) fn read(text: &str) -> Option<Number> {
    let (number, extension) = split_extension(text);
    let number = number.trim();
    let has_country = number.starts_with('+');
    let rest = number.strip_prefix('+').unwrap_or(number);
    if has_country && rest.contains("(0)") {
        return None;
    }
    let mut digits = String::new();
    for character in rest.chars() {
        match character {
            '0'..='9' => digits.push(character),
            '-' | '.' | '/' | '(' | ')' | '\u{2010}'..='\u{2015}' => {}
            _ if character.is_whitespace() => {}
            _ => return None,
        }
        if digits.len() > *INTERNATIONAL_DIGITS.end() {
            return None;
        }
    }
    let known = if has_country {
        INTERNATIONAL_DIGITS.contains(&digits.len()) && !digits.starts_with('0')
    } else {
        let national = if digits.len() == 11 {
            digits.strip_prefix('1').unwrap_or_default()
        } else {
            digits.as_str()
        };
        let known = is_north_american(national);
        if known && digits.len() == 10 {
            digits.insert(0, '1');
        }
        known
    };
    known.then(|| Number {
        digits,
        extension: extension.to_owned(),
    })
}

/// Ten digits, of which the area code and the exchange begin with 2 to 9.
fn is_north_american(digits: &str) -> bool {
    let starts = |place: usize| {
        digits
            .as_bytes()
            .get(place)
            .is_some_and(|digit| (b'2'..=b'9').contains(digit))
    };
    digits.len() == 10 && starts(0) && starts(3)
}

/// The number and the digits of its extension, which may be empty.
fn split_extension(text: &str) -> (&str, &str) {
    let digits = text.trim_end_matches(|character: char| character.is_ascii_digit());
    let extension = &text[digits.len()..];
    let before = digits.trim_end();
    if extension.is_empty() {
        return (text, "");
    }
    for word in EXTENSION_WORDS {
        let Some(place) = before.len().checked_sub(word.len()) else {
            continue;
        };
        if before
            .get(place..)
            .is_some_and(|end| end.eq_ignore_ascii_case(word))
        {
            let number = before[..place].trim_end().trim_end_matches([',', ';']);
            return (number, extension);
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str, format: PhoneFormat) -> (String, usize) {
        let mut marks = Vec::new();
        let value = phone(text, format, 0, "Phone", &mut marks).unwrap();
        (value.to_csv_text(), marks.len())
    }

    #[test]
    fn numbers_are_written_in_the_rows_format() {
        for (text, international, north_american) in [
            ("219.606.2399", "+12196062399", "(219) 606-2399"),
            ("1-219-606-2399", "+12196062399", "(219) 606-2399"),
            ("+1 (219) 606‑2399", "+12196062399", "(219) 606-2399"),
            ("(219) 606-2399 ext. 12", "+12196062399 x12", "(219) 606-2399 x12"),
            ("219-606-2399x7", "+12196062399 x7", "(219) 606-2399 x7"),
            ("+44 20 7946 0958", "+442079460958", "+442079460958"),
            ("+49/30/901820, Extension 5", "+4930901820 x5", "+4930901820 x5"),
        ] {
            assert_eq!(
                written(text, PhoneFormat::International),
                (international.to_owned(), 0),
                "{text}"
            );
            assert_eq!(
                written(text, PhoneFormat::NorthAmerican),
                (north_american.to_owned(), 0),
                "{text}"
            );
            assert_eq!(written(text, PhoneFormat::AsIs), (text.to_owned(), 0));
        }
    }

    #[test]
    fn what_is_not_certain_is_written_as_it_is_with_a_mark() {
        for text in [
            "020 7946 0958",
            "0044 20 7946 0958",
            "011 44 20 7946 0958",
            "+44 (0)20 7946 0958",
            "1-800-FLOWERS",
            "606-2399",
            "119 606 2399",
            "219 106 2399",
            "+0 123 456 789",
            "+1234567890123456",
            "call x12",
            "=1+1",
        ] {
            for format in [PhoneFormat::International, PhoneFormat::NorthAmerican] {
                assert_eq!(written(text, format), (text.to_owned(), 1), "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_digit_is_lost_and_a_written_number_is_written_alike_again(text in "[+]?[0-9 ().x#-]{0,24}|\\PC{0,30}") {
            for format in [PhoneFormat::International, PhoneFormat::NorthAmerican] {
                let (once, marks) = written(&text, format);
                let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                let country = |text: &str| digits(text).trim_start_matches('1').to_owned();
                prop_assert_eq!(country(&once), country(&text));
                prop_assert!(marks == 0 || once == text);
                prop_assert_eq!(&written(&once, format).0, &once);
            }
        }
    }
}
