//! The columns of an answer, instead of its records: `columns=true` beside a query (Tooling API guide, Query, which the
//! data API shares). Command line clients ask for them before they print a table.

use serde_json::{Value, json};

use super::plan::{Node, Plan, Source};
use crate::{
    records::Records,
    schema::{Field, Kind, Role},
};

/// The body of such an answer.
pub fn columns(records: &Records, plan: &Plan) -> Value {
    let object = records.schema.object(usize::from(plan.object));
    let list = if plan.grouped.is_empty() {
        of_nodes(records, plan.object, &plan.nodes)
    } else {
        of_groups(records, plan)
    };
    json!({
        "columnMetadata": list,
        "entityName": object.name,
        "groupBy": !plan.groups.is_empty(),
        "idSelected": plan.nodes.iter().any(|node| selects_id(records, plan.object, node)),
        "keyPrefix": object.prefix,
    })
}

fn selects_id(records: &Records, object: u16, node: &Node) -> bool {
    matches!(node, Node::Field { field, .. } if records.field(object, *field).role == Role::Id)
}

fn of_nodes(records: &Records, object: u16, nodes: &[Node]) -> Vec<Value> {
    nodes
        .iter()
        .map(|node| match node {
            Node::Field { field, alias, .. } => {
                let definition = records.field(object, *field);
                let name = alias.as_deref().unwrap_or(definition.name);
                of_field(definition, name, definition.name, false)
            }
            Node::Type => plain("Type"),
            Node::Absent(name) => plain(name),
            Node::Parent { name, targets, .. } => {
                let mut joined: Vec<Value> = Vec::new();
                for (parent, members) in targets {
                    for column in of_nodes(records, *parent, members) {
                        if joined
                            .iter()
                            .all(|known| known["columnName"] != column["columnName"])
                        {
                            joined.push(column);
                        }
                    }
                }
                of_join(name, false, joined)
            }
            Node::Children { name, plan, .. } => {
                of_join(name, true, of_nodes(records, plan.object, &plan.nodes))
            }
        })
        .collect()
}

fn of_groups(records: &Records, plan: &Plan) -> Vec<Value> {
    let leaf = |(object, field): (u16, u16)| records.field(object, field);
    plan.grouped
        .iter()
        .map(|column| match &column.source {
            Source::Route(route) => of_field(leaf(route.leaf), &column.name, &route.label, false),
            Source::Group(number) | Source::Grouping(number) => match plan.groups.get(*number) {
                Some(route) => of_field(leaf(route.leaf), &column.name, &route.label, false),
                None => plain(&column.name),
            },
            Source::Aggregate(number) => match plan.aggregates.get(*number) {
                Some((function, route)) => {
                    let shown = format!("{}({})", function.name(), route.label);
                    of_field(leaf(route.leaf), &column.name, &shown, true)
                }
                None => plain(&column.name),
            },
        })
        .collect()
}

fn of_field(field: &Field, name: &str, shown: &str, aggregate: bool) -> Value {
    let is_number = matches!(
        field.kind,
        Kind::Int | Kind::Double | Kind::Currency | Kind::Percent
    );
    let is_boolean = field.kind == Kind::Boolean;
    json!({
        "aggregate": aggregate,
        "apexType": apex_type(field.kind),
        "booleanType": is_boolean,
        "columnName": name,
        "custom": field.is_custom(),
        "displayName": shown,
        "foreignKeyName": field.relationship_name,
        "insertable": field.createable && !aggregate,
        "joinColumns": [],
        "numberType": is_number || aggregate,
        "textType": field.kind.is_text() && !aggregate,
        "updatable": field.updateable && !aggregate,
    })
}

/// A parent, or (an aggregate) children, with the columns asked of them.
fn of_join(name: &str, children: bool, columns: Vec<Value>) -> Value {
    let mut column = plain(name);
    column["aggregate"] = json!(children);
    column["joinColumns"] = Value::Array(columns);
    column["textType"] = json!(false);
    column
}

fn plain(name: &str) -> Value {
    json!({
        "aggregate": false,
        "apexType": "String",
        "booleanType": false,
        "columnName": name,
        "custom": false,
        "displayName": name,
        "foreignKeyName": null,
        "insertable": false,
        "joinColumns": [],
        "numberType": false,
        "textType": true,
        "updatable": false,
    })
}

fn apex_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Id | Kind::Reference => "Id",
        Kind::Boolean => "Boolean",
        Kind::Int => "Integer",
        Kind::Double | Kind::Currency | Kind::Percent => "Double",
        Kind::Date => "Date",
        Kind::Moment => "Datetime",
        Kind::Time => "Time",
        _ => "String",
    }
}
