//! What tests of the app rely on: recorded calls, held jobs, expired sessions. Through HTTP only.

use demo_org::{DemoOrg, Options};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};

struct Caller {
    org: DemoOrg,
    client: Client,
}

impl Caller {
    async fn new() -> Self {
        // Another test of this process may have installed it already; either way there is one.
        drop(rustls::crypto::ring::default_provider().install_default());
        let org = DemoOrg::start(Options::default()).await.expect("a demo org");
        let client = Client::builder().no_proxy().build().expect("a client");
        Self { org, client }
    }

    fn data(&self, path: &str) -> String {
        format!("{}/services/data/v60.0/{path}", self.org.instance_url())
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.client
            .get(self.data(path))
            .bearer_auth(self.org.access_token())
    }

    fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.client
            .post(self.data(path))
            .bearer_auth(self.org.access_token())
            .json(body)
    }

    async fn control(&self, path: &str, body: &Value) -> StatusCode {
        let url = format!("{}/demo/{path}", self.org.instance_url());
        let answer = self
            .client
            .post(url)
            .header("X-Demo-Control", "1")
            .json(body)
            .send()
            .await;
        answer.expect("an answer").status()
    }

    async fn job(&self, csv: &str) -> String {
        let created = self
            .post("jobs/ingest", &json!({ "object": "Lead", "operation": "insert" }))
            .send()
            .await;
        let job: Value = created.expect("a job").json().await.expect("job info");
        let id = job["id"].as_str().expect("an id").to_owned();
        let url = self.data(&format!("jobs/ingest/{id}/batches"));
        let sent = self.client.put(url).bearer_auth(self.org.access_token());
        let sent = sent
            .header("Content-Type", "text/csv")
            .body(csv.to_owned())
            .send()
            .await;
        assert_eq!(sent.expect("an answer").status(), StatusCode::CREATED);
        self.set_state(&id, "UploadComplete").await;
        id
    }

    async fn set_state(&self, id: &str, state: &str) {
        let url = self.data(&format!("jobs/ingest/{id}"));
        let request = self.client.patch(url).bearer_auth(self.org.access_token());
        let answer = request
            .json(&json!({ "state": state }))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
    }

    /// Asks until the job satisfies `enough`.
    async fn job_once(&self, id: &str, enough: impl Fn(&Value) -> bool) -> Value {
        loop {
            let info = self
                .get(&format!("jobs/ingest/{id}"))
                .send()
                .await
                .expect("an answer");
            let info: Value = info.json().await.expect("job info");
            if enough(&info) {
                return info;
            }
            tokio::task::yield_now().await;
        }
    }

    async fn results(&self, id: &str, kind: &str) -> String {
        let answer = self
            .get(&format!("jobs/ingest/{id}/{kind}"))
            .send()
            .await
            .expect("an answer");
        answer.text().await.expect("a text")
    }
}

fn leads(count: u32) -> String {
    let rows: Vec<String> = (0..count).map(|row| format!("Held {row},Company\n")).collect();
    format!("LastName,Company\n{}", rows.concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_recorded_by_kind() {
    let caller = Caller::new().await;
    let lead = json!({ "attributes": { "type": "Lead" }, "LastName": "Recorded", "Company": "X" });
    let body = json!({ "allOrNone": false, "records": vec![lead; 25] });
    let answer = caller
        .post("composite/sobjects", &body)
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    let calls = caller.org.calls();
    let kinds: Vec<(&str, &str, u16)> = calls
        .iter()
        .map(|call| (call.method.as_str(), call.kind.as_str(), call.status))
        .collect();
    assert_eq!(
        kinds,
        [("POST", "/services/data/{version}/composite/sobjects", 200)]
    );
    let url = format!("{}/demo/calls", caller.org.instance_url());
    let refused = caller.client.get(&url).send().await.expect("an answer");
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let listed = caller
        .client
        .get(&url)
        .header("X-Demo-Control", "1")
        .send()
        .await
        .expect("an answer");
    let listed: Value = listed.json().await.expect("a list");
    assert_eq!(listed[0]["kind"], "/services/data/{version}/composite/sobjects");
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_job_can_be_aborted_and_its_rows_are_all_accounted_for() {
    let caller = Caller::new().await;
    let before = caller.org.record_count("Lead").expect("Lead");
    assert_eq!(
        caller.control("jobs/hold", &json!({ "after_rows": 3 })).await,
        StatusCode::NO_CONTENT
    );
    let id = caller.job(&leads(10)).await;
    let info = caller
        .job_once(&id, |info| info["numberRecordsProcessed"] == 3)
        .await;
    assert_eq!(info["state"], "InProgress");
    caller.set_state(&id, "Aborted").await;
    assert_eq!(
        caller.control("jobs/release", &json!({})).await,
        StatusCode::NO_CONTENT
    );
    let successful = caller.results(&id, "successfulResults").await;
    assert!(
        successful.starts_with("\"sf__Id\",\"sf__Created\",LastName,Company\n"),
        "{successful}"
    );
    assert_eq!(successful.lines().count(), 1 + 3);
    let unprocessed = caller.results(&id, "unprocessedrecords").await;
    assert_eq!(unprocessed.lines().next(), Some("LastName,Company"));
    assert_eq!(unprocessed.lines().nth(1), Some("\"Held 3\",\"Company\""));
    assert_eq!(unprocessed.lines().count(), 1 + 7);
    assert_eq!(caller.org.record_count("Lead"), Some(before + 3));
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_released_job_completes() {
    let caller = Caller::new().await;
    caller.control("jobs/hold", &json!({})).await;
    let id = caller.job(&leads(450)).await;
    let info = caller.job_once(&id, |info| info["state"] == "InProgress").await;
    assert_eq!(info["numberRecordsProcessed"], 0);
    caller.control("jobs/release", &json!({})).await;
    let info = caller.job_once(&id, |info| info["state"] == "JobComplete").await;
    assert_eq!(
        (&info["numberRecordsProcessed"], &info["numberRecordsFailed"]),
        (&json!(450), &json!(0))
    );
    let successful = caller.results(&id, "successfulResults").await;
    let order: Vec<&str> = successful
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(2))
        .collect();
    let mut names: Vec<String> = (0..450).map(|row| format!("\"Held {row}\"")).collect();
    assert_ne!(order, names, "results keep no order");
    names.sort();
    let mut sorted: Vec<String> = order.into_iter().map(str::to_owned).collect();
    sorted.sort();
    assert_eq!(sorted, names);
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn expired_sessions_are_refused() {
    let caller = Caller::new().await;
    assert_eq!(
        caller.get("limits").send().await.expect("an answer").status(),
        StatusCode::OK
    );
    assert_eq!(
        caller.control("sessions/expire", &json!({})).await,
        StatusCode::NO_CONTENT
    );
    let refused = caller.get("limits").send().await.expect("an answer");
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    let error: Value = refused.json().await.expect("an error list");
    assert_eq!(error[0]["errorCode"], "INVALID_SESSION_ID");
    caller.org.shutdown().await;
}
