//! Brings a kept plan up to date: what it rests on, and what changed in the org since it was made.
//!
//! A plan whose mapping, fields or owner changed is made anew as a whole. Of one that only the org's records moved away
//! from, the lines that these concern are decided again, with the answers that they have.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use model::text::grouped;
use model::{RunKind, RunOwner, RunState};
use salesforce::Client;
use salesforce::soql::Literal;
use store::{LineAnswerRow, RunRow};

use super::basis::Basis;
use super::duplicates::{self, Searched};
use super::plan::Planning;
use super::preflight::{Edits, checked, chosen_again, refuse};
use super::replanning::{Affected, replan};
use super::{campaigns, companies, owner, rules, totals};
use crate::Engine;
use crate::connect::{Exporter, exporter_for, note_fault, note_usage, require_org};
use crate::contract::runs::{RunHandle, RunView};
use crate::fault::{Code, Fault};
use crate::run_view::{self, require_run};
use crate::sending::emit_run;

/// A plan older than this is brought up to date before it is sent.
const FRESH: SignedDuration = SignedDuration::from_mins(5);
/// Records are committed late with an earlier stamp, so that a look back overlaps the one before.
const OVERLAP: SignedDuration = SignedDuration::from_mins(15);
/// When more records changed, the plan is made anew: that costs less.
const MOST_CHANGED_RECORDS: u64 = 20_000;

/// `runs.refresh`
pub(crate) async fn refresh(engine: &Engine, params: RunHandle) -> Result<RunView, Fault> {
    let run = planned(engine, params.run).await?;
    bring_up_to_date(engine, run).await?;
    run_view::view(engine, params.run).await
}

/// Before a plan is sent: preflight once more, and a look at the org when the plan is old or its mapping changed. Says
/// whether something was planned again, so that somebody has to look first.
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
    let is_fresh = run
        .findings
        .checked_at
        .parse::<Timestamp>()
        .is_ok_and(|checked| Timestamp::now().duration_since(checked) < FRESH);
    if is_fresh && version == Some(run.mapping_version) && has_what_it_names(engine, run).await? {
        return Ok(false);
    }
    bring_up_to_date(engine, run.clone()).await
}

/// Whether new records can still get their owner. A campaign or an assignment rule that is gone is refused. They concern every
/// record, so they are asked for however fresh the plan is.
async fn has_what_it_names(engine: &Engine, run: &RunRow) -> Result<bool, Fault> {
    let Exporter { client, org, .. } = exporter_for(engine, run.person_id).await?;
    let creates = run.plan.create_records + run.plan.create_account_records > 0;
    // Whoever is connected is active.
    let owner = run.options.owner.as_ref();
    let owner = owner.filter(|owner| creates && owner.user_id.get(..15) != org.user_id.get(..15));
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
async fn bring_up_to_date(engine: &Engine, run: RunRow) -> Result<bool, Fault> {
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
    match look(engine, &client, run).await {
        Ok(replanned) => {
            note_usage(engine, &client).await?;
            Ok(replanned)
        }
        Err(fault) => Err(note_fault(engine, fault).await),
    }
}

async fn look(engine: &Engine, client: &Client, mut run: RunRow) -> Result<bool, Fault> {
    let of_run = run.clone();
    let chosen = engine.read(move |read| chosen_again(read, &of_run)).await?;
    let basis = Basis::fetch(engine, client, &chosen).await?;
    campaigns::check(engine, client, run.object, chosen.campaign.as_ref()).await?;
    check_rule(engine, client, &run).await?;
    let searched = duplicates::searched(engine, client, &basis).await?;
    if let Some(why) = changed_basis(engine, client, &mut run, &basis).await? {
        make_anew(engine, client, run, basis, searched, chosen.edits, &why).await?;
        return Ok(true);
    }
    let since = run
        .findings
        .checked_at
        .parse::<Timestamp>()
        .ok()
        .and_then(|checked| checked.checked_sub(OVERLAP).ok());
    let Some(since) = since else {
        let why = "Nobody knows when the org was asked last, so every record was planned again.";
        make_anew(engine, client, run, basis, searched, chosen.edits, why).await?;
        return Ok(true);
    };
    let condition = format!("SystemModstamp >= {}", Literal::DateTime(since).to_soql());
    let mut changed = 0;
    for searched in &searched {
        let query = format!(
            "SELECT COUNT() FROM {}{}",
            searched.object.api_name(),
            searched.narrowed(Some(&condition))
        );
        changed += client.query(&query).await?.total_size;
    }
    if changed > MOST_CHANGED_RECORDS {
        let why = format!(
            "{} records of the org changed since, so every record was planned again.",
            grouped(changed)
        );
        make_anew(engine, client, run, basis, searched, chosen.edits, &why).await?;
        return Ok(true);
    }
    let mut planning = Planning::again(engine, client.clone(), run.clone(), basis, searched, chosen.edits)?;
    let checked_at = planning.org_time();
    let affected = affected(&mut planning, &condition, changed > 0).await?;
    let replanned_lines = replan(&planning, affected).await?;
    if replanned_lines > 0 {
        // Contacts that are new again may be of companies that nobody looked for.
        companies::associate(&mut planning).await?;
    }
    let mut findings = run.findings.clone();
    findings.checked_at = checked_at;
    findings.replanned_sentence = match replanned_lines {
        0 => String::new(),
        lines => format!(
            "{} planned again, because Salesforce changed since.",
            if lines == 1 {
                "1 record was".to_owned()
            } else {
                format!("{} records were", grouped(lines))
            }
        ),
    };
    engine
        .write(move |write| totals::settle(write, run.run_id, run.object, &run.options, findings))
        .await?;
    Ok(replanned_lines > 0)
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
    let Some(before) = run.options.owner.clone() else {
        return Ok(None);
    };
    if is_active(client, &before).await? {
        return Ok(None);
    }
    let org = require_org(engine).await?;
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
async fn affected(planning: &mut Planning, condition: &str, any_changed: bool) -> Result<Affected, Fault> {
    let mut affected = Affected::default();
    let searched = planning.searched.clone();
    for searched in searched.iter() {
        let deleted = format!(
            "SELECT Id FROM {} WHERE IsDeleted = true AND {condition}",
            searched.object.api_name()
        );
        let page = planning.client.query_with_deleted(&deleted).await?;
        let mut next = page.next_records_url.clone();
        affected
            .add_records(planning, searched, &page.records, false)
            .await?;
        while let Some(address) = next {
            let page = planning.client.query_more(&address).await?;
            affected
                .add_records(planning, searched, &page.records, false)
                .await?;
            next = page.next_records_url;
        }
    }
    if !any_changed {
        return Ok(affected);
    }
    super::replanning::index_lines(planning).await?;
    for searched in searched.iter() {
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

/// Makes the whole plan anew; answers stay where their question does.
async fn make_anew(
    engine: &Engine,
    client: &Client,
    run: RunRow,
    basis: Arc<Basis>,
    searched: Vec<Searched>,
    edits: Edits,
    why: &str,
) -> Result<(), Fault> {
    let run_id = run.run_id;
    let mut planning = Planning::again(engine, client.clone(), run, basis, searched, edits)?;
    let renewed = (
        planning.options.clone(),
        planning.columns.clone(),
        planning.basis.version,
    );
    let (answers, of_companies): (Vec<LineAnswerRow>, _) = engine
        .write(move |write| {
            let answers = (write.line_answers(run_id)?, write.company_answers(run_id)?);
            let (options, columns, version) = renewed;
            write.begin_plan_anew(run_id, &options, &columns, version)?;
            Ok(answers)
        })
        .await?;
    planning.findings.replanned_sentence = why.to_owned();
    // Whoever looks at the run sees that it is planned, and can stop that.
    emit_run(engine, run_id).await;
    if let Err(fault) = planning.work().await {
        let sentence = format!(
            "The plan had to be made anew, and that failed. {}",
            fault.sentence
        );
        engine
            .write(move |write| {
                if write.run(run_id)?.is_some() {
                    write.remove_plan(run_id)?;
                    write.recount(run_id)?;
                    write.set_run_state(run_id, RunState::Failed, &sentence)?;
                    write.set_run_finished(run_id, &store::now())?;
                }
                Ok(())
            })
            .await?;
        emit_run(engine, run_id).await;
        return Err(fault);
    }
    drop(planning);
    engine
        .write(move |write| {
            companies::answer_again(write, run_id, of_companies)?;
            super::answers::answer_again(write, run_id, &answers)
        })
        .await?;
    emit_run(engine, run_id).await;
    Ok(())
}
