//! What is stored on this machine, and deleting it.

use std::path::{Path, PathBuf};

use model::RunState;
use store::{PartSize, Read, Store, StoredPart};

use crate::Engine;
use crate::audit::{self, Entry};
use crate::connect;
use crate::contract::app::{Nothing, TokenHome};
use crate::contract::audit::AuditArea;
use crate::contract::stored_data::{DeleteStored, StoredData, StoredItem, StoredKind};
use crate::fault::{Code, Fault};
use crate::sending::job_files;
use crate::workspace::LOG_FOLDER;
use crate::workspaces;

/// `stored_data.show`
pub(crate) async fn show(engine: &Engine, _params: Nothing) -> Result<StoredData, Fault> {
    let talks_to = talks_to(engine).await?;
    let tokens = tokens(engine);
    let token_place = engine
        .host()
        .token_vault()
        .choice_file()
        .as_deref()
        .map(token_place_item);
    let known_workspaces = workspaces::list_file(engine).as_deref().map(known_item);
    let store = std::sync::Arc::clone(engine.store());
    engine
        .blocking(move || {
            let folder = store.folder().to_path_buf();
            let mut items = store.read(|read| {
                let sizes = read.part_sizes()?;
                let items = sizes.iter().map(|(part, size)| {
                    let held = holding_run(read, *part)?;
                    Ok(part_item(*part, *size, &folder, held.as_deref()))
                });
                items.collect::<Result<Vec<StoredItem>, Fault>>()
            })?;
            items.push(tokens);
            items.extend(token_place);
            items.extend(known_workspaces);
            items.push(log_item(&folder.join(LOG_FOLDER))?);
            items.sort_by_key(|item| std::cmp::Reverse(item.size_bytes));
            Ok(StoredData {
                items,
                total_bytes: size_of(&folder)?,
                talks_to,
            })
        })
        .await
}

/// `stored_data.delete`
pub(crate) async fn delete(engine: &Engine, params: DeleteStored) -> Result<StoredData, Fault> {
    let shown = show(engine, Nothing {}).await?;
    let item = shown.items.into_iter().find(|item| item.kind == params.kind);
    let item = item.ok_or_else(|| Fault::new(Code::NotFound, "Nothing of this kind is stored here."))?;
    if let Some(refusal) = &item.refusal {
        return Err(Fault::new(Code::WrongState, refusal));
    }
    let store = std::sync::Arc::clone(engine.store());
    let entry = deletion(&item);
    let known = workspaces::list_file(engine);
    engine
        .blocking(move || match params.kind {
            StoredKind::Lists => delete_part(&store, StoredPart::Lists, entry, |write| {
                Ok(write.delete_all_lists()?)
            }),
            StoredKind::Runs => {
                delete_part(&store, StoredPart::Runs, entry, |write| {
                    Ok(write.delete_all_runs()?)
                })?;
                job_files::remove(&store)
            }
            StoredKind::Mirror => delete_part(&store, StoredPart::Mirror, entry, |write| {
                Ok(write.delete_all_mirrors()?)
            }),
            StoredKind::Logs => {
                delete_logs(&store.folder().join(LOG_FOLDER))?;
                store.write(|write| audit::note(write, entry))
            }
            StoredKind::KnownWorkspaces => {
                if let Some(file) = known {
                    delete_file(&file)?;
                }
                store.write(|write| audit::note(write, entry))
            }
            StoredKind::Settings | StoredKind::Audit | StoredKind::Tokens | StoredKind::TokenPlace => {
                Err(Fault::new(Code::WrongState, "This kind cannot be deleted alone."))
            }
        })
        .await?;
    engine.emit_state().await;
    show(engine, Nothing {}).await
}

fn deletion(item: &StoredItem) -> Entry {
    let entry = Entry::new(
        AuditArea::StoredData,
        "stored_data_deleted",
        format!("Deleted what is stored here: {}.", item.label),
    );
    match item.records {
        Some(records) => entry.before(format!("{records} records")),
        None => entry,
    }
}

/// Looks once more within the transaction: a run may have begun since.
fn delete_part(
    store: &Store,
    part: StoredPart,
    entry: Entry,
    delete: impl FnOnce(&store::Write<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    store.delete_for_good(|write| {
        if let Some(run) = holding_run(write, part)? {
            return Err(Fault::new(Code::WrongState, held_words(&run)));
        }
        audit::note(write, entry)?;
        delete(write)
    })
}

/// The run that needs a part now; a plan that waits for somebody's word needs its list.
fn holding_run(read: &Read<'_>, part: StoredPart) -> Result<Option<String>, Fault> {
    let mut states = vec![
        RunState::Planning,
        RunState::Sending,
        RunState::Waiting,
        RunState::Cancelling,
    ];
    if part == StoredPart::Lists {
        states.push(RunState::Planned);
    }
    let open = read.runs_in(&states)?;
    Ok(open.first().map(|run| {
        let doing = match run.state {
            RunState::Planning => "is being planned",
            RunState::Planned => "is planned and not sent",
            RunState::Waiting => "waits to go on",
            _ => "is being sent",
        };
        format!("Run {} {doing}.", run.run_id)
    }))
}

fn held_words(work: &str) -> String {
    format!("{work} Cancel it, or wait for its end, and then delete this.")
}

fn part_item(part: StoredPart, size: PartSize, folder: &Path, held: Option<&str>) -> StoredItem {
    let (kind, label, purpose, deleting, never) = match part {
        StoredPart::Lists => (
            StoredKind::Lists,
            "Lists",
            "Imported ZoomInfo files with their profiles: what exports are made from.",
            Some("Every list and its profiles are deleted. Ledgers stay, without the columns of the files."),
            None,
        ),
        StoredPart::Runs => (
            StoredKind::Runs,
            "Runs",
            "Ledgers of every export and undo, the values that Salesforce had before, and tests of mappings.",
            Some(
                "Every plan and ledger is deleted. What was exported stays in Salesforce and can no longer be undone from here.",
            ),
            None,
        ),
        StoredPart::Mirror => (
            StoredKind::Mirror,
            "Copy of the org's records",
            "Names, addresses and e-mails of the org's records, to find duplicates and to show what is in Salesforce.",
            Some("The copy is deleted. The next plan that needs it reads the org again."),
            None,
        ),
        StoredPart::Settings => (
            StoredKind::Settings,
            "Settings",
            "Mappings with their history, export settings, people, the org's field lists, and the doctor's last report.",
            None,
            Some(
                "Settings are what makes this workspace. To begin anew, make a new workspace; to remove all, delete the folder.",
            ),
        ),
        StoredPart::Audit => (
            StoredKind::Audit,
            "Audit log",
            "Who did what and when: every change of a setting, a mapping, a person or the connection, and every run.",
            None,
            Some(
                "The audit log only grows, so that nobody can take out what they did. It goes when the workspace's folder is deleted.",
            ),
        ),
    };
    StoredItem {
        kind,
        label: label.to_owned(),
        purpose: purpose.to_owned(),
        place: folder.join("landbridge.sqlite").display().to_string(),
        size_bytes: Some(size.bytes),
        records: (part != StoredPart::Settings).then_some(size.records),
        deleting: deleting.map(str::to_owned),
        refusal: never.map(str::to_owned).or_else(|| held.map(held_words)),
    }
}

fn tokens(engine: &Engine) -> StoredItem {
    let vault = engine.host().token_vault();
    let file = vault.file();
    let place = match (vault.home(), &file) {
        (_, Some(file)) => file.display().to_string(),
        (TokenHome::Keychain, None) => "The keychain of this computer".to_owned(),
        (TokenHome::Session, None) => "The memory of this session".to_owned(),
        (TokenHome::PassphraseFile, None) => {
            "A file encrypted with your passphrase, outside of the workspace".to_owned()
        }
    };
    // A file that is not there yet has no size.
    let size_bytes = file
        .and_then(|file| file.metadata().ok())
        .map(|metadata| metadata.len());
    StoredItem {
        kind: StoredKind::Tokens,
        label: "Sign-in to Salesforce".to_owned(),
        purpose: "Tokens that let Landbridge act for the connected user. They are never in the workspace.".to_owned(),
        place,
        size_bytes,
        records: None,
        deleting: None,
        refusal: Some(
            "Disconnect under Integration, General Settings revokes the tokens at Salesforce and deletes them here. Only the primary admin may."
                .to_owned(),
        ),
    }
}

fn token_place_item(file: &Path) -> StoredItem {
    StoredItem {
        kind: StoredKind::TokenPlace,
        label: "Place of the tokens".to_owned(),
        purpose: "One word: whether this computer keeps tokens in the keychain, in memory or in the encrypted file. It holds no token."
            .to_owned(),
        place: file.display().to_string(),
        size_bytes: file.metadata().ok().map(|metadata| metadata.len()),
        records: None,
        deleting: None,
        refusal: Some(
            "Without it Landbridge would look for the tokens in the wrong place. Change the place under Integration, General Settings."
                .to_owned(),
        ),
    }
}

fn known_item(file: &Path) -> StoredItem {
    StoredItem {
        kind: StoredKind::KnownWorkspaces,
        label: "List of workspaces".to_owned(),
        purpose: "Folders and names of the workspaces that this computer knows, for switching between them.".to_owned(),
        place: file.display().to_string(),
        size_bytes: file.metadata().ok().map(|metadata| metadata.len()),
        records: None,
        deleting: Some(
            "The other workspaces and every name are taken off the list. Their folders stay, and can be opened again.".to_owned(),
        ),
        refusal: None,
    }
}

fn log_item(folder: &Path) -> Result<StoredItem, Fault> {
    Ok(StoredItem {
        kind: StoredKind::Logs,
        label: "Log files".to_owned(),
        purpose: "What the app did, of the last 14 days, for finding faults. Tokens are never in them."
            .to_owned(),
        place: folder.display().to_string(),
        size_bytes: Some(size_of(folder)?),
        records: None,
        deleting: Some(
            "The log files are deleted. A support bundle made afterwards tells nothing of what was before."
                .to_owned(),
        ),
        refusal: None,
    })
}

/// The log files, newest last.
pub(crate) fn log_files(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(folder, &error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == "log") && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The newest file is open and goes on; it is emptied.
fn delete_logs(folder: &Path) -> Result<(), Fault> {
    let mut files = log_files(folder)?;
    let newest = files.pop();
    for file in files {
        std::fs::remove_file(&file).map_err(|error| unreadable(&file, &error))?;
    }
    if let Some(newest) = newest {
        std::fs::File::options()
            .write(true)
            .truncate(true)
            .open(&newest)
            .map_err(|error| unreadable(&newest, &error))?;
    }
    Ok(())
}

/// Deletes a file that may be gone already.
fn delete_file(file: &Path) -> Result<(), Fault> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unreadable(file, &error)),
        _ => Ok(()),
    }
}

/// Bytes of all files in a folder and the folders in it.
fn size_of(folder: &Path) -> Result<u64, Fault> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(unreadable(folder, &error)),
    };
    let mut bytes = 0;
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        let kind = entry.file_type().map_err(|error| unreadable(folder, &error))?;
        if kind.is_dir() {
            bytes += size_of(&entry.path())?;
        } else if let Ok(metadata) = entry.metadata() {
            // A journal may go away between being named and being looked at.
            bytes += metadata.len();
        }
    }
    Ok(bytes)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        format!(
            "{} could not be read or changed. Mend its permissions.",
            path.display()
        ),
    )
    .with_detail(error.to_string())
}

/// Every server that this workspace makes the app talk to.
async fn talks_to(engine: &Engine) -> Result<Vec<String>, Fault> {
    let Some(org) = connect::current_org(engine).await? else {
        return Ok(vec![
            "Nobody: no org is connected. Landbridge has no telemetry.".to_owned(),
        ]);
    };
    let mut sentences = vec![format!(
        "{}: your org, for all that is read and written.",
        org.instance_url
    )];
    if org.login_url.trim_end_matches('/') != org.instance_url.trim_end_matches('/') {
        sentences.push(format!(
            "{}: where your people sign in, for tokens alone.",
            org.login_url
        ));
    }
    sentences.push(
        "Nobody else: Landbridge has no telemetry, no update check and no server of its own.".to_owned(),
    );
    Ok(sentences)
}
