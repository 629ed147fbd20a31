//! Names for kinds of calls, so that a trouble file need not spell paths.

use serde::{Deserialize, Serialize};

/// A kind of call, or (marked as such) a group of kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Group: every call but those of `/demo/…`.
    #[default]
    Any,
    /// Group: everything under `/services/data/vXX.X`.
    Data,
    /// Group: everything of ingest jobs.
    Ingest,
    /// Group: everything of query jobs.
    QueryJob,
    /// Group: everything under `/services/oauth2`, and the identity URL.
    Oauth,
    /// The list of versions.
    Versions,
    /// `limits`.
    Limits,
    /// `sobjects`.
    DescribeGlobal,
    /// `sobjects/X` (read) and `sobjects/X/describe`.
    Describe,
    /// One record, by id or external id: create, read, update, upsert, delete.
    Record,
    /// `sobjects/X/updated` and `sobjects/X/deleted`.
    Replication,
    /// The first page of a query, explain included.
    Query,
    /// A later page of a query.
    QueryMore,
    /// `composite/sobjects…`.
    Collections,
    /// `composite`, `composite/batch`.
    Composite,
    /// `composite/graph`.
    CompositeGraph,
    /// `composite/tree/X`.
    CompositeTree,
    /// List views.
    ListViews,
    /// Reports.
    Reports,
    /// Makes an ingest job.
    IngestCreate,
    /// The list of ingest jobs.
    IngestList,
    /// An ingest job's info.
    IngestInfo,
    /// The upload of an ingest job.
    IngestUpload,
    /// Closes or aborts an ingest job.
    IngestClose,
    /// Deletes an ingest job.
    IngestDelete,
    /// Successful, failed and unprocessed rows.
    IngestResults,
    /// Makes a query job.
    QueryJobCreate,
    /// The list of query jobs.
    QueryJobList,
    /// A query job's info.
    QueryJobInfo,
    /// Aborts a query job.
    QueryJobAbort,
    /// Deletes a query job.
    QueryJobDelete,
    /// A page of a query job's results.
    QueryJobResults,
    /// The list of a query job's pages.
    QueryJobPages,
    /// The authorize endpoint and its login and consent pages.
    Authorize,
    /// The token endpoint.
    Token,
    /// The revoke endpoint.
    Revoke,
    /// The introspect endpoint.
    Introspect,
    /// The userinfo endpoint.
    Userinfo,
    /// The identity URL.
    Identity,
    /// Calls by SOAP.
    Soap,
    /// Anything else of the data API.
    OtherData,
    /// Anything else.
    Other,
}

impl Family {
    /// The kind of a call.
    #[must_use]
    pub fn of(method: &str, path: &str) -> Self {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        match segments.as_slice() {
            ["id", _, _] => Self::Identity,
            ["services", "oauth2", "authorize", ..] => Self::Authorize,
            ["services", "oauth2", "token"] => Self::Token,
            ["services", "oauth2", "revoke"] => Self::Revoke,
            ["services", "oauth2", "introspect"] => Self::Introspect,
            ["services", "oauth2", "userinfo"] => Self::Userinfo,
            ["services", "Soap", ..] => Self::Soap,
            ["services", "data"] => Self::Versions,
            ["services", "data", _, "jobs", "ingest", rest @ ..] => Self::of_ingest(method, rest),
            ["services", "data", _, "jobs", "query", rest @ ..] => Self::of_query_job(method, rest),
            ["services", "data", _, rest @ ..] => Self::of_data(method, rest),
            _ => Self::Other,
        }
    }

    fn of_data(method: &str, rest: &[&str]) -> Self {
        match rest {
            ["limits"] => Self::Limits,
            ["sobjects"] => Self::DescribeGlobal,
            ["sobjects", _, "updated" | "deleted"] => Self::Replication,
            ["sobjects", _, "describe"] => Self::Describe,
            ["sobjects", _, "listviews", ..] => Self::ListViews,
            ["sobjects", _] if method != "POST" => Self::Describe,
            ["sobjects", _, ..] => Self::Record,
            ["query" | "queryAll"] => Self::Query,
            ["query" | "queryAll", _] => Self::QueryMore,
            ["composite", "sobjects", ..] => Self::Collections,
            ["composite", "graph"] => Self::CompositeGraph,
            ["composite", "tree", ..] => Self::CompositeTree,
            ["composite", ..] => Self::Composite,
            ["analytics", ..] => Self::Reports,
            _ => Self::OtherData,
        }
    }

    fn of_ingest(method: &str, rest: &[&str]) -> Self {
        match (method, rest) {
            ("POST", []) => Self::IngestCreate,
            (_, []) => Self::IngestList,
            ("PATCH", [_]) => Self::IngestClose,
            ("DELETE", [_]) => Self::IngestDelete,
            (_, [_]) => Self::IngestInfo,
            (_, [_, "batches"]) => Self::IngestUpload,
            _ => Self::IngestResults,
        }
    }

    fn of_query_job(method: &str, rest: &[&str]) -> Self {
        match (method, rest) {
            ("POST", []) => Self::QueryJobCreate,
            (_, []) => Self::QueryJobList,
            ("PATCH", [_]) => Self::QueryJobAbort,
            ("DELETE", [_]) => Self::QueryJobDelete,
            (_, [_]) => Self::QueryJobInfo,
            (_, [_, "results"]) => Self::QueryJobResults,
            _ => Self::QueryJobPages,
        }
    }

    /// Whether this is a kind, or a group that the kind belongs to.
    #[must_use]
    pub fn covers(self, kind: Self) -> bool {
        match self {
            Self::Any => true,
            Self::Ingest => kind.is_ingest(),
            Self::QueryJob => kind.is_query_job(),
            Self::Oauth => matches!(
                kind,
                Self::Authorize
                    | Self::Token
                    | Self::Revoke
                    | Self::Introspect
                    | Self::Userinfo
                    | Self::Identity
            ),
            Self::Data => {
                let elsewhere = [Self::Versions, Self::Soap, Self::Other];
                !Self::Oauth.covers(kind) && !elsewhere.contains(&kind)
            }
            other => other == kind,
        }
    }

    fn is_ingest(self) -> bool {
        matches!(
            self,
            Self::IngestCreate
                | Self::IngestList
                | Self::IngestInfo
                | Self::IngestUpload
                | Self::IngestClose
                | Self::IngestDelete
                | Self::IngestResults
        )
    }

    fn is_query_job(self) -> bool {
        matches!(
            self,
            Self::QueryJobCreate
                | Self::QueryJobList
                | Self::QueryJobInfo
                | Self::QueryJobAbort
                | Self::QueryJobDelete
                | Self::QueryJobResults
                | Self::QueryJobPages
        )
    }
}
