//! Each kind of trouble, as a client meets it, and that the org knows how often it happened.
#![allow(
    clippy::needless_pass_by_value,
    reason = "JSON values are written where they are given away"
)]

mod calls;
mod connections;
mod file;
mod jobs;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::troubled::Caller;

pub fn one(which: Value, when: Value, what: Value) -> Value {
    json!({ "calls": [{ "which": which, "when": when, "what": what }] })
}

pub fn always(family: &str, what: Value) -> Value {
    one(json!({ "family": family }), json!("always"), what)
}

/// Everything that comes over a plain connection after this request, until it closes.
pub async fn raw(caller: &Caller, request: &str) -> Vec<u8> {
    let address = caller.org.instance_url();
    let address = address.strip_prefix("http://").expect("plain HTTP");
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut bytes = Vec::new();
    // A connection that is closed with unread data ends in a reset; what came before counts.
    drop(stream.read_to_end(&mut bytes).await);
    bytes
}

pub fn raw_get(caller: &Caller, path: &str, headers: &str) -> String {
    let token = caller.org.access_token();
    format!(
        "GET /services/data/v60.0/{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n{headers}\r\n"
    )
}

pub fn body_of(answer: &[u8]) -> &[u8] {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n");
    &answer[end.expect("a head") + 4..]
}

pub fn csv_rows(text: &str) -> usize {
    text.trim_end().lines().count() - 1
}
