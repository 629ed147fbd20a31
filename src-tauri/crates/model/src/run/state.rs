//! Kinds and states of runs.

use serde::{Deserialize, Serialize};

/// What a run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    /// Writes profiles into Salesforce.
    Export,
    /// Takes back what an export wrote.
    Undo,
}

/// Where a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// The plan is being made; nothing is written.
    Planning,
    /// The plan waits for somebody's word; nothing is written.
    Planned,
    /// Records are on their way.
    Sending,
    /// It goes on when something is mended, e.g. after a new login.
    Waiting,
    /// It was asked to stop and settles what was open.
    Cancelling,
    /// Every record is settled.
    Done,
    /// It was stopped; what was sent before is in the ledger.
    Cancelled,
    /// It could not go on.
    Failed,
}

impl RunState {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Planning,
        Self::Planned,
        Self::Sending,
        Self::Waiting,
        Self::Cancelling,
        Self::Done,
        Self::Cancelled,
        Self::Failed,
    ];

    /// Whether a run in this state may go to `next`.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Planning => matches!(next, Self::Planned | Self::Cancelled | Self::Failed),
            Self::Planned => matches!(next, Self::Sending | Self::Cancelled | Self::Failed),
            Self::Sending => matches!(next, Self::Waiting | Self::Cancelling | Self::Done | Self::Failed),
            Self::Waiting => matches!(next, Self::Sending | Self::Cancelling | Self::Failed),
            // Settling can need a login as well, and can find that everything was done already.
            Self::Cancelling => matches!(next, Self::Waiting | Self::Cancelled | Self::Done | Self::Failed),
            Self::Done | Self::Cancelled | Self::Failed => false,
        }
    }

    /// Whether nothing more can come of it.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::Failed)
    }

    /// Whether records may have been sent and are not all settled: what the next start must look after.
    #[must_use]
    pub fn needs_settling(self) -> bool {
        matches!(self, Self::Sending | Self::Waiting | Self::Cancelling)
    }

    /// Whether it can be cancelled.
    #[must_use]
    pub fn may_be_cancelled(self) -> bool {
        self.may_become(Self::Cancelling) || self.may_become(Self::Cancelled) && self != Self::Cancelling
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_can_end_and_nothing_follows_an_end() {
        for state in RunState::ALL {
            let followers: Vec<_> = RunState::ALL
                .into_iter()
                .filter(|next| state.may_become(*next))
                .collect();
            assert_eq!(followers.is_empty(), state.is_final(), "{state:?}");
            assert!(!state.may_become(state), "{state:?}");
        }
    }

    #[test]
    fn nothing_is_sent_without_a_plan() {
        assert!(!RunState::Planning.may_become(RunState::Sending));
        assert!(RunState::Planned.may_become(RunState::Sending));
    }

    #[test]
    fn what_is_being_cancelled_cannot_be_cancelled_again() {
        let cancellable: Vec<_> = RunState::ALL
            .into_iter()
            .filter(|state| state.may_be_cancelled())
            .collect();
        assert_eq!(
            cancellable,
            [
                RunState::Planning,
                RunState::Planned,
                RunState::Sending,
                RunState::Waiting
            ]
        );
    }
}
