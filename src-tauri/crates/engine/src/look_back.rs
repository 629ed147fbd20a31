//! From when on what changed in an org is asked for: longer ago than it was asked the last time.

use jiff::{SignedDuration, Timestamp};

/// Records are committed late with an earlier stamp, so that a look back overlaps the one before.
const OVERLAP: SignedDuration = SignedDuration::from_mins(15);
/// The same for what was looked at just now: almost all are committed within this.
const SHORT_OVERLAP: SignedDuration = SignedDuration::from_mins(1);

/// From when on changes are asked for, of an org that was looked at then; `None` when that is no time.
pub(crate) fn changes_from(looked_at: &str) -> Option<Timestamp> {
    before(looked_at, OVERLAP)
}

/// The same of an org that was looked at just now.
pub(crate) fn newest_changes_from(looked_at: &str) -> Option<Timestamp> {
    before(looked_at, SHORT_OVERLAP)
}

fn before(time: &str, overlap: SignedDuration) -> Option<Timestamp> {
    time.parse::<Timestamp>().ok()?.checked_sub(overlap).ok()
}
