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
    connection::{Door, Wire},
    control::{self, RecordedCall, TroubleReport},
    fault::ApiFault,
    loopback,
    oauth::{self, JwtKeyError},
    options::Options,
    org::{Beginning, Org},
    pages, seed,
    tls::{Tls, TlsError},
    trouble::Trouble,
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
    /// The certificate for JWT bearer tokens cannot be used.
    #[error(transparent)]
    JwtCertificate(#[from] JwtKeyError),
    /// TLS could not be set up.
    #[error("The demo org could not make a certificate: {0}. Start it without TLS.")]
    Tls(#[from] TlsError),
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
    /// With TLS the certificate of the authority to trust, PEM; it is gone when the org stops.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_pem: Option<String>,
}

/// A running demo org. Dropping it stops it; [`DemoOrg::shutdown`] also waits until it has stopped.
#[derive(Debug)]
pub struct DemoOrg {
    org: Arc<Org>,
    access_token: String,
    certificate_pem: Option<String>,
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
        let tls = if options.tls { Some(Tls::new()?) } else { None };
        let certificate_pem = tls.as_ref().map(|tls| tls.certificate_pem.clone());
        let instance_url = if options.tls {
            format!("https://localhost:{}", bound.port())
        } else {
            format!("http://127.0.0.1:{}", bound.port())
        };
        let seeded = seed::plant(&options).map_err(|fault| StartError::Seed(fault.message))?;
        let org = Arc::new(Org::new(Beginning {
            client_id: seed::client_id(options.seed),
            options,
            records: seeded.records,
            instance_url,
            organization: seeded.organization,
            admin: seeded.admin,
            password: PASSWORD.to_owned(),
        }));
        if let Some(pem) = &org.options.jwt_certificate {
            org.jwt_keys.add(pem)?;
        }
        let access_token = org.sessions().issue_access_token(
            &org.organization_id(),
            org.admin.number,
            None,
            &org.client_id,
            "api id",
        );
        let stop = CancellationToken::new();
        let server = tokio::spawn(serve(Door::new(listener, tls), Arc::clone(&org), stop.clone()));
        Ok(Self {
            org,
            access_token,
            certificate_pem,
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

    /// With TLS the certificate of the authority to trust, PEM.
    #[must_use]
    pub fn certificate_pem(&self) -> Option<String> {
        self.certificate_pem.clone()
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
            certificate_pem: self.certificate_pem(),
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

    /// Adds trouble; says the numbers of its parts: calls, then jobs, then row locks.
    #[allow(
        clippy::must_use_candidate,
        reason = "who adds one piece need not look at its number"
    )]
    pub fn add_trouble(&self, trouble: Trouble) -> Vec<u64> {
        self.org.add_trouble(trouble)
    }

    /// Takes back all trouble, and releases held jobs.
    pub fn clear_trouble(&self) {
        self.org.clear_trouble();
    }

    /// All trouble that there is, and how often each happened.
    #[must_use]
    pub fn trouble_report(&self) -> TroubleReport {
        self.org.trouble_report()
    }

    /// Lets programs in by JWT bearer tokens that this certificate or public key (PEM) verifies.
    pub fn add_jwt_key(&self, pem: &str) -> Result<(), JwtKeyError> {
        self.org.jwt_keys.add(pem)
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
        self.org.troubles.close();
        self.stop.cancel();
    }
}

impl Drop for DemoOrg {
    fn drop(&mut self) {
        self.close();
    }
}

async fn serve(door: Door, org: Arc<Org>, stop: CancellationToken) {
    let service = ServiceExt::<Request>::into_make_service_with_connect_info::<Wire>(
        NormalizePath::trim_trailing_slash(router(&org)),
    );
    let served = axum::serve(door, service)
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
