//! `import`

use std::path::Path;

use engine::contract::lists::{ChosenFile, Imported, Lists};
use engine::{Code, Engine, Fault};
use serde_json::json;

use super::ask;
use crate::exit::Exit;
use crate::options::ImportOptions;
use crate::output::Output;
use crate::progress::ImportBar;

/// Imports each file as a list.
pub async fn run(engine: &Engine, options: ImportOptions, output: Output) -> Result<Exit, Fault> {
    if options.sample {
        let lists: Lists = ask(engine, "lists.import_samples", json!({})).await?;
        for list in &lists.lists {
            output.result(list, &format!("{}: {} profiles", list.name, list.profiles));
        }
        return Ok(Exit::Done);
    }
    if options.list.is_some() && options.files.len() > 1 {
        return Err(Fault::new(
            Code::Invalid,
            "Each file becomes a list of its own, and --list names one. Import the files one by one, or leave --list out.",
        ));
    }
    for file in &options.files {
        let imported = import_file(engine, file, options.list.as_deref(), output).await?;
        report(&imported, output);
    }
    Ok(Exit::Done)
}

/// Imports one file; without a name, the list is called as the file.
pub async fn import_file(
    engine: &Engine,
    path: &Path,
    name: Option<&str>,
    output: Output,
) -> Result<Imported, Fault> {
    let file: ChosenFile = engine::open_path(engine, path).await?;
    let bar = ImportBar::start(engine, output);
    let name = match name {
        Some(name) => name.to_owned(),
        None => engine::free_list_name(engine, &file.file_name).await?,
    };
    let imported = ask(
        engine,
        "lists.import_file",
        json!({ "file_id": file.file_id, "name": name }),
    )
    .await;
    bar.end().await;
    imported
}

fn report(imported: &Imported, output: Output) {
    let refusals: Vec<_> = imported
        .refusals
        .iter()
        .map(|row| json!({ "line": row.line, "why": row.why, "column": row.column, "value": row.value, "fix": row.fix }))
        .collect();
    for row in &imported.refusals {
        output.say(&format!("line {}: {} {}", row.line, row.why, row.fix));
    }
    output.result(
        &json!({
            "list": imported.list.name,
            "kind": imported.list.kind,
            "read_rows": imported.read_rows,
            "imported_rows": imported.imported_rows,
            "refused_rows": imported.refused_rows,
            "refusals": refusals,
        }),
        &format!(
            "{}: {} of {} rows imported, {} refused.",
            imported.list.name, imported.imported_rows, imported.read_rows, imported.refused_rows
        ),
    );
}
