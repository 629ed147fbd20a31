//! The one question of the Tooling API that is answered: which packages are installed (Tooling API guide,
//! InstalledSubscriberPackage).

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension, Json, Router,
    extract::{Query, State},
    routing::get,
};
use serde_json::{Value, json};

use super::Session;
use crate::{fault::ApiFault, org::Org};

/// The resource.
pub fn routes() -> Router<Arc<Org>> {
    Router::new().route("/services/data/{version}/tooling/query", get(query))
}

async fn query(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>, ApiFault> {
    let text = query.get("q").map_or("", String::as_str);
    let mut words = text
        .split_whitespace()
        .skip_while(|word| !word.eq_ignore_ascii_case("FROM"));
    let object = words.nth(1).unwrap_or_default();
    if !object.eq_ignore_ascii_case("InstalledSubscriberPackage") {
        let message = format!("sObject type '{object}' is not supported.");
        return Err(ApiFault::bad_request("INVALID_TYPE", message));
    }
    if let Some(more) = words.next() {
        let message = format!("unexpected token: '{more}'");
        return Err(ApiFault::bad_request("MALFORMED_QUERY", message));
    }
    let records = if org.options.native_app {
        vec![native_app(&org, &session.version)]
    } else {
        Vec::new()
    };
    Ok(Json(json!({
        "size": records.len(),
        "totalSize": records.len(),
        "done": true,
        "queryLocator": null,
        "entityTypeName": "InstalledSubscriberPackage",
        "records": records,
    })))
}

fn native_app(org: &Org, version: &str) -> Value {
    let attributes = |kind: &str, id: &str| {
        json!({
            "type": kind,
            "url": format!("/services/data/v{version}/tooling/sobjects/{kind}/{id}"),
        })
    };
    let (major, minor) = org.options.native_app_version;
    let id = "0A3000000000001AAA";
    json!({
        "attributes": attributes("InstalledSubscriberPackage", id),
        "Id": id,
        "SubscriberPackage": {
            "attributes": attributes("SubscriberPackage", "033000000000001AAA"),
            "NamespacePrefix": "DOZISF",
            "Name": "ZoomInfo for Salesforce",
        },
        "SubscriberPackageVersion": {
            "attributes": attributes("SubscriberPackageVersion", "04t000000000001AAA"),
            "MajorVersion": major,
            "MinorVersion": minor,
            "PatchVersion": 0,
            "BuildNumber": 1,
        },
    })
}
