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
        let (changes, lines) = changes(engine, rows(file)?).await?;
        ask::<UserMappings>(engine, "people.save_mapping", json!({ "changes": changes }))
            .await
            .map_err(|fault| at_line(fault, &lines))?;
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
    for warning in &mappings.warnings {
        output.say(warning);
    }
    output.result(
        &json!({ "people": people, "warnings": mappings.warnings }),
        &lines.join("\n"),
    );
    Ok(Exit::Done)
}

/// What a file's rows say of people who are here, and the line of each person, who may stand in it once.
async fn changes(
    engine: &Engine,
    rows: Vec<(u64, Row)>,
) -> Result<(Vec<UserMappingChange>, HashMap<i64, u64>), Fault> {
    let people: People = ask(engine, "people.list", json!({})).await?;
    let by_email: HashMap<String, i64> = people
        .people
        .into_iter()
        .filter_map(|person| Some((key(&person.email?), person.person)))
        .collect();
    let mut lines: HashMap<i64, u64> = HashMap::new();
    let changes = rows
        .into_iter()
        .map(|(line, row)| {
            let email = row.email.trim();
            let person = by_email.get(&key(email)).copied().ok_or_else(|| {
                Fault::new(
                    Code::NotFound,
                    format!("Line {line}: nobody here has the e-mail address {email}. Check the file."),
                )
            })?;
            if let Some(first) = lines.insert(person, line) {
                return Err(Fault::new(
                    Code::Invalid,
                    format!("Line {line}: {email} stands in line {first} already. Delete one of the two."),
                ));
            }
            let user = row.salesforce_user.filter(|user| !user.trim().is_empty());
            let to = user.map_or(UserChoice::Nobody, |user| UserChoice::Named { user });
            Ok(UserMappingChange { person, to })
        })
        .collect::<Result<_, Fault>>()?;
    Ok((changes, lines))
}

/// Names the line of the person whom the core refuses.
fn at_line(fault: Fault, lines: &HashMap<i64, u64>) -> Fault {
    let person = fault
        .field
        .as_deref()
        .and_then(|field| field.strip_prefix("changes."))
        .and_then(|person| person.parse().ok());
    match person.and_then(|person: i64| lines.get(&person)) {
        Some(line) => Fault {
            sentence: format!("Line {line}: {}", fault.sentence),
            ..fault
        },
        None => fault,
    }
}

fn key(email: &str) -> String {
    email.trim().to_lowercase()
}

fn by_word(by: MappedBy) -> &'static str {
    match by {
        MappedBy::Email => "email",
        MappedBy::Name => "name",
        MappedBy::Admin => "admin",
        MappedBy::None => "none",
    }
}

/// The rows of a file, each with its line.
fn rows(file: &Path) -> Result<Vec<(u64, Row)>, Fault> {
    let unreadable = |error: csv::Error| {
        let line = error
            .position()
            .map_or_else(String::new, |place| format!("Line {}: ", place.line()));
        Fault::new(
            Code::BadFile,
            format!(
                "{line}{} could not be read as CSV with the columns email and salesforce_user: {error}.",
                file.display()
            ),
        )
    };
    let mut reader = csv::Reader::from_path(file).map_err(unreadable)?;
    let headers = reader.headers().map_err(unreadable)?.clone();
    reader
        .records()
        .map(|record| {
            let record = record.map_err(unreadable)?;
            let line = record.position().map_or(0, csv::Position::line);
            let row = record.deserialize(Some(&headers)).map_err(unreadable)?;
            Ok((line, row))
        })
        .collect()
}
