//! Looks the lines up in the mirrors: local copies of the org's records, with an index of the same keys.
//!
//! A mirror finds what a query cannot ask for, such as another spelling, and costs no call. It may be old: what it finds is
//! read anew from the org before anybody is told of it, and what changed since it was filled is read as well.

use std::collections::BTreeSet;

use model::text::grouped;
use model::{CheckPlace, DuplicateCheck};
use salesforce::soql::Literal;
use store::{MirrorProbe, MirrorRow, Read};

use super::facts::Facts;
use super::key_index::KNOWN_BITS;
use super::records::{FoundRecord, read_records};
use super::scan::sharing_lines;
use super::searched::Searched;
use super::subjects::{LINES, Pending};
use super::window::{Window, WindowLine};
use super::{calls_since, counted, hit_records};
use crate::fault::Fault;
use crate::look_back::changes_from;
use crate::planning::plan::Planning;
use crate::records_by_id::IDS_OF_A_QUERY;

/// Why a small run looks here as well.
pub(in crate::planning) const WHY_TOO: &str = "25 records or fewer are looked for in the mirror, too: it knows other spellings, which a query cannot ask for.";
/// Lines that are compared with what their keys found together: few, because what is compared is in memory.
const WINDOW_LINES: usize = 1_000;
/// Rows of a page of a query.
const ROWS_OF_A_PAGE: u64 = 2_000;
/// Lines by which it is guessed how many are found.
const SAMPLED_LINES: u32 = 100;

/// A mirror that can be used for a run.
pub(in crate::planning) struct Mirrored {
    pub searched: Searched,
    mirror: MirrorRow,
}

impl Mirrored {
    /// What changed in the org since the mirror was filled, as a condition.
    pub fn changed_since(&self) -> Option<String> {
        let since = changes_from(&self.mirror.started_at)?;
        Some(format!(
            "SystemModstamp >= {}",
            Literal::DateTime(since).to_soql()
        ))
    }
}

/// The mirrors of objects that are looked through, where they are of this org and their keys are those of now.
pub(in crate::planning) async fn usable(
    planning: &Planning,
    searched: &[Searched],
) -> Result<Vec<Mirrored>, Fault> {
    let searched = searched.to_vec();
    let run_id = planning.run_id;
    planning
        .engine
        .read(move |read| {
            let org_id = read.run(run_id)?.map(|run| run.org_id).unwrap_or_default();
            let mut usable = Vec::new();
            for searched in searched {
                let Some(mirror) = read.mirror(searched.object)? else {
                    continue;
                };
                if mirror.org_id == org_id
                    && mirror.has_current_keys
                    && mirror.zoominfo_id_field.as_deref() == searched.zoominfo_id_field()
                {
                    usable.push(Mirrored { searched, mirror });
                }
            }
            Ok(usable)
        })
        .await
}

/// Looks the lines of a small run up, beside the queries.
pub(super) async fn find_too(planning: &mut Planning) -> Result<(), Fault> {
    let mirrors = usable(planning, &planning.searched).await?;
    if mirrors.is_empty() {
        return Ok(());
    }
    let (before_calls, before_hits) = (planning.client.calls(), hit_records(planning).await?);
    look_up(planning, &mirrors).await?;
    planning.findings.checks.push(DuplicateCheck {
        place: CheckPlace::Mirror,
        method: method(&mirrors),
        why: WHY_TOO.to_owned(),
        api_calls: calls_since(planning, before_calls),
        hit_records: hit_records(planning).await?.saturating_sub(before_hits),
    });
    Ok(())
}

/// Looks the lines up, and reads what changed since the mirrors were filled; returns how, in words.
pub(super) async fn find(planning: &mut Planning) -> Result<String, Fault> {
    let mirrors = usable(planning, &planning.searched).await?;
    look_up(planning, &mirrors).await?;
    planning.keys.sort();
    let mut changed = 0;
    for mirrored in &mirrors {
        let Some(condition) = mirrored.changed_since() else {
            continue;
        };
        let searched = &mirrored.searched;
        let query = format!(
            "SELECT {} FROM {}{}",
            searched.selected(),
            searched.object.api_name(),
            searched.narrowed(Some(&condition))
        );
        let mut pages = planning.client.pages(query);
        while let Some(page) = pages.next().await? {
            planning.check_cancelled()?;
            changed += page.records.len() as u64;
            let records = page
                .records
                .iter()
                .filter_map(|record| FoundRecord::of_answer(searched.object, record));
            let pending: Vec<Pending> = records
                .filter_map(|record| {
                    let facts = Facts::of_record(record.object, &record.values, searched.zoominfo_id_field());
                    let lines = sharing_lines(&planning.keys, &facts);
                    (!lines.is_empty()).then_some(Pending { record, lines })
                })
                .collect();
            let (run_id, object, searched) = (planning.run_id, planning.object, searched.clone());
            planning
                .engine
                .write(move |write| LINES.keep(write, run_id, object, &searched, &pending))
                .await?;
        }
    }
    Ok(format!(
        "{}, and {} that changed since",
        method(&mirrors),
        counted(changed, "record", "records")
    ))
}

/// Which mirrors, in words.
pub(in crate::planning) fn method(mirrors: &[Mirrored]) -> String {
    let of: Vec<String> = mirrors
        .iter()
        .map(|mirrored| {
            mirrored
                .searched
                .object
                .counted(u64::from(mirrored.mirror.records))
        })
        .collect();
    format!("the mirror of {}", of.join(" and "))
}

/// Only the lines of which some key is in a mirror are read again.
async fn look_up(planning: &mut Planning, mirrors: &[Mirrored]) -> Result<(), Fault> {
    planning.keys.sort();
    let (run_id, object) = (planning.run_id, planning.object);
    for mirrored in mirrors {
        let keys = std::mem::take(&mut planning.keys);
        let mirror = mirrored.mirror.clone();
        let (keys, lines) = planning
            .engine
            .read(move |read| {
                let probes = keys.starts().map(|(hash, tag)| MirrorProbe { hash, tag });
                let lines = read.tags_in_mirror(&mirror, KNOWN_BITS, probes)?;
                Ok((keys, lines))
            })
            .await?;
        planning.keys = keys;
        for some in lines.chunks(WINDOW_LINES) {
            planning.check_cancelled()?;
            let lines = some.to_vec();
            let window = planning
                .engine
                .read(move |read| Window::load_facts_of(read, run_id, object, &lines))
                .await?;
            let window = look_up_window(planning, mirrored, window).await?;
            super::queries::keep(planning, window).await?;
            planning
                .progress
                .checked(some.last().copied().unwrap_or_default());
        }
    }
    planning.progress.checked(planning.records);
    Ok(())
}

/// Holds a window against the records that a mirror knows for it, as they are now.
pub(in crate::planning) async fn look_up_window(
    planning: &Planning,
    mirrored: &Mirrored,
    mut window: Window,
) -> Result<Window, Fault> {
    let (mirror, searched) = (mirrored.mirror.clone(), mirrored.searched.clone());
    let (returned, ids) = planning
        .engine
        .read(move |read| {
            let ids = matching_ids(read, &mirror, &searched, &window.lines)?;
            Ok((window, ids))
        })
        .await?;
    window = returned;
    let ids: Vec<String> = ids.into_iter().collect();
    for record in read_records(&planning.client, &mirrored.searched, &ids).await? {
        window.compare(&mirrored.searched, &record);
    }
    Ok(window)
}

/// Ids of the mirrored records that some line may be, as the mirror has them.
fn matching_ids(
    read: &Read<'_>,
    mirror: &MirrorRow,
    searched: &Searched,
    lines: &[WindowLine],
) -> Result<BTreeSet<String>, Fault> {
    let mut probes = Vec::new();
    for (tag, line) in (0_u32..).zip(lines) {
        let keys = line.facts.keys();
        probes.extend(keys.into_iter().map(|key| MirrorProbe { hash: key.hash, tag }));
    }
    let mut hits = read.probe_mirror(mirror, &mut probes)?;
    hits.sort_unstable_by_key(|hit| (hit.number, hit.tag));
    let mut numbers: Vec<u32> = hits.iter().map(|hit| hit.number).collect();
    numbers.dedup();
    let mut ids = BTreeSet::new();
    let mut left = hits.as_slice();
    read.mirror_records(mirror, &numbers, |number, record| {
        let theirs = Facts::of_record(searched.object, &record, searched.zoominfo_id_field());
        left = &left[left.partition_point(|hit| hit.number < number)..];
        let own = &left[..left.partition_point(|hit| hit.number == number)];
        let is_match = own
            .iter()
            .filter_map(|hit| lines.get(usize::try_from(hit.tag).unwrap_or(usize::MAX)))
            .any(|line| line.facts.compare(&theirs, searched.object).is_some());
        if is_match {
            ids.insert(record.salesforce_id.clone());
        }
        Ok::<_, Fault>(())
    })?;
    Ok(ids)
}

/// What looking up a run costs: what changed since, and the records that are found in a first window.
pub(super) struct MirrorCost {
    pub calls: u64,
    /// Records in the mirrors, in words.
    pub mirrored: String,
}

/// The cost of the mirrors for so many lines; `None` when an object has none that can be used.
pub(super) async fn cost(planning: &Planning, lines: u64) -> Result<Option<MirrorCost>, Fault> {
    let mirrors = usable(planning, &planning.searched).await?;
    if mirrors.is_empty() || mirrors.len() < planning.searched.len() {
        return Ok(None);
    }
    let (run_id, object) = (planning.run_id, planning.object);
    let mut calls = 0;
    let mut records = 0;
    for mirrored in &mirrors {
        let Some(condition) = mirrored.changed_since() else {
            return Ok(None);
        };
        let query = format!(
            "SELECT COUNT() FROM {}{}",
            mirrored.searched.object.api_name(),
            mirrored.searched.narrowed(Some(&condition))
        );
        let changed = planning.client.query(&query).await?.total_size;
        calls += changed.div_ceil(ROWS_OF_A_PAGE).max(1);
        records += u64::from(mirrored.mirror.records);
        let (mirror, searched) = (mirrored.mirror.clone(), mirrored.searched.clone());
        let (looked_up, found) = planning
            .engine
            .read(move |read| {
                let window = Window::load_facts(read, run_id, object, 0, SAMPLED_LINES)?;
                let found = matching_ids(read, &mirror, &searched, &window.lines)?;
                Ok((window.lines.len() as u64, found.len() as u64))
            })
            .await?;
        calls += (found * lines)
            .checked_div(looked_up)
            .unwrap_or(0)
            .div_ceil(IDS_OF_A_QUERY);
    }
    Ok(Some(MirrorCost {
        calls,
        mirrored: grouped(records),
    }))
}
