//! Who may own records: users and queues (Object Reference, "User", "Group", "QueueSobject").

use serde::Deserialize;

use crate::address_parts::api_name;
use crate::client::Client;
use crate::error::Error;
use crate::soql::quoted;

/// A user. E-mail addresses are not unique; user names are, over all orgs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct User {
    /// `005…`
    pub id: String,
    /// Full name.
    pub name: String,
    /// Unique.
    pub username: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Name at the single sign-on provider.
    pub federation_identifier: Option<String>,
    /// Records cannot be given to inactive users.
    pub is_active: bool,
}

/// A queue that can own records.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Queue {
    /// `00G…`
    pub id: String,
    /// Its name.
    pub name: String,
}

impl Client {
    /// The org's standard users, by name; inactive ones too if asked.
    pub async fn users(&self, with_inactive: bool) -> Result<Vec<User>, Error> {
        let active = if with_inactive { "" } else { " AND IsActive = true" };
        let soql = format!(
            "SELECT Id, Name, Username, Email, FederationIdentifier, IsActive FROM User \
             WHERE UserType = 'Standard'{active} ORDER BY Name"
        );
        self.rows(&soql, "the users").await
    }

    /// The queues that may own records of an object, by name.
    pub async fn queues(&self, object: &str) -> Result<Vec<Queue>, Error> {
        let soql = format!(
            "SELECT Id, Name FROM Group WHERE Type = 'Queue' AND Id IN \
             (SELECT QueueId FROM QueueSobject WHERE SobjectType = {}) ORDER BY Name",
            quoted(&api_name(object)?)
        );
        self.rows(&soql, "the queues").await
    }
}
