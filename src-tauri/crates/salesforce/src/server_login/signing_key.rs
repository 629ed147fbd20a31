//! An RSA private key, read once and never shown.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use secrecy::{ExposeSecret, SecretString};

/// Why a text is no usable private key; never the text itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "The private key cannot be used: {reason}. Give an RSA key of 2048 bits or more in PEM form, without a password."
)]
pub struct KeyError {
    /// What is wrong with it.
    pub reason: String,
}

/// An RSA private key that signs JWTs.
#[derive(Clone)]
pub struct SigningKey(Arc<RsaKeyPair>);

const PKCS8: &str = "PRIVATE KEY";
const PKCS1: &str = "RSA PRIVATE KEY";

impl SigningKey {
    /// Reads a key in PEM form: PKCS#8 (`BEGIN PRIVATE KEY`) or PKCS#1 (`BEGIN RSA PRIVATE KEY`).
    pub fn from_pem(pem: &SecretString) -> Result<Self, KeyError> {
        let refused = |reason: &str| KeyError {
            reason: reason.to_owned(),
        };
        let text = pem.expose_secret();
        let (label, body) = block(text).ok_or_else(|| refused("it holds no PEM block of a private key"))?;
        let packed: String = body.split_whitespace().collect();
        let der = SecretBytes(
            STANDARD
                .decode(packed)
                .map_err(|_| refused("its text is damaged"))?,
        );
        let pair = if label == PKCS8 {
            RsaKeyPair::from_pkcs8(&der.0)
        } else {
            RsaKeyPair::from_der(&der.0)
        };
        pair.map(|pair| Self(Arc::new(pair)))
            .map_err(|error| refused(&error.to_string()))
    }

    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut signature = vec![0; self.0.public().modulus_len()];
        self.0
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .map_err(|_| KeyError {
                reason: "signing failed".to_owned(),
            })?;
        Ok(signature)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SigningKey(redacted)")
    }
}

/// Wiped when it is dropped, as far as safe Rust can.
struct SecretBytes(Vec<u8>);

impl Drop for SecretBytes {
    fn drop(&mut self) {
        self.0.fill(0);
    }
}

fn block(pem: &str) -> Option<(&'static str, &str)> {
    [PKCS8, PKCS1].into_iter().find_map(|label| {
        let (_, after) = pem.split_once(&format!("-----BEGIN {label}-----"))?;
        let (body, _) = after.split_once(&format!("-----END {label}-----"))?;
        Some((label, body))
    })
}
