//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use engine::contract::mapping::Target;

/// Exports ZoomInfo lists into Salesforce from a terminal.
#[derive(Debug, Parser)]
#[command(name = "landbridge-cli", version, propagate_version = true, after_help = EXIT_CODES)]
pub struct Options {
    /// Folder of the workspace; without it, the one in the system's data folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    /// Machine output: progress as JSON lines on standard output, the last line is the result.
    #[arg(long, global = true)]
    pub json: bool,
    /// No progress and no text beside the result.
    #[arg(long, global = true)]
    pub quiet: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done, every record settled as planned
  1  done, some records failed (the ledger says which), or a check of the doctor failed
  2  refused before anything was written
  3  could not reach or sign in to Salesforce
  4  stopped or interrupted; the run can be resumed

LANDBRIDGE_INSTANCE_URL with LANDBRIDGE_ACCESS_TOKEN in the environment stand in for the stored connection.
LANDBRIDGE_PASSPHRASE opens the encrypted file, where tokens are kept in one.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs the demo org, a Salesforce-shaped server with made-up data.
    #[command(
        name = "demo-org",
        subcommand,
        after_help = "Example: landbridge-cli demo-org serve"
    )]
    DemoOrg(DemoOrgCommand),
    /// Connects an org: opens its login page in the browser and waits.
    #[command(
        after_help = "Example: landbridge-cli connect --login-url https://acme.my.salesforce.com --client-id 3MVG9…"
    )]
    Connect(ConnectOptions),
    /// Ends the connection: tokens are revoked and forgotten, settings stay. The primary admin alone may.
    #[command(after_help = "Example: landbridge-cli disconnect --wipe-mirror")]
    Disconnect(DisconnectOptions),
    /// Chooses who connects to Salesforce: one service account, or everybody with a user of their own.
    #[command(after_help = "Example: landbridge-cli accounts user")]
    Accounts {
        /// The choice; without it, it is shown.
        choice: Option<AccountsChoice>,
    },
    /// Shows and chooses where tokens are kept on this machine.
    #[command(subcommand, after_help = "Example: landbridge-cli tokens move --to file")]
    Tokens(TokensCommand),
    /// Checks what the org and the connected user allow, each line with its mend; exit code 1 when a check failed.
    #[command(
        after_help = "Example: landbridge-cli doctor --permission-set Landbridge.permissionset-meta.xml"
    )]
    Doctor(DoctorOptions),
    /// Imports ZoomInfo CSV files, each as a list.
    #[command(after_help = "Example: landbridge-cli import targets.csv --list \"Q1 targets\"")]
    Import(ImportOptions),
    /// Shows, saves and restores mappings.
    #[command(
        subcommand,
        after_help = "Example: landbridge-cli mapping show --object contact"
    )]
    Mapping(MappingCommand),
    /// Turns all exports on or off.
    #[command(after_help = "Example: landbridge-cli exports off --stop-runs")]
    Exports {
        /// The new state.
        state: Switch,
        /// Stops runs that are being sent; without it, they finish.
        #[arg(long)]
        stop_runs: bool,
    },
    /// Plans an export, and sends it unless it is a dry run.
    #[command(after_help = "Example: landbridge-cli export --object lead --list \"Q1 targets\" --dry-run")]
    Export(ExportOptions),
    /// Shows and sets which Salesforce user each person is: the owner of what they export.
    #[command(subcommand, after_help = "Example: landbridge-cli users map")]
    Users(UsersCommand),
    /// Shows, adds and removes the people of the organisation, and says who uses this workspace.
    #[command(subcommand, after_help = "Example: landbridge-cli people list")]
    People(PeopleCommand),
    /// Shows who did what, newest first.
    #[command(after_help = "Example: landbridge-cli --json audit --since 2026-02-03")]
    Audit(AuditOptions),
    /// Saves a support bundle: versions, settings, runs and the log, with every value hashed.
    #[command(
        name = "support-bundle",
        after_help = "Example: landbridge-cli support-bundle bundle.zip"
    )]
    SupportBundle {
        /// The zip file to write.
        file: PathBuf,
    },
    /// Shows the workspaces that this machine knows, one an org.
    #[command(subcommand, after_help = "Example: landbridge-cli workspaces list")]
    Workspaces(WorkspacesCommand),
    /// Shows, resumes, retries, undoes and cancels runs.
    #[command(subcommand, after_help = "Example: landbridge-cli runs list")]
    Runs(RunsCommand),
}

/// `workspaces …`
#[derive(Debug, Subcommand)]
pub enum WorkspacesCommand {
    /// The open one first, each with its org, and why it cannot be opened where that is so.
    #[command(after_help = "Example: landbridge-cli --json workspaces list")]
    List,
}

/// `doctor`
#[derive(Debug, Args)]
pub struct DoctorOptions {
    /// Writes a permission set (Metadata API XML) with all that Landbridge needs, for the Salesforce admin.
    #[arg(long, value_name = "FILE")]
    pub permission_set: Option<PathBuf>,
}

/// `demo-org …`
#[derive(Debug, Subcommand)]
pub enum DemoOrgCommand {
    /// Serves until SIGINT or SIGTERM; the first line says where, and how to sign in.
    #[command(
        after_help = "Example: landbridge-cli demo-org serve --seed 7 --leads 500 --trouble trouble.json"
    )]
    Serve(ServeOptions),
}

/// What the demo org's duplicate rules do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DuplicateRules {
    /// Refuse a record until the client says that it knows.
    Alert,
    /// Refuse a record.
    Block,
    /// Save a record and report it.
    Report,
}

/// `demo-org serve`
#[derive(Debug, Args)]
pub struct ServeOptions {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Seed of all made-up data.
    #[arg(long)]
    pub seed: Option<u64>,
    /// Number of accounts.
    #[arg(long)]
    pub accounts: Option<u32>,
    /// Number of contacts.
    #[arg(long)]
    pub contacts: Option<u32>,
    /// Number of leads.
    #[arg(long)]
    pub leads: Option<u32>,
    /// Number of opportunities.
    #[arg(long)]
    pub opportunities: Option<u32>,
    /// Installs the ZoomInfo native app: its fields and objects in the namespace DOZISF.
    #[arg(long)]
    pub native_app: bool,
    /// Makes the standard duplicate rules active: `alert` can be overridden by a client, `block` cannot, `report` saves.
    #[arg(long, value_name = "ACTION")]
    pub duplicate_rules: Option<DuplicateRules>,
    /// JSON file that says what goes wrong from the start: {"holds_jobs": true} keeps Bulk jobs in progress.
    /// src-tauri/crates/demo-org/TROUBLE.md shows all that it may say.
    #[arg(long, value_name = "FILE")]
    pub trouble: Option<PathBuf>,
    /// Serves https://localhost with a throw-away certificate; the first line carries it as certificate_pem.
    #[arg(long)]
    pub tls: bool,
    /// Writes the certificate here too, for clients that want a file to trust.
    #[arg(long, value_name = "FILE", requires = "tls")]
    pub certificate_file: Option<PathBuf>,
    /// Lets the app's integration user in by JWT bearer tokens that this certificate or public key (PEM) verifies.
    #[arg(long, value_name = "FILE")]
    pub jwt_certificate: Option<PathBuf>,
}

/// `connect`
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of the command")]
#[derive(Debug, Args)]
pub struct ConnectOptions {
    /// Where to sign in.
    #[arg(long, default_value = "https://login.salesforce.com")]
    pub login_url: String,
    /// Consumer key of the External Client App. The consumer secret, if the app asks for one, comes from
    /// LANDBRIDGE_CLIENT_SECRET.
    #[arg(long)]
    pub client_id: Option<String>,
    /// Connects another service account; whoever does it becomes the primary admin.
    #[arg(long)]
    pub change_user: bool,
    /// Connects the operator's own Salesforce user, where everybody exports with one. It signs in where the admin did.
    #[arg(long, conflicts_with = "change_user")]
    pub own_user: bool,
    /// Goes on although the login leads to another org than the connected one.
    #[arg(long)]
    pub accept_other_org: bool,
    /// Signs in without a browser, by the JWT bearer flow, as the user of --username.
    #[arg(long, requires_all = ["username", "client_id"])]
    pub jwt: bool,
    /// Login name of the user whom the app acts as.
    #[arg(long, value_name = "USER", requires = "jwt")]
    pub username: Option<String>,
    /// File with the RSA private key (PEM); without it, the key comes on standard input. It is kept with the tokens.
    #[arg(long, value_name = "FILE", requires = "jwt")]
    pub key_file: Option<PathBuf>,
}

/// `disconnect`
#[derive(Debug, Args)]
pub struct DisconnectOptions {
    /// Empties the local copy of the org's records too.
    #[arg(long)]
    pub wipe_mirror: bool,
    /// Ends the operator's own connection only.
    #[arg(long, conflicts_with = "wipe_mirror")]
    pub own_user: bool,
}

/// Who connects to Salesforce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AccountsChoice {
    /// One service account for everybody.
    Service,
    /// Everybody with a user of their own.
    User,
}

/// `tokens …`
#[derive(Debug, Subcommand)]
pub enum TokensCommand {
    /// Shows where tokens are kept, and what keeps them from being read.
    #[command(after_help = "Example: landbridge-cli --json tokens show")]
    Show,
    /// Keeps tokens elsewhere from now on and takes along those that there are. The passphrase of the file comes from
    /// LANDBRIDGE_PASSPHRASE or standard input; other commands read it from LANDBRIDGE_PASSPHRASE.
    #[command(after_help = "Example: landbridge-cli tokens move --to file")]
    Move {
        /// The place.
        #[arg(long, value_name = "PLACE")]
        to: TokenPlace,
        /// Goes on although what is kept now cannot be read: those connections need a new login.
        #[arg(long)]
        leave_behind: bool,
    },
}

/// Where tokens are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TokenPlace {
    /// The keychain of the operating system.
    Keychain,
    /// A file that is encrypted with a passphrase, outside the workspace.
    File,
}

/// `import`
#[derive(Debug, Args)]
pub struct ImportOptions {
    /// CSV files.
    #[arg(required_unless_present = "sample")]
    pub files: Vec<PathBuf>,
    /// Name of the list; without it, the file's name.
    #[arg(long, value_name = "NAME")]
    pub list: Option<String>,
    /// Imports the made-up lists that ship with Landbridge.
    #[arg(long, conflicts_with_all = ["files", "list"])]
    pub sample: bool,
}

/// `mapping …`
#[derive(Debug, Subcommand)]
pub enum MappingCommand {
    /// Tests a mapping: creates one record, reads it back, compares every field and deletes it.
    #[command(after_help = TEST_EXIT_CODES)]
    Test(MappingTestOptions),
    /// Prints the mapping document of one object; `mapping set` accepts it.
    #[command(
        disable_version_flag = true,
        after_help = "Example: landbridge-cli mapping show --object lead > lead-mapping.json"
    )]
    Show {
        /// The object.
        #[arg(long)]
        object: Object,
        /// An earlier version; without it, the newest.
        #[arg(long, value_name = "N")]
        version: Option<u32>,
    },
    /// Saves a mapping document as a new version. Blank rows and faulty templates are refused.
    #[command(
        after_help = "Example: landbridge-cli mapping set --object lead --file lead-mapping.json --note \"Q1 campaign\""
    )]
    Set {
        /// The object.
        #[arg(long)]
        object: Object,
        /// The document; without it, standard input.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// A note for the history.
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
        /// The version that the document was made from; a newer one that somebody saved since then refuses this one.
        #[arg(long, value_name = "N")]
        based_on: Option<u32>,
    },
    /// Lists the versions, newest first, with what differs from the version before.
    #[command(after_help = "Example: landbridge-cli --json mapping history --object lead")]
    History {
        /// The object.
        #[arg(long)]
        object: Object,
    },
    /// Saves an earlier version again, as a new version.
    #[command(
        disable_version_flag = true,
        after_help = "Example: landbridge-cli mapping restore --object lead --version 3"
    )]
    Restore {
        /// The object.
        #[arg(long)]
        object: Object,
        /// The version to go back to.
        #[arg(long, value_name = "N")]
        version: u32,
    },
}

const TEST_EXIT_CODES: &str = "\
Exit codes:
  0  every field is in Salesforce as it was sent, and the record is deleted
  1  a field is different, or the record could not be deleted
  2  the mapping or Salesforce refused the record, so nothing was written
  3  could not reach or sign in to Salesforce; what was made is deleted by the next connected command
  4  stopped; what was made is deleted by the next connected command

Example: landbridge-cli --json mapping test --object lead --file lead-mapping.json --list \"Q1 targets\" --sample 3";

/// `mapping test`
#[derive(Debug, Args)]
pub struct MappingTestOptions {
    /// The object.
    #[arg(long)]
    pub object: Object,
    /// A mapping file; without it, the saved mapping is tested.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Name of the list that the sample profile comes from; without it, the newest one that fits, else made-up data.
    #[arg(long, value_name = "NAME")]
    pub list: Option<String>,
    /// Which profile of the list is written, from 1.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub sample: u32,
}

/// `export`
#[derive(Debug, Args)]
pub struct ExportOptions {
    /// The object that profiles become.
    #[arg(long)]
    pub object: Object,
    /// Name of an imported list.
    #[arg(
        long,
        value_name = "NAME",
        required_unless_present = "file",
        conflicts_with = "file"
    )]
    pub list: Option<String>,
    /// A CSV file, which is imported as a list first.
    #[arg(long, value_name = "CSV")]
    pub file: Option<PathBuf>,
    /// At most so many profiles, in the list's order.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// Plans only; nothing is written.
    #[arg(long)]
    pub dry_run: bool,
    /// What happens to profiles that the org has already; without it, the admin's default.
    #[arg(long, value_name = "ACTION")]
    pub on_duplicate: Option<OnDuplicate>,
    /// What happens to records that wait for an answer; without it, they are left out and named in the ledger.
    #[arg(long, value_name = "HOW")]
    pub on_ask: Option<OnAsk>,
    /// E-mail address of the person who gets the new records; admins only.
    #[arg(long = "as", value_name = "EMAIL")]
    pub as_email: Option<String>,
    /// Name or id of a campaign that the exported people are added to.
    #[arg(long, value_name = "CAMPAIGN")]
    pub campaign: Option<String>,
    /// Member status in that campaign; without it, the campaign's default.
    #[arg(long, value_name = "STATUS", requires = "campaign")]
    pub member_status: Option<String>,
    /// Saves records although an alerting duplicate rule of the org stops them, by a second call.
    #[arg(long)]
    pub save_past_alerts: bool,
}

/// What happens to profiles that the org has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnDuplicate {
    /// Exact hits update the record that is there.
    Update,
    /// A second record is created.
    Create,
    /// It is not exported.
    Skip,
}

impl OnDuplicate {
    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Create => "create",
            Self::Skip => "skip",
        }
    }
}

/// What happens to records that wait for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnAsk {
    /// They are left out.
    Skip,
    /// As the admin's default says; accounts are created, associated, or the best match is taken.
    Default,
}

impl OnAsk {
    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Default => "default",
        }
    }
}

/// `users …`
#[derive(Debug, Subcommand)]
pub enum UsersCommand {
    /// Shows which Salesforce user each person is, and sets it from a CSV file with the columns email and salesforce_user.
    #[command(after_help = "Example: landbridge-cli users map --file people.csv")]
    Map {
        /// CSV file: email, salesforce_user (a username, an e-mail address or an id; empty for nobody).
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

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

/// `audit`
#[derive(Debug, Args)]
pub struct AuditOptions {
    /// Not earlier than this: a time (RFC 3339) or a date (UTC).
    #[arg(long, value_name = "T")]
    pub since: Option<String>,
    /// Only entries that have these words.
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub search: String,
    /// Only entries of this area.
    #[arg(long, value_name = "AREA")]
    pub area: Option<Area>,
    /// At most so many entries.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
}

/// Areas of the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Area {
    /// Connecting and disconnecting.
    Connection,
    /// People, roles, the operator.
    People,
    /// Settings and the master toggle.
    Settings,
    /// Mappings and their tests.
    Mapping,
    /// User mapping.
    UserMapping,
    /// Runs.
    Runs,
    /// Lists.
    Lists,
    /// Deleting what is stored, support bundles, workspaces.
    StoredData,
}

impl Area {
    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::People => "people",
            Self::Settings => "settings",
            Self::Mapping => "mapping",
            Self::UserMapping => "user_mapping",
            Self::Runs => "runs",
            Self::Lists => "lists",
            Self::StoredData => "stored_data",
        }
    }
}

/// `runs …`
#[derive(Debug, Subcommand)]
pub enum RunsCommand {
    /// Lists the runs, newest first.
    #[command(after_help = "Example: landbridge-cli --json runs list")]
    List,
    /// Shows one run.
    #[command(after_help = "Example: landbridge-cli runs show 12")]
    Show {
        /// Id of the run.
        id: i64,
    },
    /// Prints or saves the ledger of a run.
    #[command(after_help = "Example: landbridge-cli runs ledger 12 --csv ledger.csv")]
    Ledger {
        /// Id of the run.
        id: i64,
        /// Saves it as CSV with all source columns.
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
        /// Saves it as an Excel workbook with all source columns.
        #[arg(long, value_name = "FILE", conflicts_with = "csv")]
        xlsx: Option<PathBuf>,
    },
    /// Goes on with a run that waits or was interrupted.
    #[command(after_help = "Example: landbridge-cli runs resume 12")]
    Resume {
        /// Id of the run.
        id: i64,
    },
    /// Sends again what failed, as a new run.
    #[command(after_help = "Example: landbridge-cli runs retry 12")]
    Retry {
        /// Id of the run.
        id: i64,
        /// Takes what was left without an answer instead, and answers it as the admin's default says.
        #[arg(long)]
        unanswered: bool,
        /// Plans only; nothing is written.
        #[arg(long)]
        dry_run: bool,
    },
    /// Takes back what a run wrote: restores updated records and deletes created ones.
    #[command(after_help = "Example: landbridge-cli runs undo 12 --dry-run")]
    Undo {
        /// Id of the run.
        id: i64,
        /// Says what would be done; nothing is written.
        #[arg(long)]
        dry_run: bool,
    },
    /// Cancels a run; what was sent stays in its ledger.
    #[command(after_help = "Example: landbridge-cli runs cancel 12")]
    Cancel {
        /// Id of the run.
        id: i64,
    },
}

/// Salesforce objects that profiles become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Object {
    /// Account, from companies.
    Account,
    /// Contact, from contacts.
    Contact,
    /// Lead, from contacts.
    Lead,
}

impl Object {
    /// The contract's object.
    pub fn target(self) -> Target {
        match self {
            Self::Account => Target::Account,
            Self::Contact => Target::Contact,
            Self::Lead => Target::Lead,
        }
    }

    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Contact => "contact",
            Self::Lead => "lead",
        }
    }
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// Exports are allowed.
    On,
    /// Nobody may export.
    Off,
}
