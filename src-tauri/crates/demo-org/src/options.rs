//! What can be chosen when a demo org starts.

use std::time::Duration;

use serde::Deserialize;

use crate::trouble::Trouble;

/// Choices for a demo org. `Options::default()` is a small org on any free port.
#[derive(Debug, Clone)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a choice of its own, and all combinations make sense"
)]
pub struct Options {
    /// TCP port on 127.0.0.1; 0 for any that is free.
    pub port: u16,
    /// Decides all made-up data, ids and the order of result rows.
    pub seed: u64,
    /// Made-up accounts, up to 2,000,000. Their number costs neither time at the start nor memory.
    pub accounts: u32,
    /// Made-up contacts, up to 2,000,000. Their number costs neither time at the start nor memory.
    pub contacts: u32,
    /// Made-up leads, up to 2,000,000. Their number costs neither time at the start nor memory.
    pub leads: u32,
    /// Made-up opportunities. These are kept in memory.
    pub opportunities: u32,
    /// Made-up standard users besides the staff: they own nothing and have no rights. These are kept in memory.
    pub colleagues: u32,
    /// Seconds since 1970 from which the made-up records' dates count back. New records carry the real time.
    pub epoch: i64,
    /// Requests that the org allows in 24 hours.
    pub daily_api_requests: u64,
    /// How long a bulk job waits before it is processed.
    pub job_delay: Duration,
    /// How long a bulk job rests after each 200 rows.
    pub chunk_delay: Duration,
    /// The app's consumer secret. Clients may leave it out, but a wrong one is refused.
    pub client_secret: String,
    /// Whether each refresh replaces the refresh token, and re-use of an old one ends the session.
    pub rotates_refresh_tokens: bool,
    /// Calls that the recorder remembers; older ones are forgotten.
    pub recorded_calls: usize,
    /// Whether the ZoomInfo native app (namespace `DOZISF`) is installed.
    pub native_app: bool,
    /// Its version: major, minor.
    pub native_app_version: (u16, u16),
    /// Edition, in the words of `Organization.OrganizationType`. Whether it has an API is switched by `POST /demo/rights`.
    pub edition: String,
    /// What the standard duplicate rules of accounts, contacts and leads do; `None` while they are inactive.
    pub duplicate_rules: Option<DuplicateAction>,
    /// Whether the org's validation rules and its trigger are active.
    pub validation_rules: bool,
    /// Whether the org allows audit fields to be given upon record creation.
    pub audit_fields: bool,
    /// Whether addresses take only listed states and countries, and have code fields beside them.
    pub state_and_country_lists: bool,
    /// Whether logins of the app need a PKCE challenge.
    pub requires_pkce: bool,
    /// Whether the app may come by client credentials, as the integration user.
    pub allows_client_credentials: bool,
    /// Certificate or public key (PEM) of an RSA key that signs JWT bearer tokens. More can be added while the org runs:
    /// `POST /demo/jwt-key`.
    pub jwt_certificate: Option<String>,
    /// Whether the org speaks TLS, with a throw-away certificate for `localhost` and `127.0.0.1`.
    pub tls: bool,
    /// What goes wrong on purpose from the start. More can be added while the org runs: `POST /demo/trouble`.
    pub trouble: Trouble,
}

/// What a duplicate rule does with a record that is like another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DuplicateAction {
    /// Refuses it, unless the client has said that it knows (Allow and Alert).
    Alert,
    /// Refuses it.
    Block,
    /// Saves it and reports it.
    Report,
}

/// 2026-06-01T00:00:00Z.
const EPOCH: i64 = 1_780_272_000;

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            seed: 1,
            accounts: 40,
            contacts: 120,
            leads: 80,
            opportunities: 30,
            colleagues: 0,
            epoch: EPOCH,
            daily_api_requests: 100_000,
            job_delay: Duration::ZERO,
            chunk_delay: Duration::ZERO,
            client_secret: "1A2B3C4D5E6F708192A3B4C5D6E7F8091A2B3C4D5E6F708192A3B4C5D6E7F809".to_owned(),
            rotates_refresh_tokens: false,
            recorded_calls: 20_000,
            requires_pkce: false,
            allows_client_credentials: true,
            jwt_certificate: None,
            tls: false,
            native_app: false,
            native_app_version: (1, 24),
            edition: "Developer Edition".to_owned(),
            duplicate_rules: None,
            validation_rules: false,
            audit_fields: false,
            state_and_country_lists: false,
            trouble: Trouble::default(),
        }
    }
}
