//! `mapping show`, `set`, `history`, `restore`; `mapping test` is beside

use std::io::Read as _;
use std::path::Path;

use engine::contract::mapping::preview::{MappingPreview, MappingProblem, SampleChoice};
use engine::contract::mapping::versions::{EditableRows, MappingHistory, SaveAnswer, SavedMapping};
use engine::{Code, Engine, Fault};
use serde_json::{Value, json};

use super::{ask, mapping_test};
use crate::exit::Exit;
use crate::options::{MappingCommand, Object};
use crate::output::Output;

/// Runs one of them.
pub async fn run(engine: &Engine, command: &MappingCommand, output: Output) -> Result<Exit, Fault> {
    match command {
        MappingCommand::Test(options) => mapping_test::run(engine, options, output).await,
        MappingCommand::Show { object, version } => show(engine, *object, *version, output).await,
        MappingCommand::Set {
            object,
            file,
            note,
            based_on,
        } => {
            let read = read(*object, file.as_deref()).await?;
            set(engine, *object, read, note, *based_on, output).await
        }
        MappingCommand::History { object } => history(engine, *object, output).await,
        MappingCommand::Restore { object, version } => restore(engine, *object, *version, output).await,
    }
}

async fn show(engine: &Engine, object: Object, version: Option<u32>, output: Output) -> Result<Exit, Fault> {
    let document = engine::mapping_document(engine, object.target(), version).await?;
    let text = serde_json::to_string_pretty(&document).unwrap_or_else(|_| document.to_string());
    output.result(&document, &text);
    Ok(Exit::Done)
}

/// The document that is to be saved.
async fn read(object: Object, file: Option<&Path>) -> Result<EditableRows, Fault> {
    if let Some(path) = file {
        return engine::read_mapping_file(path, object.target()).await;
    }
    let reading = tokio::task::spawn_blocking(|| {
        let mut content = Vec::new();
        std::io::stdin().lock().read_to_end(&mut content).map(|_| content)
    });
    let content = reading
        .await
        .map_err(|error| unread(&error.to_string()))?
        .map_err(|error| unread(&error.to_string()))?;
    engine::read_mapping_text(&content, object.target(), "standard input")
}

fn unread(why: &str) -> Fault {
    Fault::new(
        Code::FileSystem,
        "The standard input could not be read. Name the document with --file.",
    )
    .with_detail(why)
}

async fn set(
    engine: &Engine,
    object: Object,
    read: EditableRows,
    note: &str,
    based_on: Option<u32>,
    output: Output,
) -> Result<Exit, Fault> {
    let before = current(engine, object).await?.version;
    let answer: SaveAnswer = ask(
        engine,
        "mapping.save",
        json!({ "object": object.word(), "rows": read.rows, "note": note, "based_on_version": based_on }),
    )
    .await?;
    let Some(saved) = answer.saved else {
        let result = json!({
            "object": object.word(),
            "state": "refused",
            "version": before,
            "sentence": answer.sentence,
            "problems": answer.problems,
        });
        output.say(&answer.sentence);
        for problem in answer.problems.iter().filter(|problem| problem.row.is_some()) {
            output.say(&told(problem));
        }
        output.result(&result, "Nothing was saved.");
        return Ok(Exit::Refused);
    };
    // What may be saved and still stops exports is told, as the window shows it at its rows.
    let preview: MappingPreview = ask(
        engine,
        "mapping.preview",
        json!({ "object": object.word(), "rows": read.rows, "sample": SampleChoice::default(), "record": null }),
    )
    .await?;
    let untold = |problem: &&MappingProblem| !answer.warning.contains(&problem.sentence);
    for problem in preview.problems.iter().filter(untold) {
        output.say(&told(problem));
    }
    if !answer.warning.is_empty() {
        output.say(&answer.warning);
    }
    let state = if saved.version == before {
        "unchanged"
    } else {
        "saved"
    };
    let text = match state {
        "saved" => format!(
            "Saved as version {} with {} rows.",
            saved.version,
            saved.rows.len()
        ),
        _ => format!("Version {} stays the newest.", saved.version),
    };
    let result = json!({
        "object": object.word(),
        "state": state,
        "version": saved.version,
        "rows": saved.rows.len(),
        "saved_by": saved.saved_by,
        "saved_at": saved.saved_at,
        "warning": answer.warning,
        "problems": preview.problems,
    });
    output.result(&result, &text);
    Ok(Exit::Done)
}

/// A problem as a line for people.
fn told(problem: &MappingProblem) -> String {
    match problem.row {
        Some(row) => format!("Row {row}: {}", problem.sentence),
        None => problem.sentence.clone(),
    }
}

async fn current(engine: &Engine, object: Object) -> Result<SavedMapping, Fault> {
    ask(engine, "mapping.show", json!({ "object": object.word() })).await
}

async fn history(engine: &Engine, object: Object, output: Output) -> Result<Exit, Fault> {
    let history: MappingHistory = ask(engine, "mapping.history", json!({ "object": object.word() })).await?;
    for version in &history.versions {
        let mut text = format!(
            "{}  {}  {}  {} rows",
            version.version, version.saved_at, version.saved_by, version.rows
        );
        for part in [&version.note, &version.changes.join(", ")] {
            if !part.is_empty() {
                text.push_str("  ");
                text.push_str(part);
            }
        }
        output.result(version, &text);
    }
    if history.versions.is_empty() {
        output.say("This mapping was not saved yet.");
    }
    Ok(Exit::Done)
}

async fn restore(engine: &Engine, object: Object, version: u32, output: Output) -> Result<Exit, Fault> {
    let before = current(engine, object).await?.version;
    let saved: SavedMapping = ask(
        engine,
        "mapping.restore",
        json!({ "object": object.word(), "version": version }),
    )
    .await?;
    let state = if saved.version == before {
        "unchanged"
    } else {
        "saved"
    };
    let text = match state {
        "saved" => format!("Version {version} is saved again as version {}.", saved.version),
        _ => format!("Nothing differs from version {before}, so there is no new version."),
    };
    let result: Value = json!({
        "object": object.word(),
        "state": state,
        "version": saved.version,
        "rows": saved.rows.len(),
        "note": saved.note,
        "saved_by": saved.saved_by,
        "saved_at": saved.saved_at,
    });
    output.result(&result, &text);
    Ok(Exit::Done)
}
