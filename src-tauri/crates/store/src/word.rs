//! Closed words of `model` as text columns, and JSON columns.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::StoreError;

/// The word of a unit enum, as serde writes it.
pub(crate) fn to_word<T: Serialize>(place: &'static str, value: &T) -> Result<&'static str, StoreError> {
    serde_variant::to_variant_name(value).map_err(|error| StoreError::Unreadable {
        place,
        value: error.to_string(),
    })
}

/// The unit enum of a word.
pub(crate) fn from_word<T: DeserializeOwned>(place: &'static str, word: String) -> Result<T, StoreError> {
    let value = serde_json::Value::String(word);
    T::deserialize(&value).map_err(|_| StoreError::Unreadable {
        place,
        value: shorten(&value.to_string()),
    })
}

/// JSON text of a value.
pub(crate) fn to_json<T: Serialize>(place: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable {
        place,
        value: error.to_string(),
    })
}

/// A value from JSON text.
pub(crate) fn from_json<T: DeserializeOwned>(place: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable {
        place,
        value: shorten(text),
    })
}

fn shorten(text: &str) -> String {
    text.chars().take(80).collect()
}
