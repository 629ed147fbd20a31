//! SOQL: from text to records. `lexer` and `parse` know only grammar, `resolve` the schema, `evaluate` and
//! `aggregate` the records, `print` the answers.
//!
//! Anything outside the grammar is `MALFORMED_QUERY`; nothing is guessed. To add a clause: its shape in `syntax`, its
//! words in `parse`, its meaning in `resolve`.

mod aggregate;
mod candidates;
mod condition;
mod dates;
mod evaluate;
mod filter;
mod lexer;
mod parse;
mod plan;
mod print;
mod resolve;
mod resolve_condition;
mod route;
mod syntax;

pub use aggregate::grouped_records;
pub use evaluate::matching;
pub use parse::parse;
pub use plan::{Mode, Plan};
pub use print::push_page;
pub use resolve::resolve;
pub use route::own_field;

use crate::fault::ApiFault;

/// Why a query is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryFault {
    /// Documented code.
    pub code: &'static str,
    /// Sentence, with the place in the text when there is one.
    pub message: String,
}

impl QueryFault {
    fn malformed(text: &str, position: usize, why: impl AsRef<str>) -> Self {
        Self {
            code: "MALFORMED_QUERY",
            message: placed(text, position, why.as_ref()),
        }
    }

    fn invalid_field(text: &str, position: usize, why: impl AsRef<str>) -> Self {
        Self {
            code: "INVALID_FIELD",
            message: placed(text, position, why.as_ref()),
        }
    }
}

impl From<QueryFault> for ApiFault {
    fn from(fault: QueryFault) -> Self {
        Self::bad_request(fault.code, fault.message)
    }
}

/// The query's line, a caret under the place, row and column, and the reason.
fn placed(text: &str, position: usize, why: &str) -> String {
    let before = text.get(..position).unwrap_or(text);
    let row = before.matches('\n').count() + 1;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text
        .get(line_start..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let column = before.get(line_start..).map_or(0, |part| part.chars().count());
    format!(
        "\n{line}\n{}^\nERROR at Row:{row}:Column:{}\n{why}",
        " ".repeat(column),
        column + 1
    )
}

#[cfg(test)]
mod tests;
