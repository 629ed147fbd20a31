//! The JWT bearer grant: a program that holds a registered key comes as a user who approved it before (RFC 7523;
//! Salesforce help, *OAuth 2.0 JWT Bearer Flow*).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::Value;

use super::{
    apps, people,
    token::{Form, Granted, Refusal},
};
use crate::{clock, org::Org};

/// The name of the grant.
pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// How far ahead the end of a token may lie, in seconds.
const GREATEST_SECONDS: i64 = 300;
/// How much clocks may differ, in seconds.
const SKEW_SECONDS: i64 = 30;
/// What the program gets.
const SCOPES: &str = "api id";

#[derive(Debug, Deserialize)]
struct Header {
    alg: String,
}

#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    sub: Option<String>,
    /// The older name of `sub`.
    prn: Option<String>,
    aud: Value,
    exp: Value,
}

const INVALID: Refusal = Refusal("invalid_grant", "invalid assertion");

fn decode<T: serde::de::DeserializeOwned>(part: &str) -> Result<T, Refusal> {
    let bytes = URL_SAFE_NO_PAD
        .decode(part.trim_end_matches('='))
        .map_err(|_| INVALID)?;
    serde_json::from_slice(&bytes).map_err(|_| INVALID)
}

/// `grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer`.
pub fn grant(org: &Org, form: &Form) -> Result<Granted, Refusal> {
    let assertion = form.get("assertion").map_or("", String::as_str);
    let (message, signature) = assertion.rsplit_once('.').ok_or(INVALID)?;
    let (header, claims) = message.split_once('.').ok_or(INVALID)?;
    let header: Header = decode(header)?;
    let claims: Claims = decode(claims)?;
    let app =
        apps::find(org, &claims.iss).ok_or(Refusal("invalid_client_id", "client identifier invalid"))?;
    if !is_for(org, &claims.aud) {
        return Err(Refusal("invalid_grant", "Audience validation failed"));
    }
    // Some clients write the number as a text.
    let until = match &claims.exp {
        Value::Number(number) => number
            .to_string()
            .split('.')
            .next()
            .and_then(|whole| whole.parse().ok()),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    let now = clock::now();
    let good = now - SKEW_SECONDS..=now + GREATEST_SECONDS + SKEW_SECONDS;
    if !until.is_some_and(|until| good.contains(&until)) {
        return Err(Refusal("invalid_grant", "expired authorization code"));
    }
    let signature = URL_SAFE_NO_PAD
        .decode(signature.trim_end_matches('='))
        .map_err(|_| INVALID)?;
    if header.alg != "RS256" || !org.jwt_keys.verify(message.as_bytes(), &signature) {
        return Err(INVALID);
    }
    let unapproved = Refusal("invalid_grant", "user hasn't approved this consumer");
    let Some(username) = claims.sub.or(claims.prn) else {
        return Err(unapproved);
    };
    let Some(user) = people::named(org, &username) else {
        return Err(unapproved);
    };
    if !user.active {
        return Err(Refusal("invalid_grant", "inactive user"));
    }
    let is_approved = app
        .approved_users
        .iter()
        .any(|approved| approved.eq_ignore_ascii_case(username.trim()))
        || org.sessions().has_grant(&claims.iss, user.number);
    if !is_approved {
        return Err(unapproved);
    }
    Ok(Granted::without_refresh_token(
        org,
        &claims.iss,
        app.secret,
        user.number,
        SCOPES.to_owned(),
    ))
}

fn is_for(org: &Org, audience: &Value) -> bool {
    let is_own = |audience: &Value| {
        audience.as_str().is_some_and(|audience| {
            let audience = audience.trim_end_matches('/');
            let audience = audience
                .strip_suffix("/services/oauth2/token")
                .unwrap_or(audience);
            audience == org.instance_url || audience == "https://login.salesforce.com"
        })
    };
    match audience {
        Value::Array(audiences) => audiences.iter().any(is_own),
        one => is_own(one),
    }
}
