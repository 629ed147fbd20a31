//! What `landbridge-cli` exports, as simple-salesforce finds it.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use demo_org::{DemoOrg, Options};
use serde_json::{Value, json};
use support::command_line::CommandLine;

use super::{ask, judged};

const SCRIPT: &str = "exported_leads.py";
const PEOPLE: &str = "contacts_40.csv";
const COMPANIES: &str = "companies_60.csv";

/// One export: object, sample list, records, API.
type Export = (&'static str, &'static str, u32, &'static str);

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../src-tauri/crates/zoominfo/samples")
        .join(name)
}

/// Exports as other programs do, and returns the file that tells the script what was exported.
async fn exported(command_line: &CommandLine, exports: &[Export]) -> Result<PathBuf> {
    for list in [PEOPLE, COMPANIES] {
        command_line.import(&sample(list), list).await;
    }
    let mut made = Vec::new();
    for (object, list, records, api) in exports {
        let sent = command_line
            .json(&[
                "export",
                "--object",
                &object.to_lowercase(),
                "--list",
                list,
                "--limit",
                &records.to_string(),
                // The lists overlap with one another, and every record is to be written.
                "--on-duplicate",
                "create",
                "--on-ask",
                "default",
            ])
            .await;
        ensure!(sent.code == Some(0), "{object}: {sent:?}");
        let result = sent.result();
        ensure!(result["api"] == *api, "{object}: {result}");
        // Accounts that are created for contacts have lines of their own.
        let mut ledger = command_line.ledger(&result["run"]).await;
        ledger.retain(|line| line["object"] == object.to_lowercase().as_str());
        made.push(json!({
            "object": object,
            "list": sample(list),
            "ledger": command_line.file(&format!("ledger of run {}", result["run"]), Value::from(ledger).to_string()),
            "records": records,
        }));
    }
    Ok(command_line.file("exports.json", Value::from(made).to_string()))
}

#[tokio::test(flavor = "multi_thread")]
async fn simple_salesforce_finds_the_lists_values() -> Result<()> {
    let org = DemoOrg::start(Options::default()).await?;
    let command_line = CommandLine::of(&org);
    let exports = exported(
        &command_line,
        &[
            ("Lead", PEOPLE, 40, "bulk"),
            ("Lead", PEOPLE, 25, "rest"),
            ("Contact", PEOPLE, 40, "bulk"),
            ("Contact", PEOPLE, 25, "rest"),
            ("Account", COMPANIES, 60, "bulk"),
            ("Account", COMPANIES, 25, "rest"),
        ],
    )
    .await?;
    judged(SCRIPT, &org, &[("EXPORTS", exports.as_os_str())]).await
}

/// A judge that nothing can displease is none.
#[tokio::test(flavor = "multi_thread")]
async fn one_changed_value_displeases_the_judge() -> Result<()> {
    let org = DemoOrg::start(Options::default()).await?;
    let command_line = CommandLine::of(&org);
    let exports = exported(&command_line, &[("Lead", PEOPLE, 25, "rest")]).await?;
    let ledger = command_line.ledger(&json!(1)).await;
    let lead = ledger[7]["salesforce_id"].as_str().unwrap_or_default();
    support::use_ring();
    reqwest::Client::new()
        .patch(format!(
            "{}/services/data/v60.0/sobjects/Lead/{lead}",
            org.instance_url()
        ))
        .bearer_auth(org.access_token())
        .json(&json!({ "NumberOfEmployees": 7 }))
        .send()
        .await?
        .error_for_status()?;
    let output = ask(SCRIPT, &org, &[("EXPORTS", exports.as_os_str())]).await?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.code() == Some(1), "{said}");
    ensure!(
        said.contains(&format!("NumberOfEmployees of {lead}")),
        "it does not say what is wrong: {said}"
    );
    Ok(())
}
