//! The demo org's records as another client sees them: plain HTTP, no type shared with ours.

use anyhow::{Context, Result, ensure};
use demo_org::DemoOrg;
use reqwest::{Client, Method};
use serde_json::{Value, json};

const VERSION: &str = "v60.0";
/// Fields that every save changes, whatever it writes.
const OF_EVERY_SAVE: [&str; 5] = [
    "LastModifiedDate",
    "LastModifiedById",
    "SystemModstamp",
    "LastViewedDate",
    "LastReferencedDate",
];

/// A client with a token of its own.
pub struct OtherClient {
    client: Client,
    instance_url: String,
    token: String,
}

impl OtherClient {
    /// As the org's administrator.
    #[must_use]
    pub fn of(org: &DemoOrg) -> Self {
        Self {
            client: Client::new(),
            instance_url: org.instance_url().trim_end_matches('/').to_owned(),
            token: org.access_token(),
        }
    }

    /// As somebody else: the integration user.
    ///
    /// # Errors
    /// When the org gives no token.
    pub async fn of_somebody_else(org: &DemoOrg) -> Result<Self> {
        let own = Self::of(org);
        let answer: Value = own
            .client
            .post(format!("{}/services/oauth2/token", own.instance_url))
            .form(&[
                ("grant_type", "client_credentials"),
                ("client_id", &org.client_id()),
                ("client_secret", &org.client_secret()),
            ])
            .send()
            .await?
            .json()
            .await?;
        let token = answer["access_token"]
            .as_str()
            .with_context(|| format!("no token: {answer}"))?
            .to_owned();
        Ok(Self { token, ..own })
    }

    /// Every record of a query.
    ///
    /// # Errors
    /// When the org refuses it.
    pub async fn query(&self, soql: &str) -> Result<Vec<Value>> {
        let mut records = Vec::new();
        let mut answer = self
            .call(
                Method::GET,
                &format!("/services/data/{VERSION}/query"),
                &[("q", soql)],
                None,
            )
            .await?;
        loop {
            let page = answer["records"].as_array().context("no records")?;
            records.extend(page.iter().cloned());
            let Some(next) = answer["nextRecordsUrl"].as_str().map(ToOwned::to_owned) else {
                return Ok(records);
            };
            answer = self.call(Method::GET, &next, &[], None).await?;
        }
    }

    /// Creates a record; gives its id.
    ///
    /// # Errors
    /// When the org refuses it.
    pub async fn create(&self, object: &str, record: &Value) -> Result<String> {
        let path = format!("/services/data/{VERSION}/sobjects/{object}");
        let answer = self.call(Method::POST, &path, &[], Some(record)).await?;
        Ok(answer["id"].as_str().context("no id")?.to_owned())
    }

    /// Changes a record.
    ///
    /// # Errors
    /// When the org refuses it.
    pub async fn update(&self, object: &str, id: &str, record: &Value) -> Result<()> {
        let path = format!("/services/data/{VERSION}/sobjects/{object}/{id}");
        self.call(Method::PATCH, &path, &[], Some(record)).await.map(drop)
    }

    /// Deletes a record.
    ///
    /// # Errors
    /// When the org refuses it.
    pub async fn delete(&self, object: &str, id: &str) -> Result<()> {
        let path = format!("/services/data/{VERSION}/sobjects/{object}/{id}");
        self.call(Method::DELETE, &path, &[], None).await.map(drop)
    }

    /// Every record of an object with all of its fields as CSV, but for what every save changes.
    ///
    /// # Errors
    /// When the org refuses it.
    pub async fn as_csv(&self, object: &str) -> Result<String> {
        let path = format!("/services/data/{VERSION}/sobjects/{object}/describe");
        let described = self.call(Method::GET, &path, &[], None).await?;
        let fields: Vec<&str> = described["fields"]
            .as_array()
            .context("no fields")?
            .iter()
            .filter(|field| field["type"] != "address" && field["type"] != "location")
            .filter_map(|field| field["name"].as_str())
            .filter(|name| !OF_EVERY_SAVE.contains(name))
            .collect();
        let records = self
            .query(&format!("SELECT {} FROM {object} ORDER BY Id", fields.join(", ")))
            .await?;
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(&fields)?;
        for record in records {
            csv.write_record(fields.iter().map(|field| record[*field].to_string()))?;
        }
        Ok(String::from_utf8(csv.into_inner()?)?)
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Value> {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.instance_url))
            .bearer_auth(&self.token)
            .query(query)
            .header("Sforce-Auto-Assign", "FALSE");
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "{path} answered {status}: {text}");
        Ok(serde_json::from_str(&text).unwrap_or(json!(null)))
    }
}
