//! One file a command.

mod accounts;
mod audit;
mod connect;
mod demo_org;
mod disconnect;
mod doctor;
mod export;
mod import;
mod mapping;
mod mapping_test;
mod people;
mod run_report;
mod runs;
mod send;
mod tokens;
mod users;
mod workspaces;

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use engine::{Code, Engine, EngineOptions, Fault, Pace, ReadyConnection};
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::options::{Command, Options, Switch};
use crate::output::Output;
use crate::stop::StopSignal;
use crate::terminal_host::TerminalHost;

/// Runs one command.
pub async fn run(options: Options, output: &Output) -> Result<Exit, Fault> {
    let stop = StopSignal::listen()?;
    if let Command::DemoOrg(command) = options.command {
        return demo_org::run(command, *output, &stop).await;
    }
    let engine = open(options.workspace).await?;
    let output = *output;
    if !matches!(options.command, Command::Tokens(_)) {
        tokens::unlock(&engine, tokens::given()).await?;
    }
    clean_tests(&engine, &options.command, output).await;
    let ended = match options.command {
        Command::DemoOrg(command) => demo_org::run(command, output, &stop).await,
        Command::Connect(options) => stop.before(connect::run(&engine, options, output)).await,
        Command::Disconnect(options) => stop.before(disconnect::run(&engine, options, output)).await,
        Command::Accounts { choice } => stop.before(accounts::run(&engine, choice, output)).await,
        Command::Tokens(command) => stop.before(tokens::run(&engine, &command, output)).await,
        Command::Doctor(options) => stop.before(doctor::run(&engine, options, output)).await,
        Command::Import(options) => stop.before(import::run(&engine, options, output)).await,
        Command::Mapping(command) => stop.before(mapping::run(&engine, &command, output)).await,
        Command::Exports { state, stop_runs } => {
            stop.before(turn_exports(&engine, state, stop_runs, output)).await
        }
        Command::Export(options) => export::run(&engine, options, output, &stop).await,
        Command::SupportBundle { file } => stop.before(save_support_bundle(&engine, file, output)).await,
        Command::Workspaces(command) => stop.before(workspaces::run(&engine, &command, output)).await,
        Command::Users(command) => stop.before(users::run(&engine, &command, output)).await,
        Command::People(command) => stop.before(people::run(&engine, command, output)).await,
        Command::Audit(options) => stop.before(audit::run(&engine, options, output)).await,
        Command::Runs(command) => runs::run(&engine, command, output, &stop).await,
    };
    if let Err(fault) = engine.leave() {
        tracing::warn!(%fault, "the journal of the workspace stays for the next command");
    }
    ended
}

/// A test of a mapping that was killed may have left a record, which any connected command deletes.
async fn clean_tests(engine: &Engine, command: &Command, output: Output) {
    if matches!(
        command,
        Command::Connect(_) | Command::Disconnect(_) | Command::Accounts { .. } | Command::Tokens(_)
    ) {
        // A login does it itself, with the session that it opens; the others may have none.
        return;
    }
    match engine::recover_mapping_tests(engine).await {
        Ok(sentences) => sentences.iter().for_each(|sentence| output.say(sentence)),
        Err(fault) => output.say(&format!("A test of a mapping may have left a record: {fault}")),
    }
}

async fn turn_exports(
    engine: &Engine,
    state: Switch,
    stop_runs: bool,
    output: Output,
) -> Result<Exit, Fault> {
    let on = state == Switch::On;
    if on && stop_runs {
        return Err(Fault::new(
            Code::Invalid,
            "--stop-runs stops what is being sent while exports are turned off. Leave it out with “on”.",
        ));
    }
    let sending_runs = if stop_runs { "stop" } else { "finish" };
    let params = json!({ "on": on, "sending_runs": sending_runs });
    let state: engine::contract::app::AppState = ask(engine, "settings.exports_on", params).await?;
    let text = if state.exports_on {
        "Exports are on."
    } else {
        "Exports are off."
    };
    output.result(&json!({ "exports_on": state.exports_on }), text);
    Ok(Exit::Done)
}

async fn save_support_bundle(engine: &Engine, file: PathBuf, output: Output) -> Result<Exit, Fault> {
    let saved = engine::save_support_bundle_to(engine, file).await?;
    let text = format!("Saved {} files in {}.", saved.rows, saved.file_name);
    output.result(
        &json!({ "file_name": saved.file_name, "files": saved.rows }),
        &text,
    );
    Ok(Exit::Done)
}

async fn open(workspace: Option<PathBuf>) -> Result<Engine, Fault> {
    let workspace = match workspace {
        Some(folder) => folder,
        None => engine::default_workspace()?,
    };
    let ready_connection = ready_connection()?;
    Engine::open(EngineOptions {
        workspace,
        host: Arc::new(TerminalHost::new(ready_connection.is_none())),
        ready_connection,
        pace: Pace::default(),
        resume_runs: false,
    })
    .await
}

/// The connection that the environment gives; half of one is a mistake.
fn ready_connection() -> Result<Option<ReadyConnection>, Fault> {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
    match (
        variable("LANDBRIDGE_INSTANCE_URL"),
        variable("LANDBRIDGE_ACCESS_TOKEN"),
    ) {
        (Some(instance_url), Some(token)) => Ok(Some(ReadyConnection {
            instance_url,
            access_token: SecretString::from(token.trim().to_owned()),
        })),
        (None, None) => Ok(None),
        _ => Err(Fault::new(
            Code::Invalid,
            "LANDBRIDGE_INSTANCE_URL and LANDBRIDGE_ACCESS_TOKEN go together: set both, or neither.",
        )),
    }
}

/// One call of the contract.
pub async fn ask<T: DeserializeOwned>(engine: &Engine, name: &str, params: Value) -> Result<T, Fault> {
    let answer = engine.call(name, params).await?;
    serde_json::from_value(answer).map_err(|error| {
        Fault::new(
            Code::Internal,
            format!("The answer of “{name}” was not understood: {error}."),
        )
    })
}
