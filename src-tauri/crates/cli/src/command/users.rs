//! `users map`

use std::collections::HashMap;
use std::path::Path;

use engine::contract::people::{MappedBy, People, UserChoice, UserMappingChange, UserMappings};
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
        // All at once: what cannot be set keeps the rest from being set too.
        let changes = changes(engine, rows(file)?).await?;
        ask::<UserMappings>(engine, "people.save_mapping", json!({ "changes": changes })).await?;
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

/// What a file's rows say of people who are here.
async fn changes(engine: &Engine, rows: Vec<Row>) -> Result<Vec<UserMappingChange>, Fault> {
    let people: People = ask(engine, "people.list", json!({})).await?;
    let by_email: HashMap<String, i64> = people
        .people
        .into_iter()
        .filter_map(|person| Some((person.email?.trim().to_lowercase(), person.person)))
        .collect();
    rows.into_iter()
        .map(|row| {
            let person = by_email.get(&row.email.trim().to_lowercase()).copied();
            let person = person.ok_or_else(|| {
                Fault::new(
                    Code::NotFound,
                    format!(
                        "Nobody here has the e-mail address {}. Check the file.",
                        row.email
                    ),
                )
            })?;
            let user = row.salesforce_user.filter(|user| !user.trim().is_empty());
            let to = user.map_or(UserChoice::Nobody, |user| UserChoice::Named { user });
            Ok(UserMappingChange { person, to })
        })
        .collect()
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
