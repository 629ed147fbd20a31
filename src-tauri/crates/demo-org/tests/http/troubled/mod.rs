//! Someone who calls a demo org by HTTP.

pub mod login;

use demo_org::{DemoOrg, Options, Trouble};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, redirect};
use serde_json::{Value, json};

/// A running demo org and a client that follows no redirects.
pub struct Caller {
    pub org: DemoOrg,
    pub client: Client,
}

impl Caller {
    pub async fn new(options: Options) -> Self {
        // Another test of this process may have installed it already; either way there is one.
        drop(rustls::crypto::ring::default_provider().install_default());
        let org = DemoOrg::start(options).await.expect("a demo org");
        let client = Client::builder().no_proxy().redirect(redirect::Policy::none());
        let client = client.build().expect("a client");
        Self { org, client }
    }

    /// An org in which this goes wrong.
    pub async fn with(trouble: Value) -> Self {
        let trouble: Trouble = trouble.to_string().parse().expect("trouble");
        Self::new(Options {
            trouble,
            ..Options::default()
        })
        .await
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.org.instance_url())
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = self.url(&format!("services/data/v60.0/{path}"));
        self.client
            .request(method, url)
            .bearer_auth(self.org.access_token())
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub async fn answer(&self, path: &str) -> Response {
        self.get(path).send().await.expect("an answer")
    }

    pub fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.request(Method::POST, path).json(body)
    }

    pub async fn trouble(&self, method: Method, body: Value) -> (StatusCode, Value) {
        let request = self.client.request(method, self.url("demo/trouble"));
        let request = request.header("X-Demo-Control", "1").json(&body);
        let answer = request.send().await.expect("an answer");
        let status = answer.status();
        let text = answer.text().await.expect("a text");
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// Makes an ingest job that inserts these rows, uploads and closes it.
    pub async fn ingest(&self, object: &str, csv: String) -> String {
        let body = json!({ "object": object, "operation": "insert" });
        let created = self.post("jobs/ingest", &body).send().await.expect("a job");
        let job: Value = created.json().await.expect("job info");
        let id = job["id"].as_str().expect("an id").to_owned();
        let upload = self.request(Method::PUT, &format!("jobs/ingest/{id}/batches"));
        let upload = upload.header("Content-Type", "text/csv").body(csv);
        assert_eq!(
            upload.send().await.expect("an answer").status(),
            StatusCode::CREATED
        );
        let close = self.request(Method::PATCH, &format!("jobs/ingest/{id}"));
        let close = close.json(&json!({ "state": "UploadComplete" }));
        assert_eq!(close.send().await.expect("an answer").status(), StatusCode::OK);
        id
    }

    pub async fn query_job(&self, query: &str) -> String {
        let body = json!({ "operation": "query", "query": query });
        let created = self.post("jobs/query", &body).send().await.expect("a job");
        let job: Value = created.json().await.expect("job info");
        job["id"].as_str().expect("an id").to_owned()
    }

    pub async fn info(&self, path: &str) -> Value {
        self.answer(path).await.json().await.expect("job info")
    }

    /// Asks until the job is in a final state; says how often it was asked.
    pub async fn ended(&self, path: &str) -> (Value, u32) {
        for polls in 1.. {
            let info = self.info(path).await;
            let state = info["state"].as_str().unwrap_or_default();
            if ["JobComplete", "Failed", "Aborted"].contains(&state) {
                return (info, polls);
            }
            tokio::task::yield_now().await;
        }
        unreachable!("polls have no end")
    }

    pub fn count(&self, object: &str) -> u32 {
        self.org.record_count(object).expect("an object")
    }

    /// How often the piece of call trouble at this position happened.
    pub fn happened(&self, position: usize) -> u64 {
        self.org.trouble_report().calls[position].happened
    }
}
