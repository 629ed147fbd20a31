//! SOSL: from `FIND {…} IN … RETURNING …` to records (SOSL guide). What stands behind RETURNING is read as SOQL.

use super::{
    QueryFault,
    evaluate::{self, cut},
    parse::parse,
    plan::{Mode, Plan},
    resolve::resolve,
    sosl_terms::Terms,
};
use crate::{
    records::Records,
    schema::{Field, Kind, Role},
    value::{Key, Keys},
};

/// Objects that are searched when none is named.
const USUAL_OBJECTS: [&str; 6] = ["Account", "Contact", "Lead", "Opportunity", "Campaign", "User"];

/// Which fields are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldGroup {
    /// Every text.
    All,
    /// Names.
    Name,
    /// E-mail addresses.
    Email,
    /// Telephone numbers.
    Phone,
}

impl FieldGroup {
    /// The group of a name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "ALL" | "SIDEBAR" => Self::All,
            "NAME" => Self::Name,
            "EMAIL" => Self::Email,
            "PHONE" => Self::Phone,
            _ => return None,
        })
    }

    fn has(self, field: &Field) -> bool {
        let is_text = field.kind.is_text() && field.is_filterable();
        match self {
            Self::All => is_text && field.kind != Kind::Picklist,
            Self::Name => {
                field.names_record || field.role == Role::PersonName || field.compound == Some("Name")
            }
            Self::Email => field.kind == Kind::Email,
            Self::Phone => field.kind == Kind::Phone,
        }
    }
}

/// Records of one object that a search gives.
#[derive(Debug, Clone)]
pub struct Returning {
    /// SOQL over the object.
    pub query: String,
}

impl Returning {
    /// `Account(Id, Name WHERE Industry = 'Banking' LIMIT 5)`, in pieces.
    pub fn new(object: &str, inside: &str) -> Self {
        let (fields, rest) = inside.split_at(clauses_begin(inside));
        let fields = if fields.trim().is_empty() { "Id" } else { fields };
        Self {
            query: format!("SELECT {fields} FROM {object} {rest}"),
        }
    }
}

/// A search.
#[derive(Debug, Clone)]
pub struct Search {
    /// What is looked for.
    terms: Terms,
    /// Where.
    group: FieldGroup,
    /// What is given back.
    returning: Vec<Returning>,
    /// At most so many records in all.
    limit: usize,
}

/// What a text looks for that is no search expression.
pub fn literal_terms(text: &str) -> Terms {
    Terms::literal(text)
}

impl Search {
    /// A search without SOSL. Refuses terms of single characters.
    pub fn new(
        text: &str,
        terms: Terms,
        group: FieldGroup,
        mut returning: Vec<Returning>,
        limit: usize,
    ) -> Result<Self, QueryFault> {
        if terms.is_empty() || terms.is_too_short() {
            return Err(malformed(format!(
                "search term must be longer than one character: {text}"
            )));
        }
        if returning.is_empty() {
            returning.extend(USUAL_OBJECTS.iter().map(|object| Returning::new(object, "")));
        }
        Ok(Self {
            terms,
            group,
            returning,
            limit,
        })
    }

    /// Reads SOSL. `limit` is the most that a search may give.
    pub fn parse(text: &str, limit: usize) -> Result<Self, QueryFault> {
        let missing = || malformed("No search term found. The search term must be enclosed in braces.");
        let rest = keyword(text, "FIND").ok_or_else(missing)?;
        let rest = rest.trim_start().strip_prefix('{').ok_or_else(missing)?;
        let end = closing(rest, '}').ok_or_else(missing)?;
        let (sought, mut rest) = (&rest[..end], &rest[end + 1..]);
        let mut group = FieldGroup::All;
        if let Some(behind) = keyword(rest, "IN") {
            let (name, behind) = word(behind);
            group = FieldGroup::named(name).ok_or_else(|| unexpected(name))?;
            rest = keyword(behind, "FIELDS").ok_or_else(|| unexpected(word(behind).0))?;
        }
        let mut returning = Vec::new();
        if let Some(behind) = keyword(rest, "RETURNING") {
            rest = behind;
            loop {
                let (object, behind) = word(rest);
                if object.is_empty() {
                    return Err(unexpected(rest.trim()));
                }
                rest = behind.trim_start();
                let mut inside = "";
                if let Some(behind) = rest.strip_prefix('(') {
                    let end = closing(behind, ')').ok_or_else(|| unexpected("<EOF>"))?;
                    (inside, rest) = (&behind[..end], &behind[end + 1..]);
                }
                returning.push(Returning::new(object, inside));
                match rest.trim_start().strip_prefix(',') {
                    Some(behind) => rest = behind,
                    None => break,
                }
            }
        }
        let mut most = limit;
        if let Some(behind) = keyword(rest, "LIMIT") {
            let (number, behind) = word(behind);
            most = number
                .parse::<usize>()
                .map_err(|_| unexpected(number))?
                .min(limit);
            rest = behind;
        }
        if !rest.trim().is_empty() {
            return Err(unexpected(word(rest).0));
        }
        Self::new(sought, Terms::parse(sought), group, returning, most)
    }

    /// The records that are found, object by object, with how they are printed.
    pub fn run(&self, records: &Records, user: u32, now: i64) -> Result<Vec<(Plan, Keys)>, QueryFault> {
        let mut found = Vec::new();
        let mut left = self.limit;
        for returning in &self.returning {
            let query = parse(&returning.query, now)?;
            let plan = resolve(&returning.query, &query, records, user)?;
            if plan.mode != Mode::Rows || plan.has_children() {
                return Err(malformed("RETURNING takes fields only"));
            }
            let object = records.schema.object(usize::from(plan.object));
            let access = records.access.of(user);
            let searched: Vec<u16> = (0_u16..)
                .zip(&object.fields)
                .filter(|(_, field)| self.group.has(field) && access.reads_field(object, field))
                .map(|(index, _)| index)
                .collect();
            let every = Plan {
                limit: None,
                offset: 0,
                ..plan.clone()
            };
            let all = evaluate::matching(records, &every, false);
            let mut numbers: Vec<u32> = all
                .iter()
                .filter(|key| self.finds(records, *key, &searched))
                .map(|key| key.number)
                .collect();
            cut(&mut numbers, &plan);
            numbers.truncate(left);
            left -= numbers.len();
            let keys = Keys::list(plan.object, numbers);
            found.push((plan, keys));
        }
        Ok(found)
    }

    fn finds(&self, records: &Records, key: Key, searched: &[u16]) -> bool {
        let Some(row) = records.row(key) else { return false };
        let texts = searched
            .iter()
            .filter_map(|field| records.value(key, &row, *field).as_text().map(str::to_owned));
        self.terms.are_in(&texts.collect::<Vec<_>>())
    }
}

fn malformed(why: impl Into<String>) -> QueryFault {
    QueryFault::unplaced("MALFORMED_SEARCH", why)
}

fn unexpected(token: &str) -> QueryFault {
    malformed(format!("unexpected token: '{token}'"))
}

/// What stands behind a keyword that comes next.
fn keyword<'text>(text: &'text str, wanted: &str) -> Option<&'text str> {
    let (found, rest) = word(text);
    found.eq_ignore_ascii_case(wanted).then_some(rest)
}

/// The word that comes next, and what stands behind it.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text
        .find(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .unwrap_or(text.len());
    text.split_at(end)
}

/// Where the bracket that is open already closes; brackets in quotes and behind a backslash do not count.
fn closing(text: &str, bracket: char) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\'' if bracket == ')' => quoted = !quoted,
            _ if quoted => {}
            '(' if bracket == ')' => depth += 1,
            found if found == bracket && depth == 0 => return Some(at),
            ')' if bracket == ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Where the list of fields ends and WHERE, USING, ORDER, LIMIT or OFFSET begins.
fn clauses_begin(inside: &str) -> usize {
    let mut rest = inside;
    while !rest.is_empty() {
        let (found, behind) = word(rest);
        let begins = ["WHERE", "USING", "ORDER", "LIMIT", "OFFSET"]
            .iter()
            .any(|clause| clause.eq_ignore_ascii_case(found));
        if begins {
            return inside.len() - behind.len() - found.len();
        }
        let mut characters = behind.chars();
        if found.is_empty() {
            characters.next();
        }
        rest = characters.as_str();
    }
    inside.len()
}
