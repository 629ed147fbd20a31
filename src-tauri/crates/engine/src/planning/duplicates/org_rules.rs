//! The org's own duplicate rules in place of the criteria.
//!
//! They can be asked for one record at a time only ("Duplicates", UI API Developer Guide), so 25 records are asked for and
//! more are not: their rules run when the records are sent.

use model::{CheckPlace, DuplicateCheck, Grade, LineAction, REST_LIMIT_RECORDS};
use store::{Candidate, LineFilter, LineRow};

use super::records::read_records;
use super::{calls_since, hit_records};
use crate::fault::Fault;
use crate::planning::plan::Planning;

/// Asks for every line of a small run.
pub(super) async fn find(planning: &mut Planning) -> Result<(), Fault> {
    let (run_id, object) = (planning.run_id, planning.object);
    let lines = planning
        .engine
        .read(move |read| {
            let filter = LineFilter {
                action: Some(LineAction::Create),
                object: Some(object),
                ..LineFilter::default()
            };
            let most = u32::try_from(REST_LIMIT_RECORDS).unwrap_or(u32::MAX);
            Ok(read.lines(run_id, &filter, 0, most + 1)?)
        })
        .await?;
    let before = planning.client.calls();
    let is_asked = lines.len() as u64 <= REST_LIMIT_RECORDS;
    if is_asked {
        for line in &lines {
            planning.check_cancelled()?;
            ask(planning, line).await?;
        }
    }
    let (method, why) = if is_asked {
        (
            format!("The rules are asked for {}", object.counted(lines.len() as u64)),
            "The Export tab says that the org's own duplicate rules decide, and 25 records or fewer can be asked for one by one.",
        )
    } else {
        (
            "Not asked before sending".to_owned(),
            "The Export tab says that the org's own duplicate rules decide. Salesforce answers for one record at a time, too \
             slowly for 26 or more, so the rules decide when the records are sent.",
        )
    };
    planning.findings.checks.push(DuplicateCheck {
        place: CheckPlace::OrgRules,
        method,
        why: why.to_owned(),
        api_calls: calls_since(planning, before),
        hit_records: hit_records(planning).await?,
    });
    Ok(())
}

async fn ask(planning: &Planning, line: &LineRow) -> Result<(), Fault> {
    let found = planning
        .client
        .find_duplicates(planning.object.api_name(), &line.cells)
        .await?;
    let mut records = Vec::new();
    for searched in planning.searched.iter() {
        let ids: Vec<String> = found
            .matches
            .iter()
            .filter(|one| one.object.eq_ignore_ascii_case(searched.object.api_name()))
            .map(|one| one.id.clone())
            .collect();
        records.extend(read_records(&planning.client, searched, &ids).await?);
    }
    // One record is what the org says that it is; of several somebody has to choose.
    let grade = if records.len() == 1 {
        Grade::Exact
    } else {
        Grade::Likely
    };
    let reason = match found.rules.as_slice() {
        [] => "The org's duplicate rules".to_owned(),
        rules => format!("Duplicate rule {}", rules.join(", ")),
    };
    let (run_id, line) = (planning.run_id, line.line);
    planning
        .engine
        .write(move |write| {
            for record in records {
                let candidate = Candidate {
                    object: record.object,
                    salesforce_id: Some(record.salesforce_id),
                    other_line: None,
                    grade,
                    criterion: None,
                    reason: reason.clone(),
                    values: record.values,
                };
                write.add_candidate(run_id, line, &candidate)?;
            }
            Ok(())
        })
        .await
}
