//! What a REST write may ask of the org's rules. The org's own defaults are surprising (an absent auto-assign
//! header means TRUE), so they are always said aloud (REST API Developer Guide, "Assignment Rule Header",
//! "Duplicate Rule Header").

/// Whether assignment rules run for new leads and cases, and territory rules for accounts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum AutoAssign {
    /// No rule; the owner in the record stays.
    #[default]
    Off,
    /// The active rule.
    On,
    /// The rule with this id (`01Q…`).
    Rule(String),
}

/// How duplicate rules treat the write. `allow_save` overrides rules that alert, never rules that block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DuplicateRule {
    /// Save although an alerting rule found duplicates.
    pub allow_save: bool,
    /// Give the fields of the records found, not only their ids.
    pub include_record_details: bool,
    /// Apply the user's sharing when looking for duplicates.
    pub run_as_current_user: bool,
}

/// Options of one REST write.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WriteOptions {
    /// Assignment rules; off unless asked for.
    pub auto_assign: AutoAssign,
    /// `None`: no header, so alerting rules refuse the record.
    pub duplicate_rule: Option<DuplicateRule>,
}

impl WriteOptions {
    pub(crate) fn headers(&self) -> Vec<(&'static str, String)> {
        let assign = match &self.auto_assign {
            AutoAssign::Off => "FALSE".to_owned(),
            AutoAssign::On => "TRUE".to_owned(),
            AutoAssign::Rule(id) => id.clone(),
        };
        let mut headers = vec![("Sforce-Auto-Assign", assign)];
        if let Some(rule) = self.duplicate_rule {
            headers.push((
                "Sforce-Duplicate-Rule-Header",
                format!(
                    "allowSave={}; includeRecordDetails={}; runAsCurrentUser={}",
                    rule.allow_save, rule.include_record_details, rule.run_as_current_user
                ),
            ));
        }
        headers
    }
}
