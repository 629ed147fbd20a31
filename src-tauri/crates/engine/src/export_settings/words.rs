//! The Export tab's closed words in both languages: `model`'s and the contract's.

use model::{AssociationSettings, ExportSettingsField};

use crate::contract::settings::{
    DuplicateAction, DuplicateChecking, DuplicateSettings, ExportRules, NoAccount, OneAccount,
    SeveralAccounts,
};

/// Name of a field as the contract has it.
pub(super) fn field(field: ExportSettingsField) -> &'static str {
    match field {
        ExportSettingsField::Allowed => "allowed",
        ExportSettingsField::LimitRecords => "limit_records",
        ExportSettingsField::OfferedActions => "offered_actions",
        ExportSettingsField::DefaultAction => "default_action",
        ExportSettingsField::DailyBudget => "daily_budget_calls",
    }
}

/// How contacts find their accounts.
pub(super) fn association(rules: &ExportRules) -> AssociationSettings {
    AssociationSettings {
        none: rules.no_account.into(),
        one: rules.one_account.into(),
        several: rules.several_accounts.into(),
    }
}

impl From<model::DuplicateSettings> for DuplicateSettings {
    fn from(settings: model::DuplicateSettings) -> Self {
        Self {
            checking: settings.checking.into(),
            offers_update: settings.offers_update,
            offers_create: settings.offers_create,
            offers_skip: settings.offers_skip,
            default_action: settings.default_action.into(),
            unsure_follow_default: settings.unsure_follow_default,
        }
    }
}

impl From<DuplicateSettings> for model::DuplicateSettings {
    fn from(settings: DuplicateSettings) -> Self {
        Self {
            checking: settings.checking.into(),
            offers_update: settings.offers_update,
            offers_create: settings.offers_create,
            offers_skip: settings.offers_skip,
            default_action: settings.default_action.into(),
            unsure_follow_default: settings.unsure_follow_default,
        }
    }
}

impl From<model::DuplicateAction> for DuplicateAction {
    fn from(word: model::DuplicateAction) -> Self {
        match word {
            model::DuplicateAction::Update => Self::Update,
            model::DuplicateAction::Create => Self::Create,
            model::DuplicateAction::Skip => Self::Skip,
        }
    }
}

impl From<DuplicateAction> for model::DuplicateAction {
    fn from(word: DuplicateAction) -> Self {
        match word {
            DuplicateAction::Update => Self::Update,
            DuplicateAction::Create => Self::Create,
            DuplicateAction::Skip => Self::Skip,
        }
    }
}

impl From<model::DuplicateChecking> for DuplicateChecking {
    fn from(word: model::DuplicateChecking) -> Self {
        match word {
            model::DuplicateChecking::Standard => Self::Standard,
            model::DuplicateChecking::OrgRules => Self::OrgRules,
        }
    }
}

impl From<DuplicateChecking> for model::DuplicateChecking {
    fn from(word: DuplicateChecking) -> Self {
        match word {
            DuplicateChecking::Standard => Self::Standard,
            DuplicateChecking::OrgRules => Self::OrgRules,
        }
    }
}

impl From<model::NoAccount> for NoAccount {
    fn from(word: model::NoAccount) -> Self {
        match word {
            model::NoAccount::Manual => Self::Manual,
            model::NoAccount::Create => Self::Create,
            model::NoAccount::WithoutAccount => Self::WithoutAccount,
            model::NoAccount::Skip => Self::Skip,
        }
    }
}

impl From<NoAccount> for model::NoAccount {
    fn from(word: NoAccount) -> Self {
        match word {
            NoAccount::Manual => Self::Manual,
            NoAccount::Create => Self::Create,
            NoAccount::WithoutAccount => Self::WithoutAccount,
            NoAccount::Skip => Self::Skip,
        }
    }
}

impl From<model::OneAccount> for OneAccount {
    fn from(word: model::OneAccount) -> Self {
        match word {
            model::OneAccount::Manual => Self::Manual,
            model::OneAccount::Associate => Self::Associate,
            model::OneAccount::Skip => Self::Skip,
        }
    }
}

impl From<OneAccount> for model::OneAccount {
    fn from(word: OneAccount) -> Self {
        match word {
            OneAccount::Manual => Self::Manual,
            OneAccount::Associate => Self::Associate,
            OneAccount::Skip => Self::Skip,
        }
    }
}

impl From<model::SeveralAccounts> for SeveralAccounts {
    fn from(word: model::SeveralAccounts) -> Self {
        match word {
            model::SeveralAccounts::Manual => Self::Manual,
            model::SeveralAccounts::BestMatch => Self::BestMatch,
            model::SeveralAccounts::Skip => Self::Skip,
        }
    }
}

impl From<SeveralAccounts> for model::SeveralAccounts {
    fn from(word: SeveralAccounts) -> Self {
        match word {
            SeveralAccounts::Manual => Self::Manual,
            SeveralAccounts::BestMatch => Self::BestMatch,
            SeveralAccounts::Skip => Self::Skip,
        }
    }
}
