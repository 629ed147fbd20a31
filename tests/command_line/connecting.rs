//! `connect`: the demo org's login page, filled by plain HTTP as a browser would.

use demo_org::{DemoOrg, Options};
use serde_json::json;
use support::browser::{Answer, sign_in};
use support::command_line::{CommandLine, Finished};
use tokio::sync::Mutex;

const PRIYA: &str = "priya.raman@landbridge-demo.example";
const MARA: &str = "mara.okafor@landbridge-demo.example";

/// A login listens on one of three fixed ports, so these tests go one after the other.
static PORTS: Mutex<()> = Mutex::const_new(());

async fn connect(org: &DemoOrg, answer: Answer) -> Finished {
    let _alone = PORTS.lock().await;
    let command_line = CommandLine::unconnected();
    log_in(&command_line, org, &org.username(), answer, &[]).await
}

/// Logs in as a user of an org, with more options; the caller has the ports to itself.
async fn log_in(
    command_line: &CommandLine,
    org: &DemoOrg,
    username: &str,
    answer: Answer,
    options: &[&str],
) -> Finished {
    support::use_ring();
    let (login_url, client_id) = (org.login_url(), org.client_id());
    let plain = ["connect", "--login-url", &login_url, "--client-id", &client_id];
    let mut connecting = command_line.start(&[&plain, options].concat());
    let line = connecting.line_with("authorize_url").await;
    let url = line["authorize_url"].as_str().unwrap();
    sign_in(url, username, &org.password(), answer).await.unwrap();
    connecting.end().await
}

// Elsewhere the folder for settings cannot be moved aside.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn another_user_an_own_user_and_another_org_are_connected_as_the_options_say() {
    let _alone = PORTS.lock().await;
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line =
        CommandLine::unconnected().with_variable("LANDBRIDGE_PASSPHRASE", "a long enough passphrase");
    let moved = command_line.json(&["tokens", "move", "--to", "file"]).await;
    assert_eq!(moved.code, Some(0), "{moved:?}");
    let as_user = async |org: &DemoOrg, username: &str, options: &[&str]| {
        log_in(&command_line, org, username, Answer::Allow, options).await
    };
    let first = as_user(&org, &org.username(), &[]).await;
    assert_eq!(first.code, Some(0), "{first:?}");
    let changed = as_user(&org, PRIYA, &["--change-user"]).await;
    assert_eq!(changed.result()["username"], PRIYA, "{changed:?}");
    command_line.json(&["accounts", "user"]).await;
    let own = as_user(&org, MARA, &["--own-user"]).await;
    assert_eq!(own.result()["username"], MARA, "{own:?}");

    let other = DemoOrg::start(Options {
        seed: 77,
        ..Options::default()
    })
    .await
    .unwrap();
    let refused = as_user(&other, &other.username(), &["--change-user"]).await;
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.said.contains("--accept-other-org"), "{}", refused.said);
    let accepted = as_user(
        &other,
        &other.username(),
        &["--change-user", "--accept-other-org"],
    )
    .await;
    assert_eq!(accepted.code, Some(0), "{accepted:?}");
    assert_ne!(accepted.result()["org_id"], first.result()["org_id"]);

    let admin = ["people", "add", "Nora", "nora@acme.example", "--role", "admin"];
    let added = command_line.json(&admin).await;
    assert_eq!(added.code, Some(0), "{added:?}");
    command_line
        .json(&["people", "switch", "nora@acme.example"])
        .await;
    let refused = command_line.json(&["disconnect"]).await;
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(
        refused.said.contains("the primary admin, may disconnect"),
        "{}",
        refused.said
    );
}

// Elsewhere the system's keychain would get the demo org's tokens.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_org_is_connected_by_its_login_page() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let connected = connect(&org, Answer::Allow).await;
    assert_eq!(connected.code, Some(0), "{connected:?}");
    let result = connected.result();
    assert!(result["org_id"].as_str().unwrap().starts_with("00D"), "{result}");
    assert_eq!(
        (&result["kind"], &result["username"]),
        (&json!("demo"), &json!(org.username()))
    );
    assert!(!result["org_name"].as_str().unwrap().is_empty());
    assert!(connected.said.contains("kept in memory"), "{}", connected.said);
    assert!(connected.said.contains("exports on"), "{}", connected.said);
}

#[tokio::test]
async fn denied_access_is_exit_code_three() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let denied = connect(&org, Answer::Deny).await;
    assert_eq!(denied.code, Some(3), "{denied:?}");
    assert_eq!(denied.result()["fault"]["code"], "login_failed");
}

#[tokio::test]
async fn a_missing_or_wrong_consumer_key_is_told() {
    let _alone = PORTS.lock().await;
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::unconnected();
    let missing = command_line
        .json(&["connect", "--login-url", &org.login_url()])
        .await;
    assert_eq!(missing.code, Some(2), "{missing:?}");
    assert!(missing.said.contains("consumer key"), "{}", missing.said);
    let wrong = command_line
        .json(&[
            "connect",
            "--login-url",
            &org.login_url(),
            "--client-id",
            "3MVG9nobody",
        ])
        .await;
    assert_eq!(wrong.code, Some(3), "{wrong:?}");
    assert_eq!(wrong.result()["fault"]["field"], "client_id");
}

#[cfg(unix)]
#[tokio::test]
async fn a_login_that_nobody_finishes_is_stopped_by_a_signal() {
    let _alone = PORTS.lock().await;
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::unconnected();
    let (login_url, client_id) = (org.login_url(), org.client_id());
    let mut connecting =
        command_line.start(&["connect", "--login-url", &login_url, "--client-id", &client_id]);
    connecting.line_with("authorize_url").await;
    connecting.signal("INT").await;
    let stopped = connecting.end().await;
    assert_eq!(stopped.code, Some(4), "{stopped:?}");
}
