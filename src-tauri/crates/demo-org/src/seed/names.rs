//! Names of people and their e-mail addresses. Within one company no two people share a name until the lists are used
//! up; then a number tells their addresses apart.

use std::collections::HashMap;

use super::{
    dice::{Dice, Subject},
    spread::Shuffle,
    words,
};

/// A name from the lists.
#[derive(Debug, Clone, Copy)]
pub struct PersonName {
    first: usize,
    last: usize,
    /// How many people of the company had the name before.
    namesakes: u32,
}

impl PersonName {
    /// The first name.
    pub fn first(self) -> &'static str {
        words::FIRST_NAMES.get(self.first).copied().unwrap_or_default()
    }

    /// The last name.
    pub fn last(self) -> &'static str {
        words::LAST_NAMES.get(self.last).copied().unwrap_or_default()
    }
}

/// The lists, ready to be used in both directions.
#[derive(Debug)]
pub struct PersonNames {
    seed: u64,
    shuffle: Shuffle,
    count: u32,
    first: Vec<String>,
    last: Vec<String>,
    by_first: HashMap<String, usize>,
    by_last: HashMap<String, usize>,
}

impl PersonNames {
    /// The names of a seed's people.
    pub fn new(seed: u64) -> Self {
        let plain_list = |list: &[&str]| list.iter().map(|name| plain(name)).collect::<Vec<String>>();
        let (first, last) = (plain_list(words::FIRST_NAMES), plain_list(words::LAST_NAMES));
        let by_name = |list: &[String]| list.iter().cloned().zip(0..).collect();
        let count = u32::try_from(first.len() * last.len()).unwrap_or(u32::MAX);
        Self {
            seed,
            shuffle: Shuffle::new(count, Dice::new(seed, Subject::Names, u32::MAX)),
            count,
            by_first: by_name(&first),
            by_last: by_name(&last),
            first,
            last,
        }
    }

    fn offset(&self, company: u32) -> u32 {
        Dice::new(self.seed, Subject::Names, company).below(self.count)
    }

    /// The name of a company's person, counted from 0.
    pub fn name(&self, company: u32, rank: u32) -> PersonName {
        let place = (rank % self.count + self.offset(company)) % self.count;
        let number = self.shuffle.place(place) as usize;
        PersonName {
            first: number % self.first.len(),
            last: number / self.first.len(),
            namesakes: rank / self.count,
        }
    }

    /// Appends the part of the address before the `@`.
    pub fn push_mailbox(&self, out: &mut String, name: PersonName) {
        out.push_str(&self.first[name.first]);
        out.push('.');
        out.push_str(&self.last[name.last]);
        if name.namesakes > 0 {
            super::push_number(out, u64::from(name.namesakes) + 1);
        }
    }

    /// The rank of the company's person whose mailbox it is.
    pub fn rank(&self, company: u32, mailbox: &str) -> Option<u32> {
        let (words, namesakes) = split_number(mailbox)?;
        let (first, last) = words.split_once('.')?;
        let number = self.by_last.get(last)? * self.first.len() + self.by_first.get(first)?;
        let place = self.shuffle.number(u32::try_from(number).ok()?);
        let rank = (place + self.count - self.offset(company)) % self.count;
        namesakes.checked_mul(self.count)?.checked_add(rank)
    }
}

/// A text without the number behind it, and how many came before that number: none without one.
pub fn split_number(text: &str) -> Option<(&str, u32)> {
    let words = text.trim_end_matches(|character: char| character.is_ascii_digit());
    match &text[words.len()..] {
        "" => Some((words, 0)),
        digits => Some((words, digits.parse::<u32>().ok()?.checked_sub(1)?)),
    }
}

/// A name as it stands in an address: small letters without marks.
fn plain(name: &str) -> String {
    let letter = |character: char| match character {
        'á' | 'ä' | 'å' => Some('a'),
        'ç' | 'č' => Some('c'),
        'é' | 'è' | 'ë' | 'ê' => Some('e'),
        'í' | 'ı' => Some('i'),
        'ł' => Some('l'),
        'ñ' => Some('n'),
        'ó' | 'ö' | 'ø' => Some('o'),
        'š' | 'ş' => Some('s'),
        'ü' | 'ú' => Some('u'),
        'ž' => Some('z'),
        other => other.is_ascii_alphabetic().then_some(other),
    };
    name.to_lowercase().chars().filter_map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_tell_the_names_apart() {
        let names = PersonNames::new(1);
        assert_eq!(names.by_first.len(), words::FIRST_NAMES.len());
        assert_eq!(names.by_last.len(), words::LAST_NAMES.len());
        assert_eq!(plain("Łukasz"), "lukasz");
        assert_eq!(plain("O'Brien"), "obrien");
    }

    proptest! {
        #[test]
        fn a_mailbox_leads_back_to_its_person(seed: u64, company: u32, rank in 0_u32..2_000_000) {
            let names = PersonNames::new(seed);
            let mut mailbox = String::new();
            names.push_mailbox(&mut mailbox, names.name(company, rank));
            prop_assert_eq!(names.rank(company, &mailbox), Some(rank));
        }
    }
}
