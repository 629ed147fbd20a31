//! Running other programs: every failure says which program, with which arguments, and how it ended.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

/// One call of another program.
pub struct Program {
    command: Command,
}

impl Program {
    /// A program found on `PATH`, or at a path.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        Self {
            command: Command::new(program),
        }
    }

    /// The cargo that started this program, without what it told this program of itself: build scripts look at
    /// these variables, and would build everything again whenever cargo is called once from here and once by hand.
    pub fn cargo() -> Self {
        let mut cargo = Self::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let own = |name: &OsStr| {
            name.to_str().is_some_and(|name| {
                ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
                    .iter()
                    .any(|start| name.starts_with(start))
            })
        };
        for (name, _) in std::env::vars_os().filter(|(name, _)| own(name)) {
            cargo.command.env_remove(name);
        }
        cargo
    }

    /// npm; on Windows it is a batch file and must be named so.
    pub fn npm() -> Self {
        Self::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
    }

    /// Adds arguments.
    pub fn arguments(mut self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets one environment variable for the call.
    pub fn environment(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Sets several environment variables for the call.
    pub fn environments(mut self, pairs: &[(String, OsString)]) -> Self {
        self.command.envs(pairs.iter().map(|(name, value)| (name, value)));
        self
    }

    /// Runs in this folder.
    pub fn folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// The call as a line that can be typed, without its environment.
    pub fn line(&self) -> String {
        std::iter::once(self.command.get_program())
            .chain(self.command.get_args())
            .map(|word| {
                let word = word.to_string_lossy();
                if word.is_empty() || word.contains(' ') {
                    format!("\"{word}\"")
                } else {
                    word.into_owned()
                }
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Prints the call, runs it on this terminal, and fails unless it ends with success.
    pub fn run(self) -> Result<()> {
        self.run_until(&[0]).map(drop)
    }

    /// Like [`Program::run`], but other exit codes are welcome too; gives the one it ended with.
    pub fn run_until(mut self, welcome: &[i32]) -> Result<i32> {
        println!("$ {}", self.line());
        let status = self
            .command
            .status()
            .with_context(|| format!("`{}` could not be started", self.line()))?;
        match status.code().filter(|code| welcome.contains(code)) {
            Some(code) => Ok(code),
            None => bail!("`{}` failed ({status})", self.line()),
        }
    }

    /// Prints the call, runs it with its error output on this terminal, and gives what it printed; fails unless it ends with
    /// success.
    pub fn run_and_read(mut self) -> Result<String> {
        println!("$ {}", self.line());
        let output = self
            .command
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("`{}` could not be started", self.line()))?;
        if !output.status.success() {
            bail!("`{}` failed ({})", self.line(), output.status);
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs it without a word and gives what it printed; its error output is part of the failure.
    pub fn output(mut self) -> Result<String> {
        let output = self
            .command
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("`{}` could not be started", self.line()))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("`{}` failed ({}): {}", self.line(), output.status, said.trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// What it printed on standard output, whether or not it ended with success; empty if there is no such program.
    pub fn printed(mut self) -> String {
        match self.command.stdin(Stdio::null()).output() {
            Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
            Err(_) => String::new(),
        }
    }

    /// Starts it and leaves it running until the guard is dropped.
    pub fn start(mut self, configure: impl FnOnce(&mut Command) -> &mut Command) -> Result<Running> {
        configure(&mut self.command);
        let child = self
            .command
            .spawn()
            .with_context(|| format!("`{}` could not be started", self.line()))?;
        Ok(Running {
            child,
            line: self.line(),
        })
    }
}

/// A program that runs beside this one and is ended with the guard.
pub struct Running {
    child: Child,
    line: String,
}

impl Running {
    /// The process, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Ok(Some(_)) = self.child.try_wait() {
            return;
        }
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait().map(drop)) {
            eprintln!("`{}` could not be ended: {error}", self.line);
        }
    }
}

/// The full path of a program on `PATH`, if there is one.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}
