//! Secrets stay where they belong: after a whole day of work, with every library telling all it can tell, no token, code,
//! verifier, client secret or passphrase is in any file of the workspace, in the log, or in a support bundle.
//!
//! A test of its own, because the log of a process is set up once.

mod tapped_login;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use demo_org::Options;
use engine::TokenVault;
use engine::contract::app::AppState;
use engine::contract::connection::LoginAttempt;
use engine::contract::doctor::DoctorReport;
use engine::contract::runs::RunView;
use engine::contract::stored_data::SupportBundle;
use host::TokenHomes;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use support::browser::{Answer, sign_in};
use support::tokens::{INTEGRATION_USER, PRIVATE_KEY, PUBLIC_KEY};
use support::{TestApp, lists};
use tapped_login::TappedLogin;

const PASSPHRASE: &str = "eleven green lighthouses";
const WRONG_PASSPHRASE: &str = "twelve green lighthouses";
/// Shorter texts are no secrets, and would be found by chance.
const SHORTEST_SECRET: usize = 12;

fn log_everything(folder: &Path) -> PathBuf {
    let logs = folder.join(engine::LOG_FOLDER);
    std::fs::create_dir_all(&logs).unwrap();
    let path = logs.join("landbridge.2026-01-02.log");
    let file = std::fs::File::create(&path).unwrap();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(std::sync::Mutex::new(file))
        .init();
    path
}

/// Members of a kept connection that are no secret and are in the database, too.
const PUBLIC: [&str; 9] = [
    "client_id",
    "org_id",
    "user_id",
    "username",
    "server_user",
    "login_url",
    "instance_url",
    "identity_url",
    "scope",
];

/// Every text of a document, at any depth.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            // Tokens are a document within the document.
            Ok(document @ Value::Object(_)) => texts(&document, found),
            _ if text.len() >= SHORTEST_SECRET => {
                found.insert(text.clone());
            }
            _ => {}
        },
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members
            .iter()
            .filter(|(name, _)| !PUBLIC.contains(&name.as_str()))
            .for_each(|(_, member)| texts(member, found)),
        _ => {}
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn holds(bytes: &[u8], secret: &str) -> bool {
    bytes
        .windows(secret.len())
        .any(|window| window == secret.as_bytes())
}

async fn export(app: &TestApp, contacts: u32, name: &str) -> RunView {
    let file = app.file(&format!("{name}.csv"), lists::contacts(contacts));
    let list = app.import(&file, name).await.list.list_id;
    let run = app.plan("lead", list).await.summary.run;
    app.send(run).await
}

/// Opens the same workspace on a machine without a keychain, with its tokens in the encrypted file; returns what is secret then.
async fn in_the_encrypted_file(app: &TestApp, machine: &Path) -> BTreeSet<String> {
    let homes = Arc::new(TokenHomes::without_keychain(machine));
    let elsewhere = app.open_on(&app.host.clone().with_vault(homes.clone())).await;
    app.log_in_by(&elsewhere, "connect", &app.org.username())
        .await
        .unwrap();
    let choice = json!({ "home": "passphrase_file", "passphrase": PASSPHRASE });
    elsewhere.call("tokens.choose_home", choice).await.unwrap();
    elsewhere.call("connection.check", json!({})).await.unwrap();
    let again = TokenHomes::without_keychain(machine);
    let again = app.open_on(&app.host.clone().with_vault(Arc::new(again))).await;
    let wrong = json!({ "passphrase": WRONG_PASSPHRASE });
    again.call("tokens.unlock", wrong).await.unwrap_err();
    let kept = format!(
        "connection of {}",
        app.workspace().canonicalize().unwrap().display()
    );
    let kept = homes.load(&kept).unwrap().unwrap();
    let mut secrets = secret_texts(kept.expose_secret());
    secrets.extend([PASSPHRASE, WRONG_PASSPHRASE].map(str::to_owned));
    secrets
}

/// Connects a person's own user, then an integration user by a private key; returns what is secret then.
async fn by_own_user_and_private_key(app: &TestApp) -> BTreeSet<String> {
    let accounts = json!({ "accounts": "user" });
    let _: AppState = app.call("connection.choose_accounts", accounts).await;
    app.log_in("own_user", "priya.raman@landbridge-demo.example")
        .await
        .unwrap();
    let mut secrets = in_the_vault(app);
    let accounts = json!({ "accounts": "service" });
    let _: AppState = app.call("connection.choose_accounts", accounts).await;
    let server = json!({
        "purpose": "change_user",
        "login_url": app.org.login_url(),
        "client_id": app.org.client_id(),
        "username": INTEGRATION_USER,
        "private_key": PRIVATE_KEY,
    });
    let _: Value = app.call("connection.connect_server", server).await;
    app.control().expire_sessions().await.unwrap();
    let _: AppState = app.call("connection.check", json!({})).await;
    secrets.extend(in_the_vault(app));
    let lines = PRIVATE_KEY.lines().filter(|line| !line.starts_with('-'));
    secrets.extend(
        lines
            .filter(|line| line.len() >= SHORTEST_SECRET)
            .map(str::to_owned),
    );
    secrets
}

fn in_the_vault(app: &TestApp) -> BTreeSet<String> {
    let kept = app.host.secrets("");
    kept.iter().flat_map(|text| secret_texts(text)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_any_file() {
    let app = TestApp::start_with(Options {
        jwt_certificate: Some(PUBLIC_KEY.to_owned()),
        ..Options::default()
    })
    .await;
    let log = log_everything(app.workspace());
    let login = TappedLogin::before(&app.org.login_url()).await;
    let secret = app.org.client_secret();
    let begin = json!({
        "kind": "my_domain",
        "login_url": login.address(),
        "client_id": app.org.client_id(),
        "client_secret": secret,
    });
    let attempt: LoginAttempt = app.call("connection.begin", begin).await;
    let (username, password) = (app.org.username(), app.org.password());
    let person = sign_in(&attempt.authorize_url, &username, &password, Answer::Allow);
    let (finished, page) = tokio::join!(app.engine().call("connection.finish", json!({})), person);
    page.unwrap();
    finished.unwrap();
    let _: AppState = app.call("settings.exports_on", json!({ "on": true })).await;
    let mut secrets = in_the_vault(&app);

    let rest = export(&app, 3, "few").await;
    // The same people are exported again below, so the first ones go.
    let undo: RunView = app
        .call("runs.plan_undo", json!({ "run": rest.summary.run }))
        .await;
    app.send(undo.summary.run).await;
    let bulk = export(&app, 40, "many").await;
    assert_eq!(
        (
            rest.summary.tally.created_records,
            bulk.summary.tally.created_records
        ),
        (3, 40)
    );
    app.control().expire_sessions().await.unwrap();
    let _: AppState = app.call("connection.check", json!({})).await;
    secrets.extend(in_the_vault(&app));
    let machine = tempfile::tempdir().unwrap();
    secrets.extend(in_the_encrypted_file(&app, machine.path()).await);
    secrets.extend(by_own_user_and_private_key(&app).await);

    let report: DoctorReport = app.call("doctor.run", json!({})).await;
    let bundle: SupportBundle = app.call("support.preview", json!({})).await;
    app.host.answer_save(Some(app.workspace().join("bundle.zip")));
    let _: Value = app.call("support.save", json!({})).await;

    secrets.extend(login.told(&["code", "code_verifier", "client_secret", "refresh_token"]));
    for what in ["code", "code_verifier", "client_secret", "refresh_token"] {
        assert!(!login.told(&[what]).is_empty(), "the login sent no {what}");
    }
    secrets.extend([secret, app.org.access_token()]);
    assert!(
        secrets.len() >= 6,
        "{} secrets are too few to look for",
        secrets.len()
    );

    let told = std::fs::read_to_string(&log).unwrap();
    assert!(
        told.contains("TRACE") && told.contains("answered"),
        "the log tells nothing"
    );
    for path in [files(app.workspace()), files(machine.path())].concat() {
        let bytes = std::fs::read(&path).unwrap();
        for secret in &secrets {
            assert!(
                !holds(&bytes, secret),
                "{} holds a secret of {} characters",
                path.display(),
                secret.len()
            );
        }
    }
    for file in &bundle.files {
        for secret in &secrets {
            assert!(
                !file.text.contains(secret.as_str()),
                "{} of the bundle holds a secret",
                file.name
            );
        }
        // Nor does it hold whose it is.
        for value in [
            username.as_str(),
            "Landbridge demo org",
            "Test Operator",
            report.checks[0].found.as_str(),
        ] {
            assert!(
                value.is_empty() || !file.text.contains(value),
                "{} of the bundle holds “{value}”",
                file.name
            );
        }
    }
}

/// The texts of a stored secret: JSON documents hold addresses and scopes beside tokens, which are no secrets.
fn secret_texts(stored: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    match serde_json::from_str::<Value>(stored) {
        Ok(document) => texts(&document, &mut found),
        Err(_) => {
            found.insert(stored.to_owned());
        }
    }
    found.retain(|text| !text.starts_with("http") && !text.contains(' '));
    found
}
