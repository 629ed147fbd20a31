//! What can go wrong with the workspace database.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// What ails the database, as far as the mend differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It may not be written.
    ReadOnly,
    /// It is no whole database any more.
    Damaged,
    /// Anything else.
    Other,
}

/// Why the workspace could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder could not be made or opened.
    #[error(
        "The workspace folder {folder} cannot be used: {source}. Choose another folder or mend its permissions."
    )]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// There is no workspace in the folder.
    #[error(
        "There is no workspace in {folder}: it was moved, renamed or deleted. Bring the folder back, or forget this workspace."
    )]
    Missing {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder may be read and not written.
    #[error(
        "The workspace folder {folder} cannot be written: {source}. Give your account the right to write there, or copy the folder elsewhere and open the copy."
    )]
    ReadOnly {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The database is no whole database any more.
    #[error(
        "The workspace database {database} is damaged: {detail}. It was not changed. Put back a copy from a backup, or make a new workspace."
    )]
    Damaged {
        /// The file.
        database: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// A newer version of the app made the database.
    #[error(
        "This workspace was made by a newer version of Landbridge (database version {found}, this app knows {known}). Update the app; nothing was changed."
    )]
    Newer {
        /// Version of the database.
        found: u32,
        /// Newest version that this app knows.
        known: u32,
    },
    /// Another window or terminal is sending a run of this workspace.
    #[error(
        "Another window or terminal is sending a run of this workspace. Wait for it to end, or close it."
    )]
    Busy,
    /// A mapping of this workspace is being tested.
    #[error("A mapping of this workspace is being tested already. Wait for that test to end.")]
    Testing,
    /// A name is taken.
    #[error("There is already a list named “{name}”. Choose another name.")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// There is no room to write.
    #[error(
        "The disk that holds the workspace is full, or its owner may not use more of it. Free some space, then go on; nothing is lost, and nothing is sent before it is written down."
    )]
    Full(#[source] rusqlite::Error),
    /// Another program holds the database.
    #[error(
        "Another program has locked the workspace database, such as a backup, a database viewer or another window. Close it or wait for it, then go on; nothing is lost."
    )]
    Locked(#[source] rusqlite::Error),
    /// The database refused.
    #[error("The workspace database could not be read or written: {0}")]
    Sqlite(#[source] rusqlite::Error),
    /// A stored value could not be understood.
    #[error(
        "The workspace database holds a value in {place} that this version does not understand: {value}. Update Landbridge if a newer version is known; otherwise put back a copy from a backup."
    )]
    Unreadable {
        /// Table and column.
        place: &'static str,
        /// The value, shortened.
        value: String,
    },
    /// A thread panicked while it held the database.
    #[error(
        "The workspace database is closed after a fault in the app. Restart Landbridge; nothing is lost."
    )]
    Closed,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error() {
            Some(cause) if cause.code == ErrorCode::DiskFull || is_refused_write(cause.extended_code) => {
                Self::Full(error)
            }
            Some(cause) if matches!(cause.code, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::Locked(error)
            }
            _ => Self::Sqlite(error),
        }
    }
}

impl StoreError {
    /// What ails the database.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        let Self::Sqlite(error) = self else {
            return match self {
                Self::Damaged { .. } => Trouble::Damaged,
                Self::ReadOnly { .. } => Trouble::ReadOnly,
                _ => Trouble::Other,
            };
        };
        match error.sqlite_error_code() {
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Trouble::ReadOnly
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Trouble::Damaged,
            _ => Trouble::Other,
        }
    }
}

/// A quota or a limit of a file's size that is reached, which SQLite does not tell from other faults of writing. Source:
/// SQLite, "Result and Error Codes".
fn is_refused_write(extended_code: i32) -> bool {
    matches!(
        extended_code,
        rusqlite::ffi::SQLITE_IOERR_WRITE
            | rusqlite::ffi::SQLITE_IOERR_TRUNCATE
            | rusqlite::ffi::SQLITE_IOERR_SHMSIZE
    )
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    #[test]
    fn a_database_without_room_says_so() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch("PRAGMA max_page_count = 2; CREATE TABLE full (text TEXT);")
            .unwrap();
        let refused = connection
            .execute("INSERT INTO full VALUES (?1)", ["x".repeat(100_000)])
            .unwrap_err();
        assert!(matches!(StoreError::from(refused), StoreError::Full(_)));
    }
}
