//! Which way the org is looked through: by queries for what the profiles say, or by reading all of its records once.

use model::REST_LIMIT_RECORDS;
use model::text::grouped;

use super::queries::count_queries;
use super::searched::Searched;
use super::window::{WINDOW_LINES, Window};
use super::{calls_since, counted, mirror};
use crate::bulk_scan::calls_of_scan;
use crate::fault::Fault;
use crate::planning::plan::Planning;

/// Reading so many rows takes about as long as one query.
const ROWS_OF_A_CALL: u64 = 20_000;
/// So few queries are made without asking how many records there are.
const FEW_QUERIES: u64 = 12;

/// How duplicates are looked for in the org.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::planning) enum Way {
    /// Queries for what the profiles say.
    Queries,
    /// One Bulk query of each object.
    Scan,
}

/// A way and why it was chosen.
pub(in crate::planning) struct Choice {
    pub way: Way,
    /// In one sentence.
    pub why: String,
    /// Calls that choosing took.
    pub api_calls: u32,
    /// Calls that the way probably takes.
    pub estimated_calls: u64,
}

/// Chooses the way that costs less.
pub(super) async fn choose(planning: &Planning) -> Result<Choice, Fault> {
    let (run_id, object) = (planning.run_id, planning.object);
    let lines = u64::from(planning.keys.count_lines(planning.records));
    let window = planning
        .engine
        .read(move |read| Window::load(read, run_id, object, 0))
        .await?;
    let profiles = counted(lines, "profile", "profiles");
    cheaper(planning, &planning.searched, lines, &profiles, &window).await
}

/// Chooses for so many subjects, which are `profiles` in words, and of which the window has the first ones.
pub(in crate::planning) async fn cheaper(
    planning: &Planning,
    searched: &[Searched],
    lines: u64,
    profiles: &str,
    window: &Window,
) -> Result<Choice, Fault> {
    let by_queries = |why, estimated_calls| Choice {
        way: Way::Queries,
        why,
        api_calls: 0,
        estimated_calls,
    };
    if lines <= REST_LIMIT_RECORDS {
        let why = format!("{profiles} take few queries, which find what the org has this minute.");
        return Ok(by_queries(why, 0));
    }
    let windows = lines.div_ceil(u64::from(WINDOW_LINES));
    let queries = count_queries(searched, window) * windows;
    if queries <= FEW_QUERIES {
        let why = format!(
            "{profiles} take {} at most, less than a Bulk query of all records.",
            counted(queries, "query", "queries")
        );
        return Ok(by_queries(why, queries));
    }
    let before = planning.client.calls();
    let mut rows = 0;
    let mut scan = 0;
    for searched in searched {
        let query = format!(
            "SELECT COUNT() FROM {}{}",
            searched.object.api_name(),
            searched.narrowed(None)
        );
        let records = planning.client.query(&query).await?.total_size;
        rows += records;
        scan += calls_of_scan(records);
    }
    let api_calls = calls_since(planning, before);
    let (all, queries_words, scan_words) = (
        grouped(rows),
        counted(queries, "query", "queries"),
        counted(scan, "call", "calls"),
    );
    Ok(if queries <= scan + rows / ROWS_OF_A_CALL {
        Choice {
            way: Way::Queries,
            why: format!(
                "{profiles} take about {queries_words}; reading all {all} records by Bulk queries would take about {scan_words} and longer."
            ),
            api_calls,
            estimated_calls: queries,
        }
    } else {
        Choice {
            way: Way::Scan,
            why: format!(
                "Reading all {all} records takes about {scan_words}; {profiles} would take about {queries_words} one after the other."
            ),
            api_calls,
            estimated_calls: scan,
        }
    })
}

/// Why the mirrors are looked through in place of the org, with the calls that finding out took; `None` where there are none
/// that can be used, or another way costs less.
pub(super) async fn rather_by_mirror(
    planning: &Planning,
    chosen: &Choice,
) -> Result<Option<(String, u32)>, Fault> {
    if u64::from(planning.records) <= REST_LIMIT_RECORDS {
        return Ok(None);
    }
    let before = planning.client.calls();
    let Some(cost) = mirror::cost(planning, u64::from(planning.records)).await? else {
        return Ok(None);
    };
    if cost.calls > chosen.estimated_calls {
        return Ok(None);
    }
    let why = format!(
        "The mirror has {} records, and what changed since it was filled takes about {}; asking the org would take about {}.",
        cost.mirrored,
        counted(cost.calls, "call", "calls"),
        counted(chosen.estimated_calls, "call", "calls")
    );
    Ok(Some((why, chosen.api_calls + calls_since(planning, before))))
}
