//! jsforce, one of the clients that judge the demo org (`tests/judges/jsforce`).

use anyhow::Result;

use crate::program::Program;
use crate::project::Project;
use crate::stamp;

/// Installs exactly what `package-lock.json` says, if it changed since the last time.
pub fn install(project: &Project) -> Result<()> {
    let folder = project.root.join("tests/judges/jsforce");
    let inputs = || {
        let installed = folder.join("node_modules").join(".package-lock.json");
        stamp::fingerprint(
            &[
                folder.join("package.json"),
                folder.join("package-lock.json"),
                installed,
            ],
            &[],
        )
    };
    stamp::unless_done(project, "jsforce", inputs, || {
        Program::npm()
            .arguments(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .folder(&folder)
            .run()
    })
}
