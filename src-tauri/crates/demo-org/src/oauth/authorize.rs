//! The authorize endpoint: login, consent, and the way back to the app.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{answer, apps, pages, people, pkce, sessions::Pending};
use crate::org::Org;

/// The scopes that an app gets when it asks for none.
const ALL_SCOPES: &str = "refresh_token api id";
/// What `prompt` may say; without it the login page comes too.
const PROMPTS: [&str; 5] = ["", "login", "consent", "select_account", "none"];
/// What an app may ask for.
pub const KNOWN_SCOPES: [&str; 14] = [
    "api",
    "web",
    "full",
    "id",
    "profile",
    "email",
    "address",
    "phone",
    "openid",
    "refresh_token",
    "offline_access",
    "chatter_api",
    "custom_permissions",
    "visualforce",
];

/// `GET /services/oauth2/authorize`: the login page, or a page that says why not.
pub async fn form(State(org): State<Arc<Org>>, Query(query): Query<HashMap<String, String>>) -> Response {
    let given = |name: &str| query.get(name).filter(|text| !text.is_empty()).cloned();
    let client_id = given("client_id").unwrap_or_default();
    let Some(app) = apps::find(&org, &client_id) else {
        return pages::refusal("invalid_client_id", "client identifier invalid");
    };
    let redirect_uri = given("redirect_uri").unwrap_or_default();
    if !app.redirect_uris.contains(&redirect_uri.as_str()) {
        return pages::refusal("redirect_uri_mismatch", "redirect_uri must match configuration");
    }
    let state = given("state");
    let back = |error: &str, description: &str| {
        redirect(
            &redirect_uri,
            &[("error", error), ("error_description", description)],
            state.as_deref(),
        )
    };
    if query.get("response_type").map(String::as_str) != Some("code") {
        return back("unsupported_response_type", "response type not supported");
    }
    let prompts = given("prompt").unwrap_or_default();
    if let Some(unknown) = prompts.split(' ').find(|prompt| !PROMPTS.contains(prompt)) {
        return back("invalid_request", &format!("invalid prompt: {unknown}"));
    }
    if prompts == "none" {
        return back("login_required", "there is no session to go on with");
    }
    let challenge = given("code_challenge");
    if app.requires_pkce && challenge.is_none() {
        return back("invalid_request", "missing required code challenge");
    }
    let method = given("code_challenge_method");
    if challenge
        .as_deref()
        .is_some_and(|challenge| !pkce::is_challenge(challenge))
        || method.is_some_and(|method| method != "S256")
    {
        return back("invalid_request", "invalid code challenge");
    }
    let scope = given("scope").unwrap_or_else(|| ALL_SCOPES.to_owned());
    if let Some(unknown) = scope.split_whitespace().find(|name| !KNOWN_SCOPES.contains(name)) {
        return back(
            "invalid_scope",
            &format!("the requested scope is not allowed: {unknown}"),
        );
    }
    let hint = given("login_hint").unwrap_or_default();
    let mut pending = Pending::new(client_id, redirect_uri.clone(), state.clone(), scope, challenge);
    pending.nonce = given("nonce");
    let name = org.sessions().wait(pending);
    pages::login(&name, &redirect_uri, &hint, None)
}

/// An OAuth error that trouble asks for: at the authorize endpoint a redirect to the app, or a page when the app's address
/// cannot be trusted; elsewhere a JSON object.
pub fn refuse(org: &Org, by_redirect: bool, uri: &Uri, error: &str, description: &str) -> Response {
    if !by_redirect {
        return answer::refusal(error, description);
    }
    let query: HashMap<String, String> =
        url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
    let app = query
        .get("client_id")
        .and_then(|client_id| apps::find(org, client_id));
    let registered = query
        .get("redirect_uri")
        .filter(|address| app.is_some_and(|app| app.redirect_uris.contains(&address.as_str())));
    match registered {
        Some(address) => {
            let why = [("error", error), ("error_description", description)];
            redirect(address, &why, query.get("state").map(String::as_str))
        }
        None => pages::refusal(error, description),
    }
}

/// What the login page sends.
#[derive(Debug, Deserialize)]
pub struct Login {
    request: String,
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
    decision: Option<String>,
}

/// `POST /services/oauth2/authorize/login`: the consent page, or the login page once more.
pub async fn login(State(org): State<Arc<Org>>, Form(login): Form<Login>) -> Response {
    let Some(redirect_uri) = org
        .sessions()
        .pending(&login.request)
        .map(|waiting| waiting.redirect_uri.clone())
    else {
        return pages::refusal(
            "invalid_request",
            "this login page has expired; start again in the app",
        );
    };
    if login.decision.as_deref() == Some("deny") {
        return denied(&org, &login.request);
    }
    let why = match people::named(&org, &login.username) {
        Some(user) if user.active && login.password == org.password => {
            let mut sessions = org.sessions();
            let Some(pending) = sessions.pending(&login.request) else {
                return pages::refusal(
                    "invalid_request",
                    "this login page has expired; start again in the app",
                );
            };
            pending.user = Some(user.number);
            let client_id = pending.client_id.clone();
            let scope = pending.scope.clone();
            drop(sessions);
            let app = apps::find(&org, &client_id).map_or("An app", |app| app.name);
            return pages::consent(&login.request, &redirect_uri, app, login.username.trim(), &scope);
        }
        Some(_) if login.password == org.password => {
            "This user is inactive. Ask an administrator of the org to activate it."
        }
        _ => "Check the username and password. If you still can't log in, look at what the demo org printed.",
    };
    pages::login(&login.request, &redirect_uri, &login.username, Some(why))
}

/// What the consent page sends.
#[derive(Debug, Deserialize)]
pub struct Consent {
    request: String,
    decision: String,
}

/// `POST /services/oauth2/authorize/consent`: back to the app, with a code or a refusal.
pub async fn consent(State(org): State<Arc<Org>>, Form(consent): Form<Consent>) -> Response {
    if consent.decision != "allow" {
        return denied(&org, &consent.request);
    }
    let mut sessions = org.sessions();
    let agreed = sessions
        .take_pending(&consent.request)
        .and_then(|pending| Some((pending.user?, pending)));
    let Some((user, pending)) = agreed else {
        return pages::refusal("invalid_request", "this page has expired; start again in the app");
    };
    let code = sessions.issue_code(pending.clone(), user);
    redirect(
        &pending.redirect_uri,
        &[("code", &code)],
        pending.state.as_deref(),
    )
}

fn denied(org: &Org, request: &str) -> Response {
    match org.sessions().take_pending(request) {
        Some(pending) => {
            let why = [
                ("error", "access_denied"),
                ("error_description", "end-user denied authorization"),
            ];
            redirect(&pending.redirect_uri, &why, pending.state.as_deref())
        }
        None => pages::refusal("invalid_request", "this page has expired; start again in the app"),
    }
}

fn redirect(to: &str, members: &[(&str, &str)], state: Option<&str>) -> Response {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in members {
        query.append_pair(name, value);
    }
    if let Some(state) = state {
        query.append_pair("state", state);
    }
    let joint = if to.contains('?') { '&' } else { '?' };
    let location = format!("{to}{joint}{}", query.finish());
    match HeaderValue::from_str(&location) {
        Ok(location) => {
            let headers = [
                (header::LOCATION, location),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (StatusCode::FOUND, headers).into_response()
        }
        Err(_) => pages::refusal("invalid_request", "the redirect address cannot be used"),
    }
}
