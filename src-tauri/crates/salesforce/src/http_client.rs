//! The HTTP library, set up once the same way for sign-in and data: rustls with ring, no redirects, no proxy for
//! this computer itself.

use std::time::Duration;

use crate::error::Error;

const CONNECT_TIME_OUT: Duration = Duration::from_secs(20);
/// Salesforce cuts a call at ten minutes (Developer Limits and Allocations); silence beyond it is a dead line.
const SILENCE_TIME_OUT: Duration = Duration::from_secs(10 * 60 + 15);

pub(crate) fn build(loopback: bool) -> Result<reqwest::Client, Error> {
    // Another part of the program may have installed a provider first; either is fine.
    if rustls::crypto::CryptoProvider::get_default().is_none()
        && rustls::crypto::ring::default_provider()
            .install_default()
            .is_err()
    {
        tracing::debug!("a TLS provider was installed meanwhile");
    }
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("Landbridge/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_TIME_OUT)
        .read_timeout(SILENCE_TIME_OUT)
        .tcp_keepalive(Duration::from_secs(30));
    if loopback {
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| Error::Setup {
        detail: cause(&error),
    })
}

/// The innermost reasons of an HTTP error, without its address (which may carry a query).
pub(crate) fn cause(error: &reqwest::Error) -> String {
    let mut reasons: Vec<String> = Vec::new();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        let reason = inner.to_string();
        if !reasons.iter().any(|known| known.contains(&reason)) {
            reasons.push(reason);
        }
        source = inner.source();
    }
    if reasons.is_empty() {
        reasons.push(if error.is_timeout() {
            "no answer in time".to_owned()
        } else {
            "the connection broke".to_owned()
        });
    }
    reasons.join(": ")
}
