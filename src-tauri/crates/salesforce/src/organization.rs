//! Who is signed in, and to which org: userinfo and identity (OAuth, free of quota), `Organization` and `User`.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use crate::client::Client;
use crate::error::{Effort, Error};
use crate::request::Request;

/// The signed-in user as `/services/oauth2/userinfo` tells (OpenID Connect "UserInfo Endpoint").
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct UserInfo {
    /// `005…`
    pub user_id: String,
    /// `00D…`
    pub organization_id: String,
    /// Usually the user name; `current_user` reads the true one.
    pub preferred_username: String,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Language code, e.g. `en_US`.
    pub language: Option<String>,
    /// Locale, e.g. `en_US`.
    pub locale: Option<String>,
    /// Time zone name.
    pub zoneinfo: Option<String>,
}

/// The signed-in user as the identity URL tells ("Identity URLs").
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Identity {
    /// `005…`
    pub user_id: String,
    /// `00D…`
    pub organization_id: String,
    /// User name.
    pub username: String,
    /// Full name.
    pub display_name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// The user may sign in.
    pub active: bool,
    /// `STANDARD`, …
    pub user_type: String,
}

/// The org's own record (object `Organization`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Organization {
    /// `00D…`
    pub id: String,
    /// Company name.
    pub name: String,
    /// Edition, e.g. `Enterprise Edition`, `Developer Edition`.
    pub organization_type: Option<String>,
    /// Server that hosts it, e.g. `NA224`.
    pub instance_name: Option<String>,
    /// A sandbox.
    pub is_sandbox: bool,
    /// Namespace of an org that makes packages.
    pub namespace_prefix: Option<String>,
    /// End of a trial.
    pub trial_expiration_date: Option<String>,
    /// Default language.
    pub language_locale_key: Option<String>,
    /// Default time zone.
    pub time_zone_sid_key: Option<String>,
    /// Default locale.
    pub default_locale_sid_key: Option<String>,
}

/// The signed-in user's own record (object `User`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct CurrentUser {
    /// `005…`
    pub id: String,
    /// Unique over all orgs.
    pub username: String,
    /// Full name.
    pub name: String,
    /// E-mail address; not unique.
    pub email: Option<String>,
    /// `00e…`
    pub profile_id: Option<String>,
}

const ORGANIZATION_QUERY: &str = "SELECT Id, Name, OrganizationType, InstanceName, IsSandbox, NamespacePrefix, \
     TrialExpirationDate, LanguageLocaleKey, TimeZoneSidKey, DefaultLocaleSidKey FROM Organization";

impl Client {
    /// Asks who is signed in. Free of quota.
    pub async fn userinfo(&self) -> Result<UserInfo, Error> {
        let url = self.instance_url().join("/services/oauth2/userinfo")?;
        self.send(&Request::get(url).uncounted())
            .await?
            .json("the signed-in user")
    }

    /// Asks the identity service about a session's `identity_url`. That address names the login host; only its
    /// path is used, at the org's own origin, so that the token stays there. Free of quota.
    pub async fn identity(&self, identity_url: &str) -> Result<Identity, Error> {
        let path = Url::parse(identity_url)
            .map(|url| url.path().to_owned())
            .map_err(|_| Error::InvalidName {
                name: identity_url.to_owned(),
                expected: "the identity address of a session",
            })?;
        let request = Request::get(self.instance_url().join(&path)?).uncounted();
        self.send(&request).await?.json("the identity")
    }

    /// Reads the org's record: name, edition, sandbox or not.
    pub async fn organization(&self) -> Result<Organization, Error> {
        let records = self.query_records(ORGANIZATION_QUERY).await?;
        let record = records.into_iter().next().map(Value::Object);
        decode(record, "the organization")
    }

    /// Reads the signed-in user's record. Two requests, one of them counted.
    pub async fn current_user(&self) -> Result<CurrentUser, Error> {
        let user_id = self.userinfo().await?.user_id;
        let fields = ["Id", "Username", "Name", "Email", "ProfileId"];
        let record = self.get("User", &user_id, &fields).await?;
        decode(Some(Value::Object(record)), "the signed-in user's record")
    }
}

pub(crate) fn decode<T: DeserializeOwned>(record: Option<Value>, what: &'static str) -> Result<T, Error> {
    let unreadable = |detail: String| Error::Unreadable {
        what,
        detail,
        effort: Effort::default(),
    };
    let record = record.ok_or_else(|| unreadable("the org gave no record".to_owned()))?;
    serde_json::from_value(record).map_err(|error| unreadable(error.to_string()))
}
