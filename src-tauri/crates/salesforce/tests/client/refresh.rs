//! Renewal of a session.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::future::{BoxFuture, join_all};
use salesforce::{Client, ClientOptions, Error, KeepError, TokenKeeper, Tokens, WriteOptions};
use secrecy::ExposeSecret;
use serde_json::json;
use tokio::sync::Notify;

use crate::support::{Answer, Org, Seen, client, client_with, options, tokens};

const TOKEN: &str = "/services/oauth2/token";
const LIMITS: &str = "/services/data/v68.0/limits";

/// A keeper that writes down what it keeps.
#[derive(Default)]
struct Notebook {
    kept: Mutex<Vec<String>>,
    stored_elsewhere: Mutex<Option<Tokens>>,
    broken: AtomicBool,
    told: Notify,
}

impl TokenKeeper for Notebook {
    fn keep<'a>(&'a self, tokens: &'a Tokens) -> BoxFuture<'a, Result<(), KeepError>> {
        Box::pin(async {
            if self.broken.load(Ordering::SeqCst) {
                return Err(KeepError {
                    detail: "the keychain is locked".to_owned(),
                });
            }
            let refresh_token = tokens.refresh_token.as_ref().unwrap().expose_secret().to_owned();
            self.kept.lock().unwrap().push(refresh_token);
            self.told.notify_one();
            Ok(())
        })
    }

    fn latest(&self) -> BoxFuture<'_, Result<Option<Tokens>, KeepError>> {
        Box::pin(async { Ok(self.stored_elsewhere.lock().unwrap().clone()) })
    }
}

fn expired() -> Answer {
    Answer::error(401, "INVALID_SESSION_ID", "Session expired or invalid")
}

/// Gives `access-N+1` and `refresh-N+1` for `refresh-N`, and takes only access tokens other than `access-1`.
fn rotating(seen: &Seen, address: &str) -> Answer {
    if seen.path == TOKEN {
        let form = seen.form();
        assert_eq!(form["grant_type"], "refresh_token");
        assert_eq!(form["client_id"], "consumer-key");
        let number: usize = form["refresh_token"]
            .strip_prefix("refresh-")
            .unwrap()
            .parse()
            .unwrap();
        return Answer::json(
            200,
            &json!({ "access_token": format!("access-{}", number + 1), "token_type": "Bearer",
                     "refresh_token": format!("refresh-{}", number + 1), "instance_url": address }),
        );
    }
    if seen.header("authorization") == "Bearer access-1" {
        expired()
    } else {
        Answer::json(200, &json!({}))
    }
}

async fn rotating_org() -> Org {
    Org::start(|seen| rotating(seen, "https://acme.my.salesforce.com")).await
}

#[tokio::test]
async fn twenty_calls_renew_once_and_store_first() {
    let org = rotating_org().await;
    let keep = Arc::new(Notebook::default());
    let client = client_with(&org.address, keep.clone());
    let outcomes = join_all((0..20).map(|_| client.limits())).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(org.count("POST", TOKEN), 1);
    assert_eq!(*keep.kept.lock().unwrap(), ["refresh-2"]);
}

#[tokio::test]
async fn a_rotated_token_is_used_for_the_next_renewal() {
    let org = rotating_org().await;
    let keep = Arc::new(Notebook::default());
    let client = client_with(&org.address, keep.clone());
    client.limits().await.unwrap();
    client.refresh().await.unwrap();
    assert_eq!(*keep.kept.lock().unwrap(), ["refresh-2", "refresh-3"]);
}

#[tokio::test]
async fn without_rotation_the_refresh_token_goes_on() {
    let answer =
        json!({ "access_token": "access-2", "token_type": "Bearer", "instance_url": "https://a.example" });
    let org = Org::start(move |_| Answer::json(200, &answer)).await;
    let keep = Arc::new(Notebook::default());
    client_with(&org.address, keep.clone()).refresh().await.unwrap();
    assert_eq!(*keep.kept.lock().unwrap(), ["refresh-1"]);
}

#[tokio::test]
async fn a_token_that_cannot_be_stored_is_not_used_and_not_lost() {
    let org = rotating_org().await;
    let keep = Arc::new(Notebook::default());
    keep.broken.store(true, Ordering::SeqCst);
    let client = client_with(&org.address, keep.clone());
    assert_eq!(client.limits().await.unwrap_err().code(), "token_not_kept");
    assert!(
        org.seen()
            .iter()
            .all(|seen| seen.header("authorization") != "Bearer access-2")
    );

    keep.broken.store(false, Ordering::SeqCst);
    client.limits().await.unwrap();
    assert_eq!(*keep.kept.lock().unwrap(), ["refresh-2"]);
    assert_eq!(
        org.count("POST", TOKEN),
        1,
        "the used refresh token is not sent again"
    );
}

#[tokio::test]
async fn a_cancelled_caller_does_not_lose_the_rotated_token() {
    let (asked, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let gates = (Arc::clone(&asked), Arc::clone(&go_on));
    let org = Org::start_async(move |seen: Seen| {
        let (asked, go_on) = gates.clone();
        async move {
            if seen.path == TOKEN {
                asked.notify_one();
                go_on.notified().await;
            }
            rotating(&seen, "https://acme.my.salesforce.com")
        }
    })
    .await;
    let keep = Arc::new(Notebook::default());
    let client = client_with(&org.address, keep.clone());
    let caller = tokio::spawn(async move { client.limits().await.map(drop) });
    asked.notified().await;
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    go_on.notify_one();
    keep.told.notified().await;
    assert_eq!(*keep.kept.lock().unwrap(), ["refresh-2"]);
}

#[tokio::test]
async fn what_another_process_renewed_is_taken_over() {
    let org = rotating_org().await;
    let keep = Arc::new(Notebook::default());
    *keep.stored_elsewhere.lock().unwrap() = Some(tokens(&org.address, "access-7"));
    let client = client_with(&org.address, keep);
    client.limits().await.unwrap();
    assert_eq!(org.count("POST", TOKEN), 0);
    assert_eq!(
        org.seen().last().unwrap().header("authorization"),
        "Bearer access-7"
    );
}

#[tokio::test]
async fn a_dead_refresh_token_asks_for_a_new_sign_in_once() {
    let org = Org::start(|seen| {
        if seen.path == TOKEN {
            let body =
                json!({ "error": "invalid_grant", "error_description": "expired access/refresh token" });
            Answer::json(400, &body)
        } else {
            expired()
        }
    })
    .await;
    let client = client(&org.address);
    for outcome in join_all((0..20).map(|_| client.limits())).await {
        let error = outcome.unwrap_err();
        assert_eq!(error.code(), "signed_out");
        assert!(
            error.to_string().contains("expired access/refresh token"),
            "{error}"
        );
    }
    assert_eq!(org.count("POST", TOKEN), 1);
}

#[tokio::test]
async fn an_access_token_alone_cannot_be_renewed() {
    let org = Org::start(|_| expired()).await;
    let mut options = options(&org.address);
    options.tokens.refresh_token = None;
    let client = Client::new(options).unwrap();
    let error = client.limits().await.unwrap_err();
    assert!(
        matches!(&error, Error::SignedOut { effort, .. } if effort.attempts == 1),
        "{error:?}"
    );
    assert_eq!(org.count("POST", TOKEN), 0);
}

#[tokio::test]
async fn a_policy_401_is_not_an_expiry() {
    let org = Org::start(|_| {
        Answer::error(
            401,
            "INVALID_SESSION_ID",
            "This session is not valid for use with the REST API",
        )
    })
    .await;
    let error = client(&org.address).limits().await.unwrap_err();
    assert_eq!(error.api_code(), Some("INVALID_SESSION_ID"));
    assert_eq!(org.seen().len(), 1);
}

#[tokio::test]
async fn a_session_refused_again_after_renewal_is_over() {
    let org = Org::start(|seen| {
        if seen.path == TOKEN {
            rotating(seen, "https://acme.my.salesforce.com")
        } else {
            expired()
        }
    })
    .await;
    let error = client(&org.address).limits().await.unwrap_err();
    assert!(
        matches!(&error, Error::SignedOut { effort, .. } if effort.attempts == 2),
        "{error:?}"
    );
    assert_eq!((org.count("GET", LIMITS), org.count("POST", TOKEN)), (2, 1));
}

#[tokio::test]
async fn a_write_refused_for_its_session_is_sent_again() {
    let org = Org::start(|seen| match seen.path.as_str() {
        "/services/data/v68.0/sobjects/Lead" if seen.header("authorization") != "Bearer access-1" => {
            Answer::json(
                201,
                &json!({ "id": crate::support::RECORD_ID, "success": true, "errors": [] }),
            )
        }
        _ => rotating(seen, "https://acme.my.salesforce.com"),
    })
    .await;
    let id = client(&org.address)
        .create("Lead", &serde_json::Map::new(), &WriteOptions::default())
        .await
        .unwrap();
    assert_eq!(id, crate::support::RECORD_ID);
    assert_eq!(org.count("POST", "/services/data/v68.0/sobjects/Lead"), 2);
}

#[tokio::test]
async fn the_identity_services_refusal_is_an_ended_session() {
    let org = Org::start(|seen| match seen.header("authorization") {
        "Bearer access-2" => Answer::json(200, &json!({ "username": "ada@acme.example" })),
        "Bearer access-1" => Answer::text(403, "text/plain", "Bad_OAuth_Token"),
        _ => rotating(seen, "https://acme.my.salesforce.com"),
    })
    .await;
    let client = client(&org.address);
    let identity = client
        .identity("https://login.salesforce.com/id/00D/005")
        .await
        .unwrap();
    assert_eq!(identity.username, "ada@acme.example");
    assert_eq!(
        org.count("GET", "/id/00D/005"),
        2,
        "asked at the org's own origin"
    );
    assert_eq!(client.calls(), 0, "free of quota");
}

#[tokio::test]
async fn revoking_sends_the_refresh_token_and_ends_the_session() {
    let org = Org::start(|seen| {
        if seen.path.ends_with("revoke") {
            Answer::empty(200)
        } else {
            expired()
        }
    })
    .await;
    let client = client(&org.address);
    client.revoke().await.unwrap();
    assert_eq!(org.seen()[0].form()["token"], "refresh-1");
    assert_eq!(client.limits().await.unwrap_err().code(), "signed_out");
    assert_eq!(org.count("POST", TOKEN), 0);
}

#[tokio::test]
async fn a_new_sign_in_revives_every_clone() {
    let org = Org::start(|seen| {
        if seen.path == TOKEN {
            Answer::json(
                400,
                &json!({ "error": "invalid_grant", "error_description": "expired" }),
            )
        } else {
            rotating(seen, "https://acme.my.salesforce.com")
        }
    })
    .await;
    let client = client(&org.address);
    let waiting = client.clone();
    assert_eq!(client.limits().await.unwrap_err().code(), "signed_out");
    let elsewhere = tokens("https://other.my.salesforce.com", "access-9");
    assert_eq!(
        client.sign_in_again(elsewhere).unwrap_err().code(),
        "invalid_address"
    );
    client.sign_in_again(tokens(&org.address, "access-9")).unwrap();
    waiting.limits().await.unwrap();
}

#[tokio::test]
async fn tokens_survive_the_keychain() {
    let mut original = tokens("https://acme.my.salesforce.com", "access-1");
    original.scope = "api".to_owned();
    original.issued_at_milliseconds = Some(5);
    let stored = original.to_keychain_json().unwrap();
    let read = Tokens::from_keychain_json(&stored).unwrap();
    assert_eq!(
        read.to_keychain_json().unwrap().expose_secret(),
        stored.expose_secret()
    );
    assert!(Tokens::from_keychain_json(&"{\"access_token\":\"secret".to_owned().into()).is_err());
    let options = ClientOptions {
        tokens: read,
        ..options("https://acme.my.salesforce.com")
    };
    Client::new(options).unwrap();
}

/// What several processes share: a stored session and a lock around it.
#[derive(Clone)]
struct Shared {
    stored: Arc<Mutex<Tokens>>,
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl TokenKeeper for Shared {
    fn keep<'a>(&'a self, tokens: &'a Tokens) -> BoxFuture<'a, Result<(), KeepError>> {
        *self.stored.lock().unwrap() = tokens.clone();
        Box::pin(std::future::ready(Ok(())))
    }

    fn latest(&self) -> BoxFuture<'_, Result<Option<Tokens>, KeepError>> {
        let stored = self.stored.lock().unwrap().clone();
        Box::pin(std::future::ready(Ok(Some(stored))))
    }

    fn lock(&self) -> BoxFuture<'_, Result<salesforce::KeeperLock, KeepError>> {
        let turn = Arc::clone(&self.turn);
        Box::pin(async move { Ok(Box::new(turn.lock_owned().await) as salesforce::KeeperLock) })
    }
}

#[tokio::test]
async fn clients_that_share_a_keeper_renew_once_between_them() {
    let org = Org::start(|seen| rotating(seen, &seen.origin())).await;
    let shared = Shared {
        stored: Arc::new(Mutex::new(tokens(&org.address, "access-1"))),
        turn: Arc::new(tokio::sync::Mutex::new(())),
    };
    let clients: Vec<Client> = (0..6)
        .map(|_| client_with(&org.address, Arc::new(shared.clone())))
        .collect();
    for outcome in join_all(clients.iter().map(Client::limits)).await {
        outcome.unwrap();
    }
    assert_eq!(org.count("POST", TOKEN), 1);
    let stored = shared.stored.lock().unwrap().clone();
    assert_eq!(stored.refresh_token.unwrap().expose_secret(), "refresh-2");
}
