//! One WebDriver session: a window and the page in it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Element;

/// No single command takes longer; scripts have a shorter limit of their own.
const COMMAND_LIMIT: Duration = Duration::from_secs(60);

/// How long the page may take to answer a script, in milliseconds.
const SCRIPT_LIMIT_MILLISECONDS: u64 = 45_000;

/// How long the pointer takes from one place to the next while it drags.
const DRAG_MILLISECONDS: u64 = 80;

/// The key under which WebDriver names an element, fixed by the standard.
pub(super) const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An open session.
#[derive(Clone)]
pub struct Session {
    client: reqwest::Client,
    address: String,
}

impl Session {
    /// Asks the driver at `address` for a window with these capabilities (the value of `alwaysMatch`).
    pub async fn open(address: &str, capabilities: &Value) -> Result<Self> {
        // The HTTP client wants a TLS provider even for plain loopback HTTP; a second installation is no error.
        support::use_ring();
        let client = reqwest::Client::builder()
            .no_proxy()
            .timeout(COMMAND_LIMIT)
            .build()
            .context("no HTTP client for WebDriver")?;
        let root = Self {
            client: client.clone(),
            address: address.to_owned(),
        };
        let opened = root
            .post(
                "/session",
                json!({ "capabilities": { "alwaysMatch": capabilities } }),
            )
            .await?;
        let id = opened["sessionId"]
            .as_str()
            .context("the driver opened a session without an id")?;
        let session = Self {
            client,
            address: format!("{address}/session/{id}"),
        };
        session
            .post("/timeouts", json!({ "script": SCRIPT_LIMIT_MILLISECONDS }))
            .await?;
        Ok(session)
    }

    /// Closes the window and, with WebKitWebDriver, ends the program.
    pub async fn close(&self) -> Result<()> {
        self.send(reqwest::Method::DELETE, "", None).await.map(drop)
    }

    /// Opens an address in this window.
    pub async fn visit(&self, url: &str) -> Result<()> {
        self.post("/url", json!({ "url": url })).await.map(drop)
    }

    /// Sets the outer size of the window in pixels.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.post("/window/rect", json!({ "width": width, "height": height }))
            .await
            .map(drop)
    }

    /// Moves the pointer to a place in the page, in pixels from its upper left corner.
    pub async fn point_at(&self, left: u32, top: u32) -> Result<()> {
        let step = |left: u32| json!({ "type": "pointerMove", "duration": 0, "x": left, "y": top });
        // The driver leaves out a move to where it was last, although a click moved the pointer since.
        self.point(json!([step(left + 1), step(left)])).await
    }

    /// Presses the pointer on one element, drags it to beside another, and lets go: `beyond_px` below that one's middle,
    /// above it when negative. `on_the_way` is done while the button is still held.
    pub async fn drag(
        &self,
        from: &Element,
        to: &Element,
        beyond_px: i32,
        on_the_way: impl AsyncFnOnce() -> Result<()>,
    ) -> Result<()> {
        let over = |element: &Element, below_px: i32| {
            let origin = json!({ ELEMENT_KEY: element.id() });
            json!({ "type": "pointerMove", "duration": DRAG_MILLISECONDS, "x": 0, "y": below_px, "origin": origin })
        };
        let button = |kind: &str| json!({ "type": kind, "button": 0 });
        self.point(json!([
            over(from, 0),
            button("pointerDown"),
            over(from, beyond_px.signum() * 8)
        ]))
        .await?;
        // A hand comes near before it arrives.
        self.point(json!([over(to, beyond_px * 2), over(to, beyond_px)]))
            .await?;
        let seen = on_the_way().await;
        self.point(json!([button("pointerUp")])).await?;
        seen
    }

    /// Does what a mouse does, one step after the other; buttons stay as they are between calls.
    async fn point(&self, steps: Value) -> Result<()> {
        let pointer = json!({
            "type": "pointer",
            "id": "mouse",
            "parameters": { "pointerType": "mouse" },
            "actions": steps,
        });
        self.post("/actions", json!({ "actions": [pointer] }))
            .await
            .map(drop)
    }

    /// Runs the body of a function in the page; `arguments` is an array. Gives what it returns.
    pub async fn script(&self, body: &str, arguments: Value) -> Result<Value> {
        self.post("/execute/sync", json!({ "script": body, "args": arguments }))
            .await
    }

    /// Like [`Session::script`], but the body calls its last argument with the result when it is done.
    pub async fn script_with_callback(&self, body: &str, arguments: Value) -> Result<Value> {
        self.post("/execute/async", json!({ "script": body, "args": arguments }))
            .await
    }

    /// The first element that a CSS selector finds, if any.
    pub async fn css(&self, selector: &str) -> Result<Option<Element>> {
        let found = self
            .post("/elements", json!({ "using": "css selector", "value": selector }))
            .await?;
        Ok(found
            .as_array()
            .and_then(|all| all.first())
            .and_then(|one| self.element(one)))
    }

    /// The element in a value that a script returned, if it is one.
    pub fn element(&self, value: &Value) -> Option<Element> {
        Some(Element::new(self.clone(), value[ELEMENT_KEY].as_str()?))
    }

    /// Writes a PNG picture of the page.
    pub async fn picture(&self, file: &Path) -> Result<()> {
        let encoded = self.get("/screenshot").await?;
        let bytes = STANDARD
            .decode(encoded.as_str().unwrap_or_default())
            .context("a screenshot is no base64")?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("could not make {}", folder.display()))?;
        }
        std::fs::write(file, bytes).with_context(|| format!("could not write {}", file.display()))
    }

    pub(super) async fn get(&self, path: &str) -> Result<Value> {
        self.send(reqwest::Method::GET, path, None).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> Result<Value> {
        self.send(reqwest::Method::POST, path, Some(body)).await
    }

    async fn send(&self, method: reqwest::Method, path: &str, body: Option<Value>) -> Result<Value> {
        let url = format!("{}{path}", self.address);
        let mut request = self.client.request(method.clone(), &url);
        if let Some(body) = &body {
            request = request.json(body);
        }
        let response = request
            .send()
            .await
            .with_context(|| format!("WebDriver {method} {path}"))?;
        let answer: Value = response
            .json()
            .await
            .with_context(|| format!("WebDriver {method} {path}: no JSON"))?;
        let value = &answer["value"];
        if let Some(error) = value["error"]
            .as_str()
            .filter(|_| value["stacktrace"].is_string())
        {
            bail!(
                "WebDriver {method} {path}: {error}: {}",
                value["message"].as_str().unwrap_or_default()
            );
        }
        Ok(value.clone())
    }
}
