//! Reading a template.

use super::{DateFormat, Function, MOST_DEPTH, MOST_VALUES, Part, Setting, TemplateFault, Value};
use crate::text::{excerpt, is_blank};
use crate::zoominfo_field::FIELDS;

/// Characters of a name that a fault quotes.
const QUOTED_CHARACTERS: usize = 60;
/// Fields that a fault proposes.
const MOST_PROPOSALS: usize = 3;

type Read<T> = Result<T, TemplateFault>;

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

struct Reader<'a> {
    text: &'a str,
    /// Byte that is read next.
    place: usize,
    /// Byte of the brace that was opened last.
    opened: usize,
    values: usize,
    names_profile: bool,
}

/// An argument of a call and the byte where it begins.
struct Argument {
    place: usize,
    what: Given,
}

enum Given {
    Value(Value),
    Number(u32),
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.place..]
    }

    fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.place += rest.len() - rest.trim_start().len();
    }

    /// Takes a sign, if it is next.
    fn take(&mut self, sign: char) -> bool {
        self.skip_spaces();
        let found = self.rest().starts_with(sign);
        self.place += if found { sign.len_utf8() } else { 0 };
        found
    }

    fn expect(&mut self, sign: char) -> Read<()> {
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

    fn value(&mut self, depth: usize) -> Read<Value> {
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

    fn call(&mut self, start: usize, name: &str, depth: usize) -> Read<Value> {
        let Some(function) = Function::find(name) else {
            let what = format!("names the function “{}”", excerpt(name, QUOTED_CHARACTERS));
            let names = Function::ALL.map(|function| function.told().name);
            let mend = format!("there is none of this name; there are {}", names.join(", "));
            return Err(self.fault(start, what, mend));
        };
        if depth == MOST_DEPTH {
            let mend = format!("functions may stand in each other {MOST_DEPTH} deep; take some out");
            return Err(self.fault(start, "nests too many functions", mend));
        }
        let mut arguments = Vec::new();
        if !self.take(')') {
            loop {
                arguments.push(self.argument(depth + 1)?);
                if self.take(',') {
                    continue;
                }
                self.expect(')')?;
                break;
            }
        }
        self.build(start, function, arguments)
    }

    fn argument(&mut self, depth: usize) -> Read<Argument> {
        self.skip_spaces();
        let place = self.place;
        let rest = self.rest();
        let digits = rest.len() - rest.trim_start_matches(|next: char| next.is_ascii_digit()).len();
        if digits > 0 && rest[digits..].trim_start().starts_with([',', ')']) {
            let Ok(number) = rest[..digits].parse() else {
                return Err(self.fault(place, "has a number that is too large", "write a smaller one"));
            };
            self.place += digits;
            return Ok(Argument {
                place,
                what: Given::Number(number),
            });
        }
        let value = self.value(depth)?;
        Ok(Argument {
            place,
            what: Given::Value(value),
        })
    }

    /// Sorts the arguments of a function into values and its setting.
    fn build(&self, start: usize, function: Function, arguments: Vec<Argument>) -> Read<Value> {
        let usage = || format!("write it as {}", function.told().usage);
        let name = function.told().name;
        let wrong = |place: usize| self.fault(place, format!("gives {name} what it does not take"), usage());
        let mut values = Vec::new();
        let mut numbers = Vec::new();
        for argument in arguments {
            match argument.what {
                Given::Value(value) => values.push((argument.place, value)),
                Given::Number(number) => numbers.push((argument.place, values.len(), number)),
            }
        }
        let setting = match (function, numbers.as_slice()) {
            (Function::Left, [(_, 1, number)]) if *number > 0 => Setting::Characters(*number),
            (Function::Left, [(place, ..), ..]) => return Err(wrong(*place)),
            (Function::Left, []) => return Err(wrong(start)),
            (_, [(place, ..), ..]) => return Err(wrong(*place)),
            (Function::Join, []) => {
                if values.is_empty() {
                    return Err(wrong(start));
                }
                match values.remove(0) {
                    (_, Value::Text(separator)) => Setting::Separator(separator),
                    (place, _) => return Err(wrong(place)),
                }
            }
            (Function::Date, []) => match (values.len(), values.pop()) {
                (2, Some((place, Value::Text(text)))) => Setting::Format(self.format(place, &text)?),
                (_, Some((place, _))) => return Err(wrong(place)),
                _ => return Err(wrong(start)),
            },
            _ => Setting::None,
        };
        let takes_many = matches!(function, Function::First | Function::Join);
        if values.is_empty() || (values.len() > 1 && !takes_many) {
            return Err(wrong(values.get(1).map_or(start, |(place, _)| *place)));
        }
        Ok(Value::Call {
            function,
            values: values.into_iter().map(|(_, value)| value).collect(),
            setting,
        })
    }

    fn format(&self, place: usize, text: &str) -> Read<DateFormat> {
        DateFormat::read(text).map_err(|letter| {
            let what = letter.map_or_else(
                || "has a date format without letters".to_owned(),
                |letter| format!("has the letter “{letter}” in a date format"),
            );
            self.fault(place, what, "there are D, DD, M, MM, MMM, MMMM, YY and YYYY")
        })
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
            match rest.strip_prefix('"') {
                Some(after) => {
                    text.push('"');
                    rest = after;
                }
                None => {
                    self.place = self.text.len() - rest.len();
                    return Ok(text);
                }
            }
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

    fn fault(&self, place: usize, what: impl Into<String>, mend: impl Into<String>) -> TemplateFault {
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
            ',' if in_call && open == 0 => return Some(place),
            ')' if in_call && open == 0 => return Some(place),
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    None
}
