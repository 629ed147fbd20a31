//! The errors of the other crates, as faults.

use salesforce::{Error as SalesforceError, LoginError, TokenFormatError};
use store::StoreError;
use zoominfo::ImportError;

use super::{Code, Fault};
use crate::host::VaultError;

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Folder { .. } => Code::FileSystem,
            StoreError::Newer { .. } => Code::NewerWorkspace,
            StoreError::Busy | StoreError::Testing => Code::WorkspaceBusy,
            StoreError::NameTaken { .. } => {
                return Self::new(Code::NameTaken, error.to_string()).at_field("name");
            }
            StoreError::Sqlite(cause) => {
                return Self::new(
                    Code::Workspace,
                    "The workspace database could not be read or written. Check the disk, and try again; nothing is lost.",
                )
                .with_detail(cause.to_string());
            }
            StoreError::Full(_)
            | StoreError::Locked(_)
            | StoreError::Unreadable { .. }
            | StoreError::Closed => Code::Workspace,
        };
        Self::new(code, error.to_string())
    }
}

impl From<SalesforceError> for Fault {
    fn from(error: SalesforceError) -> Self {
        // What a receiver of ours could not do with a download is its own fault, e.g. a full disk.
        let error = match error {
            SalesforceError::Sink(cause) => match cause.downcast::<Self>() {
                Ok(fault) => return *fault,
                Err(cause) => SalesforceError::Sink(cause),
            },
            error => error,
        };
        let code = match &error {
            SalesforceError::Network { .. }
            | SalesforceError::NotJson { .. }
            | SalesforceError::ReplyLost { .. } => Code::Unreachable,
            SalesforceError::SignedOut { .. } => Code::SignedOut,
            SalesforceError::LimitReached { .. } | SalesforceError::BudgetUsedUp { .. } => Code::LimitReached,
            SalesforceError::NotCounted { .. } => Code::Workspace,
            SalesforceError::File { .. } => Code::FileSystem,
            SalesforceError::Cancelled => Code::Cancelled,
            SalesforceError::InvalidAddress(_) => Code::Invalid,
            _ => Code::Salesforce,
        };
        Self::new(code, error.to_string())
    }
}

impl From<LoginError> for Fault {
    fn from(error: LoginError) -> Self {
        let code = match &error {
            LoginError::Network { .. } => Code::Unreachable,
            LoginError::Cancelled => Code::Cancelled,
            _ => Code::LoginFailed,
        };
        let field = matches!(error, LoginError::WrongClientId).then(|| "client_id".to_owned());
        Self {
            field,
            ..Self::new(code, error.to_string())
        }
    }
}

impl From<TokenFormatError> for Fault {
    fn from(error: TokenFormatError) -> Self {
        Self::new(Code::SignedOut, error.to_string())
    }
}

impl From<VaultError> for Fault {
    fn from(error: VaultError) -> Self {
        Self::new(Code::SignedOut, error.to_string())
    }
}

impl From<ImportError> for Fault {
    fn from(error: ImportError) -> Self {
        Self::new(Code::BadFile, error.to_string())
    }
}
