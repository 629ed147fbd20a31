//! The apps that may ask for tokens.

use crate::org::Org;

/// The address that the Salesforce CLI and other people's clients use.
const CLI_CALLBACK: &str = "http://localhost:1717/OauthRedirect";

/// An app's registration.
#[derive(Debug)]
pub struct App {
    /// Shown on the consent page.
    pub name: &'static str,
    /// Addresses that the answer may go to, compared character for character.
    pub redirect_uris: &'static [&'static str],
    /// Consumer secret.
    pub secret: String,
    /// Whether logins need a PKCE challenge.
    pub requires_pkce: bool,
    /// Username of the user that client credentials stand for, when the app allows them.
    pub client_credentials_user: Option<&'static str>,
    /// Usernames that need not approve the app before they come by JWT bearer token.
    pub approved_users: &'static [&'static str],
}

/// The user for programs.
const INTEGRATION_USER: &str = "integration@landbridge-demo.example";
/// The administrator.
const ADMINISTRATOR: &str = "admin@landbridge-demo.example";

/// The app of a consumer key.
pub fn find(org: &Org, client_id: &str) -> Option<App> {
    if client_id == org.client_id {
        return Some(App {
            name: "Landbridge",
            redirect_uris: &[
                "http://localhost:17170/callback",
                "http://localhost:17171/callback",
                "http://localhost:17172/callback",
                CLI_CALLBACK,
            ],
            secret: org.options.client_secret.clone(),
            requires_pkce: org.options.requires_pkce,
            client_credentials_user: org.options.allows_client_credentials.then_some(INTEGRATION_USER),
            approved_users: &[INTEGRATION_USER, ADMINISTRATOR],
        });
    }
    (client_id == "PlatformCLI").then(|| App {
        name: "Salesforce CLI",
        redirect_uris: &[CLI_CALLBACK],
        secret: String::new(),
        requires_pkce: false,
        client_credentials_user: None,
        approved_users: &[],
    })
}
