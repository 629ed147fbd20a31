//! The demo without a window: the same export by `landbridge-cli`, each command printed as it could be typed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{ChildStdout, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::program::{Program, Running};
use crate::project::Project;
use crate::steps::Steps;

/// The name of the list of people among the samples.
const LIST: &str = "Sample contacts";

/// The exit code of an export that was done, but not for every record.
const SOME_RECORDS_FAILED: i32 = 1;

/// Serves the demo org, exports the sample list into it, and shows plan, progress and ledger.
pub fn show(project: &Project, workspace: &Path, steps: &mut Steps) -> Result<()> {
    let command_line = project.built("debug", "landbridge-cli");
    let org = steps.step("Demo org: start", || DemoOrg::serve(&command_line))?;
    let call = |arguments: &[&str]| {
        Program::new(&command_line)
            .arguments(["--workspace"])
            .arguments([workspace])
            .arguments(arguments)
            .environment("LANDBRIDGE_INSTANCE_URL", &org.instance_url)
            .environment("LANDBRIDGE_ACCESS_TOKEN", &org.access_token)
    };
    let export = ["export", "--object", "lead", "--list", LIST];
    steps.step("Import the sample lists", || call(&["import", "--sample"]).run())?;
    steps.step("Plan: nothing is written yet", || {
        call(&[&export[..], &["--dry-run"]].concat()).run()
    })?;
    steps.step("Export", || {
        if call(&export).run_until(&[0, SOME_RECORDS_FAILED])? == SOME_RECORDS_FAILED {
            println!("Some records failed; the ledger below says which, and why.");
        }
        Ok(())
    })?;
    steps.step("Runs", || call(&["runs", "list"]).run())?;
    steps.step("Ledger", || {
        let listed = call(&["--json", "runs", "list"]).output()?;
        let run = newest_run(&listed)?;
        call(&["runs", "show", &run]).run()?;
        call(&["runs", "ledger", &run]).run()
    })?;
    steps.print();
    println!(
        "\nThe workspace with its journal stays in {}.",
        project.shown(workspace)
    );
    Ok(())
}

/// The id in the first line of `runs list --json`, which lists the newest run first.
fn newest_run(listed: &str) -> Result<String> {
    let first: Value = serde_json::from_str(listed.lines().next().unwrap_or_default())
        .context("`runs list --json` printed no run")?;
    match &first["run"] {
        Value::String(run) => Ok(run.clone()),
        Value::Number(run) => Ok(run.to_string()),
        _ => bail!("`runs list --json` printed a line without the run's id: {first}"),
    }
}

/// A running demo org; it ends with the guard.
struct DemoOrg {
    instance_url: String,
    access_token: String,
    _server: Running,
    /// Kept open, so that the server can go on writing.
    _output: BufReader<ChildStdout>,
}

impl DemoOrg {
    fn serve(command_line: &Path) -> Result<Self> {
        let program = Program::new(command_line).arguments(["--json", "--quiet", "demo-org", "serve"]);
        println!("$ {}", program.line());
        let mut server = program.start(|command| command.stdout(Stdio::piped()))?;
        let output = server
            .child()
            .stdout
            .take()
            .context("the demo org has no output to read")?;
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output
            .read_line(&mut line)
            .context("the demo org could not be read")?;
        let said: Value = serde_json::from_str(&line)
            .context("the demo org ended before it listened, or its first line is no JSON")?;
        let text = |key: &str| {
            said[key]
                .as_str()
                .map(str::to_owned)
                .with_context(|| format!("its first line has no {key}"))
        };
        let org = Self {
            instance_url: text("instance_url")?,
            access_token: text("access_token")?,
            _server: server,
            _output: output,
        };
        println!("It listens on {}", org.instance_url);
        Ok(org)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_run_is_the_first_line() {
        assert_eq!(
            newest_run("{\"run\":\"0193\"}\n{\"run\":\"0192\"}\n").unwrap(),
            "0193"
        );
        assert_eq!(newest_run("{\"run\":7}\n").unwrap(), "7");
        assert!(newest_run("").is_err());
    }
}
