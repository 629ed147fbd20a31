use serde_json::{Value, json};

use super::super::print::{Pages, push_page};
use super::{NOW, matching, names, org_of, parse, resolve};
use crate::{options::Options, records::Records, seed};

fn staffed_org() -> Records {
    let options = Options {
        accounts: 3,
        contacts: 9,
        leads: 2,
        opportunities: 3,
        ..Options::default()
    };
    seed::plant(&options).expect("a small org").records
}

fn answer(records: &Records, text: &str) -> Vec<Value> {
    answer_by(records, text, 2000)
}

fn answer_by(records: &Records, text: &str, rows: usize) -> Vec<Value> {
    let plan = resolve(text, &parse(text, NOW).expect(text), records, 1).expect(text);
    let keys = matching(records, &plan, false);
    let pages = Pages {
        version: "60.0",
        rows,
        keep: &|plan, keys, printed| format!("next/{}/{}/{printed}", plan.nodes.len(), keys.len()),
    };
    let mut text = "[".to_owned();
    push_page(&mut text, records, &plan, &keys, &pages);
    text.push(']');
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn names_are_printed_as_the_schema_spells_them() {
    let records = staffed_org();
    let rows = answer(
        &records,
        "select ID, owner.NAME, OWNER.profile.name from account a limit 1",
    );
    let row = rows[0].as_object().expect("a record");
    assert_eq!(row.keys().collect::<Vec<_>>(), ["Id", "Owner", "attributes"]);
    assert!(row["Owner"]["Name"].is_string());
    assert!(row["Owner"]["Profile"]["Name"].is_string());
    assert_eq!(row["Owner"]["attributes"]["type"], "User");
}

#[test]
fn what_may_be_of_several_objects_is_a_name_with_a_type() {
    let records = staffed_org();
    let rows = answer(
        &records,
        "SELECT Owner.Type, Owner.Name, Owner.Email FROM Lead LIMIT 1",
    );
    let owner = &rows[0]["Owner"];
    assert_eq!(
        (&owner["Type"], &owner["attributes"]["type"]),
        (&json!("User"), &json!("Name"))
    );
    let url = owner["attributes"]["url"].as_str().expect("an address");
    assert!(url.starts_with("/services/data/v60.0/sobjects/User/005"));
    let found = |text: &str| names(&records, text).expect(text).len();
    assert_eq!(found("SELECT Id FROM Lead WHERE Owner.Type = 'user'"), 2);
    assert_eq!(found("SELECT Id FROM Lead WHERE Owner.Type IN ('Group')"), 0);
}

#[test]
fn typeof_prints_what_each_object_is_asked_for() {
    let records = staffed_org();
    let rows = answer(
        &records,
        "SELECT Id, TYPEOF Owner WHEN User THEN Username, Profile.Name WHEN Group THEN Name END FROM Lead LIMIT 1",
    );
    let owner = &rows[0]["Owner"];
    assert_eq!(owner["attributes"]["type"], "User");
    assert!(owner["Username"].is_string() && owner["Profile"]["Name"].is_string());
    let none = answer(
        &records,
        "SELECT TYPEOF Owner WHEN Group THEN Name END FROM Lead LIMIT 1",
    );
    assert_eq!(none[0]["Owner"], Value::Null);
    let other = answer(
        &records,
        "SELECT TYPEOF Owner WHEN Group THEN Name ELSE Id END FROM Lead LIMIT 1",
    );
    assert!(other[0]["Owner"]["Id"].is_string());
}

#[test]
fn children_have_their_own_conditions_order_limit_and_pages() {
    let records = staffed_org();
    let rows = answer(
        &records,
        "SELECT Name, (SELECT LastName, Account.Name FROM Account.Contacts ORDER BY LastName DESC LIMIT 2) FROM Account",
    );
    let mut seen = 0;
    for row in &rows {
        let Some(children) = row["Contacts"]["records"].as_array() else {
            assert_eq!(row["Contacts"], Value::Null);
            continue;
        };
        seen += children.len();
        assert!(children.len() <= 2 && row["Contacts"]["totalSize"] == children.len());
        let last: Vec<&str> = children
            .iter()
            .filter_map(|child| child["LastName"].as_str())
            .collect();
        assert!(
            last.windows(2)
                .all(|pair| pair[0].to_lowercase() >= pair[1].to_lowercase())
        );
        assert!(
            children
                .iter()
                .all(|child| child["Account"]["Name"] == row["Name"])
        );
    }
    assert!(seen > 0);
    let paged = answer_by(&records, "SELECT Id, (SELECT Id FROM Contacts) FROM Account", 1);
    let many = paged
        .iter()
        .find(|row| row["Contacts"]["totalSize"].as_u64() > Some(1));
    let many = &many.expect("an account with contacts")["Contacts"];
    let next = format!("next/1/{}/1", many["totalSize"]);
    assert_eq!(
        (&many["done"], &many["nextRecordsUrl"]),
        (&json!(false), &json!(next))
    );
    assert_eq!(many["records"].as_array().map(Vec::len), Some(1));
    let none = answer(
        &records,
        "SELECT (SELECT Id FROM Contacts WHERE LastName = '-') FROM Account LIMIT 1",
    );
    assert_eq!(none[0]["Contacts"], Value::Null);
}

#[test]
fn labels_and_formats_may_have_other_names() {
    let records = staffed_org();
    let rows = answer(
        &records,
        "SELECT Amount, FORMAT(Amount) shown, toLabel(StageName), FORMAT(CloseDate) FROM Opportunity WHERE Amount != null \
         LIMIT 1",
    );
    assert!(
        rows[0]["shown"]
            .as_str()
            .is_some_and(|text| text.starts_with('$'))
    );
    assert!(rows[0]["StageName"].is_string());
    assert!(
        rows[0]["CloseDate"]
            .as_str()
            .is_some_and(|text| text.contains('/'))
    );
}

#[test]
fn other_names_of_parents_stand_behind_from() {
    let records = staffed_org();
    let count = |text: &str| names(&records, text).expect(text).len();
    let plain = count("SELECT Id FROM Contact WHERE Account.Name != null");
    assert!(plain > 0);
    assert_eq!(
        count("SELECT c.Id FROM Contact c, c.Account a WHERE a.Name != null"),
        plain
    );
    assert_eq!(
        count("SELECT Contact.Id FROM Contact, Contact.Account a WHERE a.Name != null"),
        plain
    );
}

#[test]
fn scopes_and_clauses_without_effect_are_read() {
    let records = org_of(&["Alpha"]);
    for text in [
        "SELECT Id FROM Account USING SCOPE everything WHERE Name = 'Alpha' WITH SECURITY_ENFORCED LIMIT 5 FOR VIEW",
        "SELECT Id FROM Account USING SCOPE mine FOR REFERENCE",
        "SELECT Id FROM Account ORDER BY Name ASC NULLS LAST, CreatedDate DESC NULLS FIRST LIMIT 1 OFFSET 0 FOR UPDATE",
        "SELECT Id FROM Account WHERE toLabel(Name) = 'alpha'",
        "SELECT Id FROM Account WHERE CreatedDate < 2100-01-01T00:00:00.5+02:00 AND CreatedDate > 2001-01-01T00:00:00Z",
        "SELECT Id FROM Account WHERE Site = '' AND ParentId = '' AND AnnualRevenue = null",
    ] {
        assert_eq!(names(&records, text).expect(text), ["Alpha"], "{text}");
    }
}
