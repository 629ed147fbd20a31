//! `landbridge-cli` driven as other programs drive it: the real program, its exit codes and its lines.
//!
//! Nothing here looks into the workspace: what a program cannot see is not tested here. To add a command: one file here.

mod audit;
mod connecting;
#[cfg(unix)]
mod disk_full;
mod doctor;
mod explaining;
mod export_options;
mod exporting;
mod importing;
#[cfg(unix)]
mod interrupted;
#[cfg(unix)]
mod killed;
mod mapping;
mod mapping_testing;
mod people;
#[cfg(target_os = "linux")]
mod read_only;
mod refusing;
mod retrying;
mod runs;
#[cfg(unix)]
mod serving;
mod tokens;
