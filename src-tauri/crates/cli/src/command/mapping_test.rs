//! `mapping test`

use engine::contract::event::{Event, TestStep};
use engine::contract::lists::Lists;
use engine::contract::mapping::test::{FieldVerdict, MappingTest, TestState};
use engine::{Code, Engine, Fault};
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;

use super::ask;
use crate::exit::Exit;
use crate::options::MappingTestOptions;
use crate::output::Output;

/// Tests the rows of a file, or the saved ones.
pub async fn run(engine: &Engine, options: &MappingTestOptions, output: Output) -> Result<Exit, Fault> {
    let (object, target) = (options.object.word(), options.object.target());
    let read = if let Some(file) = &options.file {
        engine::read_mapping_file(file, target).await?
    } else {
        let saved = engine::mapping_document(engine, target, None).await?;
        engine::read_mapping_text(saved.to_string().as_bytes(), target, "the saved mapping")?
    };
    let list_id = match &options.list {
        Some(name) => Some(list_id(engine, name).await?),
        None => None,
    };
    let asked = json!({
        "object": object,
        "rows": read.rows,
        "sample": { "list_id": list_id, "index": options.sample - 1 },
    });
    let mut events = engine.watch();
    let testing = ask::<MappingTest>(engine, "mapping.test", asked);
    tokio::pin!(testing);
    let test = loop {
        tokio::select! {
            test = &mut testing => break test?,
            event = events.recv() => match event {
                Ok(Event::MappingTest { test, step }) => tell(test, step, output),
                // Steps are only shown; a missed one is no loss.
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => break testing.await?,
            },
        }
    };
    report(&test, output);
    Ok(exit_of(&test))
}

async fn list_id(engine: &Engine, name: &str) -> Result<i64, Fault> {
    let lists: Lists = ask(engine, "lists.list", json!({ "search": "" })).await?;
    let found = lists.lists.iter().find(|list| list.name == name);
    found.map(|list| list.list_id).ok_or_else(|| {
        Fault::new(
            Code::NotFound,
            format!("There is no list named “{name}”. “landbridge-cli import” makes one."),
        )
    })
}

fn tell(test: i64, step: TestStep, output: Output) {
    if output.tells_progress() {
        output.line(&json!({ "progress": { "test": test, "step": step } }));
    }
}

fn report(test: &MappingTest, output: Output) {
    let mut told = String::new();
    for field in &test.fields {
        told += &format!(
            "  {:<9} {} → {} ({}): “{}”",
            verdict_word(field.verdict),
            field.source,
            field.target_label,
            field.target,
            field.sent
        );
        if field.verdict == FieldVerdict::Changed || field.verdict == FieldVerdict::Truncated {
            told += &format!(" became “{}”", field.read_back);
        }
        if !field.sentence.is_empty() {
            told += &format!(". {}", field.sentence);
        }
        told.push('\n');
    }
    told += &test.sentence;
    let line = serde_json::to_value(test).unwrap_or(Value::Null);
    output.result(&line, &told);
}

fn verdict_word(verdict: FieldVerdict) -> &'static str {
    match verdict {
        FieldVerdict::Written => "written",
        FieldVerdict::Changed => "changed",
        FieldVerdict::Truncated => "cut",
        FieldVerdict::Refused => "refused",
        FieldVerdict::NotRead => "not read",
    }
}

fn exit_of(test: &MappingTest) -> Exit {
    match test.state {
        TestState::Interrupted | TestState::Running => Exit::Unreachable,
        TestState::Passed | TestState::Refused | TestState::Differs if !test.deleted => Exit::SomeFailed,
        TestState::Passed => Exit::Done,
        TestState::Differs => Exit::SomeFailed,
        TestState::Refused => Exit::Refused,
    }
}
