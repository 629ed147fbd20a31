//! Owner of new records: the Salesforce user of the operator, or of the person for whom it is exported.

use model::{Act, CompiledMapping, OrgUser, RunOwner, TargetDescribe, TargetObject};
use salesforce::Client;
use store::{FoundBy, OrgRow, PersonRow};

use super::basis::Basis;
use crate::Engine;
use crate::connect::{Exporter, note_fault};
use crate::fault::{Code, Fault};
use crate::role;
use crate::user_mapping::{Found, find, keep, org_users, owner_sentence};

/// API name of the field.
pub(crate) const OWNER_FIELD: &str = "OwnerId";
const OWNER_BY_MAPPING: &str = "The mapping itself gives new records their owner.";

/// Who owns a run's new records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Owner {
    /// `None` leaves the connected user.
    pub user: Option<RunOwner>,
    /// Who and why, in one sentence.
    pub sentence: String,
}

/// For whom a run is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OnBehalf {
    /// Somebody who is known here.
    Person { person: PersonRow, is_operator: bool },
    /// Somebody who is known to the org alone.
    User { user: OrgUser },
}

/// For whom a run is made: the operator, or whoever has `as_email`. That is a person who is known here, else the one active
/// user of the org with this address.
///
/// # Errors
/// When the operator may not export for others, and when nobody or more than one user has the address.
pub(crate) async fn on_behalf(
    engine: &Engine,
    client: &Client,
    as_email: Option<&str>,
) -> Result<OnBehalf, Fault> {
    let email = as_email.map(|email| email.trim().to_owned());
    let known = engine
        .read(move |read| {
            let operator = read.operator()?;
            let Some(email) = email else {
                return Ok(operator.map(|person| (person, true)));
            };
            let person = read.person_by_email(&email)?;
            let is_operator = person.is_some() && person == operator;
            if !is_operator {
                role::require_in(read, Act::ExportForOthers)?;
            }
            Ok(person.map(|person| (person, is_operator)))
        })
        .await?;
    match (known, as_email) {
        (Some((person, is_operator)), _) => Ok(OnBehalf::Person { person, is_operator }),
        (None, Some(email)) => user_with_email(engine, client, email.trim()).await,
        (None, None) => Err(role::no_operator()),
    }
}

async fn user_with_email(engine: &Engine, client: &Client, email: &str) -> Result<OnBehalf, Fault> {
    let refuse = |sentence: String| Err(Fault::new(Code::NotFound, sentence).at_field("as_email"));
    if email.is_empty() {
        return refuse("The e-mail address of the person is missing.".to_owned());
    }
    let users = match client.users_like(None, Some(email), None).await {
        Ok(users) => org_users(users),
        Err(error) => return Err(note_fault(engine, error.into()).await),
    };
    let mut active = users.into_iter().filter(|user| user.active);
    match (active.next(), active.count()) {
        (Some(user), 0) => Ok(OnBehalf::User { user }),
        (Some(_), more) => refuse(format!(
            "{} active Salesforce users have the e-mail address {email}, so it does not say whose export this is. Give one of \
             them an address of their own in Setup, under Users.",
            more + 1
        )),
        (None, _) => refuse(format!(
            "Nobody here and no active Salesforce user has the e-mail address {email}. Check the address, or give the user in \
             Setup, under Users, this address."
        )),
    }
}

/// Why the owner is, or is not, written by the app.
pub(crate) fn owner_field(describe: &TargetDescribe, mapping: &CompiledMapping) -> Result<(), String> {
    let label = describe.object.plural_label();
    if gives_owner(mapping) {
        return Err(OWNER_BY_MAPPING.to_owned());
    }
    if describe.field(OWNER_FIELD).is_some_and(|field| field.createable) {
        Ok(())
    } else {
        Err(format!(
            "New records belong to the connected user, who may not set the owner of {label}."
        ))
    }
}

/// Who owns new records of an export. Whoever exports with a user of their own owns them by that.
pub(super) async fn of_export(
    engine: &Engine,
    exporter: &Exporter,
    basis: &Basis,
    as_email: Option<&str>,
) -> Result<Owner, Fault> {
    let Exporter { client, org, is_own } = exporter;
    let on_behalf = on_behalf(engine, client, as_email).await?;
    if *is_own {
        refuse_others(&on_behalf)?;
        return Ok(own_user(org, &basis.mapping));
    }
    let field = owner_field(&basis.describe, &basis.mapping);
    resolve(engine, client, org, &on_behalf, field).await
}

/// Nobody exports for somebody else where everybody has a user of their own.
fn refuse_others(on_behalf: &OnBehalf) -> Result<(), Fault> {
    let name = match on_behalf {
        OnBehalf::Person {
            is_operator: true, ..
        } => return Ok(()),
        OnBehalf::Person { person, .. } => &person.name,
        OnBehalf::User { user } => &user.name,
    };
    Err(Fault::new(
        Code::Refused,
        format!(
            "Everybody exports with a Salesforce user of their own here, so nobody exports for {name}. Let {name} export it, or \
             let an admin choose the service account in General Settings."
        ),
    )
    .at_field("as_email"))
}

/// Salesforce gives new records to whoever creates them.
fn own_user(org: &OrgRow, mapping: &CompiledMapping) -> Owner {
    let sentence = if gives_owner(mapping) {
        OWNER_BY_MAPPING.to_owned()
    } else {
        format!(
            "New records belong to {}, your own Salesforce user.",
            org.user_name
        )
    };
    Owner { user: None, sentence }
}

fn gives_owner(mapping: &CompiledMapping) -> bool {
    mapping
        .targets()
        .any(|(target, _)| target.eq_ignore_ascii_case(OWNER_FIELD))
}

/// Who owns new records of a run; a mapping that was found is kept.
pub(crate) async fn resolve(
    engine: &Engine,
    client: &Client,
    org: &OrgRow,
    on_behalf: &OnBehalf,
    field: Result<(), String>,
) -> Result<Owner, Fault> {
    if let Err(sentence) = field {
        return Ok(Owner { user: None, sentence });
    }
    let (found, sentence) = match on_behalf {
        OnBehalf::User { user } => (
            Found::User {
                user: user.clone(),
                by: FoundBy::Email,
            },
            format!(
                "New records belong to {}, the Salesforce user with the e-mail address {}.",
                user.name,
                user.email.as_deref().unwrap_or_default()
            ),
        ),
        OnBehalf::Person { person, is_operator } => {
            let found = find(engine, client, org, person).await?;
            keep(engine, &org.org_id, person, &found).await?;
            let sentence = owner_sentence(person, *is_operator, &found, &org.user_name);
            (found, sentence)
        }
    };
    let user = match found {
        Found::User { user, .. } => Some(RunOwner {
            user_id: user.user_id,
            name: user.name,
        }),
        _ => None,
    };
    Ok(Owner { user, sentence })
}

/// The sentence for the page where an export is chosen: what the plan will say, as far as it is known. Nothing is kept.
pub(super) async fn foreseen(
    engine: &Engine,
    exporter: &Exporter,
    object: TargetObject,
) -> Result<String, Fault> {
    let Exporter { client, org, is_own } = exporter;
    let (own, own_org) = (*is_own, org.clone());
    let told = engine
        .read(move |read| {
            let saved = read.mapping(object)?.zip(read.describe(object)?);
            let mapping = saved.map(|(saved, described)| {
                let mapping = CompiledMapping::of_sound_rows(&saved.mapping, &described);
                (mapping, described)
            });
            Ok(match mapping {
                Some((mapping, _)) if own => Err(own_user(&own_org, &mapping).sentence),
                Some((mapping, described)) => owner_field(&described, &mapping),
                None => Ok(()),
            })
        })
        .await?;
    if let Err(sentence) = told {
        return Ok(sentence);
    }
    match on_behalf(engine, client, None).await? {
        OnBehalf::Person { person, is_operator } => {
            let found = find(engine, client, org, &person).await?;
            Ok(owner_sentence(&person, is_operator, &found, &org.user_name))
        }
        OnBehalf::User { user } => Ok(user.name),
    }
}
