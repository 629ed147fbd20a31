//! What an admin sets up in Salesforce before connecting.

use salesforce::CALLBACK_URLS;

use crate::Engine;
use crate::contract::app::Nothing;
use crate::contract::connection::{ConnectionGuide, Scope};
use crate::fault::Fault;

/// `connection.guide`
pub(crate) async fn guide(engine: &Engine, _params: Nothing) -> Result<ConnectionGuide, Fault> {
    let last_client_id = engine.read(|read| Ok(read.integration()?.last_client_id)).await?;
    let scope = |name: &str, label: &str| Scope {
        name: name.to_owned(),
        label: label.to_owned(),
    };
    Ok(ConnectionGuide {
        callback_urls: CALLBACK_URLS.iter().map(ToString::to_string).collect(),
        scopes: vec![
            scope("api", "Manage user data via APIs"),
            scope("refresh_token, offline_access", "Perform requests at any time"),
            scope("id, profile, email, address, phone", "Access the identity URL service"),
        ],
        steps: [
            "In Salesforce, open Setup, search for External Client App Manager, and choose New External Client App.",
            "Give it a name such as Landbridge and a contact e-mail address; leave the distribution state on Local.",
            "Under API, enable OAuth, and paste the callback URLs below, one a line.",
            "Select the three OAuth scopes below.",
            "Under Security, require Proof Key for Code Exchange (PKCE), and untick “Require secret” for the web server flow and for the refresh token flow.",
            "Create the app, open its Settings, and copy the Consumer Key. Salesforce needs up to ten minutes before a new app works.",
        ]
        .map(str::to_owned)
        .to_vec(),
        last_client_id,
    })
}
