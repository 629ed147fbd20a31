//! Exit codes that other programs rely on.

use std::process::ExitCode;

use engine::{Code, Fault};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Every record settled as planned.
    Done = 0,
    /// Done, some records failed, as the ledger says, or a check of the doctor did.
    SomeFailed = 1,
    /// Refused before anything was written.
    Refused = 2,
    /// Salesforce could not be reached or signed in to.
    Unreachable = 3,
    /// Stopped or interrupted; the run can be resumed.
    Stopped = 4,
}

impl Exit {
    /// The code of a fault.
    pub fn of_fault(fault: &Fault) -> Self {
        match fault.code {
            Code::NotConnected
            | Code::SignedOut
            | Code::TokensClosed
            | Code::LoginFailed
            | Code::Unreachable
            | Code::LimitReached
            | Code::PermissionMissing => Self::Unreachable,
            Code::Cancelled => Self::Stopped,
            _ => Self::Refused,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
