//! Kills, in great number: after every call that a run makes and a seeded moment later, over creations, updates and both, by
//! REST and by Bulk, with trouble on, over their undo, and over contacts with their accounts and memberships of a campaign. Afterwards the run goes on in a new app, and then the org holds
//! each record once, the ledger agrees with the org record by record, and the counts add up.
//!
//! A kill ends the app's runtime: its tasks stop where they are, as far as the database's last transaction is not under way.
//! That a real process survives its death is shown in `command_line/interrupted.rs`.

mod contacts;
mod scenario;
mod verdict;

use scenario::{Exported, Scenario};

/// Kills after each number of calls, each at another moment.
const MOMENTS: u64 = 3;

fn kill_everywhere(scenario: &Scenario) {
    let prepared = scenario.prepare();
    let mut kills = 0;
    for moment in 0..MOMENTS {
        for after_calls in 0.. {
            let seed = moment * 1_000 + after_calls;
            let kill = prepared.kill(after_calls, seed);
            verdict::check(&kill);
            kills += 1;
            if !kill.was_alive {
                break;
            }
        }
    }
    assert!(kills > 10, "only {kills} kills");
    println!("{}: {kills} kills", scenario.name);
}

#[test]
fn creations_by_rest() {
    kill_everywhere(&Scenario {
        name: "creations by REST",
        exported: Exported::Leads,
        new_records: 12,
        known_records: 0,
        trouble: r#"{ "row_locks": [ { "object": "Lead", "fraction": 0.3, "tries": 1, "seed": 3 } ] }"#,
        undoes: false,
    });
}

#[test]
fn creations_by_bulk() {
    kill_everywhere(&Scenario {
        name: "creations by Bulk",
        exported: Exported::Leads,
        new_records: 40,
        known_records: 0,
        trouble: r#"{ "row_locks": [ { "object": "Lead", "fraction": 0.2, "tries": 2, "seed": 5 } ],
                      "jobs": [ { "what": { "stays_in_progress": { "polls": 1 } } } ] }"#,
        undoes: false,
    });
}

#[test]
fn updates_by_bulk() {
    kill_everywhere(&Scenario {
        name: "updates by Bulk",
        exported: Exported::Leads,
        new_records: 0,
        known_records: 30,
        trouble: r#"{ "row_locks": [ { "object": "Lead", "fraction": 0.2, "tries": 1, "seed": 9 } ] }"#,
        undoes: false,
    });
}

#[test]
fn updates_by_rest() {
    kill_everywhere(&Scenario {
        name: "updates by REST",
        exported: Exported::Leads,
        new_records: 0,
        known_records: 14,
        trouble: r#"{ "row_locks": [ { "object": "Lead", "fraction": 0.3, "tries": 1, "seed": 7 } ] }"#,
        undoes: false,
    });
}

#[test]
fn creations_and_updates_by_rest() {
    kill_everywhere(&Scenario {
        name: "creations and updates by REST",
        exported: Exported::Leads,
        new_records: 9,
        known_records: 8,
        trouble: r#"{ "calls": [ { "which": { "family": "collections" }, "when": { "nth": 2 }, "what": "lost_reply" } ] }"#,
        undoes: false,
    });
}

#[test]
fn creations_and_updates_by_bulk() {
    kill_everywhere(&Scenario {
        name: "creations and updates by Bulk",
        exported: Exported::Leads,
        new_records: 30,
        known_records: 12,
        trouble: r#"{ "calls": [ { "which": { "family": "ingest_close" }, "when": { "first": 1 }, "what": "lost_reply" },
                                 { "which": { "family": "ingest_results" }, "when": { "nth": 2 }, "what": { "status": 503 } } ] }"#,
        undoes: false,
    });
}

#[test]
fn an_undo_by_bulk() {
    kill_everywhere(&Scenario {
        name: "an undo by Bulk",
        exported: Exported::Leads,
        new_records: 24,
        known_records: 10,
        trouble: r#"{ "row_locks": [ { "object": "Lead", "fraction": 0.2, "tries": 1, "seed": 4 } ] }"#,
        undoes: true,
    });
}

#[test]
fn an_undo_by_rest() {
    kill_everywhere(&Scenario {
        name: "an undo by REST",
        exported: Exported::Leads,
        new_records: 9,
        known_records: 8,
        trouble: r#"{ "calls": [ { "which": { "family": "collections" }, "when": { "first": 1 }, "what": "lost_reply" } ] }"#,
        undoes: true,
    });
}

#[test]
fn contacts_with_accounts_and_a_campaign_by_rest() {
    kill_everywhere(&Scenario {
        name: "contacts with accounts and a campaign by REST",
        exported: Exported::Contacts,
        new_records: 6,
        known_records: 0,
        trouble: r#"{ "row_locks": [ { "object": "Contact", "fraction": 0.3, "tries": 1, "seed": 3 } ] }"#,
        undoes: false,
    });
}

#[test]
fn contacts_with_accounts_and_a_campaign_by_bulk() {
    kill_everywhere(&Scenario {
        name: "contacts with accounts and a campaign by Bulk",
        exported: Exported::Contacts,
        new_records: 27,
        known_records: 0,
        trouble: r#"{ "calls": [ { "which": { "family": "ingest_close" }, "when": { "nth": 2 }, "what": "lost_reply" } ] }"#,
        undoes: false,
    });
}
