//! Answers of queries: pages of JSON records.

use std::collections::HashMap;

use super::{
    evaluate,
    filter::{Filter, Set, Test},
    format,
    plan::{Node, Plan, Source},
    route::{Route, type_of},
    syntax::Dress,
};
use crate::{
    records::{self, Records, Row},
    value::{Key, Keys},
};

/// What pages of an answer have in common.
pub struct Pages<'org> {
    /// Version of the API, such as `60.0`.
    pub version: &'org str,
    /// Most records of a page, also of a sub-query's.
    pub rows: usize,
    /// Keeps the rest of a sub-query's records and says where it is fetched: how many rows are printed already.
    pub keep: &'org dyn Fn(&Plan, &Keys, usize) -> String,
}

/// The children of each parent of a page, in their order.
type Family = HashMap<Key, Keys>;

/// Appends records, separated by commas, as REST prints them.
pub fn push_page(out: &mut String, records: &Records, plan: &Plan, keys: &Keys, pages: &Pages<'_>) {
    let families: Vec<Family> = plan
        .nodes
        .iter()
        .filter_map(|node| match node {
            Node::Children {
                field,
                plan,
                with_deleted,
                ..
            } => Some(family(records, keys, *field, plan, *with_deleted)),
            _ => None,
        })
        .collect();
    let mut first = true;
    for key in keys.iter() {
        let Some(row) = records.row(key) else { continue };
        if !first {
            out.push(',');
        }
        first = false;
        out.push_str("{\"attributes\":");
        records::push_attributes(out, records, key, pages.version);
        push_nodes(out, records, key, &row, &plan.nodes, &families, pages);
    }
}

/// Appends the members behind `attributes`, and the closing bracket.
fn push_nodes(
    out: &mut String,
    records: &Records,
    key: Key,
    row: &Row,
    nodes: &[Node],
    families: &[Family],
    pages: &Pages<'_>,
) {
    let mut families = families.iter();
    for node in nodes {
        out.push(',');
        match node {
            Node::Field { field, dress, alias } => {
                let definition = records.field(key.object, *field);
                push_name(out, alias.as_deref().unwrap_or(definition.name));
                let shown = match dress {
                    Dress::Format => format::localized(definition, &records.value(key, row, *field)),
                    Dress::Plain | Dress::Label => None,
                };
                match shown {
                    Some(text) => records::push_json_text(out, &text),
                    None => records::push_field(out, records, key, row, *field),
                }
            }
            Node::Type => {
                push_name(out, "Type");
                records::push_json_text(out, &type_of(records, key));
            }
            Node::Absent(name) => {
                push_name(out, name);
                out.push_str("null");
            }
            Node::Parent {
                name,
                field,
                targets,
                by_type,
            } => {
                push_name(out, name);
                let parent = records.value(key, row, *field).as_reference();
                let target = parent.and_then(|parent| {
                    let (_, nodes) = targets.iter().find(|(object, _)| *object == parent.object)?;
                    Some((parent, records.live(parent)?, nodes))
                });
                let Some((parent, row, nodes)) = target else {
                    out.push_str("null");
                    continue;
                };
                let of_any = records.field(key.object, *field).reference_to.len() > 1;
                let name = (of_any && !by_type).then_some("Name");
                push_parent_attributes(out, records, parent, name, pages.version);
                push_nodes(out, records, parent, &row, nodes, &[], pages);
            }
            Node::Children { name, plan, .. } => {
                push_name(out, name);
                let children = families.next().and_then(|family| family.get(&key));
                match children.filter(|children| !children.is_empty()) {
                    Some(children) => push_children(out, records, plan, children, pages),
                    None => out.push_str("null"),
                }
            }
        }
    }
    out.push('}');
}

fn push_name(out: &mut String, name: &str) {
    records::push_json_text(out, name);
    out.push(':');
}

/// Appends the beginning of a parent. What may be of several objects is of the type `Name` unless asked for by TYPEOF.
fn push_parent_attributes(
    out: &mut String,
    records: &Records,
    parent: Key,
    entity: Option<&str>,
    version: &str,
) {
    out.push_str("{\"attributes\":");
    let Some(entity) = entity else {
        records::push_attributes(out, records, parent, version);
        return;
    };
    let object = records.schema.object(usize::from(parent.object)).name;
    let id = records.ids.id(parent);
    for piece in [
        "{\"type\":\"",
        entity,
        "\",\"url\":\"/services/data/v",
        version,
        "/sobjects/",
        object,
        "/",
        &id,
        "\"}",
    ] {
        out.push_str(piece);
    }
}

/// Finds the children of all parents of a page at once.
fn family(records: &Records, parents: &Keys, field: u16, plan: &Plan, with_deleted: bool) -> Family {
    let route = Route::own(records, plan.object, field);
    let set = Set {
        keys: parents.iter().collect(),
        ..Set::default()
    };
    let of_parents = Filter::Test(Source::Route(route), Test::In(false, set));
    let all = Plan {
        filter: Some(Filter::And(
            [of_parents].into_iter().chain(plan.filter.clone()).collect(),
        )),
        limit: None,
        offset: 0,
        ..plan.clone()
    };
    let mut numbers: HashMap<Key, Vec<u32>> = HashMap::new();
    for child in evaluate::matching(records, &all, with_deleted).iter() {
        let parent = records
            .row_with(child, &[field])
            .and_then(|row| records.value(child, &row, field).as_reference());
        if let Some(parent) = parent {
            numbers.entry(parent).or_default().push(child.number);
        }
    }
    let cut = |(parent, mut children): (Key, Vec<u32>)| {
        evaluate::cut(&mut children, plan);
        (parent, Keys::list(plan.object, children))
    };
    numbers.into_iter().map(cut).collect()
}

fn push_children(out: &mut String, records: &Records, plan: &Plan, children: &Keys, pages: &Pages<'_>) {
    let printed = children.len().min(pages.rows);
    let done = printed == children.len();
    out.push_str(&format!("{{\"totalSize\":{},\"done\":{done},", children.len()));
    if !done {
        push_name(out, "nextRecordsUrl");
        records::push_json_text(out, &(pages.keep)(plan, children, printed));
        out.push(',');
    }
    out.push_str("\"records\":[");
    push_page(out, records, plan, &children.slice(0, printed), pages);
    out.push_str("]}");
}
