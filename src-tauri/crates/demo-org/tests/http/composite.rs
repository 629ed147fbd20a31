//! The composite resources: Composite, Graph, Tree and Batch, with references, rollback and limits.

use crate::caller::{Caller, answer};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const ACCOUNTS: &str = "/services/data/v60.0/sobjects/Account";
const CONTACTS: &str = "/services/data/v60.0/sobjects/Contact";

fn step(method: &str, url: &str, id: &str, body: &Value) -> Value {
    let mut step = json!({ "method": method, "url": url, "referenceId": id });
    if !body.is_null() {
        step["body"] = body.clone();
    }
    step
}

fn statuses(answer: &Value) -> Vec<u64> {
    let list = answer["compositeResponse"].as_array().expect("responses");
    list.iter()
        .map(|one| one["httpStatusCode"].as_u64().expect("a status"))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_refers_to_its_own_answers_and_costs_one_call() {
    let caller = Caller::new().await;
    let (_, before) = caller.get("limits").await;
    let query = "/services/data/v60.0/query?q=SELECT Id, Name, (SELECT LastName FROM Contacts) FROM Account \
                 WHERE Id = '@{account.id}'";
    let body = json!({ "allOrNone": true, "collateSubrequests": false, "compositeRequest": [
        step("POST", ACCOUNTS, "account", &json!({ "Name": "Referred & Sons" })),
        step("POST", CONTACTS, "contact", &json!({ "LastName": "Referring", "AccountId": "@{account.id}" })),
        step("GET", query, "found", &Value::Null),
        step("PATCH", &format!("{ACCOUNTS}/@{{found.records[0].Id}}"), "change",
             &json!({ "Description": "of @{found.records[0].Contacts.records[0].LastName}" })),
        step("GET", "/services/data/v60.0/sobjects/Account/@{account.id}?fields=Description", "read", &Value::Null),
    ]});
    let (status, answer) = caller.post("composite", &body).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(statuses(&answer), [201, 201, 200, 204, 200], "{answer}");
    let list = &answer["compositeResponse"];
    let id = list[0]["body"]["id"].as_str().expect("an id");
    assert_eq!(list[0]["referenceId"], "account");
    assert_eq!(list[0]["httpHeaders"]["Location"], format!("{ACCOUNTS}/{id}"));
    assert_eq!(list[2]["body"]["records"][0]["Name"], "Referred & Sons");
    assert_eq!(list[3]["body"], Value::Null);
    assert_eq!(list[4]["body"]["Description"], "of Referring");
    let (_, after) = caller.get("limits").await;
    let remaining = |limits: &Value| {
        limits["DailyApiRequests"]["Remaining"]
            .as_u64()
            .expect("a number")
    };
    assert_eq!(
        remaining(&before) - remaining(&after),
        2,
        "the series and the second look at the limits"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn all_or_none_takes_everything_back() {
    let caller = Caller::new().await;
    let (accounts, contacts) = (caller.count("Account"), caller.count("Contact"));
    let old = caller.query("SELECT Id, Name FROM Account LIMIT 2").await;
    let old_url = format!("{ACCOUNTS}/{}", old[0]["Id"].as_str().expect("an id"));
    let gone_url = format!("{ACCOUNTS}/{}", old[1]["Id"].as_str().expect("an id"));
    let body = json!({ "allOrNone": true, "compositeRequest": [
        step("POST", ACCOUNTS, "made", &json!({ "Name": "Never kept" })),
        step("PATCH", &old_url, "changed", &json!({ "Name": "Never renamed" })),
        step("DELETE", &gone_url, "deleted", &Value::Null),
        step("POST", CONTACTS, "bad", &json!({ "FirstName": "No last name", "AccountId": "@{made.id}" })),
        step("POST", ACCOUNTS, "later", &json!({ "Name": "Never made" })),
    ]});
    let (status, answer) = caller.post("composite", &body).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(statuses(&answer), [400; 5]);
    for place in [0, 1, 2, 4] {
        assert_eq!(
            answer["compositeResponse"][place]["body"],
            json!([{ "errorCode": "PROCESSING_HALTED", "message":
                "The transaction was rolled back since another operation in the same transaction failed." }])
        );
    }
    assert_eq!(
        answer["compositeResponse"][3]["body"][0]["errorCode"],
        "REQUIRED_FIELD_MISSING"
    );
    assert_eq!(
        (caller.count("Account"), caller.count("Contact")),
        (accounts, contacts)
    );
    let again = caller.query("SELECT Id, Name FROM Account LIMIT 2").await;
    assert_eq!(old, again);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_it_only_what_depends_on_a_failure_is_left_out() {
    let caller = Caller::new().await;
    let accounts = caller.count("Account");
    let body = json!({ "compositeRequest": [
        step("POST", ACCOUNTS, "bad", &json!({ "Site": "No name" })),
        step("POST", CONTACTS, "child", &json!({ "LastName": "Orphan", "AccountId": "@{bad.id}" })),
        step("POST", ACCOUNTS, "good", &json!({ "Name": "Kept" })),
        step("PUT", ACCOUNTS, "wrong", &Value::Null),
        step("GET", "/services/data/v60.0/sobjects/Nothing", "missing", &Value::Null),
    ]});
    let (_, answer) = caller.post("composite", &body).await;
    assert_eq!(statuses(&answer), [400, 400, 201, 405, 404], "{answer}");
    let why = &answer["compositeResponse"][1]["body"][0];
    assert_eq!(
        (&why["errorCode"], &why["message"]),
        (
            &json!("PROCESSING_HALTED"),
            &json!("Invalid reference specified. No value for bad.id found in bad")
        )
    );
    assert_eq!(caller.count("Account"), accounts + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn collections_in_a_series_obey_its_all_or_none() {
    let caller = Caller::new().await;
    let accounts = caller.count("Account");
    let records = json!({ "allOrNone": false, "records": [
        { "attributes": { "type": "Account" }, "Name": "Good" }, { "attributes": { "type": "Account" } },
    ]});
    let url = "/services/data/v60.0/composite/sobjects";
    for (outer, expected) in [(true, 0), (false, 1)] {
        let body = json!({ "allOrNone": outer, "compositeRequest": [step("POST", url, "rows", &records)] });
        let (_, answer) = caller.post("composite", &body).await;
        assert_eq!(statuses(&answer), [200]);
        assert_eq!(caller.count("Account"), accounts + expected, "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_belong_to_each_request() {
    let caller = Caller::new().await;
    let lead = json!({ "LastName": "Routed", "Company": "X" });
    let url = "/services/data/v60.0/sobjects/Lead";
    let mut mine = step("POST", url, "mine", &lead);
    mine["httpHeaders"] = json!({ "Sforce-Auto-Assign": "FALSE" });
    let body = json!({ "compositeRequest": [mine, step("POST", url, "ruled", &lead)] });
    caller.post("composite", &body).await;
    let found = caller
        .query("SELECT Owner.Name FROM Lead WHERE LastName = 'Routed' ORDER BY Id")
        .await;
    let owners: Vec<&Value> = found.iter().map(|lead| &lead["Owner"]["Name"]).collect();
    assert_eq!(owners, ["Demo Admin", "Priya Raman"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_series_is_refused_before_anything_is_done() {
    let caller = Caller::new().await;
    let accounts = caller.count("Account");
    let good = step("POST", ACCOUNTS, "good", &json!({ "Name": "Never made" }));
    let mut nameless = good.clone();
    nameless.as_object_mut().expect("an object").remove("referenceId");
    let mut inherited = step("POST", ACCOUNTS, "other", &json!({ "Name": "X" }));
    inherited["httpHeaders"] = json!({ "Authorization": "Bearer x" });
    let query = "/services/data/v60.0/query?q=SELECT+Id+FROM+Account";
    let numbered = |url: &str, count: usize| -> Vec<Value> {
        (0..count)
            .map(|number| step("GET", url, &format!("r{number}"), &Value::Null))
            .collect()
    };
    for (requests, code) in [
        (vec![good.clone(), nameless], "JSON_PARSER_ERROR"),
        (vec![good.clone(), good.clone()], "JSON_PARSER_ERROR"),
        (
            vec![good.clone(), step("POST", ACCOUNTS, "with-hyphen", &Value::Null)],
            "JSON_PARSER_ERROR",
        ),
        (vec![good.clone(), inherited], "JSON_PARSER_ERROR"),
        (numbered(ACCOUNTS, 26), "LIMIT_EXCEEDED"),
        (numbered(query, 6), "LIMIT_EXCEEDED"),
    ] {
        let (status, answer) = caller
            .post("composite", &json!({ "compositeRequest": requests }))
            .await;
        assert_eq!(
            (status, &answer[0]["errorCode"]),
            (StatusCode::BAD_REQUEST, &json!(code)),
            "{answer}"
        );
    }
    assert_eq!(caller.count("Account"), accounts);
    let (status, answer) = caller
        .post("composite", &json!({ "compositeRequest": numbered(query, 5) }))
        .await;
    assert_eq!((status, statuses(&answer)), (StatusCode::OK, vec![200; 5]));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_graph_stands_or_falls_as_one() {
    let caller = Caller::new().await;
    let (accounts, contacts) = (caller.count("Account"), caller.count("Contact"));
    let graph = |id: &str, contact: &Value| {
        json!({ "graphId": id, "compositeRequest": [
            step("POST", ACCOUNTS, "account", &json!({ "Name": format!("Graph {id}") })),
            step("POST", CONTACTS, "contact", contact),
        ]})
    };
    let good = json!({ "LastName": "Node", "AccountId": "@{account.id}" });
    let bad = json!({ "FirstName": "Node", "AccountId": "@{account.id}" });
    let (status, answer) = caller
        .post(
            "composite/graph",
            &json!({ "graphs": [graph("one", &good), graph("two", &bad)] }),
        )
        .await;
    assert_eq!(status, StatusCode::OK);
    let graphs = &answer["graphs"];
    assert_eq!(
        (&graphs[0]["graphId"], &graphs[0]["isSuccessful"]),
        (&json!("one"), &json!(true))
    );
    assert_eq!(statuses(&graphs[0]["graphResponse"]), [201, 201]);
    assert_eq!(graphs[1]["isSuccessful"], false);
    let halted = &graphs[1]["graphResponse"]["compositeResponse"][0]["body"][0]["errorCode"];
    assert_eq!(halted, "PROCESSING_HALTED");
    assert_eq!(
        (caller.count("Account"), caller.count("Contact")),
        (accounts + 1, contacts + 1)
    );

    let many = |graphs: usize, nodes: usize| -> Value {
        let nodes = |graph: usize| -> Vec<Value> {
            let node = |node| {
                step(
                    "POST",
                    ACCOUNTS,
                    &format!("n{graph}x{node}"),
                    &json!({ "Name": "Node" }),
                )
            };
            (0..nodes).map(node).collect()
        };
        let list = (0..graphs)
            .map(|graph| json!({ "graphId": format!("g{graph}"), "compositeRequest": nodes(graph) }));
        json!({ "graphs": list.collect::<Vec<_>>() })
    };
    for too_many in [many(76, 1), many(1, 501)] {
        let (status, answer) = caller.post("composite/graph", &too_many).await;
        assert_eq!(
            (status, &answer[0]["errorCode"]),
            (StatusCode::BAD_REQUEST, &json!("LIMIT_EXCEEDED"))
        );
    }
    let (_, answer) = caller.post("composite/graph", &many(1, 500)).await;
    assert_eq!(answer["graphs"][0]["isSuccessful"], true);
    assert_eq!(caller.count("Account"), accounts + 501);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tree_is_made_whole_or_not_at_all() {
    let caller = Caller::new().await;
    let (accounts, contacts) = (caller.count("Account"), caller.count("Contact"));
    let contact = |id: &str, email: &str| json!({ "attributes": { "type": "Contact", "referenceId": id }, "LastName": "Leaf", "Email": email });
    let tree = |email: &str| {
        json!({ "records": [
            { "attributes": { "type": "Account", "referenceId": "ref1" }, "Name": "Tree",
              "Contacts": { "records": [contact("ref2", "leaf@example.com"), contact("ref3", email)] } },
            { "attributes": { "type": "Account", "referenceId": "ref4" }, "Name": "Stump" },
        ]})
    };
    let (status, answer) = caller
        .post("composite/tree/Account", &tree("not an address"))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(
        answer,
        json!({ "hasErrors": true, "results": [{ "referenceId": "ref3", "errors": [{
            "statusCode": "INVALID_EMAIL_ADDRESS", "message": "Email: invalid email address: not an address",
            "fields": ["Email"] }] }] })
    );
    assert_eq!(
        (caller.count("Account"), caller.count("Contact")),
        (accounts, contacts)
    );

    let (status, answer) = caller
        .post("composite/tree/Account/", &tree("other@example.com"))
        .await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    assert_eq!(answer["hasErrors"], false);
    let results = answer["results"].as_array().expect("results");
    let ids: Vec<&Value> = results.iter().map(|result| &result["referenceId"]).collect();
    assert_eq!(ids, ["ref1", "ref4", "ref2", "ref3"]);
    let found = caller
        .query("SELECT AccountId FROM Contact WHERE LastName = 'Leaf'")
        .await;
    assert!(found.len() == 2 && found.iter().all(|leaf| leaf["AccountId"] == results[0]["id"]));

    let stump = |number: usize| {
        json!({ "attributes": { "type": "Account", "referenceId": format!("r{number}") },
                                        "Name": "Many" })
    };
    let many: Vec<Value> = (0..201).map(stump).collect();
    let (status, _) = caller
        .post("composite/tree/Account", &json!({ "records": many }))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let (status, answer) = caller
        .post(
            "composite/tree/Account",
            &json!({ "records": [stump(1), stump(1)] }),
        )
        .await;
    assert_eq!(
        (status, answer["results"].as_array().map(Vec::len)),
        (StatusCode::BAD_REQUEST, Some(2))
    );
    assert_eq!(caller.count("Account"), accounts + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_goes_on_or_halts() {
    let caller = Caller::new().await;
    let id = caller.query("SELECT Id FROM Account LIMIT 1").await[0]["Id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let url = format!("v60.0/sobjects/Account/{id}");
    let requests = json!([
        { "method": "PATCH", "url": url, "richInput": { "Name": "Batched" } },
        { "method": "GET", "url": "v60.0/sobjects/Nothing" },
        { "method": "GET", "url": format!("{url}?fields=Name,BillingPostalCode") },
    ]);
    for (halts, last) in [(false, 200), (true, 412)] {
        let body = json!({ "batchRequests": requests, "haltOnError": halts });
        let (status, answer) = caller.post("composite/batch", &body).await;
        assert_eq!((status, &answer["hasErrors"]), (StatusCode::OK, &json!(true)));
        let results = answer["results"].as_array().expect("results");
        let statuses: Vec<u64> = results
            .iter()
            .filter_map(|one| one["statusCode"].as_u64())
            .collect();
        assert_eq!(statuses, [204, 404, last]);
        assert_eq!(results[0]["result"], Value::Null);
        if halts {
            assert_eq!(results[2]["result"][0]["errorCode"], "BATCH_PROCESSING_HALTED");
        } else {
            assert_eq!(results[2]["result"]["Name"], "Batched");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_requests_neither_see_nor_disturb_what_is_taken_back() {
    let caller = Caller::new().await;
    let accounts = caller.count("Account");
    let halves = |number: usize| {
        let mut steps: Vec<Value> = (0..20)
            .map(|step_number| {
                step(
                    "POST",
                    ACCOUNTS,
                    &format!("r{step_number}"),
                    &json!({ "Name": format!("Held {number}") }),
                )
            })
            .collect();
        steps.push(step("POST", ACCOUNTS, "bad", &json!({ "Site": "No name" })));
        json!({ "allOrNone": true, "compositeRequest": steps })
    };
    let bodies: Vec<Value> = (0..20).map(halves).collect();
    let series = bodies
        .iter()
        .map(|body| answer(caller.request(Method::POST, "composite").json(body)));
    let body = json!({ "Name": "Kept" });
    let single = (0..20).map(|_| answer(caller.request(Method::POST, "sobjects/Account").json(&body)));
    let seen = (0..20).map(|_| caller.query("SELECT Id FROM Account WHERE Name LIKE 'Held%'"));
    let (series, single, seen) = tokio::join!(
        futures_util::future::join_all(series),
        futures_util::future::join_all(single),
        futures_util::future::join_all(seen)
    );
    assert!(series.iter().all(|(_, answer)| statuses(answer) == [400; 21]));
    assert!(single.iter().all(|(status, _)| *status == StatusCode::CREATED));
    assert!(
        seen.iter().all(Vec::is_empty),
        "a query saw records that were taken back"
    );
    assert_eq!(caller.count("Account"), accounts + 20);
    let kept = caller.query("SELECT Id FROM Account WHERE Name = 'Kept'").await;
    assert_eq!(kept.len(), 20);
    for (_, made) in &single {
        assert!(
            kept.iter().any(|account| account["Id"] == made["id"]),
            "{made} is not in the org"
        );
    }
}
