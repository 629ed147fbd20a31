//! The shape of a query, before anything is looked up.

use super::{lexer::Piece, parts::Part};

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
    /// Other names: of the object (an empty path) and of its parents, as in `FROM Contact c, c.Account a`.
    pub aliases: Vec<(String, Vec<String>)>,
    /// Only the user's own records.
    pub mine: bool,
    /// WHERE.
    pub condition: Option<Condition>,
    /// GROUP BY.
    pub groups: Vec<Operand>,
    /// Which subtotals GROUP BY makes.
    pub totals: Totals,
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
        /// How its value is shown.
        dress: Dress,
        /// Its other name in the answer.
        alias: Option<String>,
    },
    /// A part of a date or moment, such as its year.
    Part {
        /// Which part.
        part: Part,
        /// Of what.
        path: Path,
        /// Its name in the answer.
        alias: Option<String>,
    },
    /// `GROUPING(field)`: whether a row is a subtotal over that field.
    Grouping {
        /// The field, or a part of it.
        operand: Operand,
        /// Its name in the answer.
        alias: Option<String>,
    },
    /// `TYPEOF What WHEN Account THEN Name ELSE Id END`.
    TypeOf {
        /// The polymorphic relationship.
        path: Path,
        /// Fields by object.
        cases: Vec<(Path, Vec<Path>)>,
        /// Fields of every other object.
        otherwise: Option<Vec<Path>>,
    },
    /// `FIELDS(ALL)`, `FIELDS(STANDARD)` or `FIELDS(CUSTOM)`.
    Fields(FieldSet),
    /// `COUNT()`.
    Count,
    /// An aggregate.
    Aggregate {
        /// Which, over what.
        call: Call,
        /// How its value is shown.
        dress: Dress,
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

/// How a field's value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dress {
    /// As it is.
    Plain,
    /// `toLabel()`: a picklist's label.
    Label,
    /// `FORMAT()`: as the user's locale writes it.
    Format,
}

/// Which subtotals GROUP BY makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Totals {
    /// None.
    None,
    /// `ROLLUP`: over the last fields, one more at a time.
    Rollup,
    /// `CUBE`: over every combination of fields.
    Cube,
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

    /// The function's name in SOQL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "COUNT",
            Self::CountDistinct => "COUNT_DISTINCT",
            Self::Sum => "SUM",
            Self::Average => "AVG",
            Self::Minimum => "MIN",
            Self::Maximum => "MAX",
        }
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
    /// A part of a date or moment.
    Part(Part, Path),
}

impl Operand {
    /// The field that it looks at.
    pub fn path(&self) -> &Path {
        match self {
            Self::Path(path) | Self::Part(_, path) => path,
            Self::Call(call) => &call.path,
        }
    }
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
    /// INCLUDES or (when true) EXCLUDES: one of these sets of values, all of each.
    Includes(Operand, bool, Vec<String>),
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
    /// A time of day, as the org stores it.
    Time(String),
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
