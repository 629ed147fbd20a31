//! `landbridge-cli` as other programs run it: arguments, environment, exit code, lines.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use demo_org::DemoOrg;
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStderr, ChildStdout, Command};
use tokio::time::timeout;

use crate::TestApp;

/// Far longer than any command takes; whatever is still running then hangs.
const DEADLINE: Duration = Duration::from_secs(120);

/// The program with a workspace and an environment of its own.
pub struct CommandLine {
    program: PathBuf,
    folder: TempDir,
    workspace: PathBuf,
    connection: Option<(String, String)>,
    variables: Vec<(String, String)>,
}

/// What a command left behind.
#[derive(Debug)]
pub struct Finished {
    /// Exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// Standard output, a JSON value a line.
    pub lines: Vec<Value>,
    /// Standard error.
    pub said: String,
}

/// A command that is under way; it is killed when the test ends before it.
pub struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    said: ChildStderr,
}

impl CommandLine {
    /// Without a connection in the environment.
    ///
    /// # Panics
    /// When `LANDBRIDGE_CLI` does not name the program.
    #[must_use]
    pub fn unconnected() -> Self {
        let program = env::var_os("LANDBRIDGE_CLI").map(PathBuf::from).expect(
            "LANDBRIDGE_CLI is not set: it names the landbridge-cli program to test. `cargo xtask test` builds it and sets it.",
        );
        assert!(
            program.is_file(),
            "LANDBRIDGE_CLI names {}, which is not there. Build it with `cargo build -p landbridge-cli`.",
            program.display()
        );
        let folder = tempfile::tempdir().unwrap();
        Self {
            program,
            workspace: folder.path().join("workspace"),
            folder,
            connection: None,
            variables: Vec::new(),
        }
    }

    /// With a demo org's address and token in the environment.
    #[must_use]
    pub fn of(org: &DemoOrg) -> Self {
        Self::connected_to(&org.instance_url(), &org.access_token())
    }

    /// In the workspace of an app and with its demo org, as a second program beside it.
    #[must_use]
    pub fn beside(app: &TestApp) -> Self {
        Self {
            workspace: app.workspace().to_path_buf(),
            ..Self::of(&app.org)
        }
    }

    /// With any address and token in the environment.
    #[must_use]
    pub fn connected_to(instance_url: &str, access_token: &str) -> Self {
        Self {
            connection: Some((instance_url.to_owned(), access_token.to_owned())),
            ..Self::unconnected()
        }
    }

    /// With a variable of the environment beside the usual ones.
    #[must_use]
    pub fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Where a file of this name lies, beside the workspace.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file beside the workspace.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Runs a command with `--json`.
    pub async fn json(&self, arguments: &[&str]) -> Finished {
        let mut all = vec!["--json"];
        all.extend(arguments);
        finished(self.raw(&all).await)
    }

    /// Runs a command with `--json` and this text on its standard input.
    pub async fn json_with_input(&self, arguments: &[&str], input: &str) -> Finished {
        let mut all = vec!["--json"];
        all.extend(arguments);
        let mut child = self.command(&all).stdin(Stdio::piped()).spawn().unwrap();
        let mut standard_input = child.stdin.take().unwrap();
        standard_input.write_all(input.as_bytes()).await.unwrap();
        drop(standard_input);
        let output = timeout(DEADLINE, child.wait_with_output())
            .await
            .unwrap_or_else(|_| panic!("{arguments:?} does not end"))
            .unwrap();
        finished(output)
    }

    /// Runs a command with `--json` that may write no file beyond so many kilobytes, as on a disk that is full.
    #[cfg(unix)]
    pub async fn json_with_little_room(&self, kilobytes: u32, arguments: &[&str]) -> Finished {
        // Without the signal a write beyond the limit is refused like one to a full disk. POSIX counts in 512 bytes.
        let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", kilobytes * 2);
        self.json_by_shell(&script, arguments).await
    }

    /// Runs a command with `--json` for which the permissions of files count, whoever runs the test.
    #[cfg(target_os = "linux")]
    pub async fn json_without_privileges(&self, arguments: &[&str]) -> Finished {
        let privileges = "-dac_override,-dac_read_search";
        let script = format!(
            "if [ \"$(id -u)\" = 0 ]; then \
             exec setpriv --bounding-set={privileges} --inh-caps={privileges} \"$0\" \"$@\"; fi; exec \"$0\" \"$@\""
        );
        self.json_by_shell(&script, arguments).await
    }

    /// Runs a command with `--json` by a script that gets the program as `$0`.
    #[cfg(unix)]
    async fn json_by_shell(&self, script: &str, arguments: &[&str]) -> Finished {
        let typed = self.command(&[&["--json"], arguments].concat());
        let typed = typed.as_std();
        let mut command = Command::new("sh");
        command
            .args(["-c", script])
            .arg(typed.get_program())
            .args(typed.get_args())
            .stdin(Stdio::null())
            .kill_on_drop(true);
        for (name, value) in typed.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let output = timeout(DEADLINE, command.output())
            .await
            .unwrap_or_else(|_| panic!("{arguments:?} does not end"))
            .unwrap();
        finished(output)
    }

    /// Runs a command as it is typed.
    pub async fn raw(&self, arguments: &[&str]) -> Output {
        timeout(DEADLINE, self.command(arguments).output())
            .await
            .unwrap_or_else(|_| panic!("{arguments:?} does not end"))
            .unwrap()
    }

    /// Imports a file that must be good, as a list of this name.
    pub async fn import(&self, file: &Path, list: &str) -> Value {
        let imported = self
            .json(&["import", file.to_str().unwrap(), "--list", list])
            .await;
        assert_eq!(imported.code, Some(0), "{imported:?}");
        imported.result()
    }

    /// The ledger of a run.
    pub async fn ledger(&self, run: &Value) -> Vec<Value> {
        let ledger = self.json(&["runs", "ledger", &run.to_string()]).await;
        assert_eq!(ledger.code, Some(0), "{ledger:?}");
        ledger.lines
    }

    /// Starts a command with `--json` and does not wait for it.
    #[must_use]
    pub fn start(&self, arguments: &[&str]) -> Running {
        let mut all = vec!["--json"];
        all.extend(arguments);
        let mut child = self.command(&all).spawn().unwrap();
        Running {
            lines: BufReader::new(child.stdout.take().unwrap()).lines(),
            said: child.stderr.take().unwrap(),
            child,
        }
    }

    /// Folder of the workspace.
    #[must_use]
    pub fn workspace(&self) -> PathBuf {
        self.workspace.clone()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg("--workspace")
            .arg(self.workspace())
            .args(arguments)
            .env_remove("LANDBRIDGE_INSTANCE_URL")
            .env_remove("LANDBRIDGE_ACCESS_TOKEN")
            .env_remove("LANDBRIDGE_CLIENT_SECRET")
            .env_remove("LANDBRIDGE_PASSPHRASE")
            // Nobody's browser opens, and nobody's keychain gets a test's tokens.
            .env("LANDBRIDGE_BROWSER_COMMAND", "true")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env("XDG_RUNTIME_DIR", self.folder.path())
            .env("XDG_CONFIG_HOME", self.folder.path().join("config"))
            .env("XDG_DATA_HOME", self.folder.path().join("data"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        if let Some((instance_url, access_token)) = &self.connection {
            command
                .env("LANDBRIDGE_INSTANCE_URL", instance_url)
                .env("LANDBRIDGE_ACCESS_TOKEN", access_token);
        }
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command
    }
}

impl Finished {
    /// The last line, which is the result.
    #[must_use]
    pub fn result(&self) -> Value {
        self.lines
            .last()
            .unwrap_or_else(|| panic!("no result: {}", self.said))
            .clone()
    }
}

impl Running {
    /// The next line of standard output.
    pub async fn next_line(&mut self) -> Value {
        let line = timeout(DEADLINE, self.lines.next_line())
            .await
            .expect("the command says nothing");
        json_line(&line.unwrap().expect("the command ended without another line"))
    }

    /// The first line from here on that has such a member.
    pub async fn line_with(&mut self, member: &str) -> Value {
        loop {
            let line = self.next_line().await;
            if line.get(member).is_some() {
                return line;
            }
        }
    }

    /// Whether it has not ended.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Sends a signal by its name, such as `INT`.
    pub async fn signal(&self, name: &str) {
        let process = self.child.id().expect("the command has ended");
        // The shell's own kill: every system with signals has it.
        let sent = Command::new("sh")
            .args(["-c", &format!("kill -{name} {process}")])
            .status()
            .await
            .unwrap();
        assert!(sent.success(), "signal {name} could not be sent");
    }

    /// Waits for the end, with the lines that were not read before.
    pub async fn end(mut self) -> Finished {
        timeout(DEADLINE, async {
            let mut lines = Vec::new();
            while let Some(line) = self.lines.next_line().await.unwrap() {
                lines.push(json_line(&line));
            }
            let mut said = String::new();
            self.said.read_to_string(&mut said).await.unwrap();
            let code = self.child.wait().await.unwrap().code();
            Finished { code, lines, said }
        })
        .await
        .expect("the command does not end")
    }
}

/// Waits until something is so, which must happen before the deadline.
pub async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < DEADLINE, "waited in vain until {what}");
        tokio::task::yield_now().await;
    }
}

fn finished(output: Output) -> Finished {
    let text = String::from_utf8(output.stdout).unwrap();
    Finished {
        code: output.status.code(),
        lines: text.lines().map(json_line).collect(),
        said: String::from_utf8(output.stderr).unwrap(),
    }
}

fn json_line(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("not JSON: {error}: {line}"))
}
