//! The standard matching and duplicate rules: which records are taken for the same company or person.
//!
//! Salesforce publishes which fields its standard rules compare but not the weights; here an e-mail address decides, or a
//! name together with a company. To add a matching rule: one entry in [`MATCHING_RULES`] and its comparison in
//! [`matches`].

use super::{IndexKey, Records, Row};
use crate::value::Key;

/// One matching rule.
#[derive(Debug)]
pub struct MatchingRule {
    /// Developer name.
    pub name: &'static str,
    /// Label.
    pub label: &'static str,
    /// The object among whose records it looks.
    pub object: &'static str,
    /// How values are compared.
    pub engine: &'static str,
    /// Fields with their matching methods.
    pub fields: &'static [(&'static str, &'static str)],
}

/// One duplicate rule.
#[derive(Debug)]
pub struct DuplicateRule {
    /// Developer name.
    pub name: &'static str,
    /// Label.
    pub label: &'static str,
    /// The object whose new and changed records it checks.
    pub object: &'static str,
    /// Its matching rules.
    pub matching: &'static [&'static str],
}

const ACCOUNT_RULE: &str = "Standard_Account_Match_Rule_v1_0";
const CONTACT_RULE: &str = "Standard_Contact_Match_Rule_v1_0";
const LEAD_RULE: &str = "Standard_Lead_Match_Rule_v1_0";

/// The matching rules that every org has.
pub const MATCHING_RULES: [MatchingRule; 3] = [
    MatchingRule {
        name: ACCOUNT_RULE,
        label: "Standard Account Matching Rule",
        object: "Account",
        engine: "FuzzyMatchEngine",
        fields: &[("Name", "CompanyName"), ("Website", "Exact")],
    },
    MatchingRule {
        name: CONTACT_RULE,
        label: "Standard Contact Matching Rule",
        object: "Contact",
        engine: "ExactMatchEngine",
        fields: &[
            ("FirstName", "FirstName"),
            ("LastName", "LastName"),
            ("Email", "Exact"),
            ("AccountId", "Exact"),
        ],
    },
    MatchingRule {
        name: LEAD_RULE,
        label: "Standard Lead Matching Rule",
        object: "Lead",
        engine: "FuzzyMatchEngine",
        fields: &[
            ("FirstName", "FirstName"),
            ("LastName", "LastName"),
            ("Email", "Exact"),
            ("Company", "CompanyName"),
        ],
    },
];

/// The duplicate rules that every org has. Persons are compared with contacts and with leads.
pub const DUPLICATE_RULES: [DuplicateRule; 3] = [
    DuplicateRule {
        name: "Standard_Account_Duplicate_Rule",
        label: "Standard Account Duplicate Rule",
        object: "Account",
        matching: &[ACCOUNT_RULE],
    },
    DuplicateRule {
        name: "Standard_Contact_Duplicate_Rule",
        label: "Standard Contact Duplicate Rule",
        object: "Contact",
        matching: &[CONTACT_RULE, LEAD_RULE],
    },
    DuplicateRule {
        name: "Standard_Lead_Duplicate_Rule",
        label: "Standard Lead Duplicate Rule",
        object: "Lead",
        matching: &[LEAD_RULE, CONTACT_RULE],
    },
];

/// The fields whose change makes a rule run.
pub fn compared_fields(rule: &DuplicateRule) -> Vec<&'static str> {
    let own = MATCHING_RULES
        .iter()
        .filter(|matching| matching.object == rule.object);
    let mut fields: Vec<&str> = own
        .flat_map(|rule| rule.fields)
        .map(|(field, _)| *field)
        .collect();
    fields.sort_unstable();
    fields
}

/// Records that one matching rule found.
#[derive(Debug)]
pub struct Matches {
    /// The rule.
    pub rule: &'static MatchingRule,
    /// The records, oldest first.
    pub records: Vec<Key>,
}

/// What a duplicate rule finds for a record that is not stored yet: `own` is its key, with number 0 for a new one.
/// Matching rules that find nothing are left out.
pub fn matches(records: &Records, rule: &DuplicateRule, own: Key, row: &Row) -> Vec<Matches> {
    let mut found = Vec::new();
    for name in rule.matching {
        let Some(matching) = MATCHING_RULES.iter().find(|known| known.name == *name) else {
            continue;
        };
        let Some(object) = records.object_index(matching.object) else {
            continue;
        };
        let mut numbers = if matching.object == "Account" {
            same_company(records, object, own, row)
        } else {
            same_person(records, object, own, row)
        };
        numbers.retain(|number| object != own.object || *number != own.number);
        numbers.sort_unstable();
        numbers.dedup();
        if !numbers.is_empty() {
            found.push(Matches {
                rule: matching,
                records: numbers.into_iter().map(|number| Key { object, number }).collect(),
            });
        }
    }
    found
}

fn text(records: &Records, key: Key, row: &Row, field: &str) -> String {
    records
        .named(key, row, field)
        .as_text()
        .map(str::trim)
        .unwrap_or_default()
        .to_lowercase()
}

/// Records that are not in the recycle bin, with at least some of their fields.
fn live<'a>(
    records: &'a Records,
    object: u16,
    wanted: &'a [u16],
) -> impl Iterator<Item = (Key, std::borrow::Cow<'a, Row>)> {
    let rows = records.table(object).rows_with(Some(wanted));
    rows.filter(|(_, row)| !row.deleted)
        .map(move |(number, row)| (Key { object, number }, row))
}

/// The places of some fields, sorted.
fn places(records: &Records, object: u16, names: &[&str]) -> Vec<u16> {
    let definition = records.schema.object(usize::from(object));
    let mut places: Vec<u16> = names.iter().filter_map(|name| definition.find(name)).collect();
    places.sort_unstable();
    places
}

fn same_company(records: &Records, object: u16, own: Key, row: &Row) -> Vec<u32> {
    let name = company(&text(records, own, row, "Name"));
    let site = domain(&text(records, own, row, "Website"));
    let is_same = |key: Key, other: &Row| {
        let same_name = !name.is_empty() && company(&text(records, key, other, "Name")) == name;
        same_name || (!site.is_empty() && domain(&text(records, key, other, "Website")) == site)
    };
    live(records, object, &places(records, object, &["Name", "Website"]))
        .filter(|(key, other)| is_same(*key, other))
        .map(|(key, _)| key.number)
        .collect()
}

fn same_person(records: &Records, object: u16, own: Key, row: &Row) -> Vec<u32> {
    let mut numbers = Vec::new();
    let email = text(records, own, row, "Email");
    if let Some(field) = records.schema.object(usize::from(object)).find("Email")
        && !email.is_empty()
    {
        numbers.extend(records.find_live(object, field, &IndexKey::text(&email)));
    }
    let name = (
        text(records, own, row, "FirstName"),
        text(records, own, row, "LastName"),
    );
    if object != own.object || name.1.is_empty() {
        return numbers;
    }
    let has_name = |key: Key, other: &Row| {
        text(records, key, other, "LastName") == name.1 && text(records, key, other, "FirstName") == name.0
    };
    let definition = records.schema.object(usize::from(object));
    if let Some(field) = definition.find("AccountId") {
        let Some(account) = records.value(own, row, field).as_reference() else {
            return numbers;
        };
        let colleagues = records.find_live(object, field, &IndexKey::Record(account));
        numbers.extend(colleagues.into_iter().filter(|number| {
            let key = Key {
                object,
                number: *number,
            };
            records.row(key).is_some_and(|other| has_name(key, &other))
        }));
    } else {
        let employer = company(&text(records, own, row, "Company"));
        let wanted = places(records, object, &["FirstName", "LastName", "Company"]);
        let found = live(records, object, &wanted).filter(|(key, other)| {
            has_name(*key, other) && company(&text(records, *key, other, "Company")) == employer
        });
        numbers.extend(found.map(|(key, _)| key.number));
    }
    numbers
}

/// A company's name without case, punctuation and legal form.
fn company(name: &str) -> String {
    const FORMS: [&str; 22] = [
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "llc",
        "llp",
        "lp",
        "ltd",
        "limited",
        "plc",
        "gmbh",
        "ag",
        "kg",
        "se",
        "sa",
        "sarl",
        "srl",
        "bv",
        "ab",
        "oy",
    ];
    let plain: String = name
        .to_lowercase()
        .chars()
        .filter(|letter| !matches!(letter, '.' | '\''))
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    let mut words: Vec<&str> = plain.split_whitespace().collect();
    if words.len() > 1 && words.first() == Some(&"the") {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| FORMS.contains(word)) {
        words.pop();
    }
    words.join(" ")
}

/// The domain of a web address.
fn domain(site: &str) -> String {
    let rest = site.split_once("://").map_or(site, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn legal_forms_and_punctuation_make_no_other_company() {
        assert_eq!(company("The Acme Rockets, Inc."), company("ACME ROCKETS LLC"));
        assert_ne!(company("Acme Rockets"), company("Acme Robots"));
        assert_eq!(company("Co"), "co", "a name is never emptied");
        assert_eq!(domain("https://www.acme.example/about"), domain("acme.example"));
    }

    proptest! {
        #[test]
        fn a_company_is_itself_in_any_case(name in "[a-z]{1,8}( [a-z]{1,8}){0,3}") {
            prop_assert_eq!(company(&name.to_uppercase()), company(&name));
            prop_assert!(!company(&name).is_empty());
        }
    }
}
