//! The keys of a mirror: sorted into buckets, so that a batch of probes goes through the database once, in its order.
//!
//! A bucket holds the keys with the same first bits, about a hundred to two hundred, in one row: of each key the next 32 bits,
//! so that keys of which only the first bits are known can be looked up, too. The numbers of their records are in a row of
//! another table. A probe of a batch costs a binary search, a bucket one row, and what is found another one; nothing is held
//! in memory but one bucket.

use std::iter::Peekable;
use std::ops::Range;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::mirror::MirrorRow;
use super::place::place;
use crate::{Read, StoreError};

/// Keys of an unfinished fill are kept apart by their first six bits, so that each part is sorted in little memory.
pub(super) const PARTS: u32 = 1 << PART_BITS;
const PART_BITS: u32 = 6;
/// Most entries of a usual bucket: its row is short enough for the smallest page of SQLite that is used.
const BUCKET_ENTRIES: u64 = 220;
const RUN_ENTRY_BYTES: usize = 12;
const ENTRY_BYTES: usize = 4;
/// A number of a row of a bucket: of its keys, or of its records.
type Entry = [u8; ENTRY_BYTES];
/// Records that one key may give. A key that more share tells too little; of those that are the same in more, other keys
/// are shared by fewer.
const MOST_RECORDS_A_KEY: usize = 50;

/// A key to look up, and what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MirrorProbe {
    /// [`model::matching::MatchKey::hash`].
    pub hash: i64,
    /// Whatever tells the caller whose key it is.
    pub tag: u32,
}

/// A record that shares a key with a probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MirrorHit {
    /// The probe's.
    pub tag: u32,
    /// Number of the record, for [`Read::mirror_records`].
    pub number: u32,
}

impl Read<'_> {
    /// The records of a mirror that share a key with the probes, which are sorted by the way. Hits are sorted by tag and
    /// number, each once; a key gives at most fifty. Many probes at once cost much less than one by one.
    pub fn probe_mirror(
        &self,
        mirror: &MirrorRow,
        probes: &mut [MirrorProbe],
    ) -> Result<Vec<MirrorHit>, StoreError> {
        probes.sort_unstable_by_key(|probe| probe.hash.cast_unsigned());
        let bits = bucket_bits(mirror.keys);
        let mut numbers_of = self
            .connection
            .prepare_cached("SELECT numbers FROM mirror_key_record WHERE place = ?1")?;
        let mut hits = Vec::new();
        self.for_each_probed_bucket(mirror, probes.iter().copied(), |bucket_place, entries, probes| {
            let found: Vec<(u32, Range<usize>)> = probes
                .iter()
                .map(|probe| (probe.tag, with_first_bits(entries, *probe, bits, u64::BITS)))
                .filter(|(_, places)| !places.is_empty())
                .collect();
            if found.is_empty() {
                return Ok(());
            }
            numbers_of.query_row([bucket_place], |row| {
                let numbers = entries_of(row, 0)?;
                for (tag, places) in found {
                    let of_key = numbers.get(places).unwrap_or_default();
                    hits.extend(of_key.iter().take(MOST_RECORDS_A_KEY).map(|number| MirrorHit {
                        tag,
                        number: u32::from_le_bytes(*number),
                    }));
                }
                Ok(())
            })
        })?;
        hits.sort_unstable();
        hits.dedup();
        Ok(hits)
    }

    /// Tags of the probes whose keys some record may have, ascending, each once. Of the hashes only so many first bits are
    /// known, the others being zero, so that a few tags are told by accident. The probes must ascend by their hashes taken as
    /// unsigned; all of a run at once cost much less than some at a time.
    pub fn tags_in_mirror(
        &self,
        mirror: &MirrorRow,
        known_bits: u32,
        probes: impl IntoIterator<Item = MirrorProbe>,
    ) -> Result<Vec<u32>, StoreError> {
        let bits = bucket_bits(mirror.keys);
        let mut tags = Vec::new();
        self.for_each_probed_bucket(mirror, probes, |_, entries, probes| {
            let is_there =
                |probe: &&MirrorProbe| !with_first_bits(entries, **probe, bits, known_bits).is_empty();
            tags.extend(probes.iter().filter(is_there).map(|probe| probe.tag));
            Ok(())
        })?;
        tags.sort_unstable();
        tags.dedup();
        Ok(tags)
    }

    /// Hands the place and the keys of every bucket that probes are of to `each`, with these probes, which must be sorted.
    fn for_each_probed_bucket(
        &self,
        mirror: &MirrorRow,
        probes: impl IntoIterator<Item = MirrorProbe>,
        each: impl FnMut(i64, &[Entry], &[MirrorProbe]) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        if mirror.keys == 0 || !mirror.has_current_keys {
            return Ok(());
        }
        let probes = ProbesByBucket::of(mirror, probes.into_iter());
        // Where most buckets are probed, going through all of them costs less than finding each.
        if probes.at_least() >= probes.buckets() {
            self.pass_buckets(mirror, probes, each)
        } else {
            self.find_buckets(mirror, probes, each)
        }
    }

    /// Goes through the buckets in order.
    fn pass_buckets(
        &self,
        mirror: &MirrorRow,
        mut probes: ProbesByBucket<impl Iterator<Item = MirrorProbe>>,
        mut each: impl FnMut(i64, &[Entry], &[MirrorProbe]) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT place, entries FROM mirror_key WHERE place >= ?1 AND place <= ?2 ORDER BY place",
        )?;
        let mut rows = statement.query([place(mirror.fill_id, 0), place(mirror.fill_id, u32::MAX)])?;
        let Some(mut wanted) = probes.next_bucket() else {
            return Ok(());
        };
        while let Some(row) = rows.next()? {
            let found: i64 = row.get(0)?;
            while place(mirror.fill_id, wanted) < found {
                match probes.next_bucket() {
                    Some(next) => wanted = next,
                    None => return Ok(()),
                }
            }
            if place(mirror.fill_id, wanted) == found {
                each(found, entries_of(row, 1)?, &probes.of_bucket)?;
            }
        }
        Ok(())
    }

    /// Finds each bucket.
    fn find_buckets(
        &self,
        mirror: &MirrorRow,
        mut probes: ProbesByBucket<impl Iterator<Item = MirrorProbe>>,
        mut each: impl FnMut(i64, &[Entry], &[MirrorProbe]) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT entries FROM mirror_key WHERE place = ?1")?;
        while let Some(number) = probes.next_bucket() {
            let bucket_place = place(mirror.fill_id, number);
            statement
                .query_row([bucket_place], |row| {
                    each(bucket_place, entries_of(row, 0)?, &probes.of_bucket)
                })
                .optional()?;
        }
        Ok(())
    }
}

/// Sorted probes, those of one bucket after those of another.
struct ProbesByBucket<I: Iterator<Item = MirrorProbe>> {
    probes: Peekable<I>,
    /// First bits of a hash that make a bucket.
    bits: u32,
    /// The probes of the bucket that was told last.
    of_bucket: Vec<MirrorProbe>,
}

impl<I: Iterator<Item = MirrorProbe>> ProbesByBucket<I> {
    fn of(mirror: &MirrorRow, probes: I) -> Self {
        Self {
            probes: probes.peekable(),
            bits: bucket_bits(mirror.keys),
            of_bucket: Vec::new(),
        }
    }

    /// How many probes there are, as far as that is known.
    fn at_least(&self) -> usize {
        self.probes.size_hint().0
    }

    fn buckets(&self) -> usize {
        1 << self.bits
    }

    /// The next bucket that has probes.
    fn next_bucket(&mut self) -> Option<u32> {
        let bits = self.bits;
        let of = |probe: &MirrorProbe| bucket(probe.hash.cast_unsigned(), bits);
        let first = self.probes.next()?;
        let number = of(&first);
        self.of_bucket.clear();
        self.of_bucket.push(first);
        while let Some(probe) = self.probes.next_if(|probe| of(probe) == number) {
            self.of_bucket.push(probe);
        }
        Some(number)
    }
}

/// The entries of a bucket.
fn entries_of<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<&'r [Entry]> {
    let (entries, _) = row.get_ref(column)?.as_blob()?.as_chunks::<ENTRY_BYTES>();
    Ok(entries)
}

/// Places in a bucket of the keys that have the first `known_bits` of a probe's.
fn with_first_bits(entries: &[Entry], probe: MirrorProbe, bucket_bits: u32, known_bits: u32) -> Range<usize> {
    let unknown_bits = u32::BITS.saturating_sub(known_bits.saturating_sub(bucket_bits));
    let known = |next: u32| next.checked_shr(unknown_bits).unwrap_or_default();
    let of_entry = |entry: &Entry| known(u32::from_le_bytes(*entry));
    let wanted = known(next_bits(probe.hash.cast_unsigned(), bucket_bits));
    let start = entries.partition_point(|entry| of_entry(entry) < wanted);
    let same = entries[start..]
        .iter()
        .take_while(|entry| of_entry(entry) == wanted);
    start..start + same.count()
}

/// Keeps keys of a fill, to be sorted when it is complete.
pub(super) fn add_run(
    connection: &Connection,
    fill_id: i64,
    keys: &mut [(u64, u32)],
) -> Result<(), StoreError> {
    keys.sort_unstable();
    let mut add = connection
        .prepare_cached("INSERT INTO mirror_key_run (fill_id, part, entries) VALUES (?1, ?2, ?3)")?;
    for of_part in keys.chunk_by(|one, two| bucket(one.0, PART_BITS) == bucket(two.0, PART_BITS)) {
        let Some((hash, _)) = of_part.first() else {
            continue;
        };
        let mut entries = Vec::with_capacity(of_part.len() * RUN_ENTRY_BYTES);
        for (hash, number) in of_part {
            entries.extend_from_slice(&hash.to_le_bytes());
            entries.extend_from_slice(&number.to_le_bytes());
        }
        add.execute(params![fill_id, bucket(*hash, PART_BITS), entries])?;
    }
    Ok(())
}

/// Sorts one part of a fill's keys into its buckets.
pub(super) fn sort_part(connection: &Connection, fill_id: i64, part: u32) -> Result<(), StoreError> {
    let keys: u64 = connection.query_row(
        "SELECT keys FROM mirror_fill WHERE fill_id = ?1",
        [fill_id],
        |row| row.get(0),
    )?;
    let bits = bucket_bits(keys);
    let mut sorted: Vec<(u64, u32)> = Vec::new();
    let mut runs =
        connection.prepare_cached("SELECT entries FROM mirror_key_run WHERE fill_id = ?1 AND part = ?2")?;
    let mut rows = runs.query(params![fill_id, part])?;
    while let Some(row) = rows.next()? {
        let entries = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        let (entries, _) = entries.as_chunks::<RUN_ENTRY_BYTES>();
        sorted.extend(entries.iter().filter_map(|entry| {
            let (hash, number) = entry.split_first_chunk()?;
            Some((
                u64::from_le_bytes(*hash),
                u32::from_le_bytes(*number.first_chunk()?),
            ))
        }));
    }
    sorted.sort_unstable_by_key(|(hash, number)| (bucket(*hash, bits), next_bits(*hash, bits), *number));
    sorted.dedup();
    let mut add_keys =
        connection.prepare_cached("INSERT INTO mirror_key (place, entries) VALUES (?1, ?2)")?;
    let mut add_numbers =
        connection.prepare_cached("INSERT INTO mirror_key_record (place, numbers) VALUES (?1, ?2)")?;
    for of_bucket in sorted.chunk_by(|one, two| bucket(one.0, bits) == bucket(two.0, bits)) {
        let Some((hash, _)) = of_bucket.first() else {
            continue;
        };
        let place = place(fill_id, bucket(*hash, bits));
        let bytes = |of: fn(&(u64, u32), u32) -> u32| -> Vec<u8> {
            of_bucket
                .iter()
                .flat_map(|key| of(key, bits).to_le_bytes())
                .collect()
        };
        add_keys.execute(params![place, bytes(|(hash, _), bits| next_bits(*hash, bits))])?;
        add_numbers.execute(params![place, bytes(|(_, number), _| *number)])?;
    }
    connection.execute(
        "DELETE FROM mirror_key_run WHERE fill_id = ?1 AND part = ?2",
        params![fill_id, part],
    )?;
    Ok(())
}

/// How many first bits make a bucket.
fn bucket_bits(keys: u64) -> u32 {
    let buckets = keys.div_ceil(BUCKET_ENTRIES).next_power_of_two();
    buckets.ilog2().clamp(PART_BITS, 31)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the first bits of a key, at most 31"
)]
fn bucket(hash: u64, bits: u32) -> u32 {
    (hash >> (u64::BITS - bits)) as u32
}

/// The 32 bits after those that make the bucket.
fn next_bits(hash: u64, bucket_bits: u32) -> u32 {
    (hash << bucket_bits >> u32::BITS) as u32
}
