//! Which records a condition can hold for at all, when an index says so.

use super::{
    filter::{Comparand, Filter, Test},
    plan::Source,
    route::Hop,
    syntax::Operator,
};
use crate::{
    records::{IndexKey, Records},
    schema::Role,
    value::Key,
};

/// The numbers of the records worth looking at, or `None` for all.
pub fn candidates(records: &Records, object: u16, filter: &Filter) -> Option<Vec<u32>> {
    let mut numbers = match filter {
        Filter::And(all) => {
            let found = all
                .iter()
                .filter_map(|filter| candidates(records, object, filter));
            found.min_by_key(Vec::len)?
        }
        Filter::Or(all) => {
            let found: Option<Vec<Vec<u32>>> = all
                .iter()
                .map(|filter| candidates(records, object, filter))
                .collect();
            found?.concat()
        }
        Filter::Test(Source::Route(route), test) => match route.hop {
            Hop::Field(field) if route.part.is_none() => by_field(records, object, field, test)?,
            _ => return None,
        },
        _ => return None,
    };
    numbers.sort_unstable();
    numbers.dedup();
    Some(numbers)
}

fn by_field(records: &Records, object: u16, field: u16, test: &Test) -> Option<Vec<u32>> {
    let (texts, keys): (Vec<&str>, Vec<Key>) = match test {
        Test::Compare(Operator::Equal, Comparand::Text(only)) => (vec![only], Vec::new()),
        Test::Compare(Operator::Equal, Comparand::Record(key)) => (Vec::new(), key.iter().copied().collect()),
        Test::In(false, set) if !set.null => (
            set.texts.iter().map(String::as_str).collect(),
            set.keys.iter().copied().collect(),
        ),
        _ => return None,
    };
    if records.field(object, field).role == Role::Id {
        let own = keys.into_iter().filter(|key| key.object == object);
        return Some(own.map(|key| key.number).collect());
    }
    let table = records.table(object);
    if !table.has_index(field) {
        return None;
    }
    let from_texts = texts.into_iter().map(IndexKey::text);
    let from_records = keys.into_iter().map(IndexKey::Record);
    Some(
        from_texts
            .chain(from_records)
            .flat_map(|key| table.find(field, &key))
            .collect(),
    )
}
