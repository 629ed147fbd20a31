//! The demo org's control endpoints, which only tests use.

use anyhow::{Result, ensure};
use reqwest::Client;
use serde_json::{Value, json};

/// Asks a demo org to behave in a certain way.
pub struct DemoControl {
    client: Client,
    instance_url: String,
}

impl DemoControl {
    /// Of the demo org at this address.
    #[must_use]
    pub fn new(instance_url: &str) -> Self {
        Self {
            client: Client::new(),
            instance_url: instance_url.trim_end_matches('/').to_owned(),
        }
    }

    /// Bulk jobs stay in progress until they are released.
    ///
    /// # Errors
    /// When the demo org does not answer.
    pub async fn hold_jobs(&self) -> Result<()> {
        self.post("/demo/jobs/hold", json!({})).await
    }

    /// Held Bulk jobs go on.
    ///
    /// # Errors
    /// When the demo org does not answer.
    pub async fn release_jobs(&self) -> Result<()> {
        self.post("/demo/jobs/release", json!({})).await
    }

    /// Every access token is void; refresh tokens still work.
    ///
    /// # Errors
    /// When the demo org does not answer.
    pub async fn expire_sessions(&self) -> Result<()> {
        self.post("/demo/sessions/expire", json!({})).await
    }

    /// The next calls to a path are carried out and their answers lost.
    ///
    /// # Errors
    /// When the demo org does not answer.
    pub async fn lose_next_answer(&self, path_contains: &str) -> Result<()> {
        self.post(
            "/demo/trouble",
            json!({ "calls": [{
                "which": { "path": format!("*{path_contains}*") },
                "when": { "first": 1 },
                "what": "lost_reply",
            }] }),
        )
        .await
    }

    /// Adds trouble, in the words of a trouble file.
    ///
    /// # Errors
    /// When the demo org does not answer, or does not understand them.
    pub async fn add_trouble(&self, trouble: &str) -> Result<()> {
        self.post("/demo/trouble", serde_json::from_str(trouble)?).await
    }

    /// Changes a field as an admin does in Setup, in the words of `/demo/fields`.
    ///
    /// # Errors
    /// When the demo org does not answer, or has no such field.
    pub async fn change_field(&self, change: Value) -> Result<()> {
        self.post("/demo/fields", change).await
    }

    /// Switches a rule of the org, by the name of its control endpoint.
    ///
    /// # Errors
    /// When the demo org does not answer, or does not know it.
    pub async fn switch(&self, name: &str, body: &Value) -> Result<()> {
        self.post(&format!("/demo/{name}"), body.clone()).await
    }

    /// Takes back all that was switched by a control endpoint.
    ///
    /// # Errors
    /// When the demo org does not answer, or does not know it.
    pub async fn clear(&self, name: &str) -> Result<()> {
        let answer = self
            .client
            .delete(format!("{}/demo/{name}", self.instance_url))
            .header("X-Demo-Control", "1")
            .send()
            .await?;
        ensure!(
            answer.status().is_success(),
            "{name} answered {}",
            answer.status()
        );
        Ok(())
    }

    async fn post(&self, path: &str, body: Value) -> Result<()> {
        let answer = self
            .client
            .post(format!("{}{path}", self.instance_url))
            .header("X-Demo-Control", "1")
            .json(&body)
            .send()
            .await?;
        ensure!(
            answer.status().is_success(),
            "{path} answered {}",
            answer.status()
        );
        Ok(())
    }
}
