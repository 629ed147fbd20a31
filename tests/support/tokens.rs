//! What a kept connection holds, and whether Salesforce still takes it.

use demo_org::DemoOrg;
use serde_json::Value;

/// A private key for tests, in PEM form.
pub const PRIVATE_KEY: &str =
    include_str!("../../src-tauri/crates/salesforce/tests/client/support/signing_key.pem");
/// The public key that goes with it, in PEM form.
pub const PUBLIC_KEY: &str = include_str!("signing_key_public.pem");
/// The demo org's user whom apps act as.
pub const INTEGRATION_USER: &str = "integration@landbridge-demo.example";

/// The access token of a connection as it is kept in a vault.
#[must_use]
pub fn access_token(connection: &str) -> String {
    kept_token(connection, "access_token")
}

/// The refresh token of a connection as it is kept in a vault.
#[must_use]
pub fn refresh_token(connection: &str) -> String {
    kept_token(connection, "refresh_token")
}

fn kept_token(connection: &str, name: &str) -> String {
    let kept: Value = serde_json::from_str(connection).unwrap();
    let tokens: Value = serde_json::from_str(kept["tokens"].as_str().unwrap()).unwrap();
    tokens[name].as_str().unwrap().to_owned()
}

/// Whether an org still takes an access token.
pub async fn is_accepted(org: &DemoOrg, access_token: &str) -> bool {
    let url = format!(
        "{}/services/oauth2/userinfo",
        org.instance_url().trim_end_matches('/')
    );
    let answer = reqwest::Client::new()
        .get(url)
        .bearer_auth(access_token)
        .send()
        .await;
    answer.unwrap().status().is_success()
}
