//! Answers of queries: pages of JSON records for REST, rows of cells for Bulk.

use super::{
    evaluate,
    filter::{Filter, Set, Test},
    plan::{Node, Plan, Source},
    route::{Hop, Route},
};
use crate::{
    records::{self, Records, Row},
    value::{Key, Keys},
};

/// Appends records, separated by commas, as REST prints them.
pub fn push_page(out: &mut String, records: &Records, plan: &Plan, keys: &Keys, version: &str) {
    let mut first = true;
    for key in keys.iter() {
        let Some(row) = records.row(key) else { continue };
        if !first {
            out.push(',');
        }
        first = false;
        push_nodes(out, records, key, &row, &plan.nodes, version);
    }
}

fn push_nodes(out: &mut String, records: &Records, key: Key, row: &Row, nodes: &[Node], version: &str) {
    out.push_str("{\"attributes\":");
    records::push_attributes(out, records, key, version);
    for node in nodes {
        out.push(',');
        match node {
            Node::Field(field) => {
                records::push_json_text(out, records.field(key.object, *field).name);
                out.push(':');
                records::push_field(out, records, key, row, *field);
            }
            Node::Parent { name, field, targets } => {
                records::push_json_text(out, name);
                out.push(':');
                let parent = records.value(key, row, *field).as_reference();
                let target = parent.and_then(|parent| {
                    let (_, nodes) = targets.iter().find(|(object, _)| *object == parent.object)?;
                    Some((parent, records.live(parent)?, nodes))
                });
                match target {
                    Some((parent, row, nodes)) => push_nodes(out, records, parent, &row, nodes, version),
                    None => out.push_str("null"),
                }
            }
            Node::Children { name, field, plan } => {
                records::push_json_text(out, name);
                out.push(':');
                push_children(out, records, key, *field, plan, version);
            }
        }
    }
    out.push('}');
}

fn push_children(out: &mut String, records: &Records, parent: Key, field: u16, plan: &Plan, version: &str) {
    let route = Route {
        label: String::new(),
        leaf: (plan.object, field),
        hop: Hop::Field(field),
    };
    let set = Set {
        keys: [parent].into(),
        ..Set::default()
    };
    let of_parent = Filter::Test(Source::Route(route), Test::In(false, set));
    let filter = match &plan.filter {
        Some(filter) => Filter::And(vec![of_parent, filter.clone()]),
        None => of_parent,
    };
    let children = evaluate::matching(
        records,
        &Plan {
            filter: Some(filter),
            ..plan.clone()
        },
        false,
    );
    if children.is_empty() {
        out.push_str("null");
        return;
    }
    out.push_str("{\"totalSize\":");
    out.push_str(&children.len().to_string());
    out.push_str(",\"done\":true,\"records\":[");
    push_page(out, records, plan, &children, version);
    out.push_str("]}");
}
