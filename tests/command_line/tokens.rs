//! `connect --jwt`, `tokens`, `accounts` and `disconnect`: a machine that nobody sits at, with tokens in the encrypted file.

use demo_org::{DemoOrg, Options};
use serde_json::json;
use support::command_line::CommandLine;
use support::tokens::{INTEGRATION_USER, PRIVATE_KEY, PUBLIC_KEY};

const PASSPHRASE: &str = "a long enough passphrase";

async fn org() -> DemoOrg {
    DemoOrg::start(Options {
        jwt_certificate: Some(PUBLIC_KEY.to_owned()),
        ..Options::default()
    })
    .await
    .unwrap()
}

fn connect(org: &DemoOrg) -> Vec<String> {
    let arguments = [
        "connect",
        "--jwt",
        "--username",
        INTEGRATION_USER,
        "--login-url",
        &org.login_url(),
        "--client-id",
        &org.client_id(),
    ];
    arguments.map(str::to_owned).to_vec()
}

fn texts(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

// Elsewhere the folder for settings cannot be moved aside.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_integration_user_stays_connected_over_commands() {
    let org = org().await;
    let command_line = CommandLine::unconnected().with_variable("LANDBRIDGE_PASSPHRASE", PASSPHRASE);
    let moved = command_line.json(&["tokens", "move", "--to", "file"]).await;
    assert_eq!(moved.code, Some(0), "{moved:?}");
    assert_eq!(moved.result()["home"], "passphrase_file");

    let connected = command_line
        .json_with_input(&texts(&connect(&org)), PRIVATE_KEY)
        .await;
    assert_eq!(connected.code, Some(0), "{connected:?}");
    assert_eq!(connected.result()["username"], INTEGRATION_USER);

    let users = command_line.json(&["users", "map"]).await;
    assert_eq!(users.code, Some(0), "{users:?}");
    let accounts = command_line.json(&["accounts", "user"]).await;
    assert_eq!(accounts.result()["accounts"], "user", "{accounts:?}");
    let accounts = command_line.json(&["accounts"]).await;
    assert_eq!(accounts.result(), json!({ "accounts": "user", "own_user": null }));

    let disconnected = command_line.json(&["disconnect", "--wipe-mirror"]).await;
    assert_eq!(disconnected.code, Some(0), "{disconnected:?}");
    assert_eq!(disconnected.result()["revoked"], true);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn without_the_passphrase_the_words_say_what_is_missing() {
    let org = org().await;
    let key = PRIVATE_KEY;
    let opened = CommandLine::unconnected().with_variable("LANDBRIDGE_PASSPHRASE", PASSPHRASE);
    assert_eq!(
        opened.json(&["tokens", "move", "--to", "file"]).await.code,
        Some(0)
    );
    assert_eq!(
        opened.json_with_input(&texts(&connect(&org)), key).await.code,
        Some(0)
    );
    let closed = opened.with_variable("LANDBRIDGE_PASSPHRASE", "");
    let users = closed.json(&["users", "map"]).await;
    assert_eq!(users.code, Some(3), "{users:?}");
    assert_eq!(users.result()["fault"]["code"], "tokens_closed");
    let shown = closed.json(&["tokens", "show"]).await;
    assert!(
        shown.result()["trouble"].as_str().unwrap().contains("passphrase"),
        "{shown:?}"
    );
    let wrong = closed.with_variable("LANDBRIDGE_PASSPHRASE", "not this one, surely");
    let users = wrong.json(&["users", "map"]).await;
    assert_eq!(users.code, Some(2), "{users:?}");
    assert!(users.said.contains("does not open"), "{}", users.said);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_passphrase_may_come_on_standard_input() {
    let command_line = CommandLine::unconnected();
    let short = command_line
        .json_with_input(&["tokens", "move", "--to", "file"], "short\n")
        .await;
    assert_eq!(short.code, Some(2), "{short:?}");
    let moved = command_line
        .json_with_input(&["tokens", "move", "--to", "file"], &format!("{PASSPHRASE}\n"))
        .await;
    assert_eq!(moved.code, Some(0), "{moved:?}");
    let missing = command_line
        .json_with_input(&["tokens", "move", "--to", "file"], "")
        .await;
    assert_eq!(missing.code, Some(2), "{missing:?}");
    assert!(missing.said.contains("LANDBRIDGE_PASSPHRASE"), "{}", missing.said);
}

// There is no keychain on the test's machine, which is told once the file was opened: what is in it may leave.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn tokens_leave_the_encrypted_file_by_its_passphrase() {
    let command_line = CommandLine::unconnected();
    let input = format!("{PASSPHRASE}\n");
    let there = ["tokens", "move", "--to", "file"];
    assert_eq!(command_line.json_with_input(&there, &input).await.code, Some(0));
    let back = ["tokens", "move", "--to", "keychain"];
    let moved = command_line.json_with_input(&back, &input).await;
    assert_eq!(moved.code, Some(3), "{moved:?}");
    assert!(moved.said.contains("No keychain answers"), "{}", moved.said);
    let wrong = command_line
        .json_with_input(&back, "not this one, surely\n")
        .await;
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    assert!(wrong.said.contains("does not open"), "{}", wrong.said);
    let missing = command_line.json_with_input(&back, "").await;
    assert!(missing.said.contains("LANDBRIDGE_PASSPHRASE"), "{}", missing.said);
    // The same passphrase encrypts anew what the file holds.
    assert_eq!(command_line.json_with_input(&there, &input).await.code, Some(0));
}

#[tokio::test]
async fn a_connection_of_the_environment_changes_nothing_that_is_stored() {
    let org = org().await;
    let command_line = CommandLine::of(&org);
    let mut connect = connect(&org);
    let file = command_line.file("key.pem", PRIVATE_KEY);
    connect.extend(["--key-file".to_owned(), file.display().to_string()]);
    for arguments in [
        texts(&connect),
        vec!["disconnect", "--own-user"],
        vec!["tokens", "move", "--to", "keychain"],
    ] {
        let refused = command_line.json(&arguments).await;
        assert_eq!(refused.code, Some(2), "{arguments:?}: {refused:?}");
        assert!(
            refused.said.contains("LANDBRIDGE_ACCESS_TOKEN"),
            "{arguments:?}: {}",
            refused.said
        );
    }
}

#[tokio::test]
async fn a_key_that_is_none_is_told() {
    let org = org().await;
    let command_line = CommandLine::unconnected();
    let file = command_line.file("key.pem", "no key");
    let mut arguments = connect(&org);
    arguments.extend(["--key-file".to_owned(), file.display().to_string()]);
    let refused = command_line.json(&texts(&arguments)).await;
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert_eq!(refused.result()["fault"]["field"], "private_key");
}
