//! A stored profile that is read without being copied: the fast way through a whole list.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::profile::ProfileValues;
use crate::text;

/// A view of a profile's JSON document. Its texts point into the document wherever that has no escapes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProfileDocument<'a> {
    #[serde(borrow)]
    values: Texts<'a>,
    #[serde(borrow)]
    extras: Texts<'a>,
}

impl<'a> ProfileDocument<'a> {
    /// Reads the document that [`Profile`](crate::Profile) serializes to.
    ///
    /// # Errors
    /// When the text is no such document.
    pub fn read(document: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(document)
    }
}

impl ProfileValues for ProfileDocument<'_> {
    fn value(&self, field: &str) -> Option<&str> {
        self.values.get(field)
    }

    fn extra(&self, column: &str) -> Option<&str> {
        self.extras.get(column)
    }
}

/// Texts by name. A profile has a few dozen, which a short list holds faster than a tree.
#[derive(Debug, Clone, Default)]
struct Texts<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl Texts<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(own, _)| own == name)?;
        text::visible(&found.1)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Texts<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TextsVisitor)
    }
}

struct TextsVisitor;

impl<'de> Visitor<'de> for TextsVisitor {
    type Value = Texts<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("texts by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut texts = Vec::with_capacity(map.size_hint().unwrap_or(32));
        while let Some((name, value)) = map.next_entry::<Text<'de>, Text<'de>>()? {
            texts.push((name.0, value.0));
        }
        Ok(Texts(texts))
    }
}

/// Within a map, serde borrows only what asks for it by name.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
