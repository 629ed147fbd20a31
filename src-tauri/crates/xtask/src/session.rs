//! A private desktop for tests of the real window: a screen, a window manager, a message bus and an unlocked keychain.

use std::ffi::OsString;
use std::process::Stdio;

use anyhow::Result;

use crate::keychain::{Keychain, first_line};
use crate::program::{Program, Running};
use crate::project::Project;

/// Width, height and colour depth: room for the app's window with a frame around it.
const SCREEN: &str = "1440x900x24";

/// The running desktop. Fields are dropped in this order: what needs the bus ends before the bus.
pub struct Session {
    environment: Vec<(String, OsString)>,
    _window_manager: Running,
    _screen: Running,
    _keychain: Keychain,
}

impl Session {
    /// Starts all parts, each checked before the next.
    pub fn start(project: &Project) -> Result<Self> {
        let folder = project.scratch().join("desktop");
        let keychain = Keychain::start(&folder)?;
        let mut environment = vec![
            ("GDK_BACKEND".into(), "x11".into()),
            ("XDG_SESSION_TYPE".into(), "x11".into()),
            // No accessibility bus is running here; without this GTK waits for one.
            ("NO_AT_BRIDGE".into(), "1".into()),
        ];
        environment.extend_from_slice(keychain.environment());
        let (screen, number) = first_line(Program::new("Xvfb").arguments([
            "-displayfd",
            "1",
            "-screen",
            "0",
            SCREEN,
            "-nolisten",
            "tcp",
            "-noreset",
        ]))?;
        environment.push(("DISPLAY".into(), format!(":{number}").into()));
        let window_manager = Program::new("openbox")
            .environments(&environment)
            .start(|command| command.stdout(Stdio::null()).stderr(Stdio::null()))?;
        println!(
            "Screen :{number}, own message bus and keychain in {}",
            project.shown(&folder)
        );
        Ok(Self {
            environment,
            _window_manager: window_manager,
            _screen: screen,
            _keychain: keychain,
        })
    }

    /// What a program needs to be on this desktop.
    pub fn environment(&self) -> &[(String, OsString)] {
        &self.environment
    }
}
