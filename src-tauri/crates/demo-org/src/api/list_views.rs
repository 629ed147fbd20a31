//! List views: which there are, what they show, and their rows (REST guide, List Views).

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension, Json, Router,
    extract::{Path, Query, State},
    routing::get,
};
use serde_json::{Value, json};

use super::{Session, object_named};
use crate::{
    fault::ApiFault,
    org::Org,
    records::Records,
    reporting::{self, VIEWS, View},
    schema::Kind,
    value::Key,
};

/// Rows of one answer, unless `limit` says otherwise.
const USUAL_ROWS: usize = 25;
const GREATEST_ROWS: usize = 2000;

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    let views = "/services/data/{version}/sobjects/{object}/listviews";
    Router::new()
        .route(views, get(list))
        .route(&format!("{views}/{{id}}"), get(one))
        .route(&format!("{views}/{{id}}/describe"), get(describe))
        .route(&format!("{views}/{{id}}/results"), get(results))
}

/// The views of an object, with their records.
fn views_of<'records>(
    records: &'records Records,
    object: &'records str,
) -> impl Iterator<Item = (Key, &'static View)> + 'records {
    let table = records
        .object_index("ListView")
        .map(|index| (index, records.table(index)));
    let rows = table.into_iter().flat_map(|(index, table)| {
        table.rows().map(move |(number, _)| Key {
            object: index,
            number,
        })
    });
    rows.filter_map(move |key| {
        let name = records.text_of(key, "DeveloperName")?;
        let view = VIEWS
            .iter()
            .find(|view| view.object == object && view.developer_name == name)?;
        (records.text_of(key, "SobjectType").as_deref() == Some(object)).then_some((key, view))
    })
}

fn entry(org: &Org, session: &Session, key: Key, view: &View) -> Value {
    let id = org.ids.id(key);
    let base = format!(
        "/services/data/v{}/sobjects/{}/listviews/{id}",
        session.version, view.object
    );
    json!({
        "describeUrl": format!("{base}/describe"),
        "developerName": view.developer_name,
        "id": id,
        "label": view.label,
        "resultsUrl": format!("{base}/results"),
        "soqlCompatible": true,
        "url": base,
    })
}

async fn list(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object)): Path<(String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let object = org.schema.object(usize::from(object_named(&org, &object)?)).name;
    let records = org.read();
    let entries: Vec<Value> = views_of(&records, object)
        .map(|(key, view)| entry(&org, &session, key, view))
        .collect();
    Ok(Json(json!({
        "done": true,
        "listviews": entries,
        "nextRecordsUrl": null,
        "size": entries.len(),
        "sobjectType": object,
    })))
}

/// The view that a path names, by its id.
fn find(org: &Org, records: &Records, object: &str, id: &str) -> Result<(Key, &'static View), ApiFault> {
    let object = org.schema.object(usize::from(object_named(org, object)?)).name;
    let wanted = org.ids.key(id);
    let mut views = views_of(records, object);
    views
        .find(|(key, _)| Some(*key) == wanted)
        .ok_or_else(ApiFault::not_found)
}

async fn one(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object, id)): Path<(String, String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let records = org.read();
    let (key, view) = find(&org, &records, &object, &id)?;
    let mut entry = entry(&org, &session, key, view);
    entry["sobjectType"] = json!(view.object);
    Ok(Json(entry))
}

/// How the select list of the described query has a column: picklists are shown by their labels.
fn select_item(records: &Records, object: &str, path: &str) -> String {
    match reporting::field_at(records, object, path) {
        Some(field) if field.kind == Kind::Picklist => format!("toLabel({path})"),
        _ => path.to_owned(),
    }
}

/// The way down to a parent's name is labelled by the way, everything else by its field.
fn label_of(records: &Records, object: &str, path: &str) -> String {
    let field = |path: &str| reporting::field_at(records, object, path).map(|field| field.label.to_owned());
    match path {
        "Account.Name" => "Account Name".to_owned(),
        "Owner.Alias" => format!("{object} Owner Alias"),
        _ => field(path).unwrap_or_else(|| path.to_owned()),
    }
}

fn columns(records: &Records, view: &View) -> Vec<Value> {
    let column = |(position, (path, hidden)): (usize, (&'static str, bool))| {
        let kind = reporting::field_at(records, view.object, path).map_or(Kind::Text, |field| field.kind);
        let (ascending, descending) = match kind {
            Kind::Date | Kind::Moment => ("New to Old", "Old to New"),
            kind if kind.is_number() => ("9-0", "0-9"),
            _ => ("Z-A", "A-Z"),
        };
        let sorted = position == 0;
        // The identifier breaks ties.
        let index = if sorted {
            Some(0)
        } else {
            (path == "Id").then_some(1)
        };
        json!({
            "ascendingLabel": ascending,
            "descendingLabel": descending,
            "fieldNameOrPath": path,
            "hidden": hidden,
            "label": label_of(records, view.object, path),
            "searchable": !hidden,
            "selectListItem": select_item(records, view.object, path),
            "sortDirection": index.map(|_| "ascending"),
            "sortIndex": index,
            "sortable": !hidden,
            "type": kind.name(),
        })
    };
    view.paths().enumerate().map(column).collect()
}

fn where_condition(view: &View) -> Value {
    let condition = |condition: &reporting::Condition| {
        let value = if condition.is_text {
            format!("'{}'", condition.value)
        } else {
            condition.value.to_owned()
        };
        json!({ "field": condition.field, "operator": condition.operator, "values": [value] })
    };
    match view.conditions {
        [only] => condition(only),
        several => {
            let several: Vec<Value> = several.iter().map(condition).collect();
            json!({ "conditions": several, "conjunction": "and" })
        }
    }
}

async fn describe(
    State(org): State<Arc<Org>>,
    Path((_, object, id)): Path<(String, String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let records = org.read();
    let (key, view) = find(&org, &records, &object, &id)?;
    let order = |path: &str| json!({ "fieldNameOrPath": path, "nullsPosition": "first", "sortDirection": "ascending" });
    Ok(Json(json!({
        "columns": columns(&records, view),
        "id": org.ids.id(key),
        "orderBy": [order(view.columns[0]), order("Id")],
        "query": view.query(|path| select_item(&records, view.object, path)),
        "relatedEntityId": null,
        "scope": if view.mine { "mine" } else { "everything" },
        "scopeEntityId": null,
        "sobjectType": view.object,
        "whereCondition": where_condition(view),
    })))
}

fn number(query: &HashMap<String, String>, name: &str, usual: usize) -> Result<usize, ApiFault> {
    let Some(text) = query.get(name) else {
        return Ok(usual);
    };
    text.parse().map_err(|_| {
        ApiFault::bad_request(
            "INVALID_QUERY_FILTER_OPERATOR",
            format!("{name} is not a number: {text}"),
        )
    })
}

async fn results(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object, id)): Path<(String, String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>, ApiFault> {
    let records = org.read();
    let (key, view) = find(&org, &records, &object, &id)?;
    let (limit, offset) = (number(&query, "limit", USUAL_ROWS)?, number(&query, "offset", 0)?);
    if !(1..=GREATEST_ROWS).contains(&limit) {
        let message = format!("limit must be between 1 and {GREATEST_ROWS}, not {limit}");
        return Err(ApiFault::bad_request("INVALID_QUERY_FILTER_OPERATOR", message));
    }
    let (plan, keys) = reporting::select(&records, &view.query(str::to_owned), session.user)?;
    let page: Vec<Value> = keys
        .iter()
        .skip(offset)
        .take(limit)
        .filter_map(|key| {
            let row = records.live(*key)?;
            let cells: Vec<Value> = plan
                .routes
                .iter()
                .map(|route| {
                    let found = route.value(&records, *key, &row);
                    let text = reporting::text(route.kind(&records), &found, &org.ids);
                    json!({ "fieldNameOrPath": route.label, "value": text })
                })
                .collect();
            Some(json!({ "columns": cells }))
        })
        .collect();
    Ok(Json(json!({
        "columns": columns(&records, view),
        "developerName": view.developer_name,
        "done": offset + page.len() >= keys.len(),
        "id": org.ids.id(key),
        "label": view.label,
        "size": page.len(),
        "records": page,
    })))
}
