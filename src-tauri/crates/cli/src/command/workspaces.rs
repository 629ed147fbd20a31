//! `workspaces list`

use engine::contract::workspaces::{WorkspaceView, Workspaces};
use engine::{Engine, Fault};
use serde_json::json;

use super::ask;
use crate::exit::Exit;
use crate::options::WorkspacesCommand;
use crate::output::Output;

/// Shows the workspaces, one line each.
pub async fn run(engine: &Engine, command: &WorkspacesCommand, output: Output) -> Result<Exit, Fault> {
    let WorkspacesCommand::List = command;
    let found: Workspaces = ask(engine, "workspaces.list", json!({})).await?;
    for workspace in &found.workspaces {
        output.result(workspace, &line(workspace));
    }
    Ok(Exit::Done)
}

fn line(workspace: &WorkspaceView) -> String {
    let mark = if workspace.is_open { "*" } else { " " };
    let org = workspace.org.as_ref().map_or("no org", |org| org.name.as_str());
    let refusal = workspace.refusal.as_deref().unwrap_or_default();
    format!(
        "{mark} {:<24} {:<24} {} {refusal}",
        workspace.name, org, workspace.folder
    )
    .trim_end()
    .to_owned()
}
