//! The Export tab.

use model::{AssignmentRuleChoice, AssociationSettings, DuplicateSettings, TargetObject};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::word::{from_json, from_word, to_json, to_word};
use crate::{Read, StoreError, Write};

/// Settings of one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportSettingRow {
    /// The target.
    pub object: TargetObject,
    /// May it be exported?
    pub allowed: bool,
    /// Records at most at one time.
    pub limit_records: u32,
    /// What is done about records that the org has already.
    pub duplicates: DuplicateSettings,
}

/// Settings of all targets together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportRulesRow {
    /// How contacts find their accounts.
    pub association: AssociationSettings,
    /// API calls a day at most; `None` for no limit of the app's own.
    pub daily_budget_calls: Option<u32>,
    /// Assignment rule for Bulk exports of leads.
    pub bulk_assignment_rule: Option<AssignmentRuleChoice>,
}

impl Read<'_> {
    /// What was saved; targets that nobody set are missing.
    pub fn export_settings(&self) -> Result<Vec<ExportSettingRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare("SELECT object, allowed, limit_records, duplicates FROM export_setting")?;
        let mut rows = statement.query([])?;
        let mut settings = Vec::new();
        while let Some(row) = rows.next()? {
            let duplicates: String = row.get(3)?;
            settings.push(ExportSettingRow {
                object: from_word("export_setting.object", row.get(0)?)?,
                allowed: row.get(1)?,
                limit_records: row.get(2)?,
                // Rows of the first version have none.
                duplicates: if duplicates.is_empty() {
                    DuplicateSettings::default()
                } else {
                    from_json("export_setting.duplicates", &duplicates)?
                },
            });
        }
        Ok(settings)
    }

    /// The settings of all targets together; the defaults when nobody set them.
    pub fn export_rules(&self) -> Result<ExportRulesRow, StoreError> {
        let document: Option<String> = self
            .connection
            .query_row("SELECT document FROM export_rules", [], |row| row.get(0))
            .optional()?;
        document.map_or_else(
            || Ok(ExportRulesRow::default()),
            |text| from_json("export_rules.document", &text),
        )
    }
}

impl Write<'_> {
    /// Saves one target's settings.
    pub fn set_export_setting(&self, setting: &ExportSettingRow) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO export_setting (object, allowed, limit_records, duplicates) VALUES (?1, ?2, ?3, ?4)",
            params![
                to_word("export_setting.object", &setting.object)?,
                setting.allowed,
                setting.limit_records,
                to_json("export_setting.duplicates", &setting.duplicates)?
            ],
        )?;
        Ok(())
    }

    /// Saves the settings of all targets together.
    pub fn set_export_rules(&self, rules: &ExportRulesRow) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO export_rules (slot, document) VALUES (1, ?1)",
            [to_json("export_rules.document", rules)?],
        )?;
        Ok(())
    }
}
