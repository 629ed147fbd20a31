//! The list of workspaces that this machine knows: one small file in the system's folder for settings, outside of every
//! workspace. It holds folders and names and nothing else, and losing it loses no workspace.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::fault::{Code, Fault};

/// Name of the file.
pub(super) const FILE_NAME: &str = "workspaces.json";

/// The list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KnownWorkspaces {
    /// In the order in which they became known.
    workspaces: Vec<KnownWorkspace>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KnownWorkspace {
    /// Its folder.
    pub folder: PathBuf,
    /// Its name, as the operator gave it; empty for none.
    pub name: String,
}

impl KnownWorkspaces {
    /// Reads the list. A missing one is empty, and so is one that cannot be read as a list: it is then set aside.
    pub(super) fn read(config_folder: &Path) -> Result<Self, Fault> {
        let path = config_folder.join(FILE_NAME);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(unusable(&path, &error)),
        };
        match serde_json::from_slice(&text) {
            Ok(known) => Ok(known),
            Err(error) => {
                tracing::warn!(%error, "the list of workspaces is damaged and was set aside");
                let aside = path.with_extension("damaged.json");
                std::fs::rename(&path, aside).map_err(|error| unusable(&path, &error))?;
                Ok(Self::default())
            }
        }
    }

    /// Writes the list beside itself and renames, so that a full disk leaves the old one.
    fn write(&self, config_folder: &Path) -> Result<(), Fault> {
        let path = config_folder.join(FILE_NAME);
        let text = serde_json::to_vec_pretty(self).map_err(|error| Fault::internal(&error))?;
        let written = || -> std::io::Result<()> {
            std::fs::create_dir_all(config_folder)?;
            let mut file = tempfile::Builder::new()
                .prefix(".workspaces-")
                .tempfile_in(config_folder)?;
            file.write_all(&text)?;
            file.as_file().sync_all()?;
            file.persist(&path).map_err(|error| error.error)?;
            Ok(())
        };
        written().map_err(|error| unusable(&path, &error))
    }

    /// Reads, changes and writes the list, for one process at a time.
    pub(super) fn change(
        config_folder: &Path,
        change: impl FnOnce(&mut Self) -> Result<(), Fault>,
    ) -> Result<Self, Fault> {
        let lock_path = config_folder.join("workspaces.lock");
        let locked = || -> std::io::Result<std::fs::File> {
            std::fs::create_dir_all(config_folder)?;
            let file = std::fs::File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&lock_path)?;
            file.lock()?;
            Ok(file)
        };
        let _lock = locked().map_err(|error| unusable(&lock_path, &error))?;
        let before = Self::read(config_folder)?;
        let mut known = before.clone();
        change(&mut known)?;
        if known != before {
            known.write(config_folder)?;
        }
        Ok(known)
    }

    /// All of them.
    pub(super) fn all(&self) -> &[KnownWorkspace] {
        &self.workspaces
    }

    /// The one in a folder.
    pub(super) fn of(&self, folder: &Path) -> Option<&KnownWorkspace> {
        self.workspaces
            .iter()
            .find(|known| is_same(&known.folder, folder))
    }

    /// Adds a folder that is not known yet.
    pub(super) fn add(&mut self, folder: &Path, name: &str) {
        if self.of(folder).is_none() {
            self.workspaces.push(KnownWorkspace {
                folder: folder.to_path_buf(),
                name: name.to_owned(),
            });
        }
    }

    /// Names a folder, which becomes known by it.
    pub(super) fn rename(&mut self, folder: &Path, name: &str) {
        self.add(folder, name);
        let mut workspaces = self.workspaces.iter_mut();
        if let Some(known) = workspaces.find(|known| is_same(&known.folder, folder)) {
            name.clone_into(&mut known.name);
        }
    }

    /// Takes a folder off the list.
    pub(super) fn forget(&mut self, folder: &Path) {
        self.workspaces.retain(|known| !is_same(&known.folder, folder));
    }

    /// Refuses a name that another workspace has, in any case.
    pub(super) fn refuse_taken(&self, name: &str, folder: Option<&Path>) -> Result<(), Fault> {
        let taken = self.workspaces.iter().any(|known| {
            known.name.to_lowercase() == name.to_lowercase()
                && folder.is_none_or(|folder| !is_same(&known.folder, folder))
        });
        if taken {
            return Err(Fault::new(
                Code::NameTaken,
                format!("There is already a workspace named “{name}”. Choose another name."),
            )
            .at_field("name"));
        }
        Ok(())
    }
}

/// Whether two paths lead to the same folder, also over links.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    one == other || real(one) == real(other)
}

fn unusable(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        format!(
            "The list of workspaces in {} could not be read or written. Mend its permissions, or make room on the disk.",
            path.display()
        ),
    )
    .with_detail(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_list_is_empty_and_a_damaged_one_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            KnownWorkspaces::read(folder.path()).unwrap(),
            KnownWorkspaces::default()
        );
        std::fs::write(folder.path().join(FILE_NAME), "{ not json").unwrap();
        let known = KnownWorkspaces::change(folder.path(), |known| {
            known.add(Path::new("/somewhere"), "Acme");
            Ok(())
        })
        .unwrap();
        assert_eq!(known.all().len(), 1);
        assert_eq!(KnownWorkspaces::read(folder.path()).unwrap(), known);
        let aside = std::fs::read_to_string(folder.path().join("workspaces.damaged.json")).unwrap();
        assert_eq!(aside, "{ not json");
    }

    #[test]
    fn names_are_told_apart_without_their_case_and_folders_over_links() {
        let folder = tempfile::tempdir().unwrap();
        let mut known = KnownWorkspaces::default();
        known.add(folder.path(), "Acme");
        assert!(known.refuse_taken("ACME", None).is_err());
        assert!(known.refuse_taken("ACME", Some(folder.path())).is_ok());
        let roundabout = folder.path().join("..").join(folder.path().file_name().unwrap());
        known.add(&roundabout, "Acme again");
        assert_eq!(known.all().len(), 1);
        known.rename(&roundabout, "Umbrella");
        assert_eq!(known.of(folder.path()).unwrap().name, "Umbrella");
        known.forget(&roundabout);
        assert_eq!(known.all(), []);
    }
}
