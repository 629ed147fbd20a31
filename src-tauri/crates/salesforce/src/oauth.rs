//! The token and revocation endpoints, through the `oauth2` crate (OAuth 2.0 Web Server Flow; Revoke OAuth
//! Tokens).

use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    ExtraTokenFields, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, StandardRevocableToken,
    StandardTokenResponse, TokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::answer::excerpt;
use crate::http_client::cause;
use crate::introspection::Introspection;
use crate::org_address::{InstanceUrl, LoginUrl};
use crate::tokens::Tokens;

/// What Salesforce adds to a token response.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SalesforceFields {
    instance_url: String,
    #[serde(default)]
    id: String,
    /// Milliseconds since 1970, as text.
    #[serde(default)]
    issued_at: Option<String>,
}

impl ExtraTokenFields for SalesforceFields {}

type SalesforceTokenResponse = StandardTokenResponse<SalesforceFields, BasicTokenType>;

pub(crate) type OAuthClient = oauth2::Client<
    BasicErrorResponse,
    SalesforceTokenResponse,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// What went wrong at an OAuth endpoint.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OAuthFault {
    #[error("{0}")]
    NeverSent(String),
    #[error("{0}")]
    Broken(String),
    #[error("{error}: {description}")]
    Refused { error: String, description: String },
    #[error("{status}: {excerpt}")]
    NotJson { status: u16, excerpt: String },
    #[error("{0}")]
    Unreadable(String),
}

pub(crate) fn oauth_client(
    login_url: &LoginUrl,
    client_id: &str,
    client_secret: Option<&SecretString>,
    redirect: Option<RedirectUrl>,
) -> OAuthClient {
    let mut client = oauth2::Client::new(ClientId::new(client_id.to_owned()))
        .set_auth_uri(AuthUrl::from_url(
            login_url.endpoint("/services/oauth2/authorize"),
        ))
        .set_token_uri(TokenUrl::from_url(login_url.endpoint("/services/oauth2/token")))
        .set_auth_type(AuthType::RequestBody);
    if let Some(secret) = client_secret {
        client = client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()));
    }
    if let Some(redirect) = redirect {
        client = client.set_redirect_uri(redirect);
    }
    client
}

pub(crate) async fn exchange_code(
    oauth: &OAuthClient,
    http: &reqwest::Client,
    code: String,
    verifier: PkceCodeVerifier,
) -> Result<Tokens, OAuthFault> {
    let post = |request| post(http.clone(), request);
    let answer = oauth
        .exchange_code(AuthorizationCode::new(code))
        .set_pkce_verifier(verifier)
        .request_async(&post)
        .await;
    tokens_from(&answer.map_err(fault_from)?)
}

/// Asks for a new access token. The answer holds a new refresh token only if the app rotates them; else the old
/// one goes on.
pub(crate) async fn refresh(
    oauth: &OAuthClient,
    http: &reqwest::Client,
    refresh_token: &SecretString,
) -> Result<Tokens, OAuthFault> {
    let post = |request| post(http.clone(), request);
    let old = RefreshToken::new(refresh_token.expose_secret().to_owned());
    let answer = oauth.exchange_refresh_token(&old).request_async(&post).await;
    let mut tokens = tokens_from(&answer.map_err(fault_from)?)?;
    tokens.refresh_token.get_or_insert_with(|| refresh_token.clone());
    Ok(tokens)
}

/// Asks for a token by the app's own credentials.
pub(crate) async fn client_credentials(
    login_url: &LoginUrl,
    http: &reqwest::Client,
    client_id: &str,
    client_secret: Option<&SecretString>,
) -> Result<Tokens, OAuthFault> {
    let mut form = vec![("grant_type", "client_credentials"), ("client_id", client_id)];
    if let Some(secret) = client_secret {
        form.push(("client_secret", secret.expose_secret()));
    }
    granted(login_url, http, &form).await
}

/// Asks for a token by a signed statement.
pub(crate) async fn jwt_bearer(
    login_url: &LoginUrl,
    http: &reqwest::Client,
    assertion: &SecretString,
) -> Result<Tokens, OAuthFault> {
    let form = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("assertion", assertion.expose_secret()),
    ];
    granted(login_url, http, &form).await
}

async fn granted(
    login_url: &LoginUrl,
    http: &reqwest::Client,
    form: &[(&str, &str)],
) -> Result<Tokens, OAuthFault> {
    let body = post_form(login_url, http, "/services/oauth2/token", form).await?;
    // The body holds tokens, so only the place that could not be read is told.
    let answer: SalesforceTokenResponse = serde_json::from_slice(&body).map_err(|error| {
        OAuthFault::Unreadable(format!("line {} column {}", error.line(), error.column()))
    })?;
    tokens_from(&answer)
}

/// Asks what the login host knows about a token.
pub(crate) async fn introspect(
    login_url: &LoginUrl,
    http: &reqwest::Client,
    client_id: &str,
    client_secret: &SecretString,
    token: &SecretString,
) -> Result<Introspection, OAuthFault> {
    let form = [
        ("token", token.expose_secret()),
        ("token_type_hint", "access_token"),
        ("client_id", client_id),
        ("client_secret", client_secret.expose_secret()),
    ];
    let body = post_form(login_url, http, "/services/oauth2/introspect", &form).await?;
    serde_json::from_slice(&body)
        .map_err(|error| OAuthFault::Unreadable(format!("line {} column {}", error.line(), error.column())))
}

/// Revoking a refresh token ends its access tokens too.
pub(crate) async fn revoke(
    login_url: &LoginUrl,
    http: &reqwest::Client,
    token: &SecretString,
) -> Result<(), OAuthFault> {
    let form = [("token", token.expose_secret())];
    post_form(login_url, http, "/services/oauth2/revoke", &form)
        .await
        .map(drop)
}

async fn post_form(
    login_url: &LoginUrl,
    http: &reqwest::Client,
    path: &str,
    form: &[(&str, &str)],
) -> Result<bytes::Bytes, OAuthFault> {
    let sent = http.post(login_url.endpoint(path)).form(form).send().await;
    let response = sent.map_err(|error| http_fault(&error))?;
    let status = response.status();
    let body = response.bytes().await.map_err(|error| http_fault(&error))?;
    if status.is_success() {
        Ok(body)
    } else {
        Err(refusal_from(status.as_u16(), &body))
    }
}

async fn post(
    http: reqwest::Client,
    request: oauth2::HttpRequest,
) -> Result<oauth2::HttpResponse, OAuthFault> {
    let request =
        reqwest::Request::try_from(request).map_err(|error| OAuthFault::Unreadable(cause(&error)))?;
    let response = http.execute(request).await.map_err(|error| http_fault(&error))?;
    let status = response.status();
    let body = response.bytes().await.map_err(|error| http_fault(&error))?;
    if !status.is_success() {
        return Err(refusal_from(status.as_u16(), &body));
    }
    let mut answer = oauth2::HttpResponse::new(body.to_vec());
    *answer.status_mut() = status;
    Ok(answer)
}

fn http_fault(error: &reqwest::Error) -> OAuthFault {
    if error.is_connect() {
        OAuthFault::NeverSent(cause(error))
    } else {
        OAuthFault::Broken(cause(error))
    }
}

#[derive(Deserialize)]
struct RefusalBody {
    error: String,
    #[serde(default)]
    error_description: String,
}

fn refusal_from(status: u16, body: &[u8]) -> OAuthFault {
    match serde_json::from_slice::<RefusalBody>(body) {
        Ok(body) => OAuthFault::Refused {
            error: body.error,
            description: body.error_description,
        },
        Err(_) => OAuthFault::NotJson {
            status,
            excerpt: excerpt(&String::from_utf8_lossy(body)),
        },
    }
}

fn fault_from(error: RequestTokenError<OAuthFault, BasicErrorResponse>) -> OAuthFault {
    match error {
        RequestTokenError::Request(fault) => fault,
        RequestTokenError::ServerResponse(answer) => OAuthFault::Refused {
            error: answer.error().as_ref().to_owned(),
            description: answer.error_description().cloned().unwrap_or_default(),
        },
        // The body holds tokens, so only the place that could not be read is told.
        RequestTokenError::Parse(error, _) => OAuthFault::Unreadable(format!("at {}", error.path())),
        RequestTokenError::Other(detail) => OAuthFault::Unreadable(detail),
    }
}

fn tokens_from(answer: &SalesforceTokenResponse) -> Result<Tokens, OAuthFault> {
    let extra = answer.extra_fields();
    let instance_url =
        InstanceUrl::parse(&extra.instance_url).map_err(|error| OAuthFault::Unreadable(error.to_string()))?;
    let scopes = answer.scopes().map(Vec::as_slice).unwrap_or_default();
    Ok(Tokens {
        access_token: answer.access_token().secret().clone().into(),
        refresh_token: answer.refresh_token().map(|token| token.secret().clone().into()),
        instance_url,
        identity_url: extra.id.clone(),
        scope: scopes
            .iter()
            .map(|scope| scope.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        issued_at_milliseconds: extra.issued_at.as_deref().and_then(|text| text.parse().ok()),
    })
}
