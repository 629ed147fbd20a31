//! The grants beside the browser's, what tokens say of themselves, PKCE rules, and other people's ways to log in.

use std::sync::LazyLock;

use crate::troubled::{
    Caller,
    login::{REDIRECT, redirected, text},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use demo_org::{DemoOrg, Options};
use reqwest::StatusCode;
use rsa::{
    BigUint, RsaPrivateKey, RsaPublicKey,
    pkcs1v15::{Signature, SigningKey, VerifyingKey},
    pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding},
    rand_core::OsRng,
    sha2::Sha256,
    signature::{SignatureEncoding, Signer, Verifier},
};
use serde_json::{Value, json};

const INTEGRATION: &str = "integration@landbridge-demo.example";
const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

static KEY: LazyLock<RsaPrivateKey> = LazyLock::new(|| RsaPrivateKey::new(&mut OsRng, 2048).expect("a key"));

fn public_key() -> String {
    KEY.to_public_key()
        .to_public_key_pem(LineEnding::LF)
        .expect("PEM")
}

fn certificate() -> String {
    let pem = KEY.to_pkcs8_pem(LineEnding::LF).expect("PEM");
    let key = rcgen::KeyPair::from_pkcs8_pem_and_sign_algo(&pem, &rcgen::PKCS_RSA_SHA256).expect("a key");
    let params = rcgen::CertificateParams::new(vec!["jwt".to_owned()]).expect("parameters");
    params.self_signed(&key).expect("a certificate").pem()
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(since.expect("a time after 1970").as_secs()).expect("a time")
}

fn signed(claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(&json!({ "alg": "RS256" })), part(claims));
    let signature = SigningKey::<Sha256>::new(KEY.clone()).sign(message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

fn refused(error: &str, description: &str) -> (StatusCode, Value) {
    let body = json!({ "error": error, "error_description": description });
    (StatusCode::BAD_REQUEST, body)
}

async fn username_of(caller: &Caller, tokens: &Value) -> String {
    let call = caller
        .client
        .get(text(tokens, "id"))
        .bearer_auth(text(tokens, "access_token"));
    let identity: Value = call
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("an identity");
    text(&identity, "username")
}

#[tokio::test(flavor = "multi_thread")]
async fn client_credentials_stand_for_the_integration_user() {
    let caller = Caller::new(Options::default()).await;
    let (id, secret) = (caller.org.client_id(), caller.org.client_secret());
    let members = [
        ("grant_type", "client_credentials"),
        ("client_id", &id),
        ("client_secret", &secret),
    ];
    let (status, tokens) = caller.form("token", &members).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(tokens.get("refresh_token"), None);
    assert_eq!(tokens["instance_url"], caller.org.instance_url());
    assert_eq!(username_of(&caller, &tokens).await, INTEGRATION);
    let basic = caller.client.post(caller.url("services/oauth2/token"));
    let basic = basic
        .basic_auth(&id, Some(&secret))
        .form(&[("grant_type", "client_credentials")]);
    let tokens: Value = basic
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("tokens");
    assert_eq!(caller.status_of(&text(&tokens, "access_token")).await, 200);
    let invalid = refused("invalid_client", "invalid client credentials");
    assert_eq!(caller.form("token", &members[..2]).await, invalid);
    assert_eq!(
        caller
            .form("token", &[members[0], members[1], ("client_secret", "wrong")])
            .await,
        invalid
    );
    let scoped = [
        members[0],
        members[1],
        members[2],
        ("scope", "refresh_token full"),
    ];
    assert_eq!(
        caller.form("token", &scoped).await,
        refused("invalid_grant", "no valid scopes defined")
    );
    caller.org.shutdown().await;

    let options = Options {
        allows_client_credentials: false,
        ..Options::default()
    };
    let caller = Caller::new(options).await;
    let members = [members[0], members[1], ("client_secret", &secret)];
    assert_eq!(
        caller.form("token", &members).await,
        refused("invalid_grant", "no client credentials user enabled")
    );
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn jwt_bearer_tokens_are_checked_claim_by_claim() {
    let caller = Caller::new(Options {
        jwt_certificate: Some(certificate()),
        ..Options::default()
    })
    .await;
    let good = json!({
        "iss": caller.org.client_id(), "sub": INTEGRATION, "aud": "https://login.salesforce.com", "exp": now() + 180,
    });
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        signed(&claims)
    };
    let grant = async |assertion: String| {
        caller
            .form("token", &[("grant_type", JWT_BEARER), ("assertion", &assertion)])
            .await
    };
    for assertion in [
        signed(&good),
        with("aud", json!(caller.org.instance_url())),
        with("exp", json!((now() + 180).to_string())),
    ] {
        let (status, tokens) = grant(assertion).await;
        assert_eq!((status, tokens.get("refresh_token")), (StatusCode::OK, None));
        assert_eq!(username_of(&caller, &tokens).await, INTEGRATION);
    }
    let unapproved = "user hasn't approved this consumer";
    let priya = "priya.raman@landbridge-demo.example";
    for (assertion, error, description) in [
        (
            with("iss", json!("nobody")),
            "invalid_client_id",
            "client identifier invalid",
        ),
        (
            with("aud", json!("https://test.salesforce.com")),
            "invalid_grant",
            "Audience validation failed",
        ),
        (
            with("exp", json!(now() - 600)),
            "invalid_grant",
            "expired authorization code",
        ),
        (
            with("exp", json!(now() + 3600)),
            "invalid_grant",
            "expired authorization code",
        ),
        (
            with("sub", json!("nobody@nowhere.example")),
            "invalid_grant",
            unapproved,
        ),
        (with("sub", json!(priya)), "invalid_grant", unapproved),
        (
            with("sub", json!("tom.weller@landbridge-demo.example")),
            "invalid_grant",
            "inactive user",
        ),
        (
            format!("{}x", signed(&good)),
            "invalid_grant",
            "invalid assertion",
        ),
        ("nonsense".to_owned(), "invalid_grant", "invalid assertion"),
    ] {
        assert_eq!(grant(assertion).await, refused(error, description));
    }
    let unsigned = format!(
        "{}.{}.",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#),
        URL_SAFE_NO_PAD.encode(good.to_string())
    );
    assert_eq!(
        grant(unsigned).await,
        refused("invalid_grant", "invalid assertion")
    );
    caller.tokens_of(priya, &[("scope", "api refresh_token")]).await;
    assert_eq!(
        grant(with("sub", json!(priya))).await.0,
        StatusCode::OK,
        "once the user has approved the app"
    );
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jwt_key_is_registered_while_the_org_runs() {
    let caller = Caller::new(Options::default()).await;
    let claims = json!({
        "iss": caller.org.client_id(), "sub": INTEGRATION, "aud": caller.org.instance_url(), "exp": now() + 60,
    });
    let assertion = signed(&claims);
    let members = [("grant_type", JWT_BEARER), ("assertion", assertion.as_str())];
    assert_eq!(
        caller.form("token", &members).await,
        refused("invalid_grant", "invalid assertion")
    );
    let register = async |pem: String| {
        let request = caller
            .client
            .post(caller.url("demo/jwt-key"))
            .header("X-Demo-Control", "1");
        request.body(pem).send().await.expect("an answer").status()
    };
    assert_eq!(register("nonsense".to_owned()).await, StatusCode::BAD_REQUEST);
    assert_eq!(register(public_key()).await, StatusCode::NO_CONTENT);
    assert_eq!(caller.form("token", &members).await.0, StatusCode::OK);
    caller.org.shutdown().await;
    let options = Options {
        jwt_certificate: Some("nonsense".to_owned()),
        ..Options::default()
    };
    let error = DemoOrg::start(options)
        .await
        .expect_err("no certificate")
        .to_string();
    assert!(error.contains("BEGIN CERTIFICATE"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn introspection_knows_live_tokens_of_the_app_that_asks() {
    let caller = Caller::new(Options::default()).await;
    let (id, secret) = (caller.org.client_id(), caller.org.client_secret());
    let tokens = caller.tokens(&[("scope", "api refresh_token")]).await;
    let ask = async |token: &str| {
        let members = [("token", token), ("client_id", &id), ("client_secret", &secret)];
        caller.form("introspect", &members).await.1
    };
    let access = ask(&text(&tokens, "access_token")).await;
    assert_eq!(
        (&access["active"], &access["token_type"]),
        (&json!(true), &json!("access_token"))
    );
    assert_eq!(
        (&access["username"], &access["client_id"]),
        (&json!(caller.org.username()), &json!(id))
    );
    assert_eq!(
        (&access["sub"], &access["scope"]),
        (&tokens["id"], &tokens["scope"])
    );
    assert!(access["exp"].as_i64() > access["iat"].as_i64());
    let refresh = ask(&text(&tokens, "refresh_token")).await;
    assert_eq!(
        (&refresh["active"], &refresh["token_type"]),
        (&json!(true), &json!("refresh_token"))
    );
    assert_eq!(ask("nothing").await, json!({ "active": false }));
    let revoked = caller
        .form("revoke", &[("token", &text(&tokens, "refresh_token"))])
        .await;
    assert_eq!(revoked.0, StatusCode::OK);
    for name in ["access_token", "refresh_token"] {
        assert_eq!(ask(&text(&tokens, name)).await, json!({ "active": false }));
    }
    let anonymous = caller
        .form("introspect", &[("token", "x"), ("client_id", &id)])
        .await;
    assert_eq!(anonymous, refused("invalid_client", "invalid client credentials"));
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_token_is_signed_with_a_published_key() {
    let caller = Caller::new(Options::default()).await;
    let tokens = caller.tokens(&[("scope", "openid api"), ("nonce", "n-1")]).await;
    let published = async |path: String| -> Value {
        let answer = caller.client.get(path).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    };
    let discovery = published(caller.url(".well-known/openid-configuration")).await;
    assert_eq!(discovery["issuer"], caller.org.instance_url());
    let keys = published(text(&discovery, "jwks_uri")).await;
    let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
    let number = |name: &str| BigUint::from_bytes_be(&decoded(&text(&keys["keys"][0], name)));
    let key = RsaPublicKey::new(number("n"), number("e")).expect("a key");
    let id_token = text(&tokens, "id_token");
    let (message, signature) = id_token.rsplit_once('.').expect("a signature");
    let signature = Signature::try_from(decoded(signature).as_slice()).expect("a signature");
    VerifyingKey::<Sha256>::new(key)
        .verify(message.as_bytes(), &signature)
        .expect("the key's signature");
    let (header, claims) = message.split_once('.').expect("two parts");
    let header: Value = serde_json::from_slice(&decoded(header)).expect("JSON");
    assert_eq!(
        (&header["alg"], &header["kid"]),
        (&json!("RS256"), &keys["keys"][0]["kid"])
    );
    let claims: Value = serde_json::from_slice(&decoded(claims)).expect("JSON");
    assert_eq!(
        (&claims["iss"], &claims["sub"]),
        (&discovery["issuer"], &tokens["id"])
    );
    assert_eq!(
        (&claims["aud"], &claims["nonce"]),
        (&json!(caller.org.client_id()), &json!("n-1"))
    );
    let plain = caller.tokens(&[("scope", "api")]).await;
    assert_eq!((plain.get("id_token"), plain.get("refresh_token")), (None, None));
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_may_demand_pkce_and_the_method_may_be_left_out() {
    let caller = Caller::new(Options {
        requires_pkce: true,
        ..Options::default()
    })
    .await;
    let members = redirected(&caller.authorize(&[("state", "s")]).await);
    let expected = [
        ("error", "invalid_request"),
        ("error_description", "missing required code challenge"),
        ("state", "s"),
    ];
    assert_eq!(
        members,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    let plain = [
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "plain"),
    ];
    assert_eq!(
        redirected(&caller.authorize(&plain).await)[0].1,
        "invalid_request"
    );
    // `tokens` sends a challenge without its method.
    let tokens = caller.tokens(&[]).await;
    assert_eq!(tokens["scope"], "refresh_token api id");
    let prompted = redirected(
        &caller
            .authorize(&[("prompt", "dance"), ("code_challenge", plain[0].1)])
            .await,
    );
    assert_eq!(prompted[0].1, "invalid_request");
    let hinted = [
        ("prompt", "login consent"),
        ("login_hint", "priya@x.example"),
        ("display", "popup"),
        plain[0],
    ];
    let page = caller.authorize(&hinted).await.text().await.expect("a page");
    assert!(page.contains("value=\"priya@x.example\""), "{page}");
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sixth_approval_ends_the_oldest() {
    let caller = Caller::new(Options::default()).await;
    let mut approvals = Vec::new();
    for _ in 0..6 {
        approvals.push(caller.tokens(&[("scope", "api refresh_token")]).await);
    }
    let other = caller.tokens_of("priya.raman@landbridge-demo.example", &[]).await;
    let mut statuses = Vec::new();
    for tokens in approvals.iter().chain([&other]) {
        let (status, _) = caller.refresh(&text(tokens, "refresh_token")).await;
        statuses.push((
            status.as_u16(),
            caller.status_of(&text(tokens, "access_token")).await,
        ));
    }
    assert_eq!(statuses[0], (400, 401));
    assert!(
        statuses[1..].iter().all(|status| *status == (200, 200)),
        "{statuses:?}"
    );
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inactive_user_gets_no_further() {
    let caller = Caller::new(Options::default()).await;
    let page = caller.authorize(&[]).await.text().await.expect("a page");
    let request = page.split_once("name=\"request\" value=\"").expect("a field").1;
    let request = request.split_once('"').expect("its end").0;
    let password = caller.org.password();
    let login = [
        ("request", request),
        ("username", "tom.weller@landbridge-demo.example"),
        ("password", &password),
    ];
    let login = caller
        .client
        .post(caller.url("services/oauth2/authorize/login"))
        .form(&login);
    let page = login
        .send()
        .await
        .expect("an answer")
        .text()
        .await
        .expect("a page");
    assert!(page.contains("This user is inactive"), "{page}");
    caller.org.shutdown().await;
}

fn login_envelope(username: &str, password: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><env:Envelope xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\">\
         <env:Header><urn:CallOptions xmlns:urn=\"urn:partner.soap.sforce.com\"><urn:client>x</urn:client></urn:CallOptions>\
         </env:Header><env:Body><n1:login xmlns:n1=\"urn:partner.soap.sforce.com\"><n1:username>{username}</n1:username>\
         <n1:password>{password}</n1:password></n1:login></env:Body></env:Envelope>"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn login_by_soap_gives_a_session_or_a_fault() {
    let caller = Caller::new(Options::default()).await;
    let call = async |body: String| {
        let request = caller.client.post(caller.url("services/Soap/u/59.0"));
        let request = request
            .header("Content-Type", "text/xml")
            .header("SOAPAction", "login")
            .body(body);
        let answer = request.send().await.expect("an answer");
        (answer.status(), answer.text().await.expect("a text"))
    };
    let between = |text: &str, name: &str| {
        let inside = text.split_once(&format!("<{name}>")).expect(name).1;
        inside.split_once(&format!("</{name}>")).expect(name).0.to_owned()
    };
    let (status, text) = call(login_envelope(&caller.org.username(), &caller.org.password())).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(caller.status_of(&between(&text, "sessionId")).await, 200);
    let server = between(&text, "serverUrl");
    assert!(
        server.starts_with(&format!("{}/services/Soap/u/59.0/00D", caller.org.instance_url())),
        "{server}"
    );
    assert_eq!(between(&text, "userName"), caller.org.username());
    for (username, password) in [
        (caller.org.username(), "wrong".to_owned()),
        (
            "tom.weller@landbridge-demo.example".to_owned(),
            caller.org.password(),
        ),
        ("a &amp; b".to_owned(), "&lt;".to_owned()),
    ] {
        let (status, text) = call(login_envelope(&username, &password)).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(between(&text, "sf:exceptionCode"), "INVALID_LOGIN");
    }
    assert_eq!(
        call("not even XML < ".to_owned()).await.0,
        StatusCode::INTERNAL_SERVER_ERROR
    );
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_salesforce_cli_logs_in() {
    let caller = Caller::new(Options::default()).await;
    let redirect = "http://localhost:1717/OauthRedirect";
    let extra = [
        ("client_id", "PlatformCLI"),
        ("redirect_uri", redirect),
        ("scope", "refresh_token api web"),
        ("prompt", "login"),
    ];
    assert_ne!(redirect, REDIRECT);
    let code = caller.code(&caller.org.username(), &extra).await;
    let members = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("client_id", "PlatformCLI"),
        ("redirect_uri", redirect),
        ("client_secret", ""),
    ];
    let (status, tokens) = caller.form("token", &members).await;
    assert_eq!(status, StatusCode::OK, "{tokens}");
    let get = async |path: &str| {
        let request = caller
            .client
            .get(caller.url(path))
            .bearer_auth(text(&tokens, "access_token"));
        let answer = request.send().await.expect("an answer");
        let status = answer.status();
        (status, answer.json::<Value>().await.expect("JSON"))
    };
    let (_, info) = get("services/oauth2/userinfo").await;
    let user = get(&format!(
        "services/data/v51.0/sobjects/User/{}",
        text(&info, "user_id")
    ))
    .await
    .1;
    assert_eq!(user["Username"], caller.org.username());
    let hub = get("services/data/v51.0/query?q=SELECT%20Id%20FROM%20ScratchOrgInfo%20limit%201").await;
    assert_eq!(
        (hub.0, &hub.1[0]["errorCode"]),
        (StatusCode::BAD_REQUEST, &json!("INVALID_TYPE"))
    );
    let token = text(&tokens, "access_token");
    let (organization, rest) = token.split_once('!').expect("a token of the usual shape");
    assert!(organization.starts_with("00D") && organization.chars().all(char::is_alphanumeric));
    assert!(
        rest.chars()
            .all(|sign| sign.is_alphanumeric() || sign == '.' || sign == '_')
    );
    caller.org.shutdown().await;
}
