//! The programs that benches run: the command line and, by it, a demo org.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// The command-line program: named by the environment, else beside this one.
pub fn command_line() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("LANDBRIDGE_CLI") {
        return Ok(PathBuf::from(named));
    }
    let beside =
        std::env::current_exe()?.with_file_name(format!("landbridge-cli{}", std::env::consts::EXE_SUFFIX));
    ensure!(
        beside.exists(),
        "{} is not built; run `cargo xtask bench`",
        beside.display()
    );
    Ok(beside)
}

/// A program on the core of clients; the org that they talk to is on another one.
#[allow(dead_code, reason = "not every bench pins its programs")]
pub fn on_client_core(program: &Path) -> Command {
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", "1"]).arg(program);
    command
}

/// A demo org in a process of its own.
#[allow(dead_code, reason = "not every bench has one")]
pub struct DemoOrg {
    process: Child,
    /// Where it answers.
    pub instance_url: String,
    /// Of its administrator.
    pub access_token: String,
}

#[allow(dead_code, reason = "not every bench has one")]
impl DemoOrg {
    /// Starts it with further options of `demo-org serve`.
    pub fn start(program: &Path, options: &[&str]) -> Result<Self> {
        let mut process = Command::new(program)
            .args(["demo-org", "serve", "--quiet"])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} does not start", program.display()))?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("no output")?).read_line(&mut line)?;
        let said: Value = serde_json::from_str(&line)?;
        let text = |name: &str| {
            said[name]
                .as_str()
                .map(str::to_owned)
                .with_context(|| format!("no {name} in {line}"))
        };
        Ok(Self {
            instance_url: text("instance_url")?,
            access_token: text("access_token")?,
            process,
        })
    }
}

impl Drop for DemoOrg {
    fn drop(&mut self) {
        if let Err(error) = self.process.kill().and_then(|()| self.process.wait()) {
            eprintln!("The demo org could not be stopped: {error}");
        }
    }
}
