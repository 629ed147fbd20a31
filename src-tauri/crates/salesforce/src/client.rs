//! The client of one org: cheap to clone, shared by all that talk to the org.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::sync::{OnceCell, watch};
use url::Url;

use crate::call_meter::CallMeter;
use crate::error::Error;
use crate::http_client;
use crate::org_address::{AddressError, InstanceUrl, LoginUrl};
use crate::org_clock::OrgClock;
use crate::retry::Pace;
use crate::server_login::ServerGrant;
use crate::session::Session;
use crate::token_keeper::TokenKeeper;
use crate::tokens::Tokens;
use crate::usage::ApiUsage;
use crate::versions::ApiVersion;

/// What a client needs. The org's own address is in the tokens.
pub struct ClientOptions {
    /// Where tokens are renewed and revoked.
    pub login_url: LoginUrl,
    /// Consumer Key of the External Client App.
    pub client_id: String,
    /// Only if the app asks for one; a desktop app should not have it.
    pub client_secret: Option<SecretString>,
    /// `None`: the newest that the org offers, asked once.
    pub api_version: Option<ApiVersion>,
    /// Of the signed-in session.
    pub tokens: Tokens,
    /// Stores renewed tokens.
    pub keep: Arc<dyn TokenKeeper>,
    /// Pauses between tries and polls.
    pub pace: Pace,
}

/// The client of one org. Clones share session, counters and connections.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    instance_url: InstanceUrl,
    session: Arc<Session>,
    version: OnceCell<ApiVersion>,
    usage: watch::Sender<Option<ApiUsage>>,
    counted_calls: AtomicU64,
    meter: OnceLock<Arc<dyn CallMeter>>,
    plain_bodies: AtomicBool,
    clock: Mutex<Option<OrgClock>>,
    pace: Pace,
}

impl Client {
    /// Sets up a client; no request is made yet.
    pub fn new(options: ClientOptions) -> Result<Self, Error> {
        Self::build(options, None)
    }

    /// Sets up a client whose session is renewed by the grant that opened it, in place of a refresh token.
    pub fn renewed_by(grant: ServerGrant, options: ClientOptions) -> Result<Self, Error> {
        Self::build(options, Some(grant))
    }

    fn build(options: ClientOptions, grant: Option<ServerGrant>) -> Result<Self, Error> {
        let instance_url = options.tokens.instance_url.clone();
        let http = http_client::build(instance_url.is_loopback())?;
        let version = OnceCell::new_with(options.api_version);
        let pace = options.pace;
        let session = Session::new(options, grant)?;
        Ok(Self(Arc::new(Inner {
            http,
            instance_url,
            session: Arc::new(session),
            version,
            usage: watch::Sender::new(None),
            counted_calls: AtomicU64::new(0),
            meter: OnceLock::new(),
            plain_bodies: AtomicBool::new(false),
            clock: Mutex::new(None),
            pace,
        })))
    }

    /// The org's origin.
    #[must_use]
    pub fn instance_url(&self) -> &InstanceUrl {
        &self.0.instance_url
    }

    /// The org's usage as its latest answer told; `None` before the first.
    #[must_use]
    pub fn usage(&self) -> Option<ApiUsage> {
        *self.0.usage.borrow()
    }

    /// The time now by the org's clock, to the second; `None` before its first answer.
    #[must_use]
    pub fn org_time(&self) -> Option<Timestamp> {
        let clock = self.0.clock.lock().unwrap_or_else(PoisonError::into_inner);
        clock.as_ref().map(OrgClock::now)
    }

    pub(crate) fn set_clock(&self, clock: OrgClock) {
        *self.0.clock.lock().unwrap_or_else(PoisonError::into_inner) = Some(clock);
    }

    /// Follows the org's usage.
    #[must_use]
    pub fn watch_usage(&self) -> watch::Receiver<Option<ApiUsage>> {
        self.0.usage.subscribe()
    }

    /// Requests of this client that count against the org's quota, repeated ones included. Versions and OAuth
    /// do not count.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.0.counted_calls.load(Ordering::Relaxed)
    }

    /// Asks this meter before each call from now on. A client keeps the first one that it is given.
    pub fn count_calls_by(&self, meter: Arc<dyn CallMeter>) {
        self.0.meter.get_or_init(|| meter);
    }

    pub(crate) fn meter(&self) -> Option<&Arc<dyn CallMeter>> {
        self.0.meter.get()
    }

    /// Renews the session now, without waiting for the org to refuse it.
    pub async fn refresh(&self) -> Result<(), Error> {
        let session = self.session();
        session.renew(session.generation()).await
    }

    /// Goes on with the tokens of a new sign-in to the same org, so that work that waits on a clone of this client
    /// goes on too. Tokens of another instance are refused. The caller has stored them already.
    pub fn sign_in_again(&self, tokens: Tokens) -> Result<(), Error> {
        if tokens.instance_url != self.0.instance_url {
            return Err(Error::InvalidAddress(AddressError {
                address: tokens.instance_url.as_str().to_owned(),
                reason: "the new sign-in belongs to another org's server than this connection",
            }));
        }
        self.0.session.adopt(tokens);
        Ok(())
    }

    /// Whether the session is over for good: revoked, or its renewal refused.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.0.session.has_ended()
    }

    /// Ends the session at the org: the refresh token, and with it all its access tokens, or the access token.
    pub async fn revoke(&self) -> Result<(), Error> {
        self.0.session.revoke().await
    }

    /// `{instance}/services/data/vXX.0/{segments}`, each segment encoded.
    pub(crate) async fn data_address(&self, segments: &[&str]) -> Result<Url, Error> {
        self.versioned_address(self.api_version().await?, segments)
    }

    /// The same of a given version, for what keeps to the version that it began with.
    pub(crate) fn versioned_address(&self, version: ApiVersion, segments: &[&str]) -> Result<Url, Error> {
        let mut url = self.instance_url().join(&format!("/services/data/v{version}"))?;
        if let Ok(mut path) = url.path_segments_mut() {
            path.extend(segments);
        }
        Ok(url)
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    pub(crate) fn session(&self) -> &Arc<Session> {
        &self.0.session
    }

    pub(crate) fn pace(&self) -> Pace {
        self.0.pace
    }

    pub(crate) fn counter(&self) -> &AtomicU64 {
        &self.0.counted_calls
    }

    pub(crate) fn sends_plain_bodies(&self) -> bool {
        self.0.plain_bodies.load(Ordering::Relaxed)
    }

    pub(crate) fn send_plain_bodies(&self) {
        self.0.plain_bodies.store(true, Ordering::Relaxed);
    }

    pub(crate) fn usage_sender(&self) -> &watch::Sender<Option<ApiUsage>> {
        &self.0.usage
    }

    pub(crate) fn version_cell(&self) -> &OnceCell<ApiVersion> {
        &self.0.version
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("instance_url", &self.0.instance_url.as_str())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ClientOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientOptions")
            .field("login_url", &self.login_url.as_str())
            .field("tokens", &self.tokens)
            .finish_non_exhaustive()
    }
}
