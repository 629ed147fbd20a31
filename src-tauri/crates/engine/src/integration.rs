//! The frame's state and the master toggle.

use store::OrgRow;

use crate::Engine;
use crate::connect::current_org;
use crate::contract::app::{
    Accounts, ApiUsage, AppState, Changed, Nothing, Operator, Org, OrgKind, PrimaryAdmin, Role, Session,
};
use crate::contract::settings::ExportsOn;
use crate::fault::{Code, Fault};
use crate::role;

/// `app.state`
pub(crate) async fn state(engine: &Engine, _params: Nothing) -> Result<AppState, Fault> {
    app_state(engine).await
}

/// The state of the workspace that every page can see.
pub(crate) async fn app_state(engine: &Engine) -> Result<AppState, Fault> {
    let org = current_org(engine).await?;
    let (operator, integration, open_runs, rights, primary) = engine
        .read(|read| {
            let open = read.runs_in(&[
                model::RunState::Sending,
                model::RunState::Waiting,
                model::RunState::Cancelling,
            ])?;
            Ok((
                read.operator()?,
                read.integration()?,
                u32::try_from(open.len()).unwrap_or(u32::MAX),
                role::rights(read)?,
                read.primary_admin()?,
            ))
        })
        .await?;
    let operator = operator.ok_or_else(|| Fault::new(Code::Internal, "This workspace has no operator."))?;
    let vault = engine.host().token_vault();
    Ok(AppState {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        workspace: engine.store().folder().display().to_string(),
        workspace_name: String::new(),
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
        own_connection: None,
        exports_on: exports_on(engine, integration.exports_on),
        exports_changed: integration.exports_changed.map(|(at, by)| Changed { at, by }),
        failed_checks: 0,
        token_home: vault.home(),
        token_home_sentence: vault.home_sentence(),
        token_trouble: None,
        demo_org_available: engine.host().has_demo_org(),
        open_runs,
    })
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

/// Whether anybody may export. It is off until an admin turns it on; whoever brings a connection of their own,
/// by the environment, has said that they want to export.
pub(crate) fn exports_on(engine: &Engine, saved: Option<bool>) -> bool {
    saved.unwrap_or(engine.ready_connection().is_some())
}

/// `settings.exports_on`
pub(crate) async fn set_exports_on(engine: &Engine, params: ExportsOn) -> Result<AppState, Fault> {
    if params.on && current_org(engine).await?.is_none() {
        return Err(Fault::not_connected());
    }
    engine
        .write(move |write| Ok(write.set_exports_on(params.on)?))
        .await?;
    let state = app_state(engine).await?;
    engine.emit_state().await;
    Ok(state)
}
