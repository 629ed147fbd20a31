//! What differs between two mappings of one object, in words.
//!
//! The order of rows matters only among rows with the same target; that of unrelated rows is no difference.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::row::{Mapping, MappingRow};
use super::setting_words;
use crate::target::TargetDescribe;
use crate::text::is_blank;

/// The difference between two mappings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingDifference {
    /// The changes, in the order of the later rows; what was removed comes where it stood.
    pub changes: Vec<RowChange>,
    /// Rows that are the same.
    pub same_rows: u32,
}

/// What happened to one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowChange {
    /// What happened.
    pub kind: ChangeKind,
    /// The source in words.
    pub source: String,
    /// Label of the target, or its API name; empty while none is chosen.
    pub target_label: String,
    /// API name of the target.
    pub target: String,
    /// Its place before, from 1; `None` when it was added.
    pub row_before: Option<u32>,
    /// Its place after, from 1; `None` when it was removed.
    pub row_after: Option<u32>,
    /// What is different within the row.
    pub details: Vec<ChangeDetail>,
}

/// Kinds of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A new row.
    Added,
    /// A row that is gone.
    Removed,
    /// A row with another setting.
    Changed,
    /// A row with another place in its hierarchy.
    Moved,
}

/// One setting of a row, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeDetail {
    /// The setting in words, e.g. `On update`.
    pub what: String,
    /// Before, in words.
    pub before: String,
    /// After, in words.
    pub after: String,
}

/// What differs between an earlier and a later mapping; targets are named by the describe where there is one.
#[must_use]
pub fn difference(before: &Mapping, after: &Mapping, describe: Option<&TargetDescribe>) -> MappingDifference {
    let partners = partners(&before.rows, &after.rows);
    let places = places(before, after, &partners);
    let mut difference = MappingDifference::default();
    let mut removed = (0..before.rows.len())
        .filter(|index| !partners.contains(&Some(*index)))
        .peekable();
    for (index, row) in after.rows.iter().enumerate() {
        if let Some(earlier) = partners[index] {
            while let Some(gone) = removed.next_if(|gone| *gone < earlier) {
                difference.changes.push(removal(before, gone, describe));
            }
            let (kind, details) = compared(&before.rows[earlier], row, places[index], describe);
            match kind {
                None => difference.same_rows += 1,
                Some(kind) => difference.changes.push(RowChange {
                    row_before: Some(row_number(earlier)),
                    row_after: Some(row_number(index)),
                    details,
                    ..told(kind, row, describe)
                }),
            }
        } else {
            difference.changes.push(RowChange {
                row_after: Some(row_number(index)),
                ..told(ChangeKind::Added, row, describe)
            });
        }
    }
    let rest: Vec<usize> = removed.collect();
    for gone in rest {
        difference.changes.push(removal(before, gone, describe));
    }
    difference
}

impl MappingDifference {
    /// The changes in a few words each, e.g. `Title on update`, `order of Business Phone`, `1 row added`.
    #[must_use]
    pub fn in_words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut add = |word: String| {
            if !words.contains(&word) {
                words.push(word);
            }
        };
        let of_kind = |kind: ChangeKind| self.changes.iter().filter(move |change| change.kind == kind);
        for change in of_kind(ChangeKind::Changed) {
            let name = if is_blank(&change.target_label) {
                &change.source
            } else {
                &change.target_label
            };
            for detail in &change.details {
                if detail.what == setting_words::ORDER {
                    add(format!("order of {name}"));
                } else {
                    add(format!("{name} {}", setting_words::within(&detail.what)));
                }
            }
        }
        for change in of_kind(ChangeKind::Moved) {
            add(format!("order of {}", change.target_label));
        }
        for (kind, done) in [(ChangeKind::Added, "added"), (ChangeKind::Removed, "removed")] {
            match of_kind(kind).count() {
                0 => {}
                1 => words.push(format!("1 row {done}")),
                rows => words.push(format!("{rows} rows {done}")),
            }
        }
        words
    }

    /// Rows of the later mapping, from 1, that the earlier one does not have in this shape.
    #[must_use]
    pub fn changed_rows(&self) -> Vec<u32> {
        self.changes
            .iter()
            .filter_map(|change| change.row_after)
            .collect()
    }
}

fn told(kind: ChangeKind, row: &MappingRow, describe: Option<&TargetDescribe>) -> RowChange {
    RowChange {
        kind,
        source: row.source.label(),
        target_label: target_label(&row.target, describe),
        target: row.target.trim().to_owned(),
        row_before: None,
        row_after: None,
        details: Vec::new(),
    }
}

fn removal(before: &Mapping, index: usize, describe: Option<&TargetDescribe>) -> RowChange {
    RowChange {
        row_before: Some(row_number(index)),
        ..told(ChangeKind::Removed, &before.rows[index], describe)
    }
}

/// What happened to a row that is in both mappings; `None` when nothing did.
fn compared(
    before: &MappingRow,
    after: &MappingRow,
    (place_before, place_after): (usize, usize),
    describe: Option<&TargetDescribe>,
) -> (Option<ChangeKind>, Vec<ChangeDetail>) {
    let mut details = setting_words::details(before, after, |target| target_label(target, describe));
    let changed = !details.is_empty();
    let moved = place_before != place_after;
    if moved {
        details.push(ChangeDetail {
            what: setting_words::ORDER.to_owned(),
            before: (place_before + 1).to_string(),
            after: (place_after + 1).to_string(),
        });
    }
    let kind = match (changed, moved) {
        (true, _) => Some(ChangeKind::Changed),
        (false, true) => Some(ChangeKind::Moved),
        (false, false) => None,
    };
    (kind, details)
}

/// For each later row the earlier one that it was; each earlier row is taken once. The closest likeness goes first, so
/// that one changed setting never makes a row look like another.
fn partners(before: &[MappingRow], after: &[MappingRow]) -> Vec<Option<usize>> {
    let mut partners = vec![None; after.len()];
    let mut taken = vec![false; before.len()];
    let likenesses: [fn(&MappingRow) -> Option<String>; 5] = [
        |row| Some(format!("{row:?}")),
        |row| {
            Some(format!(
                "{:?} {:?} {}",
                row.source,
                row.block,
                folded(&row.target)
            ))
        },
        |row| Some(format!("{:?} {}", row.source, folded(&row.target))),
        |row| Some(folded(&row.target)).filter(|target| !target.is_empty()),
        |row| {
            let blank = is_blank(&row.source.label());
            (!blank).then(|| format!("{:?}", row.source))
        },
    ];
    for likeness in likenesses {
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, row) in before
            .iter()
            .enumerate()
            .rev()
            .filter(|(index, _)| !taken[*index])
        {
            if let Some(key) = likeness(row) {
                places.entry(key).or_default().push(index);
            }
        }
        for (index, row) in after.iter().enumerate() {
            if partners[index].is_none() {
                let earlier = likeness(row).and_then(|key| places.get_mut(&key)?.pop());
                if let Some(earlier) = earlier {
                    taken[earlier] = true;
                    partners[index] = Some(earlier);
                }
            }
        }
    }
    partners
}

/// For each later row with a partner in the same hierarchy: its place, from 0, among those that both mappings have.
fn places(before: &Mapping, after: &Mapping, partners: &[Option<usize>]) -> Vec<(usize, usize)> {
    let mut hierarchies: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, row) in after.rows.iter().enumerate() {
        let target = folded(&row.target);
        if let Some(earlier) = partners[index]
            && !target.is_empty()
            && folded(&before.rows[earlier].target) == target
        {
            hierarchies.entry(target).or_default().push((earlier, index));
        }
    }
    let mut places = vec![(0, 0); after.rows.len()];
    for mut rows in hierarchies.into_values() {
        for (place, (_, index)) in rows.iter().enumerate() {
            places[*index].1 = place;
        }
        rows.sort_unstable();
        for (place, (_, index)) in rows.iter().enumerate() {
            places[*index].0 = place;
        }
    }
    places
}

fn folded(target: &str) -> String {
    target.trim().to_ascii_lowercase()
}

fn target_label(target: &str, describe: Option<&TargetDescribe>) -> String {
    let target = target.trim();
    describe
        .and_then(|describe| describe.field(target))
        .map(|field| field.label.as_str())
        .filter(|label| !is_blank(label))
        .unwrap_or(target)
        .to_owned()
}

fn row_number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
