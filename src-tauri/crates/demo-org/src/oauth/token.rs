//! The token endpoint.

use std::{collections::HashMap, sync::Arc};

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use serde_json::json;
use sha2::Sha256;

use super::{
    answer::{answer, refusal},
    apps::{self, App},
    client_credentials, jwt_bearer, openid, people, pkce,
};
use crate::{clock, org::Org};

/// The members of a form.
pub type Form = HashMap<String, String>;

/// Why no token is given: `error` and `error_description`.
#[derive(Debug)]
pub struct Refusal(pub &'static str, pub &'static str);

/// What is given.
#[derive(Debug)]
pub struct Granted {
    /// Who gets it.
    pub client_id: String,
    /// The app's consumer secret.
    pub secret: String,
    /// Number of the user.
    pub user: u32,
    /// Scopes.
    pub scope: String,
    /// The access token.
    pub access_token: String,
    /// The refresh token, when there is a new one.
    pub refresh_token: Option<String>,
    /// What the app wants to find in the id token.
    pub nonce: Option<String>,
}

impl Granted {
    /// An access token for an app that comes by itself.
    pub fn without_refresh_token(
        org: &Org,
        client_id: &str,
        secret: String,
        user: u32,
        scope: String,
    ) -> Self {
        let access_token =
            org.sessions()
                .issue_access_token(&org.organization_id(), user, None, client_id, &scope);
        Self {
            client_id: client_id.to_owned(),
            secret,
            user,
            scope,
            access_token,
            refresh_token: None,
            nonce: None,
        }
    }
}

/// `POST /services/oauth2/token`.
pub async fn token(State(org): State<Arc<Org>>, headers: HeaderMap, body: Bytes) -> Response {
    let form = read_credentials(&headers, &body);
    let outcome = match form.get("grant_type").map(String::as_str) {
        Some("authorization_code") => by_code(&org, &form),
        Some("refresh_token") => by_refresh_token(&org, &form),
        Some("client_credentials") => client_credentials::grant(&org, &form),
        Some(jwt_bearer::GRANT_TYPE) => jwt_bearer::grant(&org, &form),
        _ => Err(Refusal("unsupported_grant_type", "grant type not supported")),
    };
    match outcome {
        Ok(granted) => give(&org, granted).await,
        Err(Refusal(error, description)) => refusal(error, description),
    }
}

/// The members of a form body, and the app's id and secret when they come as Basic credentials.
pub fn read_credentials(headers: &HeaderMap, body: &[u8]) -> Form {
    let mut form = read_form(headers, body);
    take_basic_credentials(headers, &mut form);
    form
}

/// The members of a form body; none when the body is something else.
pub fn read_form(headers: &HeaderMap, body: &[u8]) -> Form {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Form::new();
    }
    url::form_urlencoded::parse(body).into_owned().collect()
}

fn take_basic_credentials(headers: &HeaderMap, form: &mut Form) {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let decoded = given
        .and_then(|value| value.strip_prefix("Basic "))
        .and_then(|encoded| STANDARD.decode(encoded).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    if let Some((id, secret)) = decoded.as_deref().and_then(|text| text.split_once(':')) {
        form.entry("client_id".to_owned())
            .or_insert_with(|| id.to_owned());
        form.entry("client_secret".to_owned())
            .or_insert_with(|| secret.to_owned());
    }
}

/// The app that a form names, unless it names a wrong secret.
pub fn client<'form>(org: &Org, form: &'form Form) -> Result<(&'form str, App), Refusal> {
    let unknown = || Refusal("invalid_client_id", "client identifier invalid");
    let client_id = form.get("client_id").ok_or_else(unknown)?;
    let app = apps::find(org, client_id).ok_or_else(unknown)?;
    match form.get("client_secret") {
        Some(secret) if !secret.is_empty() && *secret != app.secret => {
            Err(Refusal("invalid_client", "invalid client credentials"))
        }
        _ => Ok((client_id, app)),
    }
}

fn by_code(org: &Org, form: &Form) -> Result<Granted, Refusal> {
    let (client_id, app) = client(org, form)?;
    let mut sessions = org.sessions();
    let given = form.get("code").map_or("", String::as_str);
    let code = sessions
        .code(given)
        .ok_or(Refusal("invalid_grant", "invalid authorization code"))?;
    if code.used || code.is_expired() {
        return Err(Refusal("invalid_grant", "expired authorization code"));
    }
    if code.pending.client_id != client_id {
        return Err(Refusal("invalid_grant", "invalid authorization code"));
    }
    if form.get("redirect_uri") != Some(&code.pending.redirect_uri) {
        return Err(Refusal(
            "redirect_uri_mismatch",
            "redirect_uri must match configuration",
        ));
    }
    if let Some(challenge) = &code.pending.challenge {
        let verifier = form.get("code_verifier").map_or("", String::as_str);
        if !pkce::matches(challenge, verifier) {
            return Err(Refusal("invalid_grant", "invalid code verifier"));
        }
    }
    code.used = true;
    let (user, scope, nonce) = (code.user, code.pending.scope.clone(), code.pending.nonce.clone());
    drop(sessions);
    if !people::is_active(org, user) {
        return Err(Refusal("invalid_grant", "inactive user"));
    }
    let mut sessions = org.sessions();
    let wants_refresh = scope
        .split(' ')
        .any(|name| name == "refresh_token" || name == "offline_access");
    let kept = wants_refresh.then(|| sessions.issue_refresh_token(client_id, user, &scope));
    let number = kept.as_ref().map(|(_, grant)| grant.number);
    let access_token = sessions.issue_access_token(&org.organization_id(), user, number, client_id, &scope);
    Ok(Granted {
        client_id: client_id.to_owned(),
        secret: app.secret,
        user,
        scope,
        access_token,
        refresh_token: kept.map(|(token, _)| token),
        nonce,
    })
}

fn by_refresh_token(org: &Org, form: &Form) -> Result<Granted, Refusal> {
    let (client_id, app) = client(org, form)?;
    let mut sessions = org.sessions();
    let given = form.get("refresh_token").map_or("", String::as_str);
    let expired = || Refusal("invalid_grant", "expired access/refresh token");
    let grant = sessions
        .use_refresh_token(given)
        .filter(|grant| grant.client_id == client_id);
    let grant = grant.ok_or_else(expired)?;
    drop(sessions);
    if !people::is_active(org, grant.user) {
        return Err(Refusal("invalid_grant", "inactive user"));
    }
    let mut sessions = org.sessions();
    let refresh_token = if org.rotates_refresh_tokens() {
        Some(sessions.rotate(given).ok_or_else(expired)?)
    } else {
        None
    };
    let access_token = sessions.issue_access_token(
        &org.organization_id(),
        grant.user,
        Some(grant.number),
        client_id,
        &grant.scope,
    );
    Ok(Granted {
        client_id: client_id.to_owned(),
        secret: app.secret,
        user: grant.user,
        scope: grant.scope,
        access_token,
        refresh_token,
        nonce: None,
    })
}

async fn give(org: &Arc<Org>, granted: Granted) -> Response {
    let user_id = org.ids.id(org.user(granted.user));
    let id = format!("{}/id/{}/{user_id}", org.instance_url, org.organization_id());
    let issued_at = clock::now_milliseconds().to_string();
    let mut body = json!({
        "access_token": granted.access_token,
        "signature": signature(&granted.secret, &id, &issued_at),
        "scope": granted.scope,
        "instance_url": org.instance_url,
        "id": id,
        "token_type": "Bearer",
        "issued_at": issued_at,
    });
    if let Some(token) = &granted.refresh_token {
        body["refresh_token"] = json!(token);
    }
    if let Some(token) = openid::id_token(org, &granted, &id).await {
        body["id_token"] = token;
    }
    answer(StatusCode::OK, body)
}

/// Base64 of HMAC-SHA256, keyed with the consumer secret, over the id followed by `issued_at`.
fn signature(secret: &str, id: &str, issued_at: &str) -> String {
    let Ok(mut keyed) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    keyed.update(id.as_bytes());
    keyed.update(issued_at.as_bytes());
    STANDARD.encode(keyed.finalize().into_bytes())
}
