//! An org that speaks TLS: clients are told which certificate authority to trust.

use anyhow::{Context, Result};
use demo_org::{DemoOrg, Options};

use super::judged;

#[tokio::test(flavor = "multi_thread")]
async fn simple_salesforce_trusts_the_certificate() -> Result<()> {
    let options = Options {
        tls: true,
        ..Options::default()
    };
    let org = DemoOrg::start(options).await?;
    let folder = tempfile::tempdir()?;
    let authority = folder.path().join("authority.pem");
    let certificate = org
        .certificate_pem()
        .context("an org that speaks TLS has a certificate")?;
    std::fs::write(&authority, certificate)?;
    judged(
        "tls_client.py",
        &org,
        &[("DEMO_CERTIFICATE", authority.as_os_str())],
    )
    .await
}
