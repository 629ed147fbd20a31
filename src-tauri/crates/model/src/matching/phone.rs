//! Telephone numbers as they are compared: country and number in digits, then an extension if there is one.

use phonenumber::country::Id;

use super::country;
use crate::convert::phone::{self, Number};
use crate::text;

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
    let certain = (text.starts_with('+') || home.is_none_or(is_north_american))
        .then(|| phone::read(text))
        .flatten()
        .filter(|number| !has_trunk_zero(&number.digits));
    let number = match certain {
        Some(number) => number,
        None => read_by_plans(text, home.unwrap_or(Id::US))?,
    };
    (!is_placeholder(&number.digits)).then_some(number)
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

/// Whether a zero follows where a country's code may end: it is a trunk prefix in most countries, a digit of the number in
/// some.
fn has_trunk_zero(digits: &str) -> bool {
    !digits.starts_with('1')
        && digits
            .as_bytes()
            .get(1..4)
            .is_some_and(|after| after.contains(&b'0'))
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
