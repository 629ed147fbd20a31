//! What must hold of contacts, their accounts and their memberships after every kill.

use std::collections::{HashMap, HashSet};

use engine::contract::mapping::Target;
use engine::contract::runs::{LedgerLine, MemberState, Outcome};

use crate::scenario::Kill;

/// Compares accounts and memberships with the ledger.
pub fn check(kill: &Kill<'_>) {
    check_accounts(kill);
    check_members(kill);
}

fn check_accounts(kill: &Kill<'_>) {
    let at = &kill.at;
    let names: HashMap<&str, &str> = kill
        .accounts
        .iter()
        .map(|account| (text(&account["Id"]), text(&account["Name"])))
        .collect();
    let once: HashSet<&str> = names.values().copied().collect();
    assert_eq!(once.len(), kill.accounts.len(), "{at}: an account is there twice");
    let account_of: HashMap<&str, &str> = kill
        .people
        .iter()
        .map(|person| (text(&person["Id"]), text(&person["AccountId"])))
        .collect();
    let mut accounts: HashMap<&str, &LedgerLine> = HashMap::new();
    let mut created = 0;
    for line in kill.lines.iter().filter(|line| line.object == Target::Account) {
        accounts.insert(&line.name, line);
        match line.outcome {
            Outcome::Created => {
                created += 1;
                let id = line.salesforce_id.as_deref().unwrap_or_default();
                assert_eq!(names.get(id), Some(&line.name.as_str()), "{at}: {line:?}");
            }
            outcome => assert_eq!(outcome, Outcome::Uncertain, "{at}: {line:?}"),
        }
    }
    assert_eq!(created, kill.accounts.len(), "{at}: an account is in no line");
    for line in kill.lines.iter().filter(|line| line.object == Target::Contact) {
        match line.outcome {
            Outcome::Created => {
                let id = line.salesforce_id.as_deref().unwrap_or_default();
                let account = names.get(account_of[id]);
                assert_eq!(account, Some(&line.company.as_str()), "{at}: {line:?}");
            }
            // Nobody knows of its account, so it was not sent.
            Outcome::Failed => {
                assert_eq!(
                    line.error_code.as_deref(),
                    Some("account_not_created"),
                    "{at}: {line:?}"
                );
                assert_eq!(
                    accounts[line.company.as_str()].outcome,
                    Outcome::Uncertain,
                    "{at}"
                );
            }
            outcome => assert_eq!(outcome, Outcome::Uncertain, "{at}: {line:?}"),
        }
    }
}

fn check_members(kill: &Kill<'_>) {
    let at = &kill.at;
    let people: HashSet<&str> = kill
        .members
        .iter()
        .map(|member| text(&member["ContactId"]))
        .collect();
    assert_eq!(
        people.len(),
        kill.members.len(),
        "{at}: somebody is a member twice"
    );
    let mut members = 0;
    for line in kill.lines.iter().filter(|line| line.object == Target::Contact) {
        let state = line.member.as_ref().map(|member| member.state);
        if line.outcome == Outcome::Created {
            members += 1;
            assert_eq!(state, Some(MemberState::Added), "{at}: {line:?}");
            assert!(
                people.contains(line.salesforce_id.as_deref().unwrap_or_default()),
                "{at}: {line:?}"
            );
        } else {
            assert_eq!(state, Some(MemberState::Failed), "{at}: {line:?}");
        }
    }
    assert_eq!(members, kill.members.len(), "{at}: a membership is in no line");
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap_or_default()
}
