//! Tokens never appear where they are not meant to.

use salesforce::{Login, LoginUrl, ServerGrant, ServerLogin, Tokens};
use serde_json::json;

use crate::support::{Answer, Org, client, options, tokens};

const SECRETS: [&str; 4] = ["access-1", "refresh-1", "00DHs!AQ", "hush"];

fn clean(text: &str) {
    assert!(!SECRETS.iter().any(|secret| text.contains(secret)), "{text}");
}

#[tokio::test]
async fn debug_output_holds_no_token() {
    let address = "https://acme.my.salesforce.com";
    let mut all = options(address);
    all.client_secret = Some("hush".to_owned().into());
    clean(&format!("{all:?}"));
    clean(&format!("{:?}", tokens(address, "access-1")));
    clean(&format!(
        "{:?}",
        tokens(address, "access-1").to_keychain_json().unwrap()
    ));
    let client = client(address);
    clean(&format!(
        "{client:?} {:?} {:?}",
        client.bulk_ingest(),
        client.pages("SELECT Id FROM Lead")
    ));
    let by_server = ServerLogin {
        login_url: LoginUrl::parse(address).unwrap(),
        client_id: "consumer-key".to_owned(),
        client_secret: Some("hush".to_owned().into()),
        grant: ServerGrant::ClientCredentials,
    };
    clean(&format!("{by_server:?}"));
    let mut login = crate::login::options(address);
    login.client_secret = Some("hush".to_owned().into());
    clean(&format!("{login:?}"));
    let login = Login::begin_on(login, &[0]).await.unwrap();
    let shown = format!("{login:?}");
    clean(&shown);
    let state = crate::login::parameters(&login)["state"].clone();
    assert!(!shown.contains(&state), "{shown}");
}

#[tokio::test]
async fn errors_hold_no_token() {
    let damaged = "{\"access_token\":\"access-1\",\"refresh_token\":5}".to_owned();
    let error = Tokens::from_keychain_json(&damaged.into()).unwrap_err();
    clean(&format!("{error} {error:?}"));

    let org = Org::start(|_| Answer::error(401, "INVALID_SESSION_ID", "Session expired or invalid")).await;
    let error = client(&org.address).limits().await.unwrap_err();
    clean(&format!("{error} {error:?}"));
    let org = Org::start(|seen| {
        if seen.path.ends_with("token") {
            Answer::json(
                200,
                &json!({ "access_token": "00DHs!AQ", "token_type": "Bearer", "instance_url": 5 }),
            )
        } else {
            Answer::error(401, "INVALID_SESSION_ID", "Session expired or invalid")
        }
    })
    .await;
    let error = client(&org.address).limits().await.unwrap_err();
    assert_eq!(error.code(), "unreadable");
    clean(&format!("{error} {error:?}"));
}
