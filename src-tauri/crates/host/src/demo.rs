//! Starts the demo org inside this process, once.

use demo_org::{DemoOrg, Options};
use engine::{Code, DemoOrgAddress, Fault};
use tokio::sync::Mutex;
use url::Url;

/// Keeps the demo org of this process.
#[derive(Default)]
pub struct DemoOrgKeeper {
    running: Mutex<Option<DemoOrg>>,
}

impl DemoOrgKeeper {
    /// The demo org that runs, else a new one; on the port of `at` when that is free.
    ///
    /// # Errors
    /// `not_here` when no port can be had.
    pub async fn start(&self, at: Option<&str>) -> Result<DemoOrgAddress, Fault> {
        let mut running = self.running.lock().await;
        if running.is_none() {
            let wanted = at
                .and_then(|at| Url::parse(at).ok())
                .and_then(|url| url.port())
                .unwrap_or(0);
            let options = |port| Options {
                port,
                ..Options::default()
            };
            let started = match DemoOrg::start(options(wanted)).await {
                Err(_) if wanted != 0 => DemoOrg::start(options(0)).await,
                other => other,
            };
            let started = started.map_err(|error| {
                Fault::new(
                    Code::NotHere,
                    "The demo org could not be started on this machine.",
                )
                .with_detail(error.to_string())
            })?;
            *running = Some(started);
        }
        match running.as_ref() {
            Some(org) => Ok(DemoOrgAddress {
                login_url: org.login_url(),
                client_id: org.client_id(),
                username: org.username(),
                password: org.password(),
            }),
            None => Err(Fault::new(
                Code::Internal,
                "The demo org ended as soon as it was started.",
            )),
        }
    }
}
