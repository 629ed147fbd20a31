//! One request as data: what is sent, whether it carries the token, whether it counts against the quota.

use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use flate2::Compression;
use flate2::bufread::GzEncoder;
use reqwest::Method;
use serde::Serialize;
use url::Url;

use crate::error::Error;
use crate::retry::Repeat;

/// Shorter bodies fit one network packet either way.
const SHORTEST_COMPRESSED_BYTES: usize = 1_024;

/// Called with the bytes sent so far, of an upload.
pub type Progress = Arc<dyn Fn(u64) + Send + Sync>;

#[derive(Clone)]
pub(crate) enum Body {
    Empty,
    Json {
        plain: Bytes,
        /// The same compressed, if it is long enough to gain by it.
        compressed: Option<Bytes>,
    },
    CsvFile {
        path: PathBuf,
        progress: Option<Progress>,
        compressed: bool,
    },
}

pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Body,
    pub(crate) accept: &'static str,
    pub(crate) signed: bool,
    pub(crate) counted: bool,
    pub(crate) repeat: Repeat,
    /// A status that is no success and yet an answer to be read.
    pub(crate) answered_by: Option<u16>,
}

impl Request {
    pub(crate) fn new(method: Method, url: Url) -> Self {
        let repeat = Repeat::of(&method);
        Self {
            method,
            url,
            headers: Vec::new(),
            body: Body::Empty,
            accept: "application/json",
            signed: true,
            counted: true,
            repeat,
            answered_by: None,
        }
    }

    pub(crate) fn get(url: Url) -> Self {
        Self::new(Method::GET, url)
    }

    pub(crate) fn delete(url: Url) -> Self {
        Self::new(Method::DELETE, url)
    }

    pub(crate) fn post<T: Serialize + ?Sized>(url: Url, body: &T) -> Result<Self, Error> {
        Self::new(Method::POST, url).with_json(body)
    }

    pub(crate) fn patch<T: Serialize + ?Sized>(url: Url, body: &T) -> Result<Self, Error> {
        Self::new(Method::PATCH, url).with_json(body)
    }

    pub(crate) fn put_csv(url: Url, path: PathBuf, progress: Option<Progress>, compressed: bool) -> Self {
        let mut request = Self::new(Method::PUT, url);
        request.body = Body::CsvFile {
            path,
            progress,
            compressed,
        };
        request.repeat = Repeat::OneContent;
        request
    }

    fn with_json<T: Serialize + ?Sized>(mut self, body: &T) -> Result<Self, Error> {
        let json = serde_json::to_vec(body).map_err(|error| Error::InvalidName {
            name: error.to_string(),
            expected: "a body that JSON can carry",
        })?;
        self.body = Body::Json {
            compressed: (json.len() >= SHORTEST_COMPRESSED_BYTES)
                .then(|| compressed(&json))
                .flatten(),
            plain: json.into(),
        };
        Ok(self)
    }

    pub(crate) fn is_compressible(&self) -> bool {
        matches!(
            self.body,
            Body::Json {
                compressed: Some(_),
                ..
            }
        )
    }

    pub(crate) fn query(mut self, name: &str, value: &str) -> Self {
        self.url.query_pairs_mut().append_pair(name, value);
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn headers(mut self, headers: Vec<(&'static str, String)>) -> Self {
        self.headers.extend(headers);
        self
    }

    pub(crate) fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    pub(crate) fn unsigned(mut self) -> Self {
        self.signed = false;
        self
    }

    /// Takes a refusal's status as an answer.
    pub(crate) fn answered_by(mut self, status: u16) -> Self {
        self.answered_by = Some(status);
        self
    }

    /// Marks a POST that changes nothing, so that it may be repeated.
    pub(crate) fn reading(mut self) -> Self {
        self.repeat = Repeat::Read;
        self
    }

    pub(crate) fn uncounted(mut self) -> Self {
        self.counted = false;
        self
    }
}

/// REST takes compressed bodies (REST API Developer Guide, "Use Compression").
fn compressed(json: &[u8]) -> Option<Bytes> {
    let mut bytes = Vec::with_capacity(json.len() / 3);
    let read = GzEncoder::new(json, Compression::fast()).read_to_end(&mut bytes);
    read.is_ok().then(|| bytes.into())
}
