//! Reading a template: its text, and the values between its braces.

use super::{MOST_VALUES, Part, TemplateFault, Value};
use crate::text::{excerpt, is_blank};
use crate::zoominfo_field::FIELDS;

/// Characters of a name that a fault quotes.
pub(super) const QUOTED_CHARACTERS: usize = 60;
/// Fields that a fault proposes.
const MOST_PROPOSALS: usize = 3;

pub(super) type Read<T> = Result<T, TemplateFault>;

/// The parts of a template.
pub(super) fn parts(text: &str) -> Read<Vec<Part>> {
    let mut reader = Reader {
        text,
        place: 0,
        opened: 0,
        values: 0,
        names_profile: false,
    };
    let mut parts = Vec::new();
    let mut plain = String::new();
    while let Some(distance) = reader.rest().find(['{', '}']) {
        plain.push_str(&reader.rest()[..distance]);
        reader.place += distance;
        reader.opened = reader.place;
        let brace = &text[reader.place..=reader.place];
        reader.place += 1;
        if reader.rest().starts_with(brace) {
            plain.push_str(brace);
            reader.place += 1;
            continue;
        }
        if brace == "}" {
            return Err(reader.fault(
                reader.opened,
                "closes a brace that was not opened",
                "write }} for a brace in the text",
            ));
        }
        let value = reader.value(0)?;
        reader.expect('}')?;
        if !plain.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut plain)));
        }
        parts.push(Part::Value(value));
    }
    plain.push_str(reader.rest());
    if !plain.is_empty() {
        parts.push(Part::Text(plain));
    }
    if !reader.names_profile {
        return Err(reader.fault(
            0,
            "names no field",
            "use a fixed value instead, or name one in braces",
        ));
    }
    Ok(parts)
}

pub(super) struct Reader<'a> {
    text: &'a str,
    /// Byte that is read next.
    pub place: usize,
    /// Byte of the brace that was opened last.
    opened: usize,
    values: usize,
    names_profile: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.place..]
    }

    pub(super) fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.place += rest.len() - rest.trim_start().len();
    }

    /// Takes a sign, if it is next.
    pub(super) fn take(&mut self, sign: char) -> bool {
        self.skip_spaces();
        let found = self.rest().starts_with(sign);
        self.place += if found { sign.len_utf8() } else { 0 };
        found
    }

    pub(super) fn expect(&mut self, sign: char) -> Read<()> {
        if self.take(sign) {
            return Ok(());
        }
        let Some(found) = self.rest().chars().next() else {
            return Err(self.not_closed());
        };
        let what = format!("has “{found}”");
        Err(self.fault(
            self.place,
            what,
            format!("write “{sign}” there, or put text in double quotes"),
        ))
    }

    pub(super) fn value(&mut self, depth: usize) -> Read<Value> {
        self.skip_spaces();
        let start = self.place;
        self.values += 1;
        if self.values > MOST_VALUES {
            let mend = format!("{MOST_VALUES} are the most; split it into several rows");
            return Err(self.fault(start, "names too many values", mend));
        }
        if let Some((id, length)) = field_at(self.rest()) {
            self.place += length;
            self.names_profile = true;
            return Ok(Value::Field(id));
        }
        let rest = self.rest();
        if rest.starts_with('"') {
            return self.quoted().map(Value::Text);
        }
        if let Some(prefix) = rest.get(.."column:".len())
            && prefix.eq_ignore_ascii_case("column:")
        {
            self.place += prefix.len();
            self.names_profile = true;
            return self.column(start, depth);
        }
        let length = rest.find(['(', ')', ',', '{', '}', '"']);
        let Some(length) = length else {
            return Err(self.not_closed());
        };
        let name = rest[..length].trim();
        if rest[length..].starts_with('(') && !name.is_empty() && !name.contains(char::is_whitespace) {
            self.place += length + 1;
            return self.call(start, name, depth);
        }
        Err(self.no_field(start, name))
    }

    fn column(&mut self, start: usize, depth: usize) -> Read<Value> {
        self.skip_spaces();
        let header = if self.rest().starts_with('"') {
            self.quoted()?
        } else {
            let rest = self.rest();
            let Some(length) = header_length(rest, depth > 0) else {
                return Err(self.not_closed());
            };
            self.place += length;
            rest[..length].trim().to_owned()
        };
        if is_blank(&header) {
            return Err(self.fault(start, "names no column", "write its header behind “column:”"));
        }
        Ok(Value::Column(header))
    }

    /// Text between quotes, in which two of them are one.
    fn quoted(&mut self) -> Read<String> {
        let start = self.place;
        let mut text = String::new();
        let mut rest = &self.rest()[1..];
        while let Some(place) = rest.find('"') {
            text.push_str(&rest[..place]);
            rest = &rest[place + 1..];
            let Some(after) = rest.strip_prefix('"') else {
                self.place = self.text.len() - rest.len();
                return Ok(text);
            };
            text.push('"');
            rest = after;
        }
        Err(self.fault(
            start,
            "opens a quote that is not closed",
            "write \"\" for a quote in the text",
        ))
    }

    fn no_field(&self, start: usize, name: &str) -> TemplateFault {
        if name.is_empty() {
            return self.fault(
                start,
                "names nothing",
                "write the name of a field, such as {Company Name}",
            );
        }
        let what = format!(
            "names the field “{}”, which ZoomInfo does not have,",
            excerpt(name, QUOTED_CHARACTERS)
        );
        let lower = name.to_lowercase();
        let alike: Vec<&str> = FIELDS
            .iter()
            .map(|field| field.label)
            .filter(|label| {
                let label = label.to_lowercase();
                label.contains(&lower) || lower.contains(&label)
            })
            .take(MOST_PROPOSALS)
            .collect();
        let mend = if alike.is_empty() {
            "name a ZoomInfo field, write {column:Header} for a column of the list, or put text in double quotes; Salesforce \
             fields and other rows cannot be named"
                .to_owned()
        } else {
            format!("there is {}", alike.join(", "))
        };
        self.fault(start, what, mend)
    }

    fn not_closed(&self) -> TemplateFault {
        self.fault(
            self.opened,
            "opens a brace that is not closed",
            "write {{ for a brace in the text",
        )
    }

    pub(super) fn fault(
        &self,
        place: usize,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> TemplateFault {
        let before = self.text[..place].chars().count();
        TemplateFault {
            position: u32::try_from(before + 1).unwrap_or(u32::MAX),
            what: what.into(),
            mend: mend.into(),
        }
    }
}

/// The field whose label or id a text begins with, and the length of its name; the longest one, for some labels have
/// brackets.
fn field_at(text: &str) -> Option<(&'static str, usize)> {
    let names = FIELDS
        .iter()
        .flat_map(|field| [(field.id, field.label), (field.id, field.id)]);
    names
        .filter(|(_, name)| {
            text.get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
                && text[name.len()..].trim_start().starts_with(['}', ',', ')'])
        })
        .map(|(id, name)| (id, name.len()))
        .max_by_key(|(_, length)| *length)
}

/// Length of a header without quotes: up to the brace, and within a call up to the comma or the closing bracket.
fn header_length(text: &str, in_call: bool) -> Option<usize> {
    let mut open = 0_usize;
    for (place, character) in text.char_indices() {
        match character {
            '}' => return Some(place),
            ',' | ')' if in_call && open == 0 => return Some(place),
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    None
}
