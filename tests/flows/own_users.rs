//! User accounts: everybody exports with a Salesforce user of their own, and the admin's connection does the rest.

use demo_org::{DemoOrg, Options};
use engine::Code;
use engine::contract::app::{Accounts, AppState};
use engine::contract::audit::AuditPage;
use engine::contract::connection::{Disconnected, LoginFinished};
use engine::contract::export::{ExportOptions, Preflight};
use engine::contract::runs::RunView;
use serde_json::{Value, json};
use support::lists::Person;
use support::tokens::{access_token, is_accepted};
use support::{TestApp, lists};

const PRIYA: &str = "priya.raman@landbridge-demo.example";
const MARA: &str = "mara.okafor@landbridge-demo.example";
const MARSH: Person<'_> = Person {
    last_name: "Ownusermarsh",
    company: "Own User Works",
    website: "own-user-works.com",
    company_id: "",
};

/// Connected, with user accounts chosen and a list of one person.
async fn app_with_list() -> (TestApp, i64) {
    let app = TestApp::connected().await;
    let file = app.file("people.csv", lists::people(&[MARSH]));
    let list = app.import(&file, "People").await.list.list_id;
    let state: AppState = app
        .call("connection.choose_accounts", json!({ "accounts": "user" }))
        .await;
    assert_eq!((state.accounts, state.own_connection), (Accounts::User, None));
    (app, list)
}

fn choice(list_id: i64) -> Value {
    json!({ "object": "lead", "list_id": list_id, "selection": { "kind": "all" }, "limit_records": null })
}

async fn lead(app: &TestApp) -> Value {
    let soql = "SELECT CreatedBy.Username, Owner.Username FROM Lead WHERE LastName = 'Ownusermarsh'";
    let mut records = app.records().query(soql).await;
    assert_eq!(records.len(), 1);
    records.remove(0)
}

#[tokio::test]
async fn nobody_exports_before_connecting_and_the_words_say_how() {
    let (app, list) = app_with_list().await;
    let preflight: Preflight = app.call("export.preflight", choice(list)).await;
    let refusal = &preflight.refusals[0];
    assert_eq!(refusal.code, "own_user_not_connected");
    assert!(
        refusal.sentence.contains("General Settings"),
        "{}",
        refusal.sentence
    );
    let fault = app.fault("export.plan", choice(list)).await;
    assert_eq!(
        (fault.code, fault.sentence),
        (Code::NotConnected, refusal.sentence.clone())
    );
    // The mapping, the doctor and the people go on with the admin's connection.
    let _: Value = app.call("mapping.refresh", json!({ "object": "lead" })).await;
    let _: Value = app.call("people.mapping", json!({})).await;
}

#[tokio::test]
async fn a_person_exports_as_themselves_and_owns_what_they_export() {
    let (app, list) = app_with_list().await;
    app.hand_over_to_new("Ula User", "ula@example.com", "user").await;

    let finished = app.log_in("own_user", PRIYA).await.unwrap();

    let own = finished.state.own_connection.unwrap();
    assert_eq!((own.username.as_str(), own.signed_out), (PRIYA, false));
    assert_eq!(
        finished.state.org.unwrap().username,
        app.org.username(),
        "the admin's connection stays"
    );
    let options: ExportOptions = app.call("export.options", json!({ "object": "lead" })).await;
    assert_eq!(
        options.owner_sentence,
        "New records belong to Priya Raman, your own Salesforce user."
    );
    let run = app.plan("lead", list).await;
    assert_eq!(run.plan.owner.unwrap().sentence, options.owner_sentence);
    app.send(run.summary.run).await;
    let lead = lead(&app).await;
    assert_eq!(lead["CreatedBy"]["Username"], PRIYA);
    assert_eq!(lead["Owner"]["Username"], PRIYA);
    // Undoing is done by the same user, who is recognised as the one who wrote it.
    let undo: RunView = app
        .call("runs.plan_undo", json!({ "run": run.summary.run }))
        .await;
    app.send(undo.summary.run).await;
    let soql = "SELECT Id FROM Lead WHERE LastName = 'Ownusermarsh'";
    assert!(app.records().query(soql).await.is_empty());
}

#[tokio::test]
async fn who_has_no_address_yet_gets_that_of_their_own_user_and_the_audit_log_tells_it() {
    let (app, _) = app_with_list().await;
    let state = app.log_in("own_user", PRIYA).await.unwrap().state;
    assert_eq!(state.operator.email.as_deref(), Some(PRIYA));
    let query = json!({ "search": "address", "area": "people", "since": null, "offset": 0, "limit": 5 });
    let page: AuditPage = app.call("audit.list", query).await;
    assert_eq!(page.entries[0].action, "person_changed");
    assert_eq!(
        (page.entries[0].before.as_deref(), page.entries[0].after.clone()),
        (Some("e-mail: not known"), Some(format!("e-mail: {PRIYA}")))
    );
}

#[tokio::test]
async fn switching_back_and_forth_loses_neither_settings_nor_connections() {
    let (app, _) = app_with_list().await;
    app.log_in("own_user", PRIYA).await.unwrap();
    app.change_export_settings("lead", json!({ "limit_records": 77 }))
        .await;
    let service: AppState = app
        .call("connection.choose_accounts", json!({ "accounts": "service" }))
        .await;
    assert_eq!(
        (service.accounts, service.own_connection),
        (Accounts::Service, None)
    );
    let user: AppState = app
        .call("connection.choose_accounts", json!({ "accounts": "user" }))
        .await;
    assert_eq!(user.own_connection.unwrap().username, PRIYA);
    let settings: engine::contract::settings::ExportSettings = app.call("settings.export", json!({})).await;
    assert!(settings.objects.iter().any(|object| object.limit_records == 77));
}

#[tokio::test]
async fn each_run_goes_on_by_the_user_whose_it_is() {
    let (app, list) = app_with_list().await;
    let admin: AppState = app.call("app.state", json!({})).await;
    app.hand_over_to_new("Ula User", "ula@example.com", "user").await;
    app.log_in("own_user", PRIYA).await.unwrap();
    let run = app.plan("lead", list).await.summary.run;
    // The admin, who has another user, sends the plan of the user.
    app.hand_over_to(admin.operator.person).await;
    app.log_in("own_user", MARA).await.unwrap();
    app.send(run).await;
    assert_eq!(lead(&app).await["CreatedBy"]["Username"], PRIYA);
}

#[tokio::test]
async fn an_own_user_of_another_org_is_refused_and_its_tokens_revoked() {
    let (app, _) = app_with_list().await;
    let other = DemoOrg::start(Options {
        seed: 77,
        ..Options::default()
    })
    .await
    .unwrap();
    // The login page is the connected org's; only a workspace whose address changed leads elsewhere.
    let database = rusqlite::Connection::open(app.workspace().join("landbridge.sqlite")).unwrap();
    database
        .execute(
            "UPDATE org SET login_url = ?1, client_id = ?2",
            [other.login_url(), other.client_id()],
        )
        .unwrap();
    let refused = app
        .log_in_to(&other, "own_user", &other.username())
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::LoginFailed);
    assert!(
        refused.sentence.contains("is connected here"),
        "{}",
        refused.sentence
    );
    let state: AppState = app.call("app.state", json!({})).await;
    assert_eq!(state.own_connection, None);
    assert!(app.host.secrets("connection of person").is_empty());
}

#[tokio::test]
async fn in_service_account_mode_nobody_connects_a_user_of_their_own() {
    let app = TestApp::connected().await;
    let refused = app.log_in("own_user", PRIYA).await.unwrap_err();
    assert_eq!(refused.code, Code::WrongState);
    assert!(
        refused.sentence.contains("service account"),
        "{}",
        refused.sentence
    );
}

#[tokio::test]
async fn lost_own_tokens_sign_out_that_person_alone() {
    let (app, list) = app_with_list().await;
    app.log_in("own_user", PRIYA).await.unwrap();
    app.control()
        .switch("users", &json!({ "username": PRIYA, "active": false }))
        .await
        .unwrap();
    let fault = app.fault("export.plan", choice(list)).await;
    assert_eq!(fault.code, Code::SignedOut, "{fault}");
    let state: AppState = app.call("app.state", json!({})).await;
    assert!(state.own_connection.unwrap().signed_out);
    assert_eq!(state.session, engine::contract::app::Session::Connected);
    let preflight: Preflight = app.call("export.preflight", choice(list)).await;
    assert_eq!(preflight.refusals[0].code, "own_user_signed_out");
}

#[tokio::test]
async fn a_person_disconnects_their_own_user() {
    let (app, _) = app_with_list().await;
    app.log_in("own_user", PRIYA).await.unwrap();
    let token = access_token(&app.host.secrets("connection of person")[0]);
    let done: Disconnected = app.call("connection.disconnect_own", json!({})).await;
    assert!(done.revoked, "{}", done.sentence);
    assert!(!is_accepted(&app.org, &token).await);
    assert!(app.host.secrets("connection of person").is_empty());
    let again = app.fault("connection.disconnect_own", json!({})).await;
    assert_eq!(again.code, Code::NotConnected);
}

#[tokio::test]
async fn disconnecting_the_org_forgets_everybodys_own_users_too() {
    let (app, _) = app_with_list().await;
    app.log_in("own_user", PRIYA).await.unwrap();
    let token = access_token(&app.host.secrets("connection of person")[0]);
    let done: Disconnected = app.call("connection.disconnect", json!({})).await;
    assert!(done.sentence.contains("one person"), "{}", done.sentence);
    assert!(!is_accepted(&app.org, &token).await);
    assert!(app.host.secrets("connection of").is_empty());
}

#[tokio::test]
async fn own_users_who_could_not_be_revoked_are_named_when_the_org_is_disconnected() {
    let (app, _) = app_with_list().await;
    app.log_in("own_user", PRIYA).await.unwrap();
    let trouble = r#"{ "calls": [
        { "which": { "path": "*/oauth2/revoke" }, "when": { "from": 2 }, "what": { "status": 503 } }
    ] }"#;
    app.control().add_trouble(trouble).await.unwrap();

    let done: Disconnected = app.call("connection.disconnect", json!({})).await;

    assert!(!done.revoked);
    let told = done.unrevoked.unwrap();
    assert!(
        told.contains(PRIYA) && !told.contains(&app.org.username()),
        "{told}"
    );
    assert!(app.host.secrets("connection of").is_empty());
}

#[tokio::test]
async fn the_end_of_the_admins_session_stops_nobody_with_a_user_of_their_own() {
    let (app, list) = app_with_list().await;
    app.hand_over_to_new("Ula User", "ula@example.com", "user").await;
    app.log_in("own_user", PRIYA).await.unwrap();
    let database = rusqlite::Connection::open(app.workspace().join("landbridge.sqlite")).unwrap();
    database.execute("UPDATE org SET signed_out = 1", []).unwrap();
    let preflight: Preflight = app.call("export.preflight", choice(list)).await;
    assert_eq!(preflight.refusals, []);
    let run = app.plan("lead", list).await.summary.run;
    app.send(run).await;
    assert_eq!(lead(&app).await["CreatedBy"]["Username"], PRIYA);
}

#[tokio::test]
async fn own_users_of_whom_the_former_org_could_not_be_told_are_named() {
    let (app, _) = app_with_list().await;
    app.log_in("own_user", PRIYA).await.unwrap();
    let own = access_token(&app.host.secrets("connection of person")[0]);
    let admin: AppState = app.call("app.state", json!({})).await;
    app.hand_over_to_new("Mara User", "mara@example.com", "user")
        .await;
    app.log_in("own_user", MARA).await.unwrap();
    app.hand_over_to(admin.operator.person).await;
    let other = DemoOrg::start(Options {
        seed: 77,
        ..Options::default()
    })
    .await
    .unwrap();
    app.log_in_to(&other, "change_user", &other.username())
        .await
        .unwrap();
    // The connection of the workspace ends first and is confirmed; people's own are not.
    let trouble = r#"{ "calls": [
        { "which": { "path": "*/oauth2/revoke" }, "when": { "from": 2 }, "what": { "status": 503 } }
    ] }"#;
    app.control().add_trouble(trouble).await.unwrap();

    let changed: LoginFinished = app.call("connection.accept_other_org", json!({})).await;

    let told = changed.unrevoked.unwrap();
    assert!(told.contains(&format!("{PRIYA} and {MARA}")), "{told}");
    assert!(!told.contains(&app.org.username()), "{told}");
    assert!(told.contains("Connected Apps OAuth Usage"), "{told}");
    assert!(app.host.secrets("connection of person").is_empty());
    assert!(is_accepted(&app.org, &own).await, "Salesforce was not told");
}

#[tokio::test]
async fn a_removed_person_leaves_no_tokens() {
    let (app, _) = app_with_list().await;
    let admin: AppState = app.call("app.state", json!({})).await;
    let user = app.hand_over_to_new("Ula User", "ula@example.com", "user").await;
    app.log_in("own_user", PRIYA).await.unwrap();
    let token = access_token(&app.host.secrets("connection of person")[0]);
    app.hand_over_to(admin.operator.person).await;
    let _: Value = app.call("people.remove", json!({ "people": [user] })).await;
    support::command_line::until("the tokens of a removed person are gone", || {
        app.host.secrets("connection of person").is_empty()
    })
    .await;
    assert!(!is_accepted(&app.org, &token).await);
}

#[tokio::test]
async fn nobody_exports_for_somebody_else() {
    let (app, list) = app_with_list().await;
    app.log_in("own_user", PRIYA).await.unwrap();
    let mut choice = choice(list);
    choice["as_email"] = json!(MARA);
    let fault = app.fault("export.plan", choice).await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::Refused, Some("as_email"))
    );
}
