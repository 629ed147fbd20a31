use jiff::civil::date;

use super::super::{filter::Filter, filter::Test, format, lexer, parts::Part, plan::Source, route::Route};
use super::{NOW, empty_org, grouped_records, matching, org_of, parse, resolve};
use crate::{clock, records::Records, value::Value};

fn rows(records: &Records, text: &str) -> Vec<String> {
    let plan = resolve(text, &parse(text, NOW).expect(text), records, 1).expect(text);
    let keys = matching(records, &plan, false);
    grouped_records(records, &plan, &keys)
        .into_iter()
        .map(|row| row.replace(r#"{"attributes":{"type":"AggregateResult"},"#, "{"))
        .collect()
}

#[test]
fn date_functions_take_parts_of_days_and_moments() {
    let moment = Value::Moment(clock::parse_moment("2026-11-23T17:45:00Z").expect("a moment"));
    let number = |value: i32| Value::Number(f64::from(value));
    for (name, wanted) in [
        ("CALENDAR_YEAR", number(2026)),
        ("calendar_quarter", number(4)),
        ("CALENDAR_MONTH", number(11)),
        ("DAY_IN_MONTH", number(23)),
        ("DAY_IN_WEEK", number(2)),
        ("DAY_IN_YEAR", number(327)),
        ("DAY_ONLY", Value::Date(date(2026, 11, 23))),
        ("HOUR_IN_DAY", number(17)),
        ("WEEK_IN_MONTH", number(4)),
        ("WEEK_IN_YEAR", number(47)),
        ("FISCAL_YEAR", number(2026)),
        ("FISCAL_QUARTER", number(4)),
        ("FISCAL_MONTH", number(11)),
    ] {
        let part = Part::named(name).expect(name);
        assert_eq!(part.of(&moment), wanted, "{name}");
        assert_eq!(part.of(&Value::Null), Value::Null, "{name}");
    }
}

#[test]
fn groups_are_formed_by_parts_of_dates() {
    let records = org_of(&["Alpha", "Bravo"]);
    let text = "SELECT CALENDAR_YEAR(CreatedDate) y, DAY_ONLY(convertTimezone(CreatedDate)), COUNT(Id) FROM Account GROUP \
                BY CALENDAR_YEAR(CreatedDate), DAY_ONLY(CreatedDate) HAVING COUNT(Id) > 1 ORDER BY CALENDAR_YEAR(CreatedDate)";
    assert_eq!(
        rows(&records, text),
        [r#"{"y":2026,"expr0":"2026-11-23","expr1":2}"#]
    );
    let years = |condition: &str| {
        let text = format!("SELECT COUNT(Id) FROM Account WHERE {condition}");
        rows(&records, &text).remove(0)
    };
    assert_eq!(years("CALENDAR_YEAR(CreatedDate) = 2026"), r#"{"expr0":2}"#);
    assert_eq!(
        years("CALENDAR_YEAR(CreatedDate) IN (2024, 2025)"),
        r#"{"expr0":0}"#
    );
    assert_eq!(years("DAY_ONLY(CreatedDate) = TODAY"), r#"{"expr0":2}"#);
}

#[test]
fn subtotals_are_rolled_up_and_cubed() {
    let records = org_of(&["Alpha", "Alpha", "Bravo"]);
    let rolled =
        "SELECT Name, OwnerId o, COUNT(Id) c, GROUPING(Name) g FROM Account GROUP BY ROLLUP(Name, OwnerId)";
    let rolled: Vec<String> = rows(&records, rolled)
        .into_iter()
        .map(|row| row.split("\"c\"").nth(1).unwrap_or_default().to_owned())
        .collect();
    let wanted = [
        ":2,\"g\":0}",
        ":1,\"g\":0}",
        ":2,\"g\":0}",
        ":1,\"g\":0}",
        ":3,\"g\":1}",
    ];
    assert_eq!(rolled, wanted);
    let cube = "SELECT Name, IsDeleted, COUNT(Id) FROM Account GROUP BY CUBE(Name, IsDeleted)";
    assert_eq!(rows(&records, cube).len(), 2 + 1 + 2 + 1);
}

#[test]
fn averages_keep_their_fraction_and_sums_of_nothing_are_null() {
    let records = org_of(&["Alpha"]);
    let text = "SELECT AVG(NumberOfEmployees), SUM(AnnualRevenue), COUNT(Site), COUNT_DISTINCT(Name), MAX(Name) FROM Account";
    assert_eq!(
        rows(&records, text),
        [r#"{"expr0":null,"expr1":null,"expr2":0,"expr3":1,"expr4":"Alpha"}"#]
    );
}

#[test]
fn formatted_values_follow_the_locale() {
    let records = empty_org();
    let account = records.object_index("Opportunity").expect("Opportunity");
    let object = records.schema.object(usize::from(account));
    let shown = |name: &str, value: Value| {
        let field = object.field(object.find(name).expect(name));
        format::localized(field, &value)
    };
    assert_eq!(
        shown("Amount", Value::Number(-1_234_567.5)).as_deref(),
        Some("-$1,234,567.50")
    );
    assert_eq!(shown("Probability", Value::Number(50.0)).as_deref(), Some("50%"));
    assert_eq!(
        shown("CloseDate", Value::Date(date(2026, 3, 9))).as_deref(),
        Some("3/9/2026")
    );
    let moment = clock::parse_moment("2026-11-23T00:05:00Z").expect("a moment");
    assert_eq!(
        shown("CreatedDate", Value::Moment(moment)).as_deref(),
        Some("11/23/2026, 12:05 AM")
    );
    assert_eq!(shown("Name", Value::text("as it is")), None);
}

#[test]
fn includes_finds_every_value_of_one_set() {
    let records = empty_org();
    let account = records.object_index("Account").expect("Account");
    let field = records
        .schema
        .object(usize::from(account))
        .find("Name")
        .expect("Name");
    let source = Source::Route(Route::own(&records, account, field));
    let sets = vec![vec!["a".to_owned(), "b".to_owned()], vec!["c".to_owned()]];
    for (value, wanted) in [
        ("A;B", true),
        ("b;x;a", true),
        ("C", true),
        ("A", false),
        ("AB;CC", false),
    ] {
        for excludes in [false, true] {
            let filter = Filter::Test(source.clone(), Test::Includes(excludes, sets.clone()));
            let held = filter.holds(&|_| std::borrow::Cow::Owned(Value::text(value)));
            assert_eq!(held, wanted != excludes, "{value}");
        }
    }
}

#[test]
fn an_unknown_escape_is_none() {
    assert_eq!(lexer::plain("a\\qb"), None);
    assert_eq!(lexer::plain("\\u00e9\\ud83d\\ude00\\n").as_deref(), Some("é😀\n"));
}
