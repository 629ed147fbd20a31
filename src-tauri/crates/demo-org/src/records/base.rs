//! Records that are made when somebody looks at them, so that millions take no memory.

use std::fmt::Debug;

use super::{IndexKey, Row};
use crate::value::BorrowedValue;

/// A source of made-up records, numbered from 1. It is a pure function: the same number always gives the same record.
pub trait Base: Debug + Send + Sync {
    /// How many records there are.
    fn len(&self) -> u32;

    /// The record of a number from 1 to [`Base::len`]; with `wanted`, only these stored fields of it (sorted), which
    /// saves making the others. Moments and people are always there.
    fn row(&self, number: u32, wanted: Option<&[u16]>) -> Row;

    /// Whether it can show a field.
    fn shows(&self, field: u16) -> bool;

    /// Shows the values of some fields of a record one after the other, without making the record: `see` gets each
    /// field's place in `fields` and its value.
    fn show(
        &self,
        number: u32,
        fields: &[u16],
        scratch: &mut String,
        see: &mut dyn FnMut(usize, BorrowedValue<'_>),
    );

    /// Numbers of all records whose field may have a value, perhaps with some that have not, or `None` when only
    /// looking at every record can tell.
    fn candidates(&self, field: u16, key: &IndexKey) -> Option<Vec<u32>>;
}
