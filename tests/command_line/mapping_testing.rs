//! `mapping test`: its lines and exit codes, and that a killed one leaves nothing in the org.

use demo_org::{DemoOrg, Options, Trouble};
use serde_json::{Value, json};
#[cfg(unix)]
use support::command_line::until;
use support::command_line::{CommandLine, Finished};
use support::lists;

/// Longer than any test takes: a call that waits so long is where the program is killed.
#[cfg(unix)]
const FOR_EVER_MILLISECONDS: u64 = 600_000;

fn mapping_file(command_line: &CommandLine, object: &str, rows: &[(&str, &str)]) -> String {
    let rows: Vec<Value> = rows
        .iter()
        .map(|(value, target)| json!({ "source": { "kind": "fixed", "value": value }, "target": target }))
        .collect();
    let document = json!({ "format": "landbridge-mapping", "version": 1, "object": object, "rows": rows });
    let path = command_line.file(&format!("{object}.json"), document.to_string());
    path.to_str().unwrap().to_owned()
}

fn lead_file(command_line: &CommandLine) -> String {
    mapping_file(
        command_line,
        "lead",
        &[
            ("Okafor", "LastName"),
            ("Tarn and Company", "Company"),
            ("219.606.2399", "Phone"),
        ],
    )
}

fn counts(org: &DemoOrg) -> Vec<u32> {
    ["Account", "Contact", "Lead"]
        .iter()
        .map(|object| org.record_count(object).unwrap())
        .collect()
}

fn add_trouble(org: &DemoOrg, method: &str, path: &str, what: &Value) {
    let calls = json!([{
        "which": { "family": "record", "method": method, "path": path },
        "when": { "first": 1 },
        "what": what,
    }]);
    let trouble: Trouble = json!({ "calls": calls }).to_string().parse().unwrap();
    org.add_trouble(trouble);
}

async fn test(command_line: &CommandLine, file: &str) -> Finished {
    command_line
        .json(&["mapping", "test", "--object", "lead", "--file", file])
        .await
}

#[tokio::test]
async fn a_test_passes_and_its_last_line_is_the_result() {
    support::use_ring();
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let file = lead_file(&command_line);
    let before = counts(&org);
    let done = test(&command_line, &file).await;
    assert_eq!(done.code, Some(0), "{done:?}");
    let result = done.result();
    assert_eq!(
        (&result["state"], &result["deleted"]),
        (&json!("passed"), &json!(true))
    );
    let phone = &result["fields"][2];
    assert_eq!(phone["target"], "Phone");
    assert_eq!(phone["source"], "“219.606.2399”");
    assert_eq!(
        (&phone["sent"], &phone["read_back"]),
        (&json!("219.606.2399"), &json!("219.606.2399"))
    );
    assert_eq!(phone["verdict"], "written");
    let steps: Vec<&Value> = done.lines.iter().map(|line| &line["progress"]["step"]).collect();
    assert_eq!(
        steps[..3],
        [&json!("create"), &json!("read_back"), &json!("delete")]
    );

    // The saved mapping, with a chosen profile of a list.
    let people = command_line.file("people.csv", lists::contacts(3));
    command_line.import(&people, "People").await;
    let saved = [
        "mapping", "test", "--object", "lead", "--list", "People", "--sample", "3",
    ];
    let done = command_line.json(&saved).await;
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(counts(&org), before);
}

#[tokio::test]
async fn each_ending_has_its_exit_code() {
    support::use_ring();
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let before = counts(&org);
    let file = lead_file(&command_line);
    let control = support::demo_control::DemoControl::new(&org.instance_url());
    control
        .switch(
            "triggers",
            &json!({ "object": "Lead", "field": "Phone", "change": "format_phone" }),
        )
        .await
        .unwrap();
    let differs = test(&command_line, &file).await;
    assert_eq!(
        (differs.code, &differs.result()["state"]),
        (Some(1), &json!("differs")),
        "{differs:?}"
    );

    let wrong = mapping_file(&command_line, "lead", &[("Okafor", "LastName"), ("x", "Gone__c")]);
    let refused = test(&command_line, &wrong).await;
    assert_eq!(
        (refused.code, &refused.result()["state"]),
        (Some(2), &json!("refused")),
        "{refused:?}"
    );
    let contact = mapping_file(&command_line, "contact", &[("Okafor", "LastName")]);
    let other = test(&command_line, &contact).await;
    assert_eq!(
        (other.code, &other.result()["fault"]["code"]),
        (Some(2), &json!("bad_file")),
        "{other:?}"
    );
    let unknown = command_line
        .json(&["mapping", "test", "--object", "lead", "--list", "Nobody"])
        .await;
    assert_eq!(unknown.code, Some(2), "{unknown:?}");

    add_trouble(&org, "GET", "*/sobjects/Lead/*", &json!("grants_end"));
    let file = lead_file(&command_line);
    let ended = test(&command_line, &file).await;
    assert_eq!(
        (ended.code, &ended.result()["state"]),
        (Some(3), &json!("interrupted")),
        "{ended:?}"
    );
    assert_eq!(org.record_count("Lead"), Some(before[2] + 1));
}

/// One step of a test, the moment at which it is killed, and how many records are in the org then.
#[cfg(unix)]
struct Kill {
    method: &'static str,
    path: &'static str,
    after_acting: bool,
    in_the_org: u32,
}

#[cfg(unix)]
async fn kill_at_each(object: &str, rows: &[(&str, &str)], kills: &[Kill]) {
    support::use_ring();
    for kill in kills {
        let org = DemoOrg::start(Options::default()).await.unwrap();
        let command_line = CommandLine::of(&org);
        let file = mapping_file(&command_line, object, rows);
        let arguments = ["mapping", "test", "--object", object, "--file", &file];
        let before = counts(&org);
        let at = format!("{} {}, acted: {}", kill.method, kill.path, kill.after_acting);
        let pause = json!({ "milliseconds": FOR_EVER_MILLISECONDS });
        let what = if kill.after_acting {
            json!({ "slow_reply": pause })
        } else {
            json!({ "slow_start": pause })
        };
        add_trouble(&org, kill.method, kill.path, &what);
        let testing = command_line.start(&arguments);
        until("the call waits", || org.trouble_report().calls[0].happened == 1).await;
        testing.signal("KILL").await;
        assert_eq!(testing.end().await.code, None);
        let in_the_org: u32 = counts(&org).iter().sum::<u32>() - before.iter().sum::<u32>();
        assert_eq!(in_the_org, kill.in_the_org, "{at}");

        let next = command_line.json(&["runs", "list"]).await;
        assert_eq!(next.code, Some(0), "{next:?}");
        assert!(
            next.said.contains("The app ended during this test"),
            "{at}: {}",
            next.said
        );
        if in_the_org > 0 {
            assert!(
                next.said.contains("deleted at the next start"),
                "{at}: {}",
                next.said
            );
        }
        assert_eq!(counts(&org), before, "{at}");
        let again = command_line.json(&arguments).await;
        assert_eq!(again.code, Some(0), "{at}: {again:?}");
        assert_eq!(counts(&org), before, "{at}");
        org.shutdown().await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_lead_test_killed_at_any_step_leaves_nothing() {
    let kill = |method, path, after_acting, in_the_org| Kill {
        method,
        path,
        after_acting,
        in_the_org,
    };
    let kills = [
        kill("POST", "*/sobjects/Lead", false, 0),
        kill("POST", "*/sobjects/Lead", true, 1),
        kill("GET", "*/sobjects/Lead/*", false, 1),
        kill("GET", "*/sobjects/Lead/*", true, 1),
        kill("DELETE", "*/sobjects/Lead/*", false, 1),
        kill("DELETE", "*/sobjects/Lead/*", true, 0),
    ];
    let rows = [("O'Neil \\ \"Q\"", "LastName"), ("Tarn & 100%", "Company")];
    kill_at_each("lead", &rows, &kills).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_contact_test_killed_at_any_step_leaves_neither_contact_nor_account() {
    let kill = |method, path, after_acting, in_the_org| Kill {
        method,
        path,
        after_acting,
        in_the_org,
    };
    let kills = [
        kill("POST", "*/sobjects/Account", false, 0),
        kill("POST", "*/sobjects/Account", true, 1),
        kill("POST", "*/sobjects/Contact", false, 1),
        kill("POST", "*/sobjects/Contact", true, 2),
        kill("GET", "*/sobjects/Contact/*", true, 2),
        kill("DELETE", "*/sobjects/Contact/*", false, 2),
        kill("DELETE", "*/sobjects/Contact/*", true, 1),
        kill("DELETE", "*/sobjects/Account/*", false, 1),
        kill("DELETE", "*/sobjects/Account/*", true, 0),
    ];
    kill_at_each("contact", &[("Ada", "FirstName"), ("Okafor", "LastName")], &kills).await;
}
