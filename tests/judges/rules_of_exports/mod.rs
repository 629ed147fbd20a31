//! What exports by `landbridge-cli` left in the org, as simple-salesforce and jsforce read it, rule by rule.
//!
//! Each test exports, writes down what the rules promise, and lets both clients compare. Then every promise is made wrong, and
//! both clients have to say so of each.

mod duplicates;
mod relations;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use support::command_line::{CommandLine, Finished};
use support::{TestApp, lists};

use super::{ask, judged};

const SCRIPTS: [&str; 2] = ["exported_rules.py", "jsforce/exported_rules.mjs"];

/// What a rule promises of the records of a query, in the query's order.
struct Promise {
    rule: &'static str,
    query: String,
    records: Vec<Value>,
}

/// An app whose workspace the command line shares, and the command line.
async fn app() -> (TestApp, CommandLine) {
    let app = TestApp::connected().await;
    let command_line = CommandLine::beside(&app);
    (app, command_line)
}

/// Imports people with these values as a list.
async fn import(command_line: &CommandLine, list: &str, rows: &[Vec<(&str, &str)>]) {
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let file = command_line.file(&format!("{list}.csv"), lists::contacts_with(&rows));
    command_line.import(&file, list).await;
}

/// Exports a list.
async fn export(command_line: &CommandLine, object: &str, list: &str, options: &[&str]) -> Finished {
    let export = ["export", "--object", object, "--list", list];
    command_line.json(&[&export[..], options].concat()).await
}

/// Expects of a command these counts, by the names of its result.
fn counts(finished: &Finished, expected: &Value) -> Result<()> {
    let result = finished.result();
    for (name, count) in expected.as_object().into_iter().flatten() {
        ensure!(result[name] == *count, "{name}: {finished:?}");
    }
    Ok(())
}

/// Both clients find what was promised, and neither finds anything else.
async fn judge(app: &TestApp, command_line: &CommandLine, promises: &[Promise]) -> Result<()> {
    let file = |name: &str, wrong: bool| {
        let expected: Vec<Value> = promises.iter().map(|promise| promise.json(wrong)).collect();
        command_line.file(name, Value::from(expected).to_string())
    };
    let (right, wrong) = (file("expected.json", false), file("wrong.json", true));
    for script in SCRIPTS {
        judged(script, &app.org, &[("EXPECTED", right.as_os_str())]).await?;
        let output = ask(script, &app.org, &[("EXPECTED", wrong.as_os_str())]).await?;
        let said = String::from_utf8_lossy(&output.stdout);
        ensure!(
            output.status.code() == Some(1),
            "{script}: {}\n{said}",
            output.status
        );
        for Promise { rule, .. } in promises {
            ensure!(
                said.contains(&format!("not ok {rule}: ")),
                "{script} is content with a wrong expectation of “{rule}”:\n{said}"
            );
        }
    }
    Ok(())
}

impl Promise {
    fn of(rule: &'static str, query: impl Into<String>, records: Vec<Value>) -> Self {
        Self {
            rule,
            query: query.into(),
            records,
        }
    }

    /// As the scripts read it; a wrong one differs in the last value of its last record.
    fn json(&self, wrong: bool) -> Value {
        let mut records = self.records.clone();
        if wrong {
            match records.last_mut() {
                Some(last) => make_wrong(last),
                None => records.push(json!({})),
            }
        }
        json!({ "rule": self.rule, "query": self.query, "records": records })
    }
}

fn make_wrong(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some((_, last)) = members.iter_mut().next_back() {
                make_wrong(last);
            }
        }
        other => *other = json!("Something else"),
    }
}
