//! The statement of the JWT bearer flow: RS256, valid for three minutes, as the flow's document asks.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::json;

use super::signing_key::{KeyError, SigningKey};

const VALID_SECONDS: i64 = 180;

pub(super) fn assertion(
    client_id: &str,
    username: &str,
    audience: &str,
    key: &SigningKey,
) -> Result<SecretString, KeyError> {
    let claims = json!({
        "iss": client_id,
        "sub": username,
        "aud": audience,
        "exp": Timestamp::now().as_second() + VALID_SECONDS,
    });
    let head = URL_SAFE_NO_PAD.encode(json!({ "alg": "RS256" }).to_string());
    let signed = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let signature = URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes())?);
    Ok(format!("{signed}.{signature}").into())
}
