//! Mirrors: the local copies of the org's records, and the keys by which duplicates are found in them.
//!
//! A mirror is filled in many transactions and counts from one instant on: [`Store::begin_mirror_fill`],
//! [`Write::add_mirror_records`] again and again, [`Store::complete_mirror_fill`]. A fill that is not completed is never
//! seen, and is removed when the next one of its object begins.

use model::TargetObject;
use model::matching::{KEY_VERSION, MatchKey, RecordFields};
use rusqlite::{OptionalExtension, Row, params};

use super::mirror_key::{self, PARTS};
use super::place::place;
use crate::word::{from_json, to_json, to_word};
use crate::{Read, Store, StoreError, Write};

/// Rows that one transaction removes, so that none takes long.
const REMOVED_ROWS: u32 = 100_000;

/// What a new fill is of.
#[derive(Debug, Clone)]
pub struct NewMirrorFill<'a> {
    /// The object.
    pub object: TargetObject,
    /// Id of the org.
    pub org_id: &'a str,
    /// When it began.
    pub started_at: &'a str,
    /// API names of the values of every record, in their order.
    pub columns: &'a [&'a str],
    /// API name of the field with ZoomInfo's id, where the org has one.
    pub zoominfo_id_field: Option<&'a str>,
}

/// One record to add.
#[derive(Debug, Clone)]
pub struct NewMirrorRecord<'a> {
    /// Its id.
    pub salesforce_id: &'a str,
    /// Its values, in the order of the fill's columns; `None` where blank.
    pub cells: &'a [Option<&'a str>],
    /// Its keys.
    pub keys: &'a [MatchKey],
}

/// A finished mirror.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MirrorRow {
    /// The object.
    pub object: TargetObject,
    /// Id of the org that it is of.
    pub org_id: String,
    /// When its filling began: later changes in the org are not in it.
    pub started_at: String,
    /// When it was finished.
    pub completed_at: String,
    /// API names of the values of every record.
    pub columns: Vec<String>,
    /// API name of the field with ZoomInfo's id from which its keys were made.
    pub zoominfo_id_field: Option<String>,
    /// Whether this app still makes keys as they were made; if not, nothing can be looked up until it is filled anew.
    pub has_current_keys: bool,
    /// Records in it.
    pub records: u32,
    /// Keys of all its records.
    pub keys: u64,
    pub(super) fill_id: i64,
}

/// One mirrored record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MirrorRecord<'mirror> {
    /// Its id.
    pub salesforce_id: String,
    cells: Vec<Option<String>>,
    columns: &'mirror [String],
}

impl RecordFields for MirrorRecord<'_> {
    fn field(&self, api_name: &str) -> Option<&str> {
        let column = self.columns.iter().position(|column| column == api_name)?;
        self.cells.get(column)?.as_deref()
    }
}

impl Read<'_> {
    /// The finished mirror of an object; `None` when it never was filled, or was cleared.
    pub fn mirror(&self, object: TargetObject) -> Result<Option<MirrorRow>, StoreError> {
        let row = self
            .connection
            .prepare_cached(
                "SELECT fill_id, org_id, started_at, completed_at, columns, zoominfo_id_field, key_version, records, keys
                 FROM mirror JOIN mirror_fill USING (fill_id) WHERE mirror.object = ?1",
            )?
            .query_row([to_word("mirror.object", &object)?], |row| read_mirror(object, row))
            .optional()?;
        row.map(|(mirror, columns)| {
            Ok(MirrorRow {
                columns: from_json("mirror_fill.columns", &columns)?,
                ..mirror
            })
        })
        .transpose()
    }

    /// Hands the records with these numbers of a mirror to `each`, in the order of the numbers, which are best ascending.
    pub fn mirror_records<E: From<StoreError>>(
        &self,
        mirror: &MirrorRow,
        numbers: &[u32],
        mut each: impl FnMut(u32, MirrorRecord<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT salesforce_id, cells FROM mirror_record WHERE place = ?1")
            .map_err(StoreError::from)?;
        for number in numbers {
            let found = statement
                .query_row([place(mirror.fill_id, *number)], |row| {
                    Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
                })
                .optional()
                .map_err(StoreError::from)?;
            let Some((salesforce_id, cells)) = found else {
                continue;
            };
            let record = MirrorRecord {
                salesforce_id,
                cells: from_json("mirror_record.cells", &cells)?,
                columns: &mirror.columns,
            };
            each(*number, record)?;
        }
        Ok(())
    }
}

impl Write<'_> {
    /// Adds records to a fill.
    pub fn add_mirror_records<'a>(
        &self,
        fill_id: i64,
        records: impl IntoIterator<Item = NewMirrorRecord<'a>>,
    ) -> Result<(), StoreError> {
        let first: u32 = self.connection.query_row(
            "SELECT records FROM mirror_fill WHERE fill_id = ?1",
            [fill_id],
            |row| row.get(0),
        )?;
        let mut add = self
            .connection
            .prepare_cached("INSERT INTO mirror_record (place, salesforce_id, cells) VALUES (?1, ?2, ?3)")?;
        let mut keys: Vec<(u64, u32)> = Vec::new();
        let mut number = first;
        for record in records {
            add.execute(params![
                place(fill_id, number),
                record.salesforce_id,
                to_json("mirror_record.cells", &record.cells)?
            ])?;
            keys.extend(record.keys.iter().map(|key| (key.hash.cast_unsigned(), number)));
            number += 1;
        }
        self.connection.execute(
            "UPDATE mirror_fill SET records = ?2, keys = keys + ?3 WHERE fill_id = ?1",
            params![fill_id, number, keys.len()],
        )?;
        mirror_key::add_run(self.connection, fill_id, &mut keys)
    }

    fn remove_fill_rows(&self, fill_id: i64) -> Result<usize, StoreError> {
        let (first, last) = (place(fill_id, 0), place(fill_id, u32::MAX));
        let mut removed = self.connection.execute(
            "DELETE FROM mirror_key_run WHERE rowid IN
                 (SELECT rowid FROM mirror_key_run WHERE fill_id = ?1 LIMIT ?2)",
            params![fill_id, REMOVED_ROWS],
        )?;
        for table in ["mirror_key", "mirror_key_record", "mirror_record"] {
            removed += self.connection.execute(
                &format!(
                    "DELETE FROM {table} WHERE place IN
                         (SELECT place FROM {table} WHERE place BETWEEN ?1 AND ?2 ORDER BY place LIMIT ?3)"
                ),
                params![first, last, REMOVED_ROWS],
            )?;
        }
        if removed == 0 {
            self.connection
                .execute("DELETE FROM mirror_fill WHERE fill_id = ?1", [fill_id])?;
        }
        Ok(removed)
    }
}

impl Store {
    /// Begins to fill an object's mirror anew, and removes what unfinished fills of it left; returns the fill's id. The
    /// mirror that there is stays until the fill is complete.
    pub fn begin_mirror_fill(&self, new: &NewMirrorFill<'_>) -> Result<i64, StoreError> {
        self.remove_old_fills(new.object)?;
        self.write(|write| {
            write.connection.execute(
                "INSERT INTO mirror_fill (object, org_id, started_at, columns, zoominfo_id_field, key_version)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    to_word("mirror_fill.object", &new.object)?,
                    new.org_id,
                    new.started_at,
                    to_json("mirror_fill.columns", &new.columns)?,
                    new.zoominfo_id_field,
                    KEY_VERSION
                ],
            )?;
            Ok(write.connection.last_insert_rowid())
        })
    }

    /// Sorts the keys of a fill, makes it the object's mirror in one transaction, and removes the one before. No
    /// transaction takes long, so that others may write in between.
    pub fn complete_mirror_fill(
        &self,
        object: TargetObject,
        fill_id: i64,
        completed_at: &str,
    ) -> Result<(), StoreError> {
        for part in 0..PARTS {
            self.write(|write| mirror_key::sort_part(write.connection, fill_id, part))?;
        }
        self.write(|write| {
            write.connection.execute(
                "INSERT OR REPLACE INTO mirror (object, fill_id, completed_at) VALUES (?1, ?2, ?3)",
                params![to_word("mirror.object", &object)?, fill_id, completed_at],
            )?;
            Ok::<_, StoreError>(())
        })?;
        self.remove_old_fills(object)
    }

    /// Removes the mirror of an object.
    pub fn clear_mirror(&self, object: TargetObject) -> Result<(), StoreError> {
        self.write(|write| {
            write.connection.execute(
                "DELETE FROM mirror WHERE object = ?1",
                [to_word("mirror.object", &object)?],
            )?;
            Ok::<_, StoreError>(())
        })?;
        self.remove_old_fills(object)
    }

    /// Empties the mirrors of all objects.
    pub fn clear_mirrors(&self) -> Result<(), StoreError> {
        for object in TargetObject::ALL {
            self.clear_mirror(object)?;
        }
        Ok(())
    }

    fn remove_old_fills(&self, object: TargetObject) -> Result<(), StoreError> {
        let object = to_word("mirror_fill.object", &object)?;
        let old: Vec<i64> = self.read(|read| {
            let mut statement = read.connection.prepare_cached(
                "SELECT fill_id FROM mirror_fill WHERE object = ?1 AND fill_id NOT IN (SELECT fill_id FROM mirror)",
            )?;
            let rows = statement.query_map([&object], |row| row.get(0))?;
            Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
        })?;
        for fill_id in old {
            while self.write(|write| write.remove_fill_rows(fill_id))? > 0 {}
        }
        Ok(())
    }
}

fn read_mirror(object: TargetObject, row: &Row<'_>) -> rusqlite::Result<(MirrorRow, String)> {
    let mirror = MirrorRow {
        object,
        fill_id: row.get(0)?,
        org_id: row.get(1)?,
        started_at: row.get(2)?,
        completed_at: row.get(3)?,
        columns: Vec::new(),
        zoominfo_id_field: row.get(5)?,
        has_current_keys: row.get::<_, u32>(6)? == KEY_VERSION,
        records: row.get(7)?,
        keys: row.get(8)?,
    };
    Ok((mirror, row.get(4)?))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use model::matching::CompanyFacts;
    use proptest::prelude::*;

    use super::*;
    use crate::table::mirror_key::{MirrorHit, MirrorProbe};

    const COLUMNS: [&str; 2] = ["Name", "Website"];

    fn begin(store: &Store) -> i64 {
        store
            .begin_mirror_fill(&NewMirrorFill {
                object: TargetObject::Account,
                org_id: "00D000000000001EAA",
                started_at: "2026-01-02T03:04:05.000Z",
                columns: &COLUMNS,
                zoominfo_id_field: None,
            })
            .unwrap()
    }

    fn add(store: &Store, fill_id: i64, names: &[String]) {
        let keys: Vec<_> = names.iter().map(|name| facts(name).keys()).collect();
        let cells: Vec<_> = names.iter().map(|name| [Some(name.as_str()), None]).collect();
        store
            .write(|write| {
                write.add_mirror_records(
                    fill_id,
                    names
                        .iter()
                        .zip(&cells)
                        .zip(&keys)
                        .map(|((name, cells), keys)| NewMirrorRecord {
                            salesforce_id: name,
                            cells,
                            keys,
                        }),
                )
            })
            .unwrap();
    }

    fn complete(store: &Store, fill_id: i64) {
        store
            .complete_mirror_fill(TargetObject::Account, fill_id, "2026-01-02T04:04:05.000Z")
            .unwrap();
    }

    fn facts(name: &str) -> CompanyFacts {
        CompanyFacts::of_account(&BTreeMap::from([("Name".to_owned(), name.to_owned())]), None)
    }

    /// The names of the records that a name finds.
    fn found(store: &Store, name: &str) -> Vec<String> {
        let mut probes: Vec<_> = facts(name)
            .keys()
            .iter()
            .map(|key| MirrorProbe {
                hash: key.hash,
                tag: 7,
            })
            .collect();
        store
            .read(|read| {
                let Some(mirror) = read.mirror(TargetObject::Account)? else {
                    return Ok(Vec::new());
                };
                let hits = read.probe_mirror(&mirror, &mut probes)?;
                assert!(hits.iter().all(|hit: &MirrorHit| hit.tag == 7));
                let numbers: Vec<u32> = hits.iter().map(|hit| hit.number).collect();
                let mut names = Vec::new();
                read.mirror_records(&mirror, &numbers, |_, record| {
                    assert_eq!(record.field("Website"), None);
                    assert_eq!(record.field("Name"), Some(record.salesforce_id.as_str()));
                    names.push(record.salesforce_id);
                    Ok::<_, StoreError>(())
                })?;
                Ok::<_, StoreError>(names)
            })
            .unwrap()
    }

    fn rows(store: &Store) -> Vec<u32> {
        store
            .read(|read: &Read<'_>| {
                [
                    "mirror_fill",
                    "mirror_record",
                    "mirror_key",
                    "mirror_key_record",
                    "mirror_key_run",
                ]
                .iter()
                .map(|table| {
                    let sql = format!("SELECT count(*) FROM {table}");
                    Ok(read.connection.query_row(&sql, [], |row| row.get(0))?)
                })
                .collect::<Result<_, StoreError>>()
            })
            .unwrap()
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_fill_is_seen_whole_and_only_when_it_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let first = begin(&store);
        add(&store, first, &owned(&["Tarn", "Fell"]));
        assert_eq!(found(&store, "Tarn"), Vec::<String>::new());
        complete(&store, first);
        assert_eq!(found(&store, "Tarn Inc"), ["Tarn"]);

        let second = begin(&store);
        add(&store, second, &owned(&["Beck"]));
        add(&store, second, &owned(&["Tarn GmbH", "The Tarn"]));
        assert_eq!(found(&store, "Tarn Inc"), ["Tarn"]);
        complete(&store, second);
        assert_eq!(found(&store, "Tarn Inc"), ["Tarn GmbH", "The Tarn"]);
        assert_eq!(found(&store, "Fell"), Vec::<String>::new());
        let mirror = store
            .read(|read| read.mirror(TargetObject::Account))
            .unwrap()
            .unwrap();
        assert_eq!(
            (mirror.records, mirror.keys, mirror.has_current_keys),
            (3, 3, true)
        );
        assert_eq!(rows(&store)[..2], [1, 3]);
    }

    #[test]
    fn what_an_unfinished_fill_left_goes_with_the_next_and_clearing_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let broken = begin(&store);
        add(&store, broken, &owned(&["Tarn"]));
        drop(store);
        let store = Store::open(folder.path()).unwrap();
        let empty = begin(&store);
        assert_eq!(rows(&store), [1, 0, 0, 0, 0]);
        complete(&store, empty);
        assert_eq!(found(&store, "Tarn"), Vec::<String>::new());
        store.clear_mirror(TargetObject::Account).unwrap();
        assert_eq!(rows(&store), [0, 0, 0, 0, 0]);
    }

    #[test]
    fn a_key_of_very_many_records_gives_no_more_than_fifty() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let fill = begin(&store);
        add(&store, fill, &vec!["Tarn".to_owned(); 60]);
        complete(&store, fill);
        assert_eq!(found(&store, "Tarn").len(), 50);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn every_record_is_found_by_its_keys_and_no_other_is(
            names in prop::collection::vec("[a-z]{2,3}", 1..2_000),
            batch in 1_usize..700,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::open(folder.path()).unwrap();
            let fill = begin(&store);
            for names in names.chunks(batch) {
                add(&store, fill, names);
            }
            complete(&store, fill);
            for name in names.iter().step_by(37) {
                let alike: BTreeSet<_> = names
                    .iter()
                    .filter(|other| *other == name)
                    .cloned()
                    .collect();
                prop_assert_eq!(found(&store, name).into_iter().collect::<BTreeSet<_>>(), alike);
            }
            prop_assert_eq!(found(&store, "somebody else"), Vec::<String>::new());
        }

        // Few probes find their buckets one by one, many are held against all buckets.
        #[test]
        fn all_probes_at_once_tell_what_each_tells_alone(
            names in prop::collection::vec("[a-z]{2,3}", 1..2_000),
            asked in prop::collection::vec("[a-z]{2,3}", 300),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::open(folder.path()).unwrap();
            let fill = begin(&store);
            add(&store, fill, &names);
            complete(&store, fill);
            let known: BTreeSet<_> = names.iter().collect();
            let mut probes = Vec::new();
            let mut expected = Vec::new();
            for (tag, name) in (0..).zip(&asked) {
                probes.extend(facts(name).keys().iter().map(|key| MirrorProbe { hash: key.hash, tag }));
                if known.contains(name) {
                    expected.push(tag);
                }
            }
            probes.sort_unstable_by_key(|probe| probe.hash.cast_unsigned());
            let first_bits = probes.iter().map(|probe| MirrorProbe { hash: probe.hash & (-1 << 18), ..*probe });
            let (together, by_first_bits, alone) = store
                .read(|read: &Read<'_>| {
                    let mirror = read.mirror(TargetObject::Account)?.unwrap();
                    let together = read.tags_in_mirror(&mirror, u64::BITS, probes.iter().copied())?;
                    let by_first_bits = read.tags_in_mirror(&mirror, u64::BITS - 18, first_bits)?;
                    let mut alone = Vec::new();
                    for probe in &probes {
                        alone.extend(read.tags_in_mirror(&mirror, u64::BITS, [*probe])?);
                    }
                    alone.sort_unstable();
                    alone.dedup();
                    Ok::<_, StoreError>((together, by_first_bits, alone))
                })
                .unwrap();
            prop_assert_eq!(&together, &expected);
            prop_assert_eq!(&by_first_bits, &expected);
            prop_assert_eq!(&alone, &expected);
        }
    }
}
