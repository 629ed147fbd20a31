//! Adding exported people to a campaign.

use engine::Code;
use engine::contract::runs::{Campaigns, LedgerPage, LineDetail, MemberState, RunState, RunView};
use serde_json::{Value, json};
use support::lists::Person;
use support::{TestApp, lists};

async fn app_with_list() -> (TestApp, i64) {
    let app = TestApp::connected().await;
    let person = |last_name| Person {
        last_name,
        company: "Campaign Test Works",
        ..Person::default()
    };
    let people = lists::people(&[person("Campaignone"), person("Campaigntwo")]);
    let list = app.import(&app.file("people.csv", people), "People").await.list;
    (app, list.list_id)
}

async fn campaign(app: &TestApp, search: &str) -> Campaigns {
    app.call("export.campaigns", json!({ "search": search })).await
}

fn choice(object: &str, list_id: i64, campaign_id: &str, status: &str) -> Value {
    let campaign = json!({ "campaign_id": campaign_id, "name": "As chosen", "status": status });
    json!({ "object": object, "list_id": list_id, "selection": { "kind": "all" }, "limit_records": null, "campaign": campaign })
}

#[tokio::test]
async fn active_campaigns_are_found_by_part_of_their_name() {
    let (app, _) = app_with_list().await;
    let records = app.records();
    records
        .create("Campaign", json!({ "Name": "100% Webinar_x", "IsActive": true }))
        .await;
    records
        .create("Campaign", json!({ "Name": "Old Webinar", "IsActive": false }))
        .await;
    let names = async |search: &str| -> Vec<String> {
        let found = campaign(&app, search).await;
        assert!(!found.has_more);
        found
            .campaigns
            .into_iter()
            .map(|campaign| campaign.name)
            .collect()
    };
    assert_eq!(names("webinar").await, ["100% Webinar_x", "Spring Webinar"]);
    assert_eq!(names("0% w").await, ["100% Webinar_x"]);
    assert_eq!(names("%").await, ["100% Webinar_x"]);
    assert_eq!(
        names("").await,
        ["100% Webinar_x", "Partner Summit", "Spring Webinar"]
    );
    assert_eq!(names("nothing like this").await, Vec::<String>::new());
    assert_eq!(
        campaign(&app, "spring").await.campaigns[0].statuses,
        ["Sent", "Responded"]
    );
}

#[tokio::test]
async fn the_default_status_comes_first_and_no_more_than_fifty_are_shown() {
    let (app, _) = app_with_list().await;
    let records = app.records();
    let mut last = String::new();
    for number in 0..51 {
        let fields = json!({ "Name": format!("Many {number:02}"), "IsActive": true });
        last = records.create("Campaign", fields).await;
    }
    let status = json!({ "CampaignId": last, "Label": "Registered", "IsDefault": true, "SortOrder": 9 });
    records.create("CampaignMemberStatus", status).await;
    let soql = format!("SELECT Id FROM CampaignMemberStatus WHERE CampaignId = '{last}' AND Label = 'Sent'");
    let sent = records.texts(&soql, "Id").await.remove(0);
    records
        .update("CampaignMemberStatus", &sent, json!({ "IsDefault": false }))
        .await;
    let found = campaign(&app, "Many").await;
    assert_eq!((found.campaigns.len(), found.has_more), (50, true));
    let own = campaign(&app, "Many 50").await.campaigns.remove(0);
    assert_eq!(own.statuses, ["Registered", "Sent", "Responded"]);
}

#[tokio::test]
async fn what_cannot_take_members_is_refused_when_it_is_planned() {
    let (app, list_id) = app_with_list().await;
    let spring = campaign(&app, "spring").await.campaigns.remove(0).campaign_id;
    let gone = app
        .records()
        .create("Campaign", json!({ "Name": "Gone", "IsActive": false }))
        .await;
    for (object, campaign_id, status, words) in [
        (
            "lead",
            spring.as_str(),
            "Invited",
            "Its statuses are Sent, Responded",
        ),
        ("lead", gone.as_str(), "Sent", "is not active"),
        ("lead", "701000000000000AAA", "Sent", "is not there any more"),
        ("lead", "' OR Name != '", "Sent", "is no campaign’s id"),
    ] {
        let fault = app
            .fault("export.plan", choice(object, list_id, campaign_id, status))
            .await;
        assert_eq!(
            (fault.code, fault.field.as_deref()),
            (Code::Refused, Some("campaign"))
        );
        assert!(fault.sentence.contains(words), "{}", fault.sentence);
    }
    let companies = app.file(
        "companies.csv",
        "Company Name,Website\nWorks,works-of-landbridge.com\n",
    );
    let companies = app.import(&companies, "Companies").await.list;
    let fault = app
        .fault(
            "export.plan",
            choice("account", companies.list_id, &spring, "Sent"),
        )
        .await;
    assert!(
        fault.sentence.contains("Accounts cannot be members"),
        "{}",
        fault.sentence
    );
}

#[tokio::test]
async fn everybody_who_is_exported_becomes_a_member_also_who_was_there_already() {
    let (app, list_id) = app_with_list().await;
    let spring = campaign(&app, "spring").await.campaigns.remove(0).campaign_id;
    let first = app.plan("lead", list_id).await;
    app.send(first.summary.run).await;
    let members = format!("SELECT Status FROM CampaignMember WHERE CampaignId = '{spring}'");
    let before = app.records().query(&members).await.len();
    // The same list again: both are in Salesforce as they are, and become members all the same.
    let planned: RunView = app
        .call("export.plan", choice("lead", list_id, &spring, "responded"))
        .await;
    assert_eq!((planned.plan.skip_records, planned.plan.create_records), (2, 0));
    let counts = planned.members.unwrap();
    assert_eq!((counts.waiting_members, counts.added_members), (2, 0));
    assert!(planned.may.send, "members alone are worth sending");
    let done = app.send(planned.summary.run).await;
    assert_eq!(done.members.unwrap().added_members, 2, "{:?}", done.reasons);
    let after = app.records().texts(&members, "Status").await;
    assert_eq!(after.len(), before + 2);
    assert_eq!(after.iter().filter(|status| *status == "Responded").count(), 2);
}

/// Sends a run, and does this once the checks before the sending are made, as the first call that writes arrives.
async fn send_and_meanwhile(app: &TestApp, run: i64, meanwhile: impl AsyncFnOnce()) -> RunView {
    app.control().hold_jobs().await.unwrap();
    let first = r#"{ "calls": [ { "which": { "family": "collections" }, "when": { "first": 1 }, "what": { "status": 503 } } ] }"#;
    app.control().add_trouble(first).await.unwrap();
    let mut events = app.engine().watch();
    let _: RunView = app.call("export.send", json!({ "run": run })).await;
    meanwhile().await;
    app.control().release_jobs().await.unwrap();
    let mut ended = app.settled(run, &mut events).await;
    while ended.summary.state == RunState::Waiting {
        let _: RunView = app.call("runs.resume", json!({ "run": run })).await;
        ended = app.settled(run, &mut events).await;
    }
    ended
}

async fn ledger(app: &TestApp, run: i64, member_state: Option<&str>) -> LedgerPage {
    let query = json!({ "run": run, "outcome": null, "member_state": member_state, "search": "", "offset": 0, "limit": 500 });
    app.call("runs.ledger", query).await
}

#[tokio::test]
async fn who_did_not_become_a_member_is_found_line_by_line_and_in_the_file() {
    for records in [4, 40] {
        let app = TestApp::connected().await;
        let file = app.file("people.csv", lists::contacts(records));
        let list_id = app.import(&file, "People").await.list.list_id;
        let spring = campaign(&app, "spring").await.campaigns.remove(0).campaign_id;
        let planned: RunView = app
            .call("export.plan", choice("lead", list_id, &spring, "Sent"))
            .await;
        let run = planned.summary.run;
        let waiting = ledger(&app, run, Some("waiting")).await;
        assert_eq!(waiting.matching_lines, records);

        let hidden = json!({ "object": { "name": "CampaignMember", "right": "hidden" } });
        let control = app.control();
        let done = send_and_meanwhile(&app, run, async || {
            control.switch("rights", &hidden).await.unwrap();
        })
        .await;
        assert_eq!(
            (done.summary.state, done.summary.tally.created_records),
            (RunState::Done, records),
            "the records are there whatever becomes of the campaign: {:?}",
            done.summary
        );
        let counts = done.members.unwrap();
        assert_eq!((counts.failed_members, counts.waiting_members), (records, 0));

        let failed = ledger(&app, run, Some("failed")).await;
        assert_eq!(failed.matching_lines, records);
        let member = failed.lines[0].member.clone().unwrap();
        assert!(
            member.state == MemberState::Failed
                && member.error_code.is_some()
                && member.error.is_some_and(|error| error.contains("CampaignMember")),
            "{:?}",
            failed.lines[0]
        );
        assert_eq!(ledger(&app, run, Some("added")).await.matching_lines, 0);
        let detail: LineDetail = app.call("runs.line", json!({ "run": run, "line": 1 })).await;
        assert_eq!(detail.line.member, failed.lines[0].member);

        let path = app.file("ledger.csv", "");
        app.host.answer_save(Some(path.clone()));
        let _: Value = app
            .call("runs.save_ledger", json!({ "run": run, "format": "csv" }))
            .await;
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let headers = reader.headers().unwrap().clone();
        let place = headers
            .iter()
            .position(|header| header == "Campaign Member")
            .unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), records as usize);
        assert!(
            rows.iter()
                .all(|row| &row[place] == "Not a member" && row[place + 2].contains("CampaignMember"))
        );

        // Planned again, those who are in Salesforce as they are become members.
        app.control().clear("rights").await.unwrap();
        let again: RunView = app.call("runs.repeat", json!({ "run": run })).await;
        let done = app.send(again.summary.run).await;
        assert_eq!(
            (
                done.summary.tally.created_records,
                done.members.unwrap().added_members
            ),
            (0, records)
        );
    }
}

#[tokio::test]
async fn no_membership_waits_in_a_run_that_could_not_go_on() {
    for records in [4, 40] {
        let app = TestApp::connected().await;
        let file = app.file("people.csv", lists::contacts(records));
        let list_id = app.import(&file, "People").await.list.list_id;
        let spring = campaign(&app, "spring").await.campaigns.remove(0).campaign_id;
        let planned: RunView = app
            .call("export.plan", choice("lead", list_id, &spring, "Sent"))
            .await;
        let what = r#"{ "refusal": { "status": 403, "code": "FUNCTIONALITY_NOT_ENABLED", "message": "Not here." } }"#;
        for family in ["collections", "ingest_create"] {
            let trouble =
                format!(r#"{{ "calls": [ {{ "which": {{ "family": "{family}" }}, "what": {what} }} ] }}"#);
            app.control().add_trouble(&trouble).await.unwrap();
        }
        let ended = app.send(planned.summary.run).await;
        assert_eq!(ended.summary.state, RunState::Failed, "{:?}", ended.summary);
        let counts = ended.members.unwrap();
        assert_eq!((counts.failed_members, counts.waiting_members), (records, 0));
        let line = ledger(&app, ended.summary.run, None).await.lines.remove(0);
        assert_eq!(line.member.unwrap().error_code.as_deref(), Some("run_failed"));
    }
}
