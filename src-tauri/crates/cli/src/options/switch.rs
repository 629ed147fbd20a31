//! On or off.

use clap::ValueEnum;

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// Exports are allowed.
    On,
    /// Nobody may export.
    Off,
}
