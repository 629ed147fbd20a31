//! The one path of every request: token, quota gauge, retries, and errors with the effort they took.

use std::path::Path;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use reqwest::Response;
use reqwest::header::{ACCEPT, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, DATE};
use secrecy::ExposeSecret;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio::time::Instant;

use crate::answer::{Refusal, Reply};
use crate::client::Client;
use crate::error::{Effort, Error};
use crate::http_client::cause;
use crate::org_address::AddressError;
use crate::org_clock::OrgClock;
use crate::request::{Body, Request};
use crate::retry::{Failure, Verdict, most_tries, verdict};
use crate::upload;
use crate::usage::ApiUsage;

impl Client {
    /// Sends a request and reads the whole answer into memory.
    pub(crate) async fn send(&self, request: &Request) -> Result<Reply, Error> {
        let (reply, effort) = self.exchange(request, read_whole).await?;
        Ok(Reply { effort, ..reply })
    }

    /// Sends a request and writes the answer's body to a file, from its beginning at each attempt.
    pub(crate) async fn download(&self, request: &Request, path: &Path) -> Result<Reply, Error> {
        let (reply, effort) = self
            .exchange(request, |response| read_to_file(response, path))
            .await?;
        Ok(Reply { effort, ..reply })
    }

    /// Sends a request and gives the answer as soon as its head is there; the caller reads the body piece by piece.
    pub(crate) async fn open(&self, request: &Request) -> Result<(Response, Effort), Error> {
        self.exchange(request, |response| std::future::ready(Ok(response)))
            .await
    }

    async fn exchange<T, F>(
        &self,
        request: &Request,
        read: impl Fn(Response) -> F,
    ) -> Result<(T, Effort), Error>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        if !self.instance_url().owns(&request.url) {
            return Err(Error::InvalidAddress(AddressError {
                address: request.url.origin().ascii_serialization(),
                reason: "it is another server than the org's own",
            }));
        }
        let started = Instant::now();
        let pace = self.pace().retry;
        let (mut attempts, mut tries, mut renewed) = (0, 0, false);
        loop {
            attempts += 1;
            let seen = self.session().generation();
            let compressed = !self.sends_plain_bodies() && request.is_compressible();
            let outcome = match self.attempt(request, compressed).await {
                Ok(response) => read(response).await,
                Err(failure) => Err(failure),
            };
            let effort = Effort {
                attempts,
                elapsed: started.elapsed(),
            };
            let failure = match outcome {
                Ok(answer) => {
                    tracing::debug!(method = %request.method, path = request.url.path(), %effort, "answered");
                    return Ok((answer, effort));
                }
                Err(failure) => failure,
            };
            tries += 1;
            // The org (or something on the way) takes no compressed bodies. It refused before reading the body, so
            // even a write may follow in plain; later requests are sent in plain at once.
            if compressed && matches!(&failure, Failure::Refused(refusal) if refusal.status == 415) {
                self.send_plain_bodies();
                continue;
            }
            match verdict(request.repeat, &failure) {
                Verdict::RenewSession if request.signed && !renewed => {
                    renewed = true;
                    tries -= 1;
                    self.session()
                        .renew(seen)
                        .await
                        .map_err(|error| error.with_effort(effort))?;
                }
                Verdict::Transient if tries < most_tries(pace, &failure) => {
                    tracing::debug!(method = %request.method, path = request.url.path(), %effort, "trying again");
                    tokio::time::sleep(pace.pause(tries)).await;
                }
                _ => return Err(into_error(request, failure, effort)),
            }
        }
    }

    async fn attempt(&self, request: &Request, compress: bool) -> Result<Response, Failure> {
        let mut builder = self.http().request(request.method.clone(), request.url.clone());
        builder = builder.header(ACCEPT, request.accept);
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        if request.signed {
            builder = builder.bearer_auth(self.session().access_token().expose_secret());
        }
        builder = match &request.body {
            Body::Empty => builder,
            Body::Json { plain, compressed } => {
                let builder = builder.header(CONTENT_TYPE, "application/json; charset=UTF-8");
                match compressed.as_ref().filter(|_| compress) {
                    Some(gzip) => builder.header(CONTENT_ENCODING, "gzip").body(gzip.clone()),
                    None => builder.body(plain.clone()),
                }
            }
            Body::CsvFile {
                path,
                progress,
                compressed,
            } => {
                let builder = builder.header(CONTENT_TYPE, "text/csv; charset=UTF-8");
                let progress = progress.clone();
                if *compressed {
                    let body = upload::compressed(path, progress).await;
                    builder
                        .header(CONTENT_ENCODING, "gzip")
                        .body(body.map_err(Failure::Final)?)
                } else {
                    let (body, bytes) = upload::plain(path, progress).await.map_err(Failure::Final)?;
                    builder.header(CONTENT_LENGTH, bytes).body(body)
                }
            }
        };
        if request.counted {
            if let Some(meter) = self.meter() {
                meter
                    .count_call()
                    .await
                    .map_err(|error| Failure::Final(error.into()))?;
            }
            self.counter().fetch_add(1, Ordering::Relaxed);
        }
        let response = builder.send().await.map_err(|error| failure_of(&error))?;
        self.note_usage(&response);
        let status = response.status();
        let answered = status.is_success() || status == 304 || request.answered_by == Some(status.as_u16());
        if !answered {
            let headers = response.headers().clone();
            let body = response.bytes().await.map_err(|error| failure_of(&error))?;
            return Err(Failure::Refused(Refusal::new(status, &headers, &body)));
        }
        Ok(response)
    }

    fn note_usage(&self, response: &Response) {
        let header = response
            .headers()
            .get("sforce-limit-info")
            .and_then(|value| value.to_str().ok());
        if let Some(usage) = header.and_then(ApiUsage::parse) {
            self.usage_sender().send_replace(Some(usage));
        }
        let date = response.headers().get(DATE).and_then(|value| value.to_str().ok());
        if let Some(clock) = date.and_then(OrgClock::parse) {
            self.set_clock(clock);
        }
    }
}

async fn read_whole(response: Response) -> Result<Reply, Failure> {
    let (status, headers) = (response.status(), response.headers().clone());
    Ok(Reply {
        status,
        headers,
        body: response.bytes().await.map_err(|error| failure_of(&error))?,
        written_bytes: 0,
        effort: Effort::default(),
    })
}

async fn read_to_file(response: Response, path: &Path) -> Result<Reply, Failure> {
    let (status, headers) = (response.status(), response.headers().clone());
    Ok(Reply {
        status,
        headers,
        body: Bytes::new(),
        written_bytes: write_body(response, path).await?,
        effort: Effort::default(),
    })
}

/// Tells a request that never left from one whose answer was lost.
pub(crate) fn failure_of(error: &reqwest::Error) -> Failure {
    if error.is_builder() {
        Failure::Final(Error::Setup { detail: cause(error) })
    } else if error.is_connect() {
        Failure::NeverSent(cause(error))
    } else {
        Failure::Broken(cause(error))
    }
}

fn into_error(request: &Request, failure: Failure, effort: Effort) -> Error {
    match failure {
        Failure::NeverSent(detail) => Error::Network { detail, effort },
        Failure::Broken(detail) if request.repeat.after_lost_reply() => Error::Network { detail, effort },
        Failure::Broken(detail) => Error::ReplyLost {
            method: request.method.to_string(),
            path: request.url.path().to_owned(),
            detail,
            effort,
        },
        Failure::Refused(refusal) => refusal.into_error(effort),
        Failure::Final(error) => error.with_effort(effort),
    }
}

async fn write_body(mut response: Response, path: &Path) -> Result<u64, Failure> {
    let failed = |source| {
        Failure::Final(Error::File {
            path: path.to_owned(),
            action: "written",
            source,
        })
    };
    let mut file = File::create(path).await.map_err(failed)?;
    let mut written_bytes = 0;
    while let Some(chunk) = response.chunk().await.map_err(|error| failure_of(&error))? {
        file.write_all(&chunk).await.map_err(failed)?;
        written_bytes += chunk.len() as u64;
    }
    file.flush().await.map_err(failed)?;
    Ok(written_bytes)
}
