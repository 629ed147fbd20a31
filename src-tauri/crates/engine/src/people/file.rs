//! People from a CSV file: checked first, then taken.
//!
//! A check is an import that is taken back, so that what it promises is what happens. A file neither removes people nor
//! changes a role of which it says nothing; who is new without a role is a user.

use std::collections::HashMap;
use std::path::Path;

use store::{PersonFields, PersonRow, Store, Write};
use zoominfo::{ListedPerson, PeopleReader, PeopleRow};

use super::{add_in, change_in, last_admin, people, require_manager};
use crate::Engine;
use crate::audit::{self, Entry};
use crate::contract::app::{Nothing, Role};
use crate::contract::audit::AuditArea;
use crate::contract::lists::{FileHandle, SavedFile};
use crate::contract::people::{AddPerson, People, PeopleFileCheck, RefusedPerson};
use crate::fault::{Code, Fault};
use crate::host::FileKind;
use crate::import::{Opened, TakenBack, open_path, opened};
use crate::ledger_file::write_file;

/// People and refusals that are shown.
const SHOWN: usize = 200;
/// New users whom one entry of the audit log names.
const TOLD_TOGETHER: usize = 200;

/// What a pass over a file found.
#[derive(Default)]
struct Found {
    read_rows: u32,
    new_people: u32,
    changed_people: u32,
    unchanged_people: u32,
    refused_rows: u32,
    shown_people: Vec<AddPerson>,
    /// New users, for the audit log.
    added_users: Vec<String>,
    refusals: Vec<RefusedPerson>,
}

/// `people.choose_file`
pub(crate) async fn choose_file(engine: &Engine, _params: Nothing) -> Result<Option<PeopleFileCheck>, Fault> {
    match engine.host().choose_file_to_open(FileKind::People).await? {
        Some(path) => open_people_file(engine, &path).await.map(Some),
        None => Ok(None),
    }
}

/// Takes a file of people of this machine, as if it were chosen by dialog, and says what it would bring.
///
/// # Errors
/// When the operator may not manage people, and when it is no file of people.
pub async fn open_people_file(engine: &Engine, path: &Path) -> Result<PeopleFileCheck, Fault> {
    require_manager(engine).await?;
    let chosen = open_path(engine, path).await?;
    let checked = check(engine, &chosen.file_id).await;
    if checked.is_err() {
        engine.files()?.remove(&chosen.file_id);
    }
    checked
}

async fn check(engine: &Engine, file_id: &str) -> Result<PeopleFileCheck, Fault> {
    let file = opened(engine, file_id)?;
    let store = engine.store().clone();
    engine
        .blocking(move || {
            let found = tried(&store, &file, SHOWN)?;
            Ok(PeopleFileCheck {
                file_id: file.file_id,
                file_name: file.file_name,
                read_rows: found.read_rows,
                new_people: found.new_people,
                changed_people: found.changed_people,
                unchanged_people: found.unchanged_people,
                refused_rows: found.refused_rows,
                shown_people: found.shown_people,
                refusals: found.refusals,
            })
        })
        .await
}

/// `people.save_refusals`
pub(crate) async fn save_refusals(engine: &Engine, params: FileHandle) -> Result<Option<SavedFile>, Fault> {
    let file = opened(engine, &params.file_id)?;
    let suggested = format!("Refused rows of {}", file.file_name);
    let Some(path) = engine.host().choose_file_to_save(&suggested).await? else {
        return Ok(None);
    };
    let store = engine.store().clone();
    engine
        .blocking(move || {
            let found = tried(&store, &file, usize::MAX)?;
            write_file(&path, |out| {
                let mut rows = csv::Writer::from_writer(out);
                rows.write_record(["Line", "Why"])
                    .map_err(|error| not_written(&error))?;
                for refused in &found.refusals {
                    rows.write_record([&refused.line.to_string(), &refused.why])
                        .map_err(|error| not_written(&error))?;
                }
                rows.flush().map_err(|error| not_written(&error))?;
                Ok(found.refused_rows)
            })
        })
        .await
        .map(Some)
}

fn not_written(error: &dyn std::error::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        "The file could not be written. Make room on the disk, or choose another place.",
    )
    .with_detail(error.to_string())
}

/// What a file would bring; the import is taken back.
fn tried(store: &Store, file: &Opened, shown_refusals: usize) -> Result<Found, Fault> {
    let mut found = None;
    let taken_back: Result<(), TakenBack> = store.write(|write| {
        found = Some(pass(write, file, shown_refusals)?);
        Err(TakenBack::AsMeant)
    });
    match (taken_back, found) {
        (Err(TakenBack::Fault(fault)), _) => Err(fault),
        (_, Some(found)) => Ok(found),
        (_, None) => Err(Fault::internal(&"a check ended without a result")),
    }
}

/// `people.import_file`
pub(crate) async fn import_file(engine: &Engine, params: FileHandle) -> Result<People, Fault> {
    let file = opened(engine, &params.file_id)?;
    let people = engine
        .write(move |write| {
            let found = pass(write, &file, SHOWN)?;
            if found.refused_rows == found.read_rows {
                let first = found.refusals.first();
                return Err(Fault::new(
                    Code::BadFile,
                    format!(
                        "Every row of {} is refused, so there is nothing to take. Mend the file and choose it again.",
                        file.file_name
                    ),
                )
                .with_detail(first.map_or_else(String::new, |row| format!("Line {}: {}", row.line, row.why))));
            }
            people(write)
        })
        .await?;
    engine.files()?.remove(&params.file_id);
    engine.emit_state().await;
    Ok(people)
}

/// Takes every row that can be taken.
fn pass(write: &Write<'_>, file: &Opened, shown_refusals: usize) -> Result<Found, Fault> {
    let bad_file = |error: zoominfo::PeopleFileError| Fault::new(Code::BadFile, error.to_string());
    let mut pass = Pass {
        write,
        shown_refusals,
        lines: HashMap::new(),
        demotions: Vec::new(),
        now: store::now(),
        found: Found::default(),
    };
    for row in PeopleReader::open(&file.path).map_err(bad_file)? {
        if file.cancel.is_cancelled() {
            return Err(Fault::new(
                Code::Cancelled,
                "The reading of the file was stopped. Nothing was changed.",
            ));
        }
        pass.found.read_rows += 1;
        match row.map_err(bad_file)? {
            PeopleRow::Refused { line, why } => pass.refuse(line, why),
            PeopleRow::Person(person) => pass.take(person)?,
        }
    }
    pass.demote()?;
    pass.note(&file.file_name)?;
    pass.found.refusals.sort_by_key(|row| row.line);
    Ok(pass.found)
}

struct Pass<'a, 'w> {
    write: &'a Write<'w>,
    shown_refusals: usize,
    /// The first line of each address.
    lines: HashMap<String, u64>,
    /// Admins who become users. They wait for the end, because a later row may name the next admin.
    demotions: Vec<(u64, PersonRow, PersonFields)>,
    now: String,
    found: Found,
}

impl Pass<'_, '_> {
    fn refuse(&mut self, line: u64, why: String) {
        self.found.refused_rows += 1;
        if self.found.refusals.len() < self.shown_refusals {
            self.found.refusals.push(RefusedPerson { line, why });
        }
    }

    fn take(&mut self, listed: ListedPerson) -> Result<(), Fault> {
        let ListedPerson {
            line,
            name,
            email,
            is_admin,
        } = listed;
        let key = email.to_lowercase();
        if let Some(first) = self.lines.get(&key) {
            let why = format!("{email} stands in line {first} already. Delete one of the two.");
            self.refuse(line, why);
            return Ok(());
        }
        self.lines.insert(key, line);
        let known = self.write.person_by_email(&email)?;
        let Some(known) = known else {
            let fields = PersonFields {
                name,
                email: Some(email),
                is_admin: is_admin.unwrap_or(false),
            };
            // New users are told together, new admins one by one.
            if fields.is_admin {
                add_in(self.write, &fields)?;
            } else {
                self.write.add_person(&fields, &self.now)?;
                let email = fields.email.as_deref().unwrap_or_default();
                self.found.added_users.push(format!("{} <{email}>", fields.name));
            }
            self.found.new_people += 1;
            self.show(&fields);
            return Ok(());
        };
        let fields = PersonFields {
            name,
            // The same address in another case is no change.
            email: known.email.clone(),
            is_admin: is_admin.unwrap_or(known.is_admin),
        };
        if known.is_admin && !fields.is_admin {
            self.demotions.push((line, known, fields));
            return Ok(());
        }
        self.change(&known, &fields)
    }

    fn change(&mut self, known: &PersonRow, fields: &PersonFields) -> Result<(), Fault> {
        if known.name == fields.name && known.is_admin == fields.is_admin {
            self.found.unchanged_people += 1;
            return Ok(());
        }
        change_in(self.write, known, fields)?;
        self.found.changed_people += 1;
        self.show(fields);
        Ok(())
    }

    fn demote(&mut self) -> Result<(), Fault> {
        for (line, known, fields) in std::mem::take(&mut self.demotions) {
            if self.write.count_admins()? > 1 {
                self.change(&known, &fields)?;
            } else {
                self.refuse(line, last_admin(&known.name, "become a user"));
            }
        }
        Ok(())
    }

    /// Tells the audit log what the file brought.
    fn note(&self, file_name: &str) -> Result<(), Fault> {
        let found = &self.found;
        if found.new_people + found.changed_people == 0 {
            return Ok(());
        }
        let told = format!(
            "new people: {}\nchanged people: {}\nunchanged people: {}\nrefused rows: {}",
            found.new_people, found.changed_people, found.unchanged_people, found.refused_rows
        );
        let entry = Entry::new(
            AuditArea::People,
            "people_imported",
            format!("Imported people from {file_name}."),
        );
        audit::note(self.write, entry.after(told))?;
        for some in found.added_users.chunks(TOLD_TOGETHER) {
            let sentence = format!(
                "Added {} of {file_name} as {}.",
                if some.len() == 1 {
                    "1 person".to_owned()
                } else {
                    format!("{} people", some.len())
                },
                if some.len() == 1 { "a user" } else { "users" }
            );
            let entry = Entry::new(AuditArea::People, "person_added", sentence);
            audit::note(self.write, entry.after(some.join("\n")))?;
        }
        Ok(())
    }

    fn show(&mut self, fields: &PersonFields) {
        if self.found.shown_people.len() < SHOWN {
            self.found.shown_people.push(AddPerson {
                name: fields.name.clone(),
                email: fields.email.clone().unwrap_or_default(),
                role: if fields.is_admin { Role::Admin } else { Role::User },
            });
        }
    }
}
