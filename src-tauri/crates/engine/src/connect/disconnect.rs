//! Ending the connection: tokens are revoked and forgotten, people's own too; settings, lists and ledgers stay.

use model::RunState;

use super::org::refuse_given_connection;
use super::{change, clients, own_user};
use crate::audit::{self, Entry};
use crate::contract::audit::AuditArea;
use crate::contract::connection::{Disconnect, Disconnected};
use crate::core::Connection;
use crate::fault::{Code, Fault};
use crate::token_store::{TokenStore, Whose};
use crate::{Engine, exports_switch};

/// `connection.disconnect`
pub(crate) async fn disconnect(engine: &Engine, params: Disconnect) -> Result<Disconnected, Fault> {
    refuse_given_connection(engine, "disconnect")?;
    let org = super::require_org(engine).await?;
    let (open, own) = engine
        .read(|read| {
            let open = read.runs_in(&[RunState::Sending, RunState::Cancelling])?.len();
            Ok((open, read.person_connections()?))
        })
        .await?;
    if open > 0 {
        return Err(Fault::new(
            Code::WrongState,
            "A run is being sent to this org. Cancel it or wait for it to end, then disconnect.",
        ));
    }
    let lock = change::refuse_while_sending(engine).await?;
    let revoked = match clients::client(engine).await {
        Ok(client) => match client.revoke().await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "the tokens were not revoked");
                false
            }
        },
        Err(fault) => {
            tracing::warn!(%fault, "the tokens were not revoked");
            false
        }
    };
    let tokens = TokenStore::new(engine, Whose::Workspace);
    engine.blocking(move || tokens.forget()).await?;
    let mut unrevoked: Vec<String> = if revoked {
        Vec::new()
    } else {
        vec![org.username.clone()]
    };
    let people = own.len();
    for own in &own {
        if !own_user::forget_tokens(engine, own.person_id).await? && !unrevoked.contains(&own.username) {
            unrevoked.push(own.username.clone());
        }
    }
    engine
        .write(move |write| {
            let org = write.org()?.ok_or_else(Fault::not_connected)?;
            let sentence = format!("Disconnected {} and {}.", org.name, org.username);
            let mut before = format!("{} as {}", org.name, org.username);
            for own in &own {
                before += &format!("\nown user: {}", own.username);
            }
            let entry = Entry::new(AuditArea::Connection, "disconnected", sentence)
                .before(before)
                .after(own_user::NOT_CONNECTED);
            audit::note(write, entry)?;
            for own in &own {
                write.remove_person_connection(own.person_id)?;
            }
            exports_switch::turn(write, false, " Nothing is connected any more.")?;
            Ok(write.remove_org()?)
        })
        .await?;
    *engine.connection().lock().await = Connection::default();
    if params.wipe_mirror {
        change::empty_mirrors(engine, org.org_id, org.name).await?;
    }
    drop(lock);
    engine.emit_state().await;
    Ok(Disconnected {
        revoked: unrevoked.is_empty(),
        sentence: sentence(people, params.wipe_mirror),
        unrevoked: change::unrevoked_sentence(&unrevoked),
    })
}

/// What is so now.
fn sentence(people: usize, is_wiped: bool) -> String {
    let mut sentence =
        "Disconnected. The tokens are forgotten; your settings, lists and ledgers stay.".to_owned();
    match people {
        0 => {}
        1 => sentence += " The Salesforce user that one person had connected is disconnected too.",
        people => {
            sentence +=
                &format!(" The Salesforce users that {people} people had connected are disconnected too.");
        }
    }
    if is_wiped {
        sentence += " The local copy of the org's records is emptied.";
    }
    sentence
}
