//! What may be said of a person: a name, an e-mail address, a role.

use crate::text::{excerpt, is_invisible, trimmed};

/// Longest name, in characters.
pub const LONGEST_PERSON_NAME: usize = 120;
/// Longest e-mail address, in characters (RFC 5321, section 4.5.3.1.3, without the angle brackets).
pub const LONGEST_EMAIL: usize = 254;

/// Words for a role in files of people, as they are compared: without case and without what is no letter.
const ADMIN_WORDS: [&str; 6] = [
    "admin",
    "admins",
    "administrator",
    "zoominfoadmin",
    "primaryadmin",
    "owner",
];
const USER_WORDS: [&str; 6] = [
    "user",
    "users",
    "member",
    "standard",
    "standarduser",
    "zoominfouser",
];

/// The name as it is kept: without white space at its ends and with single spaces between its words.
///
/// # Errors
/// Why it cannot be one, with the mend.
pub fn person_name(typed: &str) -> Result<String, String> {
    let name = trimmed(typed)
        .split(|character: char| character.is_whitespace() || character.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let characters = name.chars().count();
    match characters {
        0 => Err("The name is missing. Give the person's full name.".to_owned()),
        _ if characters > LONGEST_PERSON_NAME => Err(format!(
            "The name has {characters} characters, and {LONGEST_PERSON_NAME} are the most. Shorten it."
        )),
        _ => Ok(name),
    }
}

/// The e-mail address as it is kept.
///
/// # Errors
/// Why it cannot be one, with the mend.
pub fn person_email(typed: &str) -> Result<String, String> {
    let email = trimmed(typed);
    let email = email.strip_prefix("mailto:").unwrap_or(email);
    if email.is_empty() {
        return Err("The e-mail address is missing. Give the person's address.".to_owned());
    }
    let is_address = email.split_once('@').is_some_and(|(mailbox, host)| {
        !mailbox.is_empty()
            && host.contains('.')
            && !host.contains('@')
            && host.split('.').all(|label| !label.is_empty())
    });
    let has_foreign = email
        .chars()
        .any(|character| is_invisible(character) || ",;:<>\"()".contains(character));
    if !is_address || has_foreign || email.chars().count() > LONGEST_EMAIL {
        return Err(format!(
            "“{}” is no e-mail address. Write one such as ada@example.com.",
            excerpt(email, 60)
        ));
    }
    Ok(email.to_owned())
}

/// Whether a word of a file says admin; `None` where nothing is said.
///
/// # Errors
/// When it is no role that is known, with the mend.
pub fn says_admin(word: &str) -> Result<Option<bool>, String> {
    let letters: String = word
        .chars()
        .filter(|character| character.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    if trimmed(word).is_empty() {
        return Ok(None);
    }
    if ADMIN_WORDS.contains(&letters.as_str()) {
        Ok(Some(true))
    } else if USER_WORDS.contains(&letters.as_str()) {
        Ok(Some(false))
    } else {
        Err(format!(
            "The role “{}” is not known. Write admin or user.",
            excerpt(trimmed(word), 40)
        ))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_lose_what_nobody_sees() {
        assert_eq!(person_name(" Ada \u{a0} Marsh\t").as_deref(), Ok("Ada Marsh"));
        assert!(person_name(" \u{200b}").is_err());
        assert!(person_name(&"a".repeat(121)).is_err());
        assert!(person_name(&"ä".repeat(120)).is_ok());
    }

    #[test]
    fn addresses_are_told_from_other_texts() {
        for (typed, kept) in [
            (" Ada@Example.com ", Some("Ada@Example.com")),
            ("mailto:ada@example.com", Some("ada@example.com")),
            (
                "ada.o'neil+x@mail.acme.co.uk",
                Some("ada.o'neil+x@mail.acme.co.uk"),
            ),
            ("ada@bücher.de", Some("ada@bücher.de")),
            ("", None),
            ("ada", None),
            ("@example.com", None),
            ("ada@", None),
            ("ada@example", None),
            ("ada@example..com", None),
            ("ada@bo@example.com", None),
            ("ada marsh@example.com", None),
            ("ada@example.com;bo@example.com", None),
            ("Ada <ada@example.com>", None),
        ] {
            assert_eq!(person_email(typed).ok().as_deref(), kept, "{typed}");
        }
    }

    #[test]
    fn roles_are_read_in_the_words_that_files_have() {
        for word in ["admin", " ADMIN ", "Administrator", "ZoomInfo Admin"] {
            assert_eq!(says_admin(word), Ok(Some(true)), "{word}");
        }
        for word in ["user", "Users", "Standard User", "member"] {
            assert_eq!(says_admin(word), Ok(Some(false)), "{word}");
        }
        assert_eq!(says_admin(" "), Ok(None));
        for word in ["boss", "1", "no admin"] {
            assert!(says_admin(word).is_err(), "{word}");
        }
    }

    proptest! {
        #[test]
        fn what_was_kept_is_kept_as_it_is(text in ".{0,40}", mailbox in "[a-zA-Z0-9.+'-]{1,20}", host in "[a-z]{1,8}\\.[a-z]{2,4}") {
            if let Ok(name) = person_name(&text) {
                prop_assert_eq!(person_name(&name), Ok(name.clone()));
            }
            let address = format!("{mailbox}@{host}");
            prop_assert_eq!(person_email(&address), Ok(address.clone()));
            if let Ok(email) = person_email(&text) {
                prop_assert_eq!(person_email(&email), Ok(email.clone()));
            }
        }
    }
}
