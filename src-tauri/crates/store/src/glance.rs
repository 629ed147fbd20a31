//! Looking at a workspace's database without touching it: whether it can be opened, and whose it is.
//!
//! A database that is newer, damaged or no database is refused before SQLite opens it for writing, so that not a byte of it
//! or of its journal changes. Only the fixed parts of the file format are read by hand ("Database File Format" of SQLite's
//! documentation: the database header, the WAL header, frame headers); everything else is SQLite's own answer.

use std::fs::File;
use std::io::{ErrorKind, Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::workspace::{DATABASE_FILE, WRITE_PROBE_FILE};
use crate::{StoreError, migration};

const HEADER_BYTES: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Place of `user_version` in the database header.
const USER_VERSION_AT: usize = 60;
const WAL_HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;
/// Larger databases are not read through at every start; SQLite tells of damage when it meets it.
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
        if length <= LARGEST_CHECKED_BYTES {
            read_through(folder, &damaged)?;
        }
    }
    writable(folder)
}

/// Reads the whole database. While there is a journal, somebody has it open or did not close it, and the file alone need not
/// be whole: then SQLite looks after it when it is opened.
fn read_through(folder: &Path, damaged: &impl Fn(&str) -> StoreError) -> Result<(), StoreError> {
    let has_journal = || wal_of(&folder.join(DATABASE_FILE)).exists();
    if has_journal() {
        return Ok(());
    }
    let check = || -> Result<String, rusqlite::Error> {
        immutable(folder)?.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
    };
    match check() {
        Ok(answer) if answer == "ok" => Ok(()),
        // Somebody opened it meanwhile.
        _ if has_journal() => Ok(()),
        Ok(answer) => Err(damaged(&answer)),
        Err(error) => Err(damaged(&error.to_string())),
    }
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
