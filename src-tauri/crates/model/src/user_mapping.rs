//! Which user of the org a person is.

use std::collections::HashMap;

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

/// Users of an org, found by what they have in common with people without looking at each of them.
#[derive(Debug, Clone, Default)]
pub struct OrgUsers {
    users: Vec<OrgUser>,
    by_id: HashMap<String, usize>,
    /// Active users alone.
    by_email: HashMap<String, Vec<usize>>,
    /// Active users alone.
    by_name: HashMap<String, Vec<usize>>,
}

impl OrgUsers {
    /// Reads every user once.
    #[must_use]
    pub fn new(users: Vec<OrgUser>) -> Self {
        let mut index = Self::default();
        for (place, user) in users.iter().enumerate() {
            index.by_id.insert(user.user_id.clone(), place);
            if !user.active {
                continue;
            }
            let email = user.email.as_deref().map(folded_email);
            if let Some(email) = email.filter(|email| !email.is_empty()) {
                index.by_email.entry(email).or_default().push(place);
            }
            let name = folded_name(&user.name);
            if !name.is_empty() {
                index.by_name.entry(name).or_default().push(place);
            }
        }
        Self { users, ..index }
    }

    /// All of them, in their order.
    #[must_use]
    pub fn users(&self) -> &[OrgUser] {
        &self.users
    }

    /// Those who may own records, in their order.
    pub fn active(&self) -> impl Iterator<Item = &OrgUser> {
        self.users.iter().filter(|user| user.active)
    }

    /// The user with an id.
    #[must_use]
    pub fn with_id(&self, user_id: &str) -> Option<&OrgUser> {
        self.users.get(*self.by_id.get(user_id)?)
    }

    /// Looks for a person: by e-mail address, and only if no active user has it by full name.
    #[must_use]
    pub fn match_person(&self, name: &str, email: Option<&str>) -> UserMatch<'_> {
        let by_email = email.and_then(|email| self.by_email.get(&folded_email(email)));
        match by_email {
            Some(places) => self.matched(places, MappedBy::Email),
            None => match self.by_name.get(&folded_name(name)) {
                Some(places) => self.matched(places, MappedBy::Name),
                None => UserMatch::None,
            },
        }
    }

    fn matched(&self, places: &[usize], by: MappedBy) -> UserMatch<'_> {
        let users: Vec<&OrgUser> = places.iter().filter_map(|place| self.users.get(*place)).collect();
        match users.as_slice() {
            [] => UserMatch::None,
            [user] => UserMatch::One { user, by },
            _ => UserMatch::Several { users, by },
        }
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
        let users = OrgUsers::new(users.to_vec());
        let by_email = users.match_person("Ada Marsh", Some("ada@acme.EXAMPLE"));
        assert_eq!(found(&by_email), (vec!["2".to_owned()], Some(MappedBy::Email)));
        let by_name = users.match_person(" ada  marsh", Some("nobody@acme.example"));
        assert_eq!(found(&by_name), (vec!["1".to_owned()], Some(MappedBy::Name)));
        assert_eq!(found(&users.match_person("", None)), (Vec::new(), None));
    }

    #[test]
    fn a_sandbox_spoils_addresses_and_is_seen_through() {
        let users = OrgUsers::new(vec![user("1", "Ada Marsh", "ada@acme.example.invalid", true)]);
        assert_eq!(
            found(&users.match_person("", Some("ada@acme.example"))),
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
            found(&OrgUsers::new(users.to_vec()).match_person("Jonas Lindgren", Some("jonas@acme.example"))),
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
            let index = OrgUsers::new(users.clone());
            let (ids, by) = found(&index.match_person(&name, email.as_deref()));
            // What looking at every user would find.
            let having = |is_so: &dyn Fn(&OrgUser) -> bool| -> Vec<String> {
                users.iter().filter(|user| user.active && is_so(user)).map(|user| user.user_id.clone()).collect()
            };
            let by_email = having(&|user| email.is_some() && user.email == email);
            let expected = if by_email.is_empty() { having(&|user| user.name == name) } else { by_email.clone() };
            prop_assert_eq!(&ids, &expected);
            prop_assert_eq!(by == Some(MappedBy::Email), !by_email.is_empty());
            prop_assert!(ids.iter().all(|id| users.iter().any(|user| user.active && user.user_id == *id)));
        }
    }

    #[test]
    fn thousands_of_people_are_matched_without_looking_at_every_user() {
        let users = OrgUsers::new(
            (0..20_000)
                .map(|number| {
                    user(
                        &format!("{number}"),
                        &format!("User {number}"),
                        &format!("user{number}@acme.example"),
                        number % 10 != 0,
                    )
                })
                .collect(),
        );
        // 100 million comparisons of folded texts would take minutes here.
        let matched = (0..5_000)
            .filter(|number| {
                let email = format!("USER{}@acme.example", number * 4);
                !matches!(users.match_person("", Some(&email)), UserMatch::None)
            })
            .count();
        assert_eq!(matched, 4_000);
    }
}
