//! A workspace that is closed because another one is opened in its place: nothing of it goes on unseen.

use std::time::Duration;

use demo_org::{DemoOrg, Options};
use engine::contract::connection::LoginAttempt;
use engine::{Code, Engine, Event};
use serde_json::json;
use support::TestApp;
use tokio::net::TcpStream;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::timeout;

use crate::budget::run_out_of_calls;

/// Far longer than anything takes that is only to be ended.
const DEADLINE: Duration = Duration::from_secs(60);

/// Waits until nothing holds the engine any more, so that nothing of it can go on.
async fn is_gone(engine: Engine, mut events: Receiver<Event>) {
    drop(engine);
    let gone = async { while !matches!(events.recv().await, Err(RecvError::Closed)) {} };
    timeout(DEADLINE, gone)
        .await
        .expect("something of the closed workspace goes on");
}

#[tokio::test]
async fn a_run_that_waits_for_its_time_is_not_sent_from_a_closed_workspace() {
    let app = TestApp::connected().await;
    let run = run_out_of_calls(&app, 60).await;
    // The window tries once more, meets the budget's end again, and sets its clock to the next day.
    let window = app.reopen_resuming().await;
    let events = window.watch();
    support::command_line::until("the run waits for the next day", || {
        window.why_waiting(run) == Some(Code::LimitReached) && !window.is_sending(run)
    })
    .await;

    window.close();

    let fault = window
        .call("runs.resume", json!({ "run": run }))
        .await
        .unwrap_err();
    assert_eq!(fault.code, Code::WrongState);
    assert!(
        fault.sentence.contains("no longer open here"),
        "{}",
        fault.sentence
    );
    is_gone(window, events).await;
    app.control().release_jobs().await.unwrap();
}

#[tokio::test]
async fn a_login_that_waits_for_the_browser_ends_and_gives_its_port_back() {
    let app = TestApp::start().await;
    let engine = app.reopen().await;
    let attempt = engine
        .call("connection.begin", json!({ "kind": "demo" }))
        .await
        .unwrap();
    let attempt: LoginAttempt = serde_json::from_value(attempt).unwrap();
    let address = reqwest::Url::parse(&attempt.callback_url).unwrap();
    let port = address.port().unwrap();
    let finishing = engine.call("connection.finish", json!({}));
    let closing = async { engine.close() };
    let (finished, ()) = tokio::join!(finishing, closing);
    assert_eq!(finished.unwrap_err().code, Code::Cancelled);
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
    let events = engine.watch();
    is_gone(engine, events).await;
}

#[tokio::test]
async fn a_session_of_another_org_that_waits_for_a_word_is_revoked() {
    let app = TestApp::connected().await;
    let other = DemoOrg::start(Options {
        seed: 77,
        ..Options::default()
    })
    .await
    .unwrap();
    let engine = app.reopen().await;
    support::TestApp::log_in_anywhere(&engine, &other, "change_user", &other.username())
        .await
        .unwrap();
    let revoked = || {
        let calls = other.calls();
        calls.iter().any(|call| call.kind.contains("revoke"))
    };
    assert!(!revoked());
    let events = engine.watch();
    engine.close();
    is_gone(engine, events).await;
    assert!(revoked(), "{:?}", other.calls());
}
