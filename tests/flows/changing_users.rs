//! Primary and secondary admins: Change User, signing in again, another org, and who may disconnect.

use demo_org::{DemoOrg, Options};
use engine::Code;
use engine::contract::app::{AppState, Session};
use engine::contract::audit::AuditPage;
use engine::contract::connection::{Disconnected, LoginFinished};
use engine::contract::runs::RunView;
use serde_json::{Value, json};
use support::TestApp;
use support::browser::{Answer, sign_in};
use support::tokens::{access_token, is_accepted};

const PRIYA: &str = "priya.raman@landbridge-demo.example";

async fn state(app: &TestApp) -> AppState {
    app.call("app.state", json!({})).await
}

async fn actions(app: &TestApp) -> Vec<String> {
    let query = json!({ "search": "", "area": "connection", "since": null, "offset": 0, "limit": 50 });
    let page: AuditPage = app.call("audit.list", query).await;
    page.entries.into_iter().map(|entry| entry.action).collect()
}

#[tokio::test]
async fn change_user_makes_a_secondary_admin_the_primary_one_and_revokes_the_old_tokens() {
    let app = TestApp::connected().await;
    let primary = state(&app).await.operator.person;
    let old = access_token(&app.host.secrets("connection of")[0]);
    app.hand_over_to_new("Nora Second", "nora@example.com", "admin")
        .await;

    let changed = app.log_in("change_user", PRIYA).await.unwrap();

    assert!(changed.other_org.is_none());
    let now = changed.state;
    assert_eq!(now.org.as_ref().unwrap().username, PRIYA);
    assert_eq!(now.operator.role_label, "Primary admin");
    assert_eq!(now.primary_admin.unwrap().name, "Nora Second");
    assert!(now.exports_on, "settings stay as they were");
    assert!(!is_accepted(&app.org, &old).await, "the old tokens are revoked");
    let new = access_token(&app.host.secrets("connection of")[0]);
    assert!(is_accepted(&app.org, &new).await);
    let checked: AppState = app.call("connection.check", json!({})).await;
    assert_eq!(checked.session, Session::Connected);
    assert!(actions(&app).await.contains(&"user_changed".to_owned()));

    app.hand_over_to(primary).await;
    let refused = app.fault("connection.disconnect", json!({})).await;
    assert_eq!(refused.code, Code::NotAllowed);
    assert!(refused.sentence.contains("Nora Second"), "{}", refused.sentence);
}

#[tokio::test]
async fn the_same_user_signs_in_again_and_the_primary_admin_stays() {
    let app = TestApp::connected().await;
    let before = state(&app).await;
    app.host.empty_vault();
    let again = app.reopen().await;
    let fault = again.call("connection.check", json!({})).await.unwrap_err();
    assert_eq!(fault.code, Code::SignedOut);
    app.hand_over_to_new("Nora Second", "nora@example.com", "admin")
        .await;

    let finished = app.log_in("connect", &app.org.username()).await.unwrap();

    let now = finished.state;
    assert_eq!(now.session, Session::Connected);
    assert_eq!(now.primary_admin, before.primary_admin);
    assert_eq!(now.operator.role_label, "Admin");
    assert_eq!(now.org.unwrap().connected_at, before.org.unwrap().connected_at);
}

#[tokio::test]
async fn signing_in_again_as_another_user_counts_as_change_user() {
    let app = TestApp::connected().await;
    app.hand_over_to_new("Nora Second", "nora@example.com", "admin")
        .await;
    let finished = app.log_in("connect", PRIYA).await.unwrap();
    assert_eq!(finished.state.primary_admin.unwrap().name, "Nora Second");
}

#[tokio::test]
async fn a_user_may_neither_connect_nor_change_the_user() {
    let app = TestApp::connected().await;
    app.hand_over_to_new("Ula User", "ula@example.com", "user").await;
    for purpose in ["connect", "change_user"] {
        let refused = app.log_in(purpose, PRIYA).await.unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed, "{purpose}");
        assert!(refused.sentence.contains("Test Operator"), "{}", refused.sentence);
    }
    assert_eq!(
        app.fault("connection.accept_other_org", json!({})).await.code,
        Code::NotAllowed
    );
}

#[tokio::test]
async fn a_login_that_somebody_else_finishes_changes_nothing() {
    let app = TestApp::connected().await;
    let before = state(&app).await;
    let person = before.operator.person;
    let user = app.hand_over_to_new("Ula User", "ula@example.com", "user").await;
    app.hand_over_to(person).await;
    let begin = json!({ "purpose": "change_user", "kind": "demo" });
    let attempt: engine::contract::connection::LoginAttempt = app.call("connection.begin", begin).await;
    app.hand_over_to(user).await;
    let finish = app.engine().call("connection.finish", json!({}));
    let password = app.org.password();
    let page = sign_in(&attempt.authorize_url, PRIYA, &password, Answer::Allow);
    let (ended, _) = tokio::join!(finish, page);
    assert_eq!(ended.unwrap_err().code, Code::NotAllowed);
    let now = state(&app).await;
    assert_eq!(
        (now.org.unwrap().username, now.primary_admin),
        (before.org.unwrap().username, before.primary_admin)
    );
    let kept = access_token(&app.host.secrets("connection of")[0]);
    assert!(is_accepted(&app.org, &kept).await, "the old tokens still work");
}

#[tokio::test]
async fn denied_or_cancelled_logins_change_nothing() {
    let app = TestApp::connected().await;
    let before = app.host.secrets("connection of");
    let begin = json!({ "purpose": "change_user", "kind": "demo" });
    let attempt: engine::contract::connection::LoginAttempt = app.call("connection.begin", begin).await;
    let finish = app.engine().call("connection.finish", json!({}));
    let password = app.org.password();
    let page = sign_in(&attempt.authorize_url, PRIYA, &password, Answer::Deny);
    let (ended, _) = tokio::join!(finish, page);
    assert_eq!(ended.unwrap_err().code, Code::LoginFailed);
    assert_eq!(app.host.secrets("connection of"), before);
    let checked: AppState = app.call("connection.check", json!({})).await;
    assert_eq!(checked.org.unwrap().username, app.org.username());
}

#[tokio::test]
async fn without_a_primary_admin_the_words_say_that_change_user_makes_one() {
    let app = TestApp::connected().await;
    let primary = state(&app).await.operator.person;
    app.hand_over_to_new("Nora Second", "nora@example.com", "admin")
        .await;
    let _: Value = app.call("people.remove", json!({ "people": [primary] })).await;
    let refused = app.fault("connection.disconnect", json!({})).await;
    assert_eq!(refused.code, Code::NotAllowed);
    assert!(refused.sentence.contains("Change User"), "{}", refused.sentence);
    app.log_in("change_user", &app.org.username()).await.unwrap();
    let done: Disconnected = app
        .call("connection.disconnect", json!({ "wipe_mirror": true }))
        .await;
    assert!(done.revoked);
    assert!(done.sentence.contains("local copy"), "{}", done.sentence);
}

#[tokio::test]
async fn another_org_waits_for_a_word_and_says_what_it_means() {
    let app = TestApp::connected().await;
    let other = DemoOrg::start(Options {
        seed: 77,
        ..Options::default()
    })
    .await
    .unwrap();
    let before = state(&app).await;
    let old = access_token(&app.host.secrets("connection of")[0]);

    let asked = app
        .log_in_to(&other, "change_user", &other.username())
        .await
        .unwrap();

    let question = asked.other_org.unwrap();
    assert_eq!(asked.state.org, before.org, "nothing has changed");
    assert_ne!(question.org_id, before.org.as_ref().unwrap().org_id);
    let words = question.consequences.join(" ");
    for part in [
        "you stay the primary admin",
        "mappings",
        "matched anew",
        "local copy",
        "Ledgers",
        "Exports are turned off",
        "revoked",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert!(is_accepted(&app.org, &old).await);

    // Given up: the new tokens are gone.
    let _: Value = app.call("connection.cancel", json!({})).await;
    let none = app.fault("connection.accept_other_org", json!({})).await;
    assert_eq!(none.code, Code::LoginFailed);
    assert_eq!(app.host.secrets("connection of").len(), 1);

    // Once more, and gone on with.
    app.log_in_to(&other, "change_user", &other.username())
        .await
        .unwrap();
    let changed: LoginFinished = app.call("connection.accept_other_org", json!({})).await;
    assert_eq!(changed.unrevoked, None);
    let now = changed.state;
    assert_eq!(now.org.as_ref().unwrap().org_id, question.org_id);
    assert!(!now.exports_on);
    assert!(
        !is_accepted(&app.org, &old).await,
        "the old org's tokens are revoked"
    );
    let checked: AppState = app.call("connection.check", json!({})).await;
    assert_eq!(checked.session, Session::Connected);
    assert!(actions(&app).await.contains(&"org_changed".to_owned()));
}

#[tokio::test]
async fn while_a_run_is_being_sent_the_user_cannot_be_changed() {
    let app = TestApp::connected().await;
    let rows = support::lists::contacts(30);
    let file = app.file("many.csv", rows);
    let list = app.import(&file, "Many").await.list.list_id;
    let run = app.plan("lead", list).await.summary.run;
    app.control().hold_jobs().await.unwrap();
    let mut events = app.engine().watch();
    let _: RunView = app.call("export.send", json!({ "run": run })).await;

    let refused = app.log_in("change_user", PRIYA).await.unwrap_err();
    assert_eq!(refused.code, Code::WrongState);
    assert!(refused.sentence.contains("being sent"), "{}", refused.sentence);
    let refused = app
        .fault("connection.choose_accounts", json!({ "accounts": "user" }))
        .await;
    assert_eq!(refused.code, Code::WrongState);

    app.control().release_jobs().await.unwrap();
    app.settled(run, &mut events).await;
    app.log_in("change_user", PRIYA).await.unwrap();
}

#[tokio::test]
async fn tokens_of_another_org_in_the_keychain_are_not_used() {
    let app = TestApp::connected().await;
    let other = TestApp::start_with(Options {
        seed: 77,
        ..Options::default()
    })
    .await;
    other.connect().await;
    app.host
        .tamper("connection of", &other.host.secrets("connection of")[0]);
    let again = app.reopen().await;
    let fault = again.call("connection.check", json!({})).await.unwrap_err();
    assert_eq!(fault.code, Code::SignedOut);
    assert!(fault.sentence.contains("another org"), "{}", fault.sentence);
    let now: AppState = serde_json::from_value(again.call("app.state", json!({})).await.unwrap()).unwrap();
    assert_eq!(now.session, Session::SignedOut);
}

#[tokio::test]
async fn a_copied_workspace_has_no_tokens_on_the_other_machine() {
    let app = TestApp::connected().await;
    let elsewhere = support::TestHost::default();
    let (_folder, copy) = app.open_copy(&elsewhere).await;
    let fault = copy.call("connection.check", json!({})).await.unwrap_err();
    assert_eq!(fault.code, Code::SignedOut);
    assert!(
        fault.sentence.contains("no longer on this computer"),
        "{}",
        fault.sentence
    );
}

#[tokio::test]
async fn tokens_that_salesforce_could_not_be_told_of_are_named() {
    let app = TestApp::connected().await;
    let trouble = r#"{ "calls": [ { "which": { "path": "*/oauth2/revoke" }, "what": { "status": 503 } } ] }"#;
    app.control().add_trouble(trouble).await.unwrap();
    let changed = app.log_in("change_user", PRIYA).await.unwrap();
    assert_eq!(changed.state.org.unwrap().username, PRIYA);
    let told = changed.unrevoked.unwrap();
    assert!(told.contains(&app.org.username()), "{told}");
    assert!(told.contains("Connected Apps OAuth Usage"), "{told}");
}

#[tokio::test]
async fn an_org_that_was_renamed_is_shown_by_its_new_name() {
    let app = TestApp::connected().await;
    let org = state(&app).await.org.unwrap();
    assert_ne!(org.name, "Brightwater");
    app.control()
        .switch("organization", &json!({ "name": "Brightwater" }))
        .await
        .unwrap();
    let checked: AppState = app.call("connection.check", json!({})).await;
    assert_eq!(checked.org.unwrap().name, "Brightwater");
    assert_eq!(state(&app).await.org.unwrap().name, "Brightwater");
}

#[tokio::test]
async fn a_connected_user_who_was_deactivated_is_told_in_words() {
    let app = TestApp::connected().await;
    app.log_in("change_user", PRIYA).await.unwrap();
    app.control()
        .switch("users", &json!({ "username": PRIYA, "active": false }))
        .await
        .unwrap();
    let fault = app.fault("connection.check", json!({})).await;
    assert_eq!(fault.code, Code::SignedOut, "{fault}");
    assert_eq!(state(&app).await.session, Session::SignedOut);
}

#[tokio::test]
async fn a_user_without_the_api_is_refused_with_the_mend_and_nothing_changes() {
    let app = TestApp::connected().await;
    let before = state(&app).await.org;
    let refused = app
        .log_in("change_user", "no.api@landbridge-demo.example")
        .await
        .unwrap_err();
    assert!(refused.sentence.contains("API Enabled"), "{}", refused.sentence);
    assert_eq!(state(&app).await.org, before);
}
