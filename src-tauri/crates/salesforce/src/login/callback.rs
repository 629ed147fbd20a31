//! A server for one request: the browser's return. Anything else that knocks (icons, pre-connections, stray
//! requests) is answered or left alone without ending the sign-in.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use url::Url;

use super::page;
use super::ports::Listeners;
use crate::login::LoginError;
use crate::tokens::Tokens;

/// A request's head is refused beyond this; codes and states take a few hundred bytes.
const LONGEST_HEAD_BYTES: usize = 32 * 1024;
/// Browsers open connections ahead and leave them silent.
const SILENCE_TIME_OUT: Duration = Duration::from_secs(60);

pub(super) enum Outcome {
    Code(String),
    Refused { error: String, description: String },
}

/// The browser's return, still waiting for its page.
pub(super) struct Answer {
    pub(super) outcome: Outcome,
    pub(super) state: Option<String>,
    pub(super) responder: Responder,
}

pub(super) struct Responder(TcpStream);

impl Responder {
    pub(super) async fn tell(self, result: &Result<Tokens, LoginError>) {
        let (status, html) = match result {
            Ok(_) => ("200 OK", page::signed_in()),
            Err(error) => ("400 Bad Request", page::failed(error)),
        };
        respond(self.0, status, &html).await;
    }
}

pub(super) async fn wait(listeners: &Listeners) -> Result<Answer, LoginError> {
    let mut visits = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listeners.accept() => match accepted {
                Ok(stream) => {
                    visits.spawn(visit(stream));
                }
                Err(error) => return Err(LoginError::Network { detail: error.to_string() }),
            },
            Some(finished) = visits.join_next(), if !visits.is_empty() => {
                if let Ok(Some(answer)) = finished {
                    return Ok(answer);
                }
            }
        }
    }
}

async fn visit(mut stream: TcpStream) -> Option<Answer> {
    let target = match tokio::time::timeout(SILENCE_TIME_OUT, read_target(&mut stream)).await {
        Ok(Ok(target)) => target,
        Ok(Err(())) => {
            respond(stream, "400 Bad Request", &page::nothing_here()).await;
            return None;
        }
        Err(_) => return None,
    };
    let url = Url::parse("http://localhost").and_then(|base| base.join(&target));
    let Some(url) = url.ok().filter(|url| url.path() == "/callback") else {
        respond(stream, "404 Not Found", &page::nothing_here()).await;
        return None;
    };
    let value = |name: &str| {
        url.query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let outcome = match (value("code"), value("error")) {
        (_, Some(error)) => Outcome::Refused {
            error,
            description: value("error_description").unwrap_or_default(),
        },
        (Some(code), None) => Outcome::Code(code),
        (None, None) => {
            respond(stream, "400 Bad Request", &page::nothing_here()).await;
            return None;
        }
    };
    Some(Answer {
        outcome,
        state: value("state"),
        responder: Responder(stream),
    })
}

/// The target of a GET request, once its whole head has arrived.
async fn read_target(stream: &mut TcpStream) -> Result<String, ()> {
    let mut head = Vec::new();
    let mut chunk = [0; 2048];
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        let count = stream.read(&mut chunk).await.map_err(|_| ())?;
        if count == 0 || head.len() + count > LONGEST_HEAD_BYTES {
            return Err(());
        }
        head.extend_from_slice(&chunk[..count]);
    }
    let head = std::str::from_utf8(&head).map_err(|_| ())?;
    let mut words = head.lines().next().unwrap_or_default().split(' ');
    match (words.next(), words.next(), words.next()) {
        (Some("GET"), Some(target), Some(version))
            if version.starts_with("HTTP/1.") && target.starts_with('/') =>
        {
            Ok(target.to_owned())
        }
        _ => Err(()),
    }
}

/// Writes a page. The sign-in's outcome does not depend on whether the browser still listens.
async fn respond(mut stream: TcpStream, status: &str, html: &str) {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n",
        html.len()
    );
    let written = async {
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(html.as_bytes()).await?;
        stream.shutdown().await
    };
    if let Err(error) = written.await {
        tracing::debug!(%error, "the browser did not wait for its page");
    }
}
