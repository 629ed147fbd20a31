//! A driver program (WebKitWebDriver or chromedriver) on a free port of its own.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use super::{PATIENCE, until};

/// A running driver; killed when dropped.
pub struct DriverProcess {
    child: Child,
    port: u16,
}

impl DriverProcess {
    /// Starts `program --port=N` with extra arguments and environment, and waits until it listens.
    ///
    /// What the driver starts (the app, the browser) inherits the environment.
    pub async fn start(program: &Path, arguments: &[&str], environment: &[(String, String)]) -> Result<Self> {
        let port = free_port()?;
        let mut child = Command::new(program)
            .arg(format!("--port={port}"))
            .args(arguments)
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("could not start {}", program.display()))?;
        let listening = until("the driver to listen", PATIENCE, async || {
            Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.ok())
        });
        listening.await.with_context(|| program.display().to_string())?;
        if let Some(status) = child.try_wait().context("the driver cannot be asked")? {
            bail!("{} ended at once: {status}", program.display());
        }
        Ok(Self { child, port })
    }

    /// The root of its commands.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends it and waits for its end.
    pub async fn end(mut self) -> Result<()> {
        self.child.kill().await.context("the driver could not be ended")
    }
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on loopback")?;
    Ok(listener
        .local_addr()
        .context("a listener without an address")?
        .port())
}

/// A program on `PATH`.
pub fn on_path(name: &str) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .with_context(|| format!("{name} is not on PATH; `cargo xtask test` installs it"))
}
