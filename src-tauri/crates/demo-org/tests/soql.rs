//! Queries through HTTP: pages of records and of children, plans, the recycle bin, refusals.
#![allow(clippy::expect_used, reason = "a test says what it relies on")]

use demo_org::{DemoOrg, Options};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

struct Desk {
    org: DemoOrg,
    client: Client,
}

impl Desk {
    async fn open() -> Self {
        // Another test of this process may have installed it already; either way there is one.
        drop(rustls::crypto::ring::default_provider().install_default());
        Self {
            org: DemoOrg::start(Options::default()).await.expect("a demo org"),
            client: Client::builder().no_proxy().build().expect("a client"),
        }
    }

    async fn get(&self, path: &str, query: &[(&str, &str)], page: Option<usize>) -> (StatusCode, Value) {
        let url = format!("{}{path}", self.org.instance_url());
        let mut request = self
            .client
            .get(url)
            .query(query)
            .bearer_auth(self.org.access_token());
        if let Some(rows) = page {
            request = request.header("Sforce-Query-Options", format!("batchSize={rows}"));
        }
        let answer = request.send().await.expect("an answer");
        (answer.status(), answer.json().await.expect("JSON"))
    }

    async fn query(&self, text: &str) -> Value {
        let (status, answer) = self
            .get("/services/data/v60.0/query/", &[("q", text)], None)
            .await;
        assert_eq!(status, StatusCode::OK, "{text}: {answer}");
        answer
    }

    async fn fault(&self, path: &str, query: &[(&str, &str)]) -> (String, String) {
        let (status, answer) = self.get(path, query, None).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{answer}");
        let text = |member: &str| answer[0][member].as_str().unwrap_or_default().to_owned();
        (text("errorCode"), text("message"))
    }

    async fn create(&self, object: &str, records: Vec<Value>) -> Vec<String> {
        let mut ids = Vec::new();
        for chunk in records.chunks(200) {
            let of_type = |record: &Value| {
                let mut record = record.clone();
                record["attributes"] = json!({ "type": object });
                record
            };
            let body = json!({ "allOrNone": true, "records": chunk.iter().map(of_type).collect::<Vec<_>>() });
            let url = format!(
                "{}/services/data/v60.0/composite/sobjects",
                self.org.instance_url()
            );
            let request = self
                .client
                .post(url)
                .bearer_auth(self.org.access_token())
                .json(&body);
            let answer: Value = request
                .send()
                .await
                .expect("an answer")
                .json()
                .await
                .expect("results");
            let results = answer.as_array().expect("an array");
            ids.extend(
                results
                    .iter()
                    .map(|result| result["id"].as_str().expect("an id").to_owned()),
            );
        }
        ids
    }

    async fn delete(&self, object: &str, id: &str) {
        let url = format!(
            "{}/services/data/v60.0/sobjects/{object}/{id}",
            self.org.instance_url()
        );
        let request = self.client.delete(url).bearer_auth(self.org.access_token());
        assert_eq!(
            request.send().await.expect("an answer").status(),
            StatusCode::NO_CONTENT
        );
    }
}

fn records(answer: &Value) -> &Vec<Value> {
    answer["records"].as_array().expect("records")
}

#[tokio::test(flavor = "multi_thread")]
async fn records_and_their_children_come_page_by_page() {
    let desk = Desk::open().await;
    let account = desk
        .create("Account", vec![json!({ "Name": "Large family" })])
        .await
        .remove(0);
    let contacts =
        (0..250).map(|number| json!({ "LastName": format!("Child {number:03}"), "AccountId": account }));
    desk.create("Contact", contacts.collect()).await;

    let text = format!("SELECT LastName FROM Contact WHERE AccountId = '{account}' ORDER BY LastName");
    let (_, first) = desk
        .get("/services/data/v60.0/query", &[("q", &text)], Some(200))
        .await;
    assert_eq!(
        (&first["totalSize"], &first["done"], records(&first).len()),
        (&json!(250), &json!(false), 200)
    );
    let next = first["nextRecordsUrl"].as_str().expect("a next page");
    let (_, last) = desk.get(next, &[], None).await;
    assert_eq!(
        (&last["totalSize"], &last["done"], records(&last).len()),
        (&json!(250), &json!(true), 50)
    );
    assert_eq!(last.get("nextRecordsUrl"), None);
    assert_eq!(records(&last)[49]["LastName"], "Child 249");

    let text = format!(
        "SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName), (SELECT Id FROM Opportunities) FROM Account WHERE Id = \
         '{account}'"
    );
    let (_, family) = desk
        .get("/services/data/v60.0/query", &[("q", &text)], Some(200))
        .await;
    let family = &records(&family)[0];
    let children = &family["Contacts"];
    assert_eq!(
        (&children["totalSize"], &children["done"], records(children).len()),
        (&json!(250), &json!(false), 200)
    );
    assert_eq!(family["Opportunities"], Value::Null);
    let next = children["nextRecordsUrl"].as_str().expect("more children");
    let (_, rest) = desk.get(next, &[], None).await;
    assert_eq!((&rest["done"], records(&rest).len()), (&json!(true), 50));
    assert_eq!(records(&rest)[0]["attributes"]["type"], "Contact");
    assert_eq!(records(&rest)[0]["LastName"], "Child 200");
    desk.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recycle_bin_is_seen_by_query_all_alone() {
    let desk = Desk::open().await;
    let account = desk
        .create("Account", vec![json!({ "Name": "Binned" })])
        .await
        .remove(0);
    let contacts = ["Kept", "Gone"].map(|name| json!({ "LastName": name, "AccountId": account }));
    let contacts = desk.create("Contact", contacts.to_vec()).await;
    desk.delete("Contact", &contacts[1]).await;
    let text = format!(
        "SELECT Id, IsDeleted, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account WHERE Id = '{account}'"
    );
    let mut seen = Vec::new();
    for resource in ["query", "queryAll"] {
        let path = format!("/services/data/v60.0/{resource}");
        let (_, answer) = desk.get(&path, &[("q", &text)], None).await;
        seen.push(records(&answer)[0]["Contacts"]["totalSize"].clone());
    }
    assert_eq!(seen, [json!(1), json!(2)]);
    let deleted = "SELECT Id FROM Contact WHERE IsDeleted = true AND LastName = 'Gone'";
    assert_eq!(desk.query(deleted).await["totalSize"], 0);
    let (_, all) = desk
        .get("/services/data/v60.0/queryAll/", &[("q", deleted)], None)
        .await;
    assert_eq!(all["totalSize"], 1);
    desk.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn plans_say_which_index_helps() {
    let desk = Desk::open().await;
    let account = desk
        .create("Account", vec![json!({ "Name": "Planned" })])
        .await
        .remove(0);
    let explain = async |text: &str| {
        let (status, answer) = desk
            .get("/services/data/v60.0/query/", &[("explain", text)], None)
            .await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer
    };
    let text = format!("SELECT Name FROM Account WHERE Id = '{account}' AND Site = 'x'");
    let answer = explain(&text).await;
    assert_eq!(answer["sourceQuery"], text);
    let plans = answer["plans"].as_array().expect("plans");
    let kinds: Vec<&Value> = plans.iter().map(|plan| &plan["leadingOperationType"]).collect();
    assert_eq!(kinds, ["Index", "TableScan"]);
    assert_eq!(
        (
            &plans[0]["cardinality"],
            &plans[0]["fields"],
            &plans[0]["sobjectType"],
            &plans[0]["sobjectCardinality"]
        ),
        (&json!(1), &json!(["Id"]), &json!("Account"), &json!(41))
    );
    assert_eq!(plans[0]["notes"][1]["fields"], json!(["Site"]));
    assert_eq!(plans[0]["notes"][1]["tableEnumOrId"], "Account");
    assert!(plans[0]["relativeCost"].as_f64() < plans[1]["relativeCost"].as_f64());
    let scan = explain("SELECT Name FROM Account").await;
    assert_eq!(scan["plans"].as_array().map(Vec::len), Some(1));
    let path = "/services/data/v60.0/query/";
    let (code, _) = desk.fault(path, &[("explain", "SELECT Foo FROM Account")]).await;
    assert_eq!(code, "INVALID_FIELD");
    desk.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_arrays_with_code_and_place() {
    let desk = Desk::open().await;
    let path = "/services/data/v60.0/query";
    let (code, message) = desk.fault(path, &[("q", "SELECT Id FORM Account")]).await;
    assert_eq!(code, "MALFORMED_QUERY");
    assert_eq!(
        message,
        "\nSELECT Id FORM Account\n          ^\nERROR at Row:1:Column:11\nunexpected token: 'FORM'"
    );
    let nothing = (
        "MALFORMED_QUERY".to_owned(),
        "A query string has to be specified".to_owned(),
    );
    assert_eq!(desk.fault(path, &[]).await, nothing);
    let locator = "/services/data/v60.0/query/01g000000000000AAA-2000";
    let unknown = (
        "INVALID_QUERY_LOCATOR".to_owned(),
        "invalid query locator".to_owned(),
    );
    assert_eq!(desk.fault(locator, &[]).await, unknown);
    desk.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_tell_whom_and_what_they_are_about() {
    let desk = Desk::open().await;
    let lead = desk
        .create(
            "Lead",
            vec![json!({ "LastName": "Asked", "Company": "Asking Ltd" })],
        )
        .await
        .remove(0);
    let account = desk
        .create("Account", vec![json!({ "Name": "About", "Phone": "123" })])
        .await
        .remove(0);
    desk.create(
        "Task",
        vec![
            json!({ "Subject": "Soql one", "WhoId": lead }),
            json!({ "Subject": "Soql two", "WhatId": account }),
        ],
    )
    .await;
    let answer = desk
        .query(
            "SELECT Subject, Who.Name, Who.Type, TYPEOF What WHEN Account THEN Phone ELSE Name END FROM Task WHERE Subject \
             LIKE 'Soql%' ORDER BY Subject",
        )
        .await;
    let [one, two] = records(&answer).as_slice() else {
        panic!("{answer}")
    };
    assert_eq!(one["Who"]["Type"], "Lead");
    assert_eq!(one["Who"]["Name"], "Asked");
    assert_eq!(one["Who"]["attributes"]["type"], "Name");
    assert_eq!(one["What"], Value::Null);
    assert_eq!(two["Who"], Value::Null);
    assert_eq!(
        (&two["What"]["attributes"]["type"], &two["What"]["Phone"]),
        (&json!("Account"), &json!("123"))
    );
    let about_leads = "SELECT COUNT() FROM Task WHERE Who.Type = 'Lead' AND Subject LIKE 'Soql%'";
    assert_eq!(desk.query(about_leads).await["totalSize"], 1);
    let joined = "SELECT Id FROM Account WHERE Id IN (SELECT WhatId FROM Task WHERE Subject = 'Soql two')";
    assert_eq!(records(&desk.query(joined).await)[0]["Id"], json!(account));
    desk.org.shutdown().await;
}
