//! `export`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Object;

/// `export`
#[derive(Debug, Args)]
pub struct ExportOptions {
    /// The object that profiles become.
    #[arg(long)]
    pub object: Object,
    /// Name of an imported list.
    #[arg(
        long,
        value_name = "NAME",
        required_unless_present = "file",
        conflicts_with = "file"
    )]
    pub list: Option<String>,
    /// A CSV file, which is imported as a list first.
    #[arg(long, value_name = "CSV")]
    pub file: Option<PathBuf>,
    /// At most so many profiles, in the list's order.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// Plans only; nothing is written.
    #[arg(long)]
    pub dry_run: bool,
    /// What happens to profiles that the org has already; without it, the admin's default.
    #[arg(long, value_name = "ACTION")]
    pub on_duplicate: Option<OnDuplicate>,
    /// What happens to records that wait for an answer; without it, they are left out and named in the ledger.
    #[arg(long, value_name = "HOW")]
    pub on_ask: Option<OnAsk>,
    /// E-mail address of the person who gets the new records; admins only.
    #[arg(long = "as", value_name = "EMAIL")]
    pub as_email: Option<String>,
    /// Name or id of a campaign that the exported people are added to.
    #[arg(long, value_name = "CAMPAIGN")]
    pub campaign: Option<String>,
    /// Member status in that campaign; without it, the campaign's default.
    #[arg(long, value_name = "STATUS", requires = "campaign")]
    pub member_status: Option<String>,
    /// Saves records although an alerting duplicate rule of the org stops them, by a second call.
    #[arg(long)]
    pub save_past_alerts: bool,
}

/// What happens to profiles that the org has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnDuplicate {
    /// Exact hits update the record that is there.
    Update,
    /// A second record is created.
    Create,
    /// It is not exported.
    Skip,
}

impl OnDuplicate {
    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Create => "create",
            Self::Skip => "skip",
        }
    }
}

/// What happens to records that wait for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnAsk {
    /// They are left out.
    Skip,
    /// As the admin's default says; accounts are created, associated, or the best match is taken. Likely and possible hits are
    /// left out, unless the admin lets them follow the default.
    Default,
}

impl OnAsk {
    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Default => "default",
        }
    }
}
