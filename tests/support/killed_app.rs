//! An app that a test kills: it lives in a runtime of its own, which goes at once with everything in it.

use std::path::Path;
use std::sync::Arc;

use demo_org::DemoOrg;
use engine::{Engine, EngineOptions, Pace, ReadyConnection};
use secrecy::SecretString;
use tokio::runtime::Runtime;

use crate::TestHost;

/// A runtime for one life of an app.
///
/// # Panics
/// When the system has no more threads.
#[must_use]
pub fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

/// Opens a workspace with a connection to an org; nothing goes on by itself.
///
/// # Panics
/// When the workspace cannot be opened.
pub async fn open(workspace: &Path, org: &DemoOrg) -> Engine {
    let ready = ReadyConnection {
        instance_url: org.instance_url(),
        access_token: SecretString::from(org.access_token()),
    };
    Engine::open(EngineOptions {
        workspace: workspace.to_path_buf(),
        host: Arc::new(TestHost::default()),
        ready_connection: Some(ready),
        pace: Pace::immediate(),
        resume_runs: false,
    })
    .await
    .unwrap()
}
