//! Adding exported people to a campaign.

use engine::Code;
use engine::contract::runs::{Campaigns, RunView};
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
