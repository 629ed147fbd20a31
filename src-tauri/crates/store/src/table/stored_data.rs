//! How much is stored of what, and deleting one kind of it for good.

use std::collections::BTreeMap;

use crate::{Read, Store, StoreError, Write};

/// The parts of a workspace's database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StoredPart {
    /// Lists with their profiles.
    Lists,
    /// Runs with their ledgers and before-images, and tests of mappings.
    Runs,
    /// The local copy of the org's records.
    Mirror,
    /// The audit log.
    Audit,
    /// Everything else: settings, mappings, people, the org.
    Settings,
}

/// Size of a part and the number of its records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PartSize {
    /// Bytes of its tables and their indexes in the database.
    pub bytes: u64,
    /// Profiles, ledger lines, mirrored records or entries; 0 of settings.
    pub records: u64,
}

impl StoredPart {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Lists, Self::Runs, Self::Mirror, Self::Audit, Self::Settings];

    /// Part of a table. Whatever is not told apart here is a setting.
    fn of_table(table: &str) -> Self {
        match table {
            "list" | "profile" => Self::Lists,
            "run" | "mapping_test" | "mapping_test_record" => Self::Runs,
            "mirror" => Self::Mirror,
            _ if table.starts_with("mirror_") => Self::Mirror,
            _ if table.starts_with("run_") => Self::Runs,
            _ if table.starts_with("audit_") => Self::Audit,
            _ => Self::Settings,
        }
    }

    /// Table whose rows are its records.
    fn counted_table(self) -> Option<&'static str> {
        match self {
            Self::Lists => Some("profile"),
            Self::Runs => Some("run_line"),
            Self::Mirror => Some("mirror_record"),
            Self::Audit => Some("audit_entry"),
            Self::Settings => None,
        }
    }
}

impl Read<'_> {
    /// How much of the database each part takes, as SQLite counts its pages (`dbstat`).
    pub fn part_sizes(&self) -> Result<BTreeMap<StoredPart, PartSize>, StoreError> {
        let mut sizes: BTreeMap<StoredPart, PartSize> =
            StoredPart::ALL.map(|part| (part, PartSize::default())).into();
        let mut statement = self.connection.prepare(
            "SELECT coalesce(sqlite_schema.tbl_name, dbstat.name), sum(dbstat.pgsize)
             FROM dbstat LEFT JOIN sqlite_schema ON sqlite_schema.name = dbstat.name
             WHERE dbstat.aggregate = TRUE GROUP BY 1",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (table, bytes): (String, u64) = (row.get(0)?, row.get(1)?);
            if let Some(size) = sizes.get_mut(&StoredPart::of_table(&table)) {
                size.bytes += bytes;
            }
        }
        for (part, size) in &mut sizes {
            if let Some(table) = part.counted_table() {
                size.records =
                    self.connection
                        .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
            }
        }
        Ok(sizes)
    }
}

impl Write<'_> {
    /// Deletes every list. A ledger keeps the name of its list, and loses the columns of its file.
    pub fn delete_all_lists(&self) -> Result<(), StoreError> {
        self.connection.execute_batch("DELETE FROM profile")?;
        self.connection.execute(
            "UPDATE list SET deleted_at = ?1 WHERE deleted_at IS NULL",
            [crate::now()],
        )?;
        self.purge_deleted_lists()
    }

    /// Deletes every run with its ledger, and every test that left nothing behind in the org.
    pub fn delete_all_runs(&self) -> Result<(), StoreError> {
        self.connection.execute_batch(
            "PRAGMA defer_foreign_keys = ON;
             DELETE FROM run;
             DELETE FROM mapping_test WHERE state <> 'running' AND test_id NOT IN
                 (SELECT test_id FROM mapping_test_record WHERE state IN ('intended', 'made', 'unclear'))",
        )?;
        // Lists that were deleted and kept for their ledgers have none any more.
        self.purge_deleted_lists()
    }

    /// Deletes the local copy of the org's records.
    pub fn delete_all_mirrors(&self) -> Result<(), StoreError> {
        self.connection.execute_batch(
            "DELETE FROM mirror; DELETE FROM mirror_fill; DELETE FROM mirror_record; DELETE FROM mirror_key;
             DELETE FROM mirror_key_record; DELETE FROM mirror_key_run",
        )?;
        Ok(())
    }
}

impl Store {
    /// Deletes in one transaction, overwrites what was deleted, and gives its room back to the disk.
    ///
    /// # Errors
    /// Whatever `work` returns, or that the database cannot be written. Giving the room back needs as much room as the
    /// database takes afterwards.
    pub fn delete_for_good<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Write<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.set_secure_delete(true)?;
        let deleted = self.write(work);
        self.set_secure_delete(false)?;
        let deleted = deleted?;
        self.compact()?;
        Ok(deleted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method itself does not fit every lifetime of a snapshot"
    )]
    fn every_table_belongs_to_a_part_and_sizes_add_up_to_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.compact().unwrap();
        let sizes = store.read(|read| read.part_sizes()).unwrap();
        assert!(sizes.values().all(|size| size.bytes > 0), "{sizes:?}");
        let total: u64 = sizes.values().map(|size| size.bytes).sum();
        let file = std::fs::metadata(folder.path().join("landbridge.sqlite"))
            .unwrap()
            .len();
        assert_eq!(total, file);
    }

    #[test]
    fn what_is_deleted_is_overwritten_and_its_room_given_back() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let secret = "Xylophone Quartz";
        let note = |write: &Write<'_>| -> Result<(), StoreError> {
            for number in 0..2_000 {
                write.connection.execute(
                    "INSERT INTO api_use (org_id, day, calls) VALUES (?1, ?2, 1)",
                    [format!("{secret} {}", "x".repeat(500)), number.to_string()],
                )?;
            }
            Ok(())
        };
        store.write(note).unwrap();
        store.compact().unwrap();
        let size = || {
            std::fs::metadata(folder.path().join("landbridge.sqlite"))
                .unwrap()
                .len()
        };
        let before = size();
        store
            .delete_for_good(|write| {
                write.connection.execute("DELETE FROM api_use", [])?;
                Ok::<_, StoreError>(())
            })
            .unwrap();
        assert!(size() < before / 2, "{} of {before}", size());
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(
                !bytes
                    .windows(secret.len())
                    .any(|window| window == secret.as_bytes())
            );
        }
    }
}
