//! Plans: what an export will do, before it does it. Nothing is written to Salesforce here.

mod anew;
mod answers;
mod basis;
mod campaigns;
mod companies;
mod decision;
mod differences;
mod duplicates;
mod forecasts;
mod lines;
mod look_cost;
mod mapped_record;
mod options;
pub(crate) mod owner;
mod plan;
mod preflight;
mod questions;
mod refresh;
mod repeat;
mod replanning;
mod retry;
mod rules;
mod side_by_side;
mod totals;
mod updates;

pub(crate) use answers::{answer, answer_all};
pub(crate) use campaigns::campaigns;
pub(crate) use companies::{answer_companies, companies, new_account, note_joining, note_not_joining};
pub(crate) use differences::differences;
pub(crate) use options::options;
pub(crate) use plan::{is_kept, org_time, plan, remove_given_up, remove_half_made};
pub(crate) use preflight::preflight;
pub(crate) use questions::questions;
pub(crate) use refresh::{before_sending, refresh};
pub(crate) use repeat::repeat;
pub(crate) use retry::retry;
