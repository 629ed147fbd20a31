//! Which rows share a target. Their order is the order of the rows, wherever these stand.

use std::collections::HashMap;

use super::row::Mapping;
use crate::text::is_blank;

/// The rows of a mapping by target; rows without one are left out.
#[derive(Debug)]
pub(super) struct Hierarchies {
    groups: Vec<Vec<usize>>,
    /// For each row its group and its place there.
    places: Vec<Option<(usize, usize)>>,
}

impl Hierarchies {
    pub fn of(mapping: &Mapping) -> Self {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut by_target = HashMap::new();
        let mut places = Vec::with_capacity(mapping.rows.len());
        for (index, row) in mapping.rows.iter().enumerate() {
            let target = row.target.trim().to_ascii_lowercase();
            if is_blank(&target) {
                places.push(None);
                continue;
            }
            let group = *by_target.entry(target).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            places.push(Some((group, groups[group].len())));
            groups[group].push(index);
        }
        Self { groups, places }
    }

    /// Each group of rows with one target, as indices in order.
    pub fn groups(&self) -> impl Iterator<Item = &[usize]> {
        self.groups.iter().map(Vec::as_slice)
    }

    /// The place of a row among those with its target, from 1, and how many these are.
    pub fn place(&self, index: usize) -> Option<(u32, u32)> {
        let (group, place) = (*self.places.get(index)?)?;
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Some((number(place + 1), number(self.groups[group].len())))
    }

    /// Whether a row is the first of its target.
    pub fn is_first(&self, index: usize) -> bool {
        self.place(index).is_some_and(|(place, _)| place == 1)
    }
}
