//! From a [`Query`] to a [`Plan`]: every name is found in the schema, every literal fits its field.

use super::{
    QueryFault,
    filter::{Comparand, Filter, Test},
    plan::{self, Mode, Node, Plan, PlannedOrder, Source},
    route::{self, Hop, Route},
    syntax::{Call, FieldSet, Function, Item, Operator, Path, Query},
};
use crate::{records::Records, schema::Kind, value::Key};

/// Most rows that OFFSET may skip (SOQL guide, OFFSET).
const GREATEST_OFFSET: u32 = 2000;

/// Resolves a query of a user (by number) against the org.
pub fn resolve(text: &str, query: &Query, records: &Records, user: u32) -> Result<Plan, QueryFault> {
    let access = records.access.of(user);
    let found = records.object_index(&query.from);
    let visible = found.filter(|object| access.reads(records.schema.object(usize::from(*object))));
    let Some(object) = visible else {
        let message = format!(
            "sObject type '{}' is not supported. If you are attempting to use a custom object, be sure to append the \
             '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
            query.from
        );
        let message = super::placed(text, query.from_position, &message);
        return Err(QueryFault {
            code: "INVALID_TYPE",
            message,
        });
    };
    let mut resolver = Resolver {
        text,
        records,
        object,
        user,
        alias: query.alias.as_deref(),
        groups: Vec::new(),
        aggregates: Vec::new(),
    };
    resolver.plan(query)
}

pub(super) struct Resolver<'query> {
    pub(super) text: &'query str,
    pub(super) records: &'query Records,
    object: u16,
    pub(super) user: u32,
    alias: Option<&'query str>,
    pub(super) groups: Vec<Route>,
    aggregates: Vec<(Function, Route)>,
}

impl Resolver<'_> {
    fn plan(&mut self, query: &Query) -> Result<Plan, QueryFault> {
        if query.offset > GREATEST_OFFSET {
            return Err(QueryFault {
                code: "NUMBER_OUTSIDE_VALID_RANGE",
                message: "Maximum SOQL offset allowed is 2000".to_owned(),
            });
        }
        let counts = query.items.iter().any(|item| matches!(item, Item::Count));
        let aggregates = query
            .items
            .iter()
            .any(|item| matches!(item, Item::Aggregate { .. }));
        let mode = match (counts, aggregates || !query.groups.is_empty()) {
            (true, false) if query.items.len() == 1 => Mode::Count,
            (true, false) => return Err(self.malformed(query.from_position, "unexpected token: 'COUNT'")),
            (_, true) => Mode::Groups,
            (false, false) => Mode::Rows,
        };
        for path in &query.groups {
            let route = self.route(path)?;
            self.groups.push(route);
        }
        let mut plan = Plan {
            object: self.object,
            mode,
            routes: Vec::new(),
            nodes: Vec::new(),
            filter: None,
            orders: Vec::new(),
            limit: query.limit,
            offset: query.offset,
            groups: Vec::new(),
            aggregates: Vec::new(),
            grouped: Vec::new(),
            having: None,
        };
        for item in &query.items {
            self.item(item, query, &mut plan)?;
        }
        if let Some(condition) = &query.condition {
            plan.filter = Some(self.filter(condition, false)?);
        }
        if self.records.schema.object(usize::from(self.object)).name == "UserPermissionAccess" {
            plan.filter = Some(self.own_row(plan.filter.take()));
        }
        if query.mine {
            plan.filter = Some(self.only_mine(plan.filter.take(), query)?);
        }
        if let Some(condition) = &query.having {
            plan.having = Some(self.filter(condition, true)?);
        }
        for order in &query.orders {
            let source = self.source(&order.operand, mode == Mode::Groups)?;
            let (descending, nulls_last) = (order.descending, order.nulls_last);
            plan.orders.push(PlannedOrder {
                source,
                descending,
                nulls_last,
            });
        }
        plan.groups = std::mem::take(&mut self.groups);
        plan.aggregates = std::mem::take(&mut self.aggregates);
        Ok(plan)
    }

    pub(super) fn malformed(&self, position: usize, why: &str) -> QueryFault {
        QueryFault::malformed(self.text, position, why)
    }

    pub(super) fn route(&self, path: &Path) -> Result<Route, QueryFault> {
        let aliases: Vec<&str> = self.alias.into_iter().collect();
        let route = route::find(self.text, self.records, self.object, &aliases, path)?;
        self.visible(&route, path)?;
        Ok(route)
    }

    /// Refuses a way through fields or objects that the user may not read, in the words for one that does not exist.
    fn visible(&self, route: &Route, path: &Path) -> Result<(), QueryFault> {
        let access = self.records.access.of(self.user);
        let is_closed = |object: u16, field: u16| {
            let definition = self.records.schema.object(usize::from(object));
            !access.reads(definition) || !access.reads_field(definition, definition.field(field))
        };
        if let Some((object, field)) = closed_step(self.object, &route.hop, &is_closed) {
            let why = route::no_such_column(self.records, object, self.records.field(object, field).name);
            return Err(QueryFault::invalid_field(self.text, path.position, why));
        }
        Ok(())
    }

    /// The condition that leaves each user the one row that tells the own permissions.
    fn own_row(&self, filter: Option<Filter>) -> Filter {
        let me = Comparand::Record(Some(Key {
            object: self.object,
            number: self.user,
        }));
        let id = Route {
            label: "Id".to_owned(),
            leaf: (self.object, 0),
            hop: Hop::Field(0),
        };
        let own = Filter::Test(Source::Route(id), Test::Compare(Operator::Equal, me));
        Filter::And(filter.into_iter().chain([own]).collect())
    }

    fn item(&mut self, item: &Item, query: &Query, plan: &mut Plan) -> Result<(), QueryFault> {
        match item {
            Item::Field { path, alias } => {
                let route = self.route(path)?;
                if plan.mode == Mode::Groups {
                    let Some(group) = self.groups.iter().position(|known| *known == route) else {
                        let why = format!("Field must be grouped or aggregated: {}", route.label);
                        return Err(self.malformed(path.position, &why));
                    };
                    let leaf = route.field(self.records).name.to_owned();
                    plan.grouped
                        .push((alias.clone().unwrap_or(leaf), Source::Group(group)));
                } else if let Some(alias) = alias {
                    let why = format!("only aggregate expressions use field aliasing: {alias}");
                    return Err(self.malformed(path.position, &why));
                } else {
                    plan::add_node(&mut plan.nodes, self.records, self.object, &route.hop);
                    plan.routes.push(route);
                }
            }
            Item::Fields(set) => {
                if *set != FieldSet::Standard && query.limit.is_none_or(|limit| limit > 200) {
                    let why = "The SOQL FIELDS function must have a LIMIT of at most 200";
                    return Err(self.malformed(query.from_position, why));
                }
                self.field_set(*set, plan);
            }
            Item::Count if plan.mode == Mode::Groups => {
                return Err(self.malformed(query.from_position, "Grouped query cannot have COUNT()"));
            }
            Item::Count => {}
            Item::Aggregate { call, alias } => {
                let aggregate = self.aggregate(call)?;
                let unnamed = plan
                    .grouped
                    .iter()
                    .filter(|(name, _)| name.starts_with("expr"))
                    .count();
                let name = alias.clone().unwrap_or_else(|| format!("expr{unnamed}"));
                plan.grouped.push((name, Source::Aggregate(aggregate)));
            }
            Item::Children(children) => {
                let node = self.children(children)?;
                plan.nodes.push(node);
            }
        }
        Ok(())
    }

    fn field_set(&self, set: FieldSet, plan: &mut Plan) {
        let fields = &self.records.schema.object(usize::from(self.object)).fields;
        for (index, field) in (0_u16..).zip(fields) {
            let wanted = match set {
                FieldSet::All => true,
                FieldSet::Standard => !field.is_custom(),
                FieldSet::Custom => field.is_custom(),
            };
            let definition = self.records.schema.object(usize::from(self.object));
            if wanted && self.records.access.of(self.user).reads_field(definition, field) {
                let hop = Hop::Field(index);
                plan::add_node(&mut plan.nodes, self.records, self.object, &hop);
                plan.routes.push(Route {
                    label: field.name.to_owned(),
                    leaf: (self.object, index),
                    hop,
                });
            }
        }
    }

    fn children(&self, query: &Query) -> Result<Node, QueryFault> {
        let parent = self.records.schema.object(usize::from(self.object));
        let access = self.records.access.of(self.user);
        let found = parent.children.iter().find(|child| {
            child
                .name
                .is_some_and(|name| name.eq_ignore_ascii_case(&query.from))
                && access.reads(self.records.schema.object(child.object))
        });
        let child = found.and_then(|child| {
            Some((
                child.name?,
                u16::try_from(child.object).ok()?,
                u16::try_from(child.field).ok()?,
            ))
        });
        let Some((name, object, field)) = child else {
            let why = format!(
                "Didn't understand relationship '{}' in FROM part of query call. If you are attempting to use a custom \
                 relationship, be sure to append the '__r' after the custom relationship name. Please reference your \
                 WSDL or the describe call for the appropriate names.",
                query.from
            );
            let message = super::placed(self.text, query.from_position, &why);
            return Err(QueryFault {
                code: "INVALID_TYPE",
                message,
            });
        };
        let mut resolver = Resolver {
            text: self.text,
            records: self.records,
            object,
            user: self.user,
            alias: query.alias.as_deref(),
            groups: Vec::new(),
            aggregates: Vec::new(),
        };
        let plan = resolver.plan(query)?;
        if plan.mode != Mode::Rows {
            return Err(self.malformed(query.from_position, "aggregates are not allowed in a sub-query"));
        }
        Ok(Node::Children {
            name,
            field,
            plan: Box::new(plan),
        })
    }

    pub(super) fn aggregate(&mut self, call: &Call) -> Result<usize, QueryFault> {
        let route = self.route(&call.path)?;
        let kind = route.kind(self.records);
        let adds_up = matches!(call.function, Function::Sum | Function::Average);
        if (adds_up && !kind.is_number()) || matches!(kind, Kind::Address | Kind::Location | Kind::Boolean) {
            let why = format!(
                "field {} does not support aggregate operator {:?}",
                route.label, call.function
            );
            return Err(self.malformed(call.path.position, &why));
        }
        let known = self
            .aggregates
            .iter()
            .position(|known| known.0 == call.function && known.1 == route);
        Ok(known.unwrap_or_else(|| {
            self.aggregates.push((call.function, route));
            self.aggregates.len() - 1
        }))
    }
}

/// The first step of a way that is closed.
fn closed_step(object: u16, hop: &Hop, is_closed: &dyn Fn(u16, u16) -> bool) -> Option<(u16, u16)> {
    match hop {
        Hop::Field(field) => is_closed(object, *field).then_some((object, *field)),
        Hop::Parent { field, targets } => {
            if is_closed(object, *field) {
                return Some((object, *field));
            }
            targets
                .iter()
                .find_map(|(target, hop)| closed_step(*target, hop, is_closed))
        }
    }
}
