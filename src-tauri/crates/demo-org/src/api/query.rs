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
    soql::{self, Mode, Plan},
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
    let text = query.get("q").map_or("", String::as_str);
    let parsed = soql::parse(text, clock::now())?;
    let records = org.read();
    let plan = soql::resolve(text, &parsed, &records, session.user)?;
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
        Mode::Rows if keys.len() <= rows => Ok(page(org, &records, session, &plan, &keys, 0, rows, None)),
        Mode::Rows => {
            let number = org.keep_cursor(Cursor {
                plan: plan.clone(),
                keys: keys.clone(),
                page_rows: rows,
            });
            Ok(page(org, &records, session, &plan, &keys, 0, rows, Some(number)))
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "each is a different part of one page")]
fn page(
    org: &Org,
    records: &crate::records::Records,
    session: &Session,
    plan: &Plan,
    keys: &Keys,
    from: usize,
    rows: usize,
    cursor: Option<u32>,
) -> Response {
    let until = keys.len().min(from + rows);
    let version = &session.version;
    let done = until == keys.len();
    let mut text = format!("{{\"totalSize\":{},\"done\":{done},", keys.len());
    if let Some(number) = cursor.filter(|_| !done) {
        let id = org.ids.other_id(CURSOR_PREFIX, number);
        for piece in [
            "\"nextRecordsUrl\":\"/services/data/v",
            version,
            "/query/",
            &id,
            "-",
        ] {
            text.push_str(piece);
        }
        text.push_str(&until.to_string());
        text.push_str("\",");
    }
    text.push_str("\"records\":[");
    soql::push_page(&mut text, records, plan, &keys.slice(from, until), version);
    text.push_str("]}");
    json_text(StatusCode::OK, text)
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
    let records = org.read();
    let (plan, keys, rows) = (&cursor.plan, &cursor.keys, cursor.page_rows);
    Ok(page(
        &org,
        &records,
        &session,
        plan,
        keys,
        from,
        rows,
        Some(number),
    ))
}
