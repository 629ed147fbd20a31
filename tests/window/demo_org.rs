//! A demo org in a process of its own, so that it outlives the app, as a real org does.

use std::process::Stdio;

use anyhow::{Context, Result};
use serde::Deserialize;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::driver::PATIENCE;

/// What the org says of itself in its first line.
#[derive(Deserialize)]
pub struct Announcement {
    pub login_url: String,
    pub client_id: String,
    pub username: String,
    pub password: String,
}

/// The running org; it ends when this is dropped.
pub struct DemoOrg {
    /// How to connect to it.
    pub announcement: Announcement,
    _child: Child,
}

impl DemoOrg {
    /// Starts `landbridge-cli demo-org serve` on a free port.
    pub async fn start() -> Result<Self> {
        Self::start_with(&[]).await
    }

    /// The same with more options, such as the seed of another org.
    pub async fn start_with(options: &[&str]) -> Result<Self> {
        let program = std::env::var_os("LANDBRIDGE_CLI").context(
            "LANDBRIDGE_CLI names no program; `cargo xtask test --only window` builds it and sets it",
        )?;
        let mut child = Command::new(program)
            .args(["demo-org", "serve"])
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("the demo org could not be started")?;
        let output = child.stdout.take().context("the demo org has no output")?;
        let mut lines = BufReader::new(output).lines();
        let line = timeout(PATIENCE, lines.next_line())
            .await
            .context("the demo org did not say where it is")?
            .context("the demo org's output cannot be read")?
            .context("the demo org ended at once")?;
        let announcement =
            serde_json::from_str(&line).with_context(|| format!("the demo org said: {line}"))?;
        Ok(Self {
            announcement,
            _child: child,
        })
    }
}
