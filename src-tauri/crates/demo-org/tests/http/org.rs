//! The org itself: the same seed makes the same data, records have pages, owners follow the rule unless told not to.

use demo_org::{DemoOrg, Options};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

async fn query(org: &DemoOrg, client: &Client, text: &str) -> Value {
    let url = format!("{}/services/data/v68.0/query", org.instance_url());
    let answer = client
        .get(url)
        .query(&[("q", text)])
        .bearer_auth(org.access_token())
        .send()
        .await;
    answer.expect("an answer").json().await.expect("a query result")
}

fn client() -> Client {
    // Another test of this process may have installed it already; either way there is one.
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder().no_proxy().build().expect("a client")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seed_decides_everything() {
    let client = client();
    let text =
        "SELECT Id, Name, Email, Phone, CreatedDate, Owner.Name, Account.Name FROM Contact ORDER BY Id";
    let mut answers = Vec::new();
    for seed in [7, 7, 8] {
        let org = DemoOrg::start(Options {
            seed,
            ..Options::default()
        })
        .await
        .expect("a demo org");
        answers.push(query(&org, &client, text).await);
        org.shutdown().await;
    }
    assert_eq!(answers[0]["totalSize"], 120);
    assert_eq!(answers[0], answers[1]);
    assert_ne!(answers[0], answers[2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_org_is_recognised_and_staffed() {
    let client = client();
    let org = DemoOrg::start(Options::default()).await.expect("a demo org");
    let found = query(
        &org,
        &client,
        "SELECT Name, InstanceName, IsSandbox, OrganizationType FROM Organization",
    )
    .await;
    let found = &found["records"][0];
    assert_eq!(
        (
            &found["Name"],
            &found["InstanceName"],
            &found["IsSandbox"],
            &found["OrganizationType"]
        ),
        (
            &json!("Landbridge demo org"),
            &json!("DEMO"),
            &json!(false),
            &json!("Developer Edition")
        )
    );
    let shared = "SELECT Email, COUNT(Id) FROM User GROUP BY Email HAVING COUNT(Id) > 1";
    assert_eq!(query(&org, &client, shared).await["records"][0]["expr0"], 2);
    let inactive = "SELECT Id FROM User WHERE IsActive = false";
    assert_eq!(query(&org, &client, inactive).await["totalSize"], 1);
    let twins = "SELECT Email, COUNT(Id) FROM Contact GROUP BY Email HAVING COUNT(Id) > 1";
    assert!(query(&org, &client, twins).await["totalSize"].as_u64() >= Some(1));
    org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lead_rule_chooses_the_owner_unless_the_header_says_no() {
    let client = client();
    let org = DemoOrg::start(Options::default()).await.expect("a demo org");
    let lead = json!({ "LastName": "Ruled", "Company": "X" });
    let mut owners = Vec::new();
    for header in ["TRUE", "FALSE"] {
        let url = format!("{}/services/data/v60.0/sobjects/Lead", org.instance_url());
        let request = client
            .post(url)
            .bearer_auth(org.access_token())
            .header("Sforce-Auto-Assign", header);
        let created: Value = request
            .json(&lead)
            .send()
            .await
            .expect("an answer")
            .json()
            .await
            .expect("a result");
        let id = created["id"].as_str().expect("an id");
        let text = format!("SELECT Owner.Name FROM Lead WHERE Id = '{id}'");
        owners.push(query(&org, &client, &text).await["records"][0]["Owner"]["Name"].clone());
    }
    assert_eq!(owners, ["Priya Raman", "Demo Admin"]);
    org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_has_a_page_that_cannot_run_what_it_shows() {
    let client = client();
    let org = DemoOrg::start(Options::default()).await.expect("a demo org");
    let url = format!("{}/services/data/v60.0/sobjects/Account", org.instance_url());
    let account = json!({ "Name": "<script>alert(1)</script> & Sons", "Description": "Two\nlines" });
    let created = client
        .post(url)
        .bearer_auth(org.access_token())
        .json(&account)
        .send()
        .await;
    let created: Value = created.expect("an answer").json().await.expect("a result");
    let id = created["id"].as_str().expect("an id");
    for path in [format!("/{id}"), format!("/lightning/r/Account/{id}/view")] {
        let page = client
            .get(format!("{}{path}", org.instance_url()))
            .send()
            .await
            .expect("a page");
        assert_eq!(page.status(), StatusCode::OK);
        let policy = page.headers()["content-security-policy"]
            .to_str()
            .expect("a policy")
            .to_owned();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("script-src"),
            "{policy}"
        );
        let text = page.text().await.expect("a text");
        assert!(
            text.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons"),
            "{text}"
        );
        assert!(!text.contains("<script>"));
    }
    let gone = client
        .get(format!("{}/{}", org.instance_url(), &id[..14]))
        .send()
        .await
        .expect("a page");
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    org.shutdown().await;
}
