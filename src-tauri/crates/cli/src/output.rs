//! Results on standard output, people's text on standard error.

use std::io::{self, IsTerminal, Write};

use engine::Fault;
use serde::Serialize;
use serde_json::json;

/// Where a command writes.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    json: bool,
    quiet: bool,
}

impl Output {
    /// By the global options.
    pub fn new(json: bool, quiet: bool) -> Self {
        Self { json, quiet }
    }

    /// Whether results are JSON lines.
    pub fn is_json(self) -> bool {
        self.json
    }

    /// Whether a progress bar makes sense.
    pub fn shows_bar(self) -> bool {
        !self.json && !self.quiet && io::stderr().is_terminal()
    }

    /// Whether progress is told as JSON lines.
    pub fn tells_progress(self) -> bool {
        self.json && !self.quiet
    }

    /// A result: one JSON line, or text for people.
    pub fn result<T: Serialize>(self, value: &T, text: &str) {
        if self.json {
            self.line(value);
        } else {
            print(io::stdout(), text);
        }
    }

    /// One JSON line.
    #[expect(clippy::unused_self, reason = "whoever writes a line has an output")]
    pub fn line<T: Serialize>(self, value: &T) {
        match serde_json::to_string(value) {
            Ok(line) => print(io::stdout(), &line),
            Err(error) => eprintln!("A result could not be written as JSON: {error}."),
        }
    }

    /// Text for people.
    pub fn say(self, text: &str) {
        if !self.quiet {
            print(io::stderr(), text);
        }
    }

    /// Why a command could not be done.
    pub fn fault(self, fault: &Fault) {
        print(io::stderr(), &fault.to_string());
        if self.json {
            self.line(&json!({ "fault": fault }));
        }
    }
}

/// Writes a line. A reader that went away, such as `head`, is no fault of ours.
fn print(mut to: impl Write, text: &str) {
    if let Err(error) = writeln!(to, "{text}")
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        tracing::error!(%error, "the output could not be written");
    }
}
