//! Refresh token rotation: each token is used once, and use of an old one ends everything that came of the grant.

use crate::troubled::{Caller, login::text};
use demo_org::Options;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const SCOPE: [(&str, &str); 1] = [("scope", "api refresh_token")];

async fn rotating() -> Caller {
    Caller::new(Options {
        rotates_refresh_tokens: true,
        ..Options::default()
    })
    .await
}

fn expired() -> Value {
    json!({ "error": "invalid_grant", "error_description": "expired access/refresh token" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_is_used_once_and_its_re_use_ends_the_grant() {
    let caller = rotating().await;
    let first = caller.tokens(&SCOPE).await;
    let other = caller.tokens(&SCOPE).await;
    let (status, second) = caller.refresh(&text(&first, "refresh_token")).await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    let (_, third) = caller.refresh(&text(&second, "refresh_token")).await;
    for tokens in [&first, &second, &third] {
        assert_eq!(caller.status_of(&text(tokens, "access_token")).await, 200);
    }
    assert_eq!(
        caller.refresh(&text(&first, "refresh_token")).await,
        (StatusCode::BAD_REQUEST, expired())
    );
    assert_eq!(
        caller.refresh(&text(&third, "refresh_token")).await,
        (StatusCode::BAD_REQUEST, expired()),
        "the current token is dead too"
    );
    for tokens in [&first, &second, &third] {
        assert_eq!(caller.status_of(&text(tokens, "access_token")).await, 401);
    }
    assert_eq!(
        caller.status_of(&text(&other, "access_token")).await,
        200,
        "another grant lives on"
    );
    assert_eq!(
        caller.refresh(&text(&other, "refresh_token")).await.0,
        StatusCode::OK
    );
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_rotation_a_refresh_token_serves_again_and_is_not_repeated() {
    let caller = Caller::new(Options::default()).await;
    let tokens = caller.tokens(&SCOPE).await;
    for _ in 0..2 {
        let (status, fresh) = caller.refresh(&text(&tokens, "refresh_token")).await;
        assert_eq!((status, fresh.get("refresh_token")), (StatusCode::OK, None));
    }
    let (status, _) = caller
        .trouble(Method::POST, json!({ "rotates_refresh_tokens": true }))
        .await;
    assert_eq!(status, StatusCode::OK);
    let (_, fresh) = caller.refresh(&text(&tokens, "refresh_token")).await;
    assert!(fresh["refresh_token"].is_string(), "trouble turns rotation on");
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_refreshes_at_once_one_wins_and_the_others_end_the_grant() {
    let caller = rotating().await;
    let tokens = caller.tokens(&SCOPE).await;
    let token = text(&tokens, "refresh_token");
    let answers = futures_util::future::join_all((0..8).map(|_| caller.refresh(&token))).await;
    let won: Vec<&Value> = answers
        .iter()
        .filter(|(status, _)| *status == StatusCode::OK)
        .map(|(_, tokens)| tokens)
        .collect();
    assert_eq!(won.len(), 1, "{answers:?}");
    assert_eq!(
        caller.refresh(&text(won[0], "refresh_token")).await.0,
        StatusCode::BAD_REQUEST
    );
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_to_a_refresh_leaves_no_way_but_a_new_login() {
    let caller = rotating().await;
    let tokens = caller.tokens(&SCOPE).await;
    let lost = json!({ "calls": [{ "which": { "family": "token" }, "when": { "first": 1 }, "what": "lost_reply" }] });
    caller.trouble(Method::POST, lost).await;
    let client_id = caller.org.client_id();
    let token = text(&tokens, "refresh_token");
    let members = [
        ("grant_type", "refresh_token"),
        ("refresh_token", &token),
        ("client_id", &client_id),
    ];
    let sent = caller
        .client
        .post(caller.url("services/oauth2/token"))
        .form(&members)
        .send()
        .await;
    assert!(sent.is_err());
    assert_eq!(caller.happened(0), 1);
    assert_eq!(caller.refresh(&token).await, (StatusCode::BAD_REQUEST, expired()));
    assert_eq!(caller.status_of(&text(&tokens, "access_token")).await, 401);
    assert_eq!(
        caller
            .status_of(&text(&caller.tokens(&SCOPE).await, "access_token"))
            .await,
        200
    );
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_ends_grants_and_refuses_at_both_oauth_endpoints() {
    let refusal = |error: &str| json!({ "oauth_refusal": { "error": error, "description": "because" } });
    let caller = Caller::with(json!({ "calls": [
        { "which": { "family": "limits" }, "when": { "nth": 2 }, "what": "grants_end" },
        { "which": { "family": "token" }, "when": { "nth": 2 }, "what": refusal("rate_limit_exceeded") },
        { "which": { "family": "authorize", "method": "GET" }, "when": { "from": 2 }, "what": refusal("OAUTH_APPROVAL_ERROR_GENERIC") },
    ] }))
    .await;
    let tokens = caller.tokens(&SCOPE).await;
    let (access, refresh) = (text(&tokens, "access_token"), text(&tokens, "refresh_token"));
    assert_eq!(caller.status_of(&access).await, 200);
    let limited = json!({ "error": "rate_limit_exceeded", "error_description": "because" });
    assert_eq!(caller.refresh(&refresh).await, (StatusCode::BAD_REQUEST, limited));
    assert_eq!(caller.status_of(&access).await, 401);
    assert_eq!(
        caller.refresh(&refresh).await,
        (StatusCode::BAD_REQUEST, expired())
    );
    let members = crate::troubled::login::redirected(&caller.authorize(&[("state", "x y")]).await);
    let expected = [
        ("error", "OAUTH_APPROVAL_ERROR_GENERIC"),
        ("error_description", "because"),
        ("state", "x y"),
    ];
    assert_eq!(
        members,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    let page = caller
        .authorize(&[("redirect_uri", "http://localhost:9/elsewhere")])
        .await;
    assert_eq!(
        page.status(),
        StatusCode::BAD_REQUEST,
        "no redirect to an address that is not registered"
    );
    caller.org.shutdown().await;
}
