//! A private Python environment for other people's Salesforce clients (`tests/judges`).

use std::path::PathBuf;

use anyhow::Result;

use crate::program::Program;
use crate::project::Project;
use crate::stamp;

/// Makes `target/venv` as `tests/judges/requirements.txt` says, and gives its Python.
pub fn environment(project: &Project) -> Result<PathBuf> {
    let folder = project.target.join("venv");
    let python = if cfg!(windows) {
        folder.join("Scripts/python.exe")
    } else {
        folder.join("bin/python3")
    };
    let requirements = project.root.join("tests/judges/requirements.txt");
    let inputs = || {
        let version = Program::new(&python).arguments(["--version"]).printed();
        Ok(format!(
            "{} {version}",
            stamp::fingerprint(std::slice::from_ref(&requirements), &[])?
        ))
    };
    stamp::unless_done(project, "python-environment", inputs, || {
        let system_python = if cfg!(windows) { "python" } else { "python3" };
        Program::new(system_python)
            .arguments(["-m", "venv", "--clear"])
            .arguments([&folder])
            .run()?;
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
