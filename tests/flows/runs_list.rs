//! The list of runs: filtered, searched by the list's name, and read window by window.

use engine::contract::runs::{RunPage, RunView};
use serde_json::{Value, json};
use support::{TestApp, lists};

/// The runs with these filters; what is not named filters nothing.
async fn page(app: &TestApp, changes: Value) -> RunPage {
    let mut query =
        json!({ "search": "", "kind": null, "object": null, "state": null, "offset": 0, "limit": 100 });
    for (name, value) in changes.as_object().unwrap() {
        query[name] = value.clone();
    }
    app.call("runs.list", query).await
}

fn ids(page: &RunPage) -> Vec<i64> {
    page.runs.iter().map(|run| run.run).collect()
}

async fn list(app: &TestApp, name: &str) -> i64 {
    let file = app.file(&format!("{name}.csv"), lists::contacts(2));
    app.import(&file, name).await.list.list_id
}

async fn planned(app: &TestApp, object: &str, list: i64) -> i64 {
    app.plan(object, list).await.summary.run
}

async fn cancel(app: &TestApp, run: i64) {
    let _: RunView = app.call("runs.cancel", json!({ "run": run })).await;
}

/// Runs of each kind, of two objects, in three states.
struct Runs {
    app: TestApp,
    sent_leads: i64,
    cancelled_contacts: i64,
    planned_contacts: i64,
    undo: i64,
}

impl Runs {
    async fn start() -> Self {
        let app = TestApp::connected().await;
        let spring = list(&app, "Spring 50%_off").await;
        let autumn = list(&app, "Autumn").await;
        let sent_leads = planned(&app, "lead", spring).await;
        app.send(sent_leads).await;
        let cancelled_contacts = planned(&app, "contact", spring).await;
        cancel(&app, cancelled_contacts).await;
        let planned_contacts = planned(&app, "contact", autumn).await;
        let undo: RunView = app.call("runs.plan_undo", json!({ "run": sent_leads })).await;
        let undo = app.send(undo.summary.run).await.summary.run;
        Self {
            app,
            sent_leads,
            cancelled_contacts,
            planned_contacts,
            undo,
        }
    }

    async fn assert_found(&self, changes: Value, runs: &[i64]) {
        let found = page(&self.app, changes.clone()).await;
        assert_eq!(ids(&found), runs, "{changes}");
        assert_eq!(
            (found.matching_runs as usize, found.total_runs),
            (runs.len(), 4),
            "{changes}"
        );
    }
}

#[tokio::test]
async fn runs_are_filtered_by_kind_object_and_state_and_by_all_of_them_at_once() {
    let runs = Runs::start().await;
    let Runs {
        sent_leads,
        cancelled_contacts,
        planned_contacts,
        undo,
        ..
    } = runs;
    for (changes, found) in [
        (
            json!({}),
            vec![undo, planned_contacts, cancelled_contacts, sent_leads],
        ),
        (
            json!({ "kind": "export" }),
            vec![planned_contacts, cancelled_contacts, sent_leads],
        ),
        (json!({ "kind": "undo" }), vec![undo]),
        (
            json!({ "object": "contact" }),
            vec![planned_contacts, cancelled_contacts],
        ),
        (json!({ "object": "lead" }), vec![undo, sent_leads]),
        (json!({ "object": "account" }), vec![]),
        (json!({ "state": "done" }), vec![undo, sent_leads]),
        (json!({ "state": "planned" }), vec![planned_contacts]),
        (json!({ "state": "cancelled" }), vec![cancelled_contacts]),
        (json!({ "state": "failed" }), vec![]),
        (json!({ "kind": "export", "state": "done" }), vec![sent_leads]),
        (json!({ "kind": "undo", "object": "contact" }), vec![]),
        (
            json!({ "search": "spring", "kind": "export", "object": "contact", "state": "cancelled" }),
            vec![cancelled_contacts],
        ),
        (
            json!({ "search": "autumn", "kind": "export", "object": "contact", "state": "cancelled" }),
            vec![],
        ),
    ] {
        runs.assert_found(changes, &found).await;
    }
    cancel(&runs.app, planned_contacts).await;
    runs.assert_found(
        json!({ "state": "cancelled" }),
        &[planned_contacts, cancelled_contacts],
    )
    .await;
}

#[tokio::test]
async fn a_run_is_found_by_any_part_of_its_lists_name_as_it_is_written() {
    let runs = Runs::start().await;
    let of_spring = [runs.undo, runs.cancelled_contacts, runs.sent_leads];
    for words in ["SPRING", "ring 5", "  spring ", "50%_", "%", "_"] {
        runs.assert_found(json!({ "search": words }), &of_spring).await;
    }
    for words in ["winter", "s%g", "spring autumn", "'"] {
        runs.assert_found(json!({ "search": words }), &[]).await;
    }
    cancel(&runs.app, runs.planned_contacts).await;
}

#[tokio::test]
async fn a_lists_name_is_found_in_either_case_whatever_its_letters() {
    let app = TestApp::connected().await;
    let list = list(&app, "Équipe ÖSTERREICH").await;
    let run = planned(&app, "lead", list).await;
    for words in ["Équipe", "équipe", "ÉQUIPE", "österreich"] {
        assert_eq!(
            ids(&page(&app, json!({ "search": words })).await),
            [run],
            "{words}"
        );
    }
    cancel(&app, run).await;
}

#[tokio::test]
async fn runs_are_read_window_by_window_newest_first_with_the_counts_of_all() {
    let app = TestApp::connected().await;
    let spring = list(&app, "Spring").await;
    let mut runs = Vec::new();
    for object in ["lead", "contact", "lead", "lead", "contact"] {
        let run = planned(&app, object, spring).await;
        cancel(&app, run).await;
        runs.insert(0, run);
    }
    for (offset, window) in [
        (0, &runs[0..2]),
        (2, &runs[2..4]),
        (4, &runs[4..]),
        (5, &[]),
        (77, &[]),
    ] {
        let shown = page(&app, json!({ "offset": offset, "limit": 2 })).await;
        assert_eq!(ids(&shown), window, "from {offset}");
        assert_eq!(
            (shown.offset, shown.matching_runs, shown.total_runs),
            (offset, 5, 5)
        );
    }
    let shown = page(&app, json!({ "object": "lead", "offset": 1, "limit": 1 })).await;
    assert_eq!(ids(&shown), [runs[2]], "the second newest of leads");
    assert_eq!((shown.matching_runs, shown.total_runs), (3, 5));
    assert!(ids(&page(&app, json!({ "limit": 0 })).await).is_empty());
}

#[tokio::test]
async fn no_filter_or_search_of_a_user_finds_runs_of_others() {
    let app = TestApp::connected().await;
    let spring = list(&app, "Spring").await;
    let others = planned(&app, "lead", spring).await;
    app.hand_over_to_new("Ula User", "ula@example.com", "user").await;
    let own = planned(&app, "contact", spring).await;
    for (changes, found) in [
        (json!({ "search": "spring" }), vec![own]),
        (json!({ "kind": "export", "state": "planned" }), vec![own]),
        (json!({ "object": "lead" }), vec![]),
        (
            json!({ "search": "spring", "kind": "export", "object": "lead", "state": "planned" }),
            vec![],
        ),
    ] {
        let shown = page(&app, changes.clone()).await;
        assert_eq!(
            (ids(&shown), shown.total_runs),
            (found.clone(), 1),
            "{changes}, and run {others} is another's"
        );
        assert_eq!(shown.matching_runs as usize, found.len(), "{changes}");
    }
}
