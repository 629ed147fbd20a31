//! Who owns what a person exports, in one sentence.

use model::MappedBy;
use store::{FoundBy, PersonRow};

use super::Found;

/// Who owns a person's new records and why. `connected` is the connected user's name.
pub(crate) fn owner_sentence(
    person: &PersonRow,
    is_operator: bool,
    found: &Found,
    connected: &str,
) -> String {
    let (whose, who) = if is_operator {
        ("your".to_owned(), "you are".to_owned())
    } else {
        (format!("{}’s", person.name), format!("{} is", person.name))
    };
    let instead = format!("New records belong to the connected user, {connected}");
    match found {
        Found::User { user, by } => {
            let why = match by {
                FoundBy::Email => format!("the Salesforce user with {whose} e-mail address"),
                FoundBy::Name => format!("the Salesforce user with {whose} full name"),
                FoundBy::Admin => format!("the Salesforce user whom an admin chose as {whose} own"),
            };
            format!("New records belong to {}, {why}.", user.name)
        }
        Found::Nobody => format!("{instead}, because an admin said that {who} no user of this org."),
        Found::Inactive { name } => format!(
            "{instead}, because {whose} Salesforce user, {name}, is inactive. An admin can choose another by user mapping."
        ),
        Found::Several { users, by } => {
            let what = match by {
                MappedBy::Email => "e-mail address",
                MappedBy::Name => "full name",
            };
            let names: Vec<&str> = users.iter().map(|user| user.name.as_str()).collect();
            format!(
                "{instead}, because {} active Salesforce users have {whose} {what}: {}. An admin can choose one by user mapping.",
                users.len(),
                names.join(", ")
            )
        }
        Found::Unknown => format!(
            "{instead}, because no active Salesforce user has {whose} e-mail address or full name. An admin can choose one \
             by user mapping."
        ),
    }
}
