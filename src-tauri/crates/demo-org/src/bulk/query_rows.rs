//! Rows of a Bulk query's result, written cell by cell without a text of its own for each.

use super::cells::push_quoted;
use crate::{
    clock,
    records::{Records, Row},
    schema::Kind,
    soql::{Plan, own_field},
    value::{self, BorrowedValue, IdBook, Key},
};

/// Writes the rows of one job.
#[derive(Debug)]
pub struct RowWriter<'job> {
    plan: &'job Plan,
    delimiter: u8,
    line_ending: &'static str,
    /// Whether a column holds whole numbers.
    whole: Vec<bool>,
    /// Columns that generated records show without being made, and the fields they show.
    shown_columns: Vec<usize>,
    shown_fields: Vec<u16>,
    /// The stored fields that all other columns of a generated record come from.
    other_fields: Option<Vec<u16>>,
    scratch: String,
}

impl<'job> RowWriter<'job> {
    /// For the columns of a plan.
    pub fn new(records: &Records, plan: &'job Plan, delimiter: u8, line_ending: &'static str) -> Self {
        let base = records.table(plan.object).base();
        let (mut shown_columns, mut shown_fields, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for (column, route) in plan.routes.iter().enumerate() {
            match route.plain_field() {
                Some(field) if base.is_some_and(|base| base.shows(field)) => {
                    shown_columns.push(column);
                    shown_fields.push(field);
                }
                _ => others.push(own_field(&route.hop)),
            }
        }
        let whole = plan.routes.iter().map(|route| route.kind(records) == Kind::Int);
        Self {
            plan,
            delimiter,
            line_ending,
            whole: whole.collect(),
            shown_columns,
            shown_fields,
            other_fields: records.stored_fields(plan.object, others),
            scratch: String::new(),
        }
    }

    /// Appends the header row.
    pub fn push_header(&self, out: &mut Vec<u8>) {
        for (column, route) in self.plan.routes.iter().enumerate() {
            self.push_delimiter(out, column);
            push_quoted(out, &route.label);
        }
        out.extend_from_slice(self.line_ending.as_bytes());
    }

    /// Appends a record's row.
    pub fn push_row(&mut self, out: &mut Vec<u8>, records: &Records, key: Key) {
        let mut scratch = std::mem::take(&mut self.scratch);
        let columns = self.plan.routes.len();
        let table = records.table(key.object);
        let mut next = 0;
        if let Some(base) = table.generator_of(key.number) {
            let has_others = self.shown_columns.len() < columns;
            let row = has_others.then(|| base.row(key.number, self.other_fields.as_deref()));
            base.show(
                key.number,
                &self.shown_fields,
                &mut scratch,
                &mut |place, value| {
                    let column = self.shown_columns[place];
                    self.push_others(out, records, key, row.as_ref(), next..column);
                    self.push_delimiter(out, column);
                    push_cell(out, value, self.whole[column], &records.ids);
                    next = column + 1;
                },
            );
            self.push_others(out, records, key, row.as_ref(), next..columns);
        } else {
            let row = table.row(key.number);
            self.push_others(out, records, key, row.as_deref(), next..columns);
        }
        out.extend_from_slice(self.line_ending.as_bytes());
        self.scratch = scratch;
    }

    fn push_others(
        &self,
        out: &mut Vec<u8>,
        records: &Records,
        key: Key,
        row: Option<&Row>,
        columns: std::ops::Range<usize>,
    ) {
        for column in columns {
            self.push_delimiter(out, column);
            match row {
                Some(row) => {
                    let value = self.plan.routes[column].value(records, key, row);
                    push_cell(
                        out,
                        BorrowedValue::from(&*value),
                        self.whole[column],
                        &records.ids,
                    );
                }
                None => push_quoted(out, ""),
            }
        }
    }

    fn push_delimiter(&self, out: &mut Vec<u8>, column: usize) {
        if column > 0 {
            out.push(self.delimiter);
        }
    }
}

/// Appends a cell in quotes. Nothing and the empty text are both empty cells; `whole` is for the int type.
fn push_cell(out: &mut Vec<u8>, value: BorrowedValue<'_>, whole: bool, ids: &IdBook) {
    if let BorrowedValue::Text(text) = value {
        push_quoted(out, text);
        return;
    }
    out.push(b'"');
    match value {
        BorrowedValue::Null | BorrowedValue::Text(_) => {}
        BorrowedValue::Number(number) => out.extend_from_slice(value::number_text(number, whole).as_bytes()),
        BorrowedValue::Boolean(truth) => out.extend_from_slice(if truth { b"true" } else { b"false" }),
        BorrowedValue::Date(day) => out.extend_from_slice(day.to_string().as_bytes()),
        BorrowedValue::Moment(seconds) => clock::push_bulk(out, seconds),
        BorrowedValue::Reference(key) => out.extend_from_slice(&ids.characters(key)),
    }
    out.push(b'"');
}
