//! A template as text.

use std::fmt::{Display, Formatter, Result};

use super::{Part, Setting, Template, Value};
use crate::zoominfo_field;

impl Display for Template {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        for part in &self.parts {
            match part {
                Part::Text(text) => {
                    formatter.write_str(&text.replace('{', "{{").replace('}', "}}"))?;
                }
                Part::Value(value) => write!(formatter, "{{{value}}}")?,
            }
        }
        Ok(())
    }
}

impl Display for Value {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        match self {
            Self::Field(id) => formatter.write_str(zoominfo_field::find(id).map_or(id, |field| field.label)),
            Self::Column(header)
                if header.trim() != header || header.contains(['"', '{', '}', ',', '(', ')']) =>
            {
                write!(formatter, "column:{}", quoted(header))
            }
            Self::Column(header) => write!(formatter, "column:{header}"),
            Self::Text(text) => formatter.write_str(&quoted(text)),
            Self::Call {
                function,
                values,
                setting,
            } => {
                let before = match setting {
                    Setting::Separator(separator) => Some(quoted(separator)),
                    _ => None,
                };
                let after = match setting {
                    Setting::Characters(number) => Some(number.to_string()),
                    Setting::Format(format) => Some(quoted(format.text())),
                    _ => None,
                };
                let values = values.iter().map(ToString::to_string);
                let arguments: Vec<String> = before.into_iter().chain(values).chain(after).collect();
                write!(formatter, "{}({})", function.told().name, arguments.join(", "))
            }
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
