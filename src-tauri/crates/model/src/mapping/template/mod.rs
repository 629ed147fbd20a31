//! Template texts: `{Job Title} at {upper(Company Name)}`.
//!
//! Text stands for itself; `{{` and `}}` are the braces themselves. Between braces stands a value:
//!
//! ```text
//! value    = field | column | text | call
//! field    = label or id of a ZoomInfo field, in any case
//! column   = "column:" header of a list's column that is not ZoomInfo's, plain or in quotes
//! text     = between double quotes, in which "" is a quote
//! call     = function "(" argument { "," argument } ")"
//! argument = value | whole number
//! ```
//!
//! A template is blank when all fields and columns that it names are. A value is never changed but by the functions that
//! the template names; what `date` cannot read is a fault of the row. Templates read the profile only, never Salesforce's
//! fields or other rows, so they cannot go in circles.
//!
//! To add a function: a variant in `function`, and an arm in `fill`; one that takes more than a value also in `read_call`.

mod date_format;
mod fault;
mod fill;
mod function;
mod read;
mod read_call;
mod show;

pub use fault::TemplateFault;
pub use function::{TemplateFunction, template_functions};

use super::row::DateOrder;
use crate::ProfileValues;
use crate::convert::Problem;
use date_format::DateFormat;
use fill::Filling;
use function::Function;

/// Calls within calls that a template may have.
const MOST_DEPTH: usize = 8;
/// Fields, columns, texts and calls that a template may have.
const MOST_VALUES: usize = 200;

/// A template that was read. Shown as text it reads as the same template again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
    date_order: DateOrder,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Value(Value),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Field(&'static str),
    Column(String),
    Text(String),
    Call {
        function: Function,
        values: Vec<Value>,
        setting: Setting,
    },
}

/// What a function takes besides values.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Setting {
    None,
    Characters(u32),
    Separator(String),
    Format(DateFormat),
}

impl Template {
    /// Reads a template.
    pub fn read(text: &str) -> Result<Self, TemplateFault> {
        Ok(Self {
            parts: read::parts(text)?,
            date_order: DateOrder::default(),
        })
    }

    /// The template with another order of dates such as 7/4/2024, which its function `date` reads.
    #[must_use]
    pub fn with_date_order(mut self, date_order: DateOrder) -> Self {
        self.date_order = date_order;
        self
    }

    /// Ids of the ZoomInfo fields that it names, in order, as often as it names them.
    #[must_use]
    pub fn fields(&self) -> Vec<&'static str> {
        let mut fields = Vec::new();
        self.each_value(&mut |value| {
            if let Value::Field(id) = value {
                fields.push(*id);
            }
        });
        fields
    }

    /// The text for a profile; `None` when all its fields and columns are blank. A date that cannot be read stands in it
    /// as it is; [`Template::refusal`] tells of it.
    #[must_use]
    pub fn fill(&self, profile: &impl ProfileValues) -> Option<String> {
        Filling::new(profile, self.date_order).text(&self.parts)
    }

    /// Why the text must not be written for a profile, in words that follow the value at fault: a date cannot be read.
    #[must_use]
    pub fn refusal(&self, profile: &impl ProfileValues) -> Option<(String, String)> {
        self.problem(profile).map(|(value, problem)| (value, problem.why))
    }

    pub(super) fn problem(&self, profile: &impl ProfileValues) -> Option<(String, Problem)> {
        let mut dates = false;
        self.each_value(&mut |value| {
            dates |= matches!(
                value,
                Value::Call {
                    function: Function::Date,
                    ..
                }
            );
        });
        if !dates {
            return None;
        }
        let mut filling = Filling::new(profile, self.date_order);
        filling.text(&self.parts)?;
        filling.problem
    }

    fn each_value<'a>(&'a self, visit: &mut impl FnMut(&'a Value)) {
        for part in &self.parts {
            if let Part::Value(value) = part {
                value.each(visit);
            }
        }
    }
}

impl Value {
    fn each<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        if let Self::Call { values, .. } = self {
            for value in values {
                value.each(visit);
            }
        }
    }
}

#[cfg(test)]
mod tests;
