//! Who is who among contacts or leads: which person a record is about, and where that person works. A few people are
//! there twice, as in every real org.

use super::{
    dice::{Dice, Subject},
    names::{PersonName, PersonNames},
    spread::{Groups, Shuffle, shuffle},
};

/// Records of this many in a row have one person twice.
const BLOCK: u32 = 50;

/// All contacts, or all leads. Positions count from 0.
#[derive(Debug)]
pub struct Population {
    seed: u64,
    subject: Subject,
    count: u32,
    shuffle: Shuffle,
    groups: Groups,
    names: PersonNames,
}

/// The person that a record is about.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// The position of the record that was there first.
    pub origin: u32,
    /// The company.
    pub company: u32,
    /// The name.
    pub name: PersonName,
}

impl Population {
    /// So many people in so many companies.
    pub fn new(seed: u64, subject: Subject, count: u32, companies: u32, skewed: bool) -> Self {
        Self {
            seed,
            subject,
            count,
            shuffle: shuffle(seed, count, subject as u32),
            groups: Groups::new(count, companies, skewed),
            names: PersonNames::new(seed),
        }
    }

    /// The lists that names come from.
    pub fn names(&self) -> &PersonNames {
        &self.names
    }

    /// The person at a position.
    pub fn member(&self, position: u32) -> Member {
        let origin = self.origin(position);
        let place = self.shuffle.place(origin);
        let company = self.groups.of(place);
        let rank = place - self.groups.first(company);
        Member {
            origin,
            company,
            name: self.names.name(company, rank),
        }
    }

    /// Two in a hundred repeat somebody shortly before, and so does the last.
    fn origin(&self, position: u32) -> u32 {
        let dice = || Dice::new(self.seed, self.subject, position);
        if self.count < 10 {
            position
        } else if position % BLOCK == BLOCK - 1 {
            position - 1 - dice().below(BLOCK.min(position + 1) - 1)
        } else if position + 1 == self.count {
            let before = position - 1 - dice().below(9);
            before - u32::from(before % BLOCK == BLOCK - 1)
        } else {
            position
        }
    }

    /// Positions of everybody at a company, perhaps with some that work elsewhere.
    pub fn at_company(&self, company: u32) -> Vec<u32> {
        let mut positions = Vec::new();
        for place in self.groups.places(company) {
            self.push_with_repetitions(&mut positions, place);
        }
        positions
    }

    /// Positions of those who may have a mailbox at a company.
    pub fn with_mailbox(&self, company: u32, mailbox: &str) -> Vec<u32> {
        let mut positions = Vec::new();
        let place = self
            .names
            .rank(company, mailbox)
            .and_then(|rank| self.groups.first(company).checked_add(rank));
        if let Some(place) = place.filter(|place| self.groups.places(company).contains(place)) {
            self.push_with_repetitions(&mut positions, place);
        }
        positions
    }

    fn push_with_repetitions(&self, positions: &mut Vec<u32>, place: u32) {
        let position = self.shuffle.number(place);
        let repeated = position - position % BLOCK + BLOCK - 1;
        let all = [position, repeated, self.count.saturating_sub(1)];
        positions.extend(all.into_iter().filter(|position| *position < self.count));
    }
}
