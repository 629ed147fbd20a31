//! From a [`Query`] to a [`Plan`]: every name is found in the schema, every literal fits its field.

use super::{
    QueryFault,
    names::Names,
    plan::{Mode, Plan, PlannedOrder},
    route::{self, Route},
    syntax::{Call, Function, Item, Operand, Path, Query, Totals},
};
use crate::{records::Records, schema::Kind};

/// Most rows that OFFSET may skip (SOQL guide, OFFSET).
const GREATEST_OFFSET: u32 = 2000;
/// Most fields of a GROUP BY ROLLUP or CUBE (SOQL guide, GROUP BY ROLLUP).
const GREATEST_SUBTOTALS: usize = 3;

/// Resolves a query of a user (by number) against the org.
pub fn resolve(text: &str, query: &Query, records: &Records, user: u32) -> Result<Plan, QueryFault> {
    let names = Names { records, user };
    let object = object_of(text, query, names)?;
    Resolver::new(text, names, object, query).plan(query)
}

pub(super) fn object_of(text: &str, query: &Query, names: Names<'_>) -> Result<u16, QueryFault> {
    names.object(&query.from).ok_or_else(|| {
        let why = format!(
            "sObject type '{}' is not supported. If you are attempting to use a custom object, be sure to append the \
             '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
            query.from
        );
        QueryFault::placed("INVALID_TYPE", text, query.from_position, why)
    })
}

pub(super) struct Resolver<'query> {
    pub(super) text: &'query str,
    pub(super) names: Names<'query>,
    pub(super) object: u16,
    pub(super) aliases: &'query [(String, Vec<String>)],
    pub(super) groups: Vec<Route>,
    pub(super) aggregates: Vec<(Function, Route)>,
    /// What is asked for so far, in lower case.
    pub(super) selected: Vec<String>,
    /// Answer columns without a name so far.
    pub(super) unnamed: usize,
    /// Sub-selects so far.
    pub(super) semi_joins: usize,
    /// The operator around the present condition under which no sub-select may stand.
    pub(super) under: Option<&'static str>,
    /// How many sub-queries stand around this one.
    pub(super) level: usize,
}

impl<'query> Resolver<'query> {
    pub(super) fn new(text: &'query str, names: Names<'query>, object: u16, query: &'query Query) -> Self {
        Self {
            text,
            names,
            object,
            aliases: &query.aliases,
            groups: Vec::new(),
            aggregates: Vec::new(),
            selected: Vec::new(),
            unnamed: 0,
            semi_joins: 0,
            under: None,
            level: 0,
        }
    }

    pub(super) fn plan(&mut self, query: &Query) -> Result<Plan, QueryFault> {
        if query.offset > GREATEST_OFFSET {
            let why = format!("Maximum SOQL offset allowed is {GREATEST_OFFSET}");
            return Err(QueryFault::unplaced("NUMBER_OUTSIDE_VALID_RANGE", why));
        }
        let mode = self.mode(query)?;
        for operand in &query.groups {
            let route = self.group(operand)?;
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
            grouping_sets: grouping_sets(query.totals, query.groups.len()),
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
        if self.names.is_own_alone(self.object) {
            plan.filter = Some(self.only_own(plan.filter.take()));
        }
        if query.mine {
            plan.filter = Some(self.only_mine(plan.filter.take())?);
        }
        if let Some(condition) = &query.having {
            plan.having = Some(self.filter(condition, true)?);
        }
        for order in &query.orders {
            let source = if mode == Mode::Groups {
                self.group_source(&order.operand, "Ordered field")?
            } else {
                self.source(&order.operand)?
            };
            let route = self.operand_route(&order.operand)?;
            if !route.is_sortable(self.names.records) {
                let why = format!("field '{}' can not be sorted in a query call", route.name());
                return Err(self.invalid(order.operand.path(), &why));
            }
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

    fn mode(&self, query: &Query) -> Result<Mode, QueryFault> {
        let counts = query.items.iter().any(|item| matches!(item, Item::Count));
        let aggregates = query.items.iter().any(|item| {
            matches!(
                item,
                Item::Aggregate { .. } | Item::Part { .. } | Item::Grouping { .. }
            )
        });
        let grouped = aggregates || !query.groups.is_empty();
        let refusal = match (counts, grouped) {
            (true, true) => "Grouped query cannot have COUNT()",
            (true, false) if query.items.len() > 1 => "unexpected token: 'COUNT'",
            (true, false) => return Ok(Mode::Count),
            (false, true) if query.groups.is_empty() && query.limit.is_some() => {
                let why = "Non-grouped query that uses overall aggregate functions cannot also use LIMIT";
                return Err(QueryFault::unplaced("MALFORMED_QUERY", why));
            }
            (false, true) if query.totals != Totals::None && query.groups.len() > GREATEST_SUBTOTALS => {
                "GROUP BY ROLLUP and GROUP BY CUBE take at most 3 fields"
            }
            (false, true) => return Ok(Mode::Groups),
            (false, false) if query.having.is_some() => "HAVING needs a grouped query",
            (false, false) => return Ok(Mode::Rows),
        };
        Err(self.malformed(query.from_position, refusal))
    }

    pub(super) fn malformed(&self, position: usize, why: &str) -> QueryFault {
        QueryFault::malformed(self.text, position, why)
    }

    pub(super) fn invalid(&self, path: &Path, why: &str) -> QueryFault {
        QueryFault::invalid_field(self.text, path.position, why)
    }

    pub(super) fn route(&self, path: &Path) -> Result<Route, QueryFault> {
        route::find(self.text, self.names, self.object, self.aliases, path)
    }

    /// The way to what an operand looks at; of an aggregate, to what it is made from.
    pub(super) fn operand_route(&self, operand: &Operand) -> Result<Route, QueryFault> {
        let route = self.route(operand.path())?;
        let Operand::Part(part, path) = operand else {
            return Ok(route);
        };
        let kind = route.kind(self.names.records);
        if !part.suits(kind) {
            let why = format!(
                "field '{}' of type {} does not support this date function",
                route.name(),
                kind.name()
            );
            return Err(self.invalid(path, &why));
        }
        Ok(Route {
            part: Some(*part),
            ..route
        })
    }

    fn group(&self, operand: &Operand) -> Result<Route, QueryFault> {
        let route = self.operand_route(operand)?;
        if matches!(operand, Operand::Call(_)) || !route.is_groupable(self.names.records) {
            let why = format!("field '{}' can not be grouped in a query call", route.name());
            return Err(self.invalid(operand.path(), &why));
        }
        Ok(route)
    }

    pub(super) fn aggregate(&mut self, call: &Call) -> Result<usize, QueryFault> {
        let route = self.route(&call.path)?;
        let kind = route.kind(self.names.records);
        let adds_up = matches!(call.function, Function::Sum | Function::Average);
        let fits = route.is_sortable(self.names.records) && kind != Kind::Boolean;
        if !fits || (adds_up && !kind.is_number()) {
            let why = format!(
                "field {} does not support aggregate operator {}",
                route.name(),
                call.function.name()
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

fn grouping_sets(totals: Totals, groups: usize) -> Vec<Vec<bool>> {
    let every = vec![true; groups];
    match totals {
        Totals::None => vec![every],
        Totals::Rollup => (0..=groups)
            .map(|left_out| (0..groups).map(|group| group < groups - left_out).collect())
            .collect(),
        Totals::Cube => (0..1_usize << groups)
            .map(|left_out| (0..groups).map(|group| left_out >> group & 1 == 0).collect())
            .collect(),
    }
}
