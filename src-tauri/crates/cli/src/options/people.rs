//! `people`

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

/// `people …`
#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// Lists everybody with role, by name.
    #[command(after_help = "Example: landbridge-cli --json people list")]
    List,
    /// Adds a person.
    #[command(after_help = "Example: landbridge-cli people add \"Ada Marsh\" ada@example.com --role admin")]
    Add {
        /// Full name.
        name: String,
        /// E-mail address.
        email: String,
        /// Role.
        #[arg(long, default_value = "user")]
        role: Role,
    },
    /// Adds and changes people from a CSV file with the columns name, email and role. It removes nobody.
    #[command(after_help = "Example: landbridge-cli people import people.csv --dry-run")]
    Import {
        /// CSV file.
        file: PathBuf,
        /// Says what would change; nothing is written.
        #[arg(long)]
        dry_run: bool,
    },
    /// Removes a person; what they did stays in runs and in the audit log.
    #[command(after_help = "Example: landbridge-cli people remove ada@example.com")]
    Remove {
        /// E-mail address, or the full name of somebody without one.
        person: String,
    },
    /// Makes a person an admin or a user.
    #[command(after_help = "Example: landbridge-cli people role ada@example.com admin")]
    Role {
        /// E-mail address, or the full name of somebody without one.
        person: String,
        /// The new role.
        role: Role,
    },
    /// Says who uses this workspace from now on, here and in the window.
    #[command(after_help = "Example: landbridge-cli people switch ada@example.com")]
    Switch {
        /// E-mail address, or the full name of somebody without one.
        person: String,
    },
}

/// Roles of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// May change settings.
    Admin,
    /// May search, build lists and export.
    User,
}

impl Role {
    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::User => "user",
        }
    }
}
