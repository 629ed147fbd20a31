//! Names of companies and their web domains, each leading back to the company's number.

use std::collections::HashMap;

use super::{
    dice::{Dice, Subject},
    names::split_number,
    spread::Shuffle,
    words,
};

/// The words that name a company.
#[derive(Debug, Clone, Copy)]
struct Words {
    beginning: usize,
    middle: usize,
    region: usize,
    /// How many companies had the same words before.
    namesakes: u32,
}

/// Names of one family of companies. Two families with different beginnings share none.
#[derive(Debug)]
pub struct CompanyNames {
    seed: u64,
    beginnings: &'static [&'static str],
    shuffle: Shuffle,
    count: u32,
    /// Beginnings, middles and regions in small letters, as they stand in a domain.
    small: [Vec<String>; 3],
    by_stem: HashMap<String, u32>,
}

impl CompanyNames {
    /// The names of a seed's companies that begin with one of some words.
    pub fn new(seed: u64, beginnings: &'static [&'static str]) -> Self {
        let count = u32::try_from(beginnings.len() * words::COMPANY_MIDDLES.len()).unwrap_or(u32::MAX);
        let mut names = Self {
            seed,
            beginnings,
            shuffle: Shuffle::new(count, Dice::new(seed, Subject::Company, u32::MAX)),
            count,
            small: [beginnings, words::COMPANY_MIDDLES, words::COMPANY_REGIONS]
                .map(|list| list.iter().map(|word| word.to_ascii_lowercase()).collect()),
            by_stem: HashMap::new(),
        };
        for company in 0..count {
            let mut stem = String::new();
            names.push_stem(&mut stem, company);
            names.by_stem.insert(stem, company);
        }
        names
    }

    fn words(&self, company: u32) -> Words {
        let number = self.shuffle.place(company % self.count) as usize;
        let round = company / self.count;
        let regions = u32::try_from(words::COMPANY_REGIONS.len()).unwrap_or(1);
        Words {
            beginning: number % self.beginnings.len(),
            middle: number / self.beginnings.len(),
            region: (round % regions) as usize,
            namesakes: round / regions,
        }
    }

    /// Appends the name.
    pub fn push_name(&self, out: &mut String, company: u32) {
        let words = self.words(company);
        let word = |list: &[&'static str], place: usize| list.get(place).copied().unwrap_or_default();
        out.push_str(word(self.beginnings, words.beginning));
        out.push(' ');
        out.push_str(word(words::COMPANY_MIDDLES, words.middle));
        if words.region > 0 {
            out.push(' ');
            out.push_str(word(words::COMPANY_REGIONS, words.region));
        }
        if words.namesakes > 0 {
            out.push(' ');
            super::push_number(out, u64::from(words.namesakes) + 1);
        }
        let mut dice = Dice::new(self.seed, Subject::Company, company);
        if let Some(end) = dice.pick(words::COMPANY_ENDS) {
            out.push_str(end);
        }
    }

    /// Appends what the domain has before its `.example`.
    fn push_stem(&self, out: &mut String, company: u32) {
        let words = self.words(company);
        for (list, place) in self
            .small
            .iter()
            .zip([words.beginning, words.middle, words.region])
        {
            out.push_str(list.get(place).map_or("", String::as_str));
        }
        if words.namesakes > 0 {
            super::push_number(out, u64::from(words.namesakes) + 1);
        }
    }

    /// Appends the web domain.
    pub fn push_domain(&self, out: &mut String, company: u32) {
        self.push_stem(out, company);
        out.push_str(".example");
    }

    /// The company that may have a domain, in small letters.
    pub fn by_domain(&self, domain: &str) -> Option<u32> {
        self.by_stem(domain.strip_suffix(".example")?)
    }

    /// The company that may have a name, in small letters.
    pub fn by_name(&self, name: &str) -> Option<u32> {
        let mut ends = words::COMPANY_ENDS.iter().filter(|end| !end.is_empty());
        let words = ends.find_map(|end| name.strip_suffix(end.to_lowercase().as_str()));
        self.by_stem(&words.unwrap_or(name).replace(' ', ""))
    }

    fn by_stem(&self, stem: &str) -> Option<u32> {
        let (words, namesakes) = split_number(stem)?;
        let mut regions = (0..).zip(words::COMPANY_REGIONS);
        let (region, company) = regions.find_map(|(place, region)| {
            let rest = words.strip_suffix(region.to_ascii_lowercase().as_str())?;
            Some((place, *self.by_stem.get(rest)?))
        })?;
        let regions = u32::try_from(words::COMPANY_REGIONS.len()).ok()?;
        let round = namesakes.checked_mul(regions)?.checked_add(region)?;
        round.checked_mul(self.count)?.checked_add(company)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn names_and_domains_lead_back(seed: u64, company in 0_u32..4_000_000, early in 0_u32..3_000) {
            for list in [words::COMPANY_BEGINNINGS, words::OTHER_BEGINNINGS] {
                let names = CompanyNames::new(seed, list);
                for company in [company, early] {
                    let (mut name, mut domain) = (String::new(), String::new());
                    names.push_name(&mut name, company);
                    names.push_domain(&mut domain, company);
                    prop_assert_eq!(names.by_name(&name.to_lowercase()), Some(company), "{}", name);
                    prop_assert_eq!(names.by_domain(&domain), Some(company), "{}", domain);
                }
            }
        }
    }

    #[test]
    fn families_share_no_name() {
        let shared = words::COMPANY_BEGINNINGS
            .iter()
            .find(|word| words::OTHER_BEGINNINGS.contains(word));
        assert_eq!(shared, None);
        let names = CompanyNames::new(1, words::COMPANY_BEGINNINGS);
        assert_eq!(names.by_stem.len(), names.count as usize);
    }
}
