//! Reports, beyond the 2,000 rows that one run gives.

use salesforce::{ReportFilter, ReportPage};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::support::{Answer, Org, Seen, client};

const REPORT: &str = "00OHs00000ABCDEMA1";
const INSTANCE: &str = "0LGHs00000ABCDEMA1";
const PATH: &str = "/services/data/v68.0/analytics/reports/00OHs00000ABCDEMA1";
/// As many as a real run gives would only make the test slow.
const CAP: usize = 4;

fn description(format: &str) -> Value {
    json!({ "reportMetadata": { "id": REPORT, "name": "Leads", "reportFormat": format, "detailColumns": ["LEAD_ID", "NAME"],
        "reportFilters": [{ "column": "STATUS", "operator": "equals", "value": "Open" }, { "column": "X", "operator": "equals", "value": "1" }],
        "reportBooleanFilter": "1 OR 2", "currency": "EUR" } })
}

/// Rows 10…(10 + rows), filtered and sorted as the run asks, never more than the cap.
fn run(seen: &Seen, rows: usize) -> Value {
    let metadata = &seen.json()["reportMetadata"];
    assert_eq!(metadata["currency"], "EUR");
    assert_eq!(
        metadata["sortBy"],
        json!([{ "sortColumn": "LEAD_ID", "sortOrder": "Asc" }])
    );
    let filters = metadata["reportFilters"].as_array().unwrap();
    let after = filters
        .iter()
        .find(|filter| filter["operator"] == "greaterThan")
        .map(|filter| {
            assert_eq!(metadata["reportBooleanFilter"], "(1 OR 2) AND 3");
            filter["value"].as_str().unwrap().to_owned()
        });
    let ids: Vec<String> = (10..10 + rows)
        .map(|number| format!("id{number}"))
        .filter(|id| after.as_ref().is_none_or(|after| id > after))
        .collect();
    let cells = |id: &String| json!({ "dataCells": [{ "label": id, "value": id }, { "label": "Nobody", "value": "Nobody" }] });
    json!({ "attributes": { "status": "Success" }, "allData": ids.len() <= CAP, "hasDetailRows": true, "reportMetadata": metadata,
        "factMap": { "T!T": { "aggregates": [], "rows": ids.iter().take(CAP).map(cells).collect::<Vec<_>>() } } })
}

#[tokio::test]
async fn every_row_of_a_long_report_is_read() {
    for rows in [0, 3, CAP, 11] {
        let org = Org::start(move |seen| {
            if seen.path.ends_with("/describe") {
                return Answer::json(200, &description("TABULAR"));
            }
            assert_eq!((&*seen.path, &*seen.query["includeDetails"]), (PATH, "true"));
            Answer::json(200, &run(seen, rows))
        })
        .await;
        let client = client(&org.address);
        let settings = client.describe_report(REPORT).await.unwrap();
        assert_eq!(settings.columns(), ["LEAD_ID", "NAME"]);
        let mut ids = Vec::new();
        let take = |page: ReportPage| ids.extend(page.rows.into_iter().map(|row| row.labels[0].clone()));
        let read = client
            .report_rows(REPORT, &settings, "LEAD_ID", &CancellationToken::new(), take)
            .await
            .unwrap();
        let expected: Vec<String> = (10..10 + rows).map(|number| format!("id{number}")).collect();
        assert_eq!((read, ids), (rows as u64, expected));
    }
}

#[tokio::test]
async fn keys_that_are_not_unique_and_grouped_reports_are_refused_rather_than_cut() {
    for (format, key, words) in [
        ("TABULAR", "NAME", "not unique"),
        ("SUMMARY", "LEAD_ID", "grouped"),
    ] {
        let org = Org::start(move |seen| {
            if seen.path.ends_with("/describe") {
                return Answer::json(200, &description(format));
            }
            let sent = Seen {
                body: seen
                    .body
                    .replace("\"sortColumn\":\"NAME\"", "\"sortColumn\":\"LEAD_ID\""),
                ..seen.clone()
            };
            Answer::json(200, &run(&sent, 11))
        })
        .await;
        let client = client(&org.address);
        let settings = client.describe_report(REPORT).await.unwrap();
        let error = client
            .report_rows(REPORT, &settings, key, &CancellationToken::new(), drop)
            .await
            .unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(org.seen().len(), 2);
    }
}

#[tokio::test]
async fn a_run_in_the_background_is_waited_for() {
    let org = Org::start(|seen| match seen.number {
        1 => Answer::json(200, &description("TABULAR")),
        2 => {
            let filters = seen.json()["reportMetadata"]["reportFilters"].as_array().unwrap().len();
            assert_eq!((seen.path.as_str(), filters), (&*format!("{PATH}/instances"), 3));
            Answer::json(200, &json!({ "id": INSTANCE, "status": "New", "requestDate": "2026-11-23T12:00:00Z" }))
        }
        3 => Answer::json(200, &json!({ "attributes": { "status": "Running" }, "factMap": null })),
        4 => Answer::json(
            200,
            &json!({ "attributes": { "status": "Success" }, "allData": true, "reportMetadata": { "detailColumns": ["NAME"] },
                     "factMap": { "T!T": { "rows": [{ "dataCells": [{ "label": "A", "value": null }] }] } } }),
        ),
        _ => Answer::json(200, &json!({ "attributes": { "status": "Error" } })),
    })
    .await;
    let client = client(&org.address);
    let filter = ReportFilter {
        column: "CITY".to_owned(),
        operator: "equals".to_owned(),
        value: "Ghent".to_owned(),
    };
    let settings = client.describe_report(REPORT).await.unwrap().with_filter(&filter);
    let started = client.start_report(REPORT, &settings).await.unwrap();
    assert_eq!((&*started.id, &*started.status), (INSTANCE, "New"));
    let go_on = CancellationToken::new();
    let page = client.report_result(REPORT, INSTANCE, &go_on).await.unwrap();
    assert_eq!((page.all_data, &*page.rows[0].labels[0]), (true, "A"));
    let error = client.report_result(REPORT, INSTANCE, &go_on).await.unwrap_err();
    assert_eq!(error.code(), "job_not_complete");
}
