//! Other users than the administrator, the control endpoints, and Bulk jobs, for tests that speak HTTP.

use std::collections::HashMap;

use reqwest::{Client, Method, RequestBuilder, StatusCode, redirect};
use serde_json::{Value, json};
use url::Url;

use super::caller::{Caller, answer, send};

const CALLBACK: &str = "http://localhost:17170/callback";

/// A user who has logged in and agreed.
pub struct User<'caller> {
    caller: &'caller Caller,
    client: Client,
    token: String,
}

fn client() -> Client {
    Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .build()
        .expect("a client")
}

fn hidden(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"request\" value=\"").expect("a form");
    rest.split('"').next().expect("a value").to_owned()
}

impl<'caller> User<'caller> {
    /// Logs a user in, as a browser does.
    pub async fn login(caller: &'caller Caller, login: &str) -> Self {
        let client = client();
        let base = caller.org.login_url();
        let asked = client.get(format!("{base}/services/oauth2/authorize")).query(&[
            ("response_type", "code"),
            ("client_id", &caller.org.client_id()),
            ("redirect_uri", CALLBACK),
        ]);
        let page = send(asked).await.text().await.expect("a login page");
        let username = format!("{login}@landbridge-demo.example");
        let password = caller.org.password();
        let request = hidden(&page);
        let form = [
            ("request", &request),
            ("username", &username),
            ("password", &password),
        ];
        let sent = client
            .post(format!("{base}/services/oauth2/authorize/login"))
            .form(&form);
        let page = send(sent).await.text().await.expect("a consent page");
        let form = [("request", hidden(&page)), ("decision", "allow".to_owned())];
        let sent = client
            .post(format!("{base}/services/oauth2/authorize/consent"))
            .form(&form);
        let back = send(sent).await;
        let location = back.headers()["location"].to_str().expect("an address");
        let location = Url::parse(location).expect("an address");
        let query: HashMap<String, String> = location.query_pairs().into_owned().collect();
        let form = [
            ("grant_type", "authorization_code".to_owned()),
            ("client_id", caller.org.client_id()),
            ("redirect_uri", CALLBACK.to_owned()),
            ("code", query["code"].clone()),
        ];
        let (_, granted) = answer(client.post(format!("{base}/services/oauth2/token")).form(&form)).await;
        let token = granted["access_token"].as_str().expect("a token").to_owned();
        Self {
            caller,
            client,
            token,
        }
    }

    /// A request of this user.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/services/data/v60.0/{path}", self.caller.org.instance_url());
        self.client.request(method, url).bearer_auth(&self.token)
    }

    /// GET.
    pub async fn get(&self, path: &str) -> (StatusCode, Value) {
        answer(self.request(Method::GET, path)).await
    }

    /// POST of JSON.
    pub async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        answer(self.request(Method::POST, path).json(body)).await
    }

    /// PATCH of JSON.
    pub async fn patch(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        answer(self.request(Method::PATCH, path).json(body)).await
    }

    /// The answer of a query.
    pub async fn query(&self, text: &str) -> (StatusCode, Value) {
        answer(self.request(Method::GET, "query").query(&[("q", text)])).await
    }
}

/// Uses a control endpoint; 2xx or a panic.
pub async fn control(caller: &Caller, path: &str, body: &Value) -> Value {
    let url = format!("{}/demo/{path}", caller.org.instance_url());
    let sent = client().post(url).header("X-Demo-Control", "1").json(body);
    let (status, value) = answer(sent).await;
    assert!(status.is_success(), "{status} {value}");
    value
}

/// Runs a job of the administrator to its end; gives its information, its successful and its failed rows.
pub async fn run_job(caller: &Caller, job: &Value, csv: &str) -> (Value, String, String) {
    let open = |method, path: String| caller.request(method, &path);
    run_job_with(&open, job, csv).await
}

/// Runs a job of somebody to its end.
pub async fn run_job_with(
    open: &dyn Fn(Method, String) -> RequestBuilder,
    job: &Value,
    csv: &str,
) -> (Value, String, String) {
    let (status, made) = answer(open(Method::POST, "jobs/ingest".to_owned()).json(job)).await;
    assert_eq!(status, StatusCode::OK, "{made}");
    let path = format!("jobs/ingest/{}", made["id"].as_str().expect("an id"));
    let put = open(Method::PUT, format!("{path}/batches")).header("Content-Type", "text/csv");
    assert_eq!(send(put.body(csv.to_owned())).await.status(), StatusCode::CREATED);
    let closed = open(Method::PATCH, path.clone()).json(&json!({ "state": "UploadComplete" }));
    assert_eq!(send(closed).await.status(), StatusCode::OK);
    loop {
        let (_, info) = answer(open(Method::GET, path.clone())).await;
        let state = info["state"].as_str().expect("a state").to_owned();
        if ["JobComplete", "Failed", "Aborted"].contains(&state.as_str()) {
            let mut rows = Vec::new();
            for kind in ["successfulResults", "failedResults"] {
                let response = send(open(Method::GET, format!("{path}/{kind}"))).await;
                rows.push(response.text().await.expect("rows"));
            }
            let failed = rows.pop().expect("failed rows");
            return (info, rows.pop().expect("successful rows"), failed);
        }
        tokio::task::yield_now().await;
    }
}
