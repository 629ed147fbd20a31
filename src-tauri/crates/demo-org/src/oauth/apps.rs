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
}

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
        });
    }
    (client_id == "PlatformCLI").then(|| App {
        name: "Salesforce CLI",
        redirect_uris: &[CLI_CALLBACK],
        secret: String::new(),
    })
}
