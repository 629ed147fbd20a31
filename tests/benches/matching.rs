//! How well and how fast duplicates are found: precision and recall on labelled data, then 100,000 contacts looked up in a
//! mirror of 2,000,000, beside plain SQLite probes of the same keys in the same run.
//!
//! Run it by `cargo xtask bench`, which fetches the labelled data. All of it is on one thread.

mod labelled;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use model::TargetObject;
use model::matching::{PersonFacts, RecordFields, compare_contacts};
use rusqlite::{Connection, params};
use store::{MirrorProbe, NewMirrorFill, NewMirrorRecord, Read, Store, now};

const MIRRORED: u32 = 2_000_000;
const LOOKED_UP: u32 = 100_000;
/// Profiles that are looked up at once.
const BATCH: u32 = 10_000;
/// One in so many of the profiles is in the mirror.
const KNOWN_EVERY: u32 = 3;
const COLUMNS: [&str; 7] = [
    "FirstName",
    "LastName",
    "Email",
    "Phone",
    "MobilePhone",
    "Account.Name",
    "Account.Website",
];

fn main() -> Result<()> {
    let data = std::env::var_os("LANDBRIDGE_LABELLED_DATA")
        .map(PathBuf::from)
        .context("the labelled data is not here; run `cargo xtask bench`")?;
    labelled::run(&data)?;

    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    let mut plain = Connection::open(folder.path().join("plain.sqlite"))?;
    plain.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         CREATE TABLE unsorted (hash INTEGER NOT NULL, number INTEGER NOT NULL);
         CREATE TABLE key (hash INTEGER, number INTEGER, PRIMARY KEY (hash, number)) WITHOUT ROWID;",
    )?;
    fill(&store, &mut plain)?;
    let probes = probes();
    println!(
        "\n{LOOKED_UP} contacts, {} keys, in a mirror of {MIRRORED:<9}    seconds    keys/s   found",
        probes.len()
    );
    let unsorted = plain_probes(&plain, &probes)?;
    line(
        "plain indexed SQLite probes, as they come",
        unsorted,
        probes.len(),
    );
    let mut sorted = probes.clone();
    sorted.sort_unstable_by_key(|probe| probe.hash);
    let in_order = plain_probes(&plain, &sorted)?;
    line(
        "plain indexed SQLite probes, sorted first",
        in_order,
        probes.len(),
    );
    reset_peak();
    let before = peak_megabytes();
    let mirror = mirror_probes(&store, probes.clone())?;
    line("the mirror's keys", mirror, probes.len());
    println!(
        "the mirror's keys take {:.2} of the time of plain probes, {:.2} of sorted ones, and {:.1} MB of memory",
        mirror.0 / unsorted.0,
        mirror.0 / in_order.0,
        peak_megabytes() - before
    );
    ensure!(
        (unsorted.1, in_order.1) == (mirror.1, mirror.1),
        "they find different records"
    );
    confirm(&store)
}

fn line(name: &str, (seconds, found): (f64, usize), keys: usize) {
    println!(
        "{name:<58} {seconds:>10.2} {:>9.0} {found:>7}",
        keys as f64 / seconds
    );
}

/// A made-up contact, different for every number, told by the values of [`COLUMNS`].
struct Person([String; COLUMNS.len()]);

impl Person {
    fn new(number: u32) -> Self {
        let syllable = |place: u32| {
            const SYLLABLES: [&str; 16] = [
                "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu",
                "va",
            ];
            SYLLABLES[(number.wrapping_mul(2_654_435_761) >> (place * 4)) as usize % SYLLABLES.len()]
        };
        let word = |from: u32| (from..from + 3).map(syllable).collect::<String>();
        let (first, last, company) = (word(0), word(3), format!("Company {}", number / 20));
        let domain = format!("company{}.com", number / 20);
        let phone = |area: u32| format!("({area}) {}-{:04}", 200 + number / 10_000, number % 10_000);
        Self([
            first.clone(),
            last.clone(),
            format!("{first}.{last}.{number}@{domain}"),
            phone(212),
            phone(415),
            company,
            format!("https://www.{domain}/"),
        ])
    }
}

impl RecordFields for Person {
    fn field(&self, api_name: &str) -> Option<&str> {
        let column = COLUMNS.iter().position(|column| *column == api_name)?;
        Some(&self.0[column])
    }
}

/// Fills the mirror, and a plain table of the same keys.
fn fill(store: &Store, plain: &mut Connection) -> Result<()> {
    let began = Instant::now();
    let started_at = now();
    let fill_id = store.begin_mirror_fill(&NewMirrorFill {
        object: TargetObject::Contact,
        org_id: "00D000000000001EAA",
        started_at: &started_at,
        columns: &COLUMNS,
        zoominfo_id_field: None,
    })?;
    let (mut making, mut adding, mut keys_made) = (0.0, 0.0, 0);
    for first in (0..MIRRORED).step_by(BATCH as usize) {
        let began = Instant::now();
        let people: Vec<_> = (first..first + BATCH)
            .map(|number| {
                let person = Person::new(number);
                let keys = PersonFacts::of_contact(&person, None).keys();
                (format!("003{number:015}"), person, keys)
            })
            .collect();
        making += began.elapsed().as_secs_f64();
        keys_made += people.iter().map(|(_, _, keys)| keys.len()).sum::<usize>();
        let began = Instant::now();
        store.write(|write| {
            let cells: Vec<_> = people
                .iter()
                .map(|(_, person, _)| person.0.each_ref().map(|cell| Some(cell.as_str())))
                .collect();
            write.add_mirror_records(
                fill_id,
                people
                    .iter()
                    .zip(&cells)
                    .map(|((id, _, keys), cells)| NewMirrorRecord {
                        salesforce_id: id,
                        cells,
                        keys,
                    }),
            )
        })?;
        adding += began.elapsed().as_secs_f64();
        let transaction = plain.transaction()?;
        {
            let mut add = transaction.prepare_cached("INSERT INTO unsorted VALUES (?1, ?2)")?;
            for (number, (_, _, keys)) in (first..).zip(&people) {
                for key in keys {
                    add.execute(params![key.hash, number])?;
                }
            }
        }
        transaction.commit()?;
    }
    let completing = Instant::now();
    store.complete_mirror_fill(TargetObject::Contact, fill_id, &now())?;
    let completed = completing.elapsed().as_secs_f64();
    let sorting = Instant::now();
    plain
        .execute_batch("INSERT OR IGNORE INTO key SELECT hash, number FROM unsorted ORDER BY hash, number")?;
    println!(
        "\n{MIRRORED} contacts mirrored in {:.1} s: {making:.1} s to make {keys_made} keys, {adding:.1} s to add them and the records,\n\
         {completed:.1} s to sort the keys and swap the mirror in; an index of the same keys in SQLite takes {:.1} s",
        began.elapsed().as_secs_f64(),
        sorting.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Number of the person that a profile is about: one in a few is in the mirror.
fn looked_up(profile: u32) -> u32 {
    if profile.is_multiple_of(KNOWN_EVERY) {
        profile * (MIRRORED / LOOKED_UP)
    } else {
        MIRRORED + profile * 20
    }
}

fn probes() -> Vec<MirrorProbe> {
    let mut probes = Vec::new();
    for tag in 0..LOOKED_UP {
        let facts = PersonFacts::of_contact(&Person::new(looked_up(tag)), None);
        probes.extend(
            facts
                .keys()
                .into_iter()
                .map(|key| MirrorProbe { hash: key.hash, tag }),
        );
    }
    probes
}

/// Seconds, and the pairs of profile and record that share a key.
fn plain_probes(plain: &Connection, probes: &[MirrorProbe]) -> Result<(f64, usize)> {
    let began = Instant::now();
    let mut found = Vec::new();
    let mut statement = plain.prepare("SELECT number FROM key WHERE hash = ?1")?;
    for probe in probes {
        let mut rows = statement.query([probe.hash])?;
        while let Some(row) = rows.next()? {
            found.push((probe.tag, row.get::<_, u32>(0)?));
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok((began.elapsed().as_secs_f64(), found.len()))
}

fn mirror_probes(store: &Store, mut probes: Vec<MirrorProbe>) -> Result<(f64, usize)> {
    let began = Instant::now();
    let mut found = 0;
    for batch in probes.chunk_by_mut(|one, two| one.tag / BATCH == two.tag / BATCH) {
        found += store.read(|read| -> Result<usize> {
            let mirror = read.mirror(TargetObject::Contact)?.context("no mirror")?;
            Ok(read.probe_mirror(&mirror, batch)?.len())
        })?;
    }
    Ok((began.elapsed().as_secs_f64(), found))
}

/// The whole way from a contact to its match.
fn confirm(store: &Store) -> Result<()> {
    let began = Instant::now();
    let mut matched = 0_u32;
    for first in (0..LOOKED_UP).step_by(BATCH as usize) {
        let facts: Vec<_> = (first..first + BATCH)
            .map(|tag| PersonFacts::of_contact(&Person::new(looked_up(tag)), None))
            .collect();
        let mut probes: Vec<_> = (first..)
            .zip(&facts)
            .flat_map(|(tag, facts)| {
                facts
                    .keys()
                    .into_iter()
                    .map(move |key| MirrorProbe { hash: key.hash, tag })
            })
            .collect();
        store.read(|read: &Read<'_>| -> Result<()> {
            let mirror = read.mirror(TargetObject::Contact)?.context("no mirror")?;
            for hit in read.probe_mirror(&mirror, &mut probes)? {
                read.mirror_records(&mirror, &[hit.number], |_, record| {
                    let own = &facts[(hit.tag - first) as usize];
                    matched +=
                        u32::from(compare_contacts(own, &PersonFacts::of_contact(&record, None)).is_some());
                    Ok::<_, anyhow::Error>(())
                })?;
            }
            Ok(())
        })?;
    }
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "from contact to match, facts and comparison included: {seconds:.2} s, {:.0} contacts a second, {matched} matched",
        f64::from(LOOKED_UP) / seconds
    );
    let known = LOOKED_UP.div_ceil(KNOWN_EVERY);
    ensure!(matched >= known, "{known} contacts are in the mirror");
    Ok(())
}

/// Largest resident memory of this process, as Linux tells.
fn peak_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}

/// Lets the kernel forget the peak so far.
fn reset_peak() {
    if let Err(error) = std::fs::write("/proc/self/clear_refs", "5") {
        eprintln!("The memory's peak could not be reset: {error}");
    }
}
