//! SOQL: from text to records. `lexer`, `parse`, `parse_item` and `condition` know only grammar, `resolve` the schema,
//! `evaluate` and `aggregate` the records, `print` the answers, `explain` the indexes. `sosl` searches for words.
//!
//! Anything outside the grammar is `MALFORMED_QUERY`; nothing is guessed. Every name is looked up in `names` alone. To add
//! a clause: its shape in `syntax`, its words in `parse`, its meaning in `resolve`.

mod aggregate;
mod candidates;
mod columns;
mod condition;
mod dates;
mod evaluate;
mod explain;
mod filter;
mod format;
mod lexer;
mod names;
mod parse;
mod parse_item;
mod parts;
mod place;
mod plan;
mod print;
mod resolve;
mod resolve_condition;
mod resolve_item;
mod route;
mod semi_join;
mod sosl;
mod sosl_terms;
mod syntax;

pub use aggregate::grouped_records;
pub use columns::columns;
pub use evaluate::matching;
pub use explain::explain;
pub use parse::parse;
pub use plan::{Mode, Plan};
pub use print::{Pages, push_page};
pub use resolve::resolve;
pub use route::own_field;
pub use sosl::{FieldGroup, Returning, Search, literal_terms};

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
    fn unplaced(code: &'static str, why: impl Into<String>) -> Self {
        Self {
            code,
            message: why.into(),
        }
    }

    fn placed(code: &'static str, text: &str, position: usize, why: impl AsRef<str>) -> Self {
        Self {
            code,
            message: place::placed(text, position, why.as_ref()),
        }
    }

    fn malformed(text: &str, position: usize, why: impl AsRef<str>) -> Self {
        Self::placed("MALFORMED_QUERY", text, position, why)
    }

    fn invalid_field(text: &str, position: usize, why: impl AsRef<str>) -> Self {
        Self::placed("INVALID_FIELD", text, position, why)
    }
}

impl From<QueryFault> for ApiFault {
    fn from(fault: QueryFault) -> Self {
        Self::bad_request(fault.code, fault.message)
    }
}

#[cfg(test)]
mod tests;
