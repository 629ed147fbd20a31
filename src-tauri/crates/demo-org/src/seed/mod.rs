//! The made-up org: who works there, and whom they sell to. The seed decides everything; no clock is read.
//!
//! Names are put together from short lists, and every domain ends in `.example`, so nobody real is meant. Accounts,
//! contacts and leads are not stored: each is made from the seed and its number when somebody looks at it, and indexed
//! values lead back to numbers by arithmetic (`spread`, `names`, `companies`). Nothing else comes in millions.

mod accounts;
mod audit;
mod companies;
mod contacts;
mod definitions;
mod dice;
mod generated;
mod leads;
mod names;
mod population;
mod reporting;
mod rights;
mod sales;
mod setup;
mod spread;
mod staff;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use self::{
    accounts::Accounts,
    audit::Audit,
    companies::CompanyNames,
    contacts::Contacts,
    dice::Subject,
    generated::{Generated, Maker},
    leads::Leads,
    population::Population,
};
use crate::{
    fault::RowFault,
    id::Pod,
    options::Options,
    records::{Assignment, Draft, Records, Writer},
    schema::Schema,
    value::{BorrowedValue, IdBook, Key, Value},
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
    let schema = if options.native_app {
        Schema::with_native_app()
    } else {
        Schema::standard()
    };
    let schema = Arc::new(if options.state_and_country_lists {
        schema.with_state_and_country_lists()
    } else {
        schema
    });
    let prefixes = schema.objects().iter().map(|object| object.prefix).collect();
    let ids = Arc::new(IdBook::new(Pod::of_seed(options.seed), prefixes));
    let mut garden = Garden {
        records: Records::new(schema, ids),
        random: ChaCha8Rng::seed_from_u64(options.seed),
        epoch: options.epoch,
        owners: Vec::new(),
    };
    let staff = staff::plant(&mut garden, options.audit_fields, &options.edition)?;
    staff::plant_colleagues(&mut garden, options.colleagues)?;
    setup::plant(&mut garden, options, &staff)?;
    reporting::plant(&mut garden)?;
    definitions::plant(&mut garden)?;
    let companies = Arc::new(CompanyNames::new(options.seed, words::COMPANY_BEGINNINGS));
    garden.lay_accounts(options, &companies)?;
    garden.lay_contacts(options, &companies)?;
    garden.lay_leads(options)?;
    sales::plant(&mut garden, options, &companies)?;
    setup::activate(&mut garden, options);
    Ok(Seeded {
        records: garden.records,
        organization: staff.organization,
        admin: staff.admin()?,
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

    /// One of the values that a picklist offers.
    fn one_of(&mut self, object: &str, field: &str) -> Option<Value> {
        let values = self.listed(object, field);
        self.pick(&values).map(|value| Value::text(*value))
    }

    fn audit(&self, count: u32) -> Audit {
        Audit {
            epoch: self.epoch,
            owners: self.owners.clone(),
            count,
        }
    }

    /// The values that a picklist offers.
    fn listed(&self, object: &str, field: &str) -> Vec<&'static str> {
        let found = self.records.schema.find(object).and_then(|object| {
            let definition = self.records.schema.object(object);
            Some(definition.field(definition.find(field)?))
        });
        found.map_or_else(Vec::new, |field| {
            field.picklist.iter().map(|entry| entry.value).collect()
        })
    }

    fn lay_accounts(&mut self, options: &Options, companies: &Arc<CompanyNames>) -> Result<(), RowFault> {
        let maker = Accounts {
            seed: options.seed,
            audit: self.audit(options.accounts),
            names: Arc::clone(companies),
            lists: accounts::LISTS.map(|list| self.listed("Account", list)),
        };
        self.lay("Account", maker, options.accounts)
    }

    fn lay_contacts(&mut self, options: &Options, companies: &Arc<CompanyNames>) -> Result<(), RowFault> {
        let (seed, count) = (options.seed, options.contacts);
        let maker = Contacts {
            seed,
            audit: self.audit(count),
            people: Population::new(seed, Subject::ContactPerson, count, options.accounts, true),
            companies: Arc::clone(companies),
            accounts: options.accounts,
            account_object: self.object("Account")?,
            salutations: self.listed("Contact", "Salutation"),
            sources: self.listed("Contact", "LeadSource"),
        };
        self.lay("Contact", maker, count)
    }

    fn lay_leads(&mut self, options: &Options) -> Result<(), RowFault> {
        let (seed, count) = (options.seed, options.leads);
        let company_count = leads::companies_of(count);
        let maker = Leads {
            seed,
            audit: self.audit(count),
            people: Population::new(seed, Subject::LeadPerson, count, company_count, false),
            companies: CompanyNames::new(seed, words::OTHER_BEGINNINGS),
            company_count,
            lists: leads::LISTS.map(|list| self.listed("Lead", list)),
        };
        self.lay("Lead", maker, count)
    }

    /// Puts a maker's records under an object.
    fn lay<M: Maker + 'static>(&mut self, object: &str, maker: M, count: u32) -> Result<(), RowFault> {
        let (object, users) = (self.object(object)?, self.object("User")?);
        let definition = self.records.schema.object(usize::from(object));
        let generated = Generated::new(maker, count, definition, object, users);
        self.records.lay(object, Arc::new(generated));
        Ok(())
    }

    fn object(&self, name: &str) -> Result<u16, RowFault> {
        let unknown = || RowFault::new("INVALID_FIELD", format!("the schema has no {name}"));
        self.records.object_index(name).ok_or_else(unknown)
    }

    fn owner(&mut self) -> Option<Value> {
        let owners = self.owners.clone();
        self.pick(&owners).map(|key| Value::Reference(*key))
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
        let index = self.object(object)?;
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

/// A text that may be missing.
fn maybe(text: Option<&str>) -> BorrowedValue<'_> {
    text.map_or(BorrowedValue::Null, BorrowedValue::Text)
}

/// A record that may be missing.
fn reference(key: Option<Key>) -> BorrowedValue<'static> {
    key.map_or(BorrowedValue::Null, BorrowedValue::Reference)
}

fn remark(place: Option<usize>) -> BorrowedValue<'static> {
    maybe(place.and_then(|place| words::REMARKS.get(place).copied()))
}

/// City, state, postal code or country of a place in the list of cities.
fn city(place: usize, part: u8) -> BorrowedValue<'static> {
    maybe(words::CITIES.get(place).map(|city| match part {
        0 => city.0,
        1 => city.1,
        2 => city.2,
        _ => city.3,
    }))
}

/// Title, department or function of a place in the list of jobs.
fn job(place: usize, part: u8) -> BorrowedValue<'static> {
    maybe(words::JOBS.get(place).map(|job| match part {
        0 => job.0,
        1 => job.1,
        _ => job.2,
    }))
}

/// Appends a telephone number of the range that is kept for fiction.
fn push_phone(out: &mut String, (area, line): (u32, u32)) {
    out.push('(');
    push_number(out, u64::from(area));
    out.push_str(") 555-01");
    if line < 10 {
        out.push('0');
    }
    push_number(out, u64::from(line));
}

fn push_street(out: &mut String, house: u32, street: usize, second_line: Option<usize>) {
    push_number(out, u64::from(house));
    out.push(' ');
    out.push_str(words::STREETS.get(street).copied().unwrap_or_default());
    if let Some(line) = second_line.and_then(|place| words::SECOND_LINES.get(place)) {
        out.push_str(line);
    }
}

/// Appends a number in decimal digits.
fn push_number(out: &mut String, number: u64) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from_digit(u32::try_from(number % 10).unwrap_or(0), 10).unwrap_or('0'));
}
