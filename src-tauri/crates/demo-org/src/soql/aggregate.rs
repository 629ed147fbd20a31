//! Groups and what is computed over them.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use super::{
    evaluate::{self, by_value},
    format,
    plan::{Column, Plan, Source},
    route::own_field,
    syntax::{Dress, Function},
};
use crate::{
    records::{self, Records},
    schema::Kind,
    value::{Keys, Value},
};

/// One group: its values, and its aggregates.
struct Group {
    values: Vec<Value>,
    sums: Vec<Running>,
    /// Which of the plan's sets it belongs to.
    set: usize,
}

#[derive(Default)]
struct Running {
    count: u64,
    sum: f64,
    least: Option<Value>,
    greatest: Option<Value>,
    different: HashSet<String>,
}

impl Running {
    fn add(&mut self, function: Function, value: &Value) {
        if value.is_null() {
            return;
        }
        self.count += 1;
        if let Value::Number(number) = value {
            self.sum += number;
        }
        if function == Function::CountDistinct {
            self.different.insert(format!("{value:?}").to_lowercase());
        }
        if self
            .least
            .as_ref()
            .is_none_or(|least| by_value(value, least).is_lt())
        {
            self.least = Some(value.clone());
        }
        if self
            .greatest
            .as_ref()
            .is_none_or(|greatest| by_value(value, greatest).is_gt())
        {
            self.greatest = Some(value.clone());
        }
    }

    fn answer(&self, function: Function) -> Value {
        match function {
            Function::Count => Value::Number(self.count as f64),
            Function::CountDistinct => Value::Number(self.different.len() as f64),
            Function::Sum if self.count > 0 => Value::Number(self.sum),
            Function::Average if self.count > 0 => Value::Number(self.sum / self.count as f64),
            Function::Sum | Function::Average => Value::Null,
            Function::Minimum => self.least.clone().unwrap_or(Value::Null),
            Function::Maximum => self.greatest.clone().unwrap_or(Value::Null),
        }
    }
}

/// The printed rows of a grouped query, in order.
pub fn grouped_records(records: &Records, plan: &Plan, keys: &Keys) -> Vec<String> {
    let mut groups = form(records, plan, keys);
    let answer = |group: &Group, source: &Source| match source {
        Source::Group(index) => group.values.get(*index).cloned().unwrap_or(Value::Null),
        Source::Aggregate(index) => match (plan.aggregates.get(*index), group.sums.get(*index)) {
            (Some((function, _)), Some(running)) => running.answer(*function),
            _ => Value::Null,
        },
        Source::Grouping(index) => {
            let counts = plan.grouping_sets.get(group.set).and_then(|set| set.get(*index));
            Value::Number(if counts == Some(&false) { 1.0 } else { 0.0 })
        }
        Source::Route(_) => Value::Null,
    };
    if let Some(having) = &plan.having {
        groups.retain(|group| having.holds(&|source| Cow::Owned(answer(group, source))));
    }
    let mut sortable: Vec<(Vec<Value>, Group)> = groups
        .into_iter()
        .map(|group| {
            (
                plan.orders
                    .iter()
                    .map(|order| answer(&group, &order.source))
                    .collect(),
                group,
            )
        })
        .collect();
    sortable.sort_by(|left, right| evaluate::by_orders(&plan.orders, &left.0, &right.0));
    evaluate::cut(&mut sortable, plan);
    sortable
        .iter()
        .map(|(_, group)| print(records, plan, |source| answer(group, source)))
        .collect()
}

fn form(records: &Records, plan: &Plan, keys: &Keys) -> Vec<Group> {
    let running = || plan.aggregates.iter().map(|_| Running::default()).collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<(usize, String), usize> = HashMap::new();
    if plan.groups.is_empty() {
        groups.push(Group {
            values: Vec::new(),
            sums: running(),
            set: 0,
        });
        places.insert((0, String::new()), 0);
    }
    let routes = plan
        .groups
        .iter()
        .chain(plan.aggregates.iter().map(|(_, route)| route));
    let wanted = records.stored_fields(plan.object, routes.map(|route| own_field(&route.hop)));
    let table = records.table(plan.object);
    for key in keys.iter() {
        let Some(row) = table.row_with(key.number, wanted.as_deref()) else {
            continue;
        };
        let whole: Vec<Value> = plan
            .groups
            .iter()
            .map(|route| route.value(records, key, &row).into_owned())
            .collect();
        for (set, counts) in plan.grouping_sets.iter().enumerate() {
            let values = whole.iter().zip(counts);
            let values: Vec<Value> = values
                .map(|(value, counts)| if *counts { value.clone() } else { Value::Null })
                .collect();
            let name: String = values
                .iter()
                .map(|value| format!("{value:?}\u{1}").to_lowercase())
                .collect();
            let place = *places.entry((set, name)).or_insert_with(|| {
                groups.push(Group {
                    values,
                    sums: running(),
                    set,
                });
                groups.len() - 1
            });
            for ((function, route), running) in plan.aggregates.iter().zip(&mut groups[place].sums) {
                running.add(*function, &route.value(records, key, &row));
            }
        }
    }
    groups.sort_by_key(|group| group.set);
    groups
}

fn print(records: &Records, plan: &Plan, answer: impl Fn(&Source) -> Value) -> String {
    let mut out = String::from("{\"attributes\":{\"type\":\"AggregateResult\"}");
    for column in &plan.grouped {
        let kind = match &column.source {
            Source::Group(index) => plan.groups.get(*index).map(|route| route.kind(records)),
            Source::Aggregate(index) => plan
                .aggregates
                .get(*index)
                .map(|(function, route)| match function {
                    Function::Count | Function::CountDistinct => Kind::Int,
                    Function::Average => Kind::Double,
                    _ => route.kind(records),
                }),
            Source::Grouping(_) => Some(Kind::Int),
            Source::Route(_) => None,
        };
        let value = answer(&column.source);
        out.push(',');
        records::push_json_text(&mut out, &column.name);
        out.push(':');
        match shown(records, plan, column, &value) {
            Some(text) => records::push_json_text(&mut out, &text),
            None => records::push_value(&mut out, records, kind.unwrap_or(Kind::Double), &value),
        }
    }
    out.push('}');
    out
}

/// A value that FORMAT() shows in the locale's way.
fn shown(records: &Records, plan: &Plan, column: &Column, value: &Value) -> Option<String> {
    let route = match (column.dress, &column.source) {
        (Dress::Format, Source::Group(index)) => plan.groups.get(*index),
        (Dress::Format, Source::Aggregate(index)) => plan.aggregates.get(*index).map(|(_, route)| route),
        _ => None,
    };
    format::localized(route?.field(records), value)
}
