//! The users who log in.

use crate::{org::Org, value::Value};

/// A user, as login pages and grants need it.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    /// Number of the user.
    pub number: u32,
    /// Whether it may log in.
    pub active: bool,
}

/// The user of a Username, in any case.
pub fn named(org: &Org, username: &str) -> Option<Person> {
    let records = org.read();
    let object = records.object_index("User")?;
    records.table(object).rows().find_map(|(number, row)| {
        let key = org.user(number);
        let is_named = records
            .named(key, &row, "Username")
            .as_text()
            .is_some_and(|known| known.eq_ignore_ascii_case(username.trim()));
        let active = *records.named(key, &row, "IsActive") == Value::Boolean(true);
        is_named.then_some(Person { number, active })
    })
}

/// Whether a user may still log in.
pub fn is_active(org: &Org, number: u32) -> bool {
    let records = org.read();
    let user = org.user(number);
    let row = records.row(user);
    row.is_some_and(|row| *records.named(user, &row, "IsActive") == Value::Boolean(true))
}

/// The Username of a user.
pub fn username(org: &Org, number: u32) -> Option<String> {
    org.read().text_of(org.user(number), "Username")
}
