//! A judge that nothing can displease is none: each kind is shown an org that is not the one it expects.

use std::ffi::OsStr;

use anyhow::{Result, ensure};
use demo_org::{DemoOrg, Options};

use super::ask;

/// Runs a script with this org and expects that it ends with exit code 1 and says of this check that it failed.
async fn displeased(
    script: &str,
    options: Options,
    environment: &[(&str, &OsStr)],
    check: &str,
) -> Result<()> {
    let org = DemoOrg::start(options).await?;
    let output = ask(script, &org, environment).await?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(
        output.status.code() == Some(1),
        "{script}: {}\n{said}",
        output.status
    );
    ensure!(
        said.lines()
            .any(|line| line.starts_with("not ok ") && line.contains(check)),
        "{script} does not say what is wrong:\n{said}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn simple_salesforce_by_a_package_that_should_not_be_there() -> Result<()> {
    let options = Options {
        native_app: true,
        ..Options::default()
    };
    displeased("rest_describe.py", options, &[], "without the native app").await
}

#[tokio::test(flavor = "multi_thread")]
async fn oauth_clients_by_refresh_tokens_that_stay() -> Result<()> {
    let check = "a refresh answers another refresh token";
    displeased("oauth_rotation.py", Options::default(), &[], check).await
}

#[tokio::test(flavor = "multi_thread")]
async fn jsforce_by_a_wrong_password() -> Result<()> {
    let environment = [("DEMO_PASSWORD", OsStr::new("wrong"))];
    let check = "web server flow";
    displeased(
        "jsforce/oauth_client.mjs",
        Options::default(),
        &environment,
        check,
    )
    .await
}
