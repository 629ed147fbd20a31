//! The accounts of contacts: one question a company, three settings, and accounts that are made once.

mod answers;
mod changed;
mod many;
mod search;
mod settings;
mod updates;
mod which;

use engine::contract::runs::{CompanyPage, LedgerPage, Outcome, RunView};
use serde_json::{Value, json};
use support::lists::Person;
use support::{TestApp, lists};

const NORTHBRIDGE: Person<'_> = Person {
    last_name: "",
    company: "Northbridge Testing",
    website: "https://www.northbridge-testing.com",
    company_id: "801",
};

fn at_northbridge(last_name: &str) -> Person<'_> {
    Person {
        last_name,
        ..NORTHBRIDGE
    }
}

async fn import(app: &TestApp, people: &[Person<'_>]) -> i64 {
    let file = app.file("people.csv", lists::people(people));
    app.import(&file, "People").await.list.list_id
}

async fn questions(app: &TestApp, run: i64) -> CompanyPage {
    let query = json!({ "run": run, "waiting_only": false, "accounts": null, "offset": 0, "limit": 100 });
    app.call("runs.companies", query).await
}

async fn answer(app: &TestApp, run: i64, company: u32, answer: Value) -> RunView {
    let params = json!({ "run": run, "companies": [company], "answer": answer });
    app.call("runs.answer_companies", params).await
}

async fn outcomes(app: &TestApp, run: i64) -> Vec<(Outcome, Option<String>)> {
    let query = json!({ "run": run, "outcome": null, "search": "", "offset": 0, "limit": 500 });
    let page: LedgerPage = app.call("runs.ledger", query).await;
    page.lines
        .into_iter()
        .map(|line| (line.outcome, line.error_code))
        .collect()
}

/// An account that an admin made, with a website that tells it.
async fn make_account(app: &TestApp, name: &str, phone: &str) -> String {
    let fields = json!({ "Name": name, "Website": "northbridge-testing.com", "Phone": phone });
    app.records().create("Account", fields).await
}

async fn accounts_of(app: &TestApp, last_name: &str) -> Vec<String> {
    let soql = format!("SELECT AccountId FROM Contact WHERE LastName = '{last_name}'");
    app.records().texts(&soql, "AccountId").await
}

async fn accounts_named(app: &TestApp, name: &str) -> Vec<String> {
    let soql = format!("SELECT Id FROM Account WHERE Name = '{name}'");
    app.records().texts(&soql, "Id").await
}
