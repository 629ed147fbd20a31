//! SOQL queries page by page: `GET /query`, `GET /queryAll`, then `nextRecordsUrl` (REST API Developer Guide,
//! "Query", "QueryAll").

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::client::Client;
use crate::error::Error;
use crate::exact_json;
use crate::record::Record;
use crate::request::Request;

/// An address may be 16,384 bytes long, host included (REST API Developer Guide, status 414).
const LONGEST_ADDRESS_BYTES: usize = 16_000;

/// One page of a query's answer, at most 2,000 records.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryPage {
    /// Records that the query finds in all; with `COUNT()` the count.
    pub total_size: u64,
    /// Where the next page is; `None` on the last one.
    pub next_records_url: Option<String>,
    /// The page's records, each with its `attributes`. Numbers beyond a float's precision are text.
    pub records: Vec<Record>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    #[serde(default)]
    total_size: u64,
    #[serde(default)]
    done: Option<bool>,
    #[serde(default)]
    next_records_url: Option<String>,
    #[serde(default)]
    records: Vec<Box<RawValue>>,
}

impl Client {
    /// The first page of a query.
    pub async fn query(&self, soql: &str) -> Result<QueryPage, Error> {
        self.first_page("query", soql).await
    }

    /// The first page of a query that also sees deleted and archived records.
    pub async fn query_with_deleted(&self, soql: &str) -> Result<QueryPage, Error> {
        self.first_page("queryAll", soql).await
    }

    /// A further page, by the address that the page before gave. Another server's address is refused.
    pub async fn query_more(&self, next_records_url: &str) -> Result<QueryPage, Error> {
        self.page(&Request::get(self.instance_url().join(next_records_url)?))
            .await
    }

    /// Goes through a query's pages one by one.
    #[must_use]
    pub fn pages(&self, soql: impl Into<String>) -> Pages {
        Pages {
            client: self.clone(),
            next: Next::First(soql.into()),
        }
    }

    /// Every record of a query, in memory: for answers known to be small.
    pub async fn query_records(&self, soql: &str) -> Result<Vec<Record>, Error> {
        let mut pages = self.pages(soql);
        let mut records = Vec::new();
        while let Some(page) = pages.next().await? {
            records.extend(page.records);
        }
        Ok(records)
    }

    async fn first_page(&self, resource: &str, soql: &str) -> Result<QueryPage, Error> {
        let request = Request::get(self.data_address(&[resource]).await?).query("q", soql);
        let bytes = request.url.as_str().len();
        if bytes > LONGEST_ADDRESS_BYTES {
            return Err(Error::QueryTooLong {
                bytes,
                allowed: LONGEST_ADDRESS_BYTES,
            });
        }
        self.page(&request).await
    }

    async fn page(&self, request: &Request) -> Result<QueryPage, Error> {
        let what = "a query";
        let reply = self.send(request).await?;
        let answer: Answer = reply.json(what)?;
        let records = answer
            .records
            .iter()
            .map(|raw| exact_json::object(raw))
            .collect::<Result<_, _>>();
        Ok(QueryPage {
            total_size: answer.total_size,
            next_records_url: answer.next_records_url.filter(|_| answer.done != Some(true)),
            records: records.map_err(|error| reply.unreadable(what, &error))?,
        })
    }
}

/// The pages of one query.
#[derive(Debug)]
pub struct Pages {
    client: Client,
    next: Next,
}

#[derive(Debug)]
enum Next {
    First(String),
    Address(String),
    End,
}

impl Pages {
    /// The next page; `None` after the last. A page that points to itself would never end, so it is an error.
    pub async fn next(&mut self) -> Result<Option<QueryPage>, Error> {
        let page = match &self.next {
            Next::First(soql) => self.client.query(soql).await?,
            Next::Address(address) => {
                let page = self.client.query_more(address).await?;
                if page.next_records_url.as_ref() == Some(address) {
                    return Err(Error::Unreadable {
                        what: "a query",
                        detail: "a page names itself as the next one".to_owned(),
                        effort: crate::error::Effort::default(),
                    });
                }
                page
            }
            Next::End => return Ok(None),
        };
        self.next = page.next_records_url.clone().map_or(Next::End, Next::Address);
        Ok(Some(page))
    }
}
