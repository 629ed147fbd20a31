use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;

use super::plant;
use crate::{
    options::Options,
    records::{Assignment, Draft, IndexKey, Records, Writer},
    schema::Role,
    value::{Key, Value},
};

const OBJECTS: [&str; 3] = ["Account", "Contact", "Lead"];

fn org(seed: u64, accounts: u32, contacts: u32, leads: u32) -> Records {
    let options = Options {
        seed,
        accounts,
        contacts,
        leads,
        ..Options::default()
    };
    plant(&options).expect("made-up data").records
}

fn object(records: &Records, name: &str) -> (u16, Vec<u16>) {
    let index = records.object_index(name).expect(name);
    let fields = records.schema.object(usize::from(index)).fields.len();
    (index, (0..u16::try_from(fields).expect("few fields")).collect())
}

fn index_key(value: &Value) -> Option<IndexKey> {
    match value {
        Value::Text(text) => Some(IndexKey::text(text)),
        Value::Reference(key) => Some(IndexKey::Record(*key)),
        _ => None,
    }
}

/// For every indexed field, what the index finds is what looking at every record finds.
fn lookups_agree(records: &Records) -> Result<(), TestCaseError> {
    for name in OBJECTS {
        let (object, fields) = object(records, name);
        let table = records.table(object);
        for field in fields.into_iter().filter(|field| table.has_index(*field)) {
            let mut seen: HashMap<IndexKey, Vec<u32>> = HashMap::new();
            for (number, row) in table.rows() {
                if let Some(key) = row.stored(field).and_then(index_key) {
                    seen.entry(key).or_default().push(number);
                }
            }
            for (key, numbers) in &seen {
                let mut found = table.find(field, key);
                found.sort_unstable();
                prop_assert_eq!(&found, numbers, "{:?} of {}", key, name);
            }
            for stranger in [
                "",
                "@",
                "a.b@c.example",
                "ada.cole@alderanalytics.example",
                "340000999",
                "Alder 7",
            ] {
                let key = IndexKey::text(stranger);
                if !seen.contains_key(&key) {
                    prop_assert_eq!(table.find(field, &key), Vec::<u32>::new(), "{}", stranger);
                }
            }
        }
    }
    Ok(())
}

fn change(records: &mut Records, name: &str, number: u32, field: &str, value: Option<Value>) {
    let (object, _) = object(records, name);
    let found = records
        .schema
        .object(usize::from(object))
        .find(field)
        .expect(field);
    let key = Key { object, number };
    let mut writer = Writer::new(records, 1, 1_800_000_000, Assignment::Off);
    match value {
        Some(value) => {
            let draft = Draft {
                values: vec![(found, value)],
                lookups: Vec::new(),
            };
            writer.update(key, draft).expect("a change");
        }
        None => writer.delete(key).expect("a deletion"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_record_follows_from_its_seed_and_number(
        seed: u64, accounts in 0_u32..60, contacts in 0_u32..300, leads in 0_u32..150
    ) {
        let (first, second) = (org(seed, accounts, contacts, leads), org(seed, accounts, contacts, leads));
        for (name, count) in OBJECTS.into_iter().zip([accounts, contacts, leads]) {
            let (object, fields) = object(&first, name);
            prop_assert_eq!(first.table(object).len(), count);
            // Looked at in another order, all the same.
            for number in (1..=count).rev() {
                let row = second.table(object).row(number);
                prop_assert_eq!(&first.table(object).row(number), &row);
                let row = row.expect("a record");
                for field in &fields {
                    let part = first.table(object).row_with(number, Some(&[*field])).expect("a record");
                    prop_assert_eq!(part.stored(*field), row.stored(*field));
                }
            }
        }
    }

    #[test]
    fn what_is_shown_is_what_the_record_holds(seed: u64, number in 1_u32..=2_000_000) {
        let records = org(seed, 2_000_000, 2_000_000, 2_000_000);
        for name in OBJECTS {
            let (object, fields) = object(&records, name);
            let base = records.table(object).base().expect("generated records");
            let fields: Vec<u16> = fields.into_iter().filter(|field| base.shows(*field)).collect();
            let key = Key { object, number };
            let row = records.row(key).expect("a record");
            let mut seen = Vec::new();
            base.show(number, &fields, &mut String::new(), &mut |place, value| {
                seen.push((fields[place], Value::from(value)));
            });
            let held = fields.iter().map(|field| (*field, records.value(key, &row, *field).into_owned()));
            prop_assert_eq!(seen, held.collect::<Vec<_>>());
        }
    }

    #[test]
    fn every_value_leads_back_to_its_record_among_millions(seed: u64, number in 1_u32..=2_000_000) {
        let records = org(seed, 2_000_000, 2_000_000, 2_000_000);
        for name in OBJECTS {
            let (object, fields) = object(&records, name);
            let table = records.table(object);
            let row = table.row(number).expect("a record");
            for field in fields.into_iter().filter(|field| table.has_index(*field)) {
                if let Some(key) = row.stored(field).and_then(index_key) {
                    prop_assert!(table.find(field, &key).contains(&number), "{:?}", key);
                }
            }
            prop_assert!(row.created <= row.modified && row.modified < Options::default().epoch);
        }
    }

    #[test]
    fn an_index_finds_what_a_scan_finds(
        seed: u64, accounts in 0_u32..60, contacts in 0_u32..400, leads in 0_u32..200
    ) {
        lookups_agree(&org(seed, accounts, contacts, leads))?;
    }

    #[test]
    fn an_index_finds_what_a_scan_finds_after_changes(
        seed: u64, changes in proptest::collection::vec((1_u32..=90, 0_u32..5), 1..40)
    ) {
        let mut records = org(seed, 12, 90, 0);
        let account = records.object_index("Account").expect("Account");
        for (number, what) in changes {
            let contact = records.object_index("Contact").expect("Contact");
            if records.live(Key { object: contact, number }).is_none() {
                continue;
            }
            let email = records.text_of(Key { object: contact, number: 91 - number }, "Email").expect("an address");
            match what {
                0 => change(&mut records, "Contact", number, "Email", Some(Value::text("new@else.example"))),
                1 => change(&mut records, "Contact", number, "Email", Some(Value::text(email))),
                2 => change(&mut records, "Contact", number, "Title", Some(Value::text("Title"))),
                3 => change(&mut records, "Contact", number, "AccountId",
                    Some(Value::Reference(Key { object: account, number: number % 12 + 1 }))),
                _ => change(&mut records, "Contact", number, "Email", None),
            }
        }
        lookups_agree(&records)?;
        let table = records.table(records.object_index("Contact").expect("Contact"));
        let live = table.rows().filter(|(_, row)| !row.deleted).count();
        prop_assert_eq!(table.live_len() as usize, live);
    }
}

#[test]
fn what_a_transaction_takes_back_is_generated_again() {
    let mut records = org(1, 5, 20, 0);
    let (object, _) = object(&records, "Contact");
    let key = Key { object, number: 3 };
    let before = records.row(key).expect("a record").into_owned();
    let mut writer = Writer::new(&mut records, 1, 1_800_000_000, Assignment::Off);
    writer.delete(key).expect("a deletion");
    writer.roll_back();
    assert_eq!(records.row(key).as_deref(), Some(&before));
    assert!(records.table(object).generator_of(3).is_some());
    assert_eq!(records.table(object).live_len(), 20);
}

#[test]
fn people_are_distinct_but_for_two_in_a_hundred() {
    let records = org(1, 1_000, 10_000, 5_000);
    for (name, count, repeated) in [("Contact", 10_000, 150..=250), ("Lead", 5_000, 75..=125)] {
        let (object, _) = object(&records, name);
        let addresses: BTreeSet<String> = (1..=count)
            .map(|number| {
                records
                    .text_of(Key { object, number }, "Email")
                    .expect("an address")
            })
            .collect();
        assert!(
            repeated.contains(&(count as usize - addresses.len())),
            "{name}: {}",
            addresses.len()
        );
        let numbered = addresses.iter().filter(|address| {
            address
                .split('@')
                .next()
                .is_some_and(|mailbox| mailbox.ends_with(|end: char| end.is_ascii_digit()))
        });
        assert_eq!(
            numbered.count(),
            0,
            "{name}: numbers come only when names are used up"
        );
    }
}

#[test]
fn unique_fields_are_unique_and_texts_fit_their_fields() {
    let records = org(1, 3_000, 3_000, 3_000);
    for name in OBJECTS {
        let (object, fields) = object(&records, name);
        for field in fields {
            let definition = records.field(object, field);
            let mut seen = BTreeSet::new();
            for (number, row) in records.table(object).rows_with(Some(&[field])) {
                let Some(Value::Text(text)) = row.stored(field) else {
                    continue;
                };
                assert!(!text.contains('\0') && !text.is_empty(), "{name} {number}");
                assert!(
                    text.chars().count() <= definition.length as usize,
                    "{name} {text}"
                );
                assert!(
                    seen.insert(text.to_lowercase()) || !definition.unique,
                    "{name} {text}"
                );
                let listed = definition.picklist.iter().any(|entry| *entry.value == **text);
                assert!(definition.picklist.is_empty() || listed, "{name} {text}");
            }
            let is_demanded =
                !definition.nillable && definition.role == Role::Stored && definition.kind.is_text();
            assert!(!is_demanded || !seen.is_empty(), "{name} {}", definition.name);
        }
    }
}
