//! How well and how fast duplicates are found: precision and recall on labelled data, then 100,000 contacts looked up in a
//! mirror of 2,000,000, beside plain SQLite probes of the same keys in the same run.
//!
//! Run it by `cargo xtask bench`, which fetches the labelled data. All of it is on one thread, and seconds are of its CPU
//! time, as Linux tells.

mod labelled;
mod made_up;

use std::ops::Range;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use made_up::MadeUp;
use model::TargetObject;
use model::matching::{PersonFacts, compare_contacts};
use rusqlite::{Connection, params};
use store::{MirrorProbe, NewMirrorFill, NewMirrorRecord, Read, Store, now};

const MIRRORED: u32 = 2_000_000;
const LOOKED_UP: u32 = 100_000;
/// Contacts that are mirrored in one transaction.
const FILL_BATCH: u32 = 10_000;
/// Contacts that are looked up at once: their keys take under 3 MB, and more would only save little more time.
const BATCH: u32 = 25_000;
/// One in so many of the profiles is in the mirror.
const KNOWN_EVERY: u32 = 3;
const COLUMNS: [&str; 7] = made_up::CONTACT_COLUMNS;

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
    let probes = probes(0..LOOKED_UP);
    println!(
        "\n{LOOKED_UP} contacts, {} keys, in a mirror of {MIRRORED:<9}      CPU s    keys/s   found",
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
    let mut batches = probes.clone();
    let mirror = mirror_probes(&store, &mut batches)?;
    line("the mirror's keys", mirror, probes.len());
    println!(
        "the mirror's keys take {:.2} of the time of plain probes, {:.2} of sorted ones",
        mirror.0 / unsorted.0,
        mirror.0 / in_order.0
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

/// Fills the mirror, and a plain table of the same keys.
fn fill(store: &Store, plain: &mut Connection) -> Result<()> {
    let began = cpu_seconds()?;
    let started_at = now();
    let fill_id = store.begin_mirror_fill(&NewMirrorFill {
        object: TargetObject::Contact,
        org_id: "00D000000000001EAA",
        started_at: &started_at,
        columns: &COLUMNS,
        zoominfo_id_field: None,
    })?;
    let (mut making, mut adding, mut keys_made) = (0.0, 0.0, 0);
    for first in (0..MIRRORED).step_by(FILL_BATCH as usize) {
        let began = cpu_seconds()?;
        let people: Vec<_> = (first..first + FILL_BATCH)
            .map(|number| {
                let person = MadeUp::contact(number);
                let keys = PersonFacts::of_contact(&person, None).keys();
                (format!("003{number:015}"), person, keys)
            })
            .collect();
        making += cpu_seconds()? - began;
        keys_made += people.iter().map(|(_, _, keys)| keys.len()).sum::<usize>();
        let began = cpu_seconds()?;
        store.write(|write| {
            let cells: Vec<_> = people.iter().map(|(_, person, _)| person.cells()).collect();
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
        adding += cpu_seconds()? - began;
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
    let completing = cpu_seconds()?;
    store.complete_mirror_fill(TargetObject::Contact, fill_id, &now())?;
    let completed = cpu_seconds()? - completing;
    let sorting = cpu_seconds()?;
    plain
        .execute_batch("INSERT OR IGNORE INTO key SELECT hash, number FROM unsorted ORDER BY hash, number")?;
    println!(
        "\n{MIRRORED} contacts mirrored in {:.1} s of CPU: {making:.1} s to make {keys_made} keys, {adding:.1} s to add them and the records,\n\
         {completed:.1} s to sort the keys and swap the mirror in; an index of the same keys in SQLite takes {:.1} s",
        cpu_seconds()? - began,
        cpu_seconds()? - sorting
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

fn facts_of(profile: u32) -> PersonFacts {
    PersonFacts::of_contact(&MadeUp::contact(looked_up(profile)), None)
}

fn probes(profiles: Range<u32>) -> Vec<MirrorProbe> {
    let mut probes = Vec::new();
    for tag in profiles {
        let keys = facts_of(tag).keys();
        probes.extend(keys.into_iter().map(|key| MirrorProbe { hash: key.hash, tag }));
    }
    probes
}

/// Seconds, and the pairs of profile and record that share a key.
fn plain_probes(plain: &Connection, probes: &[MirrorProbe]) -> Result<(f64, usize)> {
    let began = cpu_seconds()?;
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
    Ok((cpu_seconds()? - began, found.len()))
}

fn mirror_probes(store: &Store, probes: &mut [MirrorProbe]) -> Result<(f64, usize)> {
    let began = cpu_seconds()?;
    let mut found = 0;
    for batch in probes.chunk_by_mut(|one, two| one.tag / BATCH == two.tag / BATCH) {
        found += store.read(|read| -> Result<usize> {
            let mirror = read.mirror(TargetObject::Contact)?.context("no mirror")?;
            Ok(read.probe_mirror(&mirror, batch)?.len())
        })?;
    }
    Ok((cpu_seconds()? - began, found))
}

/// The whole way from a contact to its match. Facts are made again for the few that have a candidate, so that only keys are
/// held.
fn confirm(store: &Store) -> Result<()> {
    let began = cpu_seconds()?;
    let mut matched = 0_u32;
    for first in (0..LOOKED_UP).step_by(BATCH as usize) {
        let mut probes = probes(first..first + BATCH);
        store.read(|read: &Read<'_>| -> Result<()> {
            let mirror = read.mirror(TargetObject::Contact)?.context("no mirror")?;
            for hit in read.probe_mirror(&mirror, &mut probes)? {
                let own = facts_of(hit.tag);
                read.mirror_records(&mirror, &[hit.number], |_, record| {
                    let theirs = PersonFacts::of_contact(&record, None);
                    matched += u32::from(compare_contacts(&own, &theirs).is_some());
                    Ok::<_, anyhow::Error>(())
                })?;
            }
            Ok(())
        })?;
    }
    let seconds = cpu_seconds()? - began;
    println!(
        "from contact to match, facts and comparison included: {seconds:.2} s of CPU, {:.0} contacts a second, {matched} matched",
        f64::from(LOOKED_UP) / seconds
    );
    let known = LOOKED_UP.div_ceil(KNOWN_EVERY);
    ensure!(matched >= known, "{known} contacts are in the mirror");
    Ok(())
}

/// CPU time of this thread.
fn cpu_seconds() -> Result<f64> {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = said.split(' ').next().context("no time")?;
    Ok(nanoseconds.parse::<f64>()? / 1e9)
}
