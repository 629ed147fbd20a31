//! Filling a template for a profile.

use std::borrow::Cow;

use super::{Function, Part, Setting, Value};
use crate::ProfileValues;
use crate::convert::{FaultRule, Problem, why_no_day, written_day};
use crate::mapping::row::DateOrder;
use crate::text::{trimmed, visible};

/// One filling; the first problem is kept.
pub(super) struct Filling<'a, P> {
    profile: &'a P,
    date_order: DateOrder,
    pub problem: Option<(String, Problem)>,
}

/// A value that is not blank.
struct Filled<'a> {
    text: Cow<'a, str>,
    /// Whether it comes of the profile, or was chosen for want of it. Text between others does not make them a value.
    counts: bool,
}

impl<'a, P: ProfileValues> Filling<'a, P> {
    pub fn new(profile: &'a P, date_order: DateOrder) -> Self {
        Self {
            profile,
            date_order,
            problem: None,
        }
    }

    pub fn text(&mut self, parts: &'a [Part]) -> Option<String> {
        let mut text = String::new();
        let mut any = false;
        for part in parts {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Value(value) => {
                    if let Some(filled) = self.value(value) {
                        any |= filled.counts;
                        text.push_str(&filled.text);
                    }
                }
            }
        }
        any.then_some(text)
    }

    fn value(&mut self, value: &'a Value) -> Option<Filled<'a>> {
        let of_profile = |text: &'a str| Filled {
            text: text.into(),
            counts: true,
        };
        match value {
            Value::Field(id) => self.profile.value(id).map(of_profile),
            Value::Column(header) => self.profile.extra(header).map(of_profile),
            Value::Text(text) => (!text.is_empty()).then(|| Filled {
                text: text.into(),
                counts: false,
            }),
            Value::Call {
                function: Function::First,
                values,
                ..
            } => values.iter().find_map(|value| {
                let filled = self.value(value)?;
                visible(&filled.text)?;
                Some(Filled {
                    counts: true,
                    ..filled
                })
            }),
            Value::Call {
                values,
                setting: Setting::Separator(separator),
                ..
            } => self.joined(values, separator),
            Value::Call {
                function,
                values,
                setting,
            } => {
                let Filled { text, counts } = self.value(values.first()?)?;
                let text = self.changed(*function, text, setting);
                (!text.is_empty()).then_some(Filled { text, counts })
            }
        }
    }

    fn joined(&mut self, values: &'a [Value], separator: &str) -> Option<Filled<'a>> {
        let mut joined = String::new();
        let mut counts = false;
        for value in values {
            let Some(filled) = self.value(value) else {
                continue;
            };
            if let Some(text) = visible(&filled.text) {
                if !joined.is_empty() {
                    joined.push_str(separator);
                }
                joined.push_str(text);
                counts |= filled.counts;
            }
        }
        (!joined.is_empty()).then_some(Filled {
            text: joined.into(),
            counts,
        })
    }

    fn changed(&mut self, function: Function, text: Cow<'a, str>, setting: &Setting) -> Cow<'a, str> {
        match (function, setting) {
            (Function::Upper, _) => text.to_uppercase().into(),
            (Function::Lower, _) => text.to_lowercase().into(),
            (Function::Title, _) => title_case(&text).into(),
            (Function::FirstWord, _) => {
                let word = text.split_whitespace().next().unwrap_or_default();
                word.to_owned().into()
            }
            (Function::Left, Setting::Characters(most)) => {
                let most = usize::try_from(*most).unwrap_or(usize::MAX);
                text.chars().take(most).collect::<String>().into()
            }
            (Function::Date, Setting::Format(format)) => {
                let written = trimmed(&text);
                let why = match written_day(written, self.date_order) {
                    Some(day) if day.is_told || !format.shows_day() => return format.show(day.date).into(),
                    Some(_) => "names no day of the month".to_owned(),
                    None => why_no_day(written, self.date_order),
                };
                let problem = Problem::new(FaultRule::NotADate, why);
                self.problem.get_or_insert_with(|| (written.to_owned(), problem));
                text
            }
            _ => text,
        }
    }
}

/// Each word with a capital first. A word begins after anything but a letter, a digit or an apostrophe, and after an
/// apostrophe behind a single letter: O'Neil, but Children's.
fn title_case(text: &str) -> String {
    let mut title = String::with_capacity(text.len());
    let mut length = 0_usize;
    for character in text.chars() {
        let is_accent = matches!(character, '\u{300}'..='\u{36f}');
        if is_accent {
            title.push(character);
        } else if character.is_alphanumeric() {
            if length == 0 {
                title.extend(character.to_uppercase());
            } else {
                title.extend(character.to_lowercase());
            }
            length += 1;
        } else {
            let within = matches!(character, '\'' | '’') && length > 1;
            if !within {
                length = 0;
            }
            title.push(character);
        }
    }
    title
}
