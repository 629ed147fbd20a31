//! What the tests and benches share: a whole app without a window, against a demo org of its own.
//!
//! Nothing here stands in for the project's own code: engine, database, client and demo org are the real ones.
//! To add something: only what at least two tests need.

pub mod browser;
pub mod command_line;
pub mod demo_control;
pub mod killed_app;
pub mod lists;
pub mod mapping_rows;
mod org_records;
pub mod other_client;
mod test_app;
mod test_host;
pub mod tokens;

pub use org_records::OrgRecords;
pub use test_app::TestApp;
pub use test_host::TestHost;

/// Chooses the TLS library's cryptography for this process, once, as the app does.
pub fn use_ring() {
    // Losing the race to another test is as good as winning it.
    drop(rustls::crypto::ring::default_provider().install_default());
}
