//! Decides lines again that changed records of the org concern.

use std::collections::{BTreeMap, BTreeSet};

use model::{DuplicateChecking, LineAnswer, ProfileDocument, TargetObject};
use salesforce::Record;
use store::{Candidate, CompanyRow, LineRow};

use super::companies;
use super::decision::ranked;
use super::duplicates::{
    self, Facts, FoundRecord, Searched, Window, WindowLine, candidate, read_records, sharing_lines,
};
use super::lines::unreadable;
use super::plan::Planning;
use super::updates::{By, Deciding};
use crate::fault::Fault;

/// Lines that are in memory at once.
const WINDOW_LINES: u32 = 1_000;

/// Lines to decide again, with the records that they may be now.
#[derive(Default)]
pub(super) struct Affected(BTreeMap<u32, BTreeSet<String>>);

impl Affected {
    /// Adds the lines that records concern: those that have them already and, where they are compared, those that share a
    /// key with them.
    pub async fn add_records(
        &mut self,
        planning: &Planning,
        searched: &Searched,
        records: &[Record],
        compare: bool,
    ) -> Result<(), Fault> {
        let is_standard = planning.options.duplicates.checking == DuplicateChecking::Standard;
        let found: Vec<FoundRecord> = records
            .iter()
            .filter_map(|record| FoundRecord::of_answer(searched.object, record))
            .collect();
        if compare && is_standard {
            for record in &found {
                let facts = Facts::of_record(record.object, &record.values, searched.zoominfo_id_field());
                for line in sharing_lines(&planning.keys, &facts) {
                    self.0
                        .entry(line)
                        .or_default()
                        .insert(record.salesforce_id.clone());
                }
            }
        }
        let run_id = planning.run_id;
        let ids: Vec<String> = found.into_iter().map(|record| record.salesforce_id).collect();
        let known = planning
            .engine
            .read(move |read| {
                let mut known = Vec::new();
                for id in ids {
                    let mut lines = read.lines_of_record(run_id, &id)?;
                    lines.extend(read.lines_with_candidate(run_id, &id)?);
                    known.extend(lines.into_iter().map(|line| (line, id.clone())));
                }
                Ok(known)
            })
            .await?;
        for (line, id) in known {
            self.0.entry(line).or_default().insert(id);
        }
        Ok(())
    }
}

/// Puts the keys of every line that is exported into `planning.keys`.
pub(super) async fn index_lines(planning: &mut Planning) -> Result<(), Fault> {
    let (run_id, object) = (planning.run_id, planning.object);
    let gives_account = companies::gives_account(&planning.basis);
    let mut after_line = 0;
    loop {
        planning.check_cancelled()?;
        let basis = planning.basis.clone();
        let (keys, last) = planning
            .engine
            .read(move |read| {
                let (mut keys, mut last) = (Vec::new(), None);
                read.for_each_planned_line(run_id, object, after_line, WINDOW_LINES, |line| {
                    let profile = ProfileDocument::read(line.document).map_err(|error| unreadable(&error))?;
                    let mut facts = Facts::of_profile(object, &profile);
                    if gives_account {
                        let typed = read
                            .line(run_id, line.line)?
                            .map(|row| row.edits)
                            .unwrap_or_default();
                        facts = companies::facts_in_mapped_account(&basis, &typed, &profile, facts);
                    }
                    keys.extend(facts.keys().into_iter().map(|key| (key.hash, line.line)));
                    last = Some(line.line);
                    Ok::<_, Fault>(())
                })?;
                Ok((keys, last))
            })
            .await?;
        planning.keys.extend(&keys);
        match last {
            Some(last) => after_line = last,
            None => break,
        }
    }
    if object == TargetObject::Contact {
        index_within_accounts(planning).await?;
    }
    planning.keys.sort();
    Ok(())
}

/// Puts the keys of contacts within the accounts of their companies beside them.
async fn index_within_accounts(planning: &mut Planning) -> Result<(), Fault> {
    let run_id = planning.run_id;
    let mut after_number = 0;
    loop {
        planning.check_cancelled()?;
        let (keys, last) = planning
            .engine
            .read(move |read| companies::keys_within_accounts(read, run_id, after_number))
            .await?;
        planning.keys.extend(&keys);
        match last {
            Some(last) => after_number = last,
            None => return Ok(()),
        }
    }
}

/// Decides the lines again, with the answers that they have; returns how many came out otherwise than before.
pub(super) async fn replan(planning: &Planning, affected: Affected) -> Result<u64, Fault> {
    let mut replanned = 0;
    let affected: Vec<(u32, BTreeSet<String>)> = affected.0.into_iter().collect();
    let window = usize::try_from(WINDOW_LINES).unwrap_or(usize::MAX);
    for some in affected.chunks(window) {
        planning.check_cancelled()?;
        replanned += replan_some(planning, some).await?;
    }
    Ok(replanned)
}

async fn replan_some(planning: &Planning, affected: &[(u32, BTreeSet<String>)]) -> Result<u64, Fault> {
    let run_id = planning.run_id;
    let numbers: Vec<u32> = affected.iter().map(|(line, _)| *line).collect();
    let lines: Vec<Line> = planning
        .engine
        .read(move |read| {
            let mut lines = Vec::new();
            for number in numbers {
                let Some(row) = read.line(run_id, number)? else {
                    continue;
                };
                let company = row.company_number;
                let company = company.map(|company| read.company(run_id, company)).transpose()?;
                lines.push(Line {
                    company: company.flatten(),
                    document: read.line_profile(run_id, number)?,
                    candidates: ranked(
                        read.candidates(run_id, number)?
                            .into_iter()
                            .map(|row| row.candidate)
                            .collect(),
                    ),
                    row,
                });
            }
            Ok(lines)
        })
        .await?;
    let hits: BTreeMap<u32, &BTreeSet<String>> = affected.iter().map(|(line, ids)| (*line, ids)).collect();
    let mut wanted: BTreeSet<String> = hits.values().flat_map(|ids| ids.iter().cloned()).collect();
    for line in &lines {
        wanted.extend(line.known_ids());
    }
    let wanted: Vec<String> = wanted.into_iter().collect();
    let mut records: BTreeMap<String, (FoundRecord, Searched)> = BTreeMap::new();
    for searched in planning.searched.iter() {
        let prefix = duplicates::id_prefix(searched.object);
        let own: Vec<String> = wanted
            .iter()
            .filter(|id| id.starts_with(prefix))
            .cloned()
            .collect();
        for record in read_records(&planning.client, searched, &own).await? {
            records.insert(record.salesforce_id.clone(), (record, searched.clone()));
        }
    }
    let mut replannings = Vec::new();
    for line in lines {
        let Some(document) = line.document.clone() else {
            continue;
        };
        let ids = hits.get(&line.row.line).copied().cloned().unwrap_or_default();
        let candidates = now(planning, &line, &document, &ids, &records).await?;
        replannings.push((line, candidates));
    }
    let deciding = Deciding::of(planning);
    planning
        .engine
        .write(move |write| {
            let Some(run) = write.run(run_id)? else {
                return Ok(0);
            };
            let mut replanned = 0;
            for (line, candidates) in replannings {
                let number = line.row.line;
                let candidates = ranked(candidates);
                let by = answered(&line, &candidates);
                write.set_candidates(run_id, number, &candidates)?;
                deciding.decide(write, number, by)?;
                companies::settle_lines(write, &run, &[number])?;
                let after = write.line(run_id, number)?;
                replanned += u64::from(after.is_none_or(|after| differs(&line.row, &after)));
            }
            Ok(replanned)
        })
        .await
}

/// A line before it is decided again.
struct Line {
    row: LineRow,
    company: Option<CompanyRow>,
    document: Option<String>,
    /// Best first, as its answer counts them.
    candidates: Vec<Candidate>,
}

impl Line {
    fn known_ids(&self) -> impl Iterator<Item = String> {
        self.candidates
            .iter()
            .filter_map(|candidate| candidate.salesforce_id.clone())
            .chain(self.row.salesforce_id.clone())
    }
}

/// The candidates of a line as the org is now.
async fn now(
    planning: &Planning,
    line: &Line,
    document: &str,
    hits: &BTreeSet<String>,
    records: &BTreeMap<String, (FoundRecord, Searched)>,
) -> Result<Vec<Candidate>, Fault> {
    let profile = ProfileDocument::read(document).map_err(|error| unreadable(&error))?;
    let mut own = companies::facts_in_company(planning.object, line.company.as_ref(), &profile);
    if companies::gives_account(&planning.basis) {
        own = companies::facts_in_mapped_account(&planning.basis, &line.row.edits, &profile, own);
    }
    let mut ids: BTreeSet<String> = line.known_ids().collect();
    ids.extend(hits.iter().cloned());
    let is_standard = planning.options.duplicates.checking == DuplicateChecking::Standard;
    let mut candidates: Vec<Candidate> = line
        .candidates
        .iter()
        .filter(|candidate| candidate.other_line.is_some())
        .cloned()
        .collect();
    for id in &ids {
        let Some((record, searched)) = records.get(id) else {
            continue;
        };
        if is_standard {
            let theirs = Facts::of_record(record.object, &record.values, searched.zoominfo_id_field());
            candidates.extend(candidate(&own, &theirs, record));
        } else {
            candidates.extend(found_by_rules(line, record));
        }
    }
    // What a line was updated into is gone or another one now: it may be a third one.
    let has_record = candidates.iter().any(|one| one.salesforce_id.is_some());
    if is_standard && !has_record && line.known_ids().next().is_some() {
        let mut window = Window::of(vec![WindowLine {
            facts: own,
            ..WindowLine::of_profile(line.row.line, planning.object, &profile)
        }]);
        for searched in planning.searched.iter() {
            duplicates::ask(planning, searched, &mut window).await?;
        }
        candidates.extend(window.lines.into_iter().flat_map(|line| line.found));
    }
    Ok(candidates)
}

/// A record that the org's own rules had found, with its values of now.
fn found_by_rules(line: &Line, record: &FoundRecord) -> Option<Candidate> {
    let is_own = |id: &Option<String>| id.as_deref() == Some(&record.salesforce_id);
    let known = line.candidates.iter().find(|one| is_own(&one.salesforce_id));
    if let Some(known) = known {
        return Some(Candidate {
            values: record.values.clone(),
            ..known.clone()
        });
    }
    is_own(&line.row.salesforce_id).then(|| Candidate {
        object: record.object,
        salesforce_id: Some(record.salesforce_id.clone()),
        other_line: None,
        grade: line.row.grade.unwrap_or(model::Grade::Exact),
        criterion: line.row.criterion.clone(),
        reason: "The org's duplicate rules".to_owned(),
        values: record.values.clone(),
    })
}

/// An answer stays while what it names is there.
fn answered(line: &Line, candidates: &[Candidate]) -> By {
    match line.row.answer {
        None => By::Settings,
        Some(LineAnswer::Update { candidate }) => {
            let place = usize::try_from(candidate).unwrap_or(usize::MAX);
            let named = place
                .checked_sub(1)
                .and_then(|place| line.candidates.get(place))
                .and_then(|candidate| candidate.salesforce_id.as_ref());
            let now = candidates
                .iter()
                .position(|one| one.salesforce_id.is_some() && one.salesforce_id.as_ref() == named);
            match now.and_then(|place| u32::try_from(place + 1).ok()) {
                Some(candidate) => By::Answer(LineAnswer::Update { candidate }),
                None => By::Settings,
            }
        }
        Some(answer) if candidates.is_empty() => {
            // Without a candidate there is no question.
            if answer == LineAnswer::Skip {
                By::Answer(answer)
            } else {
                By::Settings
            }
        }
        Some(answer) => By::Answer(answer),
    }
}

fn differs(before: &LineRow, after: &LineRow) -> bool {
    before.action != after.action
        || before.salesforce_id != after.salesforce_id
        || before.cells != after.cells
        || before.changes != after.changes
        || before.grade != after.grade
        || before.criterion != after.criterion
}
