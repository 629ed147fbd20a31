//! Requests inside a request, for the composite resources: answered by the same routes as ordinary ones.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::IntoResponse,
};
use serde_json::{Map, Value, json};
use tokio::runtime::Handle;
use tower::ServiceExt;

use super::{Session, versions};
use crate::fault::ApiFault;

/// Response headers that a sub-request's result carries (REST guide, Composite Subrequest Result).
const SHOWN_HEADERS: [(HeaderName, &str); 3] = [
    (header::LOCATION, "Location"),
    (header::ETAG, "ETag"),
    (header::LAST_MODIFIED, "Last-Modified"),
];

/// The routes of the data API, without the gate: a sub-request has passed it with its outer request.
#[derive(Debug, Clone)]
pub struct Dispatcher(pub Router);

/// One request inside another.
#[derive(Debug, Clone)]
pub struct Subrequest {
    /// HTTP method.
    pub method: Method,
    /// Path and query, beginning with `/services/data/v`.
    pub url: String,
    /// Headers, those of the outer request that it inherits included.
    pub headers: HeaderMap,
    /// JSON body.
    pub body: Option<Value>,
}

/// What a sub-request was answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// Headers to be shown, by name.
    pub headers: Map<String, Value>,
    /// The body as JSON text, `null` for none.
    pub body: String,
}

impl Answer {
    /// The answer of a sub-request that was not carried out.
    pub fn refused(status: StatusCode, code: &str, message: &str) -> Self {
        Self {
            status,
            headers: Map::new(),
            body: json!([{ "errorCode": code, "message": message }]).to_string(),
        }
    }

    /// The body as a value; `Null` for none.
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// Whether anything in it was refused: the request as a whole, or (for Collections) one of its records.
    pub fn is_failure(&self) -> bool {
        let is_refused = |row: &Value| row.get("success") == Some(&Value::Bool(false));
        let has_refused_row = || {
            self.value()
                .as_array()
                .is_some_and(|rows| rows.iter().any(is_refused))
        };
        self.status.is_client_error() || self.status.is_server_error() || has_refused_row()
    }
}

impl Dispatcher {
    /// Lets the API answer a sub-request.
    pub async fn send(&self, session: &Session, subrequest: &Subrequest) -> Answer {
        match self.answer(session, subrequest).await {
            Ok(answer) => answer,
            Err(fault) => read(fault.into_response()).await,
        }
    }

    async fn answer(&self, session: &Session, subrequest: &Subrequest) -> Result<Answer, ApiFault> {
        let url = encoded(&subrequest.url);
        let segment = url.split(['/', '?']).nth(3).unwrap_or_default();
        let version = versions::check(segment)?;
        let (path, query) = url.split_once('?').unwrap_or((&url, ""));
        let path = path.trim_end_matches('/');
        let body = subrequest
            .body
            .as_ref()
            .map_or_else(Vec::new, |body| body.to_string().into_bytes());
        let mut request = Request::builder()
            .method(subrequest.method.clone())
            .uri(if query.is_empty() {
                path.to_owned()
            } else {
                format!("{path}?{query}")
            })
            .body(Body::from(body))
            .map_err(|error| {
                let message = format!("The url of the subrequest cannot be read: {error}");
                ApiFault::bad_request("INVALID_FIELD", message)
            })?;
        request.headers_mut().extend(subrequest.headers.clone());
        request.extensions_mut().insert(Session {
            version,
            ..session.clone()
        });
        request.extensions_mut().insert(self.clone());
        let Ok(response) = self.0.clone().oneshot(request).await;
        Ok(read(response).await)
    }
}

async fn read(response: axum::response::Response) -> Answer {
    let (parts, body) = response.into_parts();
    let shown = SHOWN_HEADERS.iter().filter_map(|(name, shown)| {
        let value = parts.headers.get(name)?.to_str().ok()?;
        Some(((*shown).to_owned(), Value::from(value)))
    });
    let headers = shown.collect();
    let text = match to_bytes(body, usize::MAX).await {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => {
            let message = format!("The answer of the subrequest could not be read: {error}");
            return Answer::refused(StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN_EXCEPTION", &message);
        }
    };
    Answer {
        status: parts.status,
        headers,
        body: if text.is_empty() { "null".to_owned() } else { text },
    }
}

/// Headers that every sub-request has: a JSON body, and what its own `httpHeaders` say.
pub fn headers(own: &Map<String, Value>) -> Result<HeaderMap, ApiFault> {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in own {
        let inherited = ["accept", "authorization", "content-type"];
        if inherited.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            let message =
                format!("The header {name} is inherited from the composite request and can't be specified");
            return Err(ApiFault::json(message));
        }
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let pair = HeaderName::try_from(name.as_str())
            .ok()
            .zip(HeaderValue::try_from(text).ok());
        let (name, value) = pair.ok_or_else(|| ApiFault::json(format!("Invalid header: {name}")))?;
        headers.insert(name, value);
    }
    Ok(headers)
}

/// Runs work that may open a transaction on a thread of its own, which a transaction needs: other requests wait for
/// its end, and it must not wait for their threads.
pub async fn apart<Work, Made>(work: impl FnOnce() -> Work + Send + 'static) -> Result<Made, ApiFault>
where
    Work: Future<Output = Made>,
    Made: Send + 'static,
{
    let handle = Handle::current();
    let done = tokio::task::spawn_blocking(move || handle.block_on(work())).await;
    done.map_err(|error| ApiFault::unexpected(&error))
}

/// A url with everything encoded that must not stand in one; what is encoded already stays.
fn encoded(url: &str) -> String {
    let mut text = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
