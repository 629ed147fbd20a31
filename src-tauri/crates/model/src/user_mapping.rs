//! Which user of the org a person is.

use serde::{Deserialize, Serialize};

use crate::text::trimmed;

/// What a sandbox appends to its users' e-mail addresses, so that nobody is written to (Salesforce Help, "Sandbox Setup
/// Considerations").
const SANDBOX_ENDING: &str = ".invalid";

/// A standard user of the org.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgUser {
    /// `005…`
    pub user_id: String,
    /// Full name.
    pub name: String,
    /// Login name.
    pub username: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Records cannot be given to inactive users.
    pub active: bool,
}

/// What a person and a user have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MappedBy {
    /// The e-mail address, ignoring case.
    Email,
    /// The full name.
    Name,
}

/// The users that a person may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserMatch<'u> {
    /// Exactly one active user.
    One {
        /// The user.
        user: &'u OrgUser,
        /// What they have in common.
        by: MappedBy,
    },
    /// Several active users: somebody has to choose.
    Several {
        /// The users.
        users: Vec<&'u OrgUser>,
        /// What they have in common.
        by: MappedBy,
    },
    /// No active user.
    None,
}

/// Looks for a person among users: by e-mail address, and only if no active user has it by full name.
#[must_use]
pub fn match_user<'u>(name: &str, email: Option<&str>, users: &'u [OrgUser]) -> UserMatch<'u> {
    let active = || users.iter().filter(|user| user.active);
    let email = email.map(folded_email).filter(|email| !email.is_empty());
    let by_email: Vec<&OrgUser> = match &email {
        Some(email) => active()
            .filter(|user| user.email.as_deref().map(folded_email).as_ref() == Some(email))
            .collect(),
        None => Vec::new(),
    };
    if !by_email.is_empty() {
        return matched(by_email, MappedBy::Email);
    }
    let name = folded_name(name);
    if name.is_empty() {
        return UserMatch::None;
    }
    matched(
        active().filter(|user| folded_name(&user.name) == name).collect(),
        MappedBy::Name,
    )
}

fn matched(users: Vec<&OrgUser>, by: MappedBy) -> UserMatch<'_> {
    match users.as_slice() {
        [] => UserMatch::None,
        [user] => UserMatch::One { user, by },
        _ => UserMatch::Several { users, by },
    }
}

fn folded_email(email: &str) -> String {
    let email = trimmed(email).to_lowercase();
    match email.strip_suffix(SANDBOX_ENDING) {
        Some(real) if real.contains('.') => real.to_owned(),
        _ => email,
    }
}

fn folded_name(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn user(user_id: &str, name: &str, email: &str, active: bool) -> OrgUser {
        OrgUser {
            user_id: user_id.to_owned(),
            name: name.to_owned(),
            username: format!("{user_id}@org.example"),
            email: Some(email.to_owned()),
            active,
        }
    }

    fn found(outcome: &UserMatch<'_>) -> (Vec<String>, Option<MappedBy>) {
        match outcome {
            UserMatch::One { user, by } => (vec![user.user_id.clone()], Some(*by)),
            UserMatch::Several { users, by } => {
                (users.iter().map(|user| user.user_id.clone()).collect(), Some(*by))
            }
            UserMatch::None => (Vec::new(), None),
        }
    }

    #[test]
    fn the_address_comes_before_the_name() {
        let users = [
            user("1", "Ada Marsh", "other@acme.example", true),
            user("2", "Bo Marsh", "Ada@Acme.example", true),
        ];
        let by_email = match_user("Ada Marsh", Some("ada@acme.EXAMPLE"), &users);
        assert_eq!(found(&by_email), (vec!["2".to_owned()], Some(MappedBy::Email)));
        let by_name = match_user(" ada  marsh", Some("nobody@acme.example"), &users);
        assert_eq!(found(&by_name), (vec!["1".to_owned()], Some(MappedBy::Name)));
        assert_eq!(found(&match_user("", None, &users)), (Vec::new(), None));
    }

    #[test]
    fn a_sandbox_spoils_addresses_and_is_seen_through() {
        let users = [user("1", "Ada Marsh", "ada@acme.example.invalid", true)];
        assert_eq!(
            found(&match_user("", Some("ada@acme.example"), &users)),
            (vec!["1".to_owned()], Some(MappedBy::Email))
        );
    }

    #[test]
    fn several_of_one_address_are_not_told_apart_by_name() {
        let users = [
            user("1", "Jonas Lindgren", "jonas@acme.example", true),
            user("2", "Jonas Lindgren (EMEA)", "jonas@acme.example", true),
        ];
        assert_eq!(
            found(&match_user("Jonas Lindgren", Some("jonas@acme.example"), &users)),
            (vec!["1".to_owned(), "2".to_owned()], Some(MappedBy::Email))
        );
    }

    proptest! {
        #[test]
        fn nobody_inactive_is_ever_found(
            flags in prop::collection::vec(any::<bool>(), 0..6),
            name in "[ab]{1,2}",
            email in prop::option::of("[ab]@c"),
        ) {
            let users: Vec<OrgUser> = flags
                .iter()
                .enumerate()
                .map(|(place, active)| user(&place.to_string(), if place % 2 == 0 { "a" } else { "ab" }, if place % 3 == 0 { "a@c" } else { "b@c" }, *active))
                .collect();
            let (ids, _) = found(&match_user(&name, email.as_deref(), &users));
            prop_assert!(ids.iter().all(|id| users.iter().any(|user| user.active && user.user_id == *id)));
        }
    }
}
