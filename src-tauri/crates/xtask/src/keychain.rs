//! A private message bus with an unlocked keychain, for tests of what is kept there.
//!
//! Everything lives in a folder of its own under the target folder, so that the keychain and settings of whoever runs
//! the tests are neither read nor written. All programs end when the guard is dropped.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdout, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::program::{Program, Running};

/// How long the keychain may take to appear on the bus.
const KEYCHAIN_PATIENCE: Duration = Duration::from_secs(20);

/// A session bus that starts no service of the machine when somebody asks for it: a keychain that is gone stays gone.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// The running bus and keychain. Fields are dropped in this order: what needs the bus ends before the bus.
pub struct Keychain {
    environment: Vec<(String, OsString)>,
    _daemon: Running,
    _bus: Running,
}

impl Keychain {
    /// Starts both in an emptied folder, each checked before the next.
    pub fn start(folder: &Path) -> Result<Self> {
        let mut environment = private_folders(folder)?;
        let settings = folder.join("bus.conf");
        fs::write(&settings, BUS).with_context(|| format!("could not write {}", settings.display()))?;
        let (bus, address) = first_line(
            Program::new("dbus-daemon")
                .arguments(["--nofork", "--nopidfile", "--print-address=1", "--config-file"])
                .arguments([&settings])
                .environments(&environment),
        )?;
        environment.push(("DBUS_SESSION_BUS_ADDRESS".into(), address.into()));
        let keychain = keychain(&environment)?;
        Ok(Self {
            environment,
            _daemon: keychain,
            _bus: bus,
        })
    }

    /// What a program needs to find them.
    pub fn environment(&self) -> &[(String, OsString)] {
        &self.environment
    }
}

/// Empty folders for data, settings, caches and sockets.
fn private_folders(folder: &Path) -> Result<Vec<(String, OsString)>> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("could not empty {}", folder.display()))?;
    }
    let mut environment = Vec::new();
    for (name, part) in [
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "runtime"),
    ] {
        let path = folder.join(part);
        fs::create_dir_all(&path).with_context(|| format!("could not make {}", path.display()))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o700))
                .with_context(|| format!("could not close {} to others", path.display()))?;
        }
        environment.push((name.to_owned(), path.into_os_string()));
    }
    Ok(environment)
}

/// Starts a program that prints one line when it is ready.
pub fn first_line(program: Program) -> Result<(Running, String)> {
    let line = program.line();
    let mut running = program.start(|command| command.stdout(Stdio::piped()).stderr(Stdio::null()))?;
    let output: ChildStdout = running
        .child()
        .stdout
        .take()
        .with_context(|| format!("`{line}` has no output to read"))?;
    let mut first = String::new();
    BufReader::new(output)
        .read_line(&mut first)
        .with_context(|| format!("could not read from `{line}`"))?;
    if first.trim().is_empty() {
        bail!("`{line}` ended before it was ready");
    }
    Ok((running, first.trim().to_owned()))
}

/// A Secret Service with an unlocked collection.
fn keychain(environment: &[(String, OsString)]) -> Result<Running> {
    let mut running = Program::new("gnome-keyring-daemon")
        .arguments(["--foreground", "--unlock", "--components=secrets"])
        .environments(environment)
        .start(|command| {
            command
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
        })?;
    let mut input = running
        .child()
        .stdin
        .take()
        .context("gnome-keyring-daemon takes no input")?;
    input
        .write_all(b"landbridge-tests\n")
        .context("could not unlock the tests' keychain")?;
    drop(input);
    let asked = Instant::now();
    while !has_default_collection(environment) {
        if asked.elapsed() > KEYCHAIN_PATIENCE {
            bail!("gnome-keyring-daemon offers no unlocked keychain on the tests' message bus");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(running)
}

/// The bus is asked first: a call to an absent Secret Service is an error.
fn has_default_collection(environment: &[(String, OsString)]) -> bool {
    let asked = |destination: &str, question: [&str; 3], answer: &str| {
        Program::new("dbus-send")
            .arguments(["--session", "--print-reply", &format!("--dest={destination}")])
            .arguments(question)
            .environments(environment)
            .output()
            .is_ok_and(|reply| reply.contains(answer))
    };
    let name = "org.freedesktop.secrets";
    asked(
        "org.freedesktop.DBus",
        [
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.NameHasOwner",
            &format!("string:{name}"),
        ],
        "boolean true",
    ) && asked(
        name,
        [
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.ReadAlias",
            "string:default",
        ],
        "/collection/",
    )
}
