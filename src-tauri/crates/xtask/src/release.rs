//! `release`: the web UI, then the app and the command line program with all optimisations.

use anyhow::Result;

use crate::packages::{self, Purpose};
use crate::project::Project;
use crate::steps::Steps;
use crate::{cargo, node, web_ui};

/// Both programs, by package; each is named like its package.
const PROGRAMS: [&str; 2] = ["landbridge", "landbridge-cli"];

/// Builds both programs and says where they are.
pub fn run(project: &Project) -> Result<()> {
    let mut steps = Steps::default();
    build(project, &mut steps, &PROGRAMS)?;
    steps.print();
    for name in PROGRAMS {
        println!("{}", project.shown(&project.built("release", name)));
    }
    Ok(())
}

/// The steps up to these programs, for whoever goes on with them.
pub fn build(project: &Project, steps: &mut Steps, programs: &[&str]) -> Result<()> {
    steps.step("System packages", || packages::install(Purpose::App))?;
    steps.step("Web UI: packages", || {
        node::check().and_then(|()| web_ui::install(project))
    })?;
    steps.step("Web UI: build", || web_ui::build(project))?;
    steps.step("Programs, release", || {
        cargo::build_packages(project, programs, true)
    })
}
