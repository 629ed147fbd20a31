//! The made-up org: who works there, and whom they sell to. The seed decides everything; no clock is read.
//!
//! Names are put together from short lists, and every domain ends in `.example`, so nobody real is meant.

mod companies;
mod people;
mod sales;
mod staff;
mod words;

use std::sync::Arc;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    fault::RowFault,
    id::Pod,
    options::Options,
    records::{Assignment, Draft, Records, Writer},
    schema::Schema,
    value::{IdBook, Key, Value},
};

/// The records of a new org.
#[derive(Debug)]
pub struct Seeded {
    /// All of them.
    pub records: Records,
    /// The Organization record.
    pub organization: Key,
    /// The administrator.
    pub admin: Key,
}

/// The consumer key of a seed's app.
pub fn client_id(seed: u64) -> String {
    let mut random = ChaCha8Rng::seed_from_u64(seed ^ 0x0A07);
    let letters: String = (0..48)
        .map(|_| char::from(random.sample(rand::distr::Alphanumeric)))
        .collect();
    format!("3MVG9LandbridgeDemo.{letters}")
}

/// Makes the records of a new org.
pub fn plant(options: &Options) -> Result<Seeded, RowFault> {
    let schema = Arc::new(Schema::standard());
    let prefixes = schema.objects().iter().map(|object| object.prefix).collect();
    let ids = Arc::new(IdBook::new(Pod::of_seed(options.seed), prefixes));
    let mut garden = Garden {
        records: Records::new(schema, ids),
        random: ChaCha8Rng::seed_from_u64(options.seed),
        epoch: options.epoch,
        owners: Vec::new(),
    };
    let (organization, admin) = staff::plant(&mut garden)?;
    let companies = companies::plant(&mut garden, options.accounts)?;
    people::plant_contacts(&mut garden, options.contacts, &companies)?;
    people::plant_leads(&mut garden, options.leads)?;
    sales::plant(&mut garden, options.opportunities, &companies)?;
    Ok(Seeded {
        records: garden.records,
        organization,
        admin,
    })
}

/// A place to plant records.
struct Garden {
    records: Records,
    random: ChaCha8Rng,
    epoch: i64,
    owners: Vec<Key>,
}

impl Garden {
    /// One of a list.
    fn pick<'list, T>(&mut self, list: &'list [T]) -> Option<&'list T> {
        if list.is_empty() {
            None
        } else {
            list.get(self.random.random_range(0..list.len()))
        }
    }

    /// A word of a list.
    fn word(&mut self, list: &[&'static str]) -> &'static str {
        self.pick(list).copied().unwrap_or_default()
    }

    /// True so many times in a hundred.
    fn chance(&mut self, percent: u32) -> bool {
        self.random.random_range(0..100) < percent
    }

    fn owner(&mut self) -> Option<Value> {
        let owners = self.owners.clone();
        self.pick(&owners).map(|key| Value::Reference(*key))
    }

    /// A telephone number of the range that is kept for fiction.
    fn phone(&mut self) -> String {
        let area = self.random.random_range(201..990);
        format!("({area}) 555-01{:02}", self.random.random_range(0..100))
    }

    /// A moment in the half year before the epoch.
    fn moment(&mut self) -> i64 {
        self.epoch - self.random.random_range(3_600..180 * 86_400)
    }

    /// Makes a record by the org's own rules, at a made-up moment, by one of its users.
    fn insert(&mut self, object: &str, values: Vec<(&str, Option<Value>)>) -> Result<Key, RowFault> {
        let moment = self.moment();
        let user = self.pick(&self.owners.clone()).map_or(1, |key| key.number);
        let (index, draft) = self.draft(object, values)?;
        Writer::new(&mut self.records, user, moment, Assignment::Off).insert(index, draft)
    }

    /// Makes a record of an object that clients cannot write.
    fn push(&mut self, object: &str, values: Vec<(&str, Option<Value>)>) -> Result<Key, RowFault> {
        let (index, draft) = self.draft(object, values)?;
        let moment = self.epoch - 400 * 86_400;
        Ok(Writer::new(&mut self.records, 1, moment, Assignment::Off).push(index, draft.values))
    }

    fn draft(&self, object: &str, values: Vec<(&str, Option<Value>)>) -> Result<(u16, Draft), RowFault> {
        let unknown = |name: &str| RowFault::new("INVALID_FIELD", format!("the schema has no {name}"));
        let index = self.records.object_index(object).ok_or_else(|| unknown(object))?;
        let definition = self.records.schema.object(usize::from(index));
        let mut draft = Draft::default();
        for (name, value) in values {
            let field = definition.find(name).ok_or_else(|| unknown(name))?;
            if let Some(value) = value {
                draft.values.push((field, value));
            }
        }
        Ok((index, draft))
    }
}

/// A text value.
#[allow(
    clippy::unnecessary_wraps,
    reason = "stands beside values that may be missing"
)]
fn text(text: impl Into<Box<str>>) -> Option<Value> {
    Some(Value::text(text))
}

/// A checkbox value.
#[allow(
    clippy::unnecessary_wraps,
    reason = "stands beside values that may be missing"
)]
fn flag(truth: bool) -> Option<Value> {
    Some(Value::Boolean(truth))
}

/// A number value.
#[allow(
    clippy::unnecessary_wraps,
    reason = "stands beside values that may be missing"
)]
fn number(number: u32) -> Option<Value> {
    Some(Value::Number(f64::from(number)))
}
