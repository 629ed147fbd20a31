//! `users map`

use std::path::Path;

use engine::contract::people::{MappedBy, UserMappings};
use engine::{Code, Engine, Fault};
use serde::Deserialize;
use serde_json::json;

use super::ask;
use crate::exit::Exit;
use crate::options::UsersCommand;
use crate::output::Output;

/// One row of the file.
#[derive(Debug, Deserialize)]
struct Row {
    email: String,
    #[serde(default)]
    salesforce_user: Option<String>,
}

/// Shows the mapping, after setting what a file says.
pub async fn run(engine: &Engine, command: &UsersCommand, output: Output) -> Result<Exit, Fault> {
    let UsersCommand::Map { file } = command;
    if let Some(file) = file {
        // The whole file is read before anything is set, so that a broken one sets nothing.
        for row in rows(file)? {
            let user = row.salesforce_user.filter(|user| !user.trim().is_empty());
            let params = json!({ "email": row.email, "user": user });
            ask::<UserMappings>(engine, "people.map", params).await?;
        }
    }
    let mappings: UserMappings = ask(engine, "people.mapping", json!({})).await?;
    let people: Vec<_> = mappings
        .people
        .iter()
        .map(|person| {
            json!({
                "email": person.email,
                "name": person.name,
                "salesforce_user": person.salesforce_user.as_ref().map(|user| &user.username),
                "by": person.by,
                "candidates": person.candidates.iter().map(|user| &user.username).collect::<Vec<_>>(),
                "sentence": person.sentence,
            })
        })
        .collect();
    let lines: Vec<String> = mappings
        .people
        .iter()
        .map(|person| {
            format!(
                "{:<32} {:<32} {:<6} {}",
                person.email.as_deref().unwrap_or(&person.name),
                person
                    .salesforce_user
                    .as_ref()
                    .map_or("—", |user| user.username.as_str()),
                by_word(person.by),
                person.sentence
            )
        })
        .collect();
    output.result(&json!({ "people": people }), &lines.join("\n"));
    Ok(Exit::Done)
}

fn by_word(by: MappedBy) -> &'static str {
    match by {
        MappedBy::Email => "email",
        MappedBy::Name => "name",
        MappedBy::Admin => "admin",
        MappedBy::None => "none",
    }
}

fn rows(file: &Path) -> Result<Vec<Row>, Fault> {
    let unreadable = |error: csv::Error| {
        Fault::new(
            Code::BadFile,
            format!(
                "{} could not be read as CSV with the columns email and salesforce_user: {error}.",
                file.display()
            ),
        )
    };
    let mut reader = csv::Reader::from_path(file).map_err(unreadable)?;
    reader.deserialize().collect::<Result<_, _>>().map_err(unreadable)
}
