//! A query whose every name has been found: ready to run as often as needed.

use super::{
    filter::Filter,
    route::{Hop, Route},
    syntax::{Dress, Function},
};
use crate::{records::Records, schema::Field};

/// What kind of answer a query has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Records.
    Rows,
    /// Only their number.
    Count,
    /// One row for each group.
    Groups,
}

/// A resolved query.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The object it reads.
    pub object: u16,
    /// What kind of answer it has.
    pub mode: Mode,
    /// The fields asked for, in order; what Bulk prints.
    pub routes: Vec<Route>,
    /// The same as a tree, with sub-queries; what REST prints.
    pub nodes: Vec<Node>,
    /// Which records.
    pub filter: Option<Filter>,
    /// In which order.
    pub orders: Vec<PlannedOrder>,
    /// At most so many.
    pub limit: Option<u32>,
    /// After so many.
    pub offset: u32,
    /// What groups are formed by.
    pub groups: Vec<Route>,
    /// For each set of groups, which of `groups` count; the others are subtotalled.
    pub grouping_sets: Vec<Vec<bool>>,
    /// What is computed for each group.
    pub aggregates: Vec<(Function, Route)>,
    /// Columns of a group.
    pub grouped: Vec<Column>,
    /// Which groups.
    pub having: Option<Filter>,
}

impl Plan {
    /// Whether it asks for children too.
    pub fn has_children(&self) -> bool {
        self.nodes
            .iter()
            .any(|node| matches!(node, Node::Children { .. }))
    }

    /// Lets sub-queries see the recycle bin too.
    pub fn see_deleted_children(&mut self) {
        for node in &mut self.nodes {
            if let Node::Children {
                plan, with_deleted, ..
            } = node
            {
                *with_deleted = true;
                plan.see_deleted_children();
            }
        }
    }

    /// Whether it asks by TYPEOF.
    pub fn uses_type_of(&self) -> bool {
        self.nodes
            .iter()
            .any(|node| matches!(node, Node::Parent { by_type: true, .. }))
    }
}

/// Where a value of a condition, an order or a grouped column comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A record's field.
    Route(Route),
    /// The group's value of that number.
    Group(usize),
    /// The group's aggregate of that number.
    Aggregate(usize),
    /// Whether the group is a subtotal over the value of that number.
    Grouping(usize),
}

/// A resolved entry of ORDER BY.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedOrder {
    /// By what.
    pub source: Source,
    /// Greatest first.
    pub descending: bool,
    /// Records without a value last.
    pub nulls_last: bool,
}

/// One column of a grouped answer.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Where its values come from.
    pub source: Source,
    /// How they are shown.
    pub dress: Dress,
}

/// One member of a printed record.
#[derive(Debug, Clone)]
pub enum Node {
    /// A field.
    Field {
        /// Which.
        field: u16,
        /// How it is shown.
        dress: Dress,
        /// Its other name.
        alias: Option<String>,
    },
    /// The name of the record's object.
    Type,
    /// A field that this object's records do not have.
    Absent(&'static str),
    /// A parent with its own members, for each kind of parent.
    Parent {
        /// Name of the relationship.
        name: &'static str,
        /// The reference field.
        field: u16,
        /// Members by object.
        targets: Vec<(u16, Vec<Node>)>,
        /// Whether it was asked for by TYPEOF.
        by_type: bool,
    },
    /// Children.
    Children {
        /// Name of the relationship.
        name: String,
        /// The children's reference field.
        field: u16,
        /// Which children, and what of them.
        plan: Box<Plan>,
        /// Whether those in the recycle bin count.
        with_deleted: bool,
    },
}

/// How the field at the end of a route is printed.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'query> {
    /// How it is shown.
    pub dress: Dress,
    /// Its other name.
    pub alias: Option<&'query str>,
}

/// Adds a route to a tree of members; parents that are there already take it up.
pub fn add_node(nodes: &mut Vec<Node>, records: &Records, object: u16, hop: &Hop, wish: Wish<'_>) {
    match hop {
        Hop::Field(field) => nodes.push(Node::Field {
            field: *field,
            dress: wish.dress,
            alias: wish.alias.map(str::to_owned),
        }),
        Hop::Type => nodes.push(Node::Type),
        Hop::Absent(name) => nodes.push(Node::Absent(name)),
        Hop::Parent { field, targets } => {
            let definition: &Field = records.field(object, *field);
            let position = nodes
                .iter()
                .position(|node| matches!(node, Node::Parent { field: known, .. } if known == field));
            let position = position.unwrap_or_else(|| {
                let name = definition.relationship_name.unwrap_or_default();
                nodes.push(Node::Parent {
                    name,
                    field: *field,
                    targets: Vec::new(),
                    by_type: false,
                });
                nodes.len() - 1
            });
            let Some(Node::Parent { targets: known, .. }) = nodes.get_mut(position) else {
                return;
            };
            for (parent, hop) in targets {
                let place = known
                    .iter()
                    .position(|(object, _)| object == parent)
                    .unwrap_or_else(|| {
                        known.push((*parent, Vec::new()));
                        known.len() - 1
                    });
                add_node(&mut known[place].1, records, *parent, hop, wish);
            }
        }
    }
}
