//! Looking at a workspace's database without touching it: whether it can be opened, and whose it is.
//!
//! A database that is newer, damaged or no database is refused before SQLite opens it for writing, so that not a byte of it
//! or of its journal changes. Up to 64 MiB it is read through; of a larger one the size, and the first and last record of each
//! table. Only the fixed parts of the file format are read by hand ("Database File Format" of SQLite's documentation: the
//! database header, the WAL header, frame headers); everything else is SQLite's own answer.

use std::fs::File;
use std::io::{ErrorKind, Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::workspace::{DATABASE_FILE, WRITE_PROBE_FILE};
use crate::{StoreError, migration};

const HEADER_BYTES: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Place of `user_version` in the database header.
const USER_VERSION_AT: usize = 60;
const WAL_HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;
/// Place of the database's size in pages, and of the two numbers that say whether it counts.
const PAGES_AT: usize = 28;
const CHANGES_AT: usize = 24;
const PAGES_VALID_FOR_AT: usize = 92;
/// Larger databases are not read through at every start: of them the size is looked at, and the first and last
/// record of each table.
const LARGEST_CHECKED_BYTES: u64 = 64 * 1024 * 1024;

/// What a workspace tells of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// Name and kind (`production`, `sandbox`, `demo`) of the connected org.
    pub org: Option<(String, String)>,
}

/// Looks at the workspace in a folder.
///
/// # Errors
/// Why it cannot be opened: it is not there, newer, damaged, or cannot be written.
pub fn glance(folder: &Path) -> Result<Glance, StoreError> {
    if !folder.join(DATABASE_FILE).is_file() {
        return Err(StoreError::Missing {
            folder: folder.to_path_buf(),
        });
    }
    guard(folder)?;
    let connection = open_untouched(folder)?;
    let has_org: Option<u32> = connection
        .query_row(
            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'org'",
            [],
            |row| row.get(0),
        )
        .optional()?;
    let org = match has_org {
        None => None,
        Some(_) => connection
            .query_row("SELECT name, kind FROM org", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?,
    };
    Ok(Glance { org })
}

/// Refuses what must not be opened; a folder without a database is a new workspace.
pub(crate) fn guard(folder: &Path) -> Result<(), StoreError> {
    let database = folder.join(DATABASE_FILE);
    let unreadable = |source| StoreError::Folder {
        folder: folder.to_path_buf(),
        source,
    };
    let mut file = match File::open(&database) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return writable(folder),
        Err(error) => return Err(unreadable(error)),
    };
    let length = file.metadata().map_err(unreadable)?.len();
    if length > 0 {
        let damaged = |detail: &str| StoreError::Damaged {
            database: database.clone(),
            detail: detail.to_owned(),
        };
        let mut header = [0_u8; HEADER_BYTES];
        file.read_exact(&mut header)
            .map_err(|_| damaged("it is shorter than a database's header"))?;
        if !header.starts_with(MAGIC) {
            return Err(damaged("it does not begin as a database does"));
        }
        let in_wal = wal_header(&wal_of(&database)).map_err(unreadable)?;
        let current = in_wal.as_ref().unwrap_or(&header);
        let found = u32::from_be_bytes(four(current, USER_VERSION_AT));
        let known = migration::newest_version();
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        let journal_bytes = size_of(&wal_of(&database)).unwrap_or(0);
        if journal_bytes > 0 {
            if length + journal_bytes <= LARGEST_CHECKED_BYTES {
                read_through_copy(folder, &damaged)?;
            }
        } else if length <= LARGEST_CHECKED_BYTES {
            read_through(folder, &damaged)?;
        } else {
            check_size(&header, length, &damaged)?;
            read_beginnings(folder, &damaged)?;
        }
    }
    writable(folder)
}

/// Reads the whole database.
fn read_through(folder: &Path, damaged: &impl Fn(&str) -> StoreError) -> Result<(), StoreError> {
    let check = || quick_check(&immutable(folder)?);
    verdict(check(), || wal_of(&folder.join(DATABASE_FILE)).exists(), damaged)
}

/// Reads the whole database with what waits in its journal, in a copy: SQLite would make files beside the original. While
/// somebody works in it, it changes during the copying, and SQLite looks after it.
fn read_through_copy(folder: &Path, damaged: &impl Fn(&str) -> StoreError) -> Result<(), StoreError> {
    let database = folder.join(DATABASE_FILE);
    let files = [database.clone(), wal_of(&database)];
    let stamps = || files.each_ref().map(|file| stamp(file));
    let before = stamps();
    let copied = || -> std::io::Result<tempfile::TempDir> {
        let copy = tempfile::tempdir()?;
        for file in &files {
            let name = file.file_name().unwrap_or_default();
            std::fs::copy(file, copy.path().join(name))?;
        }
        Ok(copy)
    };
    let copy = match copied() {
        Ok(copy) => copy,
        Err(error) => {
            // A full disk elsewhere is no reason to refuse a workspace.
            tracing::warn!(%error, "the workspace database could not be copied to be checked");
            return Ok(());
        }
    };
    let check = || quick_check(&Connection::open(copy.path().join(DATABASE_FILE))?);
    verdict(check(), || stamps() != before, damaged)
}

/// The size and the time of the last change of a file; `None` when it is gone.
fn stamp(file: &Path) -> Option<(u64, SystemTime)> {
    let metadata = std::fs::metadata(file).ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}

fn size_of(file: &Path) -> Option<u64> {
    std::fs::metadata(file).ok().map(|metadata| metadata.len())
}

fn quick_check(connection: &Connection) -> rusqlite::Result<String> {
    connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
}

/// What a check means: damage that is found while somebody else works there is none.
fn verdict(
    checked: rusqlite::Result<String>,
    somebody_works: impl FnOnce() -> bool,
    damaged: &impl Fn(&str) -> StoreError,
) -> Result<(), StoreError> {
    let detail = match checked {
        Ok(answer) if answer == "ok" => return Ok(()),
        Ok(answer) => answer,
        Err(error) => error.to_string(),
    };
    if somebody_works() {
        return Ok(());
    }
    Err(damaged(&detail))
}

/// Whether the file is as long as its header says.
fn check_size(
    header: &[u8; HEADER_BYTES],
    length: u64,
    damaged: &impl Fn(&str) -> StoreError,
) -> Result<(), StoreError> {
    // Programs older than this number leave it alone, and then it does not count.
    if four(header, CHANGES_AT) != four(header, PAGES_VALID_FOR_AT) {
        return Ok(());
    }
    let page_bytes = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        bytes => u64::from(bytes),
    };
    let pages = u64::from(u32::from_be_bytes(four(header, PAGES_AT)));
    if length < pages * page_bytes {
        return Err(damaged(&format!(
            "it has {length} bytes where {} are to be",
            pages * page_bytes
        )));
    }
    Ok(())
}

/// Reads the tables' definitions and the first and last record of each.
fn read_beginnings(folder: &Path, damaged: &impl Fn(&str) -> StoreError) -> Result<(), StoreError> {
    let check = || -> rusqlite::Result<String> {
        let connection = immutable(folder)?;
        let mut statement = connection.prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND sql NOT LIKE '%WITHOUT ROWID%'",
        )?;
        let tables: Vec<String> = statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for table in tables {
            let table = table.replace('"', "\"\"");
            for order in ["ASC", "DESC"] {
                connection
                    .query_row(
                        &format!("SELECT * FROM \"{table}\" ORDER BY rowid {order} LIMIT 1"),
                        [],
                        |_| Ok(()),
                    )
                    .optional()?;
            }
        }
        Ok("ok".to_owned())
    };
    verdict(check(), || wal_of(&folder.join(DATABASE_FILE)).exists(), damaged)
}

fn writable(folder: &Path) -> Result<(), StoreError> {
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join(WRITE_PROBE_FILE))
        .map(drop)
        .map_err(|source| match source.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly {
                folder: folder.to_path_buf(),
                source,
            },
            _ => StoreError::Folder {
                folder: folder.to_path_buf(),
                source,
            },
        })
}

fn wal_of(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// The newest database header that waits in the journal; `None` when nothing waits there.
fn wal_header(wal: &Path) -> std::io::Result<Option<[u8; HEADER_BYTES]>> {
    let mut file = match File::open(wal) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let length = file.metadata()?.len();
    let mut head = [0_u8; WAL_HEADER_BYTES];
    if length < (WAL_HEADER_BYTES + FRAME_HEADER_BYTES) as u64 {
        return Ok(None);
    }
    file.read_exact(&mut head)?;
    let page_bytes = u64::from(u32::from_be_bytes(four(&head, 8)));
    let salts = &head[16..24];
    let frame_bytes = FRAME_HEADER_BYTES as u64 + page_bytes;
    let (mut waiting, mut committed) = (None, None);
    let mut place = WAL_HEADER_BYTES as u64;
    while page_bytes >= HEADER_BYTES as u64 && place + frame_bytes <= length {
        file.seek(SeekFrom::Start(place))?;
        let mut frame = [0_u8; FRAME_HEADER_BYTES + HEADER_BYTES];
        file.read_exact(&mut frame)?;
        // Frames of an earlier round carry other salts; they are no longer valid.
        if &frame[8..16] != salts {
            break;
        }
        if u32::from_be_bytes(four(&frame, 0)) == 1 {
            let mut page = [0_u8; HEADER_BYTES];
            page.copy_from_slice(&frame[FRAME_HEADER_BYTES..]);
            waiting = Some(page);
        }
        // A frame that ends a transaction says how large the database is then.
        if u32::from_be_bytes(four(&frame, 4)) != 0 {
            committed = waiting;
        }
        place += frame_bytes;
    }
    Ok(committed)
}

fn four(bytes: &[u8], at: usize) -> [u8; 4] {
    let mut part = [0_u8; 4];
    part.copy_from_slice(&bytes[at..at + 4]);
    part
}

/// A connection that changes no file, unless changes wait in the journal, which it must see.
fn open_untouched(folder: &Path) -> Result<Connection, StoreError> {
    let waiting =
        std::fs::metadata(wal_of(&folder.join(DATABASE_FILE))).is_ok_and(|journal| journal.len() > 0);
    if waiting {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        return Ok(Connection::open_with_flags(folder.join(DATABASE_FILE), flags)?);
    }
    Ok(immutable(folder)?)
}

fn immutable(folder: &Path) -> Result<Connection, rusqlite::Error> {
    let database = folder.join(DATABASE_FILE);
    let unusable = || rusqlite::Error::InvalidPath(database.clone());
    let absolute = std::path::absolute(&database).map_err(|_| unusable())?;
    let mut address = url::Url::from_file_path(absolute).map_err(|()| unusable())?;
    address.set_query(Some("immutable=1"));
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(address.as_str(), flags)
}

#[cfg(test)]
mod tests;
