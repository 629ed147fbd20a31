//! What can go wrong between this client and an org. Every error of a request says how many attempts it took
//! and how long; codes that Salesforce adds later stay readable as text.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::api_error::ApiError;
use crate::call_meter::MeterError;
use crate::org_address::AddressError;

/// How much was tried before an error was given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// Requests sent, the first one included.
    pub attempts: u32,
    /// From the first attempt to the error, waiting included.
    pub elapsed: Duration,
}

impl fmt::Display for Effort {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.attempts == 1 { "attempt" } else { "attempts" };
        write!(
            formatter,
            "{} {plural} in {:.1} s",
            self.attempts,
            self.elapsed.as_secs_f64()
        )
    }
}

/// Which of the org's limits was reached (error `REQUEST_LIMIT_EXCEEDED`, told apart by its message).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The API requests of a rolling 24 hours.
    Daily,
    /// Long requests at the same time.
    Concurrent,
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Daily => "API requests of the last 24 hours",
            Self::Concurrent => "requests running at the same time",
        })
    }
}

/// An error of one call to an org.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The org was not reached, or a repeatable request got no whole answer. Nothing was written.
    #[error("The org could not be reached: {detail} ({effort}). Check the network and try again.")]
    Network {
        /// The cause, from the operating system or the HTTP library.
        detail: String,
        /// What was tried.
        effort: Effort,
    },
    /// A write was sent but its answer never arrived: the org may or may not have acted.
    #[error(
        "{method} {path} was sent, but the org's answer was lost: {detail} ({effort}). \
         Look in the org before sending it again."
    )]
    ReplyLost {
        /// HTTP method.
        method: String,
        /// Path without query.
        path: String,
        /// The cause.
        detail: String,
        /// What was tried.
        effort: Effort,
    },
    /// The session ended and could not be renewed: a person must sign in again.
    #[error("The session with the org has ended: {detail} ({effort}). Sign in again.")]
    SignedOut {
        /// What the org said, or why a renewal was not possible.
        detail: String,
        /// What was tried.
        effort: Effort,
    },
    /// The org refused because a limit of its own is used up.
    #[error("The org's limit of {limit} is reached: {message} ({effort}). Wait, or ask for a higher limit.")]
    LimitReached {
        /// Which limit.
        limit: Limit,
        /// The org's words.
        message: String,
        /// What was tried.
        effort: Effort,
    },
    /// The org answered with errors of its own.
    #[error("The org refused ({status}): {} ({effort}).", describe_errors(errors))]
    Salesforce {
        /// HTTP status. Key on the codes, not on this.
        status: u16,
        /// The errors in the org's order; never empty.
        errors: Vec<ApiError>,
        /// What was tried.
        effort: Effort,
    },
    /// The answer was no JSON, e.g. a maintenance page.
    #[error(
        "The org answered {status} with a page instead of data: \u{201c}{excerpt}\u{201d} ({effort}). Try again later."
    )]
    NotJson {
        /// HTTP status.
        status: u16,
        /// The beginning of the page's text.
        excerpt: String,
        /// What was tried.
        effort: Effort,
    },
    /// The answer was JSON of an unexpected shape.
    #[error(
        "The org's answer to {what} could not be read: {detail} ({effort}). Try again; if it stays, update Landbridge."
    )]
    Unreadable {
        /// What was asked.
        what: &'static str,
        /// Where reading stopped.
        detail: String,
        /// What was tried.
        effort: Effort,
    },
    /// The org answered with a redirect; it was not followed, because credentials must not leave the org.
    #[error(
        "The org answered {status} and pointed to {location} ({effort}). Check the org's address and sign in again."
    )]
    Redirected {
        /// HTTP status.
        status: u16,
        /// Host it pointed to, or `nowhere`.
        location: String,
        /// What was tried.
        effort: Effort,
    },
    /// An address, given or received, is not one that credentials may go to.
    #[error(transparent)]
    InvalidAddress(#[from] AddressError),
    /// A name, id or value cannot stand in a request.
    #[error("\u{201c}{name}\u{201d} cannot be sent: {expected} is needed.")]
    InvalidName {
        /// The text as given.
        name: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A renewed token could not be stored, so it is not used yet; the next call tries to store it again.
    #[error("The renewed session could not be kept: {detail}")]
    TokenNotKept {
        /// What the keeper said.
        detail: String,
    },
    /// More records than one call may carry.
    #[error("{given} records were given, but one call carries no more than {allowed}.")]
    TooManyRecords {
        /// Records given.
        given: usize,
        /// Records allowed.
        allowed: usize,
    },
    /// The app's own budget of calls is used up; the call was not sent.
    #[error(
        "Today's budget of {budget_calls} API calls is used up. It begins anew at {until}; an admin may raise it."
    )]
    BudgetUsedUp {
        /// Calls that the budget allows.
        budget_calls: u32,
        /// When the next one begins, in words.
        until: String,
    },
    /// The call could not be counted, so it was not sent.
    #[error("The call could not be counted, so it was not made. {detail}")]
    NotCounted {
        /// The cause.
        detail: String,
    },
    /// A query's address would be longer than the server accepts.
    #[error(
        "The query is {bytes} bytes long as an address, and the org accepts about {allowed}. Ask for fewer values at once."
    )]
    QueryTooLong {
        /// Length of the address in bytes.
        bytes: usize,
        /// Length allowed.
        allowed: usize,
    },
    /// A file is larger than one Bulk job may carry.
    #[error("{} is {bytes} bytes large, and one Bulk job carries no more than {allowed}. Send it in parts.", path.display())]
    FileTooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// The largest size.
        allowed: u64,
    },
    /// A local file could not be read or written.
    #[error("{} could not be {action}: {source}.", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// `read` or `written`.
        action: &'static str,
        /// The operating system's error.
        source: std::io::Error,
    },
    /// A results file is not CSV of the documented shape.
    #[error("The results file could not be read: {detail}.")]
    Csv {
        /// Where and why.
        detail: String,
    },
    /// A job that should have been complete ended otherwise, or has not ended.
    #[error("Job {job_id} is {state}, so it has no rows to read: {reason}.")]
    JobNotComplete {
        /// The job.
        job_id: String,
        /// Its state, e.g. `Failed`.
        state: String,
        /// Why, as far as the org told.
        reason: String,
    },
    /// Fewer or more rows came than the org counted.
    #[error(
        "Job {job_id} counted {expected_rows} rows, but {received_rows} were received. Download it again, or run it anew."
    )]
    RowCount {
        /// The job.
        job_id: String,
        /// Rows that the org counted.
        expected_rows: u64,
        /// Rows that arrived.
        received_rows: u64,
    },
    /// The receiver of the rows gave an error; the download stopped there.
    #[error("The rows could not be taken over: {0}.")]
    Sink(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The caller cancelled.
    #[error("Cancelled.")]
    Cancelled,
    /// The HTTP library could not be set up on this computer.
    #[error(
        "The connection could not be set up: {detail}. Check the system's certificates and proxy settings."
    )]
    Setup {
        /// The cause.
        detail: String,
    },
}

impl Error {
    /// A short code of a closed list, for faults and logs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Network { .. } => "network",
            Self::ReplyLost { .. } => "reply_lost",
            Self::SignedOut { .. } => "signed_out",
            Self::LimitReached {
                limit: Limit::Daily, ..
            } => "daily_limit_reached",
            Self::LimitReached {
                limit: Limit::Concurrent,
                ..
            } => "concurrent_limit_reached",
            Self::Salesforce { .. } => "salesforce",
            Self::NotJson { .. } => "not_json",
            Self::Unreadable { .. } => "unreadable",
            Self::Redirected { .. } => "redirected",
            Self::InvalidAddress(_) => "invalid_address",
            Self::InvalidName { .. } => "invalid_name",
            Self::TokenNotKept { .. } => "token_not_kept",
            Self::TooManyRecords { .. } => "too_many_records",
            Self::BudgetUsedUp { .. } => "budget_used_up",
            Self::NotCounted { .. } => "not_counted",
            Self::QueryTooLong { .. } => "query_too_long",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::File { .. } => "file",
            Self::Csv { .. } => "csv",
            Self::JobNotComplete { .. } => "job_not_complete",
            Self::RowCount { .. } => "row_count",
            Self::Sink(_) => "sink",
            Self::Cancelled => "cancelled",
            Self::Setup { .. } => "setup",
        }
    }

    /// Salesforce's own code (`REQUIRED_FIELD_MISSING`, …) of the first error, if the org gave one.
    #[must_use]
    pub fn api_code(&self) -> Option<&str> {
        match self {
            Self::Salesforce { errors, .. } => errors.first().map(|error| error.code.as_str()),
            Self::LimitReached { .. } => Some("REQUEST_LIMIT_EXCEEDED"),
            _ => None,
        }
    }

    /// Whether the org says that what was asked for is not there (any more).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(
            self,
            Self::Salesforce { status: 404, .. } | Self::NotJson { status: 404, .. }
        ) || matches!(self.api_code(), Some("NOT_FOUND" | "ENTITY_IS_DELETED"))
    }

    /// What was tried; `None` when no request was made.
    #[must_use]
    pub fn effort(&self) -> Option<Effort> {
        match self {
            Self::Network { effort, .. }
            | Self::ReplyLost { effort, .. }
            | Self::SignedOut { effort, .. }
            | Self::LimitReached { effort, .. }
            | Self::Salesforce { effort, .. }
            | Self::NotJson { effort, .. }
            | Self::Unreadable { effort, .. }
            | Self::Redirected { effort, .. } => Some(*effort),
            _ => None,
        }
    }

    /// Asked after a failed write: may the org have acted all the same? If so, look before sending again.
    #[must_use]
    pub fn may_have_acted(&self) -> bool {
        match self {
            Self::ReplyLost { .. } | Self::Unreadable { .. } => true,
            Self::Salesforce { status, .. } | Self::NotJson { status, .. } => {
                matches!(status, 200..=299 | 500 | 502 | 504)
            }
            _ => false,
        }
    }

    pub(crate) fn with_effort(mut self, tried: Effort) -> Self {
        match &mut self {
            Self::Network { effort, .. }
            | Self::ReplyLost { effort, .. }
            | Self::SignedOut { effort, .. }
            | Self::LimitReached { effort, .. }
            | Self::Salesforce { effort, .. }
            | Self::NotJson { effort, .. }
            | Self::Unreadable { effort, .. }
            | Self::Redirected { effort, .. } => *effort = tried,
            _ => {}
        }
        self
    }
}

impl From<MeterError> for Error {
    fn from(error: MeterError) -> Self {
        match error {
            MeterError::BudgetUsedUp { budget_calls, until } => Self::BudgetUsedUp { budget_calls, until },
            MeterError::NotCounted { detail } => Self::NotCounted { detail },
        }
    }
}

fn describe_errors(errors: &[ApiError]) -> String {
    errors
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}
