//! What a query asks for, found in the schema.

use super::{
    QueryFault,
    plan::{self, Column, Mode, Node, Plan, Source, Wish},
    resolve::Resolver,
    route::{self, Hop, Route},
    syntax::{Dress, FieldSet, Item, Path, Query},
};

/// Most rows of a query with `FIELDS(ALL)` or `FIELDS(CUSTOM)` (SOQL guide, FIELDS()).
const GREATEST_FIELD_SET_ROWS: u32 = 200;
/// Most levels of sub-queries below one another (SOQL guide, relationship query limits).
const GREATEST_LEVEL: usize = 4;

impl Resolver<'_> {
    pub(super) fn item(&mut self, item: &Item, query: &Query, plan: &mut Plan) -> Result<(), QueryFault> {
        match item {
            Item::Field { path, dress, alias } if plan.mode == Mode::Groups => {
                let route = self.route(path)?;
                let source = self.grouped(&route, path)?;
                let name = alias.as_deref().unwrap_or(route.name());
                self.column(plan, Some(name), source, *dress)?;
            }
            Item::Field { path, dress, alias } => self.field(path, *dress, alias.as_deref(), plan)?,
            Item::Fields(_) if plan.mode == Mode::Groups => {
                return Err(self.malformed(query.from_position, "FIELDS() is not allowed in a grouped query"));
            }
            Item::Fields(set) => {
                if *set != FieldSet::Standard
                    && query.limit.is_none_or(|limit| limit > GREATEST_FIELD_SET_ROWS)
                {
                    let why = "The SOQL FIELDS function must have a LIMIT of at most 200";
                    return Err(QueryFault::unplaced("MALFORMED_QUERY", why));
                }
                self.field_set(*set, plan)?;
            }
            Item::Count => {}
            Item::Part { part, path, alias } => {
                let route = Route {
                    part: Some(*part),
                    ..self.route(path)?
                };
                let source = self.grouped(&route, path)?;
                self.column(plan, alias.as_deref(), source, Dress::Plain)?;
            }
            Item::Grouping { operand, alias } => {
                let route = self.operand_route(operand)?;
                let Source::Group(group) = self.grouped(&route, operand.path())? else {
                    return Ok(());
                };
                self.column(plan, alias.as_deref(), Source::Grouping(group), Dress::Plain)?;
            }
            Item::Aggregate { call, dress, alias } => {
                let aggregate = Source::Aggregate(self.aggregate(call)?);
                self.column(plan, alias.as_deref(), aggregate, *dress)?;
            }
            Item::TypeOf {
                path,
                cases,
                otherwise,
            } => {
                if plan.mode == Mode::Groups {
                    return Err(self.malformed(path.position, "TYPEOF is not allowed in a grouped query"));
                }
                let node = self.type_of(path, cases, otherwise.as_deref())?;
                refuse_second_parent(plan, &node)?;
                plan.nodes.push(node);
            }
            Item::Children(children) => {
                if plan.mode == Mode::Groups {
                    let why = "sub-queries are not allowed in a grouped query";
                    return Err(self.malformed(children.from_position, why));
                }
                let node = self.children(children)?;
                plan.nodes.push(node);
            }
        }
        Ok(())
    }

    fn field(
        &mut self,
        path: &Path,
        dress: Dress,
        alias: Option<&str>,
        plan: &mut Plan,
    ) -> Result<(), QueryFault> {
        let route = self.route(path)?;
        if let Some(alias) = alias.filter(|_| dress == Dress::Plain) {
            let why = format!("only aggregate expressions use field aliasing: {alias}");
            return Err(self.malformed(path.position, &why));
        }
        self.select(alias.unwrap_or(&route.label))?;
        if let Hop::Parent { field, .. } = route.hop {
            let name = self.names.records.field(self.object, field).relationship_name;
            let is_taken = |node: &Node| matches!(node, Node::Parent { field: known, by_type: true, .. } if *known == field);
            if plan.nodes.iter().any(is_taken) {
                return Err(duplicate_field(name.unwrap_or_default()));
            }
        }
        let wish = Wish { dress, alias };
        plan::add_node(&mut plan.nodes, self.names.records, self.object, &route.hop, wish);
        plan.routes.push(route);
        Ok(())
    }

    /// Refuses what is asked for twice.
    fn select(&mut self, label: &str) -> Result<(), QueryFault> {
        let folded = label.to_ascii_lowercase();
        if self.selected.contains(&folded) {
            return Err(duplicate_field(label));
        }
        self.selected.push(folded);
        Ok(())
    }

    /// One more column of the answer's groups.
    fn column(
        &mut self,
        plan: &mut Plan,
        name: Option<&str>,
        source: Source,
        dress: Dress,
    ) -> Result<(), QueryFault> {
        let name = name.map_or_else(
            || {
                self.unnamed += 1;
                format!("expr{}", self.unnamed - 1)
            },
            str::to_owned,
        );
        let folded = name.to_ascii_lowercase();
        if self.selected.contains(&folded) {
            let why = format!("duplicate alias: {name}");
            return Err(QueryFault::unplaced("MALFORMED_QUERY", why));
        }
        self.selected.push(folded);
        plan.grouped.push(Column { name, source, dress });
        Ok(())
    }

    /// The group that a route of the SELECT list stands for.
    fn grouped(&self, route: &Route, path: &Path) -> Result<Source, QueryFault> {
        let group = self.groups.iter().position(|known| known == route);
        group.map(Source::Group).ok_or_else(|| {
            let why = format!("Field must be grouped or aggregated: {}", route.label);
            self.malformed(path.position, &why)
        })
    }

    fn field_set(&mut self, set: FieldSet, plan: &mut Plan) -> Result<(), QueryFault> {
        for (index, field) in self.names.columns(self.object) {
            let wanted = match set {
                FieldSet::All => true,
                FieldSet::Standard => !field.is_custom(),
                FieldSet::Custom => field.is_custom(),
            };
            if wanted {
                self.select(field.name)?;
                let (hop, wish) = (
                    Hop::Field(index),
                    Wish {
                        dress: Dress::Plain,
                        alias: None,
                    },
                );
                plan::add_node(&mut plan.nodes, self.names.records, self.object, &hop, wish);
                plan.routes
                    .push(Route::own(self.names.records, self.object, index));
            }
        }
        Ok(())
    }

    fn type_of(
        &mut self,
        path: &Path,
        cases: &[(Path, Vec<Path>)],
        otherwise: Option<&[Path]>,
    ) -> Result<Node, QueryFault> {
        let names = route::unaliased(self.names, self.object, self.aliases, &path.names);
        let relationship = match names.as_slice() {
            [only] => self.names.parent(self.object, only),
            _ => None,
        };
        let Some((field, reference)) = relationship.filter(|(_, field)| field.reference_to.len() > 1) else {
            let why = format!(
                "'{}' is not a polymorphic relationship, so TYPEOF cannot be used with it",
                path.names.join(".")
            );
            return Err(self.invalid(path, &why));
        };
        let relationship = reference.relationship_name.unwrap_or_default();
        self.select(relationship)?;
        let mut targets: Vec<(u16, Vec<Node>)> = Vec::new();
        for (object, fields) in cases {
            let name = object.names.join(".");
            let is_target = reference
                .reference_to
                .iter()
                .any(|known| known.eq_ignore_ascii_case(&name));
            let Some(target) = self.names.object(&name).filter(|_| is_target) else {
                let why = format!("'{name}' is not among the objects that '{relationship}' can refer to");
                return Err(QueryFault::placed(
                    "INVALID_TYPE",
                    self.text,
                    object.position,
                    why,
                ));
            };
            targets.push((target, self.type_fields(target, fields)?));
        }
        if let Some(fields) = otherwise {
            for target in reference
                .reference_to
                .iter()
                .filter_map(|name| self.names.object(name))
            {
                if targets.iter().all(|(known, _)| *known != target) {
                    targets.push((target, self.type_fields(target, fields)?));
                }
            }
        }
        Ok(Node::Parent {
            name: relationship,
            field,
            targets,
            by_type: true,
        })
    }

    fn type_fields(&self, object: u16, fields: &[Path]) -> Result<Vec<Node>, QueryFault> {
        let mut nodes = Vec::new();
        for path in fields {
            let route = route::find(self.text, self.names, object, &[], path)?;
            let wish = Wish {
                dress: Dress::Plain,
                alias: None,
            };
            plan::add_node(&mut nodes, self.names.records, object, &route.hop, wish);
        }
        Ok(nodes)
    }

    fn children(&mut self, query: &Query) -> Result<Node, QueryFault> {
        let relationship: Vec<String> = query.from.split('.').map(str::to_owned).collect();
        let relationship = route::unaliased(self.names, self.object, self.aliases, &relationship).join(".");
        let Some(child) = self.names.child(self.object, &relationship) else {
            let why = format!(
                "Didn't understand relationship '{relationship}' in FROM part of query call. If you are attempting to \
                 use a custom relationship, be sure to append the '__r' after the custom relationship name. Please \
                 reference your WSDL or the describe call for the appropriate names."
            );
            return Err(QueryFault::placed(
                "INVALID_TYPE",
                self.text,
                query.from_position,
                why,
            ));
        };
        if self.level >= GREATEST_LEVEL {
            let why = "sub-queries can be nested at most 5 levels deep, with the outermost query";
            return Err(self.malformed(query.from_position, why));
        }
        self.select(child.name)?;
        let mut resolver = Resolver::new(self.text, self.names, child.object, query);
        resolver.level = self.level + 1;
        let plan = resolver.plan(query)?;
        if plan.mode != Mode::Rows {
            let why = "aggregate functions and GROUP BY are not allowed in a sub-query of SELECT";
            return Err(self.malformed(query.from_position, why));
        }
        Ok(Node::Children {
            name: child.name.to_owned(),
            field: child.field,
            plan: Box::new(plan),
            with_deleted: false,
        })
    }
}

fn duplicate_field(label: &str) -> QueryFault {
    QueryFault::unplaced("INVALID_FIELD", format!("duplicate field selected: {label}"))
}

/// Refuses TYPEOF over a relationship of which fields are asked for already.
fn refuse_second_parent(plan: &Plan, node: &Node) -> Result<(), QueryFault> {
    let Node::Parent { name, field, .. } = node else {
        return Ok(());
    };
    let is_same = |other: &Node| matches!(other, Node::Parent { field: known, .. } if known == field);
    if plan.nodes.iter().any(is_same) {
        return Err(duplicate_field(name));
    }
    Ok(())
}
