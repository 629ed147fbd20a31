//! What the operator's standing allows, by the policy's table. The window shows why not; here it is refused.

use model::{Act, Standing, WhoMay, refusal as policy_refusal};
use serde_json::Value;
use store::{PersonRow, Read};

use crate::Engine;
use crate::contract::app::Right;
use crate::fault::{Code, Fault};

/// What a person is to the integration.
pub(crate) fn standing(person: &PersonRow) -> Standing {
    match (person.is_admin, person.is_primary) {
        (true, true) => Standing::PrimaryAdmin,
        (true, false) => Standing::SecondaryAdmin,
        (false, _) => Standing::User,
    }
}

/// The person who uses this window.
pub(crate) fn operator(read: &Read<'_>) -> Result<PersonRow, Fault> {
    read.operator()?.ok_or_else(no_operator)
}

/// Every workspace gets an operator when it is opened.
pub(crate) fn no_operator() -> Fault {
    Fault::new(
        Code::Workspace,
        "This workspace has no operator. Restart Landbridge.",
    )
}

/// Refuses an act that the policy does not allow the operator.
pub(crate) async fn require(engine: &Engine, act: Act) -> Result<(), Fault> {
    engine.read(move |read| require_in(read, act)).await
}

/// The same within a snapshot or a transaction.
pub(crate) fn require_in(read: &Read<'_>, act: Act) -> Result<(), Fault> {
    match refusal(read, act)? {
        Some(sentence) => Err(Fault::new(Code::NotAllowed, sentence)),
        None => Ok(()),
    }
}

/// Why the operator may not do it and who may; `None` when the policy allows it.
pub(crate) fn refusal(read: &Read<'_>, act: Act) -> Result<Option<String>, Fault> {
    Ok(policy_refusal(act, operator_standing(read)?, &who_may(read)?))
}

/// Every act with why the operator may not do it.
pub(crate) fn rights(read: &Read<'_>) -> Result<Vec<Right>, Fault> {
    let (standing, who) = (operator_standing(read)?, who_may(read)?);
    Ok(Act::ALL
        .into_iter()
        .map(|act| Right {
            act,
            refusal: policy_refusal(act, standing, &who),
        })
        .collect())
}

/// Refuses a call about a run that is another person's, for whom the policy shows own runs only. The router asks this of every
/// call, so that none can forget it. A run that is not there is left to the use case.
pub(crate) async fn require_run(engine: &Engine, params: &Value) -> Result<(), Fault> {
    match params.get("run").and_then(Value::as_i64) {
        Some(run_id) => engine.read(move |read| require_run_in(read, run_id)).await,
        None => Ok(()),
    }
}

/// The same for one run, within a snapshot or a transaction.
pub(crate) fn require_run_in(read: &Read<'_>, run_id: i64) -> Result<(), Fault> {
    let Some(refusal) = refusal(read, Act::SeeAllRuns)? else {
        return Ok(());
    };
    let Some(person_id) = read.person_of_run(run_id)? else {
        return Ok(());
    };
    if person_id.is_some() && person_id == read.operator()?.map(|operator| operator.person_id) {
        return Ok(());
    }
    Err(Fault::new(
        Code::NotAllowed,
        format!("Run {run_id} is another person’s. {refusal}"),
    ))
}

/// The person whose runs alone the operator may see; `None` when that is everybody's.
pub(crate) fn only_runs_of(read: &Read<'_>) -> Result<Option<i64>, Fault> {
    if refusal(read, Act::SeeAllRuns)?.is_none() {
        return Ok(None);
    }
    // Nobody has the id 0, so whoever is nobody sees nothing.
    Ok(Some(read.operator()?.map_or(0, |operator| operator.person_id)))
}

fn operator_standing(read: &Read<'_>) -> Result<Standing, Fault> {
    Ok(read
        .operator()?
        .map_or(Standing::User, |operator| standing(&operator)))
}

fn who_may(read: &Read<'_>) -> Result<WhoMay, Fault> {
    Ok(WhoMay {
        primary_admin: read.primary_admin()?.map(|person| person.name),
        admins: read.admin_names()?,
    })
}
