//! `doctor`

use engine::contract::doctor::{CheckState, DoctorReport};
use engine::{Engine, Fault};
use serde_json::json;

use super::ask;
use crate::exit::Exit;
use crate::options::DoctorOptions;
use crate::output::Output;

/// Runs the connection doctor, and writes the permission set where one was asked for.
pub async fn run(engine: &Engine, options: DoctorOptions, output: Output) -> Result<Exit, Fault> {
    if let Some(file) = options.permission_set {
        let saved = engine::save_permission_set_to(engine, file).await?;
        output.say(&format!("{} holds {} fields.", saved.file_name, saved.rows));
    }
    let report: DoctorReport = ask(engine, "doctor.run", json!({})).await?;
    let checks: Vec<_> = report
        .checks
        .iter()
        .map(|check| {
            json!({
                "name": check.name,
                "state": check.state,
                "title": check.title,
                "found": check.found,
                "why": check.why,
                "mend": check.mend,
                "setup_path": check.setup_path,
            })
        })
        .collect();
    let result =
        json!({ "checks": checks, "checked_at": report.checked_at, "used_calls": report.used_calls });
    output.result(&result, report.text.trim_end());
    let failed = report
        .checks
        .iter()
        .any(|check| check.state == CheckState::Failed);
    Ok(if failed { Exit::SomeFailed } else { Exit::Done })
}
