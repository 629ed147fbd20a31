//! The only place where errors become words for people: a closed code, a sentence with the mend, a detail.

mod from_crates;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a client is told when a call could not be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fault {
    /// Closed code; the UI's table of tones and buttons goes by it, and the CLI's exit code.
    pub code: Code,
    /// What happened, why, and what to do.
    pub sentence: String,
    /// Salesforce's or the system's own words, where they help.
    pub detail: Option<String>,
    /// Field at fault, by the name of the parameter; `null` when it is not one field.
    pub field: Option<String>,
}

/// Every kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The client asked for a call that is not on the list.
    UnknownCall,
    /// The parameters do not fit the call.
    BadParameters,
    /// What was asked for is not there.
    NotFound,
    /// A value is not allowed; the sentence says which are.
    Invalid,
    /// A name is taken.
    NameTaken,
    /// A file is no list that can be read.
    BadFile,
    /// A file could not be read or written.
    FileSystem,
    /// The operator stopped it.
    Cancelled,
    /// Preflight refused the export.
    Refused,
    /// The operator's role does not allow it; the sentence says whose does.
    NotAllowed,
    /// The run's state does not allow this now.
    WrongState,
    /// There is no connection to an org.
    NotConnected,
    /// The session is over; a new login mends it.
    SignedOut,
    /// The place where tokens are kept does not give them now; `AppState::token_trouble` says why.
    TokensClosed,
    /// The login was not completed.
    LoginFailed,
    /// Salesforce could not be reached.
    Unreachable,
    /// The org has no API calls left.
    LimitReached,
    /// The connected user, or the org's edition, does not allow this; it is mended in Setup, and what waits for it goes on then.
    PermissionMissing,
    /// Salesforce refused the request.
    Salesforce,
    /// The workspace database could not be read or written.
    Workspace,
    /// The workspace was made by a newer version of the app.
    NewerWorkspace,
    /// The workspace is open in another window or terminal.
    WorkspaceBusy,
    /// The client cannot do this, e.g. open a file dialog in a terminal.
    NotHere,
    /// A mistake in the app itself.
    Internal,
}

impl Fault {
    /// A fault with a sentence and nothing more.
    pub fn new(code: Code, sentence: impl Into<String>) -> Self {
        Self {
            code,
            sentence: sentence.into(),
            detail: None,
            field: None,
        }
    }

    /// A mistake in the app itself.
    pub(crate) fn internal(error: &dyn std::fmt::Display) -> Self {
        Self::new(
            Code::Internal,
            "Landbridge made a mistake. Nothing is lost; try again, and restart if it stays.",
        )
        .with_detail(error.to_string())
    }

    /// There is no org.
    pub(crate) fn not_connected() -> Self {
        Self::new(
            Code::NotConnected,
            "No Salesforce org is connected. Connect one under Integration, General Settings.",
        )
    }

    /// Adds the words of whoever refused.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Names the field at fault.
    #[must_use]
    pub fn at_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.sentence)?;
        if let Some(detail) = &self.detail {
            write!(formatter, " ({detail})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}
