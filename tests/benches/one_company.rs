//! What the largest list costs when all of its contacts are of one company: one question and one account for a hundred thousand
//! lines that rest on it. Planned, answered and sent to a demo org in the same process.
//!
//! Run it by `cargo xtask bench`. It takes minutes without optimisation, which is why it is no test.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use engine::contract::runs::{CompanyPage, RunState, RunView};
use serde_json::json;
use support::lists::Person;
use support::{TestApp, lists};

const CONTACTS: u32 = 100_000;
const COMPANY: Person<'static> = Person {
    last_name: "",
    company: "Northbridge Testing",
    website: "northbridge-testing.com",
    company_id: "",
};
/// The goal of each step.
const LONGEST_STEP: Duration = Duration::from_secs(60);

#[tokio::main]
async fn main() -> Result<()> {
    let app = TestApp::connected().await;
    let names: Vec<String> = (0..CONTACTS).map(|number| format!("Many{number}")).collect();
    let people: Vec<Person<'_>> = names
        .iter()
        .map(|last_name| Person { last_name, ..COMPANY })
        .collect();
    let file = app.file("people.csv", lists::people(&people));
    let list_id = app.import(&file, "People").await.list.list_id;
    let before = app.org.record_count("Contact");
    println!("{CONTACTS} contacts of one company   wall s");

    let began = Instant::now();
    let planned = app.plan("contact", list_id).await;
    told("plan", began)?;
    let run = planned.summary.run;
    ensure!(
        (planned.plan.ask_companies, planned.plan.ask_records) == (1, CONTACTS),
        "one question was expected: {:?}",
        planned.plan
    );
    let query = json!({ "run": run, "waiting_only": true, "accounts": null, "offset": 0, "limit": 10 });
    let page: CompanyPage = app.call("runs.companies", query).await;

    let began = Instant::now();
    let companies: Vec<u32> = page.companies.iter().map(|one| one.company).collect();
    let create = json!({ "run": run, "companies": companies, "answer": { "kind": "create" } });
    let answered: RunView = app.call("runs.answer_companies", create).await;
    told("answer", began)?;
    ensure!(
        (answered.plan.create_account_records, answered.plan.create_records) == (1, CONTACTS),
        "one account was expected: {:?}",
        answered.plan
    );

    let began = Instant::now();
    let done = app.send(run).await;
    told("send", began)?;
    let summary = &done.summary;
    ensure!(
        summary.state == RunState::Done
            && (summary.tally.created_records, summary.created_account_records) == (CONTACTS, 1)
            && app.org.record_count("Contact") == before.map(|before| before + CONTACTS),
        "not every contact went into the account: {summary:?} {:?}",
        done.reasons
    );
    Ok(())
}

fn told(step: &str, began: Instant) -> Result<()> {
    let took = began.elapsed();
    println!("{step:<33} {:>6.1}", took.as_secs_f64());
    ensure!(
        took < LONGEST_STEP,
        "the {step} took {took:?}; the goal is {LONGEST_STEP:?}"
    );
    Ok(())
}
