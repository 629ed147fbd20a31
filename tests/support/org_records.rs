//! The demo org's records as another client sees and writes them: by its REST API, with a plain HTTP client.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::TestApp;

/// Another client of the demo org.
pub struct OrgRecords {
    client: Client,
    base: String,
    token: String,
}

impl OrgRecords {
    /// Of the demo org of a test.
    #[must_use]
    pub fn of(app: &TestApp) -> Self {
        Self {
            client: Client::new(),
            base: format!(
                "{}/services/data/v60.0",
                app.org.instance_url().trim_end_matches('/')
            ),
            token: app.org.access_token(),
        }
    }

    /// Creates a record, past duplicate rules that only alert; returns its id.
    pub async fn create(&self, object: &str, fields: Value) -> String {
        let answer = self
            .send(Method::POST, &format!("/sobjects/{object}"), Some(fields))
            .await;
        answer["id"]
            .as_str()
            .unwrap_or_else(|| panic!("{object}: {answer}"))
            .to_owned()
    }

    /// Changes fields of a record.
    pub async fn update(&self, object: &str, id: &str, fields: Value) {
        self.send(Method::PATCH, &format!("/sobjects/{object}/{id}"), Some(fields))
            .await;
    }

    /// Deletes a record.
    pub async fn delete(&self, object: &str, id: &str) {
        self.send(Method::DELETE, &format!("/sobjects/{object}/{id}"), None)
            .await;
    }

    /// One record.
    pub async fn get(&self, object: &str, id: &str) -> Value {
        self.send(Method::GET, &format!("/sobjects/{object}/{id}"), None)
            .await
    }

    /// The first page of a query.
    pub async fn query(&self, soql: &str) -> Vec<Value> {
        let url = reqwest::Url::parse_with_params(&format!("{}/query", self.base), [("q", soql)]).unwrap();
        let answer = self
            .client
            .get(url)
            .bearer_auth(&self.token)
            .send()
            .await
            .unwrap();
        let answer: Value = answer.json().await.unwrap();
        answer["records"]
            .as_array()
            .unwrap_or_else(|| panic!("{soql}: {answer}"))
            .clone()
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let request = self
            .client
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.token)
            .header("Sforce-Duplicate-Rule-Header", "allowSave=true")
            .header("Sforce-Auto-Assign", "FALSE");
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        if text.is_empty() {
            json!(null)
        } else {
            serde_json::from_str(&text).unwrap()
        }
    }
}
