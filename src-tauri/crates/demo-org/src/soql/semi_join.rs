//! Semi-joins and anti-joins: `IN (SELECT …)`, with what SOQL does not allow there (SOQL guide, semi-joins with IN).

use std::collections::HashSet;

use super::{
    QueryFault, evaluate,
    plan::Mode,
    resolve::{self, Resolver},
    route::own_field,
    syntax::{Operand, Query},
};
use crate::{schema::Kind, value::Key};

/// Most sub-selects of a query.
const GREATEST_SUB_SELECTS: usize = 2;

impl Resolver<'_> {
    /// The records that a sub-select names.
    pub(super) fn sub_select(
        &mut self,
        operand: &Operand,
        query: &Query,
    ) -> Result<HashSet<Key>, QueryFault> {
        let records = self.names.records;
        let position = query.from_position;
        let left = self.operand_route(operand)?;
        self.semi_joins += 1;
        let refusal = if !matches!(left.kind(records), Kind::Id | Kind::Reference) {
            Some(format!(
                "The left operand '{}' in the where expression with sub-select should be id field",
                left.label
            ))
        } else if let Some(operator) = self.under {
            Some(format!(
                "Semi join sub-selects are not allowed with the '{operator}' operator"
            ))
        } else if self.semi_joins > GREATEST_SUB_SELECTS {
            Some(format!(
                "Cannot have more than {GREATEST_SUB_SELECTS} semi join sub-selects"
            ))
        } else if !query.orders.is_empty() {
            Some("Semi join sub-selects cannot use ORDER BY".to_owned())
        } else if query.limit.is_some() || query.offset > 0 {
            Some("Semi join sub-selects cannot use LIMIT or OFFSET".to_owned())
        } else {
            None
        };
        if let Some(why) = refusal {
            return Err(self.malformed(operand.path().position, &why));
        }
        let object = resolve::object_of(self.text, query, self.names)?;
        if object == self.object {
            let why = "The inner and outer selects should not be on the same object type";
            return Err(self.malformed(position, why));
        }
        let mut resolver = Resolver::new(self.text, self.names, object, query);
        resolver.semi_joins = GREATEST_SUB_SELECTS;
        let plan = resolver.plan(query)?;
        let [route] = plan.routes.as_slice() else {
            return Err(self.malformed(position, "Semi join sub-selects must select exactly one field"));
        };
        if plan.mode != Mode::Rows || plan.nodes.len() != 1 {
            return Err(self.malformed(position, "Semi join sub-selects must select exactly one field"));
        }
        if !matches!(route.kind(records), Kind::Id | Kind::Reference) {
            let why = format!(
                "semi join sub-selects can only query id fields, cannot use: '{}'",
                route.label
            );
            return Err(self.malformed(position, &why));
        }
        let keys = evaluate::matching(records, &plan, false);
        let values = keys.iter().filter_map(|key| {
            let row = records.row_with(key, &[own_field(&route.hop)])?;
            route.value(records, key, &row).as_reference()
        });
        Ok(values.collect())
    }
}
