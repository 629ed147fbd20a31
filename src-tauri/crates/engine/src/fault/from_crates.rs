//! The errors of the other crates, as faults.

use salesforce::{Error as SalesforceError, LoginError, TokenFormatError};
use store::{StoreError, Trouble};
use zoominfo::ImportError;

use super::{Code, Fault};
use crate::host::VaultError;

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Folder { .. } | StoreError::ReadOnly { .. } => Code::FileSystem,
            StoreError::Missing { .. } => Code::NotFound,
            StoreError::Newer { .. } => Code::NewerWorkspace,
            StoreError::Busy | StoreError::Testing => Code::WorkspaceBusy,
            StoreError::NameTaken { .. } => {
                return Self::new(Code::NameTaken, error.to_string()).at_field("name");
            }
            StoreError::Sqlite(_) => {
                return Self::new(Code::Workspace, of_database(error.trouble()))
                    .with_detail(error.to_string());
            }
            StoreError::Full(_)
            | StoreError::Locked(_)
            | StoreError::Unreadable { .. }
            | StoreError::Closed
            | StoreError::Damaged { .. } => Code::Workspace,
        };
        Self::new(code, error.to_string())
    }
}

fn of_database(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::ReadOnly => {
            "The workspace database cannot be written. Give your account the right to write in the workspace's folder, and try again."
        }
        Trouble::Damaged => {
            "The workspace database is damaged. Close Landbridge and put back a copy of the workspace from a backup, or make a new workspace."
        }
        Trouble::Other => {
            "The workspace database could not be read or written. Check that the disk has room, and try again."
        }
    }
}

/// What a permission that the connected user has not, or has no more, does to a whole request; `None` for other errors
/// (REST API Developer Guide, "Status Codes and Error Responses").
fn missing_permission(error: &SalesforceError) -> Option<&'static str> {
    match error.api_code()? {
        "API_DISABLED_FOR_ORG" => Some(
            "This org's edition has no REST API, which Landbridge needs. It comes with Enterprise, Unlimited, Performance and \
             Developer Edition, and with Professional Edition as an extra; ask Salesforce for it.",
        ),
        "API_CURRENTLY_DISABLED" => Some(
            "The connected Salesforce user may not use the API. Give it the system permission “API Enabled” in Setup, by \
             permission set or profile.",
        ),
        "INSUFFICIENT_ACCESS"
        | "INSUFFICIENT_ACCESS_OR_READONLY"
        | "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY" => Some(
            "The connected Salesforce user may not do this. A permission may have been taken away: run the connection doctor to \
             see which, and give it back in Setup.",
        ),
        "FEATURENOTENABLED" => Some(
            "The connected Salesforce user may not use the Bulk API. Give it the system permission “API Enabled”, and let the \
             org allow the Bulk API, in Setup; the connection doctor shows both.",
        ),
        // The second is the Bulk API's word for the first.
        "INVALID_TYPE" | "INVALIDENTITY" => Some(
            "The connected Salesforce user may not see an object that this needs. Its permission may have been taken away: run \
             the connection doctor to see which, and give it back in Setup.",
        ),
        _ => None,
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
        if let Some(sentence) = missing_permission(&error) {
            return Self::new(Code::PermissionMissing, sentence).with_detail(error.to_string());
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_a_closed_folder_and_damage_are_told_apart() {
        let told = |trouble| of_database(trouble).to_owned();
        assert!(told(Trouble::ReadOnly).contains("right to write"));
        assert!(told(Trouble::Damaged).contains("backup"));
    }
}
