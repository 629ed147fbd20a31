//! OpenID Connect: discovery, the key set, and id tokens (OpenID Connect Core 1.0; Salesforce help, *OpenID Connect*).

use std::sync::{Arc, OnceLock};

use axum::{Json, extract::State};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rsa::{
    RsaPrivateKey,
    pkcs1v15::SigningKey,
    rand_core::OsRng,
    sha2::{Digest, Sha256},
    signature::{SignatureEncoding, Signer},
    traits::PublicKeyParts,
};
use serde_json::{Value, json};

use super::token::Granted;
use crate::{clock, org::Org};

/// Name of the key in the key set.
const KEY_NAME: &str = "demo-1";
const KEY_BITS: usize = 2048;
/// How long an id token is good for, in seconds.
const GOOD_SECONDS: i64 = 120;

/// The key that signs id tokens; made when it is first needed, kept in memory only.
#[derive(Debug, Default)]
pub struct IdKey(OnceLock<Option<RsaPrivateKey>>);

impl IdKey {
    fn get(&self) -> Option<&RsaPrivateKey> {
        let made = self.0.get_or_init(|| {
            RsaPrivateKey::new(&mut OsRng, KEY_BITS)
                .inspect_err(|error| tracing::error!(%error, "no key for id tokens could be made"))
                .ok()
        });
        made.as_ref()
    }
}

/// Does something with the key on a thread of its own: making it takes a while.
async fn with_key(org: Arc<Org>, what: impl FnOnce(&RsaPrivateKey) -> Value + Send + 'static) -> Value {
    let done = tokio::task::spawn_blocking(move || org.id_key.get().map_or(Value::Null, what)).await;
    done.unwrap_or_else(|error| {
        tracing::error!(%error, "the key for id tokens could not be used");
        Value::Null
    })
}

/// `GET /.well-known/openid-configuration`.
pub async fn discovery(State(org): State<Arc<Org>>) -> Json<Value> {
    let base = &org.instance_url;
    let oauth = |name: &str| format!("{base}/services/oauth2/{name}");
    Json(json!({
        "issuer": base,
        "authorization_endpoint": oauth("authorize"),
        "token_endpoint": oauth("token"),
        "revocation_endpoint": oauth("revoke"),
        "userinfo_endpoint": oauth("userinfo"),
        "introspection_endpoint": oauth("introspect"),
        "jwks_uri": format!("{base}/id/keys"),
        "scopes_supported": super::authorize::KNOWN_SCOPES,
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "display_values_supported": ["page", "popup", "touch"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
    }))
}

/// `GET /id/keys`: the key set (RFC 7517).
pub async fn keys(State(org): State<Arc<Org>>) -> Json<Value> {
    let key = with_key(org, |key| {
        json!({
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": KEY_NAME,
            "n": URL_SAFE_NO_PAD.encode(key.n().to_bytes_be()),
            "e": URL_SAFE_NO_PAD.encode(key.e().to_bytes_be()),
        })
    });
    Json(json!({ "keys": [key.await] }))
}

/// The id token of a grant, when it has the scope `openid`.
pub async fn id_token(org: &Arc<Org>, granted: &Granted, subject: &str) -> Option<Value> {
    if !granted.scope.split(' ').any(|scope| scope == "openid") {
        return None;
    }
    let now = clock::now();
    let digest = Sha256::digest(granted.access_token.as_bytes());
    let mut claims = json!({
        "iss": org.instance_url,
        "sub": subject,
        "aud": granted.client_id,
        "iat": now,
        "exp": now + GOOD_SECONDS,
        "at_hash": URL_SAFE_NO_PAD.encode(&digest[..16]),
    });
    if let Some(nonce) = &granted.nonce {
        claims["nonce"] = json!(nonce);
    }
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": KEY_NAME });
    let message = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header.to_string()),
        URL_SAFE_NO_PAD.encode(claims.to_string())
    );
    let token = with_key(Arc::clone(org), move |key| {
        let signature = SigningKey::<Sha256>::new(key.clone()).sign(message.as_bytes());
        json!(format!(
            "{message}.{}",
            URL_SAFE_NO_PAD.encode(signature.to_bytes())
        ))
    });
    Some(token.await)
}
