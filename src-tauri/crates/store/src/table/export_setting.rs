//! The Export tab.

use model::TargetObject;
use rusqlite::params;

use crate::word::{from_word, to_word};
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
}

impl Read<'_> {
    /// What was saved; targets that nobody set are missing.
    pub fn export_settings(&self) -> Result<Vec<ExportSettingRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare("SELECT object, allowed, limit_records FROM export_setting")?;
        let mut rows = statement.query([])?;
        let mut settings = Vec::new();
        while let Some(row) = rows.next()? {
            settings.push(ExportSettingRow {
                object: from_word("export_setting.object", row.get(0)?)?,
                allowed: row.get(1)?,
                limit_records: row.get(2)?,
            });
        }
        Ok(settings)
    }
}

impl Write<'_> {
    /// Saves one target's settings.
    pub fn set_export_setting(&self, setting: &ExportSettingRow) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO export_setting (object, allowed, limit_records) VALUES (?1, ?2, ?3)",
            params![
                to_word("export_setting.object", &setting.object)?,
                setting.allowed,
                setting.limit_records
            ],
        )?;
        Ok(())
    }
}
