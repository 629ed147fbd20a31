//! Which of the calls or jobs that fit are troubled.

use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

/// Which of the calls or jobs that fit are troubled, counted from 1: `"always"`, `{"first": 2}`, `{"nth": 3}`,
/// `{"every": 5}`, `{"from": 10}`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// All of them.
    #[default]
    Always,
    /// The first so many.
    First(NonZeroU64),
    /// Only this one.
    Nth(NonZeroU64),
    /// Each so many: with 3 the third, sixth, ninth.
    Every(NonZeroU64),
    /// This one and all later ones.
    From(NonZeroU64),
}

impl When {
    /// Whether the call or job of this number, from 1, is troubled.
    #[must_use]
    pub fn holds(self, number: u64) -> bool {
        match self {
            Self::Always => true,
            Self::First(count) => number <= count.get(),
            Self::Nth(wanted) => number == wanted.get(),
            Self::Every(step) => number.is_multiple_of(step.get()),
            Self::From(start) => number >= start.get(),
        }
    }

    /// How many are still to be troubled after so many; `None` without end.
    #[must_use]
    pub fn left(self, counted: u64) -> Option<u64> {
        match self {
            Self::Always | Self::Every(_) | Self::From(_) => None,
            Self::First(count) => Some(count.get().saturating_sub(counted)),
            Self::Nth(wanted) => Some(u64::from(counted < wanted.get())),
        }
    }
}
