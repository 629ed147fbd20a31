//! Brings a kept plan up to date: what it rests on, and what changed in the org since it was made.
//!
//! A plan whose mapping, fields or owner changed is made anew as a whole. Of one that only the org's records moved away
//! from, the lines and companies that these concern are decided again, with the answers that they have.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use model::text::grouped;
use model::{Findings, RunKind, RunOwner, RunState};
use salesforce::soql::Literal;
use salesforce::{Client, QueryPage};
use store::RunRow;

use super::basis::Basis;
use super::companies::{AccountChanges, KnownAccounts};
use super::duplicates::{self, Searched};
use super::look_cost::asks_for_owner;
use super::plan::Planning;
use super::preflight::{checked, chosen_again, refuse};
use super::replanning::{Affected, replan};
use super::{anew, campaigns, companies, owner, rules, totals};
use crate::Engine;
use crate::connect::{Exporter, exporter_for, note_fault, note_usage, require_org};
use crate::contract::runs::{RunHandle, RunView};
use crate::fault::{Code, Fault};
use crate::look_back::{changes_from, newest_changes_from};
use crate::run_view::{self, require_run};

/// The fields of a plan older than this are looked at before it is sent: a field that is gone makes Salesforce refuse every record.
/// What became of records always is.
const FRESH: SignedDuration = SignedDuration::from_secs(30);
/// When more records changed, the plan is made anew: that costs less.
const MOST_CHANGED_RECORDS: u64 = 20_000;

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// The mapping, the fields, the owner and the records.
    Everything,
    /// The records.
    Records,
}

/// `runs.refresh`
pub(crate) async fn refresh(engine: &Engine, params: RunHandle) -> Result<RunView, Fault> {
    super::plan::remove_given_up(engine.store())?;
    let run = planned(engine, params.run).await?;
    bring_up_to_date(engine, run, Look::Everything).await?;
    run_view::view(engine, params.run).await
}

/// Before a plan is sent: preflight once more and a look at what became of the org's records; at its fields, too, when the plan
/// is old or its mapping changed. Says whether something was planned again, so that somebody has to look first.
pub(crate) async fn before_sending(engine: &Engine, run: &RunRow) -> Result<bool, Fault> {
    if run.kind != RunKind::Export {
        return Ok(false);
    }
    let of_run = run.clone();
    let (chosen, version) = engine
        .read(move |read| {
            let version = read.mapping(of_run.object)?.map(|saved| saved.version);
            Ok((chosen_again(read, &of_run)?, version))
        })
        .await?;
    let chosen = super::preflight::Chosen {
        records: run.total_records,
        ..chosen
    };
    refuse(checked(engine, &chosen, Vec::new(), Some(run.estimated_api_calls)).await?)?;
    let client = exporter_for(engine, run.person_id).await?.client;
    let before = client.calls();
    let replanned = look(engine, run, version).await?;
    if !replanned {
        // A look that lets the run go is a part of sending it, and its plan counted it.
        let calls = u32::try_from(client.calls().saturating_sub(before)).unwrap_or(u32::MAX);
        let run_id = run.run_id;
        engine
            .write(move |write| Ok(write.add_api_calls(run_id, calls)?))
            .await?;
    }
    Ok(replanned)
}

/// Looks at as much as the plan's age asks for, by the mapping's version as it is now. Says whether something was planned again.
async fn look(engine: &Engine, run: &RunRow, version: Option<u32>) -> Result<bool, Fault> {
    let is_fresh = run
        .findings
        .checked_at
        .parse::<Timestamp>()
        .is_ok_and(|checked| Timestamp::now().duration_since(checked) < FRESH);
    let holds = is_fresh && version == Some(run.mapping_version) && has_what_it_names(engine, run).await?;
    let look = if holds { Look::Records } else { Look::Everything };
    bring_up_to_date(engine, run.clone(), look).await
}

/// Whether new records can still get their owner. A campaign or an assignment rule that is gone is refused. They concern every
/// record, so they are asked for however fresh the plan is.
async fn has_what_it_names(engine: &Engine, run: &RunRow) -> Result<bool, Fault> {
    let Exporter { client, org, .. } = exporter_for(engine, run.person_id).await?;
    let owner = run.options.owner.as_ref();
    let owner = owner.filter(|owner| asks_for_owner(&owner.user_id, &org.user_id, &run.plan));
    campaigns::check(engine, &client, run.object, run.options.campaign.as_ref()).await?;
    check_rule(engine, &client, run).await?;
    match owner {
        None => Ok(true),
        Some(owner) => match is_active(&client, owner).await {
            Ok(is_active) => Ok(is_active),
            Err(error) => Err(note_fault(engine, error.into()).await),
        },
    }
}

/// The assignment rule of a plan that creates leads by Bulk API.
async fn check_rule(engine: &Engine, client: &Client, run: &RunRow) -> Result<(), Fault> {
    let rule = run.options.bulk_assignment_rule.as_ref();
    let rule = rule.filter(|_| run.plan.create_records > 0);
    rules::check_chosen(engine, client, run.object, run.plan.sent_records(), rule).await
}

async fn is_active(client: &Client, owner: &RunOwner) -> Result<bool, salesforce::Error> {
    let users = client.users_like(Some(&owner.user_id), None, None).await?;
    Ok(users.iter().any(|user| user.is_active))
}

async fn planned(engine: &Engine, run_id: i64) -> Result<RunRow, Fault> {
    let run = engine.read(move |read| require_run(read, run_id)).await?;
    if run.kind != RunKind::Export || run.state != RunState::Planned {
        return Err(Fault::new(
            Code::WrongState,
            "Only a plan that waits to be sent is brought up to date. Plan the export again instead.",
        ));
    }
    Ok(run)
}

/// Says whether something was planned again.
async fn bring_up_to_date(engine: &Engine, run: RunRow, look: Look) -> Result<bool, Fault> {
    let Exporter { client, org, .. } = exporter_for(engine, run.person_id).await?;
    if org.org_id != run.org_id {
        return Err(Fault::new(
            Code::WrongState,
            format!(
                "This plan is for {}, but {} is connected. Connect {} again.",
                run.org_name, org.name, run.org_name
            ),
        ));
    }
    let looked = match look {
        Look::Everything => look_at_everything(engine, &client, run).await,
        Look::Records => {
            let of_run = run.clone();
            let looked = match engine.read(move |read| Basis::stored(read, &of_run)).await {
                Ok(basis) => look_at_records(engine, &client, run.clone(), basis).await,
                Err(fault) => Err(fault),
            };
            match looked {
                // What the workspace knows of the org's fields is not of this plan, or Salesforce refused to be asked by it,
                // because a field is gone: the org is asked for all of them.
                Err(fault) if matches!(fault.code, Code::WrongState | Code::Salesforce) => {
                    look_at_everything(engine, &client, run).await
                }
                looked => looked,
            }
        }
    };
    match looked {
        Ok(replanned) => {
            note_usage(engine, &client).await?;
            Ok(replanned)
        }
        Err(fault) => Err(note_fault(engine, fault).await),
    }
}

async fn look_at_everything(engine: &Engine, client: &Client, mut run: RunRow) -> Result<bool, Fault> {
    let of_run = run.clone();
    let chosen = engine.read(move |read| chosen_again(read, &of_run)).await?;
    let basis = Basis::fetch(engine, client, &chosen).await?;
    campaigns::check(engine, client, run.object, chosen.campaign.as_ref()).await?;
    check_rule(engine, client, &run).await?;
    let searched = duplicates::searched(engine, client, &basis).await?;
    let outdated = changed_basis(engine, client, &mut run, &basis).await?;
    let plan = Kept {
        engine,
        client,
        run,
        basis,
        searched,
    };
    if let Some(why) = outdated {
        return plan.make_anew(&why).await;
    }
    let Some(since) = changes_from(&plan.run.findings.checked_at) else {
        return plan
            .make_anew("Nobody knows when the org was asked last, so every record was planned again.")
            .await;
    };
    let changes = plan.changes(since).await?;
    if changes.changed_records > MOST_CHANGED_RECORDS {
        let why = format!(
            "{} records of the org changed since, so every record was planned again.",
            grouped(changes.changed_records)
        );
        return plan.make_anew(&why).await;
    }
    plan.plan_again(changes, Look::Everything).await
}

async fn look_at_records(
    engine: &Engine,
    client: &Client,
    run: RunRow,
    basis: Arc<Basis>,
) -> Result<bool, Fault> {
    let searched = duplicates::searched(engine, client, &basis).await?;
    let plan = Kept {
        engine,
        client,
        run,
        basis,
        searched,
    };
    let Some(since) = newest_changes_from(&plan.run.findings.checked_at) else {
        return Ok(false);
    };
    let changes = plan.changes(since).await?;
    if changes.are_none() {
        return Ok(false);
    }
    plan.plan_again(changes, Look::Records).await
}

/// A kept plan with what it rests on.
struct Kept<'a> {
    engine: &'a Engine,
    client: &'a Client,
    run: RunRow,
    basis: Arc<Basis>,
    searched: Vec<Searched>,
}

/// What the org did to records since a plan.
struct Changes {
    /// `SystemModstamp >= …`
    condition: String,
    /// Records that were changed or added.
    changed_records: u64,
    /// Of people or companies, by the object that is searched: whether any was changed, and the first page of the deleted ones.
    of_objects: Vec<(bool, QueryPage)>,
    /// The same of the accounts that contacts get.
    of_accounts: Option<(KnownAccounts, bool, QueryPage)>,
}

impl Changes {
    fn are_none(&self) -> bool {
        let of_accounts = self.of_accounts.iter().map(|(_, _, deleted)| deleted);
        let mut deleted = self
            .of_objects
            .iter()
            .map(|(_, deleted)| deleted)
            .chain(of_accounts);
        self.changed_records == 0 && deleted.all(|page| page.records.is_empty())
    }
}

impl Kept<'_> {
    async fn make_anew(self, why: &str) -> Result<bool, Fault> {
        anew::make(self.engine, self.client, self.run, self.basis, self.searched, why).await?;
        Ok(true)
    }

    /// Asks two cheap questions of each object: how many records changed since, and which were deleted.
    async fn changes(&self, since: Timestamp) -> Result<Changes, Fault> {
        let condition = format!("SystemModstamp >= {}", Literal::DateTime(since).to_soql());
        let mut changes = Changes {
            condition,
            changed_records: 0,
            of_objects: Vec::new(),
            of_accounts: None,
        };
        for searched in &self.searched {
            let (records, deleted) = self.changes_of(searched, &changes.condition).await?;
            changes.changed_records += records;
            changes.of_objects.push((records > 0, deleted));
        }
        let accounts = KnownAccounts::of_run(self.engine, self.client, &self.run, &self.basis).await?;
        if let Some(accounts) = accounts {
            let (records, deleted) = self.changes_of(&accounts.searched, &changes.condition).await?;
            changes.changed_records += records;
            changes.of_accounts = Some((accounts, records > 0, deleted));
        }
        Ok(changes)
    }

    async fn changes_of(&self, searched: &Searched, condition: &str) -> Result<(u64, QueryPage), Fault> {
        let object = searched.object.api_name();
        let count = format!(
            "SELECT COUNT() FROM {object}{}",
            searched.narrowed(Some(condition))
        );
        let changed = self.client.query(&count).await?.total_size;
        let deleted = format!("SELECT Id FROM {object} WHERE IsDeleted = true AND {condition}");
        Ok((changed, self.client.query_with_deleted(&deleted).await?))
    }

    /// Decides again what the changes concern; says whether anything came out otherwise.
    async fn plan_again(self, changes: Changes, look: Look) -> Result<bool, Fault> {
        let Self {
            engine,
            client,
            run,
            basis,
            searched,
        } = self;
        let run_id = run.run_id;
        let edits = engine.read(move |read| Ok(read.edits(run_id)?)).await?;
        let mut planning = Planning::again(engine, client.clone(), run.clone(), basis, searched, edits)?;
        let checked_at = planning.org_time();
        let replanned = decide_again(&mut planning, changes).await;
        let mut findings = run.findings.clone();
        let (sentence, is_replanned) = match &replanned {
            Ok((lines, companies)) => {
                findings.checked_at = checked_at;
                (told(*lines, *companies), lines + companies > 0)
            }
            // What was decided until then is counted, and the rest is asked for the next time.
            Err(_) => (findings.replanned_sentence.clone(), false),
        };
        if look == Look::Everything || is_replanned || replanned.is_err() {
            findings.replanned_sentence = sentence;
            settle(engine, &run, findings).await?;
        }
        replanned?;
        Ok(is_replanned)
    }
}

async fn settle(engine: &Engine, run: &RunRow, findings: Findings) -> Result<(), Fault> {
    let (run_id, object, options) = (run.run_id, run.object, run.options.clone());
    engine
        .write(move |write| totals::settle(write, run_id, object, &options, findings))
        .await
}

/// Decides companies and lines again; returns how many of each came out otherwise than before.
async fn decide_again(planning: &mut Planning, changes: Changes) -> Result<(u64, u64), Fault> {
    let condition = changes.condition.as_str();
    let mut replanned_companies = 0;
    if let Some((accounts, any_changed, deleted)) = changes.of_accounts {
        let changes = AccountChanges {
            condition,
            any_changed,
            deleted,
        };
        replanned_companies = companies::look_again(planning, &accounts, changes).await?;
    }
    let affected = affected(planning, condition, changes.of_objects).await?;
    let replanned_lines = replan(planning, affected).await?;
    if replanned_lines > 0 {
        // Contacts that are new again may be of companies that nobody looked for.
        companies::associate(planning).await?;
    }
    Ok((replanned_lines, replanned_companies))
}

/// What was planned again, in words; empty when nothing was.
fn told(lines: u64, companies: u64) -> String {
    let mut told = Vec::new();
    match lines {
        0 => {}
        1 => told.push("1 record was planned again, because Salesforce changed since.".to_owned()),
        lines => told.push(format!(
            "{} records were planned again, because Salesforce changed since.",
            grouped(lines)
        )),
    }
    match companies {
        0 => {}
        1 => told.push("The accounts of 1 company changed in Salesforce since.".to_owned()),
        companies => told.push(format!(
            "The accounts of {} companies changed in Salesforce since.",
            grouped(companies)
        )),
    }
    told.join(" ")
}

/// Why the whole plan does not hold any more; `None` when it does. A new owner is put into the run's options.
async fn changed_basis(
    engine: &Engine,
    client: &Client,
    run: &mut RunRow,
    basis: &Basis,
) -> Result<Option<String>, Fault> {
    if basis.version != run.mapping_version {
        return Ok(Some(format!(
            "The mapping was saved as version {} since, so every record was planned again.",
            basis.version
        )));
    }
    if basis.digest() != run.findings.fields_digest {
        return Ok(Some(
            "Mapped fields were changed in the org since, so every record was planned again.".to_owned(),
        ));
    }
    let org = require_org(engine).await?;
    let owner = run.options.owner.clone();
    let owner = owner.filter(|owner| asks_for_owner(&owner.user_id, &org.user_id, &run.plan));
    let Some(before) = owner else {
        return Ok(None);
    };
    if is_active(client, &before).await? {
        return Ok(None);
    }
    let on_behalf = owner::on_behalf(engine, client, run.options.as_email.as_deref()).await?;
    let field = owner::owner_field(&basis.describe, &basis.mapping);
    let owner = owner::resolve(engine, client, &org, &on_behalf, field).await?;
    // The same user again would be refused record by record.
    run.options.owner = owner.user.filter(|user| user.user_id != before.user_id);
    run.findings.owner_sentence = if run.options.owner.is_none() {
        format!("New records belong to {}, the connected user.", org.user_name)
    } else {
        owner.sentence
    };
    Ok(Some(format!(
        "{} was deactivated in Salesforce since, so new records get another owner: every record was planned again.",
        before.name
    )))
}

/// Lines that changed and deleted records concern.
async fn affected(
    planning: &mut Planning,
    condition: &str,
    of_objects: Vec<(bool, QueryPage)>,
) -> Result<Affected, Fault> {
    let mut affected = Affected::default();
    let searched = planning.searched.clone();
    let mut changed = Vec::new();
    for (searched, (any_changed, deleted)) in searched.iter().zip(of_objects) {
        if any_changed {
            changed.push(searched);
        }
        let mut next = Some(deleted);
        while let Some(page) = next {
            affected
                .add_records(planning, searched, &page.records, false)
                .await?;
            next = match page.next_records_url {
                Some(address) => Some(planning.client.query_more(&address).await?),
                None => None,
            };
        }
    }
    if changed.is_empty() {
        return Ok(affected);
    }
    super::replanning::index_lines(planning).await?;
    for searched in changed {
        let query = format!(
            "SELECT {} FROM {} WHERE {condition}",
            searched.selected(),
            searched.object.api_name()
        );
        let mut pages = planning.client.pages(query);
        while let Some(page) = pages.next().await? {
            affected
                .add_records(planning, searched, &page.records, true)
                .await?;
        }
    }
    Ok(affected)
}
