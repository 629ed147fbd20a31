//! A web page for every record, so that a link to one opens something: label, API name and value of each field.
//!
//! The pages need no login: the org is on loopback and its data is made up.

use std::{fmt::Write, sync::Arc};

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};

use crate::{
    html::{escape, page},
    org::Org,
    records,
    value::Value,
};

/// The pages.
pub fn routes() -> Router<Arc<Org>> {
    Router::new()
        .route("/", get(home))
        .route("/{id}", get(by_id))
        .route("/lightning/r/{object}/{id}/view", get(in_lightning))
}

async fn home(State(org): State<Arc<Org>>) -> Response {
    let body = format!(
        "<h1>Landbridge demo org</h1><p>A Salesforce-shaped server with made-up data. Instance URL: \
         <code>{}</code></p>",
        escape(&org.instance_url)
    );
    page(StatusCode::OK, "Landbridge demo org", &body, None)
}

async fn by_id(State(org): State<Arc<Org>>, Path(id): Path<String>) -> Response {
    show(&org, None, &id)
}

async fn in_lightning(State(org): State<Arc<Org>>, Path((object, id)): Path<(String, String)>) -> Response {
    show(&org, Some(&object), &id)
}

fn show(org: &Org, object: Option<&str>, id: &str) -> Response {
    let records = org.read();
    let key = org.ids.key(id).filter(|key| {
        let name = org.schema.object(usize::from(key.object)).name;
        object.is_none_or(|wanted| wanted.eq_ignore_ascii_case(name))
    });
    let found = key.and_then(|key| Some((key, records.row(key)?)));
    let Some((key, row)) = found else {
        let body = "<h1>Not found</h1><p>There is no record with this id in the demo org.</p>";
        return page(
            StatusCode::NOT_FOUND,
            "Not found | Landbridge demo org",
            body,
            None,
        );
    };
    let object = org.schema.object(usize::from(key.object));
    let shown = |value: &Value| match value {
        Value::Text(text) => text.to_string(),
        Value::Null => String::new(),
        other => {
            let mut text = String::new();
            records::push_value(&mut text, &records, crate::schema::Kind::Double, other);
            text.trim_matches('"').to_owned()
        }
    };
    let name = object
        .name_field()
        .map_or_else(String::new, |field| shown(&records.value(key, &row, field)));
    let mut rows = String::new();
    for (index, field) in (0_u16..).zip(&object.fields) {
        if field.is_compound() {
            continue;
        }
        let value = escape(&shown(&records.value(key, &row, index)));
        let written = write!(
            rows,
            "<tr><th scope=\"row\">{}</th><td><code>{}</code></td><td data-field=\"{}\">{value}</td></tr>",
            escape(field.label),
            field.name,
            field.name
        );
        debug_assert!(written.is_ok());
    }
    let note = if row.deleted {
        "<p class=\"fault\">This record is in the recycle bin.</p>"
    } else {
        ""
    };
    let body = format!(
        "<p class=\"mark\">{} in the Landbridge demo org</p><h1>{}</h1>{note}<table><thead><tr>\
         <th scope=\"col\">Label</th><th scope=\"col\">API name</th><th scope=\"col\">Value</th></tr></thead>\
         <tbody>{rows}</tbody></table>",
        escape(object.label),
        escape(&name)
    );
    page(StatusCode::OK, &format!("{name} | {}", object.label), &body, None)
}
