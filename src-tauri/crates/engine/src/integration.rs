//! The frame's state.

use model::RunState;
use store::{OrgRow, Read};

use crate::Engine;
use crate::connect::{current_org, own_connection};
use crate::contract::app::{
    Accounts, ApiUsage, AppState, Changed, Nothing, Operator, Org, OrgKind, PrimaryAdmin, Role, Session,
    TokenTrouble, TokenTroubleKind,
};
use crate::exports_switch::exports_on;
use crate::fault::Fault;
use crate::host::VaultError;
use crate::{doctor, role, workspaces};

/// `app.state`
pub(crate) async fn state(engine: &Engine, _params: Nothing) -> Result<AppState, Fault> {
    app_state(engine).await
}

/// The state of the workspace that every page can see.
pub(crate) async fn app_state(engine: &Engine) -> Result<AppState, Fault> {
    let org = current_org(engine).await?;
    let org_id = org.as_ref().map(|org| org.org_id.clone()).unwrap_or_default();
    let (operator, integration, open_runs, rights, primary, own_connection, failed_checks) = engine
        .read(move |read| {
            let operator = role::operator(read)?;
            let own = own_connection(read, operator.person_id)?;
            Ok((
                operator,
                read.integration()?,
                open_runs(read)?,
                role::rights(read)?,
                read.primary_admin()?,
                own,
                doctor::failed_checks(read, &org_id)?,
            ))
        })
        .await?;
    let vault = engine.host().token_vault();
    let workspace_name = workspaces::open_name(engine, org.as_ref().map(|org| org.name.as_str())).await?;
    Ok(AppState {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        workspace: engine.store().folder().display().to_string(),
        workspace_name,
        operator: Operator {
            person: operator.person_id,
            role_label: role::standing(&operator).label().to_owned(),
            standing: role::standing(&operator),
            role: if operator.is_admin {
                Role::Admin
            } else {
                Role::User
            },
            name: operator.name,
            email: operator.email,
        },
        session: match &org {
            None => Session::Disconnected,
            Some(org) if org.signed_out => Session::SignedOut,
            Some(_) => Session::Connected,
        },
        usage: org
            .as_ref()
            .and_then(|org| org.usage)
            .map(|(used_calls, max_calls)| ApiUsage {
                used_calls,
                max_calls,
            }),
        org: org.map(org_view),
        rights,
        primary_admin: primary.map(|person| PrimaryAdmin {
            name: person.name,
            email: person.email,
        }),
        accounts: if integration.user_accounts {
            Accounts::User
        } else {
            Accounts::Service
        },
        own_connection,
        exports_on: exports_on(engine, integration.exports_on),
        exports_changed: integration.exports_changed.map(|(at, by)| Changed { at, by }),
        failed_checks,
        token_home: vault.home(),
        token_home_sentence: vault.home_sentence(),
        token_trouble: vault.trouble().map(|trouble| token_trouble(&trouble)),
        demo_org_available: engine.host().has_demo_org(),
        open_runs,
    })
}

fn token_trouble(trouble: &VaultError) -> TokenTrouble {
    TokenTrouble {
        kind: match trouble {
            VaultError::PassphraseNeeded
            | VaultError::WrongPassphrase
            | VaultError::ShortPassphrase { .. } => TokenTroubleKind::PassphraseNeeded,
            VaultError::Locked | VaultError::Refused { .. } => TokenTroubleKind::Locked,
            VaultError::Denied { .. } => TokenTroubleKind::Denied,
            VaultError::Missing { .. }
            | VaultError::Damaged { .. }
            | VaultError::File { .. }
            | VaultError::TooLong => TokenTroubleKind::Missing,
        },
        sentence: trouble.to_string(),
    }
}

fn org_view(org: OrgRow) -> Org {
    Org {
        kind: org_kind(&org.kind),
        org_id: org.org_id,
        name: org.name,
        instance_url: org.instance_url,
        login_url: org.login_url,
        edition: org.edition,
        api_version: org.api_version,
        username: org.username,
        user_name: org.user_name,
        user_email: org.user_email,
        connected_at: org.connected_at,
        connected_by: org.connected_by,
    }
}

/// The kind of a stored org. What is not known is treated with the care of production.
pub(crate) fn org_kind(word: &str) -> OrgKind {
    match word {
        "demo" => OrgKind::Demo,
        "sandbox" => OrgKind::Sandbox,
        _ => OrgKind::Production,
    }
}

/// Runs that are sending or waiting, of those that the operator may see.
fn open_runs(read: &Read<'_>) -> Result<u32, Fault> {
    let only_of = role::only_runs_of(read)?;
    let open = read.runs_in(&[RunState::Sending, RunState::Waiting, RunState::Cancelling])?;
    let seen = open
        .iter()
        .filter(|run| only_of.is_none() || run.person_id == only_of);
    Ok(u32::try_from(seen.count()).unwrap_or(u32::MAX))
}
