//! Other people's clients against the demo org, so that our client and our server cannot be wrong together.
//!
//! Each script in this folder drives one demo org with clients from `requirements.txt` and prints a line for each check.
//! Never talks to the demo org itself. To add a judge: one script beside these, one test here. What has to happen in the
//! org before the judge looks has a module of its own.

mod exported;

use std::{
    env,
    ffi::OsStr,
    path::PathBuf,
    process::{Output, Stdio},
};

use anyhow::{Context, ensure};
use demo_org::{DemoOrg, Options};
use tokio::process::Command;

/// Runs a script with a demo org of its own and expects that none of its checks fails.
async fn judge(script: &str) -> anyhow::Result<()> {
    let org = DemoOrg::start(Options::default()).await?;
    judged(script, &org, &[]).await
}

/// Runs a script with this demo org and expects that none of its checks fails.
async fn judged(script: &str, org: &DemoOrg, environment: &[(&str, &OsStr)]) -> anyhow::Result<()> {
    let output = ask(script, org, environment).await?;
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{script}\n{said}");
    ensure!(
        output.status.success(),
        "{script} found fault with the demo org:\n{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    ensure!(
        said.contains(" passed, 0 failed"),
        "{script} ended without a verdict:\n{said}"
    );
    Ok(())
}

/// Runs a script with this demo org.
async fn ask(script: &str, org: &DemoOrg, environment: &[(&str, &OsStr)]) -> anyhow::Result<Output> {
    let python = env::var_os("LANDBRIDGE_PYTHON").context(
        "LANDBRIDGE_PYTHON is not set: it names the Python that has tests/judges/requirements.txt installed. \
         `cargo xtask test` installs one and sets it.",
    )?;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("judges");
    Command::new(&python)
        .arg(folder.join(script))
        .env("DEMO_INSTANCE_URL", org.instance_url())
        .env("DEMO_ACCESS_TOKEN", org.access_token())
        .env("DEMO_CLIENT_ID", org.client_id())
        .env("DEMO_USERNAME", org.username())
        .env("DEMO_PASSWORD", org.password())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .output()
        .await
        .with_context(|| {
            format!(
                "{} could not be started; run `cargo xtask test`",
                python.display()
            )
        })
}

#[tokio::test(flavor = "multi_thread")]
async fn simple_salesforce_believes_the_demo_org() -> anyhow::Result<()> {
    judge("salesforce_client.py").await
}

#[tokio::test(flavor = "multi_thread")]
async fn oauth_clients_believe_the_demo_org() -> anyhow::Result<()> {
    judge("oauth_clients.py").await
}
