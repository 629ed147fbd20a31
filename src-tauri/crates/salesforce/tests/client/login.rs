//! Signing in, with a plain HTTP client in the browser's place.

use std::collections::HashMap;
use std::time::Duration;

use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use salesforce::{CALLBACK_PORTS, CALLBACK_URLS, DEFAULT_SCOPES, Login, LoginError, LoginOptions, LoginUrl};
use secrecy::ExposeSecret;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::support::{Answer, Org};

pub fn options(address: &str) -> LoginOptions {
    LoginOptions {
        login_url: LoginUrl::parse(address).unwrap(),
        client_id: "consumer-key".to_owned(),
        client_secret: None,
        scopes: DEFAULT_SCOPES.map(ToOwned::to_owned).to_vec(),
    }
}

pub const PATIENCE: Duration = Duration::from_secs(60);

pub fn parameters(login: &Login) -> HashMap<String, String> {
    login.authorize_url().query_pairs().into_owned().collect()
}

pub async fn visit(url: &str) -> (u16, String) {
    let browser = reqwest::Client::builder().no_proxy().build().unwrap();
    let response = browser.get(url).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

pub fn token_answer(instance: &str) -> Answer {
    Answer::json(
        200,
        &json!({
            "access_token": "00DHs!AQ.access", "refresh_token": "5Aep.refresh", "signature": "c2ln",
            "scope": "refresh_token api id", "instance_url": instance, "token_type": "Bearer",
            "id": "https://login.salesforce.com/id/00DHs0000012345MAA/005Hs00000abcdeIAA",
            "issued_at": "1763900000123",
        }),
    )
}

#[test]
fn the_registered_addresses_are_those_of_the_ports() {
    let expected = CALLBACK_PORTS.map(|port| format!("http://localhost:{port}/callback"));
    assert_eq!(CALLBACK_URLS.map(ToOwned::to_owned), expected);
}

#[tokio::test]
async fn a_person_signs_in() {
    let org = Org::start(|seen| match seen.path.as_str() {
        "/services/oauth2/authorize" => Answer::empty(302).header("location", "/login?startURL=x"),
        _ => token_answer("https://acme.my.salesforce.com"),
    })
    .await;
    let login = Login::begin_on(options(&org.address), &[0]).await.unwrap();
    login.probe().await.unwrap();
    let asked = parameters(&login);
    assert!(
        login
            .authorize_url()
            .as_str()
            .starts_with(&format!("{}/services/oauth2/authorize?", org.address))
    );
    assert_eq!(asked["response_type"], "code");
    assert_eq!(asked["client_id"], "consumer-key");
    assert_eq!(asked["scope"], "api refresh_token id");
    assert_eq!(asked["code_challenge_method"], "S256");
    assert_eq!(asked["redirect_uri"], login.callback_url());

    // Browsers connect ahead, ask for an icon, and other pages may knock.
    let callback = login.callback_url().to_owned();
    let host = callback.trim_end_matches("/callback").to_owned();
    let state = asked["state"].clone();
    let browser = async move {
        let port = host.rsplit(':').next().unwrap().to_owned();
        let silent = tokio::net::TcpStream::connect(format!("127.0.0.1:{port}"))
            .await
            .unwrap();
        assert_eq!(visit(&format!("{host}/favicon.ico")).await.0, 404);
        assert_eq!(visit(&callback).await.0, 400);
        let page = visit(&format!("{callback}?code=aPrx%3D%3D&state={state}")).await;
        drop(silent);
        page
    };
    let (tokens, page) = tokio::join!(login.finish(CancellationToken::new(), PATIENCE), browser);

    let tokens = tokens.unwrap();
    assert_eq!(tokens.access_token.expose_secret(), "00DHs!AQ.access");
    assert_eq!(
        tokens.refresh_token.as_ref().unwrap().expose_secret(),
        "5Aep.refresh"
    );
    assert_eq!(tokens.instance_url.as_str(), "https://acme.my.salesforce.com");
    assert_eq!(tokens.organization_id(), Some("00DHs0000012345MAA"));
    assert_eq!(tokens.user_id(), Some("005Hs00000abcdeIAA"));
    assert_eq!(tokens.scope, "refresh_token api id");
    assert_eq!(tokens.issued_at_milliseconds, Some(1_763_900_000_123));
    assert_eq!(page.0, 200);
    assert!(page.1.contains("You are signed in"), "{}", page.1);
    assert!(page.1.contains("go back to Landbridge"), "{}", page.1);

    let form = org
        .seen()
        .into_iter()
        .find(|seen| seen.path == "/services/oauth2/token")
        .unwrap()
        .form();
    let verifier = PkceCodeVerifier::new(form["code_verifier"].clone());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    assert_eq!(challenge.as_str(), asked["code_challenge"]);
    assert_eq!(form["grant_type"], "authorization_code");
    assert_eq!(form["code"], "aPrx==");
    assert_eq!(form["redirect_uri"], asked["redirect_uri"]);
    assert!(
        !form.contains_key("client_secret"),
        "a public client sends no secret"
    );
}

#[tokio::test]
async fn a_secret_is_sent_only_to_the_token_endpoint() {
    let org = Org::start(|_| token_answer("https://acme.my.salesforce.com")).await;
    let mut with_secret = options(&org.address);
    with_secret.client_secret = Some("shh".to_owned().into());
    let login = Login::begin_on(with_secret, &[0]).await.unwrap();
    assert!(!login.authorize_url().as_str().contains("shh"));
    let url = format!(
        "{}?code=c&state={}",
        login.callback_url(),
        parameters(&login)["state"]
    );
    let (tokens, _) = tokio::join!(login.finish(CancellationToken::new(), PATIENCE), visit(&url));
    tokens.unwrap();
    assert_eq!(org.seen()[0].form()["client_secret"], "shh");
}

#[tokio::test]
async fn the_browser_may_come_by_ipv6() {
    let Ok(probe) = std::net::TcpListener::bind("[::1]:0") else {
        return;
    };
    drop(probe);
    let org = Org::start(|_| token_answer("https://acme.my.salesforce.com")).await;
    let login = Login::begin_on(options(&org.address), &[0]).await.unwrap();
    let callback = login.callback_url().replace("localhost", "[::1]");
    let url = format!("{callback}?code=c&state={}", parameters(&login)["state"]);
    let (tokens, page) = tokio::join!(login.finish(CancellationToken::new(), PATIENCE), visit(&url));
    tokens.unwrap();
    assert_eq!(page.0, 200);
}

#[tokio::test]
async fn a_taken_port_is_passed_over() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let login = Login::begin_on(options("https://login.salesforce.com"), &[port, 0])
        .await
        .unwrap();
    assert_ne!(login.callback_url(), format!("http://localhost:{port}/callback"));

    let refused = Login::begin_on(options("https://login.salesforce.com"), &[port])
        .await
        .unwrap_err();
    assert_eq!(
        refused,
        LoginError::PortsTaken {
            ports: port.to_string()
        }
    );
}

#[tokio::test]
async fn a_port_taken_on_ipv6_alone_is_passed_over() {
    let Ok(taken) = std::net::TcpListener::bind("[::1]:0") else {
        return;
    };
    let port = taken.local_addr().unwrap().port();
    let refused = Login::begin_on(options("https://login.salesforce.com"), &[port])
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "ports_taken");
}
