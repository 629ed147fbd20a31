//! `test`: sets the machine up and runs every test, in the order in which a mistake shows soonest.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::cargo::TestPrograms;
use crate::keychain::Keychain;
use crate::packages::{self, Purpose};
use crate::program::Program;
use crate::project::Project;
use crate::session::Session;
use crate::steps::Steps;
use crate::{cargo, jsforce, node, python, web_ui};

/// Test targets with a step of their own.
const OWN_STEP: [&str; 3] = ["judges", "keychain", "window"];

/// Which tests.
#[derive(clap::Args)]
pub struct Options {
    /// Runs one part only
    #[arg(long, value_enum)]
    only: Option<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The Rust crates and the flows through the engine
    Rust,
    /// The web UI's types and its own tests
    Ui,
    /// Secrets in a real keychain
    Keychain,
    /// Other people's Salesforce clients against the demo org
    Judges,
    /// The real app in a real window
    Window,
}

/// Runs the chosen tests; the first failing step ends it.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    let wanted = |part| options.only.is_none_or(|only| only == part);
    let has_window_tests = cfg!(target_os = "linux");
    let needs_rust =
        wanted(Part::Rust) || wanted(Part::Keychain) || wanted(Part::Judges) || wanted(Part::Window);
    let mut steps = Steps::default();

    steps.step("System packages", || packages::install(Purpose::Test))?;
    steps.step("Web UI: packages", || {
        node::check().and_then(|()| web_ui::install(project))
    })?;
    if wanted(Part::Ui) {
        steps.step("Web UI: types", || web_ui::typecheck(project))?;
        steps.step("Web UI: tests", || web_ui::test(project))?;
    }
    if !needs_rust {
        steps.print();
        return Ok(());
    }
    steps.step("Web UI: build", || web_ui::build(project))?;
    let built = steps.step("Programs and tests: build", || cargo::build_tests(project))?;
    if wanted(Part::Rust) {
        steps.step("Rust tests", || rust(project))?;
        steps.step("Rust examples in documentation", || {
            programs(project, cargo::workspace(project, "test").arguments(["--doc"])).run()
        })?;
    }
    if wanted(Part::Keychain) && cfg!(target_os = "linux") {
        steps.step("Keychain tests", || keychain(project, &built))?;
    }
    if wanted(Part::Judges) {
        let python = steps.step("Python environment", || python::environment(project))?;
        steps.step("jsforce", || jsforce::install(project))?;
        steps.step("Judges", || {
            // Shown, so that every check can be seen and counted.
            programs(project, built.of("judges")?.arguments(["--show-output"]))
                .environment("LANDBRIDGE_PYTHON", python)
                .run()
        })?;
    }
    if wanted(Part::Window) && has_window_tests {
        steps.step("Window tests", || window(project, &built))?;
    } else if wanted(Part::Window) {
        println!("\nThe window tests need WebKitWebDriver and run on Linux only; they were left out.");
    }
    steps.print();
    Ok(())
}

/// Unit tests of all crates and programs, and all integration tests but those with their own step.
fn rust(project: &Project) -> Result<()> {
    let targets = project.test_targets();
    let selection = targets
        .iter()
        .filter(|name| !OWN_STEP.contains(&name.as_str()))
        .flat_map(|name| ["--test", name]);
    programs(
        project,
        cargo::workspace(project, "test")
            .arguments(["--lib", "--bins"])
            .arguments(selection),
    )
    .run()
}

/// A real Secret Service, on a message bus of its own.
fn keychain(project: &Project, built: &TestPrograms) -> Result<()> {
    let keychain = Keychain::start(&project.scratch().join("keychain"))?;
    programs(project, built.of("keychain")?)
        .environments(keychain.environment())
        .run()
}

/// The real window, on a desktop of its own.
fn window(project: &Project, built: &TestPrograms) -> Result<()> {
    let artifacts: PathBuf = project.artifacts();
    std::fs::create_dir_all(&artifacts).with_context(|| format!("could not make {}", artifacts.display()))?;
    let app = project.built("debug", "landbridge");
    if !app.is_file() {
        bail!("the app was not built: {} is missing", app.display());
    }
    let session = Session::start(project)?;
    // WebDriver allows one session at a time, so one test at a time.
    let call = built.of("window")?.arguments(["--test-threads=1", "--nocapture"]);
    programs(project, call)
        .environments(session.environment())
        .environment("LANDBRIDGE_APP", app)
        .environment("LANDBRIDGE_ARTIFACTS", artifacts)
        .environment("TAURI_WEBVIEW_AUTOMATION", "true")
        // Without the DMA-BUF renderer WebKit never answers a WebDriver screenshot.
        .environment("WEBKIT_DISABLE_DMABUF_RENDERER", "0")
        .run()
}

/// Tells tests where the command line program is.
fn programs(project: &Project, call: Program) -> Program {
    call.environment("LANDBRIDGE_CLI", project.built("debug", "landbridge-cli"))
}
