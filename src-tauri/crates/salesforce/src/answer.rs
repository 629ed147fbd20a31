//! What came back: a whole reply, or a refusal with its errors read from whatever body the org sent.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::api_error::ApiError;
use crate::error::{Effort, Error, Limit};

/// A successful answer with its whole body.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Bytes that went to a file instead of `body`.
    pub(crate) written_bytes: u64,
    pub(crate) effort: Effort,
}

impl Reply {
    pub(crate) fn json<T: DeserializeOwned>(&self, what: &'static str) -> Result<T, Error> {
        serde_json::from_str(self.text(what)?).map_err(|error| self.unreadable(what, &error))
    }

    pub(crate) fn text(&self, what: &'static str) -> Result<&str, Error> {
        std::str::from_utf8(&self.body).map_err(|error| self.unreadable(what, &error))
    }

    pub(crate) fn unreadable(&self, what: &'static str, detail: &dyn ToString) -> Error {
        let text = String::from_utf8_lossy(&self.body);
        if text.trim_start().starts_with('<') {
            return Error::NotJson {
                status: self.status.as_u16(),
                excerpt: excerpt(&text),
                effort: self.effort,
            };
        }
        Error::Unreadable {
            what,
            detail: detail.to_string(),
            effort: self.effort,
        }
    }
}

/// Whether a refusal means that the session is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SessionFace {
    /// Over: a renewed token will do.
    Ended,
    /// A 401 that no new token mends: scope, app or network policy.
    Policy,
    /// Nothing to do with the session.
    Unrelated,
}

/// An answer that is no success.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    errors: Vec<ApiError>,
    text: String,
    location: Option<String>,
}

/// 401s with these words stay 401 however fresh the token is.
const POLICY_MESSAGES: [&str; 2] = [
    "This session is not valid for use with the REST API",
    "Connected app is not attached to Agent",
];

/// Words of an ended session in bodies that are no JSON: the identity service and older APIs.
const ENDED_TEXTS: [&str; 4] = [
    "Bad_OAuth_Token",
    "Missing_OAuth_Token",
    "INVALID_SESSION_ID",
    "InvalidSessionId",
];

impl Refusal {
    pub(crate) fn new(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body).into_owned();
        let errors = serde_json::from_str::<Value>(&text)
            .map(|value| ApiError::list_from_body(status.as_u16(), &value))
            .unwrap_or_default();
        let location = headers
            .get(LOCATION)
            .and_then(|value| value.to_str().ok())
            .map(|address| {
                url::Url::parse(address)
                    .ok()
                    .and_then(|url| url.host_str().map(ToOwned::to_owned))
                    .unwrap_or_else(|| "another page".to_owned())
            });
        Self {
            status: status.as_u16(),
            errors,
            text,
            location,
        }
    }

    pub(crate) fn session_face(&self) -> SessionFace {
        let policy = |error: &ApiError| POLICY_MESSAGES.iter().any(|words| error.message.contains(words));
        if self.errors.iter().any(policy) {
            return SessionFace::Policy;
        }
        let named = self.errors.iter().any(|error| error.code == "INVALID_SESSION_ID");
        let told = self.errors.is_empty() && ENDED_TEXTS.iter().any(|words| self.text.contains(words));
        if self.status == 401 || named || told {
            SessionFace::Ended
        } else {
            SessionFace::Unrelated
        }
    }

    pub(crate) fn limit(&self) -> Option<Limit> {
        let error = self
            .errors
            .iter()
            .find(|error| error.code == "REQUEST_LIMIT_EXCEEDED")?;
        Some(if error.message.contains("Concurrent") {
            Limit::Concurrent
        } else {
            Limit::Daily
        })
    }

    pub(crate) fn into_error(self, effort: Effort) -> Error {
        if self.session_face() == SessionFace::Ended {
            let detail = self
                .errors
                .first()
                .map_or_else(|| excerpt(&self.text), |error| error.message.clone());
            return Error::SignedOut { detail, effort };
        }
        if let Some(limit) = self.limit() {
            let message = self
                .errors
                .into_iter()
                .map(|error| error.message)
                .collect::<Vec<_>>()
                .join("; ");
            return Error::LimitReached {
                limit,
                message,
                effort,
            };
        }
        let status = self.status;
        if !self.errors.is_empty() {
            return Error::Salesforce {
                status,
                errors: self.errors,
                effort,
            };
        }
        if (300..400).contains(&status) {
            let location = self.location.unwrap_or_else(|| "nowhere".to_owned());
            return Error::Redirected {
                status,
                location,
                effort,
            };
        }
        Error::NotJson {
            status,
            excerpt: excerpt(&self.text),
            effort,
        }
    }
}

/// The beginning of a page's visible text, at most 300 characters.
pub(crate) fn excerpt(page: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for character in page.chars().take(20_000) {
        match character {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                text.push(' ');
            }
            _ if in_tag => {}
            other => text.push(other),
        }
    }
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        "(empty)".to_owned()
    } else {
        words.chars().take(300).collect()
    }
}
