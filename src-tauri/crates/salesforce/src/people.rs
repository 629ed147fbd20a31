//! Who may own records: users and queues (Object Reference, "User", "Group", "QueueSobject").

use serde::Deserialize;

use crate::address_parts::api_name;
use crate::client::Client;
use crate::error::Error;
use crate::soql::{in_list, quoted};

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

    /// Standard users, inactive ones too, who may be one person: those with an id, an e-mail address (also as a sandbox
    /// changes it), or a full name. Salesforce compares texts without case.
    pub async fn users_like(
        &self,
        id: Option<&str>,
        email: Option<&str>,
        name: Option<&str>,
    ) -> Result<Vec<User>, Error> {
        let mut conditions = Vec::new();
        if let Some(id) = id {
            conditions.push(format!("Id = {}", quoted(id)));
        }
        if let Some(email) = email {
            conditions.push(format!(
                "Email IN {}",
                in_list(&[email.to_owned(), format!("{email}.invalid")])
            ));
        }
        if let Some(name) = name {
            conditions.push(format!("Name = {}", quoted(name)));
        }
        if conditions.is_empty() {
            return Ok(Vec::new());
        }
        let soql = format!(
            "SELECT Id, Name, Username, Email, FederationIdentifier, IsActive FROM User \
             WHERE UserType = 'Standard' AND ({}) ORDER BY Name LIMIT 200",
            conditions.join(" OR ")
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
