//! Processes that share a connection whose refresh token works once: one renews, the others use what it stored.

use std::path::Path;
use std::process::Stdio;

use demo_org::{DemoOrg, Options};
use secrecy::ExposeSecret;
use support::demo_control::DemoControl;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::signed_in::SignedIn;

const PROCESSES: usize = 3;
const EXPIRIES: usize = 4;

struct Neighbour {
    _process: Child,
    ask: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Neighbour {
    fn start(folder: &Path, org: &DemoOrg) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_neighbour"))
            .arg(folder)
            .args([org.login_url(), org.client_id()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        Self {
            ask: process.stdin.take().unwrap(),
            answers: BufReader::new(process.stdout.take().unwrap()).lines(),
            _process: process,
        }
    }

    async fn answer(&mut self) -> String {
        self.answers.next_line().await.unwrap().unwrap_or_default()
    }
}

#[tokio::test]
async fn processes_renew_a_rotating_session_once_for_all_of_them() {
    let SignedIn { org, tokens } = SignedIn::start(Options {
        rotates_refresh_tokens: true,
        ..Options::default()
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let stored = folder.path().join("tokens");
    let first = tokens.to_keychain_json().unwrap();
    std::fs::write(&stored, first.expose_secret()).unwrap();
    let mut neighbours: Vec<Neighbour> = (0..PROCESSES)
        .map(|_| Neighbour::start(folder.path(), &org))
        .collect();

    for expiry in 1..=EXPIRIES {
        DemoControl::new(&org.instance_url())
            .expire_sessions()
            .await
            .unwrap();
        org.forget_calls();
        for neighbour in &mut neighbours {
            neighbour.ask.write_all(b"ask\n").await.unwrap();
        }
        for neighbour in &mut neighbours {
            assert_eq!(neighbour.answer().await, "ok", "after expiry {expiry}");
        }
        let calls = org.calls();
        let renewals = calls
            .iter()
            .filter(|call| call.path == "/services/oauth2/token")
            .count();
        let refused = calls.iter().filter(|call| call.status == 401).count();
        assert_eq!(renewals, 1, "after expiry {expiry}");
        assert!(
            refused >= PROCESSES,
            "every process met the expired session: {refused}"
        );
    }
    assert_ne!(
        std::fs::read_to_string(&stored).unwrap(),
        *first.expose_secret(),
        "the rotated token was not stored"
    );
}
