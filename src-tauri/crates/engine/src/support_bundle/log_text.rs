//! The end of the log, with everything hashed that may be somebody's value.
//!
//! What stays is chosen, not what goes: times, levels, names of the app's own modules, lower-case words, numbers, and words
//! of the protocol. A name in small letters that the workspace knows is hashed too.

use super::hashing::Hashing;

/// Words with capitals that tell nothing about anybody.
const OWN_WORDS: [&str; 42] = [
    "A",
    "API",
    "An",
    "Bulk",
    "CSV",
    "Campaign",
    "CampaignMember",
    "Check",
    "Contact",
    "DEBUG",
    "DELETE",
    "ERROR",
    "GET",
    "HEAD",
    "HTTP",
    "INFO",
    "JSON",
    "Landbridge",
    "Lead",
    "Account",
    "No",
    "Nothing",
    "OAuth",
    "Opportunity",
    "PATCH",
    "POST",
    "PUT",
    "REST",
    "Run",
    "SOQL",
    "SQLite",
    "Salesforce",
    "Sign",
    "TRACE",
    "The",
    "This",
    "Try",
    "URL",
    "User",
    "WARN",
    "Wait",
    "ZoomInfo",
];

/// A log's text without values.
pub(super) fn scrubbed(text: &str, known_values: &[String], hashing: &Hashing) -> String {
    let mut known: Vec<&str> = known_values
        .iter()
        .map(String::as_str)
        .filter(|value| value.chars().count() > 2)
        .collect();
    // The longest first, so that no part of a value is left of it.
    known.sort_by_key(|value| std::cmp::Reverse(value.len()));
    text.lines()
        .map(|line| scrubbed_line(line, &known, hashing) + "\n")
        .collect()
}

fn scrubbed_line(line: &str, known: &[&str], hashing: &Hashing) -> String {
    let mut line = line.to_owned();
    for value in known {
        if line.contains(value) {
            line = line.replace(value, &hashing.of(value));
        }
    }
    let words = line.split(' ').enumerate();
    words
        .map(|(place, word)| scrubbed_word(place, word, hashing))
        .collect::<Vec<_>>()
        .join(" ")
}

fn scrubbed_word(place: usize, word: &str, hashing: &Hashing) -> String {
    if place == 0 && is_time(word) {
        return word.to_owned();
    }
    match word.split_once('=') {
        Some((key, value)) if is_small(key) => format!("{key}={}", scrubbed_word(usize::MAX, value, hashing)),
        _ => {
            let bare = word.trim_matches(|mark: char| "\"'()[]{}<>,.;:!?“”‘’…".contains(mark));
            if stays(bare) {
                word.to_owned()
            } else {
                hashing.of(word)
            }
        }
    }
}

fn stays(word: &str) -> bool {
    word.is_empty()
        || is_hash(word)
        || is_small(word)
        || is_module(word)
        || is_number(word)
        || is_code(word)
        || OWN_WORDS.contains(&word)
}

/// `2026-11-29T12:30:18.123456Z`
fn is_time(word: &str) -> bool {
    word.len() >= 20
        && word.starts_with("20")
        && word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"-:.TZ+".contains(&byte))
}

fn is_hash(word: &str) -> bool {
    word.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_small(word: &str) -> bool {
    !word.is_empty()
        && word
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || "_’'-".contains(letter))
}

/// `engine::sending::bulk`
fn is_module(word: &str) -> bool {
    word.contains("::") && word.split("::").all(|part| part.is_empty() || is_small(part))
}

/// Longer ones may be telephone numbers.
fn is_number(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    (1..=6).contains(&digits)
        && word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b".,%sm".contains(&byte))
}

/// `REQUIRED_FIELD_MISSING`
fn is_code(word: &str) -> bool {
    word.contains('_') && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_keeps_what_happened_and_loses_whose_it_is() {
        let hashing = Hashing::new();
        let line = "2026-11-29T12:30:18.123456Z  WARN engine::connect: the org refused (403): REQUEST_LIMIT_EXCEEDED for Ada Lovelace ada@acme.example at https://acme.my.salesforce.com attempts=3 token=00D000000000001!AQ.x list=berlin";
        let shown = scrubbed(line, &["berlin".to_owned()], &hashing);
        for kept in [
            "2026-11-29T12:30:18.123456Z  WARN engine::connect: the org refused (403): REQUEST_LIMIT_EXCEEDED for #",
            " attempts=3 token=#",
        ] {
            assert!(shown.contains(kept), "{shown}");
        }
        for lost in ["Ada", "Lovelace", "@", "acme", "00D", "AQ.x", "berlin"] {
            assert!(!shown.contains(lost), "{lost} in {shown}");
        }
    }

    proptest! {
        #[test]
        fn no_address_name_number_or_token_is_left(
            name in "[A-Z][a-z]{2,12}", host in "[a-z]{3,12}", number in "[0-9]{7,12}", token in "00D[A-Za-z0-9]{12}![A-Za-z0-9._]{20,60}",
        ) {
            prop_assume!(!OWN_WORDS.contains(&name.as_str()));
            let address = format!("{}@{host}.example", name.to_lowercase());
            let line = format!("2026-11-29T12:30:18.1Z INFO engine: {name} <{address}>, \"{number}\" key={token} ({name})");
            let shown = scrubbed(&line, &[], &Hashing::new());
            for lost in [&name, &address, &number, &token] {
                prop_assert!(!shown.contains(lost.as_str()), "{lost} in {shown}");
            }
        }
    }
}
