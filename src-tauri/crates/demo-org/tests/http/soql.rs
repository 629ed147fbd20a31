//! Queries through HTTP: pages of records and of children, plans, the recycle bin, refusals.

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

#[tokio::test(flavor = "multi_thread")]
async fn words_are_found_by_sosl_and_by_parameters() {
    let desk = Desk::open().await;
    let named = |name: &str| json!({ "Name": name, "Site": "Searched {place}" });
    let accounts = desk
        .create(
            "Account",
            vec![named("Zebrawood Timber"), named("Zebrafish Labs")],
        )
        .await;
    let contact = json!({ "LastName": "Zebrawood", "Email": "z@zebrawood.example", "Phone": "5559911887" });
    let contact = desk.create("Contact", vec![contact]).await.remove(0);
    let found = async |text: &str| -> Vec<String> {
        let (status, answer) = desk
            .get("/services/data/v60.0/search/", &[("q", text)], None)
            .await;
        assert_eq!(status, StatusCode::OK, "{text}: {answer}");
        let records = answer["searchRecords"].as_array().expect("records");
        let ids = records.iter().map(|record| record["Id"].as_str().expect("an id"));
        ids.map(str::to_owned).collect()
    };
    let both = found("FIND {zebrawood} IN ALL FIELDS RETURNING Account(Id, Name), Contact").await;
    assert_eq!(both, [accounts[0].clone(), contact.clone()]);
    let many = "FIND {zebra*} RETURNING Account(Id, Name WHERE Name LIKE 'Zebra%' ORDER BY Name LIMIT 1)";
    assert_eq!(found(many).await, [accounts[1].clone()]);
    assert_eq!(
        found("FIND {5559911887} IN PHONE FIELDS").await,
        std::slice::from_ref(&contact)
    );
    assert!(found("FIND {zebrawood} IN PHONE FIELDS").await.is_empty());
    assert_eq!(
        found("FIND {Searched \\{place\\}} RETURNING Account(Id) LIMIT 1")
            .await
            .len(),
        1
    );

    let parameters = [
        ("q", "zebrawood"),
        ("sobject", "Account"),
        ("Account.fields", "id,name"),
        ("Account.limit", "10"),
    ];
    let (_, answer) = desk
        .get("/services/data/v60.0/parameterizedSearch/", &parameters, None)
        .await;
    assert_eq!(answer["searchRecords"][0]["Name"], "Zebrawood Timber");
    let url = format!(
        "{}/services/data/v60.0/parameterizedSearch",
        desk.org.instance_url()
    );
    let body = json!({ "q": "zebrawood", "fields": ["Id"], "sobjects": [{ "name": "Contact", "fields": ["Email"] }], "in": "ALL" });
    let request = desk
        .client
        .post(url)
        .bearer_auth(desk.org.access_token())
        .json(&body);
    let answer: Value = request
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    assert_eq!(answer["searchRecords"][0]["Email"], "z@zebrawood.example");

    for text in [
        "",
        "FIND zebra",
        "FIND {z}",
        "FIND {zebra} RETURNING",
        "FIND {zebra} IN NO FIELDS",
        "FIND {zebra} LIMIT x",
    ] {
        let (code, _) = desk.fault("/services/data/v60.0/search", &[("q", text)]).await;
        assert_eq!(code, "MALFORMED_SEARCH", "{text}");
    }
    let (code, _) = desk
        .fault(
            "/services/data/v60.0/search",
            &[("q", "FIND {zebra} RETURNING Account(Foo)")],
        )
        .await;
    assert_eq!(code, "INVALID_FIELD");
    desk.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn functions_print_through_http() {
    let desk = Desk::open().await;
    let days = ["2026-03-09", "2026-11-30"].map(
        |day| json!({ "Name": "Formatted", "StageName": "Prospecting", "CloseDate": day, "Amount": 1234.5 }),
    );
    desk.create("Opportunity", days.to_vec()).await;
    let text = "SELECT StageName, FORMAT(MIN(CloseDate)) first, FORMAT(SUM(Amount)), CALENDAR_QUARTER(CloseDate) q FROM \
                Opportunity WHERE Name = 'Formatted' GROUP BY StageName, CALENDAR_QUARTER(CloseDate) ORDER BY \
                CALENDAR_QUARTER(CloseDate)";
    let answer = desk.query(text).await;
    let wanted = json!({
        "attributes": { "type": "AggregateResult" },
        "StageName": "Prospecting",
        "first": "3/9/2026",
        "expr0": "$1,234.50",
        "q": 1,
    });
    assert_eq!((&records(&answer)[0], records(&answer).len()), (&wanted, 2));
    desk.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn custom_objects_are_asked_like_standard_ones() {
    let desk = Desk::open().await;
    let account = desk
        .create("Account", vec![json!({ "Name": "Client of projects" })])
        .await
        .remove(0);
    let project = |name: &str, topics: &str, standup: &str| json!({ "Name": name, "Topics__c": topics, "Standup__c": standup, "Account__c": account });
    let projects = vec![
        project("One", "Data;Security", "09:00:00.000Z"),
        project("Two", "Training", "10:30:00.000Z"),
        project("Three", "Integration;Data", "11:00:00.000Z"),
    ];
    desk.create("Project__c", projects).await;
    for (condition, wanted) in [
        (
            "Topics__c INCLUDES ('Data;Security', 'Training')",
            vec!["One", "Two"],
        ),
        ("Topics__c EXCLUDES ('Data')", vec!["Two"]),
        ("Topics__c INCLUDES ('data')", vec!["One", "Three"]),
        ("Standup__c > 10:00:00Z", vec!["Three", "Two"]),
        (
            "account__r.NAME = 'Client of projects' AND Standup__c = 09:00:00.000Z",
            vec!["One"],
        ),
    ] {
        let text = format!(
            "SELECT Name, account__R.name FROM Project__c WHERE Account__c = '{account}' AND {condition} ORDER BY Name"
        );
        let answer = desk.query(&text).await;
        let names: Vec<&Value> = records(&answer).iter().map(|record| &record["Name"]).collect();
        let mut sorted = wanted;
        sorted.sort_unstable();
        assert_eq!(names, sorted, "{condition}");
        assert_eq!(records(&answer)[0]["Account__r"]["Name"], "Client of projects");
    }
    let text = format!(
        "SELECT (SELECT Name FROM projects__R ORDER BY Name LIMIT 1) FROM Account WHERE Id = '{account}'"
    );
    let answer = desk.query(&text).await;
    assert_eq!(records(&answer)[0]["Projects__r"]["records"][0]["Name"], "One");
    let path = "/services/data/v60.0/query";
    let (code, message) = desk
        .fault(
            path,
            &[("q", "SELECT Id FROM Project__c WHERE Topics__c LIKE '%Data%'")],
        )
        .await;
    assert_eq!(code, "INVALID_QUERY_FILTER_OPERATOR");
    assert!(
        message.ends_with("invalid operator on multipicklist field"),
        "{message}"
    );
    desk.org.shutdown().await;
}
