//! What a whole export costs: import, plan, send and ledger of 10,000 and of 100,000 leads by the command-line
//! program against a demo org in a process of its own; beside it, what merely reading and writing the same file
//! costs with the csv crate.
//!
//! Run it by `cargo xtask bench`. Figures are of whole processes, as the operating system counts them; only the
//! ratios mean something on another machine.

mod measured;
mod programs;

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, ensure};
use measured::{Measured, measure};
use programs::{DemoOrg, command_line};
use serde_json::Value;

const SIZES: [u32; 2] = [10_000, 100_000];

fn main() -> Result<()> {
    let program = command_line()?;
    let folder = tempfile::tempdir()?;
    println!("records   step              wall s    CPU s   peak MB   records/s");
    let mut peaks = Vec::new();
    let mut ratio = 0.0;
    for records in SIZES {
        let list = folder.path().join(format!("{records}.csv"));
        support::lists::write_contacts(&list, records)?;
        let floor = copy(&list, &folder.path().join("copy.csv"))?;
        println!(
            "{records:>7}   {:<16} {:>8.2} {:>8} {:>9} {:>11.0}",
            "csv floor",
            floor,
            "",
            "",
            f64::from(records) / floor
        );
        let org = DemoOrg::start(&program, &[])?;
        let workspace = folder.path().join(records.to_string());
        let landbridge = |arguments: &[&str]| {
            let mut command = Command::new(&program);
            command
                .arg("--workspace")
                .arg(&workspace)
                .arg("--json")
                .arg("--quiet")
                .args(arguments);
            command
                .env("LANDBRIDGE_INSTANCE_URL", &org.instance_url)
                .env("LANDBRIDGE_ACCESS_TOKEN", &org.access_token);
            measure(command)
        };
        let path = list.to_string_lossy().into_owned();
        let import = landbridge(&["import", &path, "--list", "Bench"])?;
        let export = landbridge(&["export", "--object", "lead", "--list", "Bench"])?;
        let csv = folder.path().join("ledger.csv").to_string_lossy().into_owned();
        let ledger = landbridge(&["runs", "ledger", "1", "--csv", &csv])?;
        let result: Value = serde_json::from_str(export.output.lines().last().unwrap_or_default())?;
        ensure!(
            result["created_records"] == records,
            "not every record was created: {result}"
        );
        for (step, figures) in [
            ("import", &import),
            ("plan and send", &export),
            ("ledger as CSV", &ledger),
        ] {
            print(records, step, figures);
        }
        peaks.push(
            [import.peak_bytes, export.peak_bytes, ledger.peak_bytes]
                .into_iter()
                .max()
                .unwrap_or_default(),
        );
        ratio = (import.cpu_seconds + export.cpu_seconds + ledger.cpu_seconds) / floor;
    }
    println!();
    println!(
        "peak memory at 100,000 / at 10,000: {:.2} (goal: at most 1.2)",
        peaks[1] as f64 / peaks[0] as f64
    );
    println!("CPU of import, export and ledger / csv floor, at 100,000: {ratio:.1}");
    Ok(())
}

fn print(records: u32, step: &str, figures: &Measured) {
    println!(
        "{records:>7}   {step:<16} {:>8.2} {:>8.2} {:>9.1} {:>11.0}",
        figures.wall_seconds,
        figures.cpu_seconds,
        figures.peak_bytes as f64 / 1e6,
        f64::from(records) / figures.wall_seconds
    );
}

/// Seconds that reading every row and writing it again takes.
fn copy(from: &Path, to: &Path) -> Result<f64> {
    let began = Instant::now();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(from)?;
    let mut writer = csv::Writer::from_path(to)?;
    let mut row = csv::ByteRecord::new();
    while reader.read_byte_record(&mut row)? {
        writer.write_byte_record(&row)?;
    }
    writer.flush()?;
    Ok(began.elapsed().as_secs_f64())
}
