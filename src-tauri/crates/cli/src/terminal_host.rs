//! What the engine needs of this machine, without a window.

use std::path::PathBuf;

use engine::{BoxFuture, Code, DemoOrgAddress, Fault, FileKind, Host, TokenVault};
use host::TokenHomes;

/// This machine, from a terminal.
pub struct TerminalHost {
    vault: TokenHomes,
}

impl TerminalHost {
    /// With the machine's places for tokens, unless the connection comes from the environment.
    pub fn new(keeps_tokens: bool) -> Self {
        let vault = if keeps_tokens {
            TokenHomes::of_this_machine()
        } else {
            TokenHomes::memory_only()
        };
        Self { vault }
    }
}

impl Host for TerminalHost {
    fn operator_name(&self) -> String {
        host::operator_name()
    }

    fn open_in_browser(&self, url: &str) -> Result<(), Fault> {
        host::open_in_browser(url)
    }

    fn choose_file_to_open(&self, _kind: FileKind) -> BoxFuture<'_, Result<Option<PathBuf>, Fault>> {
        Box::pin(async { Err(no_dialog()) })
    }

    fn choose_file_to_save<'a>(
        &'a self,
        _suggested_name: &'a str,
    ) -> BoxFuture<'a, Result<Option<PathBuf>, Fault>> {
        Box::pin(async { Err(no_dialog()) })
    }

    fn start_demo_org<'a>(&'a self, _at: Option<&'a str>) -> BoxFuture<'a, Result<DemoOrgAddress, Fault>> {
        Box::pin(async {
            Err(Fault::new(
                Code::NotHere,
                "Run “landbridge-cli demo-org serve” in another terminal, and connect to its login URL.",
            ))
        })
    }

    fn has_demo_org(&self) -> bool {
        false
    }

    fn token_vault(&self) -> &dyn TokenVault {
        &self.vault
    }
}

fn no_dialog() -> Fault {
    Fault::new(
        Code::NotHere,
        "A terminal has no file dialogs. Name the file on the command line.",
    )
}
