//! The shape of a query, before anything is looked up.

use super::lexer::Piece;

/// A path of names, as in `Account.Owner.Name`, and where it stands in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Names from left to right.
    pub names: Vec<String>,
    /// Byte position.
    pub position: usize,
}

/// A whole query.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What is asked for.
    pub items: Vec<Item>,
    /// Object, or relationship in a sub-query.
    pub from: String,
    /// Where its name stands.
    pub from_position: usize,
    /// Other name of the object.
    pub alias: Option<String>,
    /// Only the user's own records.
    pub mine: bool,
    /// WHERE.
    pub condition: Option<Condition>,
    /// GROUP BY.
    pub groups: Vec<Path>,
    /// HAVING.
    pub having: Option<Condition>,
    /// ORDER BY.
    pub orders: Vec<Order>,
    /// LIMIT.
    pub limit: Option<u32>,
    /// OFFSET.
    pub offset: u32,
}

/// One thing asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A field.
    Field {
        /// Which.
        path: Path,
        /// Its name in the answer of an aggregate query.
        alias: Option<String>,
    },
    /// `FIELDS(ALL)`, `FIELDS(STANDARD)` or `FIELDS(CUSTOM)`.
    Fields(FieldSet),
    /// `COUNT()`.
    Count,
    /// An aggregate.
    Aggregate {
        /// Which, over what.
        call: Call,
        /// Its name in the answer.
        alias: Option<String>,
    },
    /// A sub-query over a child relationship.
    Children(Box<Query>),
}

/// The sets that FIELDS() knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldSet {
    /// Every field.
    All,
    /// Those of every org.
    Standard,
    /// Those made by administrators.
    Custom,
}

/// Aggregate functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Values that are there.
    Count,
    /// Different values.
    CountDistinct,
    /// Sum.
    Sum,
    /// Mean.
    Average,
    /// Least.
    Minimum,
    /// Greatest.
    Maximum,
}

impl Function {
    /// The function of a name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "COUNT" => Self::Count,
            "COUNT_DISTINCT" => Self::CountDistinct,
            "SUM" => Self::Sum,
            "AVG" => Self::Average,
            "MIN" => Self::Minimum,
            "MAX" => Self::Maximum,
            _ => return None,
        })
    }
}

/// A function over a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Which function.
    pub function: Function,
    /// Over what.
    pub path: Path,
}

/// What a condition or an order looks at.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A field.
    Path(Path),
    /// An aggregate.
    Call(Call),
}

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All hold.
    And(Vec<Condition>),
    /// One holds.
    Or(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A comparison.
    Compare(Operand, Operator, Literal),
    /// LIKE, as pieces of the pattern.
    Like(Operand, Vec<Piece>),
    /// IN or (when true) NOT IN a list.
    In(Operand, bool, Vec<Literal>),
    /// IN or (when true) NOT IN the answer of a query.
    InQuery(Operand, bool, Box<Query>),
}

/// Comparison operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Equal,
    /// `!=` or `<>`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// A literal.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// `true` or `false`
    Boolean(bool),
    /// A day or moment or a named span: seconds since 1970, from and up to (not with).
    Span {
        /// First second.
        from: i64,
        /// Second behind the last.
        until: i64,
        /// What it was written as.
        form: SpanForm,
    },
}

/// How a span of time was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpanForm {
    /// `2026-11-23`
    Day,
    /// `2026-11-23T12:00:00Z`
    Moment,
    /// `LAST_N_DAYS:30`
    Named,
}

/// One entry of ORDER BY.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// By what.
    pub operand: Operand,
    /// Greatest first.
    pub descending: bool,
    /// Records without a value last.
    pub nulls_last: bool,
}

impl Query {
    /// Whether it asks for every field, or for every custom one.
    pub fn asks_for_any_field(&self) -> bool {
        let sets = self.items.iter().filter_map(|item| match item {
            Item::Fields(set) => Some(*set),
            _ => None,
        });
        sets.into_iter().any(|set| set != FieldSet::Standard)
    }
}
