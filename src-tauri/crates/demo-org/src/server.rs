//! Starts and stops the server.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    Router, ServiceExt,
    extract::Request,
    http::StatusCode,
    middleware,
    response::{IntoResponse, Response},
    serve::ListenerExt,
};
use serde::{Deserialize, Serialize};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use tower_http::{
    CompressionLevel, compression::CompressionLayer, decompression::RequestDecompressionLayer,
    normalize_path::NormalizePath,
};

use crate::{
    api,
    control::{self, RecordedCall},
    fault::ApiFault,
    loopback, oauth,
    options::Options,
    org::{Beginning, Org},
    pages, seed,
};

/// Everybody's password in the demo org. The org holds made-up data and listens on loopback only.
const PASSWORD: &str = "landbridge-demo";

/// Why a demo org could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port could not be taken.
    #[error(
        "The demo org could not listen on 127.0.0.1:{port}: {source}. Choose another port, or 0 for any."
    )]
    Port {
        /// The port asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The made-up data breaks a rule of the org.
    #[error("The demo org's made-up data was refused by its own rules: {0}. Choose another seed.")]
    Seed(String),
}

/// What a client needs to know, in the shape that `demo-org serve` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// Where the data API answers, without trailing slash.
    pub instance_url: String,
    /// Where the login begins, without trailing slash.
    pub login_url: String,
    /// Consumer key of the registered app.
    pub client_id: String,
    /// The administrator's Username.
    pub username: String,
    /// The administrator's password.
    pub password: String,
    /// A ready access token of the administrator.
    pub access_token: String,
}

/// A running demo org. Dropping it stops it; [`DemoOrg::shutdown`] also waits until it has stopped.
#[derive(Debug)]
pub struct DemoOrg {
    org: Arc<Org>,
    access_token: String,
    stop: CancellationToken,
    server: Option<JoinHandle<()>>,
}

impl DemoOrg {
    /// Makes the data and listens on 127.0.0.1. Needs a Tokio runtime.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let port = options.port;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let refused = |source| StartError::Port { port, source };
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let bound = listener.local_addr().map_err(refused)?;
        let seeded = seed::plant(&options).map_err(|fault| StartError::Seed(fault.message))?;
        let org = Arc::new(Org::new(Beginning {
            client_id: seed::client_id(options.seed),
            options,
            records: seeded.records,
            instance_url: format!("http://127.0.0.1:{}", bound.port()),
            organization: seeded.organization,
            admin: seeded.admin,
            password: PASSWORD.to_owned(),
        }));
        let access_token = org
            .sessions()
            .issue_access_token(&org.organization_id(), org.admin.number, None);
        let stop = CancellationToken::new();
        let server = tokio::spawn(serve(listener, Arc::clone(&org), stop.clone()));
        Ok(Self {
            org,
            access_token,
            stop,
            server: Some(server),
        })
    }

    /// Where the data API answers, without trailing slash.
    #[must_use]
    pub fn instance_url(&self) -> String {
        self.org.instance_url.clone()
    }

    /// Where the login begins, without trailing slash: the same server.
    #[must_use]
    pub fn login_url(&self) -> String {
        self.org.instance_url.clone()
    }

    /// Consumer key of the registered app.
    #[must_use]
    pub fn client_id(&self) -> String {
        self.org.client_id.clone()
    }

    /// Consumer secret of the registered app; public clients leave it out.
    #[must_use]
    pub fn client_secret(&self) -> String {
        self.org.options.client_secret.clone()
    }

    /// The administrator's Username.
    #[must_use]
    pub fn username(&self) -> String {
        self.org.username.clone()
    }

    /// The administrator's password.
    #[must_use]
    pub fn password(&self) -> String {
        self.org.password.clone()
    }

    /// A ready access token of the administrator.
    #[must_use]
    pub fn access_token(&self) -> String {
        self.access_token.clone()
    }

    /// All of it at once.
    #[must_use]
    pub fn announcement(&self) -> Announcement {
        Announcement {
            instance_url: self.instance_url(),
            login_url: self.login_url(),
            client_id: self.client_id(),
            username: self.username(),
            password: self.password(),
            access_token: self.access_token(),
        }
    }

    /// The calls that were made so far, oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<RecordedCall> {
        self.org.recorder.calls()
    }

    /// Forgets the calls that were made so far.
    pub fn forget_calls(&self) {
        self.org.recorder.clear();
    }

    /// How many records of an object there are, those in the recycle bin left out; `None` for an unknown object.
    #[must_use]
    pub fn record_count(&self, object: &str) -> Option<u32> {
        let records = self.org.read();
        let object = records.object_index(object)?;
        Some(records.table(object).live_len())
    }

    /// Stops, and waits until requests under way are answered.
    pub async fn shutdown(mut self) {
        self.close();
        if let Some(server) = self.server.take()
            && let Err(error) = server.await
        {
            tracing::error!(%error, "the demo org did not stop in order");
        }
    }

    fn close(&self) {
        self.org.jobs.hold.close();
        self.stop.cancel();
    }
}

impl Drop for DemoOrg {
    fn drop(&mut self) {
        self.close();
    }
}

async fn serve(listener: TcpListener, org: Arc<Org>, stop: CancellationToken) {
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps waiting for full packets");
        }
    });
    let service = ServiceExt::<Request>::into_make_service(NormalizePath::trim_trailing_slash(router(&org)));
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(stop.cancelled_owned())
        .await;
    if let Err(error) = served {
        tracing::error!(%error, "the demo org stopped listening");
    }
}

fn router(org: &Arc<Org>) -> Router {
    Router::new()
        .merge(api::routes(org))
        .merge(oauth::routes())
        .merge(pages::routes())
        .merge(control::routes())
        .fallback(unknown)
        .layer(RequestDecompressionLayer::new())
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(middleware::from_fn_with_state(
            Arc::clone(org),
            control::interfere,
        ))
        .layer(middleware::from_fn_with_state(Arc::clone(org), control::record))
        .layer(middleware::from_fn(loopback::guard))
        .with_state(Arc::clone(org))
}

async fn unknown(request: Request) -> Response {
    if request.uri().path().starts_with("/services/") {
        ApiFault::not_found().into_response()
    } else {
        (StatusCode::NOT_FOUND, "There is no such page in the demo org.").into_response()
    }
}
