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
                    "The workspace database could not be read or written. Check that the disk has room, and try again.",
                )
                .with_detail(cause.to_string());
            }
            StoreError::Unreadable { .. } | StoreError::Closed => Code::Workspace,
        };
        Self::new(code, error.to_string())
    }
}

impl From<SalesforceError> for Fault {
    fn from(error: SalesforceError) -> Self {
        let code = match &error {
            SalesforceError::Network { .. }
            | SalesforceError::NotJson { .. }
            | SalesforceError::ReplyLost { .. } => Code::Unreachable,
            SalesforceError::SignedOut { .. } => Code::SignedOut,
            SalesforceError::TokenNotKept { .. } => Code::TokensClosed,
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
        let code = match &error {
            VaultError::WrongPassphrase | VaultError::ShortPassphrase { .. } => {
                return Self::new(Code::Invalid, error.to_string()).at_field("passphrase");
            }
            VaultError::File { .. } => Code::FileSystem,
            _ => Code::TokensClosed,
        };
        let fault = Self::new(code, error.to_string());
        match error.detail() {
            Some(detail) => fault.with_detail(detail),
            None => fault,
        }
    }
}

impl From<ImportError> for Fault {
    fn from(error: ImportError) -> Self {
        Self::new(Code::BadFile, error.to_string())
    }
}
