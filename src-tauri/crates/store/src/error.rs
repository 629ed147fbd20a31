//! What can go wrong with the workspace database.

use std::path::PathBuf;

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
    /// The database refused.
    #[error("The workspace database could not be read or written: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A stored value could not be understood.
    #[error("The workspace database holds a value in {place} that this version does not understand: {value}")]
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
