//! Bulk query jobs over generated records, through HTTP only: pages, locators, refusals, and cells that REST agrees with.

use demo_org::{DemoOrg, Options};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

struct Caller {
    org: DemoOrg,
    client: Client,
}

/// One page of results.
#[derive(Debug, PartialEq)]
struct Page {
    records: String,
    locator: String,
    text: String,
}

impl Caller {
    async fn new(contacts: u32) -> Self {
        // Another test of this process may have installed it already; either way there is one.
        drop(rustls::crypto::ring::default_provider().install_default());
        let options = Options {
            contacts,
            ..Options::default()
        };
        let org = DemoOrg::start(options).await.expect("a demo org");
        let client = Client::builder().no_proxy().build().expect("a client");
        Self { org, client }
    }

    async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> (StatusCode, Value) {
        let url = format!("{}{path}", self.org.instance_url());
        let mut request = self
            .client
            .request(method, url)
            .bearer_auth(self.org.access_token());
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.expect("an answer");
        let status = answer.status();
        (status, answer.json().await.unwrap_or(Value::Null))
    }

    async fn create(&self, operation: &str, query: &str) -> (StatusCode, Value) {
        let body = json!({ "operation": operation, "query": query });
        self.call(Method::POST, "/services/data/v60.0/jobs/query", Some(&body))
            .await
    }

    /// The path of a job that has completed.
    async fn job(&self, operation: &str, query: &str) -> String {
        let (status, info) = self.create(operation, query).await;
        assert_eq!(
            (status, &info["state"]),
            (StatusCode::OK, &json!("UploadComplete")),
            "{info}"
        );
        let path = format!(
            "/services/data/v60.0/jobs/query/{}",
            info["id"].as_str().expect("an id")
        );
        loop {
            let (_, info) = self.call(Method::GET, &path, None).await;
            if info["state"] == "JobComplete" {
                return path;
            }
            tokio::task::yield_now().await;
        }
    }

    async fn page(&self, path: &str) -> Page {
        let url = format!("{}{path}", self.org.instance_url());
        let answer = self
            .client
            .get(url)
            .bearer_auth(self.org.access_token())
            .send()
            .await;
        let answer = answer.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
        let header = |name: &str| {
            let value = answer.headers().get(name).expect(name);
            value.to_str().expect("plain text").to_owned()
        };
        Page {
            records: header("Sforce-NumberOfRecords"),
            locator: header("Sforce-Locator"),
            text: answer.text().await.expect("a text"),
        }
    }

    async fn query(&self, text: &str) -> Value {
        let url = format!("{}/services/data/v60.0/query", self.org.instance_url());
        let answer = self
            .client
            .get(url)
            .query(&[("q", text)])
            .bearer_auth(self.org.access_token())
            .send()
            .await;
        answer.expect("an answer").json().await.expect("a query result")
    }
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    rows.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_have_headers_and_locators_that_stay() {
    let caller = Caller::new(250).await;
    let job = caller.job("query", "SELECT Id, Name, Email FROM Contact").await;
    let whole = caller.page(&format!("{job}/results")).await;
    assert_eq!((whole.records.as_str(), whole.locator.as_str()), ("250", "null"));
    let mut locator = String::new();
    let mut joined = Vec::new();
    let mut sizes = Vec::new();
    while locator != "null" {
        let path = format!("{job}/results?maxRecords=100&locator={locator}");
        let page = caller.page(&path).await;
        assert_eq!(page, caller.page(&path).await, "a locator can be asked for again");
        let page_rows = rows(&page.text);
        assert_eq!(page_rows[0], ["Id", "Name", "Email"]);
        joined.extend_from_slice(&page_rows[1..]);
        sizes.push(page.records);
        locator = page.locator;
    }
    assert_eq!(sizes, ["100", "100", "50"]);
    assert_eq!(joined, rows(&whole.text)[1..]);
    let (_, info) = caller.call(Method::GET, &job, None).await;
    assert_eq!(info["numberRecordsProcessed"], 250);
    let (status, _) = caller
        .call(Method::GET, &format!("{job}/results?locator=invented"), None)
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_chooses_pages_and_lists_them() {
    let caller = Caller::new(320_000).await;
    let job = caller.job("query", "SELECT Id FROM Contact").await;
    let (status, first) = caller
        .call(Method::GET, &format!("{job}/resultPages"), None)
        .await;
    assert_eq!((status, &first["done"]), (StatusCode::OK, &json!(false)));
    assert_eq!(first["resultPages"].as_array().map(Vec::len), Some(5));
    let next = first["nextRecordsUrl"].as_str().expect("more pages");
    let (_, second) = caller.call(Method::GET, next, None).await;
    assert_eq!(
        (&second["done"], &second["nextRecordsUrl"]),
        (&json!(true), &Value::Null)
    );
    let listed = second["resultPages"].as_array().expect("pages");
    assert_eq!(listed.len(), 2);
    let last = caller
        .page(listed[1]["resultUrl"].as_str().expect("a path"))
        .await;
    assert_eq!((last.records.as_str(), last.locator.as_str()), ("20000", "null"));
    let before = caller
        .page(listed[0]["resultUrl"].as_str().expect("a path"))
        .await;
    assert_eq!(before.records, "50000");
    let after = caller
        .page(&format!("{job}/results?locator={}", before.locator))
        .await;
    assert_eq!(after, last);
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_rows_are_a_page_too() {
    let caller = Caller::new(20).await;
    let job = caller
        .job(
            "query",
            "SELECT Id, Name FROM Contact WHERE Email = 'nobody@nowhere.example'",
        )
        .await;
    let page = caller.page(&format!("{job}/results")).await;
    let empty = Page {
        records: "0".to_owned(),
        locator: "null".to_owned(),
        text: "\"Id\",\"Name\"\n".to_owned(),
    };
    assert_eq!(page, empty);
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn results_belong_to_one_version_and_deleted_jobs_are_gone() {
    let caller = Caller::new(20).await;
    let job = caller.job("query", "SELECT Id FROM Contact").await;
    let elsewhere = job.replace("v60.0", "v59.0");
    for path in ["/results", "/resultPages"] {
        let (status, _) = caller
            .call(Method::GET, &format!("{elsewhere}{path}"), None)
            .await;
        assert_eq!(status, StatusCode::CONFLICT);
    }
    assert_eq!(caller.call(Method::GET, &elsewhere, None).await.0, StatusCode::OK);
    assert_eq!(
        caller.call(Method::DELETE, &job, None).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        caller.call(Method::GET, &format!("{job}/results"), None).await.0,
        StatusCode::NOT_FOUND
    );
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_bulk_cannot_run_is_refused_at_once() {
    let caller = Caller::new(20).await;
    for (query, code) in [
        (
            "SELECT PermissionsApiEnabled FROM UserPermissionAccess",
            "INVALIDENTITY",
        ),
        ("SELECT MailingAddress FROM Contact", "FUNCTIONALITY_NOT_ENABLED"),
        ("SELECT COUNT() FROM Contact", "API_ERROR"),
        (
            "SELECT LastName, COUNT(Id) FROM Contact GROUP BY LastName",
            "API_ERROR",
        ),
        ("SELECT Id FROM Contact OFFSET 5", "API_ERROR"),
        ("SELECT Id, (SELECT Id FROM Contacts) FROM Account", "API_ERROR"),
        ("SELECT FIELDS(ALL) FROM Contact LIMIT 200", "MALFORMED_QUERY"),
        ("SELECT Nothing__c FROM Contact", "INVALID_FIELD"),
        ("SELECT Id FROM", "MALFORMED_QUERY"),
    ] {
        let (status, error) = caller.create("query", query).await;
        assert_eq!(
            (status, &error[0]["errorCode"]),
            (StatusCode::BAD_REQUEST, &json!(code)),
            "{query}: {error}"
        );
    }
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cells_say_what_rest_says() {
    let caller = Caller::new(1_500).await;
    let fields = "Id, FirstName, LastName, Name, Salutation, AccountId, Account.Name, Owner.Name, Email, MobilePhone, \
                  MailingStreet, Description, Title, HasOptedOutOfEmail, Birthdate, CreatedDate, LastModifiedById";
    let query = format!("SELECT {fields} FROM Contact");
    let job = caller.job("query", &query).await;
    let page = caller.page(&format!("{job}/results")).await;
    let names: Vec<&str> = fields.split(',').map(str::trim).collect();
    let found = rows(&page.text);
    assert_eq!(found[0], names);
    let rest = caller.query(&query).await;
    let records = rest["records"].as_array().expect("records");
    assert_eq!((found.len() - 1, records.len()), (1_500, 1_500));
    for (row, record) in found[1..].iter().zip(records) {
        for (name, cell) in names.iter().zip(row) {
            let shown = name.split('.').fold(record, |value, part| &value[part]);
            let text = match shown {
                Value::Null => String::new(),
                Value::String(text) => text.replace(".000+0000", ".000Z"),
                other => other.to_string(),
            };
            assert_eq!(*cell, text, "{name}");
        }
    }
    let awkward = |needle: &str| found.iter().flatten().any(|cell| cell.contains(needle));
    for needle in ["\n", "\"", ",", "é", "日本語"] {
        assert!(awkward(needle), "{needle:?}");
    }
    assert!(!page.text.contains('\0'));
    // Every cell is in quotes: what is outside of them is delimiters and line ends.
    let outside: String = page.text.split('"').step_by(2).collect();
    assert!(
        outside.chars().all(|character| matches!(character, ',' | '\n')),
        "{outside:?}"
    );
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_and_deleted_records_are_told_apart() {
    let caller = Caller::new(100).await;
    let all = caller.query("SELECT Id FROM Contact ORDER BY Id").await;
    let id = |place: usize| all["records"][place]["Id"].as_str().expect("an id").to_owned();
    let (changed, gone) = (id(1), id(2));
    let path = |id: &str| format!("/services/data/v60.0/sobjects/Contact/{id}");
    let body = json!({ "LastName": "Changed \"twice\"\nand again" });
    assert_eq!(
        caller.call(Method::PATCH, &path(&changed), Some(&body)).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        caller.call(Method::DELETE, &path(&gone), None).await.0,
        StatusCode::NO_CONTENT
    );
    let job = caller.job("query", "SELECT Id, LastName FROM Contact").await;
    let found = rows(&caller.page(&format!("{job}/results")).await.text);
    assert_eq!(found.len(), 1 + 99);
    assert_eq!(found[2], [changed, "Changed \"twice\"\nand again".to_owned()]);
    let job = caller
        .job(
            "queryAll",
            "SELECT Id, IsDeleted FROM Contact WHERE IsDeleted = true",
        )
        .await;
    let found = rows(&caller.page(&format!("{job}/results")).await.text);
    assert_eq!(found[1..], [[gone, "true".to_owned()]]);
    caller.org.shutdown().await;
}
