//! The audit log. It only grows: the database itself refuses to change or delete an entry.
//!
//! Numbers have no gaps, and times never go back from one entry to the next, so that a window of a long log and its
//! beginning at a time are found by number, without reading what lies between. A search asks an index of three letters each
//! which entries may have its words, and reads those alone.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};

use crate::{Read, StoreError, Write};

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntryRow {
    /// Its number, from 1.
    pub entry_id: i64,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// What was done, by whom.
    pub entry: NewAuditEntry,
}

/// An entry that is to be added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewAuditEntry {
    /// Who did it; `None` when it was nobody of the people here.
    pub person_id: Option<i64>,
    /// Their name then.
    pub person: String,
    /// What they were then, in words.
    pub standing: String,
    /// Closed word of the area.
    pub area: String,
    /// Closed word of the act.
    pub action: String,
    /// The act in one sentence.
    pub sentence: String,
    /// What was before.
    pub before: Option<String>,
    /// What is after.
    pub after: Option<String>,
    /// The run that it is about.
    pub run_id: Option<i64>,
    /// The org that was connected, and its name.
    pub org: Option<(String, String)>,
}

/// Which entries to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Words that an entry must have, all of them.
    pub search: String,
    /// Only of this area.
    pub area: Option<String>,
    /// Not earlier than this, in the form of every time in the database.
    pub since: Option<String>,
}

/// Characters that the index knows together.
const PART_CHARACTERS: usize = 3;
/// Parts of a search that the index is asked for; more would hardly leave out another entry.
const MOST_PARTS: usize = 32;

/// More than one of so many entries are many.
const MANY_OF_ALL: u32 = 4;

const COLUMNS: &str = "entry_id, at, person_id, person, standing, area, action, sentence, before, after, run_id, org_id, org_name";

fn read_row(row: &Row<'_>) -> rusqlite::Result<AuditEntryRow> {
    let (org_id, org_name): (Option<String>, Option<String>) = (row.get(11)?, row.get(12)?);
    Ok(AuditEntryRow {
        entry_id: row.get(0)?,
        at: row.get(1)?,
        entry: NewAuditEntry {
            person_id: row.get(2)?,
            person: row.get(3)?,
            standing: row.get(4)?,
            area: row.get(5)?,
            action: row.get(6)?,
            sentence: row.get(7)?,
            before: row.get(8)?,
            after: row.get(9)?,
            run_id: row.get(10)?,
            org: org_id.zip(org_name),
        },
    })
}

impl NewAuditEntry {
    /// What a search looks through.
    fn searchable(&self) -> String {
        let run = self.run_id.map(|run| format!("run {run}"));
        [
            Some(self.person.as_str()),
            Some(self.standing.as_str()),
            Some(self.action.as_str()),
            Some(self.sentence.as_str()),
            self.before.as_deref(),
            self.after.as_deref(),
            run.as_deref(),
            self.org.as_ref().map(|(_, name)| name.as_str()),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n")
        .to_lowercase()
    }
}

/// The entries that fit, as SQL.
struct Fitting {
    /// `FROM … WHERE …`
    clauses: String,
    /// Column of their numbers, which they are gone through by.
    number: &'static str,
    values: Vec<Value>,
}

/// What the index is asked for: every part of a search, in its language; `None` when no word is long enough.
fn indexed(search: &str) -> Option<String> {
    let mut parts = BTreeSet::new();
    for word in search.to_lowercase().split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        // A text ends at such a character for SQLite.
        let known = letters
            .windows(PART_CHARACTERS)
            .filter(|part| !part.contains(&'\0'));
        parts.extend(known.map(|part| part.iter().collect::<String>().replace('"', "\"\"")));
    }
    let asked: Vec<String> = parts
        .into_iter()
        .take(MOST_PARTS)
        .map(|part| format!("\"{part}\""))
        .collect();
    (!asked.is_empty()).then(|| asked.join(" AND "))
}

impl AuditFilter {
    /// The entries up to `before`, which is not among them; all when it is `None`. The whole log is read where the index is
    /// not asked.
    fn fitting(
        &self,
        read: &Read<'_>,
        before: Option<i64>,
        asked: Option<String>,
    ) -> Result<Fitting, StoreError> {
        let mut conditions = vec!["1".to_owned()];
        let mut values = Vec::new();
        let mut add = |value: Value, condition: &dyn Fn(usize) -> String| {
            values.push(value);
            conditions.push(condition(values.len()));
        };
        let search = self.search.to_lowercase();
        let (tables, number) = match asked {
            Some(_) => (
                "audit_search CROSS JOIN audit_entry ON audit_entry.entry_id = audit_search.rowid",
                "audit_search.rowid",
            ),
            None => ("audit_entry", "audit_entry.entry_id"),
        };
        if let Some(asked) = asked {
            add(Value::Text(asked), &|place| {
                format!("audit_search MATCH ?{place}")
            });
        }
        if let Some(area) = &self.area {
            add(Value::Text(area.clone()), &|place| format!("area = ?{place}"));
        }
        if let Some(since) = &self.since {
            let first = read.first_audit_entry_since(since)?;
            add(Value::Integer(first), &|place| format!("{number} >= ?{place}"));
        }
        if let Some(before) = before {
            add(Value::Integer(before), &|place| format!("{number} < ?{place}"));
        }
        for word in search.split_whitespace() {
            add(Value::Text(word.to_owned()), &|place| {
                format!("instr(audit_entry.searchable, ?{place}) > 0")
            });
        }
        Ok(Fitting {
            clauses: format!("FROM {tables} WHERE {}", conditions.join(" AND ")),
            number,
            values,
        })
    }

    /// Whether entries that fit follow each other without a gap.
    fn is_gapless(&self) -> bool {
        self.area.is_none() && self.search.trim().is_empty()
    }
}

impl Read<'_> {
    /// How many entries there are.
    pub fn count_audit_entries(&self) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .query_row("SELECT coalesce(max(entry_id), 0) FROM audit_entry", [], |row| {
                row.get(0)
            })?)
    }

    /// How many entries fit.
    pub fn count_matching_audit_entries(&self, filter: &AuditFilter) -> Result<u32, StoreError> {
        if filter.is_gapless() {
            let total = self.count_audit_entries()?;
            let Some(since) = &filter.since else {
                return Ok(total);
            };
            let earlier = self.first_audit_entry_since(since)? - 1;
            return Ok(total.saturating_sub(u32::try_from(earlier).unwrap_or(u32::MAX)));
        }
        let asked = match indexed(&filter.search) {
            Some(asked) if self.is_in_many_entries(&asked)? => None,
            asked => asked,
        };
        let Fitting { clauses, values, .. } = filter.fitting(self, None, asked)?;
        let sql = format!("SELECT count(*) {clauses}");
        Ok(self
            .connection
            .query_row(&sql, params_from_iter(values), |row| row.get(0))?)
    }

    /// A window of the entries that fit, newest first.
    pub fn audit_entries(
        &self,
        filter: &AuditFilter,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<AuditEntryRow>, StoreError> {
        if filter.is_gapless() {
            let before = i64::from(self.count_audit_entries()?) + 1 - i64::from(offset);
            return self.audit_entries_before(filter, Some(before), limit);
        }
        let fitting = filter.fitting(self, None, indexed(&filter.search))?;
        self.query_audit_entries(fitting, offset, limit)
    }

    /// The newest entries that fit and have a smaller number than `before`, newest first.
    pub fn audit_entries_before(
        &self,
        filter: &AuditFilter,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<AuditEntryRow>, StoreError> {
        let fitting = filter.fitting(self, before, indexed(&filter.search))?;
        self.query_audit_entries(fitting, 0, limit)
    }

    /// Whether the index knows so many entries that may have the words that reading all in their order is faster.
    fn is_in_many_entries(&self, asked: &str) -> Result<bool, StoreError> {
        let found: u32 = self.connection.query_row(
            "SELECT count(*) FROM audit_search WHERE audit_search MATCH ?1",
            [asked],
            |row| row.get(0),
        )?;
        Ok(found > self.count_audit_entries()? / MANY_OF_ALL)
    }

    /// Their numbers first: an index holds them, so that rows which are passed over are not read.
    fn query_audit_entries(
        &self,
        fitting: Fitting,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<AuditEntryRow>, StoreError> {
        let Fitting {
            clauses,
            number,
            mut values,
        } = fitting;
        values.push(Value::Integer(limit.into()));
        values.push(Value::Integer(offset.into()));
        let (limit, offset) = (values.len() - 1, values.len());
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM audit_entry WHERE entry_id IN (SELECT {number} {clauses} ORDER BY {number} DESC \
             LIMIT ?{limit} OFFSET ?{offset}) ORDER BY entry_id DESC"
        ))?;
        let entries = statement.query_map(params_from_iter(values), read_row)?;
        Ok(entries.collect::<Result<_, _>>()?)
    }

    /// The number of the first entry that is not earlier than a time; one past the last when there is none.
    fn first_audit_entry_since(&self, since: &str) -> Result<i64, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT at >= ?2 FROM audit_entry WHERE entry_id = ?1")?;
        let (mut low, mut high) = (1, i64::from(self.count_audit_entries()?) + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if statement.query_row(params![middle, since], |row| row.get(0))? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(low)
    }
}

impl Write<'_> {
    /// Adds an entry. One that is added while the clock runs behind gets the time of the one before it.
    pub fn add_audit_entry(&self, now: &str, entry: &NewAuditEntry) -> Result<(), StoreError> {
        let newest: Option<String> = self
            .connection
            .query_row(
                "SELECT at FROM audit_entry ORDER BY entry_id DESC LIMIT 1",
                [],
                |row| row.get(0),
            )
            .optional()?;
        let at = newest.as_deref().map_or(now, |newest| newest.max(now));
        let (org_id, org_name) = entry.org.as_ref().map(|(id, name)| (id, name)).unzip();
        self.connection
            .prepare_cached(
                "INSERT INTO audit_entry (at, person_id, person, standing, area, action, sentence, before, after, run_id, \
                     org_id, org_name, searchable)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(params![
                at,
                entry.person_id,
                entry.person,
                entry.standing,
                entry.area,
                entry.action,
                entry.sentence,
                entry.before,
                entry.after,
                entry.run_id,
                org_id,
                org_name,
                entry.searchable(),
            ])?;
        Ok(())
    }
}
