mod answers;
mod dates;
mod functions;
mod refusals;

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::{
    options::Options,
    records::{Assignment, Draft, Records, Writer},
    seed,
    value::Value,
};

/// 2026-11-23T12:00:00Z, a Monday.
const NOW: i64 = 1_795_435_200;

fn empty_org() -> Records {
    let options = Options {
        accounts: 0,
        contacts: 0,
        leads: 0,
        opportunities: 0,
        ..Options::default()
    };
    seed::plant(&options).expect("the empty org").records
}

fn org_of(names: &[&str]) -> Records {
    let mut records = empty_org();
    let object = records.object_index("Account").expect("Account");
    let schema = Arc::clone(&records.schema);
    let field = schema.object(usize::from(object)).find("Name").expect("Name");
    for name in names {
        let draft = Draft {
            values: vec![(field, Value::text(*name))],
            lookups: Vec::new(),
        };
        Writer::new(&mut records, 1, NOW, Assignment::Off)
            .insert(object, draft)
            .expect("an account");
    }
    records
}

fn names(records: &Records, text: &str) -> Result<Vec<String>, QueryFault> {
    let plan = resolve(text, &parse(text, NOW)?, records, 1)?;
    let keys = matching(records, &plan, false);
    Ok(keys
        .iter()
        .map(|key| records.text_of(key, "Name").unwrap_or_default())
        .collect())
}

fn code(records: &Records, text: &str) -> &'static str {
    names(records, text).expect_err(text).code
}

#[test]
fn conditions_order_limit_and_offset_choose_records() {
    let records = org_of(&["Delta", "alpha", "Charlie", "Bravo"]);
    let found = |text: &str| names(&records, text).expect(text);
    assert_eq!(
        found("SELECT Id FROM Account ORDER BY Name"),
        ["alpha", "Bravo", "Charlie", "Delta"]
    );
    assert_eq!(
        found("select Id from account order by name desc limit 2 offset 1"),
        ["Charlie", "Bravo"]
    );
    assert_eq!(found("SELECT Id FROM Account WHERE Name = 'ALPHA'"), ["alpha"]);
    assert_eq!(
        found("SELECT Id FROM Account WHERE NOT (Name LIKE '%a') ORDER BY Name"),
        ["Bravo", "Charlie"]
    );
    assert_eq!(
        found("SELECT Id FROM Account a WHERE a.Name IN ('bravo','x') OR a.Name LIKE 'D_lta'").len(),
        2
    );
    assert_eq!(
        found("SELECT Id FROM Account WHERE Phone = null AND Name > 'b' AND Name < 'd'").len(),
        2
    );
    assert_eq!(found("SELECT Id FROM Account WHERE CreatedDate = TODAY").len(), 4);
    assert_eq!(
        found("SELECT Id FROM Account WHERE CreatedDate = LAST_N_DAYS:3").len(),
        4
    );
    assert_eq!(
        found("SELECT Id FROM Account WHERE CreatedDate < THIS_WEEK").len(),
        0
    );
    assert_eq!(
        found("SELECT Id FROM Account WHERE Owner.Name = 'Demo Admin'").len(),
        4
    );
    let semi_join = "SELECT Id FROM Account WHERE OwnerId IN (SELECT Id FROM User WHERE IsActive = false)";
    assert_eq!(found(semi_join).len(), 0);
}

#[test]
fn what_is_not_soql_is_refused_with_its_documented_code() {
    let records = org_of(&["Alpha"]);
    for text in [
        "",
        "SELECT FROM Account",
        "SELECT Id",
        "SELECT Id FROM Account WHERE",
        "SELECT Id FROM Account WHERE Name = 'x",
        "SELECT Id FROM Account WHERE Name = 'a\\qb'",
        "SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
        "SELECT Id FROM Account LIMIT many",
        "SELECT Id FROM Account; DELETE",
        "SELECT COUNT(), Name FROM Account",
        "SELECT Name, COUNT(Id) FROM Account",
        "SELECT TYPEOF What WHEN Account THEN Id FROM Task",
        "SELECT Id FROM Account WHERE CreatedDate = LAST_N_MOONS:3",
    ] {
        assert_eq!(code(&records, text), "MALFORMED_QUERY", "{text}");
    }
    for text in [
        "SELECT Nope__c FROM Account",
        "SELECT Nope.Name FROM Account",
        "SELECT Id FROM Account WHERE Name = 5",
        "SELECT Id FROM Account WHERE NumberOfEmployees = '5'",
        "SELECT Id FROM Account WHERE CreatedDate = 2026-11-23",
        "SELECT Id FROM Account WHERE Description = 'long texts cannot be filtered'",
    ] {
        assert_eq!(code(&records, text), "INVALID_FIELD", "{text}");
    }
    assert_eq!(code(&records, "SELECT Id FROM Nope__c"), "INVALID_TYPE");
    assert_eq!(
        code(&records, "SELECT Id FROM Account WHERE Id = 'short'"),
        "INVALID_QUERY_FILTER_OPERATOR"
    );
}

#[test]
fn an_error_points_at_its_place() {
    let fault = parse("SELECT Id\nFORM Account", NOW).expect_err("FORM is no alias");
    let wanted = "\nFORM Account\n^\nERROR at Row:2:Column:1\nunexpected token: 'FORM'";
    assert_eq!(fault.message, wanted);
}

#[test]
fn aggregates_count_and_group() {
    let records = org_of(&["Alpha", "alpha", "Bravo"]);
    let rows = |text: &str| {
        let plan = resolve(text, &parse(text, NOW).expect(text), &records, 1).expect(text);
        let keys = matching(&records, &plan, false);
        grouped_records(&records, &plan, &keys)
    };
    let all = rows("SELECT COUNT(Id) many, MIN(Name) FROM Account");
    assert_eq!(
        all,
        [r#"{"attributes":{"type":"AggregateResult"},"many":3,"expr0":"Alpha"}"#]
    );
    let twice = rows("SELECT Name, COUNT(Id) FROM Account GROUP BY Name HAVING COUNT(Id) > 1");
    assert_eq!(
        twice,
        [r#"{"attributes":{"type":"AggregateResult"},"Name":"Alpha","expr0":2}"#]
    );
    assert!(rows("SELECT Name FROM Account WHERE Name = 'none' GROUP BY Name").is_empty());
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\'', "\\'")
}

proptest! {
    #[test]
    fn any_text_is_found_by_its_escaped_literal(name in "[^\\x00]{1,40}") {
        prop_assume!(!name.to_lowercase().is_empty());
        let records = org_of(&[&name, "somebody else"]);
        let text = format!("SELECT Id FROM Account WHERE Name = '{}'", escaped(&name));
        prop_assert_eq!(names(&records, &text).expect("a readable query"), vec![name]);
    }

    #[test]
    fn any_text_is_found_by_its_escaped_pattern(name in "[a-z%_'\\\\ é]{1,20}") {
        let records = org_of(&[&name]);
        let pattern = escaped(&name).replace('%', "\\%").replace('_', "\\_");
        let text = format!("SELECT Id FROM Account WHERE Name LIKE '{pattern}%'");
        prop_assert_eq!(names(&records, &text).expect("a readable query"), vec![name]);
    }

    #[test]
    fn no_text_makes_the_parser_fall_over(text in ".{0,200}") {
        if let Err(fault) = parse(&text, NOW) {
            prop_assert_eq!(fault.code, "MALFORMED_QUERY");
        }
    }

    #[test]
    fn no_text_makes_the_search_fall_over(text in "(FIND )?\\{?.{0,60}\\}?( RETURNING .{0,60})?") {
        if let Err(fault) = Search::parse(&text, 10) {
            prop_assert_eq!(fault.code, "MALFORMED_SEARCH");
        }
    }

    #[test]
    fn no_mixture_of_words_makes_it_fall_over(words in proptest::collection::vec(
        prop_oneof![
            Just("SELECT"), Just("Id"), Just("FROM"), Just("Account"), Just("WHERE"), Just("("), Just(")"),
            Just("Name"), Just("="), Just("'x'"), Just("AND"), Just("OR"), Just("NOT"), Just("IN"), Just("LIKE"),
            Just(","), Just("LIMIT"), Just("5"), Just("ORDER"), Just("BY"), Just("NULLS"), Just("COUNT"),
            Just("GROUP"), Just("HAVING"), Just("ROLLUP"), Just("CALENDAR_YEAR"), Just("CreatedDate"),
            Just("TYPEOF"), Just("WHEN"), Just("THEN"), Just("END"), Just("Owner"), Just("FIELDS"), Just("ALL"),
            Just("FORMAT"), Just("Contacts"), Just("Contact"), Just("INCLUDES"), Just("a"), Just("."), Just("TODAY"), Just("LAST_N_DAYS"), Just(":"),
        ], 0..30)) {
        let text = words.join(" ");
        if let Ok(query) = parse(&text, NOW) {
            let outcome = resolve(&text, &query, &empty_org(), 1);
            prop_assert!(outcome.is_ok() || outcome.is_err_and(|fault| !fault.message.is_empty()));
        }
    }
}
