//! One service account for everybody, or a Salesforce user of everybody's own. The choice loses no setting and no connection.

use crate::audit::{self, Entry};
use crate::contract::app::{Accounts, AppState};
use crate::contract::audit::AuditArea;
use crate::contract::connection::ChooseAccounts;
use crate::fault::Fault;
use crate::{Engine, connect::change, integration};

/// `connection.choose_accounts`
pub(crate) async fn choose_accounts(engine: &Engine, params: ChooseAccounts) -> Result<AppState, Fault> {
    let user_accounts = params.accounts == Accounts::User;
    let _lock = change::refuse_while_sending(engine).await?;
    engine
        .write(move |write| {
            let before = write.integration()?.user_accounts;
            if before == user_accounts {
                return Ok(());
            }
            write.set_user_accounts(user_accounts)?;
            let (action, sentence) = if user_accounts {
                (
                    "user_accounts_chosen",
                    "Chose user accounts: everybody exports with a Salesforce user of their own.",
                )
            } else {
                (
                    "service_account_chosen",
                    "Chose the service account: all exports use one connection.",
                )
            };
            let entry = Entry::new(AuditArea::Connection, action, sentence)
                .before(words(before))
                .after(words(user_accounts));
            audit::note(write, entry)
        })
        .await?;
    let state = integration::app_state(engine).await?;
    engine.emit_state().await;
    Ok(state)
}

fn words(user_accounts: bool) -> &'static str {
    if user_accounts {
        "User accounts"
    } else {
        "Service account"
    }
}
