//! Campaigns, their member statuses and their members.

use crate::caller::Caller;
use crate::staff::run_job;
use reqwest::StatusCode;
use serde_json::{Value, json};

async fn campaign(caller: &Caller) -> String {
    let (status, made) = caller
        .post(
            "sobjects/Campaign",
            &json!({ "Name": "Autumn", "IsActive": true }),
        )
        .await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    made["id"].as_str().expect("an id").to_owned()
}

async fn leads(caller: &Caller, count: usize) -> Vec<Value> {
    let found = caller
        .query(&format!("SELECT Id FROM Lead ORDER BY Id LIMIT {count}"))
        .await;
    found.into_iter().map(|lead| lead["Id"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_campaign_brings_two_statuses() {
    let caller = Caller::new().await;
    let id = campaign(&caller).await;
    let text = format!(
        "SELECT Label, IsDefault, HasResponded FROM CampaignMemberStatus WHERE CampaignId = '{id}' ORDER BY SortOrder"
    );
    let statuses: Vec<(Value, Value, Value)> = caller
        .query(&text)
        .await
        .into_iter()
        .map(|row| {
            (
                row["Label"].clone(),
                row["IsDefault"].clone(),
                row["HasResponded"].clone(),
            )
        })
        .collect();
    assert_eq!(
        statuses,
        [
            (json!("Sent"), json!(true), json!(false)),
            (json!("Responded"), json!(false), json!(true))
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_a_member_once_and_has_one_of_the_statuses() {
    let caller = Caller::new().await;
    let id = campaign(&caller).await;
    let attended = json!({ "CampaignId": id, "Label": "Attended", "HasResponded": true, "SortOrder": 3 });
    let (status, _) = caller.post("sobjects/CampaignMemberStatus", &attended).await;
    assert_eq!(status, StatusCode::CREATED);
    let (_, refused) = caller.post("sobjects/CampaignMemberStatus", &attended).await;
    assert_eq!(refused[0]["errorCode"], "DUPLICATE_VALUE", "{refused}");
    let leads = leads(&caller, 3).await;
    let cases = [
        ("attended", "Attended", true),
        ("No such status", "Sent", false),
        ("", "Sent", false),
    ];
    for (lead, (given, kept, responded)) in leads.iter().zip(cases) {
        let mut member = json!({ "CampaignId": id, "LeadId": lead });
        if !given.is_empty() {
            member["Status"] = json!(given);
        }
        let (status, made) = caller.post("sobjects/CampaignMember", &member).await;
        assert_eq!(status, StatusCode::CREATED, "{made}");
        let path = format!("sobjects/CampaignMember/{}", made["id"].as_str().expect("an id"));
        let (_, stored) = caller.get(&path).await;
        assert_eq!(
            (&stored["Status"], &stored["HasResponded"]),
            (&json!(kept), &json!(responded)),
            "{given}"
        );
        assert_eq!(
            (&stored["LeadOrContactId"], &stored["Type"]),
            (lead, &json!("Lead"))
        );
        let (status, _) = caller.patch(&path, &json!({ "Status": "Responded" })).await;
        assert_eq!(status, StatusCode::NO_CONTENT);
        let (_, stored) = caller.get(&path).await;
        assert_eq!(stored["HasResponded"], true);
    }
    let again = json!({ "CampaignId": id, "LeadId": leads[0] });
    let (status, refused) = caller.post("sobjects/CampaignMember", &again).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(
        (&refused[0]["errorCode"], &refused[0]["message"]),
        (&json!("DUPLICATE_VALUE"), &json!("Already a campaign member."))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_loaded_by_a_job_and_go_with_their_campaign() {
    let caller = Caller::new().await;
    let id = campaign(&caller).await;
    let leads = leads(&caller, 2).await;
    let lead = |place: usize| leads[place].as_str().expect("an id");
    let csv = format!(
        "CampaignId,LeadId,Status\n{id},{},Sent\n{id},{},Responded\n{id},{},Sent\n",
        lead(0),
        lead(1),
        lead(0)
    );
    let job = json!({ "object": "CampaignMember", "operation": "insert" });
    let (info, _, failed) = run_job(&caller, &job, &csv).await;
    assert_eq!(info["numberRecordsFailed"], 1, "{info}");
    assert!(
        failed.contains("DUPLICATE_VALUE:Already a campaign member.:--"),
        "{failed}"
    );
    let before = caller.count("CampaignMember");
    assert_eq!(before, 2);
    let deleted =
        crate::caller::send(caller.request(reqwest::Method::DELETE, &format!("sobjects/Campaign/{id}")))
            .await;
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
    assert_eq!(caller.count("CampaignMember"), 0);
}
