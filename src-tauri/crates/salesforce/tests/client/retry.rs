//! What is sent again and what never is.

use salesforce::{Backoff, CollectionOptions, Error, Limit, WriteOptions};
use serde_json::{Map, json};
use std::time::Duration;

use crate::support::{Answer, CutOrg, Org, RECORD_ID, client};

const LEADS: &str = "/services/data/v68.0/sobjects/Lead";
const GOOD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
const MISSING: &str = "HTTP/1.1 404 Not Found\r\nContent-Length: 55\r\nConnection: close\r\n\r\n\
                       [{\"errorCode\":\"ENTITY_IS_DELETED\",\"message\":\"deleted\"}]";
const HALF: &str = "HTTP/1.1 200 OK\r\nContent-Length: 200\r\nConnection: close\r\n\r\n{\"id\":";

#[tokio::test]
async fn a_write_with_a_lost_reply_is_never_repeated() {
    for cut_answer in ["", HALF] {
        let org = CutOrg::start(usize::MAX, cut_answer, GOOD).await;
        let client = client(&org.address);
        let options = WriteOptions::default();
        let record = Map::new();
        let outcomes = [
            client.create("Lead", &record, &options).await.map(drop),
            client.update("Lead", RECORD_ID, &record, &options).await,
            client
                .upsert("Lead", "Ext__c", "1", &record, &options)
                .await
                .map(drop),
            client
                .create_many("Lead", &[record], &CollectionOptions::default())
                .await
                .map(drop),
        ];
        for outcome in outcomes {
            let error = outcome.unwrap_err();
            assert!(
                matches!(&error, Error::ReplyLost { effort, .. } if effort.attempts == 1),
                "{error:?}"
            );
            assert!(error.may_have_acted());
        }
        assert_eq!(org.requests(), 4);
    }
}

#[tokio::test]
async fn reading_is_repeated_until_it_is_whole() {
    for cut_answer in ["", HALF] {
        let org = CutOrg::start(2, cut_answer, GOOD).await;
        client(&org.address).limits().await.unwrap();
        assert_eq!(org.requests(), 3);
    }
}

#[tokio::test]
async fn reading_ends_after_five_tries() {
    let org = CutOrg::start(usize::MAX, "", GOOD).await;
    let error = client(&org.address).limits().await.unwrap_err();
    assert!(
        matches!(&error, Error::Network { effort, .. } if effort.attempts == 5),
        "{error:?}"
    );
    assert!(error.to_string().contains("5 attempts in "), "{error}");
    assert!(!error.may_have_acted());
}

#[tokio::test]
async fn a_repeated_deletion_that_finds_nothing_is_done() {
    let org = CutOrg::start(1, "", MISSING).await;
    client(&org.address).delete("Lead", RECORD_ID).await.unwrap();
    assert_eq!(org.requests(), 2);
    let org = CutOrg::start(0, "", MISSING).await;
    let error = client(&org.address).delete("Lead", RECORD_ID).await.unwrap_err();
    assert_eq!(error.api_code(), Some("ENTITY_IS_DELETED"));
}

#[tokio::test]
async fn nothing_was_sent_when_nobody_listens() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let error = client(&address)
        .create("Lead", &Map::new(), &WriteOptions::default())
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::Network { effort, .. } if effort.attempts == 5),
        "{error:?}"
    );
    assert!(!error.may_have_acted());
}

#[tokio::test]
async fn statuses_decide_by_method() {
    // Status, then how often GET, DELETE and POST are sent.
    let table = [
        (406, 5, 5, 1),
        (420, 2, 2, 1),
        (429, 5, 5, 1),
        (500, 5, 1, 1),
        (502, 5, 5, 1),
        (503, 5, 5, 1),
        (504, 5, 5, 1),
        (400, 1, 1, 1),
        (404, 1, 1, 1),
        (410, 1, 1, 1),
    ];
    for (status, gets, deletes, posts) in table {
        let org = Org::start(move |_| Answer::html(status)).await;
        let client = client(&org.address);
        let errors = [
            client.limits().await.map(drop).unwrap_err(),
            client.delete("Lead", RECORD_ID).await.unwrap_err(),
            client
                .create("Lead", &Map::new(), &WriteOptions::default())
                .await
                .map(drop)
                .unwrap_err(),
        ];
        for (error, attempts) in errors.iter().zip([gets, deletes, posts]) {
            assert_eq!(error.effort().unwrap().attempts, attempts, "{status}: {error}");
            let expected = matches!(error, Error::NotJson { status: told, .. } if *told == status);
            assert!(expected, "{status}: {error:?}");
        }
        assert_eq!(
            errors[2].may_have_acted(),
            matches!(status, 500 | 502 | 504),
            "{status}"
        );
        assert_eq!(client.calls(), u64::from(gets + deletes + posts));
    }
}

#[tokio::test]
async fn a_concurrent_limit_passes_and_even_a_write_waits_for_it() {
    let org = Org::start(|seen| {
        if seen.number < 3 {
            let message = "ConcurrentPerOrgLongTxn Limit exceeded.";
            Answer::error(403, "REQUEST_LIMIT_EXCEEDED", message)
        } else {
            Answer::json(201, &json!({ "id": RECORD_ID, "success": true }))
        }
    })
    .await;
    client(&org.address)
        .create("Lead", &Map::new(), &WriteOptions::default())
        .await
        .unwrap();
    assert_eq!(org.count("POST", LEADS), 3);
}

#[tokio::test]
async fn a_daily_limit_does_not_pass() {
    let org =
        Org::start(|_| Answer::error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")).await;
    let error = client(&org.address).limits().await.unwrap_err();
    assert!(
        matches!(
            error,
            Error::LimitReached {
                limit: Limit::Daily,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(org.seen().len(), 1);
}

#[test]
fn pauses_grow_to_their_longest() {
    let mut backoff = Backoff {
        first: Duration::from_secs(1),
        longest: Duration::from_secs(30),
        tries: 5,
        jitter: false,
    };
    let pauses: Vec<u64> = (1..=8).map(|tries| backoff.pause(tries).as_secs()).collect();
    assert_eq!(pauses, [1, 2, 4, 8, 16, 30, 30, 30]);
    assert_eq!(backoff.pause(u32::MAX), backoff.longest);
    backoff.jitter = true;
    let pause = backoff.pause(4);
    assert!(
        (Duration::from_secs(4)..=Duration::from_secs(8)).contains(&pause),
        "{pause:?}"
    );
}
