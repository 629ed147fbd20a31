//! `X-PrettyPrint: 1`: JSON with line breaks and two spaces for each level.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::fault::ApiFault;

/// Lays out JSON answers for people when they ask for it.
pub async fn print(request: Request, next: Next) -> Response {
    let wanted = request
        .headers()
        .get("x-prettyprint")
        .is_some_and(|value| value == "1");
    let response = next.run(request).await;
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    if !wanted || !kind.is_some_and(|kind| kind.starts_with("application/json")) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => {
            parts.headers.remove(header::CONTENT_LENGTH);
            let text = laid_out(&String::from_utf8_lossy(&bytes));
            Response::from_parts(parts, Body::from(text))
        }
        Err(error) => ApiFault::unexpected(&error).into_response(),
    }
}

/// The same JSON, one member or item a line, in the same order.
fn laid_out(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let mut characters = json.chars().peekable();
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    while let Some(character) = characters.next() {
        if quoted {
            out.push(character);
            quoted = escaped || character != '"';
            escaped = !escaped && character == '\\';
            continue;
        }
        match character {
            '"' => {
                quoted = true;
                out.push('"');
            }
            '{' | '[' => {
                out.push(character);
                if characters.peek().is_some_and(|next| matches!(next, '}' | ']')) {
                    out.push(' ');
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                if !out.ends_with(' ') {
                    depth = depth.saturating_sub(1);
                    line(&mut out, depth);
                }
                out.push(character);
            }
            ',' => {
                out.push(',');
                line(&mut out, depth);
            }
            ':' => out.push_str(" : "),
            space if space.is_ascii_whitespace() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn json_keeps_its_meaning_and_gets_its_lines() {
        let value = json!({ "a": [1, { "b": "x\\\" : , [" }], "c": {}, "d": [], "e": null, "f": " {} " });
        let text = laid_out(&value.to_string());
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
        assert_eq!(laid_out("{\"a\":[1,2]}"), "{\n  \"a\" : [\n    1,\n    2\n  ]\n}");
        assert_eq!(laid_out("[]"), "[ ]");
    }
}
