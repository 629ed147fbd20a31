//! Runs a plan over the records: which ones, in which order.

use std::{borrow::Cow, cmp::Ordering};

use super::{
    candidates::candidates,
    filter::Filter,
    plan::{Mode, Plan, PlannedOrder, Source},
    route::{Hop, own_field},
};
use crate::{
    records::{Records, Row},
    schema::Role,
    value::{Key, Keys, Value},
};

/// The records that a plan selects, in order. Records in the recycle bin only when asked for.
pub fn matching(records: &Records, plan: &Plan, with_deleted: bool) -> Keys {
    let object = plan.object;
    if plan.mode == Mode::Groups {
        return select(records, plan, with_deleted, None);
    }
    let until = plan.limit.map(|limit| plan.offset.saturating_add(limit) as usize);
    let by_number = match plan.orders.first() {
        None => Some(false),
        Some(order) => match &order.source {
            Source::Route(route) if is_own_id(records, object, &route.hop) => Some(order.descending),
            _ => None,
        },
    };
    let sorted = match by_number {
        Some(false) => select(records, plan, with_deleted, until),
        Some(true) => {
            let mut numbers = numbers_of(&select(records, plan, with_deleted, None));
            numbers.reverse();
            Keys::list(object, numbers)
        }
        None => {
            let found = select(records, plan, with_deleted, None);
            sorted(records, &plan.orders, object, &found, until)
        }
    };
    sorted.slice(plan.offset as usize, until.unwrap_or(usize::MAX))
}

fn is_own_id(records: &Records, object: u16, hop: &Hop) -> bool {
    matches!(hop, Hop::Field(field) if records.field(object, *field).role == Role::Id)
}

fn numbers_of(keys: &Keys) -> Vec<u32> {
    keys.iter().map(|key| key.number).collect()
}

/// Applies OFFSET and LIMIT.
pub fn cut<T>(rows: &mut Vec<T>, plan: &Plan) {
    rows.drain(..rows.len().min(plan.offset as usize));
    if let Some(limit) = plan.limit {
        rows.truncate(limit as usize);
    }
}

/// The records that a plan's condition holds for, by their numbers; at most so many when `enough` says so.
fn select(records: &Records, plan: &Plan, with_deleted: bool, enough: Option<usize>) -> Keys {
    let object = plan.object;
    let table = records.table(object);
    let Some(filter) = &plan.filter else {
        if table.live_len() == table.len() {
            return Keys::run(object, 1, table.len());
        }
        let rows = table
            .rows_with(Some(&[]))
            .filter(|(_, row)| with_deleted || !row.deleted);
        let rows = rows.take(enough.unwrap_or(usize::MAX));
        return Keys::list(object, rows.map(|(number, _)| number).collect());
    };
    let wanted = needed(filter).and_then(|fields| records.stored_fields(object, fields));
    let chosen = |number: &u32| {
        table.row_with(*number, wanted.as_deref()).is_some_and(|row| {
            let key = Key {
                object,
                number: *number,
            };
            (with_deleted || !row.deleted) && holds(records, key, &row, filter)
        })
    };
    let enough = enough.unwrap_or(usize::MAX);
    let numbers = match candidates(records, object, filter) {
        Some(few) => few.into_iter().filter(chosen).take(enough).collect(),
        None => (1..=table.len()).filter(chosen).take(enough).collect(),
    };
    Keys::list(object, numbers)
}

/// The fields of the record itself that a condition looks at, or `None` when that is not known.
fn needed(filter: &Filter) -> Option<Vec<u16>> {
    Some(match filter {
        Filter::And(all) | Filter::Or(all) => {
            let fields: Option<Vec<Vec<u16>>> = all.iter().map(needed).collect();
            fields?.concat()
        }
        Filter::Not(inner) => needed(inner)?,
        Filter::Test(Source::Route(route), _) => vec![own_field(&route.hop)],
        Filter::Test(..) => return None,
    })
}

/// Whether a condition holds for a record.
pub fn holds(records: &Records, key: Key, row: &Row, filter: &Filter) -> bool {
    let value_of = |source: &Source| match source {
        Source::Route(route) => route.value(records, key, row),
        Source::Group(_) | Source::Aggregate(_) | Source::Grouping(_) => Cow::Owned(Value::Null),
    };
    filter.holds(&value_of)
}

/// Rows of values that are being sorted, side by side in one list.
struct Sorter<'plan> {
    orders: &'plan [PlannedOrder],
    values: Vec<Value>,
    numbers: Vec<u32>,
}

impl Sorter<'_> {
    fn row(&self, place: usize) -> &[Value] {
        let width = self.orders.len();
        &self.values[place * width..(place + 1) * width]
    }

    /// The places of the first rows in order.
    fn places(&self, keep: usize) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.numbers.len()).collect();
        places.sort_unstable_by(|left, right| {
            by_orders(self.orders, self.row(*left), self.row(*right))
                .then(self.numbers[*left].cmp(&self.numbers[*right]))
        });
        places.truncate(keep);
        places
    }

    /// Forgets all rows but the first ones in order.
    fn shrink(&mut self, keep: usize) {
        let places = self.places(keep);
        self.values = places
            .iter()
            .flat_map(|place| self.row(*place).to_vec())
            .collect();
        self.numbers = places.iter().map(|place| self.numbers[*place]).collect();
    }
}

/// Rows that a limited sort holds beyond those that it will give.
const SPARE_ROWS: usize = 4_096;

fn sorted(
    records: &Records,
    orders: &[PlannedOrder],
    object: u16,
    found: &Keys,
    enough: Option<usize>,
) -> Keys {
    let fields: Option<Vec<u16>> = orders
        .iter()
        .map(|order| match &order.source {
            Source::Route(route) => Some(own_field(&route.hop)),
            _ => None,
        })
        .collect();
    let wanted = fields.and_then(|fields| records.stored_fields(object, fields));
    let keep = enough.unwrap_or(usize::MAX);
    let mut sorter = Sorter {
        orders,
        values: Vec::new(),
        numbers: Vec::new(),
    };
    let table = records.table(object);
    for key in found.iter() {
        let Some(row) = table.row_with(key.number, wanted.as_deref()) else {
            continue;
        };
        sorter
            .values
            .extend(orders.iter().map(|order| match &order.source {
                Source::Route(route) => folded(route.value(records, key, &row).into_owned()),
                Source::Group(_) | Source::Aggregate(_) | Source::Grouping(_) => Value::Null,
            }));
        sorter.numbers.push(key.number);
        if sorter.numbers.len() >= keep.saturating_mul(2).saturating_add(SPARE_ROWS) {
            sorter.shrink(keep);
        }
    }
    let places = sorter.places(keep);
    Keys::list(
        object,
        places.into_iter().map(|place| sorter.numbers[place]).collect(),
    )
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
