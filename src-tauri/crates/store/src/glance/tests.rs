use std::collections::BTreeMap;

use rusqlite::config::DbConfig;

use super::*;
use crate::Store;

/// Every file of a folder with its bytes, but the lock files, which are empty.
fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect()
}

fn made() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path()).unwrap());
    folder
}

fn refused(folder: &Path) -> (StoreError, StoreError) {
    let before = content(folder);
    let opened = Store::open(folder).err().unwrap();
    let looked = glance(folder).unwrap_err();
    assert_eq!(content(folder), before, "a refused workspace was touched");
    (opened, looked)
}

#[test]
fn a_newer_database_is_refused_and_not_touched() {
    let folder = made();
    let database = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    database.pragma_update(None, "user_version", 99).unwrap();
    drop(database);
    let (opened, looked) = refused(folder.path());
    assert!(matches!(opened, StoreError::Newer { found: 99, .. }));
    assert!(matches!(looked, StoreError::Newer { found: 99, .. }));
}

#[test]
fn a_newer_version_that_waits_in_the_journal_is_seen_there() {
    let folder = made();
    let database = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    database
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .unwrap();
    database.pragma_update(None, "user_version", 99).unwrap();
    drop(database);
    assert!(content(folder.path()).keys().any(|name| name.ends_with("-wal")));
    let (opened, _) = refused(folder.path());
    assert!(matches!(opened, StoreError::Newer { found: 99, .. }));
}

#[test]
fn a_damaged_database_is_refused_and_not_touched() {
    let folder = made();
    let database = folder.path().join(DATABASE_FILE);
    let mut bytes = std::fs::read(&database).unwrap();
    let length = bytes.len();
    // The first page's head stays; pages in the middle are overwritten.
    bytes[5_000..length / 2].fill(0xAA);
    std::fs::write(&database, &bytes).unwrap();
    let (opened, looked) = refused(folder.path());
    assert!(matches!(opened, StoreError::Damaged { .. }), "{opened}");
    assert!(matches!(looked, StoreError::Damaged { .. }), "{looked}");
}

#[test]
fn a_cut_database_and_a_file_that_is_none_are_refused() {
    for content in [&b"SQLite"[..], &[0x20; 4096][..]] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(DATABASE_FILE), content).unwrap();
        let (opened, _) = refused(folder.path());
        assert!(matches!(opened, StoreError::Damaged { .. }), "{opened}");
    }
    let folder = made();
    let database = folder.path().join(DATABASE_FILE);
    let bytes = std::fs::read(&database).unwrap();
    std::fs::write(&database, &bytes[..bytes.len() / 2]).unwrap();
    let (opened, _) = refused(folder.path());
    assert!(matches!(opened, StoreError::Damaged { .. }), "{opened}");
}

/// A workspace whose database is too large to be read through.
fn large() -> tempfile::TempDir {
    let folder = made();
    let database = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    database
        .execute_batch(
            "PRAGMA journal_mode = DELETE; CREATE TABLE filling (bytes BLOB);
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70)
             INSERT INTO filling SELECT zeroblob(1048576) FROM n;
             CREATE TABLE last (text TEXT); INSERT INTO last VALUES ('here');",
        )
        .unwrap();
    drop(database);
    let length = std::fs::metadata(folder.path().join(DATABASE_FILE))
        .unwrap()
        .len();
    assert!(length > LARGEST_CHECKED_BYTES);
    folder
}

#[test]
fn a_large_database_that_was_cut_is_refused_and_not_touched() {
    let folder = large();
    assert_eq!(glance(folder.path()).unwrap(), Glance { org: None });
    let file = File::options()
        .write(true)
        .open(folder.path().join(DATABASE_FILE))
        .unwrap();
    let length = file.metadata().unwrap().len();
    file.set_len(length - 8_192).unwrap();
    drop(file);
    let (opened, looked) = refused(folder.path());
    assert!(matches!(opened, StoreError::Damaged { .. }), "{opened}");
    assert!(matches!(looked, StoreError::Damaged { .. }), "{looked}");
}

#[test]
fn a_large_database_with_a_damaged_table_is_refused_and_not_touched() {
    use std::io::Write as _;
    let folder = large();
    let mut file = File::options()
        .write(true)
        .open(folder.path().join(DATABASE_FILE))
        .unwrap();
    // The pages of the tables that were made last are the last ones.
    let length = file.metadata().unwrap().len();
    file.seek(SeekFrom::Start(length - 4_096)).unwrap();
    file.write_all(&[0xAA; 4_096]).unwrap();
    drop(file);
    let (opened, _) = refused(folder.path());
    assert!(matches!(opened, StoreError::Damaged { .. }), "{opened}");
}

/// A workspace of which a part waits in the journal, as after a kill.
fn journalled() -> tempfile::TempDir {
    let folder = made();
    let database = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    database
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .unwrap();
    database
        .execute_batch("CREATE TABLE waits (text TEXT); INSERT INTO waits VALUES ('here');")
        .unwrap();
    drop(database);
    assert!(wal_of(&folder.path().join(DATABASE_FILE)).is_file());
    folder
}

#[test]
fn a_damaged_database_with_a_journal_is_refused_and_not_touched() {
    let folder = journalled();
    let database = folder.path().join(DATABASE_FILE);
    let mut bytes = std::fs::read(&database).unwrap();
    let length = bytes.len();
    bytes[5_000..length / 2].fill(0xAA);
    std::fs::write(&database, &bytes).unwrap();
    let (opened, looked) = refused(folder.path());
    assert!(matches!(opened, StoreError::Damaged { .. }), "{opened}");
    assert!(matches!(looked, StoreError::Damaged { .. }), "{looked}");
}

#[test]
fn a_journal_that_waits_is_taken_over_by_opening() {
    let folder = journalled();
    drop(Store::open(folder.path()).unwrap());
    let database = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    let text: String = database
        .query_row("SELECT text FROM waits", [], |row| row.get(0))
        .unwrap();
    assert_eq!(text, "here");
}

#[test]
fn looking_makes_nothing_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(glance(folder.path()), Err(StoreError::Missing { .. })));
    assert!(content(folder.path()).is_empty());
    let folder = made();
    let before = content(folder.path());
    assert_eq!(glance(folder.path()).unwrap(), Glance { org: None });
    assert_eq!(content(folder.path()), before);
}

#[test]
fn the_orgs_badge_of_an_older_database_is_read_without_bringing_it_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let database = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    database
        .execute_batch(
            "CREATE TABLE org (name TEXT, kind TEXT); INSERT INTO org VALUES ('Acme', 'sandbox'); PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(database);
    let before = content(folder.path());
    let found = glance(folder.path()).unwrap();
    assert_eq!(found.org, Some(("Acme".to_owned(), "sandbox".to_owned())));
    assert_eq!(content(folder.path()), before);
}
