//! Where things are: the repository, cargo's target folder, and what xtask keeps below it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::program::Program;

/// The repository and its build folder.
pub struct Project {
    /// The folder of the top-level `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target folder, wherever its settings put it.
    pub target: PathBuf,
    /// What `cargo metadata` says about the packages of this workspace.
    metadata: Value,
}

impl Project {
    /// Asks cargo, so that `CARGO_TARGET_DIR` and `.cargo/config.toml` count.
    pub fn find() -> Result<Self> {
        let printed = Program::cargo()
            .arguments(["metadata", "--no-deps", "--format-version", "1"])
            .output()
            .context("cargo could not read this workspace")?;
        let metadata: Value = serde_json::from_str(&printed).context("cargo metadata printed no JSON")?;
        let path = |key: &str| {
            metadata[key]
                .as_str()
                .map(PathBuf::from)
                .with_context(|| format!("cargo metadata has no {key}"))
        };
        Ok(Self {
            root: path("workspace_root")?,
            target: path("target_directory")?,
            metadata,
        })
    }

    /// The folder of the web UI.
    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// What xtask keeps for itself: stamps and throw-away folders.
    pub fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// What a build keeps for people to look at: screenshots and logs.
    pub fn artifacts(&self) -> PathBuf {
        self.root.join("artifacts")
    }

    /// A program built by cargo in the given profile's folder (`debug` or `release`).
    pub fn built(&self, profile_folder: &str, name: &str) -> PathBuf {
        self.target
            .join(profile_folder)
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// The names of all integration test targets of the workspace, sorted, each once.
    pub fn test_targets(&self) -> Vec<String> {
        let mut names: Vec<String> = self.metadata["packages"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|package| package["targets"].as_array().into_iter().flatten())
            .filter(|target| {
                target["kind"]
                    .as_array()
                    .is_some_and(|kinds| kinds.iter().any(|kind| kind == "test"))
            })
            .filter_map(|target| target["name"].as_str().map(str::to_owned))
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// The path as people write it: relative to the repository where possible.
    pub fn shown<'path>(&self, path: &'path Path) -> std::path::Display<'path> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}
