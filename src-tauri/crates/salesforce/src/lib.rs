//! Client of one Salesforce org.
//!
//! It signs a person in (`login`) or a program (`server_login`), keeps the session alive (`client`, `token_keeper`)
//! and speaks the REST and Bulk 2.0 APIs, one family a file: `versions`, `organization`, `introspection`, `limits`,
//! `describe`, `query`, `record`, `collections`, `composite`, `tree`, `changes`, `list_views`, `reports`,
//! `permissions`, `packages`, `rules`, `people`, `campaigns`, `picklists`, `bulk_ingest`, `bulk_query`. Every request goes through one path
//! (`send`), so tokens, retries, compression, the quota gauge and errors are handled once.
//!
//! It never knows the store, the mapping or the window; it never repeats a write whose reply was lost; it never
//! follows a redirect, and never sends a token to another origin than the org's own.
//!
//! To add an API family: one file with the answer's types and an `impl Client` that builds a `Request` and
//! reads the `Reply`; name the document that states the shape in its doc comment; one test file against a
//! small server written from that document.

mod address_parts;
mod answer;
mod api_error;
mod bulk_ingest;
mod bulk_query;
mod call_meter;
mod campaigns;
mod changes;
mod client;
mod collections;
mod composite;
mod describe;
mod error;
mod exact_json;
mod http_client;
mod ingest_csv;
mod introspection;
mod limits;
mod list_views;
mod login;
mod oauth;
mod org_address;
mod org_clock;
mod organization;
mod packages;
mod people;
mod permissions;
mod picklists;
mod polling;
mod query;
mod record;
mod reports;
mod request;
mod retry;
mod rules;
mod send;
mod server_login;
mod session;
pub mod soql;
mod token_keeper;
mod tokens;
mod tree;
mod upload;
mod usage;
mod versions;
mod write_options;

pub use api_error::{ApiError, DuplicateMatch, DuplicateResult};
pub use bulk_ingest::{
    BulkIngest, Downloaded, IngestOptions, JobInfo, JobState, LARGEST_UPLOAD_BYTES, LentRow, Operation,
    Progress, Recovery, ResultFiles, ResultRow, ResultRows, ResultSet, RowError, SentRows,
};
pub use bulk_query::{
    BulkQuery, Cells, PageRows, QueryDownload, QueryDownloadOptions, QueryJob, QueryJobInfo, QueryJobOptions,
    QueryRow, ResumePoint, RowSink, SinkError,
};
pub use call_meter::{CallMeter, MeterError};
pub use campaigns::{Campaign, CampaignMemberStatus};
pub use changes::{Deleted, DeletedRecord, Updated};
pub use client::{Client, ClientOptions};
pub use collections::{CollectionOptions, LARGEST_COLLECTION_RECORDS, RowOutcome};
pub use composite::{
    Graph, GraphAnswer, LARGEST_COMPOSITE_SUBREQUESTS, LARGEST_GRAPH_COUNT, LARGEST_GRAPH_NODES, Subanswer,
    Subrequest, reference_to_id,
};
pub use describe::{ChildRelationship, Field, ObjectDescribe, ObjectSummary, PicklistValue, RecordTypeInfo};
pub use error::{Effort, Error, Limit};
pub use ingest_csv::{IngestCell, IngestCsv, ReservedText};
pub use introspection::Introspection;
pub use limits::{Allowance, Limits};
pub use list_views::{ListView, ListViewColumn, ListViewDescribe, MemberQuery};
pub use login::{CALLBACK_PORTS, CALLBACK_URLS, DEFAULT_SCOPES, Login, LoginError, LoginOptions};
pub use org_address::{AddressError, InstanceUrl, LoginUrl, PRODUCTION_LOGIN, SANDBOX_LOGIN};
pub use organization::{CurrentUser, Identity, Organization, UserInfo};
pub use packages::InstalledPackage;
pub use people::{Queue, User};
pub use picklists::{OfferedValue, OfferedValues};
pub use query::{Pages, QueryPage};
pub use record::{Record, Upserted};
pub use reports::{ReportFilter, ReportInstance, ReportPage, ReportRow, ReportRun, ReportSummary};
pub use retry::{Backoff, Pace};
pub use rules::{AssignmentRule, DuplicateAction, DuplicateRuleInfo, DuplicateSearch, DuplicateSetup};
pub use server_login::{KeyError, ServerGrant, ServerLogin, SigningKey};
pub use token_keeper::{KeepError, KeeperLock, SessionOnly, TokenKeeper};
pub use tokens::{TokenFormatError, Tokens};
pub use tree::{LARGEST_TREE_RECORDS, TreeOutcome, TreeRecord};
pub use usage::{ApiUsage, AppUsage};
pub use versions::{ApiVersion, OfferedVersion};
pub use write_options::{AutoAssign, DuplicateRule, WriteOptions};
