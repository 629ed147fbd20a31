//! Search for words: SOSL, and search by parameters (REST guide, Search and Parameterized Search).

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::{Session, json_text, parse_body};
use crate::{
    clock,
    fault::ApiFault,
    org::Org,
    soql::{self, FieldGroup, Pages, Returning, Search},
};

/// Most records of a search (SOSL guide, limits).
const GREATEST_ROWS: usize = 2000;
/// The newest version that answers with a bare array.
const NEWEST_BARE_VERSION: f64 = 36.0;

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    Router::new()
        .route("/services/data/{version}/search", get(search))
        .route(
            "/services/data/{version}/parameterizedSearch",
            get(by_parameters).post(by_body),
        )
}

async fn search(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, ApiFault> {
    let text = query.get("q").map_or("", String::as_str);
    answer(&org, &session, &Search::parse(text, GREATEST_ROWS)?)
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wanted {
    q: String,
    #[serde(rename = "in")]
    group: Option<String>,
    fields: Vec<String>,
    sobjects: Vec<WantedObject>,
    overall_limit: Option<usize>,
    default_limit: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WantedObject {
    name: String,
    fields: Vec<String>,
    #[serde(rename = "where")]
    condition: Option<String>,
    order_by: Option<String>,
    limit: Option<u32>,
    offset: Option<u32>,
}

async fn by_body(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let wanted: Wanted = parse_body(&body)?;
    answer(&org, &session, &wanted.search()?)
}

async fn by_parameters(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Response, ApiFault> {
    let all = |name: &str| {
        parameters
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.clone())
            .collect::<Vec<_>>()
    };
    let list = |name: &str| {
        all(name)
            .iter()
            .flat_map(|value| value.split(','))
            .map(|field| field.trim().to_owned())
            .collect::<Vec<_>>()
    };
    let number = |name: &str| -> Result<Option<u32>, ApiFault> {
        let given = all(name).pop();
        given
            .map(|text| {
                text.parse().map_err(|_| {
                    let message = format!("{name} must be a number: {text}");
                    ApiFault::bad_request("MALFORMED_SEARCH", message)
                })
            })
            .transpose()
    };
    let mut sobjects = Vec::new();
    for name in list("sobject") {
        sobjects.push(WantedObject {
            fields: list(&format!("{name}.fields")),
            condition: all(&format!("{name}.where")).pop(),
            order_by: all(&format!("{name}.orderBy")).pop(),
            limit: number(&format!("{name}.limit"))?,
            offset: number(&format!("{name}.offset"))?,
            name,
        });
    }
    let wanted = Wanted {
        q: all("q").pop().unwrap_or_default(),
        group: all("in").pop(),
        fields: list("fields"),
        sobjects,
        overall_limit: number("overallLimit")?.map(|limit| limit as usize),
        default_limit: number("defaultLimit")?,
    };
    answer(&org, &session, &wanted.search()?)
}

impl Wanted {
    fn search(&self) -> Result<Search, ApiFault> {
        let group = match &self.group {
            None => FieldGroup::All,
            Some(name) => FieldGroup::named(name).ok_or_else(|| {
                ApiFault::bad_request("MALFORMED_SEARCH", format!("unknown field group: {name}"))
            })?,
        };
        let returning = self.sobjects.iter().map(|object| {
            let fields = if object.fields.is_empty() {
                &self.fields
            } else {
                &object.fields
            };
            let mut inside = fields.join(", ");
            let clauses = [
                ("WHERE", object.condition.clone()),
                ("ORDER BY", object.order_by.clone()),
                (
                    "LIMIT",
                    object.limit.or(self.default_limit).map(|limit| limit.to_string()),
                ),
                ("OFFSET", object.offset.map(|offset| offset.to_string())),
            ];
            for (clause, value) in clauses {
                if let Some(value) = value {
                    inside.push_str(&format!(" {clause} {value}"));
                }
            }
            Returning::new(&object.name, &inside)
        });
        let limit = self.overall_limit.unwrap_or(GREATEST_ROWS).min(GREATEST_ROWS);
        let terms = soql::literal_terms(&self.q);
        Ok(Search::new(&self.q, terms, group, returning.collect(), limit)?)
    }
}

fn answer(org: &Org, session: &Session, search: &Search) -> Result<Response, ApiFault> {
    let records = org.read();
    let mut text = String::new();
    for (plan, keys) in search.run(&records, session.user, clock::now())? {
        if !text.is_empty() && !keys.is_empty() {
            text.push(',');
        }
        let pages = Pages {
            version: &session.version,
            rows: GREATEST_ROWS,
            keep: &|_, _, _| String::new(),
        };
        soql::push_page(&mut text, &records, &plan, &keys, &pages);
    }
    let is_bare = session
        .version
        .parse::<f64>()
        .is_ok_and(|version| version <= NEWEST_BARE_VERSION);
    let text = if is_bare {
        format!("[{text}]")
    } else {
        format!("{{\"searchRecords\":[{text}]}}")
    };
    Ok(json_text(StatusCode::OK, text))
}
