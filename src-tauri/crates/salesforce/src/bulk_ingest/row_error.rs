//! The text in `sf__Error`: `STATUS_CODE:message:Field1 Field2 --`, or `STATUS_CODE:message:--` without fields.

use std::fmt;

/// Why one row of a job failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// `REQUIRED_FIELD_MISSING`, …; empty if the text has no code.
    pub code: String,
    /// The org's words.
    pub message: String,
    /// API names of the fields that it is about; often empty.
    pub fields: Vec<String>,
}

impl RowError {
    /// Reads the text; a text of another shape becomes the message.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let Some((code, rest)) = text.split_once(':').filter(|(code, _)| is_code(code)) else {
            return Self {
                code: String::new(),
                message: text.to_owned(),
                fields: Vec::new(),
            };
        };
        let ending = rest.rsplit_once(':').and_then(|(message, fields)| {
            let fields = fields.trim_end().strip_suffix("--")?;
            Some((
                message,
                fields
                    .split([' ', ','])
                    .filter(|field| !field.is_empty())
                    .map(ToOwned::to_owned)
                    .collect(),
            ))
        });
        let (message, fields) = ending.unwrap_or((rest, Vec::new()));
        Self {
            code: code.to_owned(),
            message: message.to_owned(),
            fields,
        }
    }
}

fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

impl fmt::Display for RowError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.code.is_empty() {
            formatter.write_str(&self.message)
        } else {
            write!(formatter, "{}: {}", self.code, self.message)
        }
    }
}
