//! The keys that JWT bearer tokens are verified with.

use std::sync::{Mutex, PoisonError};

use rsa::{
    RsaPublicKey,
    pkcs1v15::{Signature, VerifyingKey},
    pkcs8::DecodePublicKey,
    sha2::Sha256,
    signature::Verifier,
};
use x509_cert::{
    Certificate,
    der::{DecodePem, Encode},
};

/// Why a key cannot be registered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "This is no RSA public key and no certificate of one: {0}. Give PEM text that begins with BEGIN PUBLIC KEY or BEGIN \
     CERTIFICATE."
)]
pub struct JwtKeyError(String);

/// The registered keys; any of them will do.
#[derive(Debug, Default)]
pub struct JwtKeys(Mutex<Vec<VerifyingKey<Sha256>>>);

impl JwtKeys {
    /// Registers the key of a certificate or a public key, PEM.
    pub fn add(&self, pem: &str) -> Result<(), JwtKeyError> {
        let refused = |error: &dyn std::fmt::Display| JwtKeyError(error.to_string());
        let pem = pem.trim();
        let key = if pem.contains("BEGIN CERTIFICATE") {
            let certificate = Certificate::from_pem(pem).map_err(|error| refused(&error))?;
            let info = certificate.tbs_certificate.subject_public_key_info;
            let info = info.to_der().map_err(|error| refused(&error))?;
            RsaPublicKey::from_public_key_der(&info)
        } else {
            RsaPublicKey::from_public_key_pem(pem)
        };
        let key = key.map_err(|error| refused(&error))?;
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(VerifyingKey::new(key));
        Ok(())
    }

    /// Whether one of the keys made a signature.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = Signature::try_from(signature) else {
            return false;
        };
        let keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.iter().any(|key| key.verify(message, &signature).is_ok())
    }
}
