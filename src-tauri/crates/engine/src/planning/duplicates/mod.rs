//! Step 2: which profile is which other one of the selection, or which record of the org.
//!
//! Whatever is found is kept as candidates of the lines; what becomes of a line is decided afterwards, in `updates`.

mod choice;
mod facts;
mod key_index;
pub(super) mod mirror;
mod org_rules;
mod queries;
mod records;
mod scan;
mod searched;
mod selection;
mod subjects;
mod window;

use model::text::grouped;
use model::{CheckPlace, DuplicateCheck, DuplicateChecking, REST_LIMIT_RECORDS};

pub(super) use choice::{Way, cheaper};
pub(super) use facts::Facts;
pub(super) use key_index::KeyIndex;
pub(super) use queries::{ask, keep};
pub(super) use records::{FoundRecord, id_prefix, read_records};
pub(super) use scan::{scan, sharing_lines};
pub(super) use searched::{MODIFIED_AT, OWNER_NAME, Searched, searched};
pub(super) use subjects::{Subjects, facts_of_profile};
pub(super) use window::{WINDOW_LINES, Window, WindowLine, candidate};

use super::plan::Planning;
use crate::fault::Fault;

/// Looks for every line among the lines before it, and in the org.
pub(super) async fn find(planning: &mut Planning) -> Result<(), Fault> {
    planning.progress.finds_duplicates();
    selection::find(planning).await?;
    match planning.options.duplicates.checking {
        DuplicateChecking::Standard => find_in_org(planning).await?,
        DuplicateChecking::OrgRules => org_rules::find(planning).await?,
    }
    planning.keys = KeyIndex::default();
    planning.progress.done().await;
    Ok(())
}

async fn find_in_org(planning: &mut Planning) -> Result<(), Fault> {
    let chosen = choice::choose(planning).await?;
    let mirror = choice::rather_by_mirror(planning, &chosen).await?;
    let before = planning.client.calls();
    let (place, method) = match (&mirror, chosen.way) {
        (Some(_), _) => (CheckPlace::Mirror, mirror::find(planning).await?),
        (None, Way::Queries) => (CheckPlace::Org, queries::find(planning).await?),
        (None, Way::Scan) => (CheckPlace::Org, scan::find(planning).await?),
    };
    let (why, api_calls) = mirror.unwrap_or((chosen.why, chosen.api_calls));
    planning.findings.checks.push(DuplicateCheck {
        place,
        method,
        why,
        api_calls: api_calls + calls_since(planning, before),
        hit_records: hit_records(planning).await?,
    });
    if u64::from(planning.records) <= REST_LIMIT_RECORDS {
        mirror::find_too(planning).await?;
    }
    Ok(())
}

/// Calls that the client made since it had made so many.
pub(super) fn calls_since(planning: &Planning, before: u64) -> u32 {
    u32::try_from(planning.client.calls().saturating_sub(before)).unwrap_or(u32::MAX)
}

/// Lines that a record of the org was found for.
async fn hit_records(planning: &Planning) -> Result<u32, Fault> {
    let run_id = planning.run_id;
    planning
        .engine
        .read(move |read| Ok(read.count_lines_with_records(run_id)?))
        .await
}

/// `1 query`, `1,200 queries`.
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}
