//! The keys of all lines of a run, eight bytes each: what a stream of records is held against.
//!
//! A run has 100,000 lines at most, so this is the one thing of a plan that is held in memory for all of them; it is a few
//! megabytes. The first bits of a hash stand for the whole: two records are compared by their facts before they are taken
//! for the same, so that an accident costs a comparison.

/// Room for the lines of the largest run, and for the accounts of its contacts.
const LINE_BITS: u32 = 18;
const LINE_MASK: u64 = (1 << LINE_BITS) - 1;

/// Keys that a person with an e-mail address, two phones and a company has, and one for all values together.
const USUAL_KEYS: usize = 8;

/// First bits of a hash that are kept.
pub(super) const KNOWN_BITS: u32 = u64::BITS - LINE_BITS;

/// Keys with their lines.
#[derive(Default)]
pub(in crate::planning) struct KeyIndex {
    entries: Vec<u64>,
    is_sorted: bool,
}

impl KeyIndex {
    /// With room for the keys of so many lines, so that it does not grow by steps, which take twice its size.
    pub fn with_capacity(lines: u32) -> Self {
        Self {
            entries: Vec::with_capacity(lines as usize * USUAL_KEYS),
            is_sorted: false,
        }
    }

    /// Adds hashes of lines.
    pub fn extend(&mut self, keys: &[(i64, u32)]) {
        self.entries.extend(
            keys.iter()
                .map(|(hash, line)| start(*hash) | u64::from(*line) & LINE_MASK),
        );
        self.is_sorted = false;
    }

    /// Forgets lines, which are given in ascending order.
    pub fn remove(&mut self, lines: &[u32]) {
        self.entries
            .retain(|entry| lines.binary_search(&line(*entry)).is_err());
    }

    /// Makes what was added known to the other functions.
    pub fn sort(&mut self) {
        if !self.is_sorted {
            self.entries.sort_unstable();
            self.entries.dedup();
            self.is_sorted = true;
        }
    }

    /// How many lines there are, of so many that the run has.
    pub fn count_lines(&self, of: u32) -> u32 {
        let mut has_keys = vec![false; of as usize + 1];
        let mut lines = 0;
        for entry in &self.entries {
            if let Some(known) = has_keys.get_mut(line(*entry) as usize)
                && !std::mem::replace(known, true)
            {
                lines += 1;
            }
        }
        lines
    }

    /// The first bits of the keys as they ascend, with their lines.
    pub fn starts(&self) -> impl Iterator<Item = (i64, u32)> + use<'_> {
        let start = |entry: &u64| ((entry & !LINE_MASK).cast_signed(), line(*entry));
        self.entries.iter().map(start)
    }

    /// Lines with a key, ascending.
    pub fn lines(&self, hash: i64) -> impl Iterator<Item = u32> + use<'_> {
        let wanted = start(hash);
        let first = self.entries.partition_point(|entry| *entry < wanted);
        self.entries[first..]
            .iter()
            .take_while(move |entry| *entry & !LINE_MASK == wanted)
            .map(|entry| line(*entry))
    }

    /// Lines that share a key, for each key that several have, ascending.
    pub fn groups(&self) -> impl Iterator<Item = Vec<u32>> + use<'_> {
        self.entries
            .chunk_by(|one, two| one & !LINE_MASK == two & !LINE_MASK)
            .filter(|group| group.len() > 1)
            .map(|group| group.iter().map(|entry| line(*entry)).collect())
    }
}

fn start(hash: i64) -> u64 {
    hash.cast_unsigned() & !LINE_MASK
}

fn line(entry: u64) -> u32 {
    u32::try_from(entry & LINE_MASK).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_finds_the_lines_of_a_key_and_no_others(keys in prop::collection::vec((0_i64..6, 1_u32..100_000), 0..60)) {
            // Hashes are spread over all bits; these differ in their first ones.
            let hash = |number: i64| number << 40;
            let mut index = KeyIndex::default();
            index.extend(&keys.iter().map(|(number, line)| (hash(*number), *line)).collect::<Vec<_>>());
            index.sort();
            for number in 0..6 {
                let mut expected: Vec<u32> =
                    keys.iter().filter(|(own, _)| *own == number).map(|(_, line)| *line).collect();
                expected.sort_unstable();
                expected.dedup();
                prop_assert_eq!(index.lines(hash(number)).collect::<Vec<_>>(), expected.clone());
                prop_assert_eq!(index.groups().any(|group| group == expected), expected.len() > 1);
            }
            let lines: std::collections::BTreeSet<_> = keys.iter().map(|(_, line)| *line).collect();
            prop_assert_eq!(index.count_lines(100_000) as usize, lines.len());
        }
    }
}
