//! A window of lines with what tells their profiles, held against records.

use std::collections::HashMap;

use model::matching::{SearchTerm, search_terms};
use model::{Grade, ProfileReader, ProfileValues, TargetObject};
use store::{Candidate, LineProfile, Read};

use super::facts::{Facts, reason};
use super::records::FoundRecord;
use super::searched::Searched;
use crate::fault::Fault;
use crate::planning::lines::unreadable;

/// Lines of a window.
pub(in crate::planning) const WINDOW_LINES: u32 = 500;

/// Lines that are looked for together.
pub(in crate::planning) struct Window {
    pub lines: Vec<WindowLine>,
    by_key: HashMap<i64, Vec<usize>>,
}

/// A line that is looked for.
pub(in crate::planning) struct WindowLine {
    pub line: u32,
    pub facts: Facts,
    /// What to ask Salesforce for.
    pub terms: Vec<SearchTerm>,
    pub found: Vec<Candidate>,
}

impl WindowLine {
    /// Of a profile that becomes a record of this object, or whose company does.
    pub fn of_profile(line: u32, object: TargetObject, profile: &impl ProfileValues) -> Self {
        Self {
            line,
            facts: Facts::of_profile(object, profile),
            terms: search_terms(object, profile),
            found: Vec::new(),
        }
    }

    fn of_facts(
        line: LineProfile<'_>,
        object: TargetObject,
        profiles: &mut ProfileReader,
    ) -> Result<Self, Fault> {
        let profile = profiles.read(line.document).map_err(|error| unreadable(&error))?;
        let facts = Facts::of_profile(object, &profile);
        profiles.take_back(profile);
        Ok(Self {
            line: line.line,
            facts,
            terms: Vec::new(),
            found: Vec::new(),
        })
    }

    /// Whether nothing better can be found.
    pub fn has_exact(&self) -> bool {
        self.found.iter().any(|found| found.grade == Grade::Exact)
    }
}

impl Window {
    /// The lines after a line that are created as things stand.
    pub fn load(read: &Read<'_>, run_id: i64, object: TargetObject, after_line: u32) -> Result<Self, Fault> {
        let (mut lines, mut profiles) = (Vec::new(), ProfileReader::default());
        read.for_each_created_line(run_id, object, after_line, WINDOW_LINES, |line| {
            let profile = profiles.read(line.document).map_err(|error| unreadable(&error))?;
            lines.push(WindowLine::of_profile(line.line, object, &profile));
            profiles.take_back(profile);
            Ok::<_, Fault>(())
        })?;
        Ok(Self::of(lines))
    }

    /// The same, so many lines at most and without what to ask Salesforce for.
    pub fn load_facts(
        read: &Read<'_>,
        run_id: i64,
        object: TargetObject,
        after_line: u32,
        limit: u32,
    ) -> Result<Self, Fault> {
        let (mut lines, mut profiles) = (Vec::new(), ProfileReader::default());
        read.for_each_created_line(run_id, object, after_line, limit, |line| {
            lines.push(WindowLine::of_facts(line, object, &mut profiles)?);
            Ok::<_, Fault>(())
        })?;
        Ok(Self::of(lines))
    }

    /// The same of some lines, which are given.
    pub fn load_facts_of(
        read: &Read<'_>,
        run_id: i64,
        object: TargetObject,
        of: &[u32],
    ) -> Result<Self, Fault> {
        let (mut lines, mut profiles) = (Vec::new(), ProfileReader::default());
        read.for_each_created_line_of(run_id, object, of, |line| {
            lines.push(WindowLine::of_facts(line, object, &mut profiles)?);
            Ok::<_, Fault>(())
        })?;
        Ok(Self::of(lines))
    }

    /// These lines.
    pub fn of(lines: Vec<WindowLine>) -> Self {
        let mut by_key: HashMap<i64, Vec<usize>> = HashMap::new();
        for (index, line) in lines.iter().enumerate() {
            for key in line.facts.keys() {
                by_key.entry(key.hash).or_default().push(index);
            }
        }
        Self { lines, by_key }
    }

    /// Holds a record against the lines, and keeps it with those that it may be.
    pub fn compare(&mut self, searched: &Searched, record: &FoundRecord) {
        let theirs = Facts::of_record(record.object, &record.values, searched.zoominfo_id_field());
        let mut sharing: Vec<usize> = theirs
            .keys()
            .iter()
            .filter_map(|key| self.by_key.get(&key.hash))
            .flatten()
            .copied()
            .collect();
        sharing.sort_unstable();
        sharing.dedup();
        for index in sharing {
            let Some(line) = self.lines.get_mut(index) else {
                continue;
            };
            let is_known = |known: &Candidate| known.salesforce_id.as_deref() == Some(&record.salesforce_id);
            if line.found.iter().any(is_known) {
                continue;
            }
            line.found.extend(candidate(&line.facts, &theirs, record));
        }
    }
}

/// The record as a candidate of a line with these facts, when it may be the same.
pub(in crate::planning) fn candidate(own: &Facts, theirs: &Facts, record: &FoundRecord) -> Option<Candidate> {
    let found = own.compare(theirs, record.object)?;
    Some(Candidate {
        object: record.object,
        salesforce_id: Some(record.salesforce_id.clone()),
        other_line: None,
        grade: found.grade,
        criterion: Some(found.criterion.code().to_owned()),
        reason: reason(found),
        values: record.values.clone(),
    })
}
