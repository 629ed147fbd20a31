//! Duplicates among the chosen profiles: a later line that is the same as an earlier one.
//!
//! Lines that share a key are compared with the first few of them only, so that a list of one company does not compare
//! every line with every other.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use model::text::grouped;
use model::{CheckPlace, DuplicateCheck, Grade, LineAction, LineOutcome, ProfileDocument, TargetObject};
use store::{Candidate, LineDecision, RunFaultRow, Write};

use super::facts::{Facts, reason};
use super::key_index::KeyIndex;
use crate::fault::Fault;
use crate::planning::lines::unreadable;
use crate::planning::plan::Planning;

/// Earlier lines of a key that a later one is compared with.
const COMPARED_LINES: usize = 3;
/// Lines whose pairs are in memory together.
const LINES_AT_ONCE: u32 = 10_000;
/// Pairs of one transaction.
const WINDOW_PAIRS: usize = 2_000;
/// Facts that are kept while pairs are gone through.
const KEPT_FACTS: usize = 256;

/// A later line, and an earlier one that it shares a key with.
type Pair = (u32, u32);

/// Compares the lines that share a key. What is surely the same as an earlier line is left out; what may be is asked.
pub(super) async fn find(planning: &mut Planning) -> Result<(), Fault> {
    planning.keys.sort();
    let (mut hit_records, mut left_out) = (0, Vec::new());
    let (run_id, object) = (planning.run_id, planning.object);
    for first_line in (1..=planning.records).step_by(LINES_AT_ONCE as usize) {
        let pairs = pairs(&planning.keys, first_line);
        for some in windows(&pairs) {
            planning.check_cancelled()?;
            let some = some.to_vec();
            let compared = planning
                .engine
                .write(move |write| compare(write, run_id, object, &some))
                .await?;
            hit_records += compared.hit_records;
            left_out.extend(compared.left_out);
        }
    }
    planning.keys.remove(&left_out);
    planning.findings.checks.push(DuplicateCheck {
        place: CheckPlace::Selection,
        method: format!("{} compared", object.counted(u64::from(planning.records))),
        why: "Every profile is compared with those before it, which takes no API call.".to_owned(),
        api_calls: 0,
        hit_records,
    });
    Ok(())
}

/// The pairs of some lines from a line on, in their order, each once.
fn pairs(keys: &KeyIndex, first_line: u32) -> Vec<Pair> {
    let lines = first_line..first_line.saturating_add(LINES_AT_ONCE);
    let mut pairs: Vec<Pair> = Vec::new();
    for group in keys.groups() {
        let (first, _) = group.split_at(COMPARED_LINES.min(group.len()));
        for later in group.iter().filter(|later| lines.contains(*later)) {
            pairs.extend(
                first
                    .iter()
                    .filter(|earlier| *earlier < later)
                    .map(|earlier| (*later, *earlier)),
            );
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Cuts pairs so that those of one line stay together.
fn windows(pairs: &[Pair]) -> Vec<&[Pair]> {
    let mut windows = Vec::new();
    let (mut start, mut end) = (0, 0);
    for of_line in pairs.chunk_by(|one, two| one.0 == two.0) {
        end += of_line.len();
        if end - start >= WINDOW_PAIRS {
            windows.push(&pairs[start..end]);
            start = end;
        }
    }
    if start < end {
        windows.push(&pairs[start..end]);
    }
    windows
}

#[derive(Default)]
struct Compared {
    hit_records: u32,
    /// Lines that are not exported, ascending.
    left_out: Vec<u32>,
}

fn compare(write: &Write<'_>, run_id: i64, object: TargetObject, pairs: &[Pair]) -> Result<Compared, Fault> {
    let mut known: HashMap<u32, Option<Facts>> = HashMap::new();
    let mut compared = Compared::default();
    for of_line in pairs.chunk_by(|one, two| one.0 == two.0) {
        let Some((later, _)) = of_line.first().copied() else {
            continue;
        };
        if known.len() > KEPT_FACTS {
            known.clear();
        }
        let mut is_hit = false;
        for (_, earlier) in of_line {
            for line in [later, *earlier] {
                if let Entry::Vacant(unknown) = known.entry(line) {
                    unknown.insert(facts(write, run_id, object, line)?);
                }
            }
            // A line that was left out itself is no line that another can be left out for.
            let (Some(Some(own)), Some(Some(theirs))) = (known.get(&later), known.get(earlier)) else {
                continue;
            };
            if let Some(decision) = same_record(write, run_id, later, *earlier)? {
                write.decide_lines(run_id, &[decision])?;
                known.insert(later, None);
                compared.left_out.push(later);
                is_hit = true;
                break;
            }
            let Some(found) = own.compare(theirs, object) else {
                continue;
            };
            is_hit = true;
            if found.grade == Grade::Exact {
                let rule = format!("{} as line {}", reason(found), grouped(u64::from(*earlier)));
                let sentence = format!(
                    "It is the same as line {} of this run, so it would be the same record twice.",
                    grouped(u64::from(*earlier))
                );
                write.decide_lines(
                    run_id,
                    &[LineDecision {
                        criterion: Some(found.criterion.code().to_owned()),
                        grade: Some(found.grade),
                        ..left_out(later, LineAction::Skip, rule, "duplicate_in_selection", sentence)
                    }],
                )?;
                known.insert(later, None);
                compared.left_out.push(later);
                break;
            }
            let candidate = Candidate {
                object,
                salesforce_id: None,
                other_line: Some(*earlier),
                grade: found.grade,
                criterion: Some(found.criterion.code().to_owned()),
                reason: reason(found),
                values: values(write, run_id, *earlier)?,
            };
            write.add_candidate(run_id, later, &candidate)?;
        }
        compared.hit_records += u32::from(is_hit);
    }
    Ok(compared)
}

/// A line with exactly the values of an earlier one: Salesforce's results could not be told apart.
fn same_record(
    write: &Write<'_>,
    run_id: i64,
    later: u32,
    earlier: u32,
) -> Result<Option<LineDecision>, Fault> {
    let own = write.line_digest(run_id, later)?;
    if own.is_none() || own != write.line_digest(run_id, earlier)? {
        return Ok(None);
    }
    write.count_run_fault(
        run_id,
        &RunFaultRow {
            outcome: LineOutcome::Refused,
            code: "identical_record".to_owned(),
            sentence: "Same values as another record of this run".to_owned(),
            records: 1,
        },
    )?;
    let sentence = format!(
        "Every value is the same as in line {}, so it would be the same record twice.",
        grouped(u64::from(earlier))
    );
    let rule = "Same record twice".to_owned();
    Ok(Some(left_out(
        later,
        LineAction::Refuse,
        rule,
        "identical_record",
        sentence,
    )))
}

fn left_out(line: u32, action: LineAction, rule: String, code: &str, sentence: String) -> LineDecision {
    LineDecision {
        line,
        action,
        rule,
        criterion: None,
        grade: None,
        notes: None,
        cells: None,
        changes: Vec::new(),
        modified_at: None,
        salesforce_id: None,
        parent_id: None,
        answer: None,
        digest: None,
        error: Some((code.to_owned(), sentence)),
    }
}

fn facts(write: &Write<'_>, run_id: i64, object: TargetObject, line: u32) -> Result<Option<Facts>, Fault> {
    let Some(document) = write.line_profile(run_id, line)? else {
        return Ok(None);
    };
    let profile = ProfileDocument::read(&document).map_err(|error| unreadable(&error))?;
    Ok(Some(Facts::of_profile(object, &profile)))
}

/// What an earlier line writes, as texts.
fn values(
    write: &Write<'_>,
    run_id: i64,
    line: u32,
) -> Result<std::collections::BTreeMap<String, String>, Fault> {
    let line = write.line(run_id, line)?;
    Ok(line
        .map(|line| {
            line.cells
                .iter()
                .map(|(name, value)| (name.clone(), model::csv_text(value)))
                .collect()
        })
        .unwrap_or_default())
}
