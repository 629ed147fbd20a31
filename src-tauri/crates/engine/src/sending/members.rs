//! Memberships of a campaign: an export adds them once its records are there, an undo takes away those that it added.

use std::collections::HashMap;

use model::{Api, JobState, LineAction, RunKind, TargetObject};
use salesforce::{
    CollectionOptions, Error, IngestCell, JobInfo, Record, ResultRow, ResultSet, RowOutcome, soql,
};
use serde_json::{Value, json};
use store::{JobLines, JobRow, MemberRow, MemberState, NewJob, StoreError, Write};

use super::kept_results::{KeptResults, UnreadResults};
use super::outcome::{DELETED_CODE, MOST_ATTEMPTS, is_passing};
use super::upload::{ID_COLUMN, Upload, Writer};
use super::{Pass, Stop, bulk, bulk_results, job_files, lookup, recovery, rest};
use crate::fault::{Code, Fault};
use crate::records_by_id::LONGEST_LIST_BYTES;

/// API name.
const OBJECT: &str = "CampaignMember";
const CAMPAIGN_COLUMN: &str = "CampaignId";
const STATUS_COLUMN: &str = "Status";
/// What became of memberships that were refused as a whole.
const REFUSED_CODE: &str = "members_refused";
/// What Salesforce answers when a person is a member already.
const KNOWN_CODE: &str = "DUPLICATE_VALUE";

/// What of a membership was written or is to be.
struct Sent {
    member: MemberRow,
    person_id: String,
}

/// Adds or takes away what is planned.
pub(super) async fn run(pass: &Pass<'_>) -> Result<(), Stop> {
    let run_id = pass.run.run_id;
    for round in 1..=MOST_ATTEMPTS {
        let planned = planned(pass).await?;
        if planned == 0 || pass.cancel.is_cancelled() {
            break;
        }
        if round > 1 {
            tokio::time::sleep(pass.engine.pace().retry.pause(round - 1)).await;
        }
        let sent = match Api::for_records(u64::from(planned)) {
            Api::Rest => send_some(pass).await,
            Api::Bulk => send_all(pass).await,
        };
        match sent {
            Err(Stop::Failed(fault)) => end_refused(pass, fault).await?,
            // Records are not kept waiting for a right that concerns their memberships alone.
            Err(Stop::Waiting(fault)) if fault.code == Code::PermissionMissing => {
                end_refused(pass, fault).await?;
            }
            sent => sent?,
        }
    }
    if pass.cancel.is_cancelled() {
        return Ok(());
    }
    let sentence =
        "Its record was not exported, or others kept it locked, so the membership was not written.";
    pass.engine
        .write(move |write| Ok(write.end_planned_members(run_id, "not_written", sentence)?))
        .await?;
    Ok(())
}

/// Whether a job writes memberships.
pub(super) fn is_of(job: &JobRow) -> bool {
    job.object == OBJECT
}

/// How many can be written now.
async fn planned(pass: &Pass<'_>) -> Result<u32, Fault> {
    let (run_id, of_undo) = (pass.run.run_id, pass.run.kind == RunKind::Undo);
    pass.engine
        .read(move |read| Ok(read.count_ready_members(run_id, of_undo)?))
        .await
}

/// Journals a job of up to so many memberships.
fn intend(
    write: &Write<'_>,
    run_id: i64,
    of_undo: bool,
    api: Api,
    columns: Option<Vec<String>>,
    intended_at: String,
    limit: u32,
) -> Result<JobRow, Fault> {
    let members = write.send_members(run_id, of_undo, limit)?;
    let new = NewJob {
        api,
        action: if of_undo {
            LineAction::Delete
        } else {
            LineAction::Create
        },
        object: OBJECT.to_owned(),
        columns,
        intended_at,
    };
    Ok(write.intend_job(run_id, new, &JobLines::Members(members))?)
}

/// By one Collections call.
async fn send_some(pass: &Pass<'_>) -> Result<(), Stop> {
    let (run_id, of_undo, intended_at) = (pass.run.run_id, pass.run.kind == RunKind::Undo, pass.org_now());
    let (job, sent) = pass
        .engine
        .write(move |write| {
            let job = intend(
                write,
                run_id,
                of_undo,
                Api::Rest,
                None,
                intended_at,
                rest::MOST_RECORDS,
            )?;
            let sent = write.sent_members(run_id, 0, rest::MOST_RECORDS)?;
            Ok((job, sent))
        })
        .await?;
    let sent: Vec<Sent> = sent
        .into_iter()
        .map(|(member, person_id)| Sent { member, person_id })
        .collect();
    let answer = if of_undo {
        let ids: Vec<String> = sent
            .iter()
            .filter_map(|sent| sent.member.member_id.clone())
            .collect();
        pass.client.delete_many(&ids, false).await
    } else {
        let records = sent
            .iter()
            .map(|sent| record(pass, &sent.person_id))
            .collect::<Result<Vec<_>, _>>()?;
        pass.client
            .create_many(OBJECT, &records, &CollectionOptions::default())
            .await
    };
    match answer {
        Ok(outcomes) => {
            let number = job.job_number;
            pass.engine
                .write(move |write| {
                    for (sent, outcome) in sent.into_iter().zip(outcomes) {
                        let member = match outcome {
                            RowOutcome::Saved { id, .. } => written(sent.member, of_undo, Some(id)),
                            RowOutcome::Refused { errors } => {
                                let (code, message) = errors
                                    .first()
                                    .map_or(("UNKNOWN", "Salesforce gave no reason."), |error| {
                                        (&error.code, &error.message)
                                    });
                                refused(sent.member, of_undo, code, message)
                            }
                        };
                        write.set_member(run_id, &member)?;
                    }
                    Ok(write.set_job_state(run_id, number, JobState::Complete)?)
                })
                .await?;
            pass.progress.tell().await;
            Ok(())
        }
        Err(error) if error.may_have_acted() => recovery::settle(pass, job).await,
        Err(error) => {
            let number = job.job_number;
            pass.engine
                .write(move |write| {
                    write.unsend_members(run_id)?;
                    Ok(write.set_job_state(run_id, number, JobState::Aborted)?)
                })
                .await?;
            Err(error.into())
        }
    }
}

/// A campaign that takes nobody as things stand, e.g. because its members were hidden from the connected user, ends the
/// memberships and not the run: its records are in Salesforce. While a job is open the run waits, to settle it.
async fn end_refused(pass: &Pass<'_>, fault: Fault) -> Result<(), Stop> {
    let run_id = pass.run.run_id;
    let sentence = format!("Salesforce refused the memberships as a whole. {fault}");
    let is_open = pass
        .engine
        .write(move |write| {
            let is_open = write.open_job(run_id)?.is_some();
            if !is_open {
                write.end_planned_members(run_id, REFUSED_CODE, &sentence)?;
            }
            Ok(is_open)
        })
        .await?;
    if is_open { Err(fault.into()) } else { Ok(()) }
}

/// By one Bulk job.
async fn send_all(pass: &Pass<'_>) -> Result<(), Stop> {
    let (run_id, of_undo, intended_at) = (pass.run.run_id, pass.run.kind == RunKind::Undo, pass.org_now());
    let columns = if of_undo {
        vec![ID_COLUMN.to_owned()]
    } else {
        vec![
            CAMPAIGN_COLUMN.to_owned(),
            person_column(pass.run.object).to_owned(),
            STATUS_COLUMN.to_owned(),
        ]
    };
    let for_job = columns.clone();
    let job = pass
        .engine
        .write(move |write| {
            intend(
                write,
                run_id,
                of_undo,
                Api::Bulk,
                Some(for_job),
                intended_at,
                u32::MAX,
            )
        })
        .await?;
    let upload = write_upload(pass, &columns, &job).await?;
    bulk::send(pass, job, upload, None).await
}

async fn write_upload(pass: &Pass<'_>, columns: &[String], job: &JobRow) -> Result<Upload, Fault> {
    let folder = job_files::folder(pass.engine.store(), job)?;
    let records = job.records;
    let (run, columns) = (pass.run.clone(), columns.to_vec());
    pass.engine
        .read(move |read| {
            let mut writer = Writer::new(&folder, &columns, records)?;
            let mut after = 0;
            loop {
                let members = read.sent_members(run.run_id, after, 1_000)?;
                let Some((last, _)) = members.last() else { break };
                after = last.line;
                for (member, person_id) in &members {
                    if run.kind == RunKind::Undo {
                        let id = member.member_id.as_deref().unwrap_or_default();
                        writer.row(
                            member.line,
                            &bulk_results::key_of_record(id),
                            &[IngestCell::Text(id)],
                        )?;
                    } else if let Some(campaign) = &run.options.campaign {
                        writer.row(
                            member.line,
                            &bulk_results::key_of_record(person_id),
                            &[
                                IngestCell::Text(&campaign.campaign_id),
                                IngestCell::Text(person_id),
                                IngestCell::Text(&campaign.status),
                            ],
                        )?;
                    }
                }
            }
            writer.finish()
        })
        .await
}

/// Settles a Bulk job of memberships.
pub(super) async fn settle_job(pass: &Pass<'_>, job: &JobRow, info: &JobInfo) -> Result<(), Stop> {
    if let Some(damage) = read_results(pass, job, info).await? {
        let anew = KeptResults::given_up(job, &damage);
        if let Some(damage) = read_results(pass, &anew, info).await? {
            return Err(damage.into());
        }
    }
    // Whatever has no answer is looked up, and planned again when it is not there: a second membership cannot come of it.
    settle_open(pass, job).await?;
    if let Some(reason) = info.error_message.clone()
        && info.number_records_processed.unwrap_or_default() == 0
        && !bulk::is_quota(&reason)
    {
        let run_id = pass.run.run_id;
        pass.engine
            .write(move |write| Ok(write.end_planned_members(run_id, "JOB_FAILED", &reason)?))
            .await?;
    }
    Ok(())
}

/// Settles the memberships of all rows; says what made a file unreadable from some row on.
async fn read_results(pass: &Pass<'_>, job: &JobRow, info: &JobInfo) -> Result<Option<Error>, Stop> {
    let Some(results) = KeptResults::of(pass, job, info).await? else {
        return Ok(None);
    };
    for unread in results.unread() {
        let damage = match unread {
            // What was not processed has no answer.
            Ok(unread) if unread.set == ResultSet::Unprocessed => None,
            Ok(unread) => read_file(pass, job, unread).await?,
            Err(damage) => Some(damage),
        };
        if damage.is_some() {
            KeptResults::give_up(pass, job).await?;
            return Ok(damage);
        }
    }
    Ok(None)
}

async fn read_file(pass: &Pass<'_>, job: &JobRow, mut unread: UnreadResults) -> Result<Option<Error>, Stop> {
    let of_undo = job.action == LineAction::Delete;
    let wanted = if of_undo {
        ID_COLUMN
    } else {
        person_column(pass.run.object)
    };
    let columns = unread.rows.columns();
    let place = columns
        .iter()
        .position(|column| column.eq_ignore_ascii_case(wanted));
    loop {
        let job = job.clone();
        let (next_unread, rows, damage) = pass
            .engine
            .write(move |write| {
                let (set, mut rows, mut damage) = (unread.set, 0, None);
                for row in unread.rows.by_ref().take(bulk_results::CHUNK_ROWS) {
                    match row {
                        Ok(row) => settle_row(write, job.run_id, of_undo, set, place, &row)?,
                        Err(error) => {
                            damage = Some(error);
                            break;
                        }
                    }
                    rows += 1;
                }
                unread.note(write, &job)?;
                Ok((unread, rows, damage))
            })
            .await?;
        if damage.is_some() || rows < bulk_results::CHUNK_ROWS {
            return Ok(damage);
        }
        unread = next_unread;
        pass.progress.tell_at_pace().await;
    }
}

/// Settles the membership of a result row.
fn settle_row(
    write: &Write<'_>,
    run_id: i64,
    of_undo: bool,
    set: ResultSet,
    place: Option<usize>,
    row: &ResultRow,
) -> Result<(), StoreError> {
    let id = place
        .and_then(|place| row.cells.get(place))
        .map_or("", String::as_str);
    let line = if of_undo {
        write.sent_member(run_id, id)?
    } else {
        write.sent_member_of(run_id, id)?
    };
    let Some(member) = line.map(|line| write.member(run_id, line)).transpose()?.flatten() else {
        tracing::warn!(run_id, "a result row fits no membership that waits for one");
        return Ok(());
    };
    let member = match (set, &row.error) {
        (ResultSet::Successful, _) => written(member, of_undo, row.id.clone()),
        (_, Some(error)) => refused(member, of_undo, &error.code, &error.message),
        (_, None) => refused(member, of_undo, "UNKNOWN", "Salesforce gave no reason."),
    };
    write.set_member(run_id, &member)
}

/// Settles memberships whose answer was lost: those that are there, by campaign and person. The others are planned again,
/// because Salesforce refuses a second one, and a second deletion finds nothing.
pub(super) async fn settle_open(pass: &Pass<'_>, job: &JobRow) -> Result<(), Stop> {
    let run_id = pass.run.run_id;
    let mut after = 0;
    let mut is_addition = job.action != LineAction::Delete;
    while is_addition {
        let members = pass
            .engine
            .read(move |read| Ok(read.sent_members(run_id, after, rest::MOST_RECORDS)?))
            .await?;
        let Some((last, _)) = members.last() else { break };
        after = last.line;
        is_addition = members.len() == rest::MOST_RECORDS as usize;
        let known = known_members(pass, job, &members).await?;
        pass.engine
            .write(move |write| {
                for (member, person_id) in members {
                    let Some((id, is_ours)) = known.get(&person_id) else {
                        continue;
                    };
                    let state = if *is_ours {
                        MemberState::Added
                    } else {
                        MemberState::WasMember
                    };
                    write.set_member(
                        run_id,
                        &MemberRow {
                            state,
                            member_id: Some(id.clone()),
                            ..member
                        },
                    )?;
                }
                Ok(())
            })
            .await?;
    }
    pass.engine
        .write(move |write| Ok(write.unsend_members(run_id)?))
        .await?;
    Ok(())
}

/// Memberships of these people that are there, by person, and whether this job may have made them.
async fn known_members(
    pass: &Pass<'_>,
    job: &JobRow,
    members: &[(MemberRow, String)],
) -> Result<HashMap<String, (String, bool)>, Stop> {
    let person = person_column(pass.run.object);
    let campaign = campaign(pass)?;
    let people: Vec<&str> = members.iter().map(|(_, person_id)| person_id.as_str()).collect();
    let since = lookup::earliest(&job.intended_at);
    let mut known = HashMap::new();
    for run in soql::in_list_runs(&people, LONGEST_LIST_BYTES) {
        let query = format!(
            "SELECT Id, {person}, CreatedById, CreatedDate FROM {OBJECT} WHERE CampaignId = {} AND {person} IN {}",
            soql::quoted(&campaign.campaign_id),
            soql::in_list(run)
        );
        let mut pages = pass.client.pages(query);
        while let Some(page) = pages.next().await? {
            for record in page.records {
                let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default();
                let is_ours =
                    pass.is_writer(text("CreatedById")) && text("CreatedDate").get(..19) >= since.get(..19);
                known.insert(text(person).to_owned(), (text("Id").to_owned(), is_ours));
            }
        }
    }
    Ok(known)
}

fn record(pass: &Pass<'_>, person_id: &str) -> Result<Record, Fault> {
    let campaign = campaign(pass)?;
    let mut record = Record::new();
    record.insert(CAMPAIGN_COLUMN.to_owned(), json!(campaign.campaign_id));
    record.insert(person_column(pass.run.object).to_owned(), json!(person_id));
    record.insert(STATUS_COLUMN.to_owned(), json!(campaign.status));
    Ok(record)
}

fn campaign<'p>(pass: &'p Pass<'_>) -> Result<&'p model::CampaignChoice, Fault> {
    pass.run.options.campaign.as_ref().ok_or_else(|| {
        Fault::new(
            Code::Internal,
            format!("Run {} has memberships and no campaign.", pass.run.run_id),
        )
    })
}

fn person_column(object: TargetObject) -> &'static str {
    match object {
        TargetObject::Lead => "LeadId",
        _ => "ContactId",
    }
}

fn written(member: MemberRow, of_undo: bool, member_id: Option<String>) -> MemberRow {
    let state = if of_undo {
        MemberState::Removed
    } else {
        MemberState::Added
    };
    MemberRow {
        state,
        member_id: member_id.or(member.member_id),
        error_code: None,
        error: None,
        line: member.line,
    }
}

fn refused(member: MemberRow, of_undo: bool, code: &str, message: &str) -> MemberRow {
    let state = match code {
        DELETED_CODE | "NOT_FOUND" if of_undo => MemberState::Removed,
        KNOWN_CODE if !of_undo => MemberState::WasMember,
        _ if is_passing(code, message) => MemberState::Planned,
        _ => MemberState::Failed,
    };
    let is_error = matches!(state, MemberState::Failed | MemberState::Planned);
    MemberRow {
        state,
        error_code: is_error.then(|| code.to_owned()),
        error: is_error.then(|| message.to_owned()),
        ..member
    }
}
