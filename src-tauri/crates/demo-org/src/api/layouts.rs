//! Layouts of an object: one page with every field, the same for all record types, and one compact layout.

use std::sync::Arc;

use axum::{
    Extension, Json, Router,
    extract::{Path, State},
    routing::get,
};
use serde_json::{Value, json};

use super::{Session, describe, object_named};
use crate::{fault::ApiFault, org::Org};

/// What the ids of layouts begin with.
const PREFIX: &str = "00h";
/// Fields of a compact layout beside the name.
const COMPACT: [&str; 5] = ["Phone", "Email", "Company", "Title", "OwnerId"];

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    let describe = "/services/data/{version}/sobjects/{object}/describe";
    Router::new()
        .route(&format!("{describe}/layouts"), get(all))
        .route(&format!("{describe}/layouts/{{record_type}}"), get(one))
        .route(&format!("{describe}/compactLayouts"), get(compact))
}

fn layout_id(org: &Org, object: u16) -> String {
    org.ids.other_id(PREFIX, u32::from(object) + 1)
}

fn item(described: &Value, edits: bool) -> Value {
    let writable = described["createable"] == true || described["updateable"] == true;
    let required = described["nillable"] == false && described["defaultedOnCreate"] == false && writable;
    json!({
        "editableForNew": described["createable"],
        "editableForUpdate": described["updateable"],
        "label": described["label"],
        "layoutComponents": [{
            "details": described,
            "displayLines": 1,
            "tabOrder": 0,
            "type": "Field",
            "value": described["name"],
        }],
        "placeholder": false,
        "required": edits && required,
    })
}

/// The page of an object: its fields in two columns.
fn layout(org: &Org, session: &Session, object: u16) -> Value {
    let described = describe::in_full(org, session, object);
    let fields: Vec<&Value> = described["fields"].as_array().into_iter().flatten().collect();
    let section = |edits: bool| {
        let shown: Vec<Value> = fields
            .iter()
            .filter(|field| !edits || field["createable"] == true || field["updateable"] == true)
            .map(|field| item(field, edits))
            .collect();
        let rows: Vec<Value> = shown
            .chunks(2)
            .map(|pair| json!({ "layoutItems": pair, "numItems": pair.len() }))
            .collect();
        json!([{
            "collapsed": false,
            "columns": 2,
            "heading": described["label"],
            "layoutRows": rows,
            "layoutSectionId": null,
            "parentLayoutId": layout_id(org, object),
            "rows": shown.len().div_ceil(2),
            "tabOrder": "LeftToRight",
            "useCollapsibleSection": false,
            "useHeading": true,
        }])
    };
    json!({
        "buttonLayoutSection": { "detailButtons": [] },
        "detailLayoutSections": section(false),
        "editLayoutSections": section(true),
        "feedView": null,
        "highlightsPanelLayoutSection": null,
        "id": layout_id(org, object),
        "multirowEditLayoutSections": [],
        "offlineLinks": [],
        "quickActionList": { "quickActionListItems": [] },
        "relatedContent": null,
        "relatedLists": [],
        "saveOptions": [],
    })
}

async fn all(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object)): Path<(String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let object = object_named(&org, &object)?;
    let described = describe::in_full(&org, &session, object);
    let id = layout_id(&org, object);
    let mappings = described["recordTypeInfos"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|info| {
            let mut mapping = info.clone();
            mapping["layoutId"] = json!(id);
            mapping["picklistsForRecordType"] = Value::Null;
            mapping
        });
    Ok(Json(json!({
        "layouts": [layout(&org, &session, object)],
        "recordTypeMappings": mappings.collect::<Vec<_>>(),
        "recordTypeSelectorRequired": [false],
    })))
}

async fn one(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object, record_type)): Path<(String, String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let object = object_named(&org, &object)?;
    let described = describe::in_full(&org, &session, object);
    let mut types = described["recordTypeInfos"].as_array().into_iter().flatten();
    let known = types.any(|info| {
        let id = info["recordTypeId"].as_str().unwrap_or_default();
        id == record_type || id.get(..15) == Some(record_type.as_str())
    });
    if !known {
        return Err(ApiFault::not_found());
    }
    Ok(Json(layout(&org, &session, object)))
}

async fn compact(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object)): Path<(String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let object = object_named(&org, &object)?;
    let described = describe::in_full(&org, &session, object);
    let fields: Vec<&Value> = described["fields"].as_array().into_iter().flatten().collect();
    let named =
        |wanted: &dyn Fn(&Value) -> bool| fields.iter().copied().filter(|field| wanted(field)).collect();
    let name: Vec<&Value> = named(&|field| field["nameField"] == true);
    let others: Vec<&Value> =
        named(&|field| field["name"].as_str().is_some_and(|name| COMPACT.contains(&name)));
    let items: Vec<Value> = name
        .into_iter()
        .chain(others)
        .map(|field| item(field, false))
        .collect();
    let layout = json!({
        "actions": [],
        "fieldItems": items,
        "id": null,
        "imageItems": [],
        "label": "System Default",
        "name": "SYSTEM",
        "objectType": described["name"],
    });
    let mappings = described["recordTypeInfos"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|info| {
            json!({
                "available": info["available"],
                "compactLayoutId": null,
                "compactLayoutName": "SYSTEM",
                "recordTypeId": info["recordTypeId"],
                "recordTypeName": info["name"],
            })
        });
    Ok(Json(json!({
        "compactLayouts": [layout],
        "defaultCompactLayoutId": null,
        "recordTypeCompactLayoutMappings": mappings.collect::<Vec<_>>(),
    })))
}
