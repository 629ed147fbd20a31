//! Sessions without a person: client credentials, JWT bearer, and the introspection of their tokens.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use salesforce::{
    Client, ClientOptions, LoginUrl, ServerGrant, ServerLogin, SessionOnly, SigningKey, Tokens,
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::support::{Answer, Org, Seen, options};

const TOKEN: &str = "/services/oauth2/token";
const PEM: &str = include_str!("support/signing_key.pem");
const PUBLIC_KEY: &[u8] = include_bytes!("support/signing_key_public.der");

fn login(address: &str, grant: ServerGrant) -> ServerLogin {
    ServerLogin {
        login_url: LoginUrl::parse(address).unwrap(),
        client_id: "consumer-key".to_owned(),
        client_secret: Some("hush".to_owned().into()),
        grant,
    }
}

fn jwt(audience: Option<&str>) -> ServerGrant {
    ServerGrant::JwtBearer {
        username: "integration@acme.example".to_owned(),
        audience: audience.map(ToOwned::to_owned),
        key: SigningKey::from_pem(&PEM.to_owned().into()).unwrap(),
    }
}

fn granted(seen: &Seen, number: usize) -> Answer {
    Answer::json(
        200,
        &json!({ "access_token": format!("access-{number}"), "token_type": "Bearer", "scope": "api",
                 "instance_url": seen.origin(), "id": "https://login.salesforce.com/id/00D/005" }),
    )
}

fn part(text: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}

#[tokio::test]
async fn client_credentials_sign_in_and_renew_by_themselves() {
    let org = Org::start(|seen| {
        if seen.path == TOKEN {
            let form = seen.form();
            assert_eq!(form["grant_type"], "client_credentials");
            assert_eq!(
                (&*form["client_id"], &*form["client_secret"]),
                ("consumer-key", "hush")
            );
            return granted(seen, seen.number);
        }
        if seen.header("authorization") == "Bearer access-1" {
            Answer::error(401, "INVALID_SESSION_ID", "Session expired or invalid")
        } else {
            Answer::json(200, &json!({}))
        }
    })
    .await;
    let login = login(&org.address, ServerGrant::ClientCredentials);
    let tokens: Tokens = login.sign_in().await.unwrap();
    assert!(tokens.refresh_token.is_none());
    assert_eq!(tokens.user_id(), Some("005"));
    let client = Client::renewed_by(
        login.grant.clone(),
        ClientOptions {
            client_secret: login.client_secret.clone(),
            tokens,
            keep: Arc::new(SessionOnly),
            ..options(&org.address)
        },
    )
    .unwrap();
    client.limits().await.unwrap();
    assert_eq!(org.count("POST", TOKEN), 2);
}

#[tokio::test]
async fn a_jwt_is_signed_and_short_lived() {
    let org = Org::start(|seen| granted(seen, 1)).await;
    for (audience, expected) in [
        (None, org.address.as_str()),
        (
            Some("https://login.salesforce.com"),
            "https://login.salesforce.com",
        ),
    ] {
        let tokens = login(&org.address, jwt(audience)).sign_in().await.unwrap();
        assert_eq!(tokens.access_token.expose_secret(), "access-1");
        let form = org.seen().last().unwrap().form();
        assert_eq!(form["grant_type"], "urn:ietf:params:oauth:grant-type:jwt-bearer");
        assert!(!form.contains_key("client_secret"));
        let (signed, signature) = form["assertion"].rsplit_once('.').unwrap();
        let (head, claims) = signed.split_once('.').unwrap();
        assert_eq!(part(head)["alg"], "RS256");
        let claims = part(claims);
        assert_eq!(claims["iss"], "consumer-key");
        assert_eq!(claims["sub"], "integration@acme.example");
        assert_eq!(claims["aud"], expected);
        let seconds_left = claims["exp"].as_i64().unwrap() - jiff::Timestamp::now().as_second();
        assert!((1..=300).contains(&seconds_left), "{seconds_left}");
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, PUBLIC_KEY)
            .verify(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap())
            .unwrap();
    }
}

#[tokio::test]
async fn refusals_of_a_grant_are_told() {
    let org = Org::start(|_| {
        Answer::json(
            400,
            &json!({ "error": "invalid_grant", "error_description": "user hasn't approved this consumer" }),
        )
    })
    .await;
    let error = login(&org.address, jwt(None)).sign_in().await.unwrap_err();
    assert_eq!(error.code(), "refused");
    assert!(
        error.to_string().contains("approve the app for this user"),
        "{error}"
    );
    // As a renewal it ends the session, once.
    let client = Client::renewed_by(jwt(None), options(&org.address)).unwrap();
    for _ in 0..2 {
        assert_eq!(client.refresh().await.unwrap_err().code(), "signed_out");
    }
    assert_eq!(org.count("POST", TOKEN), 2);
}

#[test]
fn keys_are_read_in_both_forms_and_never_shown() {
    let other = include_str!("support/signing_key_pkcs1.pem");
    for pem in [PEM, other] {
        let key = SigningKey::from_pem(&pem.to_owned().into()).unwrap();
        assert_eq!(format!("{key:?}"), "SigningKey(redacted)");
    }
    let damaged = PEM.replace(
        "-----BEGIN PRIVATE KEY-----\nMII",
        "-----BEGIN PRIVATE KEY-----\nAAA",
    );
    for text in [
        "",
        "hush",
        &damaged,
        "-----BEGIN PRIVATE KEY-----\nhush!\n-----END PRIVATE KEY-----",
    ] {
        let error = SigningKey::from_pem(&text.to_owned().into()).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hush"), "{error}");
    }
}

#[tokio::test]
async fn a_token_is_introspected_with_the_apps_secret_only() {
    let org = Org::start(|seen| {
        let form = seen.form();
        assert_eq!((&*form["token"], &*form["client_secret"]), ("access-1", "hush"));
        if seen.number == 1 {
            Answer::json(
                200,
                &json!({ "active": true, "scope": "api id", "client_id": "consumer-key", "username": "a@b.example",
                         "sub": "https://login.salesforce.com/id/00D/005", "token_type": "access_token",
                         "exp": 1_763_907_200, "iat": 1_763_900_000, "nbf": 1_763_900_000 }),
            )
        } else {
            Answer::json(200, &json!({ "active": false }))
        }
    })
    .await;
    let mut with_secret = options(&org.address);
    with_secret.client_secret = Some("hush".to_owned().into());
    let client = Client::new(with_secret).unwrap();
    let told = client.introspect().await.unwrap();
    assert!(told.active);
    assert_eq!(
        (told.username.as_deref(), told.exp),
        (Some("a@b.example"), Some(1_763_907_200))
    );
    assert!(!client.introspect().await.unwrap().active);
    assert_eq!(client.calls(), 0);
    let without = crate::support::client(&org.address);
    assert_eq!(without.introspect().await.unwrap_err().code(), "invalid_name");
    assert_eq!(org.seen().len(), 2);
}
