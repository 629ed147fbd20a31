//! Runs a plan over the records: which ones, in which order.

use std::{borrow::Cow, cmp::Ordering};

use super::{
    candidates::candidates,
    filter::Filter,
    plan::{Mode, Plan, PlannedOrder, Source},
};
use crate::{
    records::{Records, Row},
    value::{Key, Value},
};

/// The records that a plan selects, in order. Records in the recycle bin only when asked for.
pub fn matching(records: &Records, plan: &Plan, with_deleted: bool) -> Vec<Key> {
    let mut keys = select(records, plan, with_deleted);
    if plan.mode == Mode::Groups {
        return keys;
    }
    sort(records, &plan.orders, &mut keys);
    cut(&mut keys, plan);
    keys
}

/// Applies OFFSET and LIMIT.
pub fn cut<T>(rows: &mut Vec<T>, plan: &Plan) {
    rows.drain(..rows.len().min(plan.offset as usize));
    if let Some(limit) = plan.limit {
        rows.truncate(limit as usize);
    }
}

fn select(records: &Records, plan: &Plan, with_deleted: bool) -> Vec<Key> {
    let object = plan.object;
    let table = records.table(object);
    let chosen = |number: u32, row: &Row| {
        let key = Key { object, number };
        (with_deleted || !row.deleted)
            && plan
                .filter
                .as_ref()
                .is_none_or(|filter| holds(records, key, row, filter))
    };
    let few = plan
        .filter
        .as_ref()
        .and_then(|filter| candidates(records, object, filter));
    let numbers: Vec<u32> = match few {
        Some(numbers) => numbers
            .into_iter()
            .filter(|n| table.row(*n).is_some_and(|row| chosen(*n, &row)))
            .collect(),
        None => table
            .rows()
            .filter(|(number, row)| chosen(*number, row))
            .map(|(number, _)| number)
            .collect(),
    };
    numbers.into_iter().map(|number| Key { object, number }).collect()
}

/// Whether a condition holds for a record.
pub fn holds(records: &Records, key: Key, row: &Row, filter: &Filter) -> bool {
    let value_of = |source: &Source| match source {
        Source::Route(route) => route.value(records, key, row),
        Source::Group(_) | Source::Aggregate(_) => Cow::Owned(Value::Null),
    };
    filter.holds(&value_of)
}

fn sort(records: &Records, orders: &[PlannedOrder], keys: &mut Vec<Key>) {
    if orders.is_empty() {
        return;
    }
    let mut sortable: Vec<(Vec<Value>, Key)> = keys
        .iter()
        .filter_map(|key| {
            let row = records.row(*key)?;
            let values = orders.iter().map(|order| match &order.source {
                Source::Route(route) => folded(route.value(records, *key, &row).into_owned()),
                Source::Group(_) | Source::Aggregate(_) => Value::Null,
            });
            Some((values.collect(), *key))
        })
        .collect();
    sortable.sort_by(|left, right| by_orders(orders, &left.0, &right.0).then(left.1.cmp(&right.1)));
    *keys = sortable.into_iter().map(|(_, key)| key).collect();
}

fn folded(value: Value) -> Value {
    match value {
        Value::Text(text) => Value::text(text.to_lowercase()),
        other => other,
    }
}

/// Compares two rows of values by ORDER BY.
pub fn by_orders(orders: &[PlannedOrder], left: &[Value], right: &[Value]) -> Ordering {
    for (order, (left, right)) in orders.iter().zip(left.iter().zip(right)) {
        let decided = match (left.is_null(), right.is_null()) {
            (true, true) => Ordering::Equal,
            (true, false) if order.nulls_last => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, true) if order.nulls_last => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) if order.descending => by_value(right, left),
            (false, false) => by_value(left, right),
        };
        if decided.is_ne() {
            return decided;
        }
    }
    Ordering::Equal
}

/// Compares two values of one type.
pub fn by_value(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Number(left), Value::Number(right)) => left.total_cmp(right),
        (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
        (Value::Date(left), Value::Date(right)) => left.cmp(right),
        (Value::Moment(left), Value::Moment(right)) => left.cmp(right),
        (Value::Reference(left), Value::Reference(right)) => left.cmp(right),
        _ => Ordering::Equal,
    }
}
