//! Ending the connection: tokens are revoked and forgotten, people's own too; settings, lists and ledgers stay.

use std::sync::Arc;

use model::RunState;
use store::PersonConnectionRow;

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
    super::require_org(engine).await?;
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
    let people = forget_own(engine, &own).await?;
    engine
        .write(move |write| {
            let org = write.org()?.ok_or_else(Fault::not_connected)?;
            let sentence = format!("Disconnected {} and {}.", org.name, org.username);
            audit::note(write, Entry::new(AuditArea::Connection, "disconnected", sentence))?;
            for own in &own {
                write.remove_person_connection(own.person_id)?;
            }
            exports_switch::turn(write, false, " Nothing is connected any more.")?;
            Ok(write.remove_org()?)
        })
        .await?;
    *engine.connection().lock().await = Connection::default();
    if params.wipe_mirror {
        let store = Arc::clone(engine.store());
        engine.blocking(move || Ok(store.clear_mirrors()?)).await?;
    }
    drop(lock);
    engine.emit_state().await;
    let mut sentence = if revoked {
        "Disconnected. Salesforce has revoked the tokens; your settings, lists and ledgers stay.".to_owned()
    } else {
        "Disconnected here, but Salesforce could not be told. Revoke the app in Setup, under Connected Apps OAuth Usage."
            .to_owned()
    };
    if let Some(people) = people {
        sentence += " ";
        sentence += &people;
    }
    if params.wipe_mirror {
        sentence += " The local copy of the org's records is emptied.";
    }
    Ok(Disconnected { revoked, sentence })
}

/// Forgets everybody's own tokens, and says how far Salesforce was told.
async fn forget_own(engine: &Engine, own: &[PersonConnectionRow]) -> Result<Option<String>, Fault> {
    let mut told = 0;
    for own in own {
        if own_user::forget_tokens(engine, own.person_id).await? {
            told += 1;
        }
    }
    let people = own.len();
    Ok(match people {
        0 => None,
        1 if told == 1 => {
            Some("The Salesforce user that one person had connected is forgotten and revoked too.".to_owned())
        }
        _ if told == people => Some(format!(
            "The Salesforce users that {people} people had connected are forgotten and revoked too."
        )),
        _ => Some(format!(
            "The own Salesforce users of people are forgotten too; Salesforce revoked {told} of {people}."
        )),
    })
}
