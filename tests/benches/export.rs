//! What a whole export costs: 10,000 and 100,000 leads planned and sent by the command-line program, from a workspace with a
//! mirror of 2,000,000 records, to an org that costs nothing; beside it what the Salesforce CLI spends on the mere upload of the
//! same file, and what a run costs that was killed half-way and resumed. Import and ledger are measured too.
//!
//! Run it by `cargo xtask bench`. Clients have one core and the org the other; figures are of whole processes, as the operating
//! system counts them. Ratios are of the least that each took in five rounds, because what else a machine does only adds to it;
//! the medians of the rounds' own ratios stand beside them. Only ratios mean something on another machine.

mod made_up;
mod measured;
mod null_org;
mod programs;
mod salesforce_cli;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use made_up::{CONTACT_COLUMNS, LEAD_COLUMNS, MadeUp};
use measured::{Measured, measure, measure_until_killed};
use model::TargetObject;
use model::matching::{MatchKey, PersonFacts};
use null_org::NullOrg;
use programs::{command_line, on_client_core};
use salesforce_cli::SalesforceCli;
use serde_json::Value;
use store::{NewMirrorFill, NewMirrorRecord, Read, Store, now};

const SIZES: [u32; 2] = [10_000, 100_000];
/// How often everything is measured, one after the other, so that each has a turn when the machine is at its best.
const ROUNDS: usize = 5;
/// People are looked for among contacts and among leads: together 2,000,000.
const MIRRORED: [(TargetObject, u32); 2] =
    [(TargetObject::Contact, 500_000), (TargetObject::Lead, 1_500_000)];
/// Records that are mirrored in one transaction.
const FILL_BATCH: u32 = 10_000;
/// Whose the new leads are.
const OWNER: &str = "priya.raman@landbridge-demo.example";
/// How often the ledger of a run that is to be killed is looked at.
const LOOK_AT_LEDGER: Duration = Duration::from_millis(50);
/// The goal of memory, in bytes.
const MOST_MEMORY_BYTES: u64 = 150_000_000;
/// The goal of memory at 100,000 as a part of that at 10,000.
const MOST_MEMORY_GROWTH: f64 = 1.2;

fn main() -> Result<()> {
    support::use_ring();
    if std::env::args().nth(1).as_deref() == Some(null_org::MODE) {
        return null_org::serve();
    }
    let bench = Bench::begin()?;
    println!("records   step                    wall s    CPU s   peak MB   records/s");
    let mut small = Vec::new();
    bench.import(SIZES[0])?;
    for _ in 0..ROUNDS {
        small.push(bench.whole_export(SIZES[0])?);
    }
    bench.import(SIZES[1])?;
    let rounds = (0..ROUNDS)
        .map(|_| bench.round())
        .collect::<Result<Vec<Round>>>()?;
    let large: Vec<f64> = rounds
        .iter()
        .map(|round| round.export.peak_bytes as f64)
        .collect();
    let growth = median(large) / median(small.iter().map(|export| export.peak_bytes as f64));
    let most_bytes = rounds
        .iter()
        .map(|round| round.export.peak_bytes)
        .max()
        .unwrap_or_default();
    let export = least(rounds.iter().map(|round| round.export.cpu_seconds));
    let upload = least(rounds.iter().map(|round| round.upload.cpu_seconds));
    let resumed = least(rounds.iter().map(Round::resumed_cpu_seconds));
    println!();
    ratio(
        "CPU of a whole export / of the Salesforce CLI's mere upload",
        export / upload,
        1.0,
    );
    println!(
        "{:>62} {:>5.2}",
        "median of the rounds",
        median(rounds.iter().map(Round::beside_upload))
    );
    ratio(
        "CPU of a run that was killed and resumed / of an unbroken one",
        resumed / export,
        1.1,
    );
    println!(
        "{:>62} {:>5.2}",
        "median of the rounds",
        median(rounds.iter().map(Round::resumed_beside_unbroken))
    );
    ratio("peak memory at 100,000 / at 10,000", growth, MOST_MEMORY_GROWTH);
    ensure!(
        most_bytes < MOST_MEMORY_BYTES,
        "the export took {most_bytes} bytes of memory; the goal is {MOST_MEMORY_BYTES}"
    );
    Ok(())
}

fn ratio(what: &str, ratio: f64, goal: f64) {
    let met = if ratio <= goal { "met" } else { "missed" };
    println!("{what:<62} {ratio:>5.2}   goal {goal:.1}: {met}");
}

/// A workspace with lists and mirrors, of which every measurement gets a copy.
struct Bench {
    program: PathBuf,
    salesforce_cli: SalesforceCli,
    folder: tempfile::TempDir,
}

impl Bench {
    fn begin() -> Result<Self> {
        let bench = Self {
            program: command_line()?,
            salesforce_cli: SalesforceCli::find()?,
            folder: tempfile::tempdir()?,
        };
        let org = NullOrg::start()?;
        let store = Store::open(&bench.begun())?;
        for (object, records) in MIRRORED {
            fill(&store, &org.org_id, object, records)?;
        }
        Ok(bench)
    }

    fn begun(&self) -> PathBuf {
        self.folder.path().join("begun")
    }

    /// The program with a workspace, as a client of an org, on the core of clients.
    fn landbridge(&self, org: &NullOrg, workspace: &Path, arguments: &[&str]) -> Command {
        let mut command = on_client_core(&self.program);
        command
            .arg("--workspace")
            .arg(workspace)
            .args(["--json", "--quiet"])
            .args(arguments)
            .env("LANDBRIDGE_INSTANCE_URL", &org.instance_url)
            .env("LANDBRIDGE_ACCESS_TOKEN", &org.access_token);
        command
    }

    /// Imports a list into the workspace that is copied.
    fn import(&self, records: u32) -> Result<()> {
        let list = self.folder.path().join(format!("{records}.csv"));
        support::lists::write_contacts(&list, records)?;
        let floor = copy(&list, &self.folder.path().join("copy.csv"))?;
        println!("{records:>7}   {:<22} {floor:>8.2}", "csv floor");
        let org = NullOrg::start()?;
        let arguments = ["import", &list.to_string_lossy(), "--list", &records.to_string()];
        print(
            records,
            "import",
            &measure(self.landbridge(&org, &self.begun(), &arguments))?,
        );
        Ok(())
    }

    /// A new workspace with everything that was imported and mirrored.
    fn workspace(&self) -> Result<tempfile::TempDir> {
        let workspace = tempfile::tempdir_in(self.folder.path())?;
        for entry in fs::read_dir(self.begun())? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                fs::copy(entry.path(), workspace.path().join(entry.file_name()))?;
            }
        }
        Ok(workspace)
    }

    fn export(&self, org: &NullOrg, workspace: &Path, records: u32) -> Command {
        let list = records.to_string();
        let arguments = ["export", "--object", "lead", "--list", &list, "--as", OWNER];
        self.landbridge(org, workspace, &arguments)
    }

    fn whole_export(&self, records: u32) -> Result<Measured> {
        let (org, workspace) = (NullOrg::start()?, self.workspace()?);
        let export = measure(self.export(&org, workspace.path(), records))?;
        let result: Value = serde_json::from_str(export.output.lines().last().unwrap_or_default())?;
        ensure!(
            result["created_records"] == records,
            "not every record was created: {result}"
        );
        check_plan(workspace.path())?;
        print(records, "plan and send", &export);
        if records == SIZES[1] {
            fs::write(self.upload_file(), org.first_upload()?)?;
            let csv = workspace.path().join("ledger.csv");
            let arguments = ["runs", "ledger", "1", "--csv", &csv.to_string_lossy()];
            print(
                records,
                "ledger as CSV",
                &measure(self.landbridge(&org, workspace.path(), &arguments))?,
            );
        }
        Ok(export)
    }

    /// What the whole export uploaded.
    fn upload_file(&self) -> PathBuf {
        self.folder.path().join("upload.csv")
    }

    /// Everything of the large list, one after the other.
    fn round(&self) -> Result<Round> {
        let records = SIZES[1];
        let export = self.whole_export(records)?;
        let upload = self.upload_by_salesforce_cli()?;
        print(records, "upload by sf", &upload);
        let (killed, resumed) = self.killed_and_resumed(records)?;
        print(records, "killed half-way", &killed);
        print(records, "resumed", &resumed);
        let round = Round {
            export,
            upload,
            killed,
            resumed,
        };
        println!(
            "{:>7}   CPU beside the upload {:.2}, killed and resumed beside unbroken {:.2}",
            "",
            round.beside_upload(),
            round.resumed_beside_unbroken()
        );
        Ok(round)
    }

    fn upload_by_salesforce_cli(&self) -> Result<Measured> {
        let org = NullOrg::start()?;
        self.salesforce_cli.sign_in(&org)?;
        self.salesforce_cli.upload(&self.upload_file(), "Lead")
    }

    /// A run that is killed when half of its outcomes are in the ledger, and its resumption.
    fn killed_and_resumed(&self, records: u32) -> Result<(Measured, Measured)> {
        let (org, workspace) = (NullOrg::start()?, self.workspace()?);
        let watching = Store::open(workspace.path())?;
        let mut looked = Instant::now();
        let killed = measure_until_killed(self.export(&org, workspace.path(), records), || {
            // Whoever is measured works for those who look on, too.
            if looked.elapsed() < LOOK_AT_LEDGER {
                return Ok(false);
            }
            looked = Instant::now();
            let run = watching.read(|read: &Read<'_>| read.run(1))?;
            Ok(run.is_some_and(|run| run.tally.created_records >= records / 2))
        })?;
        drop(watching);
        let resumed = measure(self.landbridge(&org, workspace.path(), &["runs", "resume", "1"]))?;
        let result: Value = serde_json::from_str(resumed.output.lines().last().unwrap_or_default())?;
        ensure!(
            result["created_records"] == records,
            "not every record was created: {result}"
        );
        Ok((killed, resumed))
    }
}

/// What was measured one after the other.
struct Round {
    export: Measured,
    upload: Measured,
    killed: Measured,
    resumed: Measured,
}

impl Round {
    fn beside_upload(&self) -> f64 {
        self.export.cpu_seconds / self.upload.cpu_seconds
    }

    fn resumed_cpu_seconds(&self) -> f64 {
        self.killed.cpu_seconds + self.resumed.cpu_seconds
    }

    fn resumed_beside_unbroken(&self) -> f64 {
        self.resumed_cpu_seconds() / self.export.cpu_seconds
    }
}

fn least(figures: impl Iterator<Item = f64>) -> f64 {
    figures.fold(f64::INFINITY, f64::min)
}

fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// That the run is what is said of it: its duplicates were looked for in the mirrors, and its leads have an owner.
fn check_plan(workspace: &Path) -> Result<()> {
    let store = Store::open(workspace)?;
    let run = store.read(|read: &Read<'_>| read.run(1))?.context("no run")?;
    let checks = &run.findings.checks;
    ensure!(
        checks
            .iter()
            .any(|check| check.place == model::CheckPlace::Mirror),
        "the mirror was not looked through: {checks:?}"
    );
    ensure!(run.options.owner.is_some(), "the new leads have no owner");
    ensure!(
        run.columns.len() >= 20,
        "only {} fields are mapped",
        run.columns.len()
    );
    Ok(())
}

/// Fills the mirror of an object with people whom no list has.
fn fill(store: &Store, org_id: &str, object: TargetObject, records: u32) -> Result<()> {
    let columns = match object {
        TargetObject::Lead => &LEAD_COLUMNS,
        _ => &CONTACT_COLUMNS,
    };
    let started_at = now();
    let fill_id = store.begin_mirror_fill(&NewMirrorFill {
        object,
        org_id,
        started_at: &started_at,
        columns,
        zoominfo_id_field: None,
    })?;
    for first in (0..records).step_by(FILL_BATCH as usize) {
        let people: Vec<(String, MadeUp, Vec<MatchKey>)> = (first..records.min(first + FILL_BATCH))
            .map(|number| {
                let person = MadeUp::new(columns, number);
                let keys = match object {
                    TargetObject::Lead => PersonFacts::of_lead(&person, None).keys(),
                    _ => PersonFacts::of_contact(&person, None).keys(),
                };
                (format!("{}{number:015}", object_prefix(object)), person, keys)
            })
            .collect();
        let cells: Vec<_> = people.iter().map(|(_, person, _)| person.cells()).collect();
        store.write(|write| {
            let records = people
                .iter()
                .zip(&cells)
                .map(|((id, _, keys), cells)| NewMirrorRecord {
                    salesforce_id: id,
                    cells,
                    keys,
                });
            write.add_mirror_records(fill_id, records)
        })?;
    }
    Ok(store.complete_mirror_fill(object, fill_id, &now())?)
}

fn object_prefix(object: TargetObject) -> &'static str {
    match object {
        TargetObject::Lead => "00Q",
        _ => "003",
    }
}

fn print(records: u32, step: &str, figures: &Measured) {
    println!(
        "{records:>7}   {step:<22} {:>8.2} {:>8.2} {:>9.1} {:>11.0}",
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
