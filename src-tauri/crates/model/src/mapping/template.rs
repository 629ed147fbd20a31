//! Template texts: `{Job Title} at {Company Name}`.

use crate::{ProfileValues, zoominfo_field};

/// A template that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(&'static str),
}

impl Template {
    /// Reads a template; the error says what is wrong, in words that follow "The template".
    pub fn read(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(place) = rest.find(['{', '}']) {
            plain.push_str(&rest[..place]);
            let brace = &rest[place..=place];
            let after = &rest[place + 1..];
            if let Some(after) = after.strip_prefix(brace) {
                plain.push_str(brace);
                rest = after;
                continue;
            }
            if brace == "}" {
                return Err(
                    "closes a brace that was not opened; write }} for a brace in the text".to_owned(),
                );
            }
            let Some((name, after)) = after.split_once('}') else {
                return Err("opens a brace that is not closed; write {{ for a brace in the text".to_owned());
            };
            let field = zoominfo_field::find_by_name(name)
                .ok_or_else(|| format!("names the field “{name}”, which ZoomInfo does not have"))?;
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            parts.push(Part::Field(field.id));
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        if parts.iter().all(|part| matches!(part, Part::Text(_))) {
            return Err("names no field; use a fixed value instead".to_owned());
        }
        Ok(Self { parts })
    }

    /// Ids of the fields that it names.
    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Field(id) => Some(*id),
            Part::Text(_) => None,
        })
    }

    /// The text for a profile; `None` when all its fields are blank.
    pub fn fill(&self, profile: &impl ProfileValues) -> Option<String> {
        let mut text = String::new();
        let mut any = false;
        for part in &self.parts {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Field(id) => {
                    if let Some(value) = profile.value(id) {
                        any = true;
                        text.push_str(value);
                    }
                }
            }
        }
        any.then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Profile, ProfileKind};

    fn profile() -> Profile {
        let mut profile = Profile::new(ProfileKind::Contact);
        profile.values.insert("job_title".to_owned(), "Buyer".to_owned());
        profile
    }

    #[test]
    fn fields_are_named_by_label_or_id() {
        let template = Template::read("{{{Job title}}} at {company_name}").unwrap();
        assert_eq!(template.fill(&profile()).as_deref(), Some("{Buyer} at "));
        assert_eq!(Template::read("{Company Name}").unwrap().fill(&profile()), None);
    }

    #[test]
    fn mistakes_are_named() {
        for (text, word) in [
            ("{Job Title", "not closed"),
            ("a } b", "not opened"),
            ("{Mood}", "“Mood”"),
            ("plain", "no field"),
        ] {
            assert!(Template::read(text).unwrap_err().contains(word), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "[{}a-c é]{0,24}") {
            drop(Template::read(&text));
        }
    }
}
