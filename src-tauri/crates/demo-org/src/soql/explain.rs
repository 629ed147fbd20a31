//! How a query would be run (REST guide, Get Feedback on Query Performance): one plan for each index that fits a
//! condition, and the scan of the whole table.

use serde_json::{Value, json};

use super::{
    candidates::candidates,
    filter::Filter,
    plan::{Plan, Source},
};
use crate::records::Records;

/// Share of the records up to which an index is worth its while (Apex guide, selectivity threshold of a standard index).
const SELECTIVE_SHARE: f64 = 0.3;
/// Records above which a scan costs more than reading a third of them by an index.
const SMALL_TABLE_ROWS: u32 = 100_000;

/// The body of an explain answer; the cheapest plan first.
pub fn explain(records: &Records, plan: &Plan, text: &str) -> Value {
    let object = records.schema.object(usize::from(plan.object)).name;
    let rows = records.table(plan.object).len();
    let conditions: Vec<&Filter> = match &plan.filter {
        Some(Filter::And(all)) => all.iter().collect(),
        Some(only) => vec![only],
        None => Vec::new(),
    };
    let (mut indexed, mut unindexed) = (Vec::new(), vec!["IsDeleted".to_owned()]);
    for condition in conditions {
        let Some(name) = looks_at(condition) else { continue };
        match candidates(records, plan.object, condition) {
            Some(numbers) => indexed.push((name, numbers.len())),
            None => unindexed.push(name),
        }
    }
    let notes: Vec<Value> = unindexed
        .iter()
        .map(|field| {
            json!({
                "description": "Not considering filter for optimization because unindexed",
                "fields": [field],
                "tableEnumOrId": object,
            })
        })
        .collect();
    let operation = |cardinality: usize, fields: Vec<String>, kind: &str, cost: f64| {
        json!({
            "cardinality": cardinality,
            "fields": fields,
            "leadingOperationType": kind,
            "notes": notes,
            "relativeCost": cost,
            "sobjectCardinality": rows,
            "sobjectType": object,
        })
    };
    let mut plans: Vec<(f64, Value)> = indexed
        .into_iter()
        .map(|(field, cardinality)| {
            let cost = cardinality as f64 / (f64::from(rows.max(1)) * SELECTIVE_SHARE);
            (cost, operation(cardinality, vec![field], "Index", cost))
        })
        .collect();
    let cost = if rows > SMALL_TABLE_ROWS { 2.0 } else { 0.65 };
    let scanned = usize::try_from(rows).unwrap_or(usize::MAX);
    plans.push((cost, operation(scanned, Vec::new(), "TableScan", cost)));
    plans.sort_by(|left, right| left.0.total_cmp(&right.0));
    let plans: Vec<Value> = plans.into_iter().map(|(_, plan)| plan).collect();
    json!({ "plans": plans, "sourceQuery": text })
}

/// The field of a condition that looks at one only.
fn looks_at(filter: &Filter) -> Option<String> {
    match filter {
        Filter::Test(Source::Route(route), _) => Some(route.label.clone()),
        Filter::Not(inner) => looks_at(inner),
        _ => None,
    }
}
