//! Reports: list, description, runs at once and in the background, filters, order, the cap and the limits.

use crate::caller::{Caller, answer, send};
use demo_org::Options;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

async fn report(caller: &Caller, name: &str) -> String {
    let found = caller
        .query(&format!("SELECT Id FROM Report WHERE DeveloperName = '{name}'"))
        .await;
    format!("analytics/reports/{}", found[0]["Id"].as_str().expect("an id"))
}

/// The values of one column of a run.
fn values(run: &Value, column: &str) -> Vec<Value> {
    let columns = run["reportMetadata"]["detailColumns"]
        .as_array()
        .expect("columns");
    let place = columns
        .iter()
        .position(|name| name == column)
        .expect("the column");
    let rows = run["factMap"]["T!T"]["rows"].as_array().expect("rows");
    rows.iter()
        .map(|row| row["dataCells"][place]["value"].clone())
        .collect()
}

fn wanted(metadata: &Value) -> Value {
    json!({ "reportMetadata": metadata })
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_are_listed_and_described() {
    let caller = Caller::new().await;
    let records = caller
        .query("SELECT Id, Name, DeveloperName, FolderName, Format, LastRunDate FROM Report")
        .await;
    let (status, list) = caller.get("analytics/reports").await;
    assert_eq!(
        (status, list.as_array().map(Vec::len)),
        (StatusCode::OK, Some(records.len()))
    );
    for record in &records {
        assert_eq!(
            (&record["FolderName"], &record["Format"]),
            (&json!("Sales Lists"), &json!("Tabular"))
        );
        let id = record["Id"].as_str().expect("an id");
        assert!(id.starts_with("00O"));
        let entry = list
            .as_array()
            .expect("a list")
            .iter()
            .find(|entry| entry["id"] == id)
            .expect("an entry");
        let url = format!("/services/data/v60.0/analytics/reports/{id}");
        assert_eq!(
            entry,
            &json!({ "id": id, "name": record["Name"], "url": url, "describeUrl": format!("{url}/describe"),
                     "instancesUrl": format!("{url}/instances") })
        );
        let (_, described) = caller.get(&format!("{url}/describe")).await;
        let metadata = &described["reportMetadata"];
        assert_eq!(
            (&metadata["id"], &metadata["reportFormat"]),
            (&json!(id), &json!("TABULAR"))
        );
        let columns = &described["reportTypeMetadata"]["categories"][0]["columns"];
        for column in metadata["detailColumns"].as_array().expect("columns") {
            let name = column.as_str().expect("a name");
            let info = &described["reportExtendedMetadata"]["detailColumnInfo"][name];
            assert!(
                info["label"].is_string() && info["dataType"].is_string(),
                "{name}: {info}"
            );
            assert_eq!(columns[name]["dataType"], info["dataType"]);
        }
    }
    let (status, fault) = caller.get("analytics/reports/00O000000000001AAA").await;
    assert_eq!(
        (status, &fault[0]["errorCode"]),
        (StatusCode::NOT_FOUND, &json!("NOT_FOUND"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_reads_the_records_of_the_org() {
    let caller = Caller::new().await;
    let url = report(&caller, "All_Contacts").await;
    let (status, run) = caller.get(&format!("{url}?includeDetails=true")).await;
    assert_eq!(status, StatusCode::OK, "{run}");
    assert_eq!(
        (&run["allData"], &run["hasDetailRows"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(run["attributes"]["type"], "Report");
    assert_eq!(
        run["factMap"]["T!T"]["aggregates"],
        json!([{ "label": "120", "value": 120 }])
    );
    assert_eq!(run["groupingsDown"], json!({ "groupings": [] }));
    let records = caller
        .query("SELECT Id, LastName, Email, AccountId FROM Contact")
        .await;
    let of = |name: &str| {
        records
            .iter()
            .map(|record| record[name].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(values(&run, "CONTACT_ID"), of("Id"));
    assert_eq!(values(&run, "EMAIL"), of("Email"));
    assert_eq!(
        values(&run, "ACCOUNT.NAME"),
        of("AccountId"),
        "a name's value is its record"
    );
    let (_, brief) = caller.get(&url).await;
    assert_eq!(
        (&brief["hasDetailRows"], &brief["factMap"]["T!T"]["rows"]),
        (&json!(false), &Value::Null)
    );
    caller
        .post("sobjects/Contact", &json!({ "LastName": "Reported" }))
        .await;
    let (_, again) = caller.get(&url).await;
    assert_eq!(again["factMap"]["T!T"]["aggregates"][0]["value"], 121);
}

fn filter(column: &str, operator: &str, value: &str) -> Value {
    json!({ "column": column, "operator": operator, "value": value })
}

type Rule<'rule> = Box<dyn Fn(&Value) -> bool + 'rule>;

#[tokio::test(flavor = "multi_thread")]
async fn filters_can_be_asked_for() {
    let caller = Caller::new().await;
    let accounts = report(&caller, "All_Accounts").await;
    let url = format!("{accounts}?includeDetails=true");
    let all = caller
        .query("SELECT Id, Name, Industry, NumberOfEmployees, CreatedDate FROM Account")
        .await;
    let industry = all
        .iter()
        .find_map(|account| account["Industry"].as_str())
        .expect("an industry");
    let day = &all[0]["CreatedDate"].as_str().expect("a date")[..10];
    let employees = |account: &Value| account["NumberOfEmployees"].as_f64();
    let cases: Vec<(Value, Value, Rule<'_>)> = vec![
        (
            json!([filter("INDUSTRY", "equals", industry)]),
            Value::Null,
            Box::new(|a| a["Industry"] == industry),
        ),
        (
            json!([filter("INDUSTRY", "notEqual", industry)]),
            Value::Null,
            Box::new(|a| a["Industry"] != industry),
        ),
        (
            json!([filter("EMPLOYEES", "greaterThan", "500")]),
            Value::Null,
            Box::new(|a| employees(a) > Some(500.0)),
        ),
        (
            json!([filter("CREATED_DATE", "equals", day)]),
            Value::Null,
            Box::new(|a| {
                a["CreatedDate"]
                    .as_str()
                    .is_some_and(|date| date.starts_with(day))
            }),
        ),
        (
            json!([filter("ACCOUNT.NAME", "contains", "an")]),
            Value::Null,
            Box::new(|a| {
                a["Name"]
                    .as_str()
                    .is_some_and(|name| name.to_lowercase().contains("an"))
            }),
        ),
        (
            json!([
                filter("INDUSTRY", "equals", industry),
                filter("EMPLOYEES", "lessOrEqual", "500")
            ]),
            json!("1 OR (NOT 2)"),
            Box::new(|a| a["Industry"] == industry || employees(a).is_none_or(|count| count > 500.0)),
        ),
    ];
    for (filters, boolean, holds) in cases {
        let body = wanted(&json!({ "reportFilters": filters, "reportBooleanFilter": boolean }));
        let (status, run) = caller.post(&url, &body).await;
        assert_eq!(status, StatusCode::OK, "{run}");
        let expected: Vec<Value> = all.iter().filter(|a| holds(a)).map(|a| a["Id"].clone()).collect();
        assert!(
            !expected.is_empty() && expected.len() < all.len(),
            "{filters} tells nothing"
        );
        assert_eq!(values(&run, "ACCOUNT_ID"), expected, "{filters}");
        assert_eq!(
            run["reportMetadata"]["reportFilters"][0]["value"],
            filters[0]["value"]
        );
    }
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn order_and_columns_can_be_asked_for() {
    let caller = Caller::new().await;
    let accounts = report(&caller, "All_Accounts").await;
    let url = format!("{accounts}?includeDetails=true");
    let all = caller.query("SELECT Id FROM Account").await;
    let body = wanted(&json!({
        "detailColumns": ["EMPLOYEES", "ACCOUNT_ID"],
        "sortBy": [{ "sortColumn": "ACCOUNT_ID", "sortOrder": "Desc" }],
    }));
    let (_, run) = caller.post(&url, &body).await;
    let mut ids: Vec<Value> = all.iter().map(|account| account["Id"].clone()).collect();
    ids.reverse();
    assert_eq!(values(&run, "ACCOUNT_ID"), ids);
    assert_eq!(
        run["factMap"]["T!T"]["rows"][0]["dataCells"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );

    let many: Vec<Value> = (0..21).map(|_| filter("INDUSTRY", "equals", "x")).collect();
    for wrong in [
        json!({ "reportFilters": many }),
        json!({ "reportFilters": [filter("NO_SUCH", "equals", "x")] }),
        json!({ "reportFilters": [filter("EMPLOYEES", "equals", "many")] }),
        json!({ "reportFilters": [filter("INDUSTRY", "resembles", "x")] }),
        json!({ "reportFilters": [filter("INDUSTRY", "equals", "x")], "reportBooleanFilter": "1 AND 2" }),
        json!({ "detailColumns": ["NO_SUCH"] }),
        json!({ "sortBy": [{ "sortColumn": "NO_SUCH", "sortOrder": "Asc" }] }),
        json!({ "detailColumns": vec!["INDUSTRY"; 101] }),
    ] {
        let (status, fault) = caller.post(&url, &wanted(&wrong)).await;
        assert_eq!(
            (status, &fault[0]["errorCode"]),
            (StatusCode::BAD_REQUEST, &json!("BAD_REQUEST")),
            "{wrong}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_stop_at_two_thousand_and_go_on_behind_the_last_key() {
    let caller = Caller::of(Options {
        contacts: 4_100,
        ..Options::default()
    })
    .await;
    let url = format!("{}?includeDetails=true", report(&caller, "All_Contacts").await);
    let mut ids: Vec<String> = Vec::new();
    let mut sizes = Vec::new();
    loop {
        let filters = match ids.last() {
            None => json!([]),
            Some(last) => json!([{ "column": "CONTACT_ID", "operator": "greaterThan", "value": last }]),
        };
        let sort = json!([{ "sortColumn": "CONTACT_ID", "sortOrder": "Asc" }]);
        let (_, run) = caller
            .post(
                &url,
                &wanted(&json!({ "reportFilters": filters, "sortBy": sort })),
            )
            .await;
        let page = values(&run, "CONTACT_ID");
        sizes.push((
            page.len(),
            run["factMap"]["T!T"]["aggregates"][0]["value"].as_u64(),
        ));
        ids.extend(page.iter().map(|id| id.as_str().expect("an id").to_owned()));
        if run["allData"] == true {
            break;
        }
    }
    assert_eq!(sizes, [(2000, Some(4100)), (2000, Some(2100)), (100, Some(100))]);
    ids.dedup();
    assert_eq!(ids.len(), 4_100);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_background_run_goes_from_new_over_running_to_success() {
    let mut options = Options::default();
    options.trouble.holds_jobs = true;
    let caller = Caller::of(options).await;
    let url = report(&caller, "Open_Leads").await;
    let (status, started) = caller
        .post(&format!("{url}/instances?includeDetails=true"), &json!({}))
        .await;
    assert_eq!(
        (status, &started["status"]),
        (StatusCode::OK, &json!("New")),
        "{started}"
    );
    let instance = started["url"].as_str().expect("a url").to_owned();
    let id = started["id"].as_str().expect("an id");
    assert!(id.starts_with("0LG") && instance.ends_with(id));
    let state = |run: &Value| {
        run["attributes"]["status"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let running = loop {
        let (_, run) = caller.get(&instance).await;
        if state(&run) != "New" {
            break run;
        }
    };
    assert_eq!(
        (state(&running).as_str(), &running["factMap"]),
        ("Running", &Value::Null)
    );
    let release = caller
        .request(Method::POST, "/demo/jobs/release")
        .header("X-Demo-Control", "1");
    send(release).await;
    let done = loop {
        let (_, run) = caller.get(&instance).await;
        if state(&run) != "Running" {
            break run;
        }
    };
    assert_eq!(state(&done), "Success");
    let (_, at_once) = caller.get(&format!("{url}?includeDetails=true")).await;
    assert_eq!(done["factMap"], at_once["factMap"]);
    let (_, list) = caller.get(&format!("{url}/instances")).await;
    assert_eq!(
        (&list[0]["id"], &list[0]["status"]),
        (&json!(id), &json!("Success"))
    );
    assert!(list[0]["completionDate"].is_string());
    let (status, _) = answer(caller.request(Method::DELETE, &instance)).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(caller.get(&instance).await.0, StatusCode::NOT_FOUND);
    assert_eq!(caller.get(&format!("{url}/instances")).await.1, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_has_five_hundred_runs() {
    let caller = Caller::new().await;
    let url = report(&caller, "My_Accounts").await;
    for _ in 0..500 {
        assert_eq!(caller.get(&url).await.0, StatusCode::OK);
    }
    let (_, limits) = caller.get("limits").await;
    assert_eq!(
        limits["HourlySyncReportRuns"],
        json!({ "Max": 500, "Remaining": 0 })
    );
    let (status, fault) = caller.get(&url).await;
    assert_eq!(
        (status, &fault[0]["errorCode"]),
        (StatusCode::FORBIDDEN, &json!("REQUEST_LIMIT_EXCEEDED"))
    );
}
