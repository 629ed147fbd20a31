//! What mapping costs: 100,000 contacts through the 20 rows of a leads mapping on one core, beside what merely reading
//! and writing the same rows costs with the csv crate; and what checking the imported list takes in the app, while somebody
//! goes on editing.
//!
//! Run it by `cargo xtask bench`. Both halves of the ratio are of one run on one thread; only ratios mean something on
//! another machine.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use engine::contract::mapping::check::ListCheck;
use engine::contract::mapping::preview::MappingPreview;
use engine::contract::mapping::versions::SavedMapping;
use model::mapping::Survey;
use model::{CompiledMapping, Mapping, Profile, ProfileDocument, TargetObject, apply, default_mapping};
use serde_json::{Value, json};
use store::Store;
use support::TestApp;
use zoominfo::{ListReader, ListRow};

const PROFILES: u32 = 100_000;
const ROWS: usize = 20;

#[tokio::main]
async fn main() -> Result<()> {
    let app = TestApp::connected().await;
    let path = app.file("contacts.csv", support::lists::contacts(PROFILES));
    let described = Store::open(app.workspace())?
        .read(|read| read.describe(TargetObject::Lead))?
        .context("the org's leads are not described")?;
    let mut mapping = default_mapping(TargetObject::Lead, Some(&described));
    mapping.rows.truncate(ROWS);
    ensure!(
        mapping.rows.len() == ROWS,
        "the default mapping has {} rows",
        mapping.rows.len()
    );
    let compiled = CompiledMapping::of_sound_rows(&mapping, &described);

    let floor = copy(&path)?;
    let profiles = read(&path)?;
    ensure!(
        profiles.len() == PROFILES as usize,
        "{} profiles were read",
        profiles.len()
    );
    let (applied, cells) = map(&compiled, &profiles);
    let documents = profiles
        .iter()
        .map(serde_json::to_string)
        .collect::<Result<Vec<String>, _>>()?;
    drop(profiles);
    let surveyed = survey(&compiled, &mapping, &documents)?;
    println!("{PROFILES} contacts, {ROWS} rows, one core        seconds   profiles/s   of the csv floor");
    for (what, seconds) in [
        ("csv read and write", floor),
        ("map to records", applied),
        ("read stored, map, tally", surveyed),
    ] {
        println!(
            "{what:<38} {seconds:>12.2} {:>12.0} {:>12.2}",
            f64::from(PROFILES) / seconds,
            seconds / floor
        );
    }
    println!("{cells} values were made");

    app.import(&path, "Bench").await;
    let saved: SavedMapping = app.call("mapping.show", json!({ "object": "lead" })).await;
    let rows = serde_json::to_value(&saved.rows)?;
    let checked = check(&app, &rows).await?;
    println!(
        "check of the imported list, {} rows, all cores: {checked:.2} s, {:.2} of the csv floor",
        saved.rows.len(),
        checked / floor
    );
    let alone = preview(&app, &rows).await;
    let (checked, meanwhile) = check_while_editing(&app, &rows).await?;
    let slowest = meanwhile.iter().copied().fold(0.0, f64::max);
    println!(
        "preview of an edit: {:.1} ms alone; the slowest of {} in a row during a check {:.1} ms, and that check {checked:.2} s",
        alone * 1_000.0,
        meanwhile.len(),
        slowest * 1_000.0
    );
    Ok(())
}

/// Seconds of a check of the imported list.
async fn check(app: &TestApp, rows: &Value) -> Result<f64> {
    let began = Instant::now();
    let query = json!({ "object": "lead", "rows": rows, "list_id": null });
    let checked: ListCheck = app.call("mapping.check_list", query).await;
    let seconds = began.elapsed().as_secs_f64();
    ensure!(
        checked.profiles == PROFILES,
        "{} profiles were checked",
        checked.profiles
    );
    Ok(seconds)
}

/// Seconds of a check, and of each preview that was asked meanwhile: one after the other without a pause, as nobody types.
async fn check_while_editing(app: &TestApp, rows: &Value) -> Result<(f64, Vec<f64>)> {
    let checking = AtomicBool::new(true);
    let check = async {
        let checked = check(app, rows).await;
        checking.store(false, Ordering::Release);
        checked
    };
    let edit = async {
        let mut meanwhile = Vec::new();
        while checking.load(Ordering::Acquire) {
            meanwhile.push(preview(app, rows).await);
        }
        meanwhile
    };
    let (checked, meanwhile) = tokio::join!(check, edit);
    Ok((checked?, meanwhile))
}

/// Seconds of what an edit waits for: the rows as they stand, shown for a sample.
async fn preview(app: &TestApp, rows: &Value) -> f64 {
    let sample = json!({ "list_id": null, "index": 0 });
    let query = json!({ "object": "lead", "rows": rows, "sample": sample, "record": null });
    let began = Instant::now();
    let _: MappingPreview = app.call("mapping.preview", query).await;
    began.elapsed().as_secs_f64()
}

/// Seconds that reading every row and writing it again takes.
fn copy(path: &std::path::Path) -> Result<f64> {
    let began = Instant::now();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path)?;
    let mut writer = csv::Writer::from_path(path.with_extension("copy"))?;
    let mut row = csv::ByteRecord::new();
    while reader.read_byte_record(&mut row)? {
        writer.write_byte_record(&row)?;
    }
    writer.flush()?;
    Ok(began.elapsed().as_secs_f64())
}

fn read(path: &std::path::Path) -> Result<Vec<Profile>> {
    let mut profiles = Vec::new();
    for row in ListReader::open(path)? {
        if let ListRow::Profile(row) = row? {
            profiles.push(row.profile);
        }
    }
    Ok(profiles)
}

fn map(compiled: &CompiledMapping, profiles: &[Profile]) -> (f64, usize) {
    let began = Instant::now();
    let cells = profiles
        .iter()
        .map(|profile| apply(compiled, profile).cells.len())
        .sum();
    (began.elapsed().as_secs_f64(), cells)
}

fn survey(compiled: &CompiledMapping, mapping: &Mapping, documents: &[String]) -> Result<f64> {
    let began = Instant::now();
    let mut survey = Survey::new(compiled, mapping.rows.len());
    for (position, document) in (0..).zip(documents) {
        survey.add(position, &ProfileDocument::read(document)?);
    }
    let surveyed = survey.finish();
    ensure!(
        surveyed.profiles == PROFILES,
        "{} profiles were surveyed",
        surveyed.profiles
    );
    Ok(began.elapsed().as_secs_f64())
}
