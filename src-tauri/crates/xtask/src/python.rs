//! Private Python environments: for other people's Salesforce clients (`tests/judges`), and one without any package.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::program::Program;
use crate::project::Project;
use crate::stamp;

/// Makes `target/venv` as `tests/judges/requirements.txt` says, and gives its Python.
pub fn environment(project: &Project) -> Result<PathBuf> {
    let folder = project.target.join("venv");
    let python = python_of(&folder);
    let requirements = project.root.join("tests/judges/requirements.txt");
    let inputs = || {
        let version = Program::new(&python).arguments(["--version"]).printed();
        Ok(format!(
            "{} {version}",
            stamp::fingerprint(std::slice::from_ref(&requirements), &[])?
        ))
    };
    stamp::unless_done(project, "python-environment", inputs, || {
        make(&folder)?;
        Program::new(&python)
            .arguments([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--requirement",
            ])
            .arguments([&requirements])
            .run()
    })?;
    Ok(python)
}

/// Makes `target/venv-empty` anew, and gives its Python.
pub fn empty_environment(project: &Project) -> Result<PathBuf> {
    let folder = project.target.join("venv-empty");
    make(&folder)?;
    Ok(python_of(&folder))
}

fn make(folder: &Path) -> Result<()> {
    let system_python = if cfg!(windows) { "python" } else { "python3" };
    Program::new(system_python)
        .arguments(["-m", "venv", "--clear"])
        .arguments([folder])
        .run()
}

fn python_of(folder: &Path) -> PathBuf {
    folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python3"
    })
}
