//! Telephone numbers as they are compared: country and number in digits, then an extension if there is one.

use std::ops::RangeInclusive;

use phonenumber::country::Id;
use phonenumber::metadata::DATABASE;

use super::country;
use crate::convert::phone::{self, Number};
use crate::text;

/// Digits of a number without its country. Source of the most: ITU-T, Recommendation E.164, less a country of three.
const NATIONAL_DIGITS: RangeInclusive<usize> = 6..=12;

/// The number in digits with its country, and its extension after an `x` (`12196062399x7`): two people at one switchboard
/// have different ones. `None` of what is no number, and of placeholders such as 555-555-5555. A number without its country
/// is of `country` (a name or a code), else of North America.
pub(super) fn of_person(text: &str, country: Option<&str>) -> Option<String> {
    let number = read(text, country)?;
    Some(if number.extension.is_empty() {
        number.digits
    } else {
        format!("{}x{}", number.digits, number.extension)
    })
}

/// The same without the extension: a company has them all.
pub(super) fn of_company(text: &str, country: Option<&str>) -> Option<String> {
    Some(read(text, country)?.digits)
}

fn read(text: &str, country: Option<&str>) -> Option<Number> {
    let text = text::visible(text)?;
    let home = country.and_then(country::code);
    let certain = if text.starts_with('+') || home.is_none_or(is_north_american) {
        phone::read(text).filter(|number| !has_trunk_zero(&number.digits))
    } else {
        home.and_then(|home| read_at_home(text, home))
    };
    let number = match certain {
        Some(number) => number,
        None if home.is_none_or(is_north_american) && has_no_exchange(text) => return None,
        None => read_by_plans(text, home.unwrap_or(Id::US))?,
    };
    (!is_placeholder(&number.digits)).then_some(number)
}

/// Whether a text is ten digits of North America with an area code and no exchange, which begins with 2 to 9, as in
/// (555) 010-0199: what such a number is made of tells at once that no plan has it.
fn has_no_exchange(text: &str) -> bool {
    let mut digits = [0; 10];
    let mut count = 0;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' if count < digits.len() => {
                digits[count] = byte;
                count += 1;
            }
            b' ' | b'-' | b'.' | b'(' | b')' => {}
            _ => return false,
        }
    }
    count == digits.len() && (b'2'..=b'9').contains(&digits[0]) && digits[3] < b'2'
}

/// By the numbering plans of all countries, which takes many times as long.
fn read_by_plans(text: &str, home: Id) -> Option<Number> {
    // A trunk zero in brackets is meant to be dialled without the country only.
    let parsed = phonenumber::parse(Some(home), text.replace("(0)", ""))
        .ok()
        .filter(phonenumber::PhoneNumber::is_valid)?;
    Some(Number {
        digits: format!("{}{}", parsed.code().value(), parsed.national()),
        extension: parsed.extension().map(ToString::to_string).unwrap_or_default(),
    })
}

/// A number that begins with its country's trunk zero, in digits: it is that country's without the zero.
fn read_at_home(text: &str, home: Id) -> Option<Number> {
    let plan = DATABASE.by_id(home.as_ref())?;
    if plan.national_prefix() != Some("0") || plan.national_prefix_transform_rule().is_some() {
        return None;
    }
    let mut digits = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '0'..='9' => digits.push(character),
            ' ' | '-' | '.' | '/' | '(' | ')' => {}
            _ => return None,
        }
    }
    let national = digits
        .strip_prefix('0')
        .filter(|national| !national.starts_with('0'))?;
    NATIONAL_DIGITS.contains(&national.len()).then(|| Number {
        digits: format!("{}{national}", plan.country_code()),
        extension: String::new(),
    })
}

/// Whether a zero follows the country's code, or there is no such code. The zero is a trunk prefix in most countries, a digit
/// of the number in some.
fn has_trunk_zero(digits: &str) -> bool {
    let code = (1..=3).filter_map(|length| digits.get(..length)).find(|code| {
        code.parse()
            .is_ok_and(|code: u16| DATABASE.by_code(&code).is_some())
    });
    code.is_none_or(|code| digits[code.len()..].starts_with('0'))
}

fn is_north_american(home: Id) -> bool {
    matches!(home, Id::US | Id::CA)
}

/// Whether the last seven digits are all the same.
fn is_placeholder(digits: &str) -> bool {
    let end = digits
        .as_bytes()
        .get(digits.len().saturating_sub(7)..)
        .unwrap_or_default();
    end.windows(2).all(|pair| pair[0] == pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        for (text, country, number) in [
            ("(219) 606-2399", None, Some("12196062399")),
            ("1.219.606.2399", Some("United States"), Some("12196062399")),
            ("+1 219 606 2399 ext. 7", None, Some("12196062399x7")),
            ("020 7946 0958", Some("United Kingdom"), Some("442079460958")),
            ("+44 (0)20 7946 0958", None, Some("442079460958")),
            ("+44 20 7946 0958", Some("US"), Some("442079460958")),
            ("030 901820", Some("Germany"), Some("4930901820")),
            ("+49 (0) 30-901820", Some("Germany"), Some("4930901820")),
            ("0049 30 901820", Some("Germany"), Some("4930901820")),
            ("020 7946 0958 ext. 12", Some("UK"), Some("442079460958x12")),
            ("+999 123 4567", None, None),
            ("+39 06 6982 0000", None, Some("390669820000")),
            ("98765 43210", Some("India"), Some("919876543210")),
            ("555-555-5555", None, None),
            ("0000000000", None, None),
            ("12345", None, None),
            ("ask Ada", None, None),
            ("", None, None),
        ] {
            assert_eq!(of_person(text, country).as_deref(), number, "{text}");
        }
        assert_eq!(
            of_company("219-606-2399 x7", None).as_deref(),
            Some("12196062399")
        );
    }
}
