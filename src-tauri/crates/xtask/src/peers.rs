//! Programs of others that the benches measure beside this one (`tests/benches/peers`): the Salesforce CLI, with the
//! Node.js that it asks for.

use std::path::PathBuf;

use anyhow::Result;

use crate::program::Program;
use crate::project::Project;
use crate::stamp;

/// Where they are once they are installed.
pub fn folder(project: &Project) -> PathBuf {
    project.root.join("tests/benches/peers/node_modules")
}

/// Installs the versions that `package.json` names, if it changed since the last time.
pub fn install(project: &Project) -> Result<()> {
    let folder = project.root.join("tests/benches/peers");
    let inputs = || {
        let installed = folder.join("node_modules").join(".package-lock.json");
        stamp::fingerprint(&[folder.join("package.json"), installed], &[])
    };
    stamp::unless_done(project, "peers", inputs, || {
        Program::npm()
            .arguments([
                "install",
                "--no-package-lock",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
            ])
            .folder(&folder)
            .run()
    })
}
