//! Memberships of a run's campaign as the contract shows them.

use std::collections::HashMap;

use store::{LineRow, MemberRow, MemberState as Stored, Read, RunRow};

use crate::contract::runs::{Member, MemberCounts, MemberState};
use crate::fault::Fault;

/// How the memberships of the run's campaign stand; `None` where there is no campaign.
pub(super) fn counts(read: &Read<'_>, run: &RunRow) -> Result<Option<MemberCounts>, Fault> {
    if run.options.campaign.is_none() {
        return Ok(None);
    }
    let mut counts = MemberCounts::default();
    for (stored, members) in read.count_members(run.run_id)? {
        let count = match state(stored) {
            MemberState::Waiting => &mut counts.waiting_members,
            MemberState::Added => &mut counts.added_members,
            MemberState::Known => &mut counts.known_members,
            MemberState::Removed => &mut counts.removed_members,
            MemberState::Failed => &mut counts.failed_members,
        };
        *count += members;
    }
    Ok(Some(counts))
}

/// The memberships of a window of lines, by line.
pub(crate) fn members_of(
    read: &Read<'_>,
    run: &RunRow,
    lines: &[LineRow],
) -> Result<HashMap<u32, MemberRow>, Fault> {
    if run.options.campaign.is_none() {
        return Ok(HashMap::new());
    }
    let numbers: Vec<u32> = lines.iter().map(|line| line.line).collect();
    Ok(read.members_of(run.run_id, &numbers)?)
}

/// A membership.
pub(crate) fn member(row: MemberRow) -> Member {
    Member {
        state: state(row.state),
        error_code: row.error_code,
        error: row.error,
    }
}

/// How a membership stands.
pub(crate) fn state(stored: Stored) -> MemberState {
    match stored {
        Stored::Planned | Stored::Sent => MemberState::Waiting,
        Stored::Added => MemberState::Added,
        Stored::WasMember => MemberState::Known,
        Stored::Removed => MemberState::Removed,
        Stored::Failed => MemberState::Failed,
    }
}

/// The states of the workspace that the contract shows as one.
pub(crate) fn stored_states(wanted: MemberState) -> Vec<Stored> {
    Stored::ALL
        .into_iter()
        .filter(|stored| state(*stored) == wanted)
        .collect()
}

impl MemberState {
    /// The state in words.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Waiting => "To be added",
            Self::Added => "Added",
            Self::Known => "Member before",
            Self::Removed => "Taken away",
            Self::Failed => "Not a member",
        }
    }
}
