//! Conditions of a query: every literal must fit its field.

use std::collections::HashSet;

use super::{
    QueryFault, evaluate,
    filter::{Comparand, Filter, Set, Test},
    lexer::Piece,
    plan::Source,
    resolve::{Resolver, resolve},
    route::own_field,
    syntax::{Condition, Function, Literal, Operand, Operator, Path, Query, SpanForm},
};
use crate::{id, schema::Kind, value::Key};

impl Resolver<'_> {
    pub(super) fn source(&mut self, operand: &Operand, grouped: bool) -> Result<Source, QueryFault> {
        match operand {
            Operand::Path(path) => {
                let route = self.route(path)?;
                if !grouped {
                    return Ok(Source::Route(route));
                }
                let group = self.groups.iter().position(|known| *known == route);
                group.map(Source::Group).ok_or_else(|| {
                    let why = format!("Field must be grouped or aggregated: {}", route.label);
                    self.malformed(path.position, &why)
                })
            }
            Operand::Call(call) if grouped => Ok(Source::Aggregate(self.aggregate(call)?)),
            Operand::Call(call) => {
                Err(self.malformed(call.path.position, "Grouped query is required for an aggregate"))
            }
        }
    }

    pub(super) fn filter(&mut self, condition: &Condition, grouped: bool) -> Result<Filter, QueryFault> {
        Ok(match condition {
            Condition::And(all) => Filter::And(self.filters(all, grouped)?),
            Condition::Or(all) => Filter::Or(self.filters(all, grouped)?),
            Condition::Not(inner) => Filter::Not(Box::new(self.filter(inner, grouped)?)),
            Condition::Compare(operand, operator, literal) => {
                let (source, subject) = self.subject(operand, grouped)?;
                let equality = matches!(operator, Operator::Equal | Operator::Unequal);
                if !equality && matches!(subject.kind, Kind::Boolean) {
                    return Err(self.invalid(&subject, "invalid operator on boolean field"));
                }
                Filter::Test(
                    source,
                    Test::Compare(*operator, self.comparand(&subject, literal)?),
                )
            }
            Condition::Like(operand, pieces) => {
                let (source, subject) = self.subject(operand, grouped)?;
                if !subject.kind.is_text() {
                    return Err(self.invalid(&subject, "invalid operator on this type of field"));
                }
                Filter::Test(source, Test::Like(lower(pieces)))
            }
            Condition::In(operand, negated, literals) => {
                let (source, subject) = self.subject(operand, grouped)?;
                let mut set = Set::default();
                for literal in literals {
                    match self.comparand(&subject, literal)? {
                        Comparand::Null => set.null = true,
                        Comparand::Text(text) => {
                            set.texts.insert(text);
                        }
                        Comparand::Record(key) => set.keys.extend(key),
                        other => set.others.push(other),
                    }
                }
                Filter::Test(source, Test::In(*negated, set))
            }
            Condition::InQuery(operand, negated, query) => {
                let (source, subject) = self.subject(operand, grouped)?;
                if !matches!(subject.kind, Kind::Id | Kind::Reference) {
                    return Err(self.invalid(&subject, "semi join sub-selects need a reference field"));
                }
                let keys = self.sub_select(query)?;
                Filter::Test(
                    source,
                    Test::In(
                        *negated,
                        Set {
                            keys,
                            ..Set::default()
                        },
                    ),
                )
            }
        })
    }

    fn filters(&mut self, all: &[Condition], grouped: bool) -> Result<Vec<Filter>, QueryFault> {
        all.iter()
            .map(|condition| self.filter(condition, grouped))
            .collect()
    }

    fn sub_select(&self, query: &Query) -> Result<HashSet<Key>, QueryFault> {
        let plan = resolve(self.text, query, self.records, self.user)?;
        let [route] = plan.routes.as_slice() else {
            return Err(self.malformed(
                query.from_position,
                "semi join sub-selects can only have one field",
            ));
        };
        let keys = evaluate::matching(self.records, &plan, false);
        let values = keys.iter().filter_map(|key| {
            let row = self.records.row_with(key, &[own_field(&route.hop)])?;
            route.value(self.records, key, &row).as_reference()
        });
        Ok(values.collect())
    }

    pub(super) fn only_mine(&self, filter: Option<Filter>, query: &Query) -> Result<Filter, QueryFault> {
        let path = Path {
            names: vec!["OwnerId".to_owned()],
            position: query.from_position,
        };
        let users = self.records.object_index("User").unwrap_or_default();
        let me = Comparand::Record(Some(Key {
            object: users,
            number: self.user,
        }));
        let mine = Filter::Test(
            Source::Route(self.route(&path)?),
            Test::Compare(Operator::Equal, me),
        );
        Ok(Filter::And(filter.into_iter().chain([mine]).collect()))
    }

    fn subject(&mut self, operand: &Operand, grouped: bool) -> Result<(Source, Subject), QueryFault> {
        let source = self.source(operand, grouped)?;
        let (path, counts) = match operand {
            Operand::Path(path) => (path, false),
            Operand::Call(call) => (
                &call.path,
                matches!(call.function, Function::Count | Function::CountDistinct),
            ),
        };
        let route = self.route(path)?;
        let field = route.field(self.records);
        let subject = Subject {
            name: field.name,
            kind: if counts { Kind::Int } else { field.kind },
            position: path.position,
        };
        if !grouped && !field.is_filterable() {
            return Err(self.invalid(&subject, "can not be filtered in a query call"));
        }
        Ok((source, subject))
    }

    fn invalid(&self, subject: &Subject, why: &str) -> QueryFault {
        let why = format!("field '{}' {why}", subject.name);
        QueryFault::invalid_field(self.text, subject.position, why)
    }

    fn comparand(&self, subject: &Subject, literal: &Literal) -> Result<Comparand, QueryFault> {
        let must_be = |kind: &str, quotes: &str| {
            let why = format!(
                "value of filter criterion for field '{}' must be of type {kind} and should {quotes} in quotes",
                subject.name
            );
            QueryFault::invalid_field(self.text, subject.position, why)
        };
        Ok(match (subject.kind, literal) {
            (_, Literal::Null) => Comparand::Null,
            (Kind::Id | Kind::Reference, Literal::Text(text)) => {
                if !id::is_well_formed(text) {
                    let message = format!("invalid ID field: {text}");
                    return Err(QueryFault {
                        code: "INVALID_QUERY_FILTER_OPERATOR",
                        message,
                    });
                }
                Comparand::Record(self.records.ids.key(text))
            }
            (kind, Literal::Text(text)) if kind.is_text() => Comparand::Text(text.to_lowercase()),
            (Kind::Boolean, Literal::Boolean(truth)) => Comparand::Boolean(*truth),
            (kind, Literal::Number(number)) if kind.is_number() => Comparand::Number(*number),
            (Kind::Date, Literal::Span { from, until, form }) if *form != SpanForm::Moment => {
                Comparand::Span(*from, *until)
            }
            (Kind::Moment, Literal::Span { from, until, form }) if *form != SpanForm::Day => {
                Comparand::Span(*from, *until)
            }
            (Kind::Moment, _) => return Err(must_be("dateTime", "not be enclosed")),
            (kind, _) if kind.is_text() => return Err(must_be("string", "be enclosed")),
            (kind, _) => return Err(must_be(kind.name(), "not be enclosed")),
        })
    }
}

struct Subject {
    name: &'static str,
    kind: Kind,
    position: usize,
}

fn lower(pieces: &[Piece]) -> Vec<Piece> {
    pieces
        .iter()
        .flat_map(|piece| match piece {
            Piece::Character(character) => character.to_lowercase().map(Piece::Character).collect(),
            other => vec![other.clone()],
        })
        .collect()
}
