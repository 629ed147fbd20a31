//! Preconditions of requests (REST guide, Conditional Request Headers): by entity tag for accounts, by date for every
//! record and for describes.

use axum::{
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::{
    clock,
    fault::ApiFault,
    records::{self, Records, Row},
    value::Key,
};

/// What a resource is compared by.
#[derive(Debug, Clone, Default)]
pub struct Validators {
    /// Entity tag, quotes included; only accounts have one.
    pub tag: Option<String>,
    /// When it last changed, seconds since 1970.
    pub modified: i64,
}

impl Validators {
    /// Those of a record.
    pub fn of(records: &Records, key: Key, row: &Row) -> Self {
        let object = records.schema.object(usize::from(key.object));
        let tag = (object.name == "Account").then(|| {
            let fields: Vec<u16> = (0_u16..).zip(&object.fields).map(|(index, _)| index).collect();
            let mut text = String::new();
            records::push_record(&mut text, records, key, row, &fields, "");
            format!("\"{}--gzip\"", STANDARD.encode(Sha256::digest(text)))
        });
        Self {
            tag,
            modified: row.modified,
        }
    }

    /// Adds the headers that a client may later compare with.
    pub fn stamp(&self, response: &mut Response) {
        let headers = response.headers_mut();
        if let Ok(date) = clock::http_date(self.modified).parse() {
            headers.insert(header::LAST_MODIFIED, date);
        }
        if let Some(tag) = self.tag.as_ref().and_then(|tag| tag.parse().ok()) {
            headers.insert(header::ETAG, tag);
        }
    }

    /// The answer of a request whose precondition does not hold; `None` when the request may go on.
    pub fn unmet(&self, method: &Method, headers: &HeaderMap) -> Result<Option<Response>, ApiFault> {
        let reads = [Method::GET, Method::HEAD].contains(method);
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        if let (Some(tag), Some(list)) = (&self.tag, text(header::IF_MATCH))
            && !names(list, tag, reads)?
        {
            return Ok(Some(failed()));
        }
        if let Some(date) = text(header::IF_UNMODIFIED_SINCE)
            && let Some(since) = moment(date, reads)?
            && self.modified > since
        {
            return Ok(Some(failed()));
        }
        if let (Some(tag), Some(list)) = (&self.tag, text(header::IF_NONE_MATCH))
            && names(list, tag, reads)?
        {
            return Ok(Some(if reads { self.unchanged() } else { failed() }));
        }
        if let Some(date) = text(header::IF_MODIFIED_SINCE).filter(|_| reads)
            && clock::parse_http_date(date).is_some_and(|since| self.modified <= since)
        {
            return Ok(Some(self.unchanged()));
        }
        Ok(None)
    }

    fn unchanged(&self) -> Response {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        self.stamp(&mut response);
        response
    }
}

fn failed() -> Response {
    let message = "The precondition of the request does not hold for the record";
    ApiFault::new(StatusCode::PRECONDITION_FAILED, "PRECONDITION_FAILED", message).into_response()
}

/// Whether a list of tags names one. A list that cannot be read is refused when something would be written.
fn names(list: &str, tag: &str, reads: bool) -> Result<bool, ApiFault> {
    let list = list.trim();
    let mut tags = list.split(',').map(|known| known.trim().trim_start_matches("W/"));
    let is_tag = |text: &str| text.len() >= 2 && text.starts_with('"') && text.ends_with('"');
    if list != "*" && !reads && !tags.clone().all(is_tag) {
        return Err(invalid(list));
    }
    Ok(list == "*" || tags.any(|known| known == tag))
}

fn moment(date: &str, reads: bool) -> Result<Option<i64>, ApiFault> {
    let since = clock::parse_http_date(date);
    if since.is_none() && !reads {
        return Err(invalid(date));
    }
    Ok(since)
}

fn invalid(value: &str) -> ApiFault {
    ApiFault::bad_request(
        "INVALID_HEADER",
        format!("Invalid value of a conditional header: {value}"),
    )
}
