use super::{NOW, code, names, org_of};
use crate::soql::{QueryFault, parse, resolve};

fn fault(text: &str) -> QueryFault {
    let records = org_of(&["Alpha"]);
    names(&records, text).expect_err(text)
}

const SENTENCES: &[(&str, &str, &str)] = &[
    (
        "SELECT Foo FROM Account",
        "INVALID_FIELD",
        "\nSELECT Foo FROM Account\n       ^\nERROR at Row:1:Column:8\nNo such column 'Foo' on entity 'Account'. If you \
             are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please \
             reference your WSDL or the describe call for the appropriate names.",
    ),
    (
        "SELECT Id FROM Foo",
        "INVALID_TYPE",
        "\nSELECT Id FROM Foo\n               ^\nERROR at Row:1:Column:16\nsObject type 'Foo' is not supported. If you \
             are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference \
             your WSDL or the describe call for the appropriate names.",
    ),
    (
        "SELECT Foos.Name FROM Account",
        "INVALID_FIELD",
        "\nSELECT Foos.Name FROM Account\n       ^\nERROR at Row:1:Column:8\nDidn't understand relationship 'Foos' in \
             field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom \
             relationship name. Please reference your WSDL or the describe call for the appropriate names.",
    ),
    (
        "SELECT Id FROM Account WHERE",
        "MALFORMED_QUERY",
        "\nSELECT Id FROM Account WHERE\n                            ^\nERROR at Row:1:Column:29\nunexpected token: \
             '<EOF>'",
    ),
    (
        "SELECT Name, COUNT(Id) FROM Account",
        "MALFORMED_QUERY",
        "\nSELECT Name, COUNT(Id) FROM Account\n       ^\nERROR at Row:1:Column:8\nField must be grouped or aggregated: \
             Name",
    ),
    (
        "SELECT Id, name, Name FROM Account",
        "INVALID_FIELD",
        "duplicate field selected: Name",
    ),
    (
        "SELECT Id, FIELDS(ALL) FROM Account LIMIT 1",
        "INVALID_FIELD",
        "duplicate field selected: Id",
    ),
    (
        "SELECT FIELDS(ALL) FROM Account LIMIT 201",
        "MALFORMED_QUERY",
        "The SOQL FIELDS function must have a LIMIT of at most 200",
    ),
    (
        "SELECT Id FROM Account OFFSET 2001",
        "NUMBER_OUTSIDE_VALID_RANGE",
        "Maximum SOQL offset allowed is 2000",
    ),
    ("", "MALFORMED_QUERY", "A query string has to be specified"),
    (
        "SELECT COUNT(Id) FROM Account LIMIT 1",
        "MALFORMED_QUERY",
        "Non-grouped query that uses overall aggregate functions cannot also use LIMIT",
    ),
    (
        "SELECT COUNT(Id) FROM Account GROUP BY Name ORDER BY Site",
        "MALFORMED_QUERY",
        "Ordered field must be grouped or aggregated: Site",
    ),
    (
        "SELECT Name a, Site A FROM Account GROUP BY Name, Site",
        "MALFORMED_QUERY",
        "duplicate alias: A",
    ),
];

#[test]
fn each_refusal_has_its_code_and_sentence() {
    for (text, code, sentence) in SENTENCES {
        let wanted = QueryFault {
            code,
            message: (*sentence).to_owned(),
        };
        assert_eq!(fault(text), wanted, "{text}");
    }
}

const REASONS: &[(&str, &str, &str)] = &[
    (
        "SELECT Id FROM Account WHERE Description = 'x'",
        "INVALID_FIELD",
        "field 'Description' can not be filtered in a query call",
    ),
    (
        "SELECT Id FROM Account ORDER BY Description",
        "INVALID_FIELD",
        "field 'Description' can not be sorted in a query call",
    ),
    (
        "SELECT COUNT(Id) FROM Account GROUP BY CreatedDate",
        "INVALID_FIELD",
        "field 'CreatedDate' can not be grouped in a query call",
    ),
    (
        "SELECT Id FROM Account WHERE AnnualRevenue = '5'",
        "INVALID_FIELD",
        "value of filter criterion for field 'AnnualRevenue' must be of type double and should not be enclosed in quotes",
    ),
    (
        "SELECT Id FROM Account WHERE NumberOfEmployees = 5.5",
        "INVALID_FIELD",
        "value of filter criterion for field 'NumberOfEmployees' must be of type int and should not be enclosed in quotes",
    ),
    (
        "SELECT Id FROM Account WHERE Name = 5",
        "INVALID_FIELD",
        "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
    ),
    (
        "SELECT Id FROM Account WHERE CreatedDate > 2026-01-01",
        "INVALID_FIELD",
        "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
    ),
    (
        "SELECT Id FROM Account WHERE IsDeleted = 'false'",
        "INVALID_FIELD",
        "value of filter criterion for field 'IsDeleted' must be of type boolean and should not be enclosed in quotes",
    ),
    (
        "SELECT Id FROM Account WHERE OwnerId = 'Edge'",
        "INVALID_QUERY_FILTER_OPERATOR",
        "invalid ID field: Edge",
    ),
    (
        "SELECT Id FROM Account WHERE Id LIKE '001%'",
        "INVALID_QUERY_FILTER_OPERATOR",
        "invalid operator on id field",
    ),
    (
        "SELECT Id FROM Account WHERE IsDeleted > false",
        "INVALID_QUERY_FILTER_OPERATOR",
        "invalid operator on boolean field",
    ),
    (
        "SELECT Id FROM Account WHERE Industry INCLUDES ('Banking')",
        "INVALID_QUERY_FILTER_OPERATOR",
        "invalid operator on picklist field",
    ),
    (
        "SELECT SUM(Name) FROM Account",
        "MALFORMED_QUERY",
        "field Name does not support aggregate operator SUM",
    ),
    (
        "SELECT Id FROM Account ALL ROWS",
        "MALFORMED_QUERY",
        "ALL ROWS not allowed in this context",
    ),
    (
        "SELECT Id FROM Account WHERE Name = :name",
        "MALFORMED_QUERY",
        "Bind variables only allowed in Apex code",
    ),
    (
        "SELECT Id FROM Account WHERE AnnualRevenue > USD5",
        "MALFORMED_QUERY",
        "unexpected token: 'USD5'",
    ),
    (
        "SELECT nothing(Name) FROM Account",
        "MALFORMED_QUERY",
        "unexpected token: '('",
    ),
    (
        "SELECT convertCurrency(AnnualRevenue) FROM Account",
        "MALFORMED_QUERY",
        "this organization has a single currency",
    ),
    (
        "SELECT Owner.Department FROM Lead",
        "INVALID_FIELD",
        "for the appropriate names.",
    ),
    (
        "SELECT Id FROM User USING SCOPE mine",
        "INVALID_QUERY_SCOPE",
        "not supported for entity 'User'",
    ),
    (
        "SELECT Id, (SELECT Id FROM Foos) FROM Account",
        "INVALID_TYPE",
        "for the appropriate names.",
    ),
];

#[test]
fn a_refusal_ends_with_its_reason() {
    for (text, code, reason) in REASONS {
        let found = fault(text);
        assert_eq!(found.code, *code, "{text}");
        assert!(found.message.ends_with(reason), "{text}: {}", found.message);
    }
}

#[test]
fn sub_selects_keep_their_restrictions() {
    for (condition, reason) in [
        (
            "Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
            "Semi join sub-selects are not allowed with the 'OR' operator",
        ),
        (
            "NOT Id IN (SELECT AccountId FROM Contact)",
            "Semi join sub-selects are not allowed with the 'NOT' operator",
        ),
        (
            "Id IN (SELECT ParentId FROM Account)",
            "The inner and outer selects should not be on the same object type",
        ),
        (
            "Id IN (SELECT Email FROM Contact)",
            "semi join sub-selects can only query id fields, cannot use: 'Email'",
        ),
        (
            "Name IN (SELECT AccountId FROM Contact)",
            "The left operand 'Name' in the where expression with sub-select should be id field",
        ),
        (
            "Id IN (SELECT AccountId FROM Contact LIMIT 5)",
            "cannot use LIMIT or OFFSET",
        ),
        (
            "Id IN (SELECT AccountId FROM Contact) AND Id IN (SELECT AccountId FROM Contact) AND Id IN (SELECT AccountId \
             FROM Opportunity)",
            "Cannot have more than 2 semi join sub-selects",
        ),
        (
            "Id IN (SELECT Id, AccountId FROM Contact)",
            "must select exactly one field",
        ),
        (
            "Id IN (SELECT COUNT() FROM Contact)",
            "must select exactly one field",
        ),
    ] {
        let text = format!("SELECT Id FROM Account WHERE {condition}");
        let found = fault(&text);
        assert_eq!(found.code, "MALFORMED_QUERY", "{text}");
        assert!(found.message.ends_with(reason), "{text}: {}", found.message);
    }
}

#[test]
fn a_query_has_at_most_100000_characters() {
    let records = org_of(&[]);
    let text = |characters: usize| {
        let rest = "SELECT Id FROM Account WHERE Name = ''".len();
        format!(
            "SELECT Id FROM Account WHERE Name = '{}'",
            "é".repeat(characters - rest)
        )
    };
    assert!(names(&records, &text(100_000)).is_ok());
    assert_eq!(code(&records, &text(100_001)), "MALFORMED_QUERY");
}

#[test]
fn parents_are_followed_five_steps_and_no_further() {
    let records = org_of(&[]);
    let five = "SELECT Parent.Parent.Parent.Parent.Parent.Name FROM Account";
    assert!(names(&records, five).is_ok());
    let six = "SELECT Parent.Parent.Parent.Parent.Parent.Parent.Name FROM Account";
    assert_eq!(code(&records, six), "INVALID_FIELD");
    let query = parse(five, NOW).expect(five);
    let plan = resolve(five, &query, &records, 1).expect(five);
    assert_eq!(plan.routes[0].label, "Parent.Parent.Parent.Parent.Parent.Name");
}
