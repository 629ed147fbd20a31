//! The people of the organisation, and who of them uses this window.
//!
//! There is always an admin, nobody removes themself, and an address belongs to one person. A removal is taken back as it was.

mod file;
mod operator;

use model::{Act, Standing, person_email, person_name};
use store::{PersonFields, PersonRow, Read, Write};

use crate::Engine;
use crate::audit::{self, Entry};
use crate::connect::own_connection;
use crate::contract::app::{Nothing, Role};
use crate::contract::audit::AuditArea;
use crate::contract::people::{AddPerson, ChangePerson, People, PeopleHandle, Person};
use crate::fault::{Code, Fault};
use crate::role::{self, standing};

pub use file::open_people_file;
pub(crate) use file::{choose_file, import_file, save_refusals};
pub(crate) use operator::switch_operator;

/// What roles are worth on one machine.
const BOUNDARY: &str = "Roles guard against mistakes: whoever can open this window can switch to another person. What keeps \
                        others out is the account of the operating system that this workspace belongs to.";

/// `people.list`
pub(crate) async fn list(engine: &Engine, _params: Nothing) -> Result<People, Fault> {
    engine.read(people).await
}

/// `people.add`
pub(crate) async fn add(engine: &Engine, params: AddPerson) -> Result<People, Fault> {
    let fields = checked_fields(&params.name, Some(&params.email), params.role)?;
    changed(engine, move |write| add_in(write, &fields).map(drop)).await
}

/// `people.change`
pub(crate) async fn change(engine: &Engine, params: ChangePerson) -> Result<People, Fault> {
    changed(engine, move |write| {
        let person = require_person(write, params.person)?;
        // Whoever has no address yet may go without one; a known one is not taken away.
        let email = params.email.as_deref().filter(|email| !email.trim().is_empty());
        let fields = match (email, &person.email) {
            (None, None) => PersonFields {
                name: person_name(&params.name).map_err(|why| invalid("name", why))?,
                email: None,
                is_admin: params.role == Role::Admin,
            },
            _ => checked_fields(&params.name, email.or(Some("")), params.role)?,
        };
        change_in(write, &person, &fields)
    })
    .await
}

/// `people.remove`
pub(crate) async fn remove(engine: &Engine, params: PeopleHandle) -> Result<People, Fault> {
    let people = changed(engine, move |write| {
        for person in params.people {
            remove_in(write, &require_person(write, person)?)?;
        }
        Ok(())
    })
    .await?;
    engine.forget_removed_people();
    Ok(people)
}

/// `people.restore`
pub(crate) async fn restore(engine: &Engine, params: PeopleHandle) -> Result<People, Fault> {
    changed(engine, move |write| {
        for person in params.people {
            let Some(person) = write.removed_person(person)? else {
                return Err(Fault::new(
                    Code::NotFound,
                    "This person is not among the removed ones. Look at the list again.",
                ));
            };
            if let Some(email) = &person.email {
                require_free(write, email, None)?;
            }
            write.restore_person(person.person_id)?;
            note(
                write,
                "person_restored",
                format!("Took back the removal of {}.", person.name),
                |entry| entry.after(told(&person)),
            )?;
        }
        Ok(())
    })
    .await
}

/// Changes people, tells the frame, and shows the list.
async fn changed(
    engine: &Engine,
    change: impl FnOnce(&Write<'_>) -> Result<(), Fault> + Send + 'static,
) -> Result<People, Fault> {
    let people = engine
        .write(move |write| {
            change(write)?;
            people(write)
        })
        .await?;
    engine.emit_state().await;
    Ok(people)
}

fn people(read: &Read<'_>) -> Result<People, Fault> {
    let operator = read.operator()?.map(|operator| operator.person_id);
    let people = read.people()?.into_iter().map(|person| {
        Ok(Person {
            own_connection: own_connection(read, person.person_id)?,
            is_operator: Some(person.person_id) == operator,
            standing: standing(&person),
            role: role_of(&person),
            person: person.person_id,
            name: person.name,
            email: person.email,
        })
    });
    Ok(People {
        people: people.collect::<Result<_, Fault>>()?,
        boundary: BOUNDARY.to_owned(),
    })
}

fn role_of(person: &PersonRow) -> Role {
    if person.is_admin { Role::Admin } else { Role::User }
}

/// A person who must be there.
pub(crate) fn require_person(read: &Read<'_>, person_id: i64) -> Result<PersonRow, Fault> {
    read.person(person_id)?.ok_or_else(|| {
        Fault::new(
            Code::NotFound,
            "This person is not on the list any more. Look at the list again.",
        )
    })
}

fn checked_fields(name: &str, email: Option<&str>, role: Role) -> Result<PersonFields, Fault> {
    Ok(PersonFields {
        name: person_name(name).map_err(|why| invalid("name", why))?,
        email: email
            .map(person_email)
            .transpose()
            .map_err(|why| invalid("email", why))?,
        is_admin: role == Role::Admin,
    })
}

fn invalid(field: &str, why: String) -> Fault {
    Fault::new(Code::Invalid, why).at_field(field)
}

/// Refuses an address that somebody else has.
fn require_free(read: &Read<'_>, email: &str, own: Option<i64>) -> Result<(), Fault> {
    match read.person_by_email(email)? {
        Some(other) if Some(other.person_id) != own => Err(Fault::new(
            Code::NameTaken,
            format!(
                "{} has the e-mail address {email} already. Every person needs an address of their own.",
                other.name
            ),
        )
        .at_field("email")),
        _ => Ok(()),
    }
}

fn add_in(write: &Write<'_>, fields: &PersonFields) -> Result<i64, Fault> {
    if let Some(email) = &fields.email {
        require_free(write, email, None)?;
    }
    let person_id = write.add_person(fields, &store::now())?;
    note(
        write,
        "person_added",
        format!("Added {}.", fields.name),
        |entry| entry.after(told_fields(fields)),
    )?;
    Ok(person_id)
}

/// Changes a person; one who is as the fields say already is left alone.
fn change_in(write: &Write<'_>, person: &PersonRow, fields: &PersonFields) -> Result<(), Fault> {
    let is_same =
        (&person.name, &person.email, person.is_admin) == (&fields.name, &fields.email, fields.is_admin);
    if is_same {
        return Ok(());
    }
    if let Some(email) = &fields.email {
        require_free(write, email, Some(person.person_id))?;
    }
    if person.is_admin && !fields.is_admin {
        require_other_admin(write, person, "become a user")?;
    }
    write.change_person(person.person_id, fields)?;
    let sentence = match (person.is_admin, fields.is_admin) {
        (true, false) if person.is_primary => format!(
            "Made {} a user. There is no primary admin until an admin uses Change User.",
            fields.name
        ),
        (true, false) => format!("Made {} a user.", fields.name),
        (false, true) => format!("Made {} an admin.", fields.name),
        _ => format!("Changed {}.", fields.name),
    };
    let action = if person.is_admin == fields.is_admin {
        "person_changed"
    } else {
        "role_changed"
    };
    note(write, action, sentence, |entry| {
        entry.before(told(person)).after(told_fields(fields))
    })
}

fn remove_in(write: &Write<'_>, person: &PersonRow) -> Result<(), Fault> {
    let operator = write.operator()?;
    if operator.is_some_and(|operator| operator.person_id == person.person_id) {
        return Err(Fault::new(
            Code::Refused,
            "You cannot remove yourself: somebody has to use this window. Switch to another admin first, who can remove you.",
        ));
    }
    if person.is_admin {
        require_other_admin(write, person, "be removed")?;
    }
    write.remove_person(person.person_id, &store::now())?;
    let sentence = if standing(person) == Standing::PrimaryAdmin {
        format!(
            "Removed {}, the primary admin. There is none until an admin uses Change User.",
            person.name
        )
    } else {
        format!("Removed {}.", person.name)
    };
    note(write, "person_removed", sentence, |entry| {
        entry.before(told(person))
    })
}

/// Refuses what would leave the workspace without an admin.
fn require_other_admin(read: &Read<'_>, person: &PersonRow, what: &str) -> Result<(), Fault> {
    if read.count_admins()? > 1 {
        return Ok(());
    }
    Err(Fault::new(Code::Refused, last_admin(&person.name, what)))
}

fn last_admin(name: &str, what: &str) -> String {
    format!("{name} is the last admin and cannot {what}. Make somebody else an admin first.")
}

fn told(person: &PersonRow) -> String {
    told_fields(&PersonFields {
        name: person.name.clone(),
        email: person.email.clone(),
        is_admin: person.is_admin,
    })
}

fn told_fields(fields: &PersonFields) -> String {
    format!(
        "name: {}\ne-mail: {}\nrole: {}",
        fields.name,
        fields.email.as_deref().unwrap_or("not known"),
        if fields.is_admin { "admin" } else { "user" }
    )
}

fn note(
    write: &Write<'_>,
    action: &'static str,
    sentence: String,
    with: impl FnOnce(Entry) -> Entry,
) -> Result<(), Fault> {
    audit::note(write, with(Entry::new(AuditArea::People, action, sentence)))
}

/// Refuses what only those may do who manage people; for what is asked for beside the contract.
async fn require_manager(engine: &Engine) -> Result<(), Fault> {
    role::require(engine, Act::ManagePeople).await
}
