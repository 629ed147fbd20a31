//! How many records of a run were settled in each of the last minutes, whether or not somebody watched it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::Engine;
use crate::contract::runs::{RunState, RunView, SettledMinute};
use crate::fault::Fault;
use crate::run_view::require_run;

/// Minutes that are shown.
const SHOWN_MINUTES: i64 = 10;

/// What is known of a run: counted once from its ledger, and kept up from then on.
#[derive(Debug, Clone)]
pub(crate) struct Minutes {
    settled_records: u32,
    records: BTreeMap<i64, u32>,
}

impl Minutes {
    fn of(settled_records: u32, counted: Vec<(i64, u32)>) -> Self {
        Self {
            settled_records,
            records: counted.into_iter().collect(),
        }
    }

    /// So many records are settled in this minute since 1970.
    fn note(&mut self, settled_records: u32, minute: i64) {
        let gained = settled_records.saturating_sub(self.settled_records);
        self.settled_records += gained;
        if gained > 0 {
            *self.records.entry(minute).or_default() += gained;
        }
        self.records.retain(|one, _| *one > minute - SHOWN_MINUTES);
    }

    fn noted(&mut self, settled_records: u32, minute: i64) -> Vec<SettledMinute> {
        self.note(settled_records, minute);
        self.shown()
    }

    /// From the first minute that settled something to the last, without gaps.
    fn shown(&self) -> Vec<SettledMinute> {
        let (Some((first, _)), Some((last, _))) =
            (self.records.first_key_value(), self.records.last_key_value())
        else {
            return Vec::new();
        };
        (*first..=*last)
            .map(|minute| SettledMinute {
                minute,
                records: self.records.get(&minute).copied().unwrap_or(0),
            })
            .collect()
    }
}

/// What becomes of minutes that are not known yet of a run that settled something before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    /// They are counted, which goes through the whole ledger.
    IsCounted,
    /// Nobody asked for them so far.
    IsLeftOut,
}

/// The last minutes of a run that is not at its end.
pub(super) async fn of_run(
    engine: &Engine,
    view: &RunView,
    unknown: Unknown,
) -> Result<Vec<SettledMinute>, Fault> {
    let summary = &view.summary;
    let run_id = summary.run;
    if !matches!(
        summary.state,
        RunState::Sending | RunState::Waiting | RunState::Cancelling
    ) {
        return engine.with_minutes(run_id, |known| {
            *known = None;
            Vec::new()
        });
    }
    let tally = &summary.tally;
    let settled = summary
        .total_records
        .saturating_sub(tally.waiting_records + tally.asked_records);
    let now = Timestamp::now();
    let minute = now.as_second().div_euclid(60);
    let known = engine.with_minutes(run_id, |known| Some(known.as_mut()?.noted(settled, minute)))?;
    if let Some(shown) = known {
        return Ok(shown);
    }
    let since = now
        .checked_sub(SignedDuration::from_mins(SHOWN_MINUTES))
        .unwrap_or(now)
        .strftime("%Y-%m-%dT%H:%M:%S%.3fZ")
        .to_string();
    let counted = engine
        .read(move |read| {
            let plan = require_run(read, run_id)?.plan;
            // What the plan settled was settled before the run was started.
            if settled <= plan.skip_records + plan.refuse_records {
                return Ok(Some(Vec::new()));
            }
            if unknown == Unknown::IsLeftOut {
                return Ok(None);
            }
            Ok(Some(read.settled_by_minute(run_id, &since)?))
        })
        .await?;
    let Some(counted) = counted else {
        return Ok(Vec::new());
    };
    engine.with_minutes(run_id, |known| {
        known
            .get_or_insert_with(|| Minutes::of(settled, counted))
            .noted(settled, minute)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(minutes: &Minutes) -> Vec<(i64, u32)> {
        minutes
            .shown()
            .iter()
            .map(|one| (one.minute, one.records))
            .collect()
    }

    #[test]
    fn what_was_settled_before_somebody_looked_counts_in_its_own_minute() {
        let mut minutes = Minutes::of(30, vec![(100, 10), (102, 20)]);
        minutes.note(30, 103);
        assert_eq!(records(&minutes), [(100, 10), (101, 0), (102, 20)]);
        minutes.note(35, 104);
        minutes.note(36, 104);
        assert_eq!(
            records(&minutes),
            [(100, 10), (101, 0), (102, 20), (103, 0), (104, 6)]
        );
        minutes.note(36, 111);
        assert_eq!(records(&minutes), [(102, 20), (103, 0), (104, 6)]);
        minutes.note(36, 150);
        assert_eq!(records(&minutes), []);
    }
}
