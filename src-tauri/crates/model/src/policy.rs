//! Who may do what: the one table of roles and acts.
//!
//! On one machine roles guard against mistakes; the account of the operating system is the real boundary.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a person is to the integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The admin who made the connection to Salesforce.
    PrimaryAdmin,
    /// Every other admin.
    SecondaryAdmin,
    /// Everybody else.
    User,
}

impl Standing {
    /// All of them, mightiest first.
    pub const ALL: [Self; 3] = [Self::PrimaryAdmin, Self::SecondaryAdmin, Self::User];

    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::PrimaryAdmin => "Primary admin",
            Self::SecondaryAdmin => "Admin",
            Self::User => "User",
        }
    }
}

/// Who may do an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Allowed {
    /// Everybody.
    Everybody,
    /// Admins.
    Admins,
    /// The primary admin alone.
    PrimaryAdmin,
}

impl Allowed {
    /// Whether somebody of a standing is among them.
    #[must_use]
    pub fn includes(self, standing: Standing) -> bool {
        match self {
            Self::Everybody => true,
            Self::Admins => standing != Standing::User,
            Self::PrimaryAdmin => standing == Standing::PrimaryAdmin,
        }
    }
}

/// Everything that somebody may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Seeing the frame, the settings, and who is who.
    Look,
    /// Saying who uses this window.
    SwitchOperator,
    /// Importing, renaming and deleting lists, and searching them.
    BuildLists,
    /// Planning, sending, retrying and undoing own exports, within the limits.
    Export,
    /// Seeing and stopping the runs of others.
    SeeAllRuns,
    /// Exporting for somebody else.
    ExportForOthers,
    /// Connecting as oneself, in user-account mode.
    ConnectOwnUser,
    /// Changing, testing and restoring mappings.
    ChangeMapping,
    /// Changing the Export tab.
    ChangeExportSettings,
    /// Changing what is filtered.
    ChangeFiltering,
    /// Turning all exports on or off.
    TurnExports,
    /// Saying which Salesforce user somebody is.
    MapUsers,
    /// Adding, changing and removing people.
    ManagePeople,
    /// Choosing between service account and user accounts.
    ChooseAccounts,
    /// Connecting an org, and signing in again after the session ended.
    Connect,
    /// Connecting another service account, which makes one the primary admin.
    ChangeUser,
    /// Ending the connection.
    Disconnect,
    /// Choosing where tokens are kept.
    ChooseTokenHome,
    /// Running the connection doctor.
    RunDoctor,
    /// Reading the audit log.
    ReadAudit,
    /// Deleting what is stored on this machine.
    DeleteStoredData,
    /// Making a support bundle.
    MakeSupportBundle,
    /// Making and opening workspaces.
    SwitchWorkspace,
}

impl Act {
    /// All of them, in the order of the table in the documentation.
    pub const ALL: [Self; 23] = [
        Self::Look,
        Self::SwitchOperator,
        Self::SwitchWorkspace,
        Self::BuildLists,
        Self::Export,
        Self::ConnectOwnUser,
        Self::SeeAllRuns,
        Self::ExportForOthers,
        Self::ChangeMapping,
        Self::ChangeExportSettings,
        Self::ChangeFiltering,
        Self::TurnExports,
        Self::MapUsers,
        Self::ManagePeople,
        Self::ChooseAccounts,
        Self::Connect,
        Self::ChangeUser,
        Self::Disconnect,
        Self::ChooseTokenHome,
        Self::RunDoctor,
        Self::ReadAudit,
        Self::DeleteStoredData,
        Self::MakeSupportBundle,
    ];

    /// Who may.
    #[must_use]
    pub fn allowed(self) -> Allowed {
        match self {
            Self::Look
            | Self::SwitchOperator
            | Self::SwitchWorkspace
            | Self::BuildLists
            | Self::Export
            | Self::ConnectOwnUser => Allowed::Everybody,
            Self::SeeAllRuns
            | Self::ExportForOthers
            | Self::ChangeMapping
            | Self::ChangeExportSettings
            | Self::ChangeFiltering
            | Self::TurnExports
            | Self::MapUsers
            | Self::ManagePeople
            | Self::ChooseAccounts
            | Self::Connect
            | Self::ChangeUser
            | Self::ChooseTokenHome
            | Self::RunDoctor
            | Self::ReadAudit
            | Self::DeleteStoredData
            | Self::MakeSupportBundle => Allowed::Admins,
            Self::Disconnect => Allowed::PrimaryAdmin,
        }
    }

    /// What follows "may".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Look => "look at the settings",
            Self::SwitchOperator => "say who uses this window",
            Self::SwitchWorkspace => "make and open workspaces",
            Self::BuildLists => "import and delete lists",
            Self::Export => "export, retry and undo",
            Self::ConnectOwnUser => "connect with a Salesforce user of their own",
            Self::SeeAllRuns => "see the runs of others",
            Self::ExportForOthers => "export for another person",
            Self::ChangeMapping => "change and test mappings",
            Self::ChangeExportSettings => "change export settings",
            Self::ChangeFiltering => "change filtering",
            Self::TurnExports => "turn exports on or off",
            Self::MapUsers => "say which Salesforce user somebody is",
            Self::ManagePeople => "add, change and remove people",
            Self::ChooseAccounts => "choose who connects to Salesforce",
            Self::Connect => "connect an org",
            Self::ChangeUser => "change the service account user",
            Self::Disconnect => "disconnect",
            Self::ChooseTokenHome => "choose where tokens are kept",
            Self::RunDoctor => "run the connection doctor",
            Self::ReadAudit => "read the audit log",
            Self::DeleteStoredData => "delete what is stored here",
            Self::MakeSupportBundle => "make a support bundle",
        }
    }
}

/// Admins whom a refusal names one by one.
const NAMED_ADMINS: usize = 5;

/// The people whom a refusal names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhoMay {
    /// The primary admin, once there is one.
    pub primary_admin: Option<String>,
    /// Everybody with the role admin, by name.
    pub admins: Vec<String>,
}

/// Why somebody of a standing may not do an act, and who may; `None` when they may.
#[must_use]
pub fn refusal(act: Act, standing: Standing, who: &WhoMay) -> Option<String> {
    let allowed = act.allowed();
    if allowed.includes(standing) {
        return None;
    }
    let doing = act.words();
    Some(match (allowed, &who.primary_admin) {
        (Allowed::PrimaryAdmin, Some(primary)) => {
            format!("Only {primary}, the primary admin, may {doing}.")
        }
        (Allowed::PrimaryAdmin, None) => {
            format!(
                "Only the primary admin may {doing}, and there is none now. Change User makes an admin the primary one."
            )
        }
        _ => match who.admins.as_slice() {
            [] => format!("Only admins may {doing}. This workspace has no admin now."),
            [name] => format!("Only admins may {doing}. The admin of this workspace is {name}."),
            names => {
                let (first, more) = names.split_at(names.len().min(NAMED_ADMINS));
                let more = match more.len() {
                    0 => String::new(),
                    more => format!(" and {more} more, whom the page of people names"),
                };
                format!(
                    "Only admins may {doing}. The admins of this workspace are {}{more}.",
                    first.join(", ")
                )
            }
        },
    })
}
