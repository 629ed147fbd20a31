//! What an export does about records that the org has already.

use serde::{Deserialize, Serialize};

/// Duplicate handling of one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a checkbox of the Export tab, and all combinations make sense"
)]
pub struct DuplicateSettings {
    /// Who looks for duplicates.
    pub checking: DuplicateChecking,
    /// Whether the operator may update the record that is there.
    pub offers_update: bool,
    /// Whether the operator may create a second record.
    pub offers_create: bool,
    /// Whether the operator may leave the profile out.
    pub offers_skip: bool,
    /// What happens when the operator chooses nothing else; one of the offered ones.
    pub default_action: DuplicateAction,
    /// Whether likely and possible hits follow the default, too. Otherwise each is asked.
    pub unsure_follow_default: bool,
}

/// Who looks for duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateChecking {
    /// The graded criteria of this app.
    Standard,
    /// The org's own duplicate rules, which then replace the standard criteria entirely.
    OrgRules,
}

/// What to do with a profile that the org has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateAction {
    /// Update the record that is there.
    Update,
    /// Create a second record.
    Create,
    /// Do not export it.
    Skip,
}

impl DuplicateAction {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Update, Self::Create, Self::Skip];

    /// The action in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Update => "Update existing",
            Self::Create => "Create duplicate",
            Self::Skip => "Do not export",
        }
    }
}

impl Default for DuplicateSettings {
    /// Standard checking; everything is offered; exact hits are updated, unsure ones asked.
    fn default() -> Self {
        Self {
            checking: DuplicateChecking::Standard,
            offers_update: true,
            offers_create: true,
            offers_skip: true,
            default_action: DuplicateAction::Update,
            unsure_follow_default: false,
        }
    }
}

impl DuplicateSettings {
    /// Whether the operator may choose an action.
    #[must_use]
    pub fn offers(&self, action: DuplicateAction) -> bool {
        match action {
            DuplicateAction::Update => self.offers_update,
            DuplicateAction::Create => self.offers_create,
            DuplicateAction::Skip => self.offers_skip,
        }
    }

    /// The actions that the operator may choose, in their order.
    #[must_use]
    pub fn offered(&self) -> Vec<DuplicateAction> {
        DuplicateAction::ALL
            .into_iter()
            .filter(|action| self.offers(*action))
            .collect()
    }
}
