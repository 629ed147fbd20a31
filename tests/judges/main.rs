//! Other people's clients against the demo org, so that our client and our server cannot be wrong together.
//!
//! Each script in this folder drives one demo org with clients from `requirements.txt` (Python) or `jsforce/package.json`
//! (JavaScript) and prints a line for each check: `ok` or `not ok`. What a script expects comes from Salesforce's
//! documents, which its head names. Never talks to the demo org itself. To add a judge: one script beside the others, one
//! line in [`judges!`]. What has to happen in the org before the judge looks has a module of its own.

mod displeased;
mod exported;
mod rules_of_exports;
mod tls;

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::{Context, ensure};
use demo_org::{DemoOrg, Options};
use tokio::process::Command;

/// Checks that have passed so far, of all scripts.
static PASSED_CHECKS: AtomicU32 = AtomicU32::new(0);

/// A test for each script, with the org that it judges.
macro_rules! judges {
    ($($name:ident: $script:literal, $options:expr;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() -> anyhow::Result<()> {
                judge($script, $options).await
            }
        )*
    };
}

judges! {
    rest_basics: "rest_basics.py", Options::default();
    rest_describe: "rest_describe.py", Options::default();
    rest_records: "rest_records.py", Options::default();
    rest_collections: "rest_collections.py", Options::default();
    rest_composite: "rest_composite.py", Options::default();
    soql: "soql_breadth.py", Options::default();
    changes: "changes.py", Options::default();
    bulk_ingest: "bulk_ingest.py", Options::default();
    bulk_query: "bulk_query.py", Options::default();
    list_views: "list_views.py", Options::default();
    reports: "reports.py", Options::default();
    rules: "rules.py", Options::default();
    rights: "rights.py", Options::default();
    campaigns: "campaigns.py", Options::default();
    custom_objects: "custom_objects.py", Options::default();
    native_app: "native_app.py", Options { native_app: true, ..Options::default() };
    trouble: "trouble.py", Options::default();
    many_contacts: "many_contacts.py", Options { contacts: 2_000_000, ..Options::default() };
    oauth_clients: "oauth_clients.py", Options::default();
    oauth_server_flows: "oauth_server_flows.py", Options::default();
    oauth_strict: "oauth_strict.py", Options { requires_pkce: true, allows_client_credentials: false, ..Options::default() };
    oauth_rotation: "oauth_rotation.py", Options { rotates_refresh_tokens: true, ..Options::default() };
    jsforce_rest: "jsforce/rest_client.mjs", Options::default();
    jsforce_bulk: "jsforce/bulk_client.mjs", Options::default();
    jsforce_oauth: "jsforce/oauth_client.mjs", Options::default();
}

/// Runs a script with a demo org of its own and expects that none of its checks fails.
async fn judge(script: &str, options: Options) -> anyhow::Result<()> {
    let org = DemoOrg::start(options).await?;
    judged(script, &org, &[]).await
}

/// Runs a script with this demo org and expects that none of its checks fails.
async fn judged(script: &str, org: &DemoOrg, environment: &[(&str, &OsStr)]) -> anyhow::Result<()> {
    let output = ask(script, org, environment).await?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(
        output.status.success(),
        "{script} found fault with the demo org:\n{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let passed_checks: u32 = said
        .lines()
        .next_back()
        .and_then(|line| line.strip_suffix(" passed, 0 failed"))
        .with_context(|| format!("{script} ended without a verdict:\n{said}"))?
        .parse()?;
    ensure!(passed_checks > 0, "{script} has checked nothing");
    let all = PASSED_CHECKS.fetch_add(passed_checks, Ordering::Relaxed) + passed_checks;
    println!("{said}{script}: {passed_checks} passed ({all} by all judges so far)");
    Ok(())
}

/// Runs a script with this demo org.
async fn ask(script: &str, org: &DemoOrg, environment: &[(&str, &OsStr)]) -> anyhow::Result<Output> {
    let script = Path::new(script);
    let program = if script.extension().is_some_and(|kind| kind == "mjs") {
        "node".into()
    } else {
        env::var_os("LANDBRIDGE_PYTHON").context(
            "LANDBRIDGE_PYTHON is not set: it names the Python that has tests/judges/requirements.txt installed. \
             `cargo xtask test` installs one and sets it.",
        )?
    };
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("judges");
    Command::new(&program)
        .arg(folder.join(script))
        .env("DEMO_INSTANCE_URL", org.instance_url())
        .env("DEMO_ACCESS_TOKEN", org.access_token())
        .env("DEMO_CLIENT_ID", org.client_id())
        .env("DEMO_CLIENT_SECRET", org.client_secret())
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
                program.display()
            )
        })
}
