//! What an undo costs in API calls.

use model::{Api, CostStep, Findings, TargetObject, calls_of_sending};

use super::again::calls_of_looking_again;
use super::planning::Undo;

/// The costs of an undo whose plan took so many calls, `looking_calls` of them to look for other children of accounts.
pub(super) fn findings(
    undo: &Undo<'_>,
    checked_at: String,
    planning_calls: u64,
    looking_calls: u64,
) -> Findings {
    let calls = |calls: u64| u32::try_from(calls).unwrap_or(u32::MAX);
    let mut costs = vec![CostStep {
        label: "Read the records as they are now".to_owned(),
        api_calls: calls(planning_calls),
        is_done: true,
    }];
    let mut add = |label: String, api_calls: u32| {
        if api_calls > 0 {
            costs.push(CostStep {
                label,
                api_calls,
                is_done: false,
            });
        }
    };
    let counts = &undo.counts;
    let phases = [
        counts.restore_records,
        counts.delete_records,
        undo.deleted_accounts,
    ];
    add(
        "Look once more who changed them, just before".to_owned(),
        phases.into_iter().map(calls_of_looking_again).sum(),
    );
    let object = undo.source.object;
    let api = Api::for_records(u64::from(counts.sent_records()));
    let mut send = |verb: &str, object: TargetObject, records: u32, api: Api| {
        let records = u64::from(records);
        add(
            format!("{verb} {}, {}", object.counted(records), api.way()),
            calls_of_sending(records, api),
        );
    };
    send("Restore", object, counts.restore_records, api);
    send("Delete", object, counts.delete_records, api);
    let accounts = undo.deleted_accounts;
    let api_of_accounts = Api::for_records(u64::from(accounts));
    send("Delete", TargetObject::Account, accounts, api_of_accounts);
    let members = u64::from(undo.removed_members);
    add(
        "Take them out of the campaign".to_owned(),
        calls_of_sending(members, Api::for_records(members)),
    );
    let deletes_accounts = accounts > 0 || object == TargetObject::Account && counts.delete_records > 0;
    if deletes_accounts {
        // Just before they are deleted the same is asked once more.
        add(
            "Look for other children of accounts".to_owned(),
            calls(looking_calls),
        );
    }
    Findings {
        costs,
        checked_at,
        ..Findings::default()
    }
}

/// Calls of the steps that are still to be made.
pub(super) fn estimated_calls(findings: &Findings) -> u32 {
    let steps = findings.costs.iter().filter(|step| !step.is_done);
    steps.fold(0, |sum: u32, step| sum.saturating_add(step.api_calls))
}
