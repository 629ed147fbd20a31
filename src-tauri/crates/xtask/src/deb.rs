//! `deb`: a Debian package with the app and the command line program, by Tauri's own bundler.
//!
//! The bundler is the prebuilt npm package, kept under the target folder: it is no dependency of the web UI, because
//! its lock entries name packages of other systems that not every registry mirror has.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::json;

use crate::program::Program;
use crate::project::Project;
use crate::steps::Steps;
use crate::{release, stamp};

/// The bundler's version; it follows the version of `tauri` in Cargo.toml.
const BUNDLER: &str = "@tauri-apps/cli@2.12.5";

/// Builds the command line program, then by the bundler the app and the package, and says where it is.
pub fn run(project: &Project) -> Result<()> {
    let mut steps = Steps::default();
    release::build(project, &mut steps, &["landbridge-cli"])?;
    let folder = project.target.join("tauri-cli");
    steps.step("Bundler", || {
        let seen = || Ok(format!("{BUNDLER} {}", program(&folder).is_file()));
        stamp::unless_done(project, "tauri-cli", seen, || {
            std::fs::create_dir_all(&folder)
                .with_context(|| format!("could not make {}", folder.display()))?;
            Program::npm()
                .arguments(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"])
                .arguments([folder.as_os_str()])
                .arguments([BUNDLER])
                .folder(&folder)
                .run()
        })
    })?;
    steps.step("Package", || {
        let files = json!({ "/usr/bin/landbridge-cli": project.built("release", "landbridge-cli") });
        let addition = json!({ "bundle": { "linux": { "deb": { "files": files } } } });
        Program::new("node")
            .arguments([program(&folder)])
            .arguments(["build", "--bundles", "deb", "--config", &addition.to_string()])
            .arguments(["--", "--package", "landbridge"])
            .environment("CI", "true")
            .folder(&project.root)
            .run()
    })?;
    steps.print();
    println!("{}", project.shown(&project.target.join("release/bundle/deb")));
    Ok(())
}

fn program(folder: &std::path::Path) -> PathBuf {
    folder.join("node_modules/@tauri-apps/cli/tauri.js")
}
