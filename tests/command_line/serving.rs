//! `demo-org serve`.

use support::command_line::CommandLine;
use support::demo_control::DemoControl;
use support::lists;

#[tokio::test]
async fn the_first_line_says_how_to_reach_it_and_a_signal_ends_it() {
    for signal in ["TERM", "INT"] {
        let command_line = CommandLine::unconnected();
        let mut server = command_line.start(&["demo-org", "serve", "--seed", "7", "--leads", "11"]);
        let line = server.next_line().await;
        for member in [
            "instance_url",
            "login_url",
            "client_id",
            "username",
            "password",
            "access_token",
        ] {
            assert!(
                line[member].as_str().is_some_and(|text| !text.is_empty()),
                "{member}: {line}"
            );
        }
        let url = line["instance_url"].as_str().unwrap();
        assert!(url.starts_with("http://127.0.0.1:"), "{url}");
        let leads: serde_json::Value = client()
            .get(format!("{url}/services/data/v60.0/query"))
            .query(&[("q", "SELECT COUNT() FROM Lead")])
            .bearer_auth(line["access_token"].as_str().unwrap())
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        assert_eq!(leads["totalSize"], 11);
        server.signal(signal).await;
        let ended = server.end().await;
        assert_eq!((ended.code, ended.lines.len()), (Some(0), 0), "{signal}");
        let gone = client().get(url).send().await;
        assert!(gone.unwrap_err().is_connect(), "{signal}: it still listens");
    }
}

#[tokio::test]
async fn a_port_that_is_taken_and_a_bad_trouble_file_are_refused() {
    let command_line = CommandLine::unconnected();
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = command_line.json(&["demo-org", "serve", "--port", &port]).await;
    assert_eq!(refused.code, Some(2));
    assert!(refused.said.contains("port"), "{}", refused.said);

    let file = command_line.file("trouble.json", r#"{ "holds_everything": true }"#);
    let refused = command_line
        .json(&["demo-org", "serve", "--trouble", file.to_str().unwrap()])
        .await;
    assert_eq!(refused.code, Some(2));
    assert!(refused.said.contains("holds_everything"), "{}", refused.said);
}

#[tokio::test]
async fn a_trouble_file_holds_jobs_from_the_start() {
    let demo = CommandLine::unconnected();
    let trouble = demo.file("trouble.json", r#"{ "holds_jobs": true }"#);
    let mut server = demo.start(&["demo-org", "serve", "--trouble", trouble.to_str().unwrap()]);
    let line = server.next_line().await;
    let (url, token) = (
        line["instance_url"].as_str().unwrap(),
        line["access_token"].as_str().unwrap(),
    );
    let client = client();
    let command_line = CommandLine::connected_to(url, token);
    let file = command_line.file("people.csv", lists::contacts(30));
    command_line.import(&file, "People").await;
    let export = command_line.start(&["export", "--object", "lead", "--list", "People"]);
    let jobs = || async {
        let jobs: serde_json::Value = client
            .get(format!("{url}/services/data/v60.0/jobs/ingest"))
            .bearer_auth(token)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        jobs["records"][0]["state"].clone()
    };
    let mut state = jobs().await;
    while state != "InProgress" {
        assert_ne!(state, "JobComplete", "the job was not held");
        state = jobs().await;
    }
    DemoControl::new(url).release_jobs().await.unwrap();
    let done = export.end().await;
    assert_eq!(done.code, Some(0), "{done:?}");
    server.signal("TERM").await;
    assert_eq!(server.end().await.code, Some(0));
}

#[tokio::test]
async fn the_native_app_and_duplicate_rules_are_there_when_asked_for() {
    let command_line = CommandLine::unconnected();
    let mut server = command_line.start(&["demo-org", "serve", "--native-app", "--duplicate-rules", "block"]);
    let line = server.next_line().await;
    let url = line["instance_url"].as_str().unwrap();
    let query = async |text: &str| {
        let answer = client()
            .get(format!("{url}/services/data/v60.0/query"))
            .query(&[("q", text)])
            .bearer_auth(line["access_token"].as_str().unwrap())
            .send()
            .await
            .unwrap();
        let found: serde_json::Value = answer.json().await.unwrap();
        found["totalSize"].clone()
    };
    assert_eq!(
        query("SELECT Id FROM DuplicateRule WHERE IsActive = true").await,
        3
    );
    assert_eq!(
        query("SELECT Id FROM PackageLicense WHERE NamespacePrefix = 'DOZISF'").await,
        1
    );
    assert_eq!(query("SELECT Id FROM DOZISF__ZoomInfo_Scoop__c").await, 0);
    server.signal("TERM").await;
    assert_eq!(server.end().await.code, Some(0));
}

fn client() -> reqwest::Client {
    support::use_ring();
    reqwest::Client::new()
}
