//! What trouble answers in the org's place.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    fault::ApiFault,
    oauth,
    org::Org,
    trouble::{Family, Happening},
};

/// The answer of trouble that answers in the org's place; `None` for other trouble.
pub fn answer(org: &Org, what: &Happening, request: &Request) -> Option<Response> {
    let answer = match what {
        Happening::PolicyRefusal => {
            let message = "This session is not valid for use with the REST API";
            ApiFault::new(StatusCode::UNAUTHORIZED, "INVALID_SESSION_ID", message).into_response()
        }
        Happening::BadOauthToken => (StatusCode::FORBIDDEN, "Bad_OAuth_Token").into_response(),
        Happening::DailyLimit => {
            let mut answer = limit("TotalRequests Limit exceeded.");
            let greatest = org.options.daily_api_requests;
            if let Ok(usage) = HeaderValue::from_str(&format!("api-usage={greatest}/{greatest}")) {
                answer.headers_mut().insert("sforce-limit-info", usage);
            }
            answer
        }
        Happening::ConcurrentLimit => limit("ConcurrentRequests (Concurrent API Requests) Limit exceeded."),
        Happening::UnknownException => {
            let message = "An unexpected error occurred. Please include this ErrorId if you contact support: \
                           1763900000-12345 (-1234567890)";
            ApiFault::new(StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN_EXCEPTION", message).into_response()
        }
        Happening::Status(status) => edge(status_code(u16::from(*status))),
        Happening::Refusal {
            status,
            code,
            message,
        } => ApiFault::new(status_code(u16::from(*status)), code, message).into_response(),
        Happening::OauthRefusal { error, description } => {
            let kind = Family::of(request.method().as_str(), request.uri().path());
            oauth::refuse(org, kind == Family::Authorize, request.uri(), error, description)
        }
        Happening::ResultsNotFound => ApiFault::not_found().into_response(),
        Happening::ResultsNotReady => {
            let message = "Results are available once the job is complete, failed or aborted";
            ApiFault::bad_request("INVALIDJOBSTATE", message).into_response()
        }
        Happening::Redirect { to } => match HeaderValue::from_str(to) {
            Ok(to) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
            Err(_) => Redirect::temporary("/").into_response(),
        },
        _ => return None,
    };
    Some(answer)
}

fn status_code(number: u16) -> StatusCode {
    StatusCode::from_u16(number).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn limit(message: &str) -> Response {
    ApiFault::new(StatusCode::FORBIDDEN, "REQUEST_LIMIT_EXCEEDED", message).into_response()
}

/// An answer of the servers in front of the org: never JSON.
fn edge(status: StatusCode) -> Response {
    if matches!(status.as_u16(), 406 | 429) {
        return status.into_response();
    }
    let (title, words) = match status.as_u16() {
        420 => (
            "Setting things up",
            "We are setting things up for you. Stay tuned, this takes a moment.",
        ),
        503 => (
            "Down for Maintenance",
            "We are down for maintenance. Sorry for the inconvenience.",
        ),
        _ => ("An error occurred", "The server could not answer this request."),
    };
    let page = format!(
        "<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{words}</p></body></html>"
    );
    (status, [(header::CONTENT_TYPE, "text/html;charset=UTF-8")], page).into_response()
}
