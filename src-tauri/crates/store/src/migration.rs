//! Brings a database to the newest version, one migration a transaction. A newer database is refused.

use rusqlite::Connection;

use crate::StoreError;

/// Every migration in order; its place, from 1, is the database's `user_version` after it.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_workspace.sql"),
    include_str!("../migrations/0002_mapping_versions.sql"),
    include_str!("../migrations/0003_mapping_test.sql"),
    include_str!("../migrations/0004_mirror.sql"),
    include_str!("../migrations/0005_export_engine.sql"),
    include_str!("../migrations/0006_people_and_audit.sql"),
    include_str!("../migrations/0007_run_record.sql"),
    include_str!("../migrations/0008_audit_search.sql"),
    include_str!("../migrations/0009_edited_records.sql"),
    include_str!("../migrations/0010_key_records.sql"),
    include_str!("../migrations/0011_lowercase.sql"),
    include_str!("../migrations/0012_line_digest.sql"),
    include_str!("../migrations/0013_results_read.sql"),
    include_str!("../migrations/0014_fast_digest.sql"),
];

/// The version that every database has after it was opened.
#[must_use]
pub fn newest_version() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// Applies what is missing.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let known = newest_version();
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for (version, sql) in (1u32..).zip(MIGRATIONS).skip(found as usize) {
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Another process may have migrated while this one waited for the lock.
        let current: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if current < version {
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "user_version", version)?;
        }
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use model::{Mapping, MappingRow, Source, TargetDescribe, TargetField, TargetObject};

    use super::*;
    use crate::{AuditFilter, LineFilter, Read, Store};

    /// A database as the first version of the app made it.
    fn of_the_first_version(path: &std::path::Path) -> Connection {
        let connection = Connection::open(path).unwrap();
        connection.execute_batch(MIGRATIONS[0]).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        connection
    }

    #[test]
    fn a_workspace_of_the_first_version_keeps_its_mappings_and_what_they_were_saved_against() {
        let folder = tempfile::tempdir().unwrap();
        let old = of_the_first_version(&folder.path().join("landbridge.sqlite"));
        let mapping = Mapping {
            object: TargetObject::Lead,
            rows: vec![MappingRow::new(Source::field("job_title"), "Title")],
        };
        let describe = TargetDescribe {
            object: TargetObject::Lead,
            fields: vec![TargetField {
                name: "Title".to_owned(),
                ..TargetField::default()
            }],
        };
        for version in 1..=2 {
            old.execute(
                "INSERT INTO mapping (object, version, saved_at, saved_by, document) VALUES ('lead', ?1, '2026-01-02T03:04:05.000Z', 'Ada', ?2)",
                rusqlite::params![version, serde_json::to_string(&mapping).unwrap()],
            )
            .unwrap();
        }
        for object in ["lead", "account"] {
            old.execute(
                "INSERT INTO describe VALUES (?1, '00Dold', '2026-01-02T03:04:05.000Z', ?2)",
                [object, &serde_json::to_string(&describe).unwrap()],
            )
            .unwrap();
        }
        drop(old);
        let store = Store::open(folder.path()).unwrap();
        store
            .read(|read: &Read<'_>| {
                let newest = read.mapping(TargetObject::Lead)?.unwrap();
                assert_eq!(
                    (newest.version, newest.saved_by.as_str(), newest.note.as_str()),
                    (2, "Ada", "")
                );
                assert_eq!(newest.mapping, mapping);
                assert_eq!(read.mapping_versions(TargetObject::Lead)?.len(), 2);
                let basis = read.mapping_basis(TargetObject::Lead)?.unwrap();
                assert_eq!((basis.org_id.as_str(), &basis.describe), ("00Dold", &describe));
                // An object that was described but has no mapping has nothing to be told against.
                assert!(read.mapping_basis(TargetObject::Account)?.is_none());
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }

    #[test]
    fn lines_from_before_records_lay_apart_are_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let old = Connection::open(folder.path().join("landbridge.sqlite")).unwrap();
        for sql in &MIGRATIONS[..5] {
            old.execute_batch(sql).unwrap();
        }
        old.pragma_update(None, "user_version", 5).unwrap();
        old.execute_batch(
            r#"INSERT INTO list VALUES (1, 'Leads', 'contact', 'leads.csv', '', '[]', '[]', 2, 0, '2026-01-02', 'Ada', NULL);
            INSERT INTO run (run_id, kind, object, list_id, list_name, state, state_sentence, api, org_id, org_name, org_kind,
                    mapping_version, columns, started_by, planned_at, total_records)
                VALUES (1, 'export', 'lead', 1, 'Leads', 'sending', '', 'bulk', '00D', 'Acme', 'demo', 1, '["LastName"]', 'Ada',
                    '2026-01-02T03:04:05.000Z', 2);
            INSERT INTO run_line (run_id, line, object, profile_id, zoominfo_id, name, company, searchable, action, outcome, rule,
                    notes, cells, changes, overwritten_values, modified_at, edits, answer, digest, salesforce_id, error_code, error,
                    attempts, settled_at)
                VALUES (1, 1, 'lead', 7, '77', 'Ada Märsh', 'Works', 'ada märsh', 'create', 'planned', 'New record',
                    '["Cut."]', '{"LastName":"Marsh"}', NULL, 0, NULL, '{"LastName":"Marsh"}', NULL, x'000102030405060708090a0b0c0d0e0f1011', NULL, NULL, NULL, 0, NULL),
                (1, 2, 'lead', 8, NULL, 'Bo Kite', 'Works', 'bo kite', 'update', 'failed', 'Email, exact', '[]',
                    '{"Title":"Buyer"}', '[{"target":"Title","outcome":"overwritten","before":"Clerk","after":"Buyer"}]', 1,
                    '2026-01-01T00:00:00.000Z', NULL, '{"kind":"update","candidate":1}', NULL, '00Q000000000001EAA', 'LOCKED',
                    'It is locked.', 2, '2026-01-02T04:00:00.000Z');"#,
        )
        .unwrap();
        drop(old);
        let store = Store::open(folder.path()).unwrap();
        store
            .read(|read: &Read<'_>| {
                let first = read.line(1, 1)?.unwrap();
                assert_eq!(
                    (first.name.as_str(), first.zoominfo_id.as_deref()),
                    ("Ada Märsh", Some("77"))
                );
                assert_eq!(first.notes, ["Cut."]);
                assert_eq!(first.edits["LastName"], "Marsh");
                // A digest by another hash would tell no row.
                assert_eq!(read.line_digest(1, 1)?, None);
                let second = read.line(1, 2)?.unwrap();
                assert_eq!(second.cells["Title"], "Buyer");
                assert_eq!(second.changes[0].before.as_deref(), Some("Clerk"));
                assert_eq!(
                    (second.attempts, second.error.as_deref()),
                    (2, Some("It is locked."))
                );
                assert!(second.answer.is_some() && second.modified_at.is_some());
                let counts = read.plan_counts(1, TargetObject::Lead, model::PlanCounts::default())?;
                assert_eq!((counts.noted_records, counts.overwritten_values), (1, 1));
                let found = LineFilter {
                    search: "MÄRSH".to_owned(),
                    ..LineFilter::default()
                };
                assert_eq!((read.count_lines(1, &found)?, read.reasons(1)?.len()), (1, 1));
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }

    #[test]
    fn entries_from_before_the_index_of_their_words_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let old = Connection::open(folder.path().join("landbridge.sqlite")).unwrap();
        for sql in &MIGRATIONS[..7] {
            old.execute_batch(sql).unwrap();
        }
        old.pragma_update(None, "user_version", 7).unwrap();
        old.execute_batch(
            "INSERT INTO audit_entry (at, person, standing, area, action, sentence, searchable)
             VALUES ('2026-01-02T03:04:05.000Z', 'Ada', 'Admin', 'runs', 'did', 'Did it.', 'ada admin did did it.')",
        )
        .unwrap();
        drop(old);
        let store = Store::open(folder.path()).unwrap();
        let found = AuditFilter {
            search: "Admin".to_owned(),
            ..AuditFilter::default()
        };
        let entries = store.read(|read: &Read<'_>| read.audit_entries(&found, 0, 10));
        assert_eq!(entries.unwrap().len(), 1);
    }

    #[test]
    fn a_newer_database_is_refused_and_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        let error = migrate(&mut connection).unwrap_err();
        assert!(matches!(error, StoreError::Newer { found: 99, .. }));
        let tables: u32 = connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .unwrap();
        assert_eq!(tables, 0);
    }

    #[test]
    fn migrating_twice_changes_nothing() {
        let schema = |connection: &Connection| -> String {
            connection
                .query_row(
                    "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)",
                    [],
                    |row| row.get(0),
                )
                .unwrap()
        };
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let first = schema(&connection);
        migrate(&mut connection).unwrap();
        assert_eq!(first, schema(&connection));
    }
}
