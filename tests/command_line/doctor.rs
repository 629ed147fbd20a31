//! `doctor`, `workspaces list`, `support-bundle`, and what the log gives away at its most talkative.

use demo_org::{DemoOrg, Options};
use serde_json::{Value, json};
use support::command_line::CommandLine;
use support::demo_control::DemoControl;
use support::lists;

async fn org() -> DemoOrg {
    support::use_ring();
    DemoOrg::start(Options::default()).await.unwrap()
}

fn check<'result>(result: &'result Value, name: &str) -> &'result Value {
    result["checks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|check| check["name"] == name)
        .unwrap_or_else(|| panic!("no check {name} in {result}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_ends_with_0_when_nothing_failed_and_with_1_when_something_did() {
    let org = org().await;
    let line = CommandLine::of(&org);
    let whole = line.json(&["doctor"]).await;
    assert_eq!(whole.code, Some(0), "{whole:?}");
    for member in ["name", "state", "why", "mend"] {
        assert!(
            check(&whole.result(), "api_enabled")[member].is_string(),
            "{member}"
        );
    }
    assert_eq!(check(&whole.result(), "object_lead")["state"], "passed");

    let request = json!({ "object": { "name": "Lead", "right": "read" } });
    DemoControl::new(&org.instance_url())
        .switch("rights", &request)
        .await
        .unwrap();
    let failed = line.json(&["doctor"]).await;
    assert_eq!(failed.code, Some(1), "{failed:?}");
    let lead = check(&failed.result(), "object_lead").clone();
    assert_eq!(lead["state"], "failed");
    assert!(lead["mend"].as_str().unwrap().contains("Leads"), "{lead}");
    let text = line.raw(&["doctor"]).await;
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(
        text.contains("To fix\n- No create and edit access to Lead"),
        "{text}"
    );
    assert!(text.contains("Setup › Permission Sets"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_org_the_doctor_ends_with_3() {
    let nobody = CommandLine::unconnected().json(&["doctor"]).await;
    assert_eq!(nobody.code, Some(3), "{nobody:?}");
    let gone = CommandLine::connected_to("http://127.0.0.1:1", "00D000000000001!AQtoken")
        .json(&["doctor"])
        .await;
    assert_eq!(gone.code, Some(3), "{gone:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_writes_the_permission_set_it_asks_for() {
    let org = org().await;
    let line = CommandLine::of(&org);
    let mapped = line.json(&["mapping", "show", "--object", "lead"]).await;
    assert_eq!(mapped.code, Some(0), "{mapped:?}");
    let file = line.path("Landbridge.permissionset-meta.xml");
    let done = line
        .json(&["doctor", "--permission-set", file.to_str().unwrap()])
        .await;
    assert_eq!(done.code, Some(0), "{done:?}");
    let xml = std::fs::read_to_string(file).unwrap();
    assert!(
        xml.contains("<object>Lead</object>") && xml.contains("<name>ApiEnabled</name>"),
        "{xml}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_open_workspace_is_listed() {
    let listed = CommandLine::unconnected().json(&["workspaces", "list"]).await;
    assert_eq!(listed.code, Some(0), "{listed:?}");
    assert_eq!(listed.lines.len(), 1);
    assert_eq!(
        (&listed.lines[0]["is_open"], &listed.lines[0]["org"]),
        (&json!(true), &Value::Null)
    );
    assert!(listed.lines[0]["folder"].as_str().unwrap().ends_with("workspace"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_said_or_written_holds_the_token() {
    let org = org().await;
    let line = CommandLine::of(&org).with_variable("LANDBRIDGE_LOG", "trace");
    let token = org.access_token();
    let file = line.file("few.csv", lists::contacts(3));
    let many = line.file("many.csv", lists::contacts(40));
    let bundle = line.path("bundle.zip");
    let commands: [Vec<&str>; 6] = [
        vec!["exports", "on"],
        vec!["export", "--object", "lead", "--file", file.to_str().unwrap()],
        vec!["runs", "undo", "1"],
        vec![
            "export",
            "--object",
            "lead",
            "--file",
            many.to_str().unwrap(),
            "--on-ask",
            "default",
        ],
        vec!["doctor"],
        vec!["support-bundle", bundle.to_str().unwrap()],
    ];
    let mut is_talkative = false;
    for arguments in commands {
        let done = line.json(&arguments).await;
        assert_eq!(done.code, Some(0), "{arguments:?}: {:?}", done.lines);
        is_talkative |= done.said.contains("TRACE");
        assert!(!done.said.contains(&token), "{arguments:?} says the token");
        assert!(
            !Value::from(done.lines).to_string().contains(&token),
            "{arguments:?}"
        );
    }
    assert!(is_talkative, "the log is not at its most talkative");
    let mut folders = vec![line.path("")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let holds = bytes
                .windows(token.len())
                .any(|window| window == token.as_bytes());
            assert!(!holds, "{} holds the token", path.display());
        }
    }
}
