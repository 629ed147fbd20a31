//! The workspaces of this machine: one an org.

mod known;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use store::{Glance, StoreError};

use crate::Engine;
use crate::audit::{self, Entry};
use crate::contract::app::{AppState, Nothing};
use crate::contract::audit::AuditArea;
use crate::contract::workspaces::{
    NewWorkspace, RenameWorkspace, RestoreWorkspace, WorkspaceHandle, WorkspaceOrg, WorkspaceView, Workspaces,
};
use crate::fault::{Code, Fault};
use crate::integration;
use known::{KnownWorkspaces, is_same};

const LONGEST_NAME_CHARACTERS: usize = 80;

/// `workspaces.list`
pub(crate) async fn list(engine: &Engine, _params: Nothing) -> Result<Workspaces, Fault> {
    let (config, open) = places(engine)?;
    let can_switch = engine.host().can_open_workspaces();
    engine
        .blocking(move || {
            let known = KnownWorkspaces::read(&config)?;
            Ok(Workspaces {
                workspaces: views(&known, &open),
                can_switch,
            })
        })
        .await
}

/// `workspaces.create`
pub(crate) async fn create(engine: &Engine, params: NewWorkspace) -> Result<Nothing, Fault> {
    let name = clean_name(&params.name)?;
    refuse_while_busy(engine).await?;
    let (config, _) = places(engine)?;
    let data = engine.host().data_folder().ok_or_else(no_folder)?;
    let reserved = name.clone();
    let folder = engine
        .blocking(move || {
            let mut made = PathBuf::new();
            KnownWorkspaces::change(&config, |known| {
                known.refuse_taken(&reserved, None)?;
                made = free_folder(&data.join("workspaces"), &reserved)?;
                known.add(&made, &reserved);
                Ok(())
            })?;
            Ok(made)
        })
        .await?;
    note(
        engine,
        "workspace_made",
        format!("Made the workspace “{name}”."),
        None,
    )
    .await?;
    engine.host().open_workspace(&folder).await?;
    Ok(Nothing {})
}

/// `workspaces.open`
pub(crate) async fn open(engine: &Engine, params: WorkspaceHandle) -> Result<Nothing, Fault> {
    let (config, open) = places(engine)?;
    let folder = PathBuf::from(params.folder);
    if is_same(&folder, &open) {
        return Ok(Nothing {});
    }
    refuse_while_busy(engine).await?;
    let looked = folder.clone();
    engine
        .blocking(move || {
            store::glance(&looked)?;
            KnownWorkspaces::change(&config, |known| {
                known.add(&looked, "");
                Ok(())
            })
        })
        .await?;
    engine.host().open_workspace(&folder).await?;
    Ok(Nothing {})
}

/// `workspaces.open_folder`
pub(crate) async fn open_folder(engine: &Engine, _params: Nothing) -> Result<Option<WorkspaceHandle>, Fault> {
    let Some(folder) = engine.host().choose_folder().await? else {
        return Ok(None);
    };
    let chosen = WorkspaceHandle {
        folder: folder.display().to_string(),
    };
    open(engine, chosen.clone()).await?;
    Ok(Some(chosen))
}

/// `workspaces.restore`
pub(crate) async fn restore(engine: &Engine, params: RestoreWorkspace) -> Result<Workspaces, Fault> {
    let (config, _) = places(engine)?;
    let folder = PathBuf::from(&params.folder);
    let name = params.name.trim().to_owned();
    engine
        .blocking(move || {
            KnownWorkspaces::change(&config, |known| {
                known.add(&folder, &name);
                Ok(())
            })
        })
        .await?;
    let sentence = format!("Put the workspace in {} back on the list.", params.folder);
    note(engine, "workspace_restored", sentence, None).await?;
    list(engine, Nothing {}).await
}

/// `workspaces.forget`
pub(crate) async fn forget(engine: &Engine, params: WorkspaceHandle) -> Result<Workspaces, Fault> {
    let (config, open) = places(engine)?;
    let folder = PathBuf::from(params.folder);
    if is_same(&folder, &open) {
        return Err(Fault::new(
            Code::WrongState,
            "This workspace is open. Open another one first, then forget it.",
        ));
    }
    let name = engine
        .blocking(move || {
            let mut name = None;
            KnownWorkspaces::change(&config, |known| {
                name = known.of(&folder).map(|_| name_of(known, &folder, None));
                known.forget(&folder);
                Ok(())
            })?;
            Ok(name)
        })
        .await?;
    if let Some(name) = name {
        let sentence = format!("Took the workspace “{name}” off the list. Its folder stays.");
        note(engine, "workspace_forgotten", sentence, None).await?;
    }
    list(engine, Nothing {}).await
}

/// `workspaces.rename`
pub(crate) async fn rename(engine: &Engine, params: RenameWorkspace) -> Result<AppState, Fault> {
    let name = clean_name(&params.name)?;
    let before = integration::app_state(engine).await?.workspace_name;
    let (config, open) = places(engine)?;
    let given = name.clone();
    engine
        .blocking(move || {
            KnownWorkspaces::change(&config, |known| {
                known.refuse_taken(&given, Some(&open))?;
                known.rename(&open, &given);
                Ok(())
            })
        })
        .await?;
    let sentence = "Gave the workspace another name.".to_owned();
    note(engine, "workspace_renamed", sentence, Some((before, name))).await?;
    let state = integration::app_state(engine).await?;
    engine.emit_state().await;
    Ok(state)
}

async fn note(
    engine: &Engine,
    action: &'static str,
    sentence: String,
    names: Option<(String, String)>,
) -> Result<(), Fault> {
    let entry = Entry::new(AuditArea::StoredData, action, sentence);
    let entry = match names {
        Some((before, after)) => entry.before(before).after(after),
        None => entry,
    };
    engine.write(move |write| audit::note(write, entry)).await
}

/// Notes the open workspace among those that this machine knows, where a window has it open.
pub(crate) async fn remember(engine: &Engine) -> Result<(), Fault> {
    if !engine.host().can_open_workspaces() {
        return Ok(());
    }
    let (config, open) = places(engine)?;
    engine
        .blocking(move || {
            KnownWorkspaces::change(&config, |known| {
                known.add(&open, "");
                Ok(())
            })
        })
        .await?;
    Ok(())
}

/// Name of the open workspace. That the list of names cannot be read is no reason to show no state.
pub(crate) async fn open_name(engine: &Engine, org_name: Option<&str>) -> Result<String, Fault> {
    let open = engine.store().folder().to_path_buf();
    let config = engine.host().config_folder();
    let org_name = org_name.map(str::to_owned);
    engine
        .blocking(move || {
            let known = match config.map(|config| KnownWorkspaces::read(&config)) {
                Some(Ok(known)) => known,
                Some(Err(fault)) => {
                    tracing::warn!(%fault, "the names of the workspaces are not known");
                    KnownWorkspaces::default()
                }
                None => KnownWorkspaces::default(),
            };
            Ok(name_of(&known, &open, org_name.as_deref()))
        })
        .await
}

/// The file with the list, where this client keeps one.
pub(crate) fn list_file(engine: &Engine) -> Option<PathBuf> {
    let config = engine.host().config_folder()?;
    engine
        .host()
        .can_open_workspaces()
        .then(|| config.join(known::FILE_NAME))
}

/// Where the list is, and the folder of the open workspace.
fn places(engine: &Engine) -> Result<(PathBuf, PathBuf), Fault> {
    let config = engine.host().config_folder().ok_or_else(no_folder)?;
    Ok((config, engine.store().folder().to_path_buf()))
}

fn no_folder() -> Fault {
    Fault::new(
        Code::FileSystem,
        "This system names no folders for settings and data. Name the workspace with --workspace.",
    )
}

/// What is under way belongs to the open workspace. Runs that wait stay as they are: they go on when it is opened again.
async fn refuse_while_busy(engine: &Engine) -> Result<(), Fault> {
    let work = match engine.work_under_way()? {
        None => test_under_way(engine).await?,
        work => work,
    };
    match work {
        None => Ok(()),
        Some(work) => Err(Fault::new(
            Code::WrongState,
            format!("{work} Wait for its end, or cancel it, and then open another workspace."),
        )),
    }
}

/// A test of a mapping, of this process or another, in one sentence.
async fn test_under_way(engine: &Engine) -> Result<Option<String>, Fault> {
    let store = Arc::clone(engine.store());
    engine
        .blocking(move || match store.lock_tests() {
            Ok(_lock) => Ok(None),
            Err(StoreError::Testing) => Ok(Some("A mapping is being tested.".to_owned())),
            Err(error) => Err(error.into()),
        })
        .await
}

fn clean_name(name: &str) -> Result<String, Fault> {
    let name = name.trim();
    let refused = |sentence: &str| Err(Fault::new(Code::Invalid, sentence).at_field("name"));
    if name.is_empty() {
        return refused("The name is missing. Name the workspace after its org, for instance.");
    }
    if name.chars().count() > LONGEST_NAME_CHARACTERS || name.chars().any(char::is_control) {
        return refused(
            "The name is longer than 80 characters, or has characters that cannot be shown. Shorten it.",
        );
    }
    Ok(name.to_owned())
}

/// A new folder named after the workspace.
fn free_folder(parent: &Path, name: &str) -> Result<PathBuf, Fault> {
    let plain: String = name
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect();
    let plain = plain.trim_matches('-');
    let plain = if plain.is_empty() { "workspace" } else { plain };
    let refused = |error: std::io::Error| {
        Fault::new(
            Code::FileSystem,
            format!(
                "No folder could be made in {}. Mend its permissions, or make room on the disk.",
                parent.display()
            ),
        )
        .with_detail(error.to_string())
    };
    std::fs::create_dir_all(parent).map_err(refused)?;
    let mut number = 1_u32;
    loop {
        let folder = match number {
            1 => parent.join(plain),
            _ => parent.join(format!("{plain}-{number}")),
        };
        match std::fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(refused(error)),
        }
    }
}

/// The open one first, then by name.
fn views(known: &KnownWorkspaces, open: &Path) -> Vec<WorkspaceView> {
    let mut folders: Vec<&Path> = known.all().iter().map(|one| one.folder.as_path()).collect();
    if known.of(open).is_none() {
        folders.push(open);
    }
    let mut views: Vec<WorkspaceView> = folders
        .into_iter()
        .map(|folder| view(known, folder, open))
        .collect();
    views.sort_by_cached_key(|view| (!view.is_open, view.name.to_lowercase(), view.folder.clone()));
    views
}

fn view(known: &KnownWorkspaces, folder: &Path, open: &Path) -> WorkspaceView {
    let (org, refusal) = match store::glance(folder) {
        Ok(Glance { org }) => (org, None),
        Err(error) => (None, Some(Fault::from(error).sentence)),
    };
    WorkspaceView {
        folder: folder.display().to_string(),
        name: name_of(known, folder, org.as_ref().map(|(name, _)| name.as_str())),
        org: org.map(|(name, kind)| WorkspaceOrg {
            name,
            kind: integration::org_kind(&kind),
        }),
        is_open: is_same(folder, open),
        refusal,
    }
}

/// The name that the operator gave, else that of its org, else that of its folder.
fn name_of(known: &KnownWorkspaces, folder: &Path, org_name: Option<&str>) -> String {
    let given = known.of(folder).map(|known| known.name.as_str());
    given
        .filter(|name| !name.is_empty())
        .or(org_name)
        .map(str::to_owned)
        .or_else(|| Some(folder.file_name()?.to_string_lossy().into_owned()))
        .unwrap_or_else(|| "Workspace".to_owned())
}
