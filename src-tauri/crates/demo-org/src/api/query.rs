//! Queries over REST, page by page.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::get,
};

use super::{Session, json_text};
use crate::{
    clock,
    fault::ApiFault,
    org::{Cursor, Org},
    records::Records,
    soql::{self, Mode, Pages, Plan},
    value::Keys,
};

/// Most records of a page (REST guide, Query Options Header).
const GREATEST_PAGE_ROWS: usize = 2000;
const LEAST_PAGE_ROWS: usize = 200;
/// What the ids of query locators begin with.
const CURSOR_PREFIX: &str = "01g";

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    Router::new()
        .route("/services/data/{version}/query", get(query))
        .route("/services/data/{version}/queryAll", get(query_all))
        .route("/services/data/{version}/query/{locator}", get(more))
        .route("/services/data/{version}/queryAll/{locator}", get(more))
}

async fn query(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, ApiFault> {
    run(&org, &session, &query, &headers, false)
}

async fn query_all(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, ApiFault> {
    run(&org, &session, &query, &headers, true)
}

fn page_rows(headers: &HeaderMap) -> usize {
    let options = headers
        .get("sforce-query-options")
        .and_then(|value| value.to_str().ok());
    let asked = options.and_then(|options| {
        let (_, size) = options
            .split(',')
            .find_map(|option| option.trim().split_once("batchSize="))?;
        size.trim().parse::<usize>().ok()
    });
    asked.map_or(GREATEST_PAGE_ROWS, |rows| {
        rows.clamp(LEAST_PAGE_ROWS, GREATEST_PAGE_ROWS)
    })
}

fn run(
    org: &Org,
    session: &Session,
    query: &HashMap<String, String>,
    headers: &HeaderMap,
    with_deleted: bool,
) -> Result<Response, ApiFault> {
    let explained = query.get("explain");
    let text = explained.or_else(|| query.get("q")).map_or("", String::as_str);
    let parsed = soql::parse(text, clock::now())?;
    let records = org.read();
    let mut plan = soql::resolve(text, &parsed, &records, session.user)?;
    if explained.is_some() {
        let answer = soql::explain(&records, &plan, text);
        return Ok(json_text(StatusCode::OK, answer.to_string()));
    }
    if query.get("columns").is_some_and(|value| value == "true") {
        return Ok(json_text(
            StatusCode::OK,
            soql::columns(&records, &plan).to_string(),
        ));
    }
    if with_deleted {
        plan.see_deleted_children();
    }
    let keys = soql::matching(&records, &plan, with_deleted);
    let rows = page_rows(headers);
    match plan.mode {
        Mode::Count => {
            let total = keys.len();
            let answer = format!("{{\"totalSize\":{total},\"done\":true,\"records\":[]}}");
            Ok(json_text(StatusCode::OK, answer))
        }
        Mode::Groups => {
            let groups = soql::grouped_records(&records, &plan, &keys);
            if groups.len() > GREATEST_PAGE_ROWS {
                let message = "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a \
                               single batch";
                return Err(ApiFault::bad_request("EXCEEDED_ID_LIMIT", message));
            }
            let total = groups.len();
            let groups = groups.join(",");
            let answer = format!("{{\"totalSize\":{total},\"done\":true,\"records\":[{groups}]}}");
            Ok(json_text(StatusCode::OK, answer))
        }
        Mode::Rows => {
            let next = (keys.len() > rows).then(|| {
                org.keep_cursor(Cursor {
                    plan: plan.clone(),
                    keys: keys.clone(),
                    page_rows: rows,
                })
            });
            let page = Page {
                plan: &plan,
                keys: &keys,
                rows,
                from: 0,
                cursor: next,
            };
            Ok(page.answer(org, &records, &session.version))
        }
    }
}

/// One page of the records that a query chose.
struct Page<'query> {
    plan: &'query Plan,
    keys: &'query Keys,
    rows: usize,
    from: usize,
    /// The cursor that the next page comes from.
    cursor: Option<u32>,
}

impl Page<'_> {
    fn answer(&self, org: &Org, records: &Records, version: &str) -> Response {
        let until = self.keys.len().min(self.from + self.rows);
        let done = until == self.keys.len();
        let mut text = format!("{{\"totalSize\":{},\"done\":{done},", self.keys.len());
        if let Some(number) = self.cursor.filter(|_| !done) {
            text.push_str(&format!(
                "\"nextRecordsUrl\":\"{}\",",
                next_url(org, version, number, until)
            ));
        }
        text.push_str("\"records\":[");
        let keep = |plan: &Plan, keys: &Keys, printed: usize| {
            let number = org.keep_cursor(Cursor {
                plan: plan.clone(),
                keys: keys.clone(),
                page_rows: self.rows,
            });
            next_url(org, version, number, printed)
        };
        let pages = Pages {
            version,
            rows: self.rows,
            keep: &keep,
        };
        let keys = self.keys.slice(self.from, until);
        soql::push_page(&mut text, records, self.plan, &keys, &pages);
        text.push_str("]}");
        json_text(StatusCode::OK, text)
    }
}

fn next_url(org: &Org, version: &str, number: u32, from: usize) -> String {
    let id = org.ids.other_id(CURSOR_PREFIX, number);
    format!("/services/data/v{version}/query/{id}-{from}")
}

async fn more(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, locator)): Path<(String, String)>,
) -> Result<Response, ApiFault> {
    let found = locator.rsplit_once('-').and_then(|(id, from)| {
        let number = org.ids.other_number(CURSOR_PREFIX, id)?;
        Some((number, org.cursor(number)?, from.parse::<usize>().ok()?))
    });
    let Some((number, cursor, from)) = found.filter(|(_, cursor, from)| *from <= cursor.keys.len()) else {
        return Err(ApiFault::bad_request(
            "INVALID_QUERY_LOCATOR",
            "invalid query locator",
        ));
    };
    let page = Page {
        plan: &cursor.plan,
        keys: &cursor.keys,
        rows: cursor.page_rows,
        from,
        cursor: Some(number),
    };
    Ok(page.answer(&org, &org.read(), &session.version))
}
