//! Trouble for HTTP calls.

use serde::{Deserialize, Serialize};

use super::{family::Family, when::When};

/// Trouble for some HTTP calls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallTrouble {
    /// Which calls it is about; all when left out.
    #[serde(default)]
    pub which: Calls,
    /// Which of those are troubled.
    #[serde(default)]
    pub when: When,
    /// Whether the calls to each path are counted by themselves, such as those of each job.
    #[serde(default)]
    pub each_path: bool,
    /// What happens.
    pub what: Happening,
}

/// Calls that have all of these in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Calls {
    /// A kind of call, or a group of kinds.
    pub family: Family,
    /// An HTTP method, in any case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The path without its query, where `*` stands for any characters: `*/sobjects/Contact/*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

impl Calls {
    /// Whether a call is one of them.
    #[must_use]
    pub fn cover(&self, method: &str, path: &str) -> bool {
        self.family.covers(Family::of(method, path))
            && self
                .method
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self.path.as_deref().is_none_or(|pattern| fits(pattern, path))
    }
}

/// Whether a path fits a pattern in which `*` stands for any characters.
fn fits(pattern: &str, path: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    true
}

/// An HTTP status of 400 to 599.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct ErrorStatus(u16);

impl TryFrom<u16> for ErrorStatus {
    type Error = String;

    fn try_from(number: u16) -> Result<Self, String> {
        if (400..600).contains(&number) {
            Ok(Self(number))
        } else {
            Err(format!("{number} is no HTTP status of 400 to 599"))
        }
    }
}

impl From<ErrorStatus> for u16 {
    fn from(status: ErrorStatus) -> Self {
        status.0
    }
}

/// What happens to a call. Several may happen to one call; of those that answer in the org's place, the first does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Happening {
    /// All access tokens die before the call: the data API answers 401 `INVALID_SESSION_ID`, the identity URL 403
    /// `Bad_OAuth_Token`. Refresh tokens live on.
    SessionsExpire,
    /// All refresh and access tokens die before the call, as when a replaced refresh token was used elsewhere.
    GrantsEnd,
    /// 401 `INVALID_SESSION_ID`, *This session is not valid for use with the REST API*: no refresh mends it.
    PolicyRefusal,
    /// 403 with the plain text `Bad_OAuth_Token`.
    BadOauthToken,
    /// 403 `REQUEST_LIMIT_EXCEEDED`, *`TotalRequests` Limit exceeded.*
    DailyLimit,
    /// 403 `REQUEST_LIMIT_EXCEEDED`, *`ConcurrentRequests` (Concurrent API Requests) Limit exceeded.*
    ConcurrentLimit,
    /// 500 `UNKNOWN_EXCEPTION` with an error id.
    UnknownException,
    /// An answer of the servers in front of the org: empty for 406 and 429, else a web page.
    Status(ErrorStatus),
    /// An error of the data API: an array with one error.
    Refusal {
        /// HTTP status.
        status: ErrorStatus,
        /// `errorCode`.
        code: String,
        /// `message`.
        message: String,
    },
    /// An OAuth error: a JSON object at the token endpoint, a redirect to the app (or a page) at the authorize endpoint.
    OauthRefusal {
        /// `error`, such as `rate_limit_exceeded` or `OAUTH_APPROVAL_ERROR_GENERIC`.
        error: String,
        /// `error_description`.
        description: String,
    },
    /// 404 `NOT_FOUND`, as for results of a job that has only just completed.
    ResultsNotFound,
    /// 400 `INVALIDJOBSTATE`, as for results of a job that has only just completed.
    ResultsNotReady,
    /// 302 to another address.
    Redirect {
        /// The address.
        to: String,
    },
    /// The connection is closed before any byte of the answer, and nothing is done.
    CutBeforeActing,
    /// Everything is done, then the connection is closed before any byte of the answer.
    LostReply,
    /// Everything is done, then the connection is closed after so many bytes of the answer's body, as sent (compressed
    /// when the answer is).
    CutReply {
        /// Bytes of the body that still arrive.
        after_bytes: u64,
    },
    /// The connection is closed once so many bytes of the request's body have arrived, and nothing is done.
    CutUpload {
        /// Bytes of the body that are still taken.
        after_bytes: u64,
    },
    /// The org waits before it does anything.
    SlowStart {
        /// How long.
        milliseconds: u64,
    },
    /// The org waits between its work and the first byte of its answer.
    SlowReply {
        /// How long.
        milliseconds: u64,
    },
    /// The answer's body comes in small pieces, with a rest before each.
    Trickle {
        /// Bytes of a piece; 0 counts as 1.
        bytes: usize,
        /// How long each rest takes.
        milliseconds: u64,
    },
    /// A proxy takes headers out of the answer.
    StripHeaders {
        /// Names in any case; a `*` at the end stands for any characters. All `Sforce-` headers when left out.
        #[serde(default = "sforce_headers")]
        names: Vec<String>,
    },
    /// NUL bytes stand in the CSV answer: at the start of the first cell of each so many rows, never in the header.
    NulBytes {
        /// 1 for every row; 0 counts as 1.
        every_rows: u64,
    },
}

fn sforce_headers() -> Vec<String> {
    vec!["sforce-*".to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, path, expected) in [
            ("/a/b", "/a/b", true),
            ("/a/b", "/a/b/c", false),
            ("*/b", "/a/b", true),
            ("*/sobjects/*/describe", "/v60.0/sobjects/Contact/describe", true),
            ("*/sobjects/*/describe", "/v60.0/sobjects/Contact", false),
            ("/a*a", "/a", false),
            ("*", "", true),
            ("*ab*ab", "/ab", false),
        ] {
            assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
        }
    }
}
