//! `people …`

use std::path::Path;

use engine::contract::app::{AppState, Role as PersonRole};
use engine::contract::people::{People, PeopleFileCheck, Person, Standing};
use engine::{Code, Engine, Fault};
use serde_json::{Value, json};

use super::ask;
use crate::exit::Exit;
use crate::options::PeopleCommand;
use crate::output::Output;

/// Shows and changes the people of the organisation.
pub async fn run(engine: &Engine, command: PeopleCommand, output: Output) -> Result<Exit, Fault> {
    match command {
        PeopleCommand::List => {
            let people: People = ask(engine, "people.list", json!({})).await?;
            for person in &people.people {
                output.result(&line_of(person), &text_of(person));
            }
            output.say(&people.boundary);
        }
        PeopleCommand::Add { name, email, role } => {
            let params = json!({ "name": name, "email": email, "role": role.word() });
            let people: People = ask(engine, "people.add", params).await?;
            show(&people, &email, output)?;
        }
        PeopleCommand::Import { file, dry_run } => return import(engine, &file, dry_run, output).await,
        PeopleCommand::Remove { person } => {
            let person = named(engine, &person).await?;
            let params = json!({ "people": [person.person] });
            let _: People = ask(engine, "people.remove", params).await?;
            output.result(
                &json!({ "removed": line_of(&person) }),
                &format!("{} was removed.", person.name),
            );
        }
        PeopleCommand::Role { person, role } => {
            let person = named(engine, &person).await?;
            let params = json!({ "person": person.person, "name": person.name, "email": person.email, "role": role.word() });
            let people: People = ask(engine, "people.change", params).await?;
            show(&people, person.email.as_deref().unwrap_or(&person.name), output)?;
        }
        PeopleCommand::Switch { person } => {
            let person = named(engine, &person).await?;
            let params = json!({ "person": person.person });
            let state: AppState = ask(engine, "people.switch_operator", params).await?;
            output.result(
                &json!({ "operator": state.operator }),
                &format!("{} uses this workspace now.", state.operator.name),
            );
        }
    }
    Ok(Exit::Done)
}

async fn import(engine: &Engine, file: &Path, dry_run: bool, output: Output) -> Result<Exit, Fault> {
    let check: PeopleFileCheck = engine::open_people_file(engine, file).await?;
    for row in &check.refusals {
        output.say(&format!("line {}: {}", row.line, row.why));
    }
    if !dry_run {
        let params = json!({ "file_id": check.file_id });
        let _: People = ask(engine, "people.import_file", params).await?;
    }
    let verb = if dry_run { "would be" } else { "are" };
    output.result(
        &json!({
            "read_rows": check.read_rows,
            "new_people": check.new_people,
            "changed_people": check.changed_people,
            "unchanged_people": check.unchanged_people,
            "refused_rows": check.refused_rows,
            "refusals": check.refusals,
        }),
        &format!(
            "{} of {} rows {verb} new people, {} change somebody, {} change nothing, {} are refused.",
            check.new_people,
            check.read_rows,
            check.changed_people,
            check.unchanged_people,
            check.refused_rows
        ),
    );
    Ok(Exit::Done)
}

/// The person with an e-mail address, else the one with a full name.
async fn named(engine: &Engine, named: &str) -> Result<Person, Fault> {
    let people: People = ask(engine, "people.list", json!({})).await?;
    find(&people, named).cloned()
}

fn find<'p>(people: &'p People, named: &str) -> Result<&'p Person, Fault> {
    let named = named.trim();
    let is = |text: &str| text.trim().to_lowercase() == named.to_lowercase();
    let by_email = people
        .people
        .iter()
        .find(|person| person.email.as_deref().is_some_and(is));
    if let Some(person) = by_email {
        return Ok(person);
    }
    let mut by_name = people.people.iter().filter(|person| is(&person.name));
    match (by_name.next(), by_name.next()) {
        (Some(person), None) => Ok(person),
        (Some(_), Some(_)) => Err(Fault::new(
            Code::Invalid,
            format!("Several people have the name {named}. Name one by e-mail address."),
        )),
        (None, _) => Err(Fault::new(
            Code::NotFound,
            format!(
                "Nobody here has the e-mail address or the name {named}. See “landbridge-cli people list”."
            ),
        )),
    }
}

fn show(people: &People, who: &str, output: Output) -> Result<(), Fault> {
    let person = find(people, who)?;
    output.result(&line_of(person), &text_of(person));
    Ok(())
}

fn line_of(person: &Person) -> Value {
    json!({
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "standing": person.standing,
        "is_operator": person.is_operator,
    })
}

fn text_of(person: &Person) -> String {
    let role = match person.role {
        PersonRole::Admin => "admin",
        PersonRole::User => "user",
    };
    let mut notes = Vec::new();
    if person.standing == Standing::PrimaryAdmin {
        notes.push("primary admin");
    }
    if person.is_operator {
        notes.push("uses this workspace");
    }
    format!(
        "{:<28} {:<36} {role:<6} {}",
        person.name,
        person.email.as_deref().unwrap_or("—"),
        notes.join(", ")
    )
}
