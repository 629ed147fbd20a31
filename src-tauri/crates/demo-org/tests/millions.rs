//! An org of millions: it holds none of them in memory, finds each, and keeps what is written on top.
#![allow(clippy::expect_used, reason = "a test says what it relies on")]

use demo_org::{DemoOrg, Options};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

const MILLIONS: u32 = 2_000_000;

struct Caller {
    org: DemoOrg,
    client: Client,
}

impl Caller {
    async fn new() -> Self {
        // Another test of this process may have installed it already; either way there is one.
        drop(rustls::crypto::ring::default_provider().install_default());
        let options = Options {
            accounts: MILLIONS,
            contacts: MILLIONS,
            leads: MILLIONS,
            ..Options::default()
        };
        let org = DemoOrg::start(options).await.expect("a demo org");
        let client = Client::builder().no_proxy().build().expect("a client");
        Self { org, client }
    }

    async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> (StatusCode, Value) {
        let url = format!("{}/services/data/v60.0/{path}", self.org.instance_url());
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

    async fn ids(&self, text: &str) -> Vec<String> {
        let found = self.query(text).await;
        let records = found["records"].as_array().expect("records");
        records
            .iter()
            .map(|record| record["Id"].as_str().expect("an id").to_owned())
            .collect()
    }
}

/// Most memory that this process ever had, where the system tells.
fn greatest_memory_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[tokio::test(flavor = "multi_thread")]
async fn millions_are_counted_found_and_written_over() {
    let caller = Caller::new().await;
    for object in ["Account", "Contact", "Lead"] {
        let counted = caller.query(&format!("SELECT COUNT() FROM {object}")).await;
        assert_eq!(counted["totalSize"], MILLIONS);
        assert_eq!(caller.org.record_count(object), Some(MILLIONS));
    }
    let last = "SELECT Id, Email, Name, AccountId, Account.Name FROM Contact ORDER BY Id DESC LIMIT 1";
    let last = caller.query(last).await["records"][0].clone();
    let (id, email) = (
        last["Id"].as_str().expect("an id"),
        last["Email"].as_str().expect("an address"),
    );
    assert!(
        caller
            .ids(&format!("SELECT Id FROM Contact WHERE Email = '{email}'"))
            .await
            .contains(&id.to_owned())
    );
    let account = last["AccountId"].as_str().expect("an account");
    let colleagues = caller
        .ids(&format!("SELECT Id FROM Contact WHERE AccountId = '{account}'"))
        .await;
    assert!(colleagues.contains(&id.to_owned()));
    let name = last["Account"]["Name"]
        .as_str()
        .expect("a name")
        .replace('\'', "\\'");
    assert_eq!(
        caller
            .ids(&format!("SELECT Id FROM Account WHERE Name = '{name}'"))
            .await,
        [account]
    );

    let path = format!("sobjects/Contact/{id}");
    let change = json!({ "Email": "somebody.else@elsewhere.example" });
    assert_eq!(
        caller.call(Method::PATCH, &path, Some(&change)).await.0,
        StatusCode::NO_CONTENT
    );
    assert!(
        !caller
            .ids(&format!("SELECT Id FROM Contact WHERE Email = '{email}'"))
            .await
            .contains(&id.to_owned())
    );
    let by_new = "SELECT Id FROM Contact WHERE Email = 'somebody.else@elsewhere.example'";
    assert_eq!(caller.ids(by_new).await, [id]);
    let (_, read) = caller.call(Method::GET, &path, None).await;
    assert_eq!((&read["Name"], &read["Email"]), (&last["Name"], &change["Email"]));

    let (status, made) = caller
        .call(
            Method::POST,
            "sobjects/Contact",
            Some(&json!({ "LastName": "New" })),
        )
        .await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(
        caller
            .ids("SELECT Id FROM Contact ORDER BY Id DESC LIMIT 1")
            .await,
        [made["id"].as_str().expect("an id")]
    );
    assert_eq!(
        caller.call(Method::DELETE, &path, None).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(caller.org.record_count("Contact"), Some(MILLIONS));
    assert_eq!(caller.ids(by_new).await, Vec::<String>::new());

    let first = caller.query("SELECT Id, Name FROM Contact").await;
    assert_eq!(first["totalSize"], MILLIONS);
    let next = first["nextRecordsUrl"].as_str().expect("a locator");
    let far = next
        .replace("-2000", "-1999000")
        .replace("/services/data/v60.0/", "");
    let (_, page) = caller.call(Method::GET, &far, None).await;
    assert_eq!(
        (page["records"].as_array().map(Vec::len), &page["done"]),
        (Some(1_000), &json!(true))
    );
    if let Some(bytes) = greatest_memory_bytes() {
        assert!(bytes < 150_000_000, "{bytes} bytes, for six million records");
    }
    caller.org.shutdown().await;
}
