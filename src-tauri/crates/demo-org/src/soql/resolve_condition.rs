//! Conditions of a query: every literal must fit its field.

use super::{
    QueryFault,
    filter::{Comparand, Filter, Set, Test},
    lexer::Piece,
    plan::Source,
    resolve::Resolver,
    route::Route,
    syntax::{Condition, Function, Literal, Operand, Operator, SpanForm},
};
use crate::{id, schema::Kind, value::Key};

impl Resolver<'_> {
    /// Where the value of a record comes from.
    pub(super) fn source(&self, operand: &Operand) -> Result<Source, QueryFault> {
        if let Operand::Call(call) = operand {
            let why = "Grouped query is required for an aggregate";
            return Err(self.malformed(call.path.position, why));
        }
        Ok(Source::Route(self.operand_route(operand)?))
    }

    /// Where the value of a group comes from; `what` begins the refusal of a field that is not grouped.
    pub(super) fn group_source(&mut self, operand: &Operand, what: &str) -> Result<Source, QueryFault> {
        if let Operand::Call(call) = operand {
            return Ok(Source::Aggregate(self.aggregate(call)?));
        }
        let route = self.operand_route(operand)?;
        let group = self.groups.iter().position(|known| *known == route);
        group.map(Source::Group).ok_or_else(|| {
            let why = format!("{what} must be grouped or aggregated: {}", route.label);
            QueryFault::unplaced("MALFORMED_QUERY", why)
        })
    }

    pub(super) fn filter(&mut self, condition: &Condition, grouped: bool) -> Result<Filter, QueryFault> {
        Ok(match condition {
            Condition::And(all) => Filter::And(self.filters(all, grouped)?),
            Condition::Or(all) => {
                let outside = self.under.replace("OR");
                let all = self.filters(all, grouped)?;
                self.under = outside;
                Filter::Or(all)
            }
            Condition::Not(inner) => {
                let outside = self.under.replace("NOT");
                let inner = self.filter(inner, grouped)?;
                self.under = outside;
                Filter::Not(Box::new(inner))
            }
            Condition::Compare(operand, operator, literal) => {
                let (source, subject) = self.subject(operand, grouped)?;
                let equality = matches!(operator, Operator::Equal | Operator::Unequal);
                if !equality && matches!(subject.kind, Kind::Boolean | Kind::MultiPicklist) {
                    return Err(self.wrong_operator(&subject));
                }
                Filter::Test(
                    source,
                    Test::Compare(*operator, self.comparand(&subject, literal)?),
                )
            }
            Condition::Like(operand, pieces) => {
                let (source, subject) = self.subject(operand, grouped)?;
                if !subject.kind.is_text() || subject.kind == Kind::MultiPicklist {
                    return Err(self.wrong_operator(&subject));
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
            Condition::Includes(operand, excludes, sets) => {
                let (source, subject) = self.subject(operand, grouped)?;
                if subject.kind != Kind::MultiPicklist {
                    return Err(self.wrong_operator(&subject));
                }
                let wanted = sets.iter().map(|set| {
                    let values = set.split(';').map(|value| value.trim().to_lowercase());
                    values.collect()
                });
                Filter::Test(source, Test::Includes(*excludes, wanted.collect()))
            }
            Condition::InQuery(operand, negated, query) => {
                let (source, _) = self.subject(operand, grouped)?;
                let keys = self.sub_select(operand, query)?;
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

    /// USING SCOPE mine: records that the user owns.
    pub(super) fn only_mine(&self, filter: Option<Filter>) -> Result<Filter, QueryFault> {
        let records = self.names.records;
        let Some(owner) = self.names.column(self.object, "OwnerId") else {
            let object = records.schema.object(usize::from(self.object)).name;
            let why = format!("The scope 'mine' is not supported for entity '{object}'");
            return Err(QueryFault::unplaced("INVALID_QUERY_SCOPE", why));
        };
        let users = records.object_index("User").unwrap_or_default();
        let me = Comparand::Record(Some(Key {
            object: users,
            number: self.names.user,
        }));
        let route = Route::own(records, self.object, owner);
        let mine = Filter::Test(Source::Route(route), Test::Compare(Operator::Equal, me));
        Ok(Filter::And(filter.into_iter().chain([mine]).collect()))
    }

    /// Leaves each user the one row that tells the own permissions.
    pub(super) fn only_own(&self, filter: Option<Filter>) -> Filter {
        let me = Comparand::Record(Some(Key {
            object: self.object,
            number: self.names.user,
        }));
        let id = Route::own(self.names.records, self.object, 0);
        let own = Filter::Test(Source::Route(id), Test::Compare(Operator::Equal, me));
        Filter::And(filter.into_iter().chain([own]).collect())
    }

    fn subject(&mut self, operand: &Operand, grouped: bool) -> Result<(Source, Subject), QueryFault> {
        let source = if grouped {
            self.group_source(operand, "Field")?
        } else {
            self.source(operand)?
        };
        let counts = matches!(
            operand,
            Operand::Call(call) if matches!(call.function, Function::Count | Function::CountDistinct)
        );
        let route = self.operand_route(operand)?;
        if !grouped && !route.is_filterable(self.names.records) {
            let why = format!("field '{}' can not be filtered in a query call", route.name());
            return Err(self.invalid(operand.path(), &why));
        }
        let kind = match operand {
            _ if counts => Kind::Int,
            Operand::Call(call) if call.function == Function::Average => Kind::Double,
            _ => route.kind(self.names.records),
        };
        let subject = Subject {
            name: route.name().to_owned(),
            kind,
            position: operand.path().position,
        };
        Ok((source, subject))
    }

    fn wrong_operator(&self, subject: &Subject) -> QueryFault {
        let why = format!("invalid operator on {} field", subject.kind.name());
        QueryFault::placed("INVALID_QUERY_FILTER_OPERATOR", self.text, subject.position, why)
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
            (kind, Literal::Text(text))
                if text.is_empty() && (kind.is_text() || matches!(kind, Kind::Reference)) =>
            {
                Comparand::Null
            }
            (Kind::Id | Kind::Reference, Literal::Text(text)) => {
                if !id::is_well_formed(text) {
                    return Err(QueryFault::placed(
                        "INVALID_QUERY_FILTER_OPERATOR",
                        self.text,
                        subject.position,
                        format!("invalid ID field: {text}"),
                    ));
                }
                Comparand::Record(self.names.records.ids.key(text))
            }
            (kind, Literal::Text(text)) if kind.is_text() => Comparand::Text(text.to_lowercase()),
            (Kind::Time, Literal::Time(time)) => Comparand::Text(time.to_lowercase()),
            (Kind::Boolean, Literal::Boolean(truth)) => Comparand::Boolean(*truth),
            (Kind::Int, Literal::Number(number)) if number.fract() != 0.0 => {
                return Err(must_be("int", "not be enclosed"));
            }
            (kind, Literal::Number(number)) if kind.is_number() => Comparand::Number(*number),
            (Kind::Date, Literal::Span { from, until, form }) if *form != SpanForm::Moment => {
                Comparand::Span(*from, *until)
            }
            (Kind::Moment, Literal::Span { from, until, form }) if *form != SpanForm::Day => {
                Comparand::Span(*from, *until)
            }
            (Kind::Id | Kind::Reference, _) => return Err(must_be("ID", "be enclosed")),
            (Kind::Moment, _) => return Err(must_be("dateTime", "not be enclosed")),
            (Kind::Double | Kind::Currency | Kind::Percent, _) => {
                return Err(must_be("double", "not be enclosed"));
            }
            (kind, _) if kind.is_text() => return Err(must_be("string", "be enclosed")),
            (kind, _) => return Err(must_be(kind.name(), "not be enclosed")),
        })
    }
}

struct Subject {
    name: String,
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
