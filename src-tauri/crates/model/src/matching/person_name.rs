//! Names of people as they are compared.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{fold, nickname};

/// From this likeness on, two names are nearly the same.
const LIKENESS: f64 = 0.88;
/// Titles and degrees, folded: they tell nobody from another.
static TITLES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "ba bsc cfa cpa dds dipl dr esq frau herr ing jd llm mag mba md miss mr mrs ms msc pe phd pmp prof rn"
        .split(' ')
        .collect()
});
/// Generations, which tell father and son apart.
const GENERATIONS: [(&str, u8); 7] = [
    ("sr", 1),
    ("senior", 1),
    ("jr", 2),
    ("junior", 2),
    ("ii", 2),
    ("iii", 3),
    ("iv", 4),
];

/// The name of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PersonName {
    /// The words of the first name.
    first: Vec<String>,
    /// The words of the last name as one.
    last: String,
    generation: Option<u8>,
}

/// What comparing two names gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// Both are whole and the same.
    Same,
    /// Both are whole and nearly the same: misspelt, a short form, an initial, the other way round.
    Near,
    /// Something is missing, and the rest does not differ.
    Unknown,
    /// They differ.
    Other,
}

impl PersonName {
    pub(super) fn read(first: Option<&str>, last: Option<&str>, suffix: Option<&str>) -> Self {
        let mut generation =
            suffix.and_then(|suffix| fold::words(suffix).iter().find_map(|word| generation_of(word)));
        let mut words = |text: Option<&str>| {
            let mut words = text.map(fold::words).unwrap_or_default();
            while words.len() > 1
                && let Some(last) = words.last()
            {
                match generation_of(last) {
                    Some(own) => generation = generation.or(Some(own)),
                    None if TITLES.contains(last.as_str()) => {}
                    None => break,
                }
                words.pop();
            }
            while words.len() > 1 && TITLES.contains(words[0].as_str()) {
                words.remove(0);
            }
            words
        };
        let (first, last) = (words(first), words(last).concat());
        Self {
            first,
            last,
            generation,
        }
    }

    /// The first name that is compared, in its full form; empty when there is none.
    pub(super) fn first(&self) -> &str {
        self.first.first().map_or("", |first| nickname::full(first))
    }

    /// The last name; empty when there is none.
    pub(super) fn last(&self) -> &str {
        &self.last
    }

    /// First and last name in an order that does not depend on which is which; `None` unless both are there.
    pub(super) fn both(&self) -> Option<[&str; 2]> {
        let mut both = [self.first(), self.last()];
        both.sort_unstable();
        (!both[0].is_empty()).then_some(both)
    }

    pub(super) fn compare(&self, other: &Self) -> Likeness {
        if self.has_another_generation(other) {
            return Likeness::Other;
        }
        if let (Some(own), Some(theirs)) = (self.both(), other.both()) {
            if own == theirs {
                return Likeness::Same;
            }
            let straight = self.first_is_near(other) && is_near(&self.last, &other.last);
            let crossed = is_near(self.first(), &other.last) && is_near(&self.last, other.first());
            return if straight || crossed {
                Likeness::Near
            } else {
                Likeness::Other
            };
        }
        let differs =
            |own: &str, theirs: &str| !own.is_empty() && !theirs.is_empty() && !is_near(own, theirs);
        if differs(&self.last, &other.last) || differs(self.first(), other.first()) {
            Likeness::Other
        } else {
            Likeness::Unknown
        }
    }

    /// Whether one may be the other before a change of the last name.
    pub(super) fn may_be_former(&self, other: &Self) -> bool {
        self.first_is_near(other) && !self.has_another_generation(other)
    }

    fn has_another_generation(&self, other: &Self) -> bool {
        matches!((self.generation, other.generation), (Some(own), Some(theirs)) if own != theirs)
    }

    /// Whether the first names are nearly the same; an initial stands for any name that it begins.
    fn first_is_near(&self, other: &Self) -> bool {
        let (own, theirs) = (self.first(), other.first());
        let is_initial_of = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
        is_near(own, theirs)
            || is_initial_of(own, theirs)
            || is_initial_of(theirs, own)
            || self.first.concat() == other.first.concat()
    }
}

fn is_near(own: &str, theirs: &str) -> bool {
    !own.is_empty() && (own == theirs || (!theirs.is_empty() && fold::likeness(own, theirs) >= LIKENESS))
}

fn generation_of(word: &str) -> Option<u8> {
    GENERATIONS
        .iter()
        .find_map(|(name, generation)| (*name == word).then_some(*generation))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> PersonName {
        let (first, last) = text.split_once('/').unwrap();
        PersonName::read(Some(first), Some(last), None)
    }

    #[test]
    fn names_are_compared_as_people_write_them() {
        for (own, theirs, likeness) in [
            ("Ada/Okafor", "ADA/OKAFOR, PhD", Likeness::Same),
            ("Dr. Bob/O'Brien", "Robert/OBrien", Likeness::Same),
            ("Mary Ann/Smith", "Mary/Smith", Likeness::Same),
            ("Okafor/Ada", "Ada/Okafor", Likeness::Same),
            ("Jana/Müller", "Jana/Mueller", Likeness::Near),
            ("J./Smith", "John/Smith", Likeness::Near),
            ("John/Smith Jr.", "John/Smith Sr.", Likeness::Other),
            ("John/Smith Jr.", "John/Smith", Likeness::Same),
            ("Ada/Okafor", "Grace/Okafor", Likeness::Other),
            ("/Okafor", "Ada/Okafor", Likeness::Unknown),
            ("/Okafor", "Ada/Miller", Likeness::Other),
            ("/", "/", Likeness::Unknown),
        ] {
            assert_eq!(name(own).compare(&name(theirs)), likeness, "{own} {theirs}");
            assert_eq!(name(theirs).compare(&name(own)), likeness, "{theirs} {own}");
        }
    }
}
