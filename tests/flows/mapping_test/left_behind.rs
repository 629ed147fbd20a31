//! Records that a test could not delete at once: who cannot be reached, what may not be deleted, and whose they are.

use engine::Code;
use engine::contract::app::{AppState, Session};
use engine::contract::mapping::test::{MappingTest, TestState};
use serde_json::{Value, json};
use support::TestApp;
use support::mapping_rows::fixed;

use super::{asked, control, counts, last_test, lead_rows, test, trouble, writes};

#[tokio::test]
async fn a_record_that_cannot_be_deleted_is_told_opened_and_cleaned_later() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    control(
        &app,
        "undeletable",
        json!({ "object": "Lead", "undeletable": true }),
    )
    .await;
    let done = test(&app, "lead", &lead_rows()).await;
    assert_eq!(
        (done.state, done.deleted),
        (TestState::Passed, false),
        "{done:#?}"
    );
    let record = &done.records[0];
    let id = record.salesforce_id.clone().unwrap();
    assert!(
        !record.deleted && record.sentence.contains("DELETE_FAILED"),
        "{record:?}"
    );
    assert!(done.sentence.contains(&id), "{}", done.sentence);
    let _: Value = app
        .call(
            "mapping.open_record",
            json!({ "test": done.test, "salesforce_id": id }),
        )
        .await;
    assert!(
        app.host
            .opened_pages()
            .iter()
            .any(|page| page.ends_with(&format!("/Lead/{id}/view")))
    );
    let other = json!({ "test": done.test, "salesforce_id": "00Q000000000001AAA" });
    assert_eq!(app.fault("mapping.open_record", other).await.code, Code::NotFound);

    let still: MappingTest = app.call("mapping.clean_test", json!({ "test": done.test })).await;
    assert!(!still.deleted);
    control(
        &app,
        "undeletable",
        json!({ "object": "Lead", "undeletable": false }),
    )
    .await;
    let cleaned: MappingTest = app.call("mapping.clean_test", json!({ "test": done.test })).await;
    assert!(cleaned.deleted && cleaned.records[0].deleted, "{cleaned:#?}");
    assert_eq!(cleaned.state, TestState::Passed);
    assert_eq!(counts(&app.org), before);
}

#[tokio::test]
async fn the_next_start_deletes_what_could_not_be_deleted() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    control(
        &app,
        "undeletable",
        json!({ "object": "Contact", "undeletable": true }),
    )
    .await;
    let rows = [fixed("Okafor", "LastName")];
    let done = test(&app, "contact", &rows).await;
    assert_eq!(
        done.records.iter().filter(|record| !record.deleted).count(),
        2,
        "{done:#?}"
    );
    control(
        &app,
        "undeletable",
        json!({ "object": "Contact", "undeletable": false }),
    )
    .await;
    let next = app.reopen().await;
    let told = engine::recover_mapping_tests(&next).await.unwrap();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(counts(&app.org), before);
    assert!(last_test(&next, "contact").await.deleted);
    assert!(engine::recover_mapping_tests(&next).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_window_deletes_what_was_left_as_it_opens() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    let delete = json!({ "family": "record", "method": "DELETE" });
    trouble(&app, &delete, &json!("always"), &json!("cut_before_acting"));
    let done = test(&app, "lead", &lead_rows()).await;
    assert!(!done.deleted, "{done:#?}");
    app.org.clear_trouble();
    let next = app.reopen_resuming().await;
    let mut events = next.watch();
    while !last_test(&next, "lead").await.deleted {
        let _told = events.recv().await;
    }
    assert_eq!(counts(&app.org), before);
}

#[tokio::test]
async fn a_session_that_expires_between_create_and_delete_is_renewed() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    for method in ["GET", "DELETE"] {
        let which = json!({ "family": "record", "method": method, "path": "*/sobjects/Lead/*" });
        trouble(&app, &which, &json!({ "first": 1 }), &json!("sessions_expire"));
        let done = test(&app, "lead", &lead_rows()).await;
        assert_eq!(
            (done.state, done.deleted),
            (TestState::Passed, true),
            "{method}: {done:#?}"
        );
        app.org.clear_trouble();
    }
    assert_eq!(counts(&app.org), before);
}

#[tokio::test]
async fn a_session_that_ends_leaves_a_record_that_the_next_login_deletes() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    let which = json!({ "family": "record", "method": "GET", "path": "*/sobjects/Lead/*" });
    trouble(&app, &which, &json!({ "first": 1 }), &json!("grants_end"));
    let done = test(&app, "lead", &lead_rows()).await;
    assert_eq!(
        (done.state, done.deleted),
        (TestState::Interrupted, false),
        "{done:#?}"
    );
    let id = done.records[0].salesforce_id.clone().unwrap();
    assert!(done.sentence.contains(&id), "{}", done.sentence);
    let state: AppState = app.call("app.state", json!({})).await;
    assert_eq!(state.session, Session::SignedOut);
    assert_eq!(app.org.record_count("Lead").unwrap(), before[2] + 1);

    app.connect().await;
    assert_eq!(counts(&app.org), before);
    let after = last_test(app.engine(), "lead").await;
    assert!(after.deleted && after.sentence.contains(&id), "{after:#?}");
    assert!(
        after.sentence.contains("was deleted at the next start"),
        "{}",
        after.sentence
    );
}

#[tokio::test]
async fn a_lost_answer_at_any_step_is_made_good() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    for (method, what) in [
        ("POST", "lost_reply"),
        ("GET", "lost_reply"),
        ("GET", "cut_before_acting"),
        ("DELETE", "lost_reply"),
        ("DELETE", "cut_before_acting"),
    ] {
        let which = json!({ "family": "record", "method": method, "path": "*/sobjects/Lead*" });
        trouble(&app, &which, &json!({ "first": 1 }), &json!(what));
        app.org.forget_calls();
        let done = test(&app, "lead", &lead_rows()).await;
        assert_eq!(
            (done.state, done.deleted),
            (TestState::Passed, true),
            "{method} {what}: {done:#?}"
        );
        let posts = writes(&app.org)
            .iter()
            .filter(|call| call.starts_with("POST"))
            .count();
        assert_eq!(posts, 1, "a record is never made twice");
        app.org.clear_trouble();
        assert_eq!(counts(&app.org), before, "{method} {what}");
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_at_any_step_of_a_contact_leaves_neither_record() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    let rows = [fixed("Ada", "FirstName"), fixed("Okafor", "LastName")];
    for (method, path) in [
        ("POST", "*/sobjects/Account"),
        ("POST", "*/sobjects/Contact"),
        ("GET", "*/sobjects/Contact/*"),
        ("DELETE", "*/sobjects/Contact/*"),
        ("DELETE", "*/sobjects/Account/*"),
    ] {
        for what in ["lost_reply", "cut_before_acting"] {
            let which = json!({ "family": "record", "method": method, "path": path });
            trouble(&app, &which, &json!({ "first": 1 }), &json!(what));
            app.org.forget_calls();
            let done = test(&app, "contact", &rows).await;
            // A record that was never made is not sent again, as nobody knows that it was not.
            let never_made = (method, what) == ("POST", "cut_before_acting");
            let expected = if never_made {
                TestState::Interrupted
            } else {
                TestState::Passed
            };
            assert_eq!(done.state, expected, "{method} {path} {what}: {done:#?}");
            assert!(done.deleted || never_made, "{method} {path} {what}: {done:#?}");
            let mut posts = writes(&app.org);
            posts.retain(|call| call.starts_with("POST"));
            let all = posts.len();
            posts.dedup();
            assert_eq!(posts.len(), all, "a record is never made twice");
            app.org.clear_trouble();
            assert_eq!(counts(&app.org), before, "{method} {path} {what}");
        }
    }
}

#[tokio::test]
async fn a_network_that_stays_away_interrupts_and_lists_the_record() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    // Before the record is made: whether it was is not known, and it is not sent again.
    let create = json!({ "family": "record", "method": "POST" });
    trouble(&app, &create, &json!("always"), &json!("cut_before_acting"));
    let done = test(&app, "lead", &lead_rows()).await;
    assert_eq!(
        (done.state, done.deleted),
        (TestState::Interrupted, false),
        "{done:#?}"
    );
    assert_eq!(
        (done.records.len(), done.records[0].salesforce_id.as_ref()),
        (1, None)
    );
    assert_eq!(counts(&app.org), before);
    app.org.clear_trouble();

    // While it is read back: it is deleted all the same.
    let read = json!({ "family": "record", "method": "GET" });
    trouble(&app, &read, &json!("always"), &json!("cut_before_acting"));
    let done = test(&app, "lead", &lead_rows()).await;
    assert_eq!(
        (done.state, done.deleted),
        (TestState::Interrupted, true),
        "{done:#?}"
    );
    assert_eq!(counts(&app.org), before);
    app.org.clear_trouble();

    // While it is deleted: it is listed, and the next try deletes it.
    let delete = json!({ "family": "record", "method": "DELETE" });
    trouble(&app, &delete, &json!("always"), &json!("cut_before_acting"));
    let done = test(&app, "lead", &lead_rows()).await;
    assert_eq!(
        (done.state, done.deleted),
        (TestState::Interrupted, false),
        "{done:#?}"
    );
    assert!(done.records[0].salesforce_id.is_some());
    app.org.clear_trouble();
    let cleaned: MappingTest = app.call("mapping.clean_test", json!({ "test": done.test })).await;
    assert!(cleaned.deleted, "{cleaned:#?}");
    assert_eq!(counts(&app.org), before);
}

#[tokio::test]
async fn nothing_is_deleted_when_several_records_may_be_the_tests_own() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    // The record is made, but neither the answer nor a search comes through.
    let create = json!({ "family": "record", "method": "POST" });
    trouble(&app, &create, &json!({ "first": 1 }), &json!("lost_reply"));
    trouble(
        &app,
        &json!({ "family": "query" }),
        &json!("always"),
        &json!("cut_before_acting"),
    );
    let done = test(&app, "lead", &lead_rows()).await;
    assert_eq!(done.state, TestState::Interrupted, "{done:#?}");
    app.org.clear_trouble();
    // The same person makes a lead with the same values in the meantime.
    let made = reqwest::Client::new()
        .post(format!(
            "{}/services/data/v60.0/sobjects/Lead",
            app.org.instance_url()
        ))
        .bearer_auth(app.org.access_token())
        .json(&json!({ "LastName": "Okafor", "Company": "Tarn and Company" }))
        .send()
        .await
        .unwrap();
    assert!(made.status().is_success());
    let looked: MappingTest = app.call("mapping.clean_test", json!({ "test": done.test })).await;
    assert!(!looked.deleted);
    assert_eq!(looked.records.len(), 2, "{looked:#?}");
    assert!(
        looked
            .records
            .iter()
            .all(|record| !record.deleted && record.salesforce_id.is_some())
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before[2] + 2);
    // Once one of them is gone, the other may still be somebody's.
    let id = looked.records[0].salesforce_id.clone().unwrap();
    let gone = reqwest::Client::new()
        .delete(format!(
            "{}/services/data/v60.0/sobjects/Lead/{id}",
            app.org.instance_url()
        ))
        .bearer_auth(app.org.access_token())
        .send()
        .await
        .unwrap();
    assert!(gone.status().is_success());
    let looked: MappingTest = app.call("mapping.clean_test", json!({ "test": done.test })).await;
    assert_eq!((looked.deleted, looked.records.len()), (false, 1), "{looked:#?}");
    assert_eq!(app.org.record_count("Lead").unwrap(), before[2] + 1);
}

#[tokio::test]
async fn one_test_runs_at_a_time_in_a_workspace() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    let other = app.reopen().await;
    let rows = lead_rows();
    let (one, two) = tokio::join!(
        app.engine().call("mapping.test", asked("lead", &rows)),
        other.call("mapping.test", asked("lead", &rows))
    );
    let busy = match (one, two) {
        (Ok(_), Err(fault)) | (Err(fault), Ok(_)) => fault,
        both => panic!("{both:?}"),
    };
    assert_eq!(busy.code, Code::WorkspaceBusy);
    assert!(busy.sentence.contains("being tested"), "{busy}");
    assert_eq!(counts(&app.org), before);
}
