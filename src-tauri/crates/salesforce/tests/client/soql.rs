//! SOQL literals, read back by an independent reader of the documented escapes.

use proptest::prelude::*;
use salesforce::soql::{Literal, beginning_with, in_list, in_list_runs, is_api_name, quoted};

/// Reads a quoted literal by the SOQL reference: `\\ \' \" \n \r \t \b \f \uXXXX`, in LIKE also `\_ \%`. Gives the
/// text and what follows the closing quote; the wildcards of a pattern become U+E000.
fn read(literal: &str, pattern: bool) -> (String, String) {
    let mut rest = literal.strip_prefix('\'').unwrap().chars();
    let mut text = String::new();
    loop {
        match rest.next().expect("the literal ends") {
            '\'' => return (text, rest.collect()),
            '%' | '_' if pattern => text.push('\u{e000}'),
            '\\' => text.push(match rest.next().unwrap() {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'b' => '\u{8}',
                'f' => '\u{c}',
                'u' => {
                    let digits: String = rest.by_ref().take(4).collect();
                    char::from_u32(u32::from_str_radix(&digits, 16).unwrap()).unwrap()
                }
                same @ ('\\' | '\'' | '"') => same,
                same @ ('_' | '%') if pattern => same,
                other => panic!("\\{other} is no escape"),
            }),
            plain => text.push(plain),
        }
    }
}

proptest! {
    #[test]
    fn any_text_comes_back_and_nothing_escapes(text in "(?s).{0,80}") {
        prop_assert_eq!(read(&quoted(&text), false), (text, String::new()));
    }

    #[test]
    fn hostile_text_comes_back(text in "['\"\\\\%_nrtbfu0-9 \n\r\t\u{8}\u{c}\u{0}]{0,60}") {
        prop_assert_eq!(read(&quoted(&text), false), (text.clone(), String::new()));
        let (begin, end) = read(&beginning_with(&text), true);
        prop_assert_eq!(begin, format!("{text}\u{e000}"));
        prop_assert_eq!(end, "");
    }

    #[test]
    fn lists_keep_their_values(values in proptest::collection::vec("[a',)(\\\\]{0,6}", 1..8)) {
        let mut rest = in_list(&values).strip_prefix('(').unwrap().to_owned();
        for value in &values {
            let (text, following) = read(&rest, false);
            prop_assert_eq!(&text, value);
            rest = following[1..].to_owned();
        }
        prop_assert_eq!(rest, "");
    }

    #[test]
    fn runs_keep_every_value_and_their_length(
        values in proptest::collection::vec("[a-z' ]{0,20}", 0..60),
        longest in 1_usize..200,
    ) {
        let runs = in_list_runs(&values, longest);
        prop_assert_eq!(&runs.concat(), &values);
        for run in runs.iter().filter(|run| run.len() > 1) {
            let encoded: String = url::form_urlencoded::byte_serialize(in_list(run).as_bytes()).collect();
            // The list's own brackets are the caller's.
            prop_assert!(encoded.len() <= longest + 6, "{encoded}");
        }
    }

    #[test]
    fn decimals_are_digits_or_quoted(text in "[-+.0-9e ']{0,8}") {
        let literal = Literal::Decimal(text.clone()).to_soql();
        prop_assert!(literal == quoted(&text) || (literal == text && text.parse::<f64>().is_ok()), "{literal}");
    }
}

#[test]
fn literals_have_their_documented_forms() {
    assert_eq!(quoted("O'Neil \\ \u{1}"), r"'O\'Neil \\ \u0001'");
    assert_eq!(Literal::Integer(-5).to_soql(), "-5");
    assert_eq!(Literal::Decimal("-12.50".to_owned()).to_soql(), "-12.50");
    assert_eq!(Literal::Boolean(true).to_soql(), "true");
    assert_eq!(Literal::Null.to_soql(), "null");
    assert_eq!(
        Literal::Date("2026-11-23".parse().unwrap()).to_soql(),
        "2026-11-23"
    );
    let time = "2026-11-23T01:02:03.9+02:00".parse().unwrap();
    assert_eq!(Literal::DateTime(time).to_soql(), "2026-11-22T23:02:03Z");
    assert_eq!(in_list::<&str>(&[]), "(null)");
    assert!(is_api_name("Parent__r.Ext__c") && is_api_name("DOZISF__ZoomInfo_Id__c"));
    for bad in ["", ".", "a.", "1a", "a b", "a'", "é", "_a"] {
        assert!(!is_api_name(bad), "{bad}");
    }
}
