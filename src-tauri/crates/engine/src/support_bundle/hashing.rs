//! Values as hashes: equal values stay equal within one bundle, and nothing leads back to them, because the key is made
//! for the bundle and never kept.

use hmac::{Hmac, Mac};
use rand::RngCore;
use serde_json::Value;
use sha2::Sha256;

const SHOWN_BYTES: usize = 5;

/// Hashes of one bundle.
pub(super) struct Hashing(Hmac<Sha256>);

impl Hashing {
    /// With a key of its own.
    pub(super) fn new() -> Self {
        let mut key = [0_u8; 64];
        rand::rng().fill_bytes(&mut key);
        // A key of the block's own length is taken as it is.
        Self(<Hmac<Sha256> as Mac>::new(&key.into()))
    }

    /// The hash of a text, e.g. `#3f1c0a92be`; nothing stays nothing.
    pub(super) fn of(&self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let mut mac = self.0.clone();
        mac.update(text.as_bytes());
        let digest = mac.finalize().into_bytes();
        digest
            .iter()
            .take(SHOWN_BYTES)
            .fold("#".to_owned(), |shown, byte| format!("{shown}{byte:02x}"))
    }

    /// A document with every text hashed but those of the given members, which hold words of the app's own.
    pub(super) fn document(&self, value: Value, own_words: &[&str]) -> Value {
        self.member(value, own_words, false)
    }

    fn member(&self, value: Value, own_words: &[&str], is_own: bool) -> Value {
        match value {
            Value::String(text) if !is_own => Value::String(self.of(&text)),
            Value::Array(items) => items
                .into_iter()
                .map(|item| self.member(item, own_words, is_own))
                .collect(),
            Value::Object(members) => members
                .into_iter()
                .map(|(name, value)| {
                    let is_own = own_words.contains(&name.as_str());
                    (name, self.member(value, own_words, is_own))
                })
                .collect(),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn equal_values_stay_equal_in_one_bundle_and_only_there() {
        let (one, other) = (Hashing::new(), Hashing::new());
        assert_eq!(one.of("Acme"), one.of("Acme"));
        assert_ne!(one.of("Acme"), one.of("Acme "));
        assert_ne!(one.of("Acme"), other.of("Acme"));
        assert_eq!(one.of(""), "");
    }

    #[test]
    fn only_the_apps_own_words_stay() {
        let hashing = Hashing::new();
        let document = json!({ "object": "lead", "rule": { "name": "Ada's rule", "on": true, "limit": 5 } });
        let shown = hashing.document(document, &["object"]);
        assert_eq!(shown["object"], "lead");
        assert_eq!(
            (&shown["rule"]["on"], &shown["rule"]["limit"]),
            (&json!(true), &json!(5))
        );
        assert!(shown["rule"]["name"].as_str().unwrap().starts_with('#'));
    }
}
