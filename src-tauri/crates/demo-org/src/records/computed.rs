//! Values that follow from others: formulas.

use super::{Records, Row};
use crate::{
    schema::{Formula, Rule},
    value::{Key, Value},
};

/// The value of a formula for a record.
pub fn formula(records: &Records, key: Key, row: &Row, formula: &Formula) -> Value {
    match formula.rule {
        Rule::Product(fields) => {
            let mut product = 1.0;
            for field in fields {
                let Value::Number(number) = *records.named(key, row, field) else {
                    return Value::Null;
                };
                product *= number;
            }
            Value::Number(product)
        }
        Rule::Joined(fields, separator) => {
            let texts: Vec<String> = fields
                .iter()
                .filter_map(|field| records.named(key, row, field).as_text().map(str::to_owned))
                .collect();
            if texts.len() == fields.len() {
                Value::text(texts.join(separator))
            } else {
                Value::Null
            }
        }
    }
}
