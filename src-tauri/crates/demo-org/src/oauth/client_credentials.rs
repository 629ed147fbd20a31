//! The client credentials grant: an app comes by itself and works as its run-as user (Salesforce help, *OAuth 2.0 Client
//! Credentials Flow*).

use super::{
    people,
    token::{Form, Granted, Refusal, client},
};
use crate::org::Org;

/// What such a token is never good for; these are left out of what is asked for.
const UNSUPPORTED_SCOPES: [&str; 3] = ["full", "refresh_token", "offline_access"];
/// What the app gets when it asks for nothing.
const USUAL_SCOPES: &str = "api id";

/// `grant_type=client_credentials`, with id and secret.
pub fn grant(org: &Org, form: &Form) -> Result<Granted, Refusal> {
    let (client_id, app) = client(org, form)?;
    if form.get("client_secret").is_none_or(String::is_empty) {
        return Err(Refusal("invalid_client", "invalid client credentials"));
    }
    let user = app
        .client_credentials_user
        .and_then(|username| people::named(org, username))
        .ok_or(Refusal("invalid_grant", "no client credentials user enabled"))?;
    if !user.active {
        return Err(Refusal("invalid_grant", "inactive user"));
    }
    let asked = form
        .get("scope")
        .map_or(USUAL_SCOPES, String::as_str)
        .split_whitespace();
    let scopes: Vec<&str> = asked
        .filter(|scope| !UNSUPPORTED_SCOPES.contains(scope))
        .collect();
    if scopes.is_empty() {
        return Err(Refusal("invalid_grant", "no valid scopes defined"));
    }
    Ok(Granted::without_refresh_token(
        org,
        client_id,
        app.secret,
        user.number,
        scopes.join(" "),
    ))
}
