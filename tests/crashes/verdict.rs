//! What must hold after every kill.

use std::collections::HashMap;

use engine::contract::runs::{LedgerLine, Outcome, RunState};
use serde_json::Value;

use crate::contacts;
use crate::scenario::{Exported, Kill};

/// Compares the org with the ledger.
pub fn check(kill: &Kill<'_>) {
    let at = &kill.at;
    let tally = kill.view.summary.tally;
    assert_eq!(kill.view.summary.state, RunState::Done, "{at}: {:?}", kill.view);
    assert_eq!(kill.left_jobs, 0, "{at}: files of a job that is at its end");
    let counted = [
        (Outcome::Created, tally.created_records),
        (Outcome::Updated, tally.updated_records),
        (Outcome::Deleted, tally.deleted_records),
        (Outcome::Restored, tally.restored_records),
        (Outcome::Skipped, tally.skipped_records),
        (Outcome::Refused, tally.refused_records),
        (Outcome::Failed, tally.failed_records),
        (Outcome::Uncertain, tally.uncertain_records),
    ];
    for (outcome, records) in counted {
        let lines = own_lines(kill).filter(|line| line.outcome == outcome).count();
        assert_eq!(lines, records as usize, "{at}: {outcome:?} {tally:?}");
    }
    let total: u32 = counted.iter().map(|(_, records)| records).sum();
    assert_eq!(
        total as usize,
        own_lines(kill).count(),
        "{at}: every line is settled, {tally:?}"
    );
    if kill.scenario.exported == Exported::Contacts {
        check_people(kill);
        contacts::check(kill);
        return;
    }
    assert_eq!(tally.failed_records, 0, "{at}: {:?}", kill.view.reasons);
    if kill.scenario.undoes {
        check_undo(kill);
    } else {
        check_people(kill);
    }
}

/// Lines of the run's object.
fn own_lines<'k>(kill: &'k Kill<'_>) -> impl Iterator<Item = &'k LedgerLine> {
    let object = kill.view.summary.object;
    kill.lines.iter().filter(move |line| line.object == object)
}

fn check_people(kill: &Kill<'_>) {
    let at = &kill.at;
    let tally = kill.view.summary.tally;
    let by_id: HashMap<&str, &Value> = kill
        .people
        .iter()
        .filter_map(|person| Some((person["Id"].as_str()?, person)))
        .collect();
    let mut emails: Vec<&str> = kill
        .people
        .iter()
        .filter_map(|person| person["Email"].as_str())
        .collect();
    let people = emails.len();
    emails.sort_unstable();
    emails.dedup();
    assert_eq!(emails.len(), people, "{at}: a record is there twice");
    assert_eq!(
        people,
        (kill.scenario.known_records + tally.created_records) as usize,
        "{at}: {tally:?}"
    );
    assert_eq!(
        tally.updated_records, kill.scenario.known_records,
        "{at}: {tally:?}"
    );
    for line in own_lines(kill) {
        if !matches!(line.outcome, Outcome::Created | Outcome::Updated) {
            continue;
        }
        let id = line.salesforce_id.as_deref().unwrap();
        let person = by_id
            .get(id)
            .unwrap_or_else(|| panic!("{at}: {id} is not in the org"));
        let last_name = person["LastName"].as_str().unwrap();
        assert!(
            line.name.ends_with(last_name),
            "{at}: {} is {last_name}",
            line.name
        );
        assert!(!person["Title"].is_null(), "{at}: {last_name} was not written");
    }
    // A call that was never sent and one whose record is not there look the same, so such lines are shown as uncertain; of
    // jobs everything can be asked.
    let is_bulk = kill.scenario.new_records + kill.scenario.known_records > 25;
    if is_bulk {
        assert_eq!(tally.uncertain_records, 0, "{at}: {tally:?}");
    }
}

fn check_undo(kill: &Kill<'_>) {
    let at = &kill.at;
    let tally = kill.view.summary.tally;
    assert_eq!(
        (tally.deleted_records, tally.restored_records),
        (kill.scenario.new_records, kill.scenario.known_records),
        "{at}: {tally:?} {:?}",
        kill.view.reasons
    );
    assert_eq!(without_dates(&kill.csv), without_dates(&kill.before), "{at}");
}

/// Orgs that were started one after the other differ in when their records were made.
fn without_dates(csv: &str) -> String {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let mut text = String::new();
    for row in reader.records() {
        for (name, cell) in headers.iter().zip(&row.unwrap()) {
            if !name.ends_with("Date") {
                text += cell;
                text.push('\t');
            }
        }
        text.push('\n');
    }
    text
}
