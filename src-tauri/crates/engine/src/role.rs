//! What the operator's standing allows, by the policy's table. The window shows why not; here it is refused.

use model::{Act, Standing, WhoMay, refusal as policy_refusal};
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
