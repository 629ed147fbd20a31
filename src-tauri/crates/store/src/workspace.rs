//! Opening a workspace folder, and the two ways into its database.

use std::fs::{File, TryLockError};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, TryLockError as TryLockMutexError};
use std::time::Duration;

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::{StoreError, glance, migration};

/// Name of the database in the workspace's folder.
pub(crate) const DATABASE_FILE: &str = "landbridge.sqlite";
const LOCK_FILE: &str = "sending.lock";
/// Any file of the workspace that may be made before its database is opened tells whether the folder can be written.
pub(crate) const WRITE_PROBE_FILE: &str = LOCK_FILE;
const TEST_LOCK_FILE: &str = "testing.lock";
const PLAN_LOCK_FILE: &str = "planning.lock";
const BUSY_TIME_OUT: Duration = Duration::from_secs(20);
const KEPT_READERS: usize = 4;
/// Size of a page of a new database: profiles and records take about a thousand bytes each, and one after the other they are
/// read and written by fewer and longer calls than in SQLite's own 4,096.
const PAGE_BYTES: u32 = 16_384;
/// The journal of a large import does not keep its room on the disk once it was emptied.
const LARGEST_JOURNAL_BYTES: u32 = 64 * 1024 * 1024;

/// The database of one workspace. Its calls block: use them off the async threads.
pub struct Store {
    folder: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

/// One consistent snapshot of the database.
pub struct Read<'connection> {
    pub(crate) connection: &'connection Connection,
}

/// One transaction; it can read too.
pub struct Write<'transaction> {
    read: Read<'transaction>,
}

impl<'transaction> Deref for Write<'transaction> {
    type Target = Read<'transaction>;

    fn deref(&self) -> &Self::Target {
        &self.read
    }
}

/// Held while this process sends runs; no second process can hold it.
#[derive(Debug)]
pub struct RunLock {
    _file: File,
}

/// Held while this process makes plans; others may make theirs at the same time.
#[derive(Debug)]
pub struct PlanLock {
    _file: File,
}

/// Held while a mapping is tested; nobody else can hold it, in this process or in another.
#[derive(Debug)]
pub struct TestLock {
    _file: File,
}

/// The time now, RFC 3339 in UTC with milliseconds: the form of every time in the database.
#[must_use]
pub fn now() -> String {
    time(jiff::Timestamp::now())
}

/// A time in the form of every time in the database.
#[must_use]
pub fn time(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

impl Store {
    /// Opens the workspace in a folder; makes both when they are not there.
    ///
    /// # Errors
    /// When the folder cannot be used, or the database is newer than this app or damaged: then it is not touched.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|source| StoreError::Folder {
            folder: folder.to_path_buf(),
            source,
        })?;
        glance::guard(folder)?;
        let mut writer = Connection::open(folder.join(DATABASE_FILE))?;
        writer.busy_timeout(BUSY_TIME_OUT)?;
        writer.pragma_update(None, "page_size", PAGE_BYTES)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        writer.pragma_update(None, "journal_size_limit", LARGEST_JOURNAL_BYTES)?;
        // A power cut must not lose the journal of what was sent.
        writer.pragma_update(None, "synchronous", "FULL")?;
        writer.pragma_update(None, "foreign_keys", true)?;
        add_lowercase(&writer)?;
        migration::migrate(&mut writer)?;
        Ok(Self {
            folder: folder.to_path_buf(),
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
        })
    }

    /// The folder of this workspace.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A number that changes whenever another process commits; `None` while this one writes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn foreign_version(&self) -> Result<Option<i64>, StoreError> {
        match self.writer.try_lock() {
            Ok(writer) => Ok(Some(
                writer.query_row("PRAGMA data_version", [], |row| row.get(0))?,
            )),
            Err(TryLockMutexError::WouldBlock) => Ok(None),
            Err(TryLockMutexError::Poisoned(_)) => Err(StoreError::Closed),
        }
    }

    /// Reads from one snapshot.
    ///
    /// # Errors
    /// Whatever `work` returns, or that the database cannot be read.
    pub fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&Read<'_>) -> Result<T, E>) -> Result<T, E> {
        let kept = self.readers()?.pop();
        let connection = match kept {
            Some(connection) => connection,
            None => self.open_reader()?,
        };
        let result = read_snapshot(&connection, work);
        let mut readers = self.readers()?;
        if readers.len() < KEPT_READERS {
            readers.push(connection);
        }
        result
    }

    /// Writes in one transaction: it lands whole, or not at all when `work` fails.
    ///
    /// # Errors
    /// Whatever `work` returns, or that the database cannot be written.
    pub fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Write<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = self.writer.lock().map_err(|_| StoreError::Closed)?;
        let transaction: Transaction<'_> = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let result = work(&Write {
            read: Read {
                connection: &transaction,
            },
        })?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(result)
    }

    /// Gives room that is no longer used back to the disk, and empties the journal.
    ///
    /// # Errors
    /// When the disk has no room for the database as it is afterwards.
    pub fn compact(&self) -> Result<(), StoreError> {
        // A kept reader would keep the journal from being emptied.
        self.readers()?.clear();
        let writer = self.writer.lock().map_err(|_| StoreError::Closed)?;
        writer.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")?;
        Ok(())
    }

    /// Puts what waits in the journal into the database, so that the next start has nothing to read there. Nothing is lost
    /// where somebody else reads or writes and it has to stay.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn empty_journal(&self) -> Result<(), StoreError> {
        // A kept reader would keep the journal from being emptied.
        self.readers()?.clear();
        let writer = match self.writer.try_lock() {
            Ok(writer) => writer,
            Err(TryLockMutexError::WouldBlock) => return Ok(()),
            Err(TryLockMutexError::Poisoned(_)) => return Err(StoreError::Closed),
        };
        // Whoever leaves does not wait for others.
        writer.busy_timeout(Duration::ZERO)?;
        let emptied = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        writer.busy_timeout(BUSY_TIME_OUT)?;
        Ok(emptied?)
    }

    /// Whether what is deleted is overwritten with zeros.
    pub(crate) fn set_secure_delete(&self, on: bool) -> Result<(), StoreError> {
        let writer = self.writer.lock().map_err(|_| StoreError::Closed)?;
        writer.pragma_update(None, "secure_delete", on)?;
        Ok(())
    }

    /// Takes the right to send runs of this workspace.
    ///
    /// # Errors
    /// [`StoreError::Busy`] while another process holds it.
    pub fn lock_runs(&self) -> Result<RunLock, StoreError> {
        let file = self.lock_file(LOCK_FILE)?.ok_or(StoreError::Busy)?;
        Ok(RunLock { _file: file })
    }

    /// Takes the right to test a mapping of this workspace.
    ///
    /// # Errors
    /// [`StoreError::Testing`] while a test holds it.
    pub fn lock_tests(&self) -> Result<TestLock, StoreError> {
        let file = self.lock_file(TEST_LOCK_FILE)?.ok_or(StoreError::Testing)?;
        Ok(TestLock { _file: file })
    }

    /// Says that plans are being made, until the lock is dropped.
    ///
    /// # Errors
    /// When the workspace's folder cannot be used.
    pub fn lock_plans(&self) -> Result<PlanLock, StoreError> {
        let file = self.open_lock_file(PLAN_LOCK_FILE)?;
        file.lock_shared().map_err(|source| self.folder_error(source))?;
        Ok(PlanLock { _file: file })
    }

    /// Whether no process makes a plan, so that one that is half made was given up by a process that died.
    ///
    /// # Errors
    /// When the workspace's folder cannot be used.
    pub fn nobody_plans(&self) -> Result<bool, StoreError> {
        Ok(self.lock_file(PLAN_LOCK_FILE)?.is_some())
    }

    /// The locked file; `None` while somebody else has locked it.
    fn lock_file(&self, name: &str) -> Result<Option<File>, StoreError> {
        let file = self.open_lock_file(name)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(self.folder_error(source)),
        }
    }

    fn open_lock_file(&self, name: &str) -> Result<File, StoreError> {
        File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.folder.join(name))
            .map_err(|source| self.folder_error(source))
    }

    fn folder_error(&self, source: std::io::Error) -> StoreError {
        StoreError::Folder {
            folder: self.folder.clone(),
            source,
        }
    }

    fn readers(&self) -> Result<MutexGuard<'_, Vec<Connection>>, StoreError> {
        self.readers.lock().map_err(|_| StoreError::Closed)
    }

    fn open_reader(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(self.folder.join(DATABASE_FILE), flags)?;
        connection.busy_timeout(BUSY_TIME_OUT)?;
        add_lowercase(&connection)?;
        Ok(connection)
    }
}

/// Teaches SQLite, whose own `lower` knows ASCII alone, to make every letter lower case.
fn add_lowercase(connection: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("lowercase", 1, flags, |arguments| {
        Ok(arguments.get_raw(0).as_str()?.to_lowercase())
    })
}

fn read_snapshot<T, E: From<StoreError>>(
    connection: &Connection,
    work: impl FnOnce(&Read<'_>) -> Result<T, E>,
) -> Result<T, E> {
    // An unfinished read transaction ends when it is dropped.
    let transaction = connection.unchecked_transaction().map_err(StoreError::from)?;
    work(&Read {
        connection: &transaction,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PersonFields;

    #[test]
    fn whoever_leaves_leaves_nothing_in_the_journal() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let journal_bytes = || {
            folder
                .path()
                .join(format!("{DATABASE_FILE}-wal"))
                .metadata()
                .unwrap()
                .len()
        };
        store
            .write(|write: &Write<'_>| write.add_first_operator("Ada", &now()))
            .unwrap();
        let bo = PersonFields {
            name: "Bo".to_owned(),
            email: None,
            is_admin: false,
        };
        assert!(journal_bytes() > 0);
        let reading = Store::open(folder.path()).unwrap();
        reading
            .read(|read: &Read<'_>| {
                read.operator()?;
                store.write(|write: &Write<'_>| write.add_person(&bo, &now()).map(drop))?;
                store.empty_journal()
            })
            .unwrap();
        assert!(journal_bytes() > 0, "somebody reads what was there before");
        store.empty_journal().unwrap();
        assert_eq!(journal_bytes(), 0);
        let names: Vec<String> = reading
            .read(|read: &Read<'_>| {
                let mut people = read.connection.prepare("SELECT name FROM person ORDER BY name")?;
                let names = people.query_map([], |row| row.get(0))?;
                Ok::<_, StoreError>(names.collect::<Result<_, _>>()?)
            })
            .unwrap();
        assert_eq!(names, ["Ada", "Bo"]);
    }

    #[test]
    fn a_new_database_has_long_pages_and_an_old_one_keeps_its_own() {
        for (made, expected) in [(None, PAGE_BYTES), (Some(4_096), 4_096)] {
            let folder = tempfile::tempdir().unwrap();
            if let Some(page_bytes) = made {
                let old = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
                old.pragma_update(None, "page_size", page_bytes).unwrap();
                old.pragma_update(None, "journal_mode", "WAL").unwrap();
            }
            let store = Store::open(folder.path()).unwrap();
            let page_bytes: u32 = store
                .read(|read: &Read<'_>| {
                    let pragma = "SELECT * FROM pragma_page_size";
                    Ok::<_, StoreError>(read.connection.query_row(pragma, [], |row| row.get(0))?)
                })
                .unwrap();
            assert_eq!(page_bytes, expected);
        }
    }

    #[test]
    fn what_is_written_outlives_a_power_cut() {
        const FULL: u32 = 2;
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let (synchronous, journal): (u32, String) = store
            .write(|write: &Write<'_>| {
                let ask = |pragma: &str| format!("SELECT * FROM pragma_{pragma}");
                let connection = write.connection;
                Ok::<_, StoreError>((
                    connection.query_row(&ask("synchronous"), [], |row| row.get(0))?,
                    connection.query_row(&ask("journal_mode"), [], |row| row.get(0))?,
                ))
            })
            .unwrap();
        assert_eq!((synchronous, journal.as_str()), (FULL, "wal"));
    }
}
