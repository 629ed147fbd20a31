//! API calls: a run uses those that its plan told, and no more.

use engine::contract::people::UserMappings;
use engine::contract::runs::{Campaigns, RunState, RunView};
use model::estimated_polls;
use serde_json::{Value, json};
use support::{TestApp, lists};

/// What is exported, and in which way.
#[derive(Debug, Clone, Copy)]
struct Export {
    object: &'static str,
    records: u32,
    with_owner: bool,
    with_campaign: bool,
    with_rule: bool,
}

const LEADS: Export = Export {
    object: "lead",
    records: 20,
    with_owner: false,
    with_campaign: false,
    with_rule: false,
};
/// Their accounts are created with them.
const CONTACTS: Export = Export {
    object: "contact",
    ..LEADS
};
const LARGE: u32 = 40;

/// Looks at the state of Bulk jobs: how many it takes is chance.
pub fn looks_at_jobs(app: &TestApp) -> u32 {
    let calls = app.org.calls();
    let looks = calls.iter().filter(|call| {
        call.method == "GET"
            && call.path.contains("/jobs/ingest/")
            && !call.path.contains("Results")
            && !call.path.contains("unprocessedrecords")
    });
    u32::try_from(looks.count()).unwrap()
}

/// The same as they were foreseen.
fn foreseen_looks(planned: &RunView) -> u32 {
    let steps = planned.plan.costs.iter();
    let jobs = steps.filter(|step| step.label.contains("Bulk")).count();
    u32::try_from(jobs).unwrap() * estimated_polls(u64::from(LARGE))
}

async fn list(app: &TestApp, records: u32) -> i64 {
    let file = app.file("people.csv", lists::contacts(records));
    app.import(&file, "People").await.list.list_id
}

async fn planned(app: &TestApp, list_id: i64, export: Export) -> RunView {
    app.change_export_rules(json!({ "no_account": "create" })).await;
    if export.with_owner {
        let soql = "SELECT Id FROM User WHERE Name = 'Priya Raman'";
        let priya = app.records().texts(soql, "Id").await.remove(0);
        let operator = app.call::<Value>("app.state", json!({})).await["operator"]["person"].clone();
        let change =
            json!({ "person": operator, "name": "Dana", "email": "dana@acme.example", "role": "admin" });
        let _: Value = app.call("people.change", change).await;
        let map = json!({ "email": "dana@acme.example", "user": priya });
        let _: UserMappings = app.call("people.map", map).await;
    }
    if export.with_rule {
        let rule = &app
            .records()
            .query("SELECT Id, Name FROM AssignmentRule WHERE Active = false")
            .await[0];
        let rule = json!({ "rule_id": rule["Id"], "name": rule["Name"] });
        app.change_export_rules(json!({ "bulk_assignment_rule": rule }))
            .await;
    }
    let mut choice = json!({ "object": export.object, "list_id": list_id, "selection": { "kind": "all" }, "limit_records": null });
    if export.with_campaign {
        let found: Campaigns = app.call("export.campaigns", json!({ "search": "Spring" })).await;
        let found = &found.campaigns[0];
        choice["campaign"] =
            json!({ "campaign_id": found.campaign_id, "name": found.name, "status": found.statuses[0] });
    }
    app.call("export.plan", choice).await
}

#[tokio::test]
async fn an_export_and_its_undo_use_the_calls_that_their_plans_told() {
    let with_all = Export {
        with_owner: true,
        with_campaign: true,
        ..CONTACTS
    };
    for export in [
        LEADS,
        Export {
            records: LARGE,
            ..LEADS
        },
        Export {
            records: LARGE,
            with_rule: true,
            ..LEADS
        },
        Export {
            with_owner: true,
            ..LEADS
        },
        Export {
            with_campaign: true,
            ..LEADS
        },
        CONTACTS,
        Export {
            records: LARGE,
            ..CONTACTS
        },
        with_all,
        Export {
            records: LARGE,
            ..with_all
        },
    ] {
        let app = TestApp::connected().await;
        let list_id = list(&app, export.records).await;
        let planned = planned(&app, list_id, export).await;
        let run = planned.summary.run;
        // A plan that is old is looked at as a whole: that takes every call of the step.
        app.org.forget_calls();
        let refreshed: RunView = app.call("runs.refresh", json!({ "run": run })).await;
        let look = refreshed
            .plan
            .costs
            .iter()
            .find(|step| step.label.starts_with("Look once more"));
        assert_eq!(
            app.org.calls().len(),
            look.unwrap().api_calls as usize,
            "{export:?}: {:?}",
            app.org.calls()
        );

        // One that is fresh is not asked for its fields again.
        app.org.forget_calls();
        let done = app.send(run).await;
        assert_eq!(
            (done.summary.state, done.summary.tally.created_records),
            (RunState::Done, export.records)
        );
        assert_eq!(
            done.summary.api_calls as usize,
            app.org.calls().len(),
            "{export:?}: {:?}",
            app.org.calls()
        );
        let told = planned.plan.estimated_api_calls - foreseen_looks(&planned);
        let used = done.summary.api_calls - looks_at_jobs(&app);
        assert_eq!(
            used + 1,
            told,
            "{export:?}: {:?} {:?}",
            planned.plan.costs,
            app.org.calls()
        );

        let undo: RunView = app.call("runs.plan_undo", json!({ "run": run })).await;
        app.org.forget_calls();
        let undone = app.send(undo.summary.run).await;
        assert_eq!(undone.summary.tally.deleted_records, export.records, "{undone:?}");
        let told = undo.plan.estimated_api_calls - foreseen_looks(&undo);
        let used = undone.summary.api_calls - looks_at_jobs(&app);
        assert_eq!(
            used,
            told,
            "undo of {export:?}: {:?} {:?}",
            undo.plan.costs,
            app.org.calls()
        );
    }
}

#[tokio::test]
async fn memberships_of_people_who_stay_as_they_are_are_told_too() {
    let app = TestApp::connected().await;
    let list_id = list(&app, LEADS.records).await;
    let first = planned(&app, list_id, LEADS).await;
    app.send(first.summary.run).await;
    let second = planned(
        &app,
        list_id,
        Export {
            with_campaign: true,
            ..LEADS
        },
    )
    .await;
    assert_eq!((second.plan.create_records, second.plan.update_records), (0, 0));
    let step = second.plan.costs.last().unwrap();
    assert!(
        step.label.starts_with("Add them to the campaign"),
        "{:?}",
        second.plan.costs
    );
    assert_eq!(step.api_calls, 1);
    let done = app.send(second.summary.run).await;
    assert_eq!(
        done.members.map(|members| members.added_members),
        Some(LEADS.records)
    );
}
