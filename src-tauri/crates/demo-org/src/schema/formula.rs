//! Formula fields: how a value follows from others of the same record.

/// A formula: its text, as describe shows it, and what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formula {
    /// The text that an administrator wrote.
    pub text: &'static str,
    /// What it does.
    pub rule: Rule,
}

/// What a formula does. `Null` comes out when a field it needs is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Multiplies number fields.
    Product(&'static [&'static str]),
    /// Joins text fields by a separator.
    Joined(&'static [&'static str], &'static str),
}
