//! A stored profile that is read without being copied: the fast way through a whole list.

use std::borrow::Cow;
use std::fmt;
use std::mem;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::profile::ProfileValues;
use crate::text;

/// A view of a profile's JSON document. Its texts point into the document wherever that has no escapes.
#[derive(Debug, Clone, Default)]
pub struct ProfileDocument<'a> {
    values: Texts<'a>,
    extras: Texts<'a>,
}

impl<'a> ProfileDocument<'a> {
    /// Reads the document that [`Profile`](crate::Profile) serializes to.
    ///
    /// # Errors
    /// When the text is no such document.
    pub fn read(document: &'a str) -> Result<Self, serde_json::Error> {
        ProfileReader::default().read(document)
    }
}

/// Reads one stored profile after another into the same memory: the fast way through many of them.
#[derive(Debug, Default)]
pub struct ProfileReader {
    /// Emptied lists of a profile that was read before.
    spare: ProfileDocument<'static>,
}

impl ProfileReader {
    /// Reads the document that [`Profile`](crate::Profile) serializes to.
    ///
    /// # Errors
    /// When the text is no such document.
    pub fn read<'a>(&mut self, document: &'a str) -> Result<ProfileDocument<'a>, serde_json::Error> {
        let mut profile: ProfileDocument<'a> = mem::take(&mut self.spare).emptied();
        let mut deserializer = serde_json::Deserializer::from_str(document);
        Document(&mut profile).deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok(profile)
    }

    /// Takes a profile back that is no longer needed, for the next one.
    pub fn take_back(&mut self, profile: ProfileDocument<'_>) {
        self.spare = profile.emptied();
    }
}

impl ProfileDocument<'_> {
    fn emptied<'b>(self) -> ProfileDocument<'b> {
        ProfileDocument {
            values: self.values.emptied(),
            extras: self.extras.emptied(),
        }
    }
}

/// The members of a document, whatever else it has.
struct Document<'p, 'a>(&'p mut ProfileDocument<'a>);

impl<'de> DeserializeSeed<'de> for Document<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, 'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a profile")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Text<'de>>()? {
            match &*name.0 {
                "values" => map.next_value_seed(&mut self.0.values)?,
                "extras" => map.next_value_seed(&mut self.0.extras)?,
                _ => map.next_value::<IgnoredAny>().map(drop)?,
            }
        }
        Ok(())
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
    /// The same memory for other texts: collecting from a list into one of the same shape keeps it.
    fn emptied<'b>(self) -> Texts<'b> {
        Texts(self.0.into_iter().map_while(|_| None).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(own, _)| own == name)?;
        text::visible(&found.1)
    }
}

impl<'de> DeserializeSeed<'de> for &mut Texts<'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Texts<'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("texts by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((name, value)) = map.next_entry::<Text<'de>, Text<'de>>()? {
            self.0.push((name.0, value.0));
        }
        Ok(())
    }
}

/// Within a map, serde borrows only what asks for it by name.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
