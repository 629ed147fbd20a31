//! Jobs that fail or take long, and rows that are locked.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::csv_rows;
use crate::troubled::Caller;

fn leads(count: u32) -> String {
    let rows: Vec<String> = (0..count).map(|row| format!("Row {row},Company\n")).collect();
    format!("LastName,Company\n{}", rows.concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_fail_with_each_documented_reason_and_leave_rows_unprocessed() {
    let cases = [
        (
            json!("line_ending"),
            "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF",
        ),
        (
            json!("field_name_not_found"),
            "InvalidBatch : Field name not found : LastName",
        ),
        (json!("too_many_lock_failure"), "TooManyLockFailure : "),
        (json!("exceeded_quota"), "ExceededQuota : "),
        (json!("internal_server_error"), "InternalServerError : "),
        (
            json!({ "text": "InvalidBatch : Something else" }),
            "InvalidBatch : Something else",
        ),
    ];
    for (reason, words) in cases {
        let what = json!({ "fails": { "reason": reason, "after_rows": 250 } });
        let caller = Caller::with(
            json!({ "jobs": [{ "which": { "kind": "ingest", "object": "lead" }, "what": what }] }),
        )
        .await;
        let before = caller.count("Lead");
        let id = caller.ingest("Lead", leads(600)).await;
        let (info, _) = caller.ended(&format!("jobs/ingest/{id}")).await;
        assert_eq!(
            (&info["state"], &info["numberRecordsProcessed"]),
            (&json!("Failed"), &json!(250))
        );
        assert!(
            info["errorMessage"]
                .as_str()
                .is_some_and(|text| text.starts_with(words)),
            "{info}"
        );
        let mut rows = Vec::new();
        for kind in ["successfulResults", "failedResults", "unprocessedrecords"] {
            let text = caller
                .answer(&format!("jobs/ingest/{id}/{kind}"))
                .await
                .text()
                .await
                .expect("a text");
            rows.push(csv_rows(&text));
        }
        assert_eq!(rows, [250, 0, 350]);
        assert_eq!(caller.count("Lead"), before + 250);
        assert_eq!(caller.org.trouble_report().jobs[0].happened, 1);
        caller.org.shutdown().await;
    }
    let trouble = json!({ "jobs": [
        { "which": { "kind": "query" }, "when": { "first": 1 }, "what": { "fails": { "reason": "unsaid" } } },
        { "which": { "kind": "query" }, "when": { "nth": 2 }, "what": { "fails": { "reason": "exceeded_quota" } } },
    ] });
    let caller = Caller::with(trouble).await;
    for (state, message) in [
        ("Failed", Value::Null),
        ("Failed", json!("ExceededQuota : ApiBatchItems Limit exceeded.")),
        ("JobComplete", Value::Null),
    ] {
        let id = caller.query_job("SELECT Id FROM Lead").await;
        let (info, _) = caller.ended(&format!("jobs/query/{id}")).await;
        assert_eq!((&info["state"], &info["errorMessage"]), (&json!(state), &message));
    }
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_stay_in_progress_for_so_many_questions() {
    let caller = Caller::with(json!({ "jobs": [{ "what": { "stays_in_progress": { "polls": 5 } } }] })).await;
    let id = caller.ingest("Lead", leads(3)).await;
    let (info, polls) = caller.ended(&format!("jobs/ingest/{id}")).await;
    assert_eq!(info["numberRecordsProcessed"], 3);
    assert!(polls > 5, "{polls}");
    let id = caller.query_job("SELECT Id FROM Lead").await;
    let (info, polls) = caller.ended(&format!("jobs/query/{id}")).await;
    assert_eq!(info["state"], "JobComplete");
    assert!(polls > 5, "{polls}");
    let early = caller.query_job("SELECT Id FROM Lead").await;
    while caller.info(&format!("jobs/query/{early}")).await["numberRecordsProcessed"] == 0 {
        tokio::task::yield_now().await;
    }
    let results = caller.answer(&format!("jobs/query/{early}/results")).await;
    assert_eq!(
        results.status(),
        StatusCode::BAD_REQUEST,
        "results wait for the end"
    );
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_of_rows_is_locked_for_its_first_tries_however_it_is_written() {
    let caller =
        Caller::with(json!({ "row_locks": [{ "object": "Lead", "fraction": 0.25, "tries": 2, "seed": 9 }] }))
            .await;
    let before = caller.count("Lead");
    let record = |row: u32| json!({ "attributes": { "type": "Lead" }, "LastName": format!("Row {row}"), "Company": "Company" });
    let mut left: Vec<u32> = (0..200).collect();
    let mut refused_rows = Vec::new();
    while !left.is_empty() {
        let records: Vec<Value> = left.iter().map(|row| record(*row)).collect();
        let answer = caller.post(
            "composite/sobjects",
            &json!({ "allOrNone": false, "records": records }),
        );
        let results: Vec<Value> = answer
            .send()
            .await
            .expect("an answer")
            .json()
            .await
            .expect("results");
        left = left
            .into_iter()
            .zip(results)
            .filter(|(_, result)| result["success"] == false)
            .map(|(row, result)| {
                assert_eq!(result["errors"][0]["statusCode"], "UNABLE_TO_LOCK_ROW");
                row
            })
            .collect();
        refused_rows.push(left.len());
    }
    assert_eq!(refused_rows.len(), 3, "two tries are refused: {refused_rows:?}");
    assert_eq!(refused_rows[0], refused_rows[1]);
    assert!(
        (20..=80).contains(&refused_rows[0]),
        "about a quarter: {refused_rows:?}"
    );
    assert_eq!(caller.count("Lead"), before + 200);
    assert_eq!(
        caller.org.trouble_report().row_locks[0].happened,
        2 * refused_rows[0] as u64
    );

    let everything = json!({ "row_locks": [{ "object": "Account", "fraction": 1.0, "tries": 1 }] });
    caller.trouble(Method::POST, everything).await;
    let account = json!({ "Name": "Locked" });
    let mut statuses = Vec::new();
    for _ in 0..2 {
        let answer = caller
            .post("sobjects/Account", &account)
            .send()
            .await
            .expect("an answer");
        statuses.push(answer.status().as_u16());
    }
    assert_eq!(statuses, [400, 201], "a record alone");
    let id = caller.ingest("Account", "Name\nIn a job\n".to_owned()).await;
    let (info, _) = caller.ended(&format!("jobs/ingest/{id}")).await;
    assert_eq!(info["numberRecordsFailed"], 1, "a row of a job");
    let text = caller
        .answer(&format!("jobs/ingest/{id}/failedResults"))
        .await
        .text()
        .await
        .expect("a text");
    assert!(
        text.contains("UNABLE_TO_LOCK_ROW:unable to obtain exclusive access"),
        "{text}"
    );
    caller.org.shutdown().await;
}
