//! The org's records, read and written by plain HTTP beside the app.

use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

use crate::TestApp;

/// The records of an app's demo org.
pub struct OrgRecords {
    client: Client,
    data_url: String,
    access_token: String,
}

impl TestApp {
    /// The org's records, past the app.
    #[must_use]
    pub fn records(&self) -> OrgRecords {
        OrgRecords {
            client: Client::new(),
            data_url: format!("{}/services/data/v60.0", self.org.instance_url()),
            access_token: self.org.access_token(),
        }
    }
}

impl OrgRecords {
    /// The records of a query; it must be one page.
    pub async fn query(&self, soql: &str) -> Vec<Value> {
        let request = self.request(Method::GET, "/query").query(&[("q", soql)]);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["done"], true, "{answer}");
        answer["records"].as_array().unwrap().clone()
    }

    /// The texts of one field of a query's records.
    pub async fn texts(&self, soql: &str, field: &str) -> Vec<String> {
        let records = self.query(soql).await;
        records
            .iter()
            .map(|record| record[field].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// One record.
    pub async fn get(&self, object: &str, id: &str) -> Value {
        let request = self.request(Method::GET, &format!("/sobjects/{object}/{id}"));
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Makes a record, past duplicate rules that only alert, and returns its id.
    pub async fn create(&self, object: &str, fields: Value) -> String {
        let request = self
            .request(Method::POST, &format!("/sobjects/{object}"))
            .json(&fields);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        answer["id"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer}"))
            .to_owned()
    }

    /// Changes a record.
    pub async fn update(&self, object: &str, id: &str, fields: Value) {
        let request = self
            .request(Method::PATCH, &format!("/sobjects/{object}/{id}"))
            .json(&fields);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 204, "{}", answer.text().await.unwrap());
    }

    /// Deletes a record.
    pub async fn delete(&self, object: &str, id: &str) {
        let request = self.request(Method::DELETE, &format!("/sobjects/{object}/{id}"));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 204, "{}", answer.text().await.unwrap());
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.data_url))
            .bearer_auth(&self.access_token)
            .header("Sforce-Duplicate-Rule-Header", "allowSave=true")
            .header("Sforce-Auto-Assign", "FALSE")
    }
}
