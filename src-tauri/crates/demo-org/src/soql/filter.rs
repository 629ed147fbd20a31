//! Conditions over values. Texts are compared without regard to case.

use std::{borrow::Cow, cmp::Ordering, collections::HashSet};

use super::{lexer::Piece, plan::Source, syntax::Operator};
use crate::{
    clock,
    value::{Key, Value},
};

/// A resolved condition.
#[derive(Debug, Clone)]
pub enum Filter {
    /// All hold.
    And(Vec<Filter>),
    /// One holds.
    Or(Vec<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// A test of one value.
    Test(Source, Test),
}

/// A test of one value.
#[derive(Debug, Clone)]
pub enum Test {
    /// A comparison.
    Compare(Operator, Comparand),
    /// A pattern, in lower case.
    Like(Vec<Piece>),
    /// One of a list, or (when true) none of it.
    In(bool, Set),
    /// Several values joined by semicolons: all of one of these sets, in lower case, or (when true) of none.
    Includes(bool, Vec<Vec<String>>),
}

/// What a value is compared with.
#[derive(Debug, Clone)]
pub enum Comparand {
    /// Nothing.
    Null,
    /// A text, in lower case.
    Text(String),
    /// A number.
    Number(f64),
    /// A truth.
    Boolean(bool),
    /// A span of seconds.
    Span(i64, i64),
    /// A record; `None` for an id of no record here.
    Record(Option<Key>),
}

/// The list of an IN.
#[derive(Debug, Clone, Default)]
pub struct Set {
    /// Whether `null` is in it.
    pub null: bool,
    /// Texts in lower case.
    pub texts: HashSet<String>,
    /// Records.
    pub keys: HashSet<Key>,
    /// Everything else.
    pub others: Vec<Comparand>,
}

impl Filter {
    /// Whether the condition holds, given what each source's value is.
    pub fn holds<'row>(&self, value_of: &dyn Fn(&Source) -> Cow<'row, Value>) -> bool {
        match self {
            Self::And(all) => all.iter().all(|filter| filter.holds(value_of)),
            Self::Or(all) => all.iter().any(|filter| filter.holds(value_of)),
            Self::Not(filter) => !filter.holds(value_of),
            Self::Test(source, test) => test.holds(&value_of(source)),
        }
    }
}

impl Test {
    fn holds(&self, value: &Value) -> bool {
        match self {
            Self::Compare(operator, comparand) => compare(*operator, value, comparand),
            Self::Like(pattern) => value
                .as_text()
                .is_some_and(|text| like(pattern, &text.to_lowercase())),
            Self::In(negated, set) => set.contains(value) != *negated,
            Self::Includes(excludes, sets) => includes(value, sets) != *excludes,
        }
    }
}

impl Set {
    fn contains(&self, value: &Value) -> bool {
        match value {
            Value::Null => self.null,
            Value::Text(text) => self.texts.contains(text.to_lowercase().as_str()),
            Value::Reference(key) => self.keys.contains(key),
            other => self
                .others
                .iter()
                .any(|comparand| compare(Operator::Equal, other, comparand)),
        }
    }
}

fn includes(value: &Value, sets: &[Vec<String>]) -> bool {
    let text = value.as_text().unwrap_or_default().to_lowercase();
    let values: Vec<&str> = text.split(';').collect();
    sets.iter()
        .any(|set| set.iter().all(|wanted| values.contains(&wanted.as_str())))
}

fn compare(operator: Operator, value: &Value, comparand: &Comparand) -> bool {
    let order = match (value, comparand) {
        (Value::Null, Comparand::Null) => return operator == Operator::Equal,
        (_, Comparand::Null) | (Value::Null, _) => return operator == Operator::Unequal,
        (Value::Text(text), Comparand::Text(other)) => Some(text.to_lowercase().as_str().cmp(other.as_str())),
        (Value::Number(number), Comparand::Number(other)) => number.partial_cmp(other),
        (Value::Boolean(truth), Comparand::Boolean(other)) => Some(truth.cmp(other)),
        (Value::Date(day), Comparand::Span(from, until)) => {
            Some(in_span(clock::start_of(*day), *from, *until))
        }
        (Value::Moment(moment), Comparand::Span(from, until)) => Some(in_span(*moment, *from, *until)),
        (Value::Reference(key), Comparand::Record(other)) => {
            Some(other.map_or(Ordering::Less, |other| key.cmp(&other)))
        }
        _ => None,
    };
    order.is_some_and(|order| match operator {
        Operator::Equal => order.is_eq(),
        Operator::Unequal => order.is_ne(),
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        Operator::GreaterOrEqual => order.is_ge(),
    })
}

fn in_span(moment: i64, from: i64, until: i64) -> Ordering {
    if moment < from {
        Ordering::Less
    } else if moment >= until {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

/// Whether a text fits a pattern; both in lower case.
pub fn like(pattern: &[Piece], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut place) = (0, 0);
    let mut restart: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(place) {
            Some(Piece::Many) => {
                restart = Some((place, at));
                place += 1;
            }
            Some(Piece::One) => {
                at += 1;
                place += 1;
            }
            Some(Piece::Character(character)) if *character == text[at] => {
                at += 1;
                place += 1;
            }
            _ => match &mut restart {
                Some((many, from)) => {
                    *from += 1;
                    at = *from;
                    place = *many + 1;
                }
                None => return false,
            },
        }
    }
    pattern[place..].iter().all(|piece| *piece == Piece::Many)
}
