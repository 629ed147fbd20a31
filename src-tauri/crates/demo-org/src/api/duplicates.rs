//! The User Interface API's two resources about duplicates: an object's rules, and what they would find.

use std::sync::Arc;

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{Path, State},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Session, object_named, parse_body};
use crate::{
    fault::ApiFault,
    options::DuplicateAction,
    org::Org,
    records::{
        Draft, Row,
        matching::{self, DUPLICATE_RULES, MATCHING_RULES},
    },
    value::Key,
};

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    Router::new()
        .route(
            "/services/data/{version}/ui-api/duplicates/{object}",
            get(configuration),
        )
        .route("/services/data/{version}/ui-api/predupe", post(predupe))
}

/// An object with the `eTag` of its own text.
fn tagged(mut object: Value) -> Value {
    let digest = Sha256::digest(object.to_string());
    let tag = digest
        .iter()
        .take(16)
        .fold(String::new(), |tag, byte| format!("{tag}{byte:02x}"));
    object["eTag"] = json!(tag);
    object
}

/// `GET /ui-api/duplicates/{object}` (User Interface API guide, Object Duplicates).
async fn configuration(
    State(org): State<Arc<Org>>,
    Path((_, object)): Path<(String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let object = org.schema.object(usize::from(object_named(&org, &object)?)).name;
    let records = org.read();
    let active = records.rules.duplicates(object);
    let mut fields: Vec<&str> = Vec::new();
    let mut rules = Vec::new();
    for rule in DUPLICATE_RULES.iter().filter(|rule| rule.object == object) {
        fields = matching::compared_fields(rule);
        let action = active.map(|(_, action)| action);
        let matching = MATCHING_RULES
            .iter()
            .filter(|known| rule.matching.contains(&known.name));
        let matching: Vec<Value> = matching
            .map(|known| {
                let fields: Vec<&str> = known.fields.iter().map(|(field, _)| *field).collect();
                tagged(json!({
                    "matchEngine": known.engine,
                    "matchFields": fields,
                    "name": known.name,
                    "objectApiName": known.object,
                }))
            })
            .collect();
        let saves = if action == Some(DuplicateAction::Block) {
            "Block"
        } else {
            "Allow"
        };
        let operations: &[&str] = match action {
            Some(DuplicateAction::Alert) => &["Alert", "Report"],
            Some(DuplicateAction::Report) => &["Report"],
            _ => &[],
        };
        rules.push(tagged(json!({
            "actionOnInsert": saves,
            "actionOnUpdate": saves,
            "active": action.is_some(),
            "duplicateRuleFilters": [],
            "matchRules": matching,
            "name": rule.name,
            "operationsOnInsert": operations,
            "operationsOnUpdate": operations,
        })));
    }
    Ok(Json(tagged(json!({
        "apiName": object,
        "dedupeEnabled": active.is_some(),
        "dedupeFields": fields,
        "duplicateRules": rules,
    }))))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Predupe {
    api_name: String,
    fields: Map<String, Value>,
}

/// `POST /ui-api/predupe` (User Interface API guide, Duplicates): what saving these fields would find. Writes nothing.
async fn predupe(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    body: Bytes,
) -> Result<Json<Value>, ApiFault> {
    let request: Predupe = parse_body(&body)?;
    let object = object_named(&org, &request.api_name)?;
    let records = org.read();
    let draft = Draft::from_json(&records, object, &request.fields, &[])?;
    let row = Row::new(0, session.user, draft.values);
    let name = records.schema.object(usize::from(object)).name;
    let Some((rule, action)) = records.rules.duplicates(name) else {
        return Ok(Json(tagged(json!({
            "allowSave": true, "duplicateError": false, "duplicateRules": [], "matches": [],
        }))));
    };
    let found = matching::matches(&records, rule, Key { object, number: 0 }, &row);
    let allows_save = action != DuplicateAction::Block || found.is_empty();
    let matches: Vec<Value> = found
        .iter()
        .map(|matches| {
            let ids: Vec<String> = matches.records.iter().map(|key| records.ids.id(*key)).collect();
            let info = json!({
                "allowSave": allows_save,
                "matchResultInfo": { "recordIds": ids, "rule": matches.rule.name },
                "rule": rule.name,
            });
            json!({
                "duplicateResultInfos": { rule.name: info },
                "objectApiName": matches.rule.object,
                "recordIds": ids,
            })
        })
        .collect();
    Ok(Json(tagged(json!({
        "allowSave": allows_save,
        "duplicateError": !found.is_empty(),
        "duplicateRules": [rule.name],
        "matches": matches,
    }))))
}
