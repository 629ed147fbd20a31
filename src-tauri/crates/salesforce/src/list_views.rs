//! List views: the lists that people keep of an object, and the query behind each (REST API Developer Guide, "List
//! Views", "List View Describe").

mod member_query;

use std::collections::HashSet;

use serde::Deserialize;

pub use member_query::MemberQuery;

use crate::address_parts::{api_name, record_id};
use crate::client::Client;
use crate::error::Error;
use crate::request::Request;

/// One list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ListView {
    /// `00B…`
    pub id: String,
    /// API name.
    pub developer_name: String,
    /// As people see it.
    pub label: String,
    /// Whether a query can give the same records.
    pub soql_compatible: bool,
}

/// A list with its columns and query.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ListViewDescribe {
    /// `00B…`
    pub id: String,
    /// The columns in their order; some are hidden.
    pub columns: Vec<ListViewColumn>,
    /// The SOQL that gives its records, with the columns.
    pub query: String,
    /// `everything`, `mine`, `queue`, …
    pub scope: Option<String>,
    /// API name of the object.
    pub sobject_type: String,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ListViewColumn {
    /// Field, or path to one.
    pub field_name_or_path: String,
    /// As people see it.
    pub label: String,
    /// Only there for the query's sake.
    pub hidden: bool,
    /// Field type.
    #[serde(rename = "type")]
    pub kind: String,
}

impl ListViewDescribe {
    /// The query that gives the ids of the list's records; `None` if the list's own query cannot be read.
    #[must_use]
    pub fn member_query(&self) -> Option<MemberQuery> {
        MemberQuery::reduce(&self.query)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[serde(default)]
    listviews: Vec<ListView>,
    #[serde(default)]
    next_records_url: Option<String>,
}

impl Client {
    /// The list views of an object that the user sees.
    pub async fn list_views(&self, object: &str) -> Result<Vec<ListView>, Error> {
        let what = "the list views";
        let mut url = self
            .data_address(&["sobjects", &api_name(object)?, "listviews"])
            .await?;
        let (mut views, mut asked) = (Vec::new(), HashSet::new());
        while asked.insert(url.clone()) {
            let reply = self.send(&Request::get(url.clone())).await?;
            let page: Page = reply.json(what)?;
            views.extend(page.listviews);
            match page.next_records_url {
                Some(next) => url = self.instance_url().join(&next)?,
                None => return Ok(views),
            }
            if asked.contains(&url) {
                return Err(reply.unreadable(what, &"a page names an earlier one as the next"));
            }
        }
        Ok(views)
    }

    /// One list view with its columns and query.
    pub async fn describe_list_view(&self, object: &str, id: &str) -> Result<ListViewDescribe, Error> {
        let segments = [
            "sobjects",
            &api_name(object)?,
            "listviews",
            &record_id(id)?,
            "describe",
        ];
        let request = Request::get(self.data_address(&segments).await?);
        self.send(&request).await?.json("a list view")
    }
}
