use std::collections::HashMap;
use std::io::Read as _;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Response};

/// A request as the server saw it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: HashMap<String, String>,
    pub headers: HeaderMap,
    pub body: String,
    /// 1 for the first request of this server.
    pub number: usize,
}

impl Seen {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn form(&self) -> HashMap<String, String> {
        url::form_urlencoded::parse(self.body.as_bytes())
            .into_owned()
            .collect()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The server's own origin.
    pub fn origin(&self) -> String {
        format!("http://{}", self.header("host"))
    }

    pub fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && self.path == path
    }
}

/// What the server says.
pub struct Answer(Response<Body>);

impl Answer {
    pub fn text(status: u16, content_type: &str, body: impl Into<String>) -> Self {
        let builder = Response::builder()
            .status(status)
            .header("content-type", content_type);
        Self(builder.body(Body::from(body.into())).unwrap())
    }

    /// A body that stops after these bytes without its end: the line breaks.
    pub fn cut(status: u16, content_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let pieces = [
            Ok(bytes.into()),
            Err(std::io::Error::other("the line breaks here")),
        ];
        let body = Body::from_stream(futures_util::stream::iter(pieces));
        let builder = Response::builder()
            .status(status)
            .header("content-type", content_type);
        Self(builder.body(body).unwrap())
    }

    /// A whole CSV body that arrives in pieces of this many bytes.
    pub fn pieces(bytes: &[u8], piece_bytes: usize) -> Self {
        let pieces: Vec<std::io::Result<Vec<u8>>> = bytes
            .chunks(piece_bytes)
            .map(|piece| Ok(piece.to_vec()))
            .collect();
        let body = Body::from_stream(futures_util::stream::iter(pieces));
        Self(
            Response::builder()
                .header("content-type", "text/csv")
                .body(body)
                .unwrap(),
        )
    }

    pub fn bytes(status: u16, content_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let builder = Response::builder()
            .status(status)
            .header("content-type", content_type);
        Self(builder.body(Body::from(bytes.into())).unwrap())
    }

    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::text(status, "application/json;charset=UTF-8", body.to_string())
    }

    pub fn error(status: u16, code: &str, message: &str) -> Self {
        Self::json(
            status,
            &serde_json::json!([{ "errorCode": code, "message": message }]),
        )
    }

    pub fn html(status: u16) -> Self {
        Self::text(
            status,
            "text/html",
            "<html><head><title>Down</title></head><body>Be right back</body></html>",
        )
    }

    pub fn empty(status: u16) -> Self {
        Self(Response::builder().status(status).body(Body::empty()).unwrap())
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.0.headers_mut().insert(name, value.parse().unwrap());
        self
    }
}

/// A server that answers every request by one function and remembers them all.
pub struct Org {
    pub address: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    server: tokio::task::JoinHandle<()>,
}

impl Org {
    pub async fn start(answer: impl Fn(&Seen) -> Answer + Clone + Send + Sync + 'static) -> Self {
        Self::start_async(move |seen| {
            let answer = answer.clone();
            async move { answer(&seen) }
        })
        .await
    }

    pub async fn start_async<F>(answer: impl Fn(Seen) -> F + Clone + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Answer> + Send,
    {
        let seen = Arc::new(Mutex::new(Vec::<Seen>::new()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let log = Arc::clone(&seen);
        let router = Router::new().fallback(move |request: Request| {
            let (answer, log) = (answer.clone(), Arc::clone(&log));
            async move {
                let (parts, body) = request.into_parts();
                let body = unpacked(&parts.headers, &to_bytes(body, usize::MAX).await.unwrap());
                let query = parts.uri.query().unwrap_or_default();
                let request = {
                    let mut log = log.lock().unwrap();
                    let number = log.len() + 1;
                    log.push(Seen {
                        method: parts.method.to_string(),
                        path: parts.uri.path().to_owned(),
                        query: url::form_urlencoded::parse(query.as_bytes())
                            .into_owned()
                            .collect(),
                        headers: parts.headers,
                        body: String::from_utf8_lossy(&body).into_owned(),
                        number,
                    });
                    log.last().unwrap().clone()
                };
                answer(request).await.0
            }
        });
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            address,
            seen,
            server,
        }
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn count(&self, method: &str, path: &str) -> usize {
        self.seen()
            .iter()
            .filter(|request| request.is(method, path))
            .count()
    }
}

/// A compressed body as it was before.
fn unpacked(headers: &HeaderMap, body: &Bytes) -> Vec<u8> {
    if headers
        .get("content-encoding")
        .is_none_or(|encoding| encoding != "gzip")
    {
        return body.to_vec();
    }
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(&body[..])
        .read_to_end(&mut plain)
        .unwrap();
    plain
}

impl Drop for Org {
    fn drop(&mut self) {
        self.server.abort();
    }
}
