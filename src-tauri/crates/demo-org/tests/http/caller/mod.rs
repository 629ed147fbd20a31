//! A demo org and a client of it, for tests that speak HTTP.

use demo_org::{DemoOrg, Options};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;

/// An org of its own for each test.
pub struct Caller {
    /// The org.
    pub org: DemoOrg,
    client: Client,
}

impl Caller {
    /// The default org.
    pub async fn new() -> Self {
        Self::of(Options::default()).await
    }

    /// An org of some options.
    pub async fn of(options: Options) -> Self {
        // Another test of this process may have installed it already; either way there is one.
        drop(rustls::crypto::ring::default_provider().install_default());
        let org = DemoOrg::start(options).await.expect("a demo org");
        let client = Client::builder().no_proxy().build().expect("a client");
        Self { org, client }
    }

    /// A request of version 60.0 with a token; a path that begins with a slash is taken as it is.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let base = self.org.instance_url();
        let url = match path.strip_prefix('/') {
            Some(rest) => format!("{base}/{rest}"),
            None => format!("{base}/services/data/v60.0/{path}"),
        };
        self.client
            .request(method, url)
            .bearer_auth(self.org.access_token())
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

    /// The records of a query.
    pub async fn query(&self, text: &str) -> Vec<Value> {
        let (status, found) = answer(self.request(Method::GET, "query").query(&[("q", text)])).await;
        assert_eq!(status, StatusCode::OK, "{found}");
        found["records"].as_array().expect("records").clone()
    }

    /// How many live records of an object there are.
    pub fn count(&self, object: &str) -> u32 {
        self.org.record_count(object).expect("a known object")
    }
}

/// Sends a request.
pub async fn send(request: RequestBuilder) -> Response {
    request.send().await.expect("an answer")
}

/// Status and JSON body of a request's answer; `Null` without a body.
pub async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = send(request).await;
    let status = response.status();
    let text = response.text().await.expect("a text");
    if text.is_empty() {
        return (status, Value::Null);
    }
    let value = serde_json::from_str(&text).unwrap_or_else(|why| panic!("{why}: {text}"));
    (status, value)
}
