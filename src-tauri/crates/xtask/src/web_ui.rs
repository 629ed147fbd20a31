//! The web UI: packages by `npm ci`, its checks, and the build into `ui/dist`; each only when something changed.

use anyhow::Result;

use crate::program::Program;
use crate::project::Project;
use crate::stamp;

/// What is not part of the UI's sources.
const NOT_SOURCES: [&str; 3] = ["node_modules", "dist", "coverage"];

/// Installs exactly what `package-lock.json` says, if it changed since the last time.
pub fn install(project: &Project) -> Result<()> {
    let ui = project.ui();
    let inputs = || {
        let installed = ui.join("node_modules").join(".package-lock.json");
        stamp::fingerprint(
            &[ui.join("package.json"), ui.join("package-lock.json"), installed],
            &[],
        )
    };
    stamp::unless_done(project, "npm-packages", inputs, || {
        Program::npm()
            .arguments(["ci", "--no-audit", "--no-fund"])
            .folder(&ui)
            .run()
    })
}

/// Builds `ui/dist`, if a source or the result changed since the last time.
pub fn build(project: &Project) -> Result<()> {
    let ui = project.ui();
    let inputs = || {
        let sources = stamp::fingerprint(std::slice::from_ref(&ui), &NOT_SOURCES)?;
        Ok(sources + &stamp::fingerprint(&[ui.join("dist")], &[])?)
    };
    stamp::unless_done(project, "web-ui", inputs, || script(project, "build"))
}

/// The TypeScript check.
pub fn typecheck(project: &Project) -> Result<()> {
    script(project, "typecheck")
}

/// The UI's own tests.
pub fn test(project: &Project) -> Result<()> {
    script(project, "test")
}

fn script(project: &Project, name: &str) -> Result<()> {
    Program::npm()
        .arguments(["run", "--silent", name])
        .folder(&project.ui())
        .run()
}
