//! Every way a sign-in can fail: the error, and the page that the person sees.

use std::time::Duration;

use salesforce::{Login, LoginError};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::login::{PATIENCE, options, parameters, visit};
use crate::support::{Answer, CutOrg, Org};

/// The browser comes back with a query; gives the error and the page.
async fn refused(address: &str, query: &str) -> (LoginError, u16, String) {
    let login = Login::begin_on(options(address), &[0]).await.unwrap();
    let state = parameters(&login)["state"].clone();
    let url = format!("{}?{}", login.callback_url(), query.replace("STATE", &state));
    let (result, page) = tokio::join!(login.finish(CancellationToken::new(), PATIENCE), visit(&url));
    (result.unwrap_err(), page.0, page.1)
}

async fn refused_by_token_endpoint(
    answer: impl Fn() -> Answer + Clone + Send + Sync + 'static,
) -> LoginError {
    let org = Org::start(move |_| answer()).await;
    let (error, status, page) = refused(&org.address, "code=c&state=STATE").await;
    assert_eq!(status, 400);
    assert!(page.contains("Sign-in did not work"), "{page}");
    assert_eq!(
        org.count("POST", "/services/oauth2/token"),
        1,
        "a code is exchanged once"
    );
    error
}

fn oauth_error(error: &str, description: &str) -> impl Fn() -> Answer + Clone + use<> {
    let body = json!({ "error": error, "error_description": description });
    move || Answer::json(400, &body)
}

#[tokio::test]
async fn a_denied_consent_says_so() {
    let (error, status, page) = refused(
        "https://login.salesforce.com",
        "error=access_denied&error_description=end-user+denied+authorization&state=STATE",
    )
    .await;
    assert_eq!(error, LoginError::Denied);
    assert_eq!(status, 400);
    assert!(page.contains("choose Allow"), "{page}");
}

#[tokio::test]
async fn a_wrong_or_missing_state_is_refused_before_the_code_is_used() {
    let org = Org::start(|_| Answer::empty(500)).await;
    for query in [
        "code=c&state=forged",
        "code=c",
        "error=access_denied&state=forged",
    ] {
        let (error, _, page) = refused(&org.address, query).await;
        assert_eq!(error, LoginError::WrongState);
        assert!(page.contains("does not belong to this sign-in"), "{page}");
    }
    assert_eq!(org.seen().len(), 0);
}

#[tokio::test]
async fn a_blocked_app_tells_what_to_ask_for() {
    let (error, _, page) = refused(
        "https://login.salesforce.com",
        "error=OAUTH_APPROVAL_ERROR_GENERIC&error_description=An+unexpected+%3Cb%3Eerror&state=STATE",
    )
    .await;
    assert_eq!(error.code(), "refused");
    assert!(error.to_string().contains("Ask an administrator"), "{error}");
    assert!(page.contains("An unexpected &lt;b&gt;error"), "{page}");
}

#[tokio::test]
async fn the_token_endpoints_refusals_are_told_apart() {
    let error =
        refused_by_token_endpoint(oauth_error("invalid_client_id", "client identifier invalid")).await;
    assert_eq!(error, LoginError::WrongClientId);
    let error = refused_by_token_endpoint(oauth_error("redirect_uri_mismatch", "must match")).await;
    assert_eq!(error.code(), "wrong_callback_url");
    assert!(error.to_string().contains("/callback"), "{error}");
    let error = refused_by_token_endpoint(oauth_error("invalid_client", "invalid client credentials")).await;
    assert!(error.to_string().contains("Consumer Secret"), "{error}");
    let error = refused_by_token_endpoint(oauth_error("invalid_grant", "ip restricted")).await;
    assert!(error.to_string().contains("IP restriction"), "{error}");
    let error = refused_by_token_endpoint(oauth_error("some_new_code", "")).await;
    assert_eq!(
        error,
        LoginError::Refused {
            error: "some_new_code".to_owned(),
            description: "some_new_code".to_owned()
        }
    );
}

#[tokio::test]
async fn answers_that_are_no_tokens_are_not_believed() {
    let error = refused_by_token_endpoint(|| Answer::html(503)).await;
    assert_eq!(
        error,
        LoginError::NotJson {
            status: 503,
            excerpt: "Down Be right back".to_owned()
        }
    );
    let error = refused_by_token_endpoint(|| Answer::json(200, &json!({ "hello": 1 }))).await;
    assert_eq!(error.code(), "unreadable");
    let foreign =
        json!({ "access_token": "a", "token_type": "Bearer", "instance_url": "http://evil.example" });
    let error = refused_by_token_endpoint(move || Answer::json(200, &foreign)).await;
    assert_eq!(error.code(), "unreadable");
}

#[tokio::test]
async fn a_broken_line_is_a_network_error() {
    let org = CutOrg::start(usize::MAX, "", "").await;
    let (error, _, _) = refused(&org.address, "code=c&state=STATE").await;
    assert_eq!(error.code(), "network");
    assert_eq!(org.requests(), 1);
}

#[tokio::test]
async fn time_and_patience_end() {
    let begin = || Login::begin_on(options("https://login.salesforce.com"), &[0]);
    let login = begin().await.unwrap();
    let error = login
        .finish(CancellationToken::new(), Duration::ZERO)
        .await
        .unwrap_err();
    assert_eq!(error, LoginError::TimedOut);

    let cancel = CancellationToken::new();
    let login = begin().await.unwrap();
    let port = login.callback_url().to_owned();
    let (result, ()) = tokio::join!(login.finish(cancel.clone(), PATIENCE), async { cancel.cancel() });
    assert_eq!(result.unwrap_err(), LoginError::Cancelled);
    let free_again = port
        .trim_start_matches("http://localhost:")
        .trim_end_matches("/callback")
        .parse()
        .unwrap();
    Login::begin_on(options("https://login.salesforce.com"), &[free_again])
        .await
        .unwrap();
}

#[tokio::test]
async fn a_probe_finds_mistakes_before_the_browser_opens() {
    let page = |text: &'static str| move |_: &crate::support::Seen| Answer::text(400, "text/html", text);
    let probe = async |org: &Org| {
        Login::begin_on(options(&org.address), &[0])
            .await
            .unwrap()
            .probe()
            .await
    };

    let org = Org::start(page(
        "error=invalid_client_id&amp;error_description=client identifier invalid",
    ))
    .await;
    assert_eq!(probe(&org).await, Err(LoginError::WrongClientId));
    let org = Org::start(page("error=redirect_uri_mismatch")).await;
    assert_eq!(probe(&org).await.unwrap_err().code(), "wrong_callback_url");
    let org = Org::start(|_| {
        Answer::empty(302).header("location", "/error?error=invalid_client_id&error_description=x")
    })
    .await;
    assert_eq!(probe(&org).await, Err(LoginError::WrongClientId));
    assert_eq!(org.seen().len(), 1, "the redirect is read, not followed");
    let org = Org::start(page("something else")).await;
    assert_eq!(probe(&org).await, Ok(()));
    let org = Org::start(|_| Answer::html(200)).await;
    assert_eq!(probe(&org).await, Ok(()));
}

#[tokio::test]
async fn a_probe_tells_that_nobody_is_there() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let login = Login::begin_on(options(&address), &[0]).await.unwrap();
    assert_eq!(login.probe().await.unwrap_err().code(), "network");
}
