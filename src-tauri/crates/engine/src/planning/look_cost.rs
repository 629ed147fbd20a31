//! What the look at the org right before a plan is sent costs: the calls of `refresh::before_sending` for this plan.

use std::collections::BTreeSet;

use model::{Api, CostStep, PlanCounts, RunOptions, TargetObject};
use store::Read;

use crate::fault::Fault;

/// How many records of an object changed, and which were deleted.
const CALLS_OF_AN_OBJECT: u32 = 2;
/// The campaign, its statuses, and whether the connected user may add members.
const CALLS_OF_A_CAMPAIGN: u32 = 3;

/// The step of the look, in words. Fields are counted, though they are asked for only once the plan is older than half a minute;
/// what reading changed records takes is known when there are any.
pub(super) fn step(
    read: &Read<'_>,
    run_id: i64,
    object: TargetObject,
    options: &RunOptions,
    counts: &PlanCounts,
) -> Result<CostStep, Fault> {
    let calls = fields(read, object)?
        + records(read, object)?
        + accounts(read, run_id)?
        + owner(read, options, counts)?
        + options.campaign.as_ref().map_or(0, |_| CALLS_OF_A_CAMPAIGN)
        + u32::from(asks_for_rule(object, options, counts));
    Ok(CostStep {
        label: "Look once more what changed in Salesforce, just before".to_owned(),
        api_calls: calls,
        is_done: false,
    })
}

/// The mapped object, and those that the mapping looks records up in.
fn fields(read: &Read<'_>, object: TargetObject) -> Result<u32, Fault> {
    let mapping = read.mapping(object)?.map(|saved| saved.mapping);
    let rows = mapping.iter().flat_map(|mapping| &mapping.rows);
    let looked_up: BTreeSet<String> = rows
        .filter_map(|row| Some(row.lookup.as_ref()?.object.to_lowercase()))
        .collect();
    Ok(1 + u32::try_from(looked_up.len()).unwrap_or(u32::MAX))
}

/// The objects that are searched; fields that the workspace does not keep are asked for as well.
fn records(read: &Read<'_>, object: TargetObject) -> Result<u32, Fault> {
    let other = match object {
        TargetObject::Account => return Ok(CALLS_OF_AN_OBJECT),
        TargetObject::Contact => TargetObject::Lead,
        TargetObject::Lead => TargetObject::Contact,
    };
    let of_other = match read.describe(other)? {
        Some(described) if described.fields.is_empty() => 0,
        Some(_) => CALLS_OF_AN_OBJECT,
        None => CALLS_OF_AN_OBJECT + 1,
    };
    let of_account_fields = u32::from(read.describe(TargetObject::Account)?.is_none());
    Ok(CALLS_OF_AN_OBJECT + of_other + of_account_fields)
}

/// The accounts that contacts get.
fn accounts(read: &Read<'_>, run_id: i64) -> Result<u32, Fault> {
    let described = read.describe(TargetObject::Account)?;
    let are_seen = described.is_some_and(|account| account.field("Name").is_some());
    let is_asked = are_seen && read.count_companies(run_id)? > 0;
    Ok(if is_asked { CALLS_OF_AN_OBJECT } else { 0 })
}

/// Whether the owner of new records is still active.
fn owner(read: &Read<'_>, options: &RunOptions, counts: &PlanCounts) -> Result<u32, Fault> {
    let connected = read.org()?.map(|org| org.user_id).unwrap_or_default();
    let owner = options.owner.as_ref();
    let is_asked = owner.is_some_and(|owner| asks_for_owner(&owner.user_id, &connected, counts));
    Ok(u32::from(is_asked))
}

/// Whether the look asks for an owner: whoever is connected is active.
pub(super) fn asks_for_owner(user_id: &str, connected_user_id: &str, counts: &PlanCounts) -> bool {
    let creates = counts.create_records + counts.create_account_records > 0;
    creates && user_id.get(..15) != connected_user_id.get(..15)
}

/// Whether the look asks for the assignment rule that an admin chose for Bulk exports.
fn asks_for_rule(object: TargetObject, options: &RunOptions, counts: &PlanCounts) -> bool {
    object == TargetObject::Lead
        && options.bulk_assignment_rule.is_some()
        && counts.create_records > 0
        && Api::for_records(u64::from(counts.sent_records())) == Api::Bulk
}
