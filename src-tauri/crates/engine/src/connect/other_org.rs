//! A login that led to another org than the connected one: nothing changes until somebody who knows what it means goes on.

use model::{Act, RunState};
use store::{OrgRow, Read};

use super::change::{self, Change};
use super::new_session::NewSession;
use super::own_user;
use crate::contract::app::Nothing;
use crate::contract::connection::{LoginFinished, OtherOrg};
use crate::fault::{Code, Fault};
use crate::{Engine, integration, role};

/// States of runs that may still be sent or resumed.
const NOT_AT_END: [RunState; 4] = [
    RunState::Planned,
    RunState::Sending,
    RunState::Waiting,
    RunState::Cancelling,
];

/// Holds a session until `accept_other_org` or `connection.cancel`.
pub(super) async fn hold(engine: &Engine, session: NewSession, org: &OrgRow) -> Result<OtherOrg, Fault> {
    let (new, old) = (session.org.clone(), org.clone());
    let looked = async {
        change::refuse_while_sending(engine).await?;
        engine
            .read(move |read| {
                role::require_in(read, Act::ChangeUser)?;
                consequences(read, &old, &new)
            })
            .await
    };
    let consequences = match looked.await {
        Ok(consequences) => consequences,
        Err(fault) => {
            session.give_up().await;
            return Err(fault);
        }
    };
    let other = OtherOrg {
        org_id: session.org.org_id.clone(),
        name: session.org.name.clone(),
        kind: integration::org_kind(&session.org.kind),
        username: session.org.username.clone(),
        consequences,
    };
    let waiting = engine.connection().lock().await.other_org.replace(session);
    if let Some(waiting) = waiting {
        waiting.give_up().await;
    }
    Ok(other)
}

/// What going on means, one sentence each.
fn consequences(read: &Read<'_>, old: &OrgRow, new: &OrgRow) -> Result<Vec<String>, Fault> {
    let (old_name, new_name) = (told_apart(old, new), told_apart(new, old));
    let operator = read.operator()?.map(|operator| operator.person_id);
    let is_primary = operator.is_some() && operator == read.primary_admin()?.map(|admin| admin.person_id);
    let mut consequences = vec![
        format!(
            "{} becomes the connected user, and you {} the primary admin.",
            new.username,
            if is_primary { "stay" } else { "become" }
        ),
        format!(
            "Your mappings stay and are checked against the fields of {new_name}: rows whose field is not there have to be mended."
        ),
        format!(
            "Which Salesforce user a person is, is kept for each org: in {new_name} everybody is matched anew."
        ),
        format!("The local copy of the records of {old_name} is emptied."),
    ];
    let open = read
        .runs_in(&NOT_AT_END)?
        .into_iter()
        .filter(|run| run.org_id == old.org_id)
        .count();
    if open > 0 {
        consequences.push(format!(
            "{} of {old_name} not at the end: they stay, but can be sent and resumed only once {old_name} is connected again.",
            counted(open, "run is", "runs are")
        ));
    }
    consequences.push(format!(
        "Ledgers stay with their links to records of {old_name}; retrying and undoing them needs {old_name}."
    ));
    let own = read.person_connections()?.len();
    if own > 0 {
        consequences.push(format!(
            "{} for {old_name}: they are forgotten, and everybody connects anew.",
            counted(
                own,
                "person connected a Salesforce user of their own",
                "people connected Salesforce users of their own"
            )
        ));
    }
    if read.integration()?.exports_on == Some(true) {
        consequences.push("Exports are turned off until an admin turns them on again.".to_owned());
    }
    consequences.push(format!(
        "The tokens of {} are revoked and forgotten.",
        old.username
    ));
    Ok(consequences)
}

/// Two orgs may have the same name; then their addresses tell them apart.
fn told_apart(org: &OrgRow, other: &OrgRow) -> String {
    if org.name == other.name {
        format!("{} ({})", org.name, org.instance_url)
    } else {
        org.name.clone()
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `connection.accept_other_org`
pub(crate) async fn accept_other_org(engine: &Engine, _params: Nothing) -> Result<LoginFinished, Fault> {
    let (operator, before, own) = engine
        .read(|read| {
            role::require_in(read, Act::ChangeUser)?;
            Ok((read.operator()?, read.org()?, read.person_connections()?))
        })
        .await?;
    change::refuse_while_sending(engine).await?;
    let waiting = engine.connection().lock().await.other_org.take();
    let Some(session) = waiting else {
        return Err(Fault::new(
            Code::LoginFailed,
            "No other org waits for a word. Choose Change User again.",
        ));
    };
    if operator.map(|operator| operator.person_id) != Some(session.person) {
        session.give_up().await;
        return Err(Fault::new(
            Code::LoginFailed,
            "Somebody else uses this window since the login, so it changed nothing. Begin it again.",
        ));
    }
    let former = before.as_ref().map(|org| (org.org_id.clone(), org.name.clone()));
    let unrevoked = change::make(engine, session, Change::ChangedOrg, before).await?;
    let mut unrevoked = Vec::from_iter(unrevoked);
    for own in own {
        let is_revoked = own_user::forget_tokens(engine, own.person_id).await?;
        if !is_revoked && !unrevoked.contains(&own.username) {
            unrevoked.push(own.username);
        }
    }
    if let Some((org_id, org_name)) = former {
        change::empty_mirrors(engine, org_id, org_name).await?;
    }
    let state = integration::app_state(engine).await?;
    engine.emit_state().await;
    Ok(LoginFinished {
        state,
        other_org: None,
        unrevoked: change::unrevoked_sentence(&unrevoked),
    })
}
