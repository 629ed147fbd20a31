//! How contacts find their accounts.

use serde::{Deserialize, Serialize};

/// What happens when contacts are exported whose company has no account, one account or several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssociationSettings {
    /// No account matches.
    pub none: NoAccount,
    /// Exactly one matches.
    pub one: OneAccount,
    /// Several match.
    pub several: SeveralAccounts,
}

/// No account matches a contact's company.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoAccount {
    /// The operator confirms the creation.
    #[default]
    Manual,
    /// The account is created by the Account mapping.
    Create,
    /// The contact is created without an account.
    WithoutAccount,
    /// The contact is not exported.
    Skip,
}

/// Exactly one account matches a contact's company.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OneAccount {
    /// The operator confirms the association.
    #[default]
    Manual,
    /// The contact is put into it.
    Associate,
    /// The contact is not exported.
    Skip,
}

/// Several accounts match a contact's company.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeveralAccounts {
    /// The operator chooses one.
    #[default]
    Manual,
    /// The one with the best grade; of these the one that was changed last.
    BestMatch,
    /// The contact is not exported.
    Skip,
}
