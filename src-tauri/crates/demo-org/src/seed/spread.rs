//! Arithmetic that can be turned round: who stands where, and in which group. It replaces indexes over generated records.

use super::dice::{Dice, Subject};

/// A shuffle of the numbers below a count.
#[derive(Debug, Clone, Copy)]
pub struct Shuffle {
    count: u64,
    factor: u64,
    back: u64,
    shift: u64,
}

impl Shuffle {
    /// A shuffle that the dice choose.
    pub fn new(count: u32, mut dice: Dice) -> Self {
        let count = u64::from(count.max(1));
        // Near the golden section, neighbours land far from each other.
        let near = (count * 618 / 1000).max(1) + u64::from(dice.below(97));
        let factor = coprime(near, count);
        Self {
            count,
            factor,
            back: inverse(factor, count),
            shift: u64::from(dice.below(u32::try_from(count).unwrap_or(u32::MAX))),
        }
    }

    /// Where a number goes.
    pub fn place(&self, number: u32) -> u32 {
        let place = (u64::from(number) % self.count * self.factor + self.shift) % self.count;
        u32::try_from(place).unwrap_or(0)
    }

    /// Which number went to a place.
    pub fn number(&self, place: u32) -> u32 {
        let moved = (u64::from(place) % self.count + self.count - self.shift) % self.count;
        u32::try_from(moved * self.back % self.count).unwrap_or(0)
    }
}

/// The first number from `near` on that shares no divisor with `count`, below `count`.
fn coprime(near: u64, count: u64) -> u64 {
    let divisor = |mut left: u64, mut right: u64| {
        while right > 0 {
            (left, right) = (right, left % right);
        }
        left
    };
    let found = (near..near + count).find(|factor| divisor(*factor, count) == 1);
    found.map_or(1, |factor| if count == 1 { 0 } else { factor % count })
}

/// What undoes a multiplication by `factor` among the numbers below `count`.
fn inverse(factor: u64, count: u64) -> u64 {
    let modulus = i128::from(count);
    let (mut last, mut rest) = (modulus, i128::from(factor));
    let (mut before, mut now) = (0_i128, 1_i128);
    while rest != 0 {
        let times = last / rest;
        (last, rest) = (rest, last - times * rest);
        (before, now) = (now, before - times * now);
    }
    u64::try_from(before.rem_euclid(modulus)).unwrap_or(0)
}

/// Members in groups: the places of a group follow each other.
#[derive(Debug, Clone, Copy)]
pub struct Groups {
    members: u64,
    count: u64,
    /// The first groups have many members and the last ones few, as with real companies.
    skewed: bool,
}

impl Groups {
    /// So many members in so many groups; at least one of each is assumed.
    pub fn new(members: u32, groups: u32, skewed: bool) -> Self {
        Self {
            members: u64::from(members.max(1)),
            count: u64::from(groups.max(1)),
            skewed,
        }
    }

    /// The group of a place.
    pub fn of(&self, place: u32) -> u32 {
        let (place, members) = (u128::from(place), u128::from(self.members));
        let groups = u128::from(self.count);
        let group = if self.skewed {
            place * place * groups / (members * members)
        } else {
            place * groups / members
        };
        u32::try_from(group).unwrap_or(u32::MAX)
    }

    /// The first place of a group, which is the first one behind the group before.
    pub fn first(&self, group: u32) -> u32 {
        let (group, members) = (u128::from(group), u128::from(self.members));
        let groups = u128::from(self.count);
        let place = if self.skewed {
            let square = u64::try_from((group * members * members).div_ceil(groups)).unwrap_or(u64::MAX);
            let root = square.isqrt();
            root + u64::from(root * root < square)
        } else {
            u64::try_from((group * members).div_ceil(groups)).unwrap_or(u64::MAX)
        };
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// The places of a group.
    pub fn places(&self, group: u32) -> std::ops::Range<u32> {
        self.first(group)..self.first(group.saturating_add(1))
    }
}

/// Chooses the shuffle of one kind of record.
pub fn shuffle(seed: u64, count: u32, kind: u32) -> Shuffle {
    Shuffle::new(count, Dice::new(seed, Subject::Order, kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_shuffle_turns_round_and_keeps_everybody(seed: u64, count in 1_u32..2_000) {
            let shuffle = shuffle(seed, count, 1);
            let mut seen = vec![false; count as usize];
            for number in 0..count {
                let place = shuffle.place(number);
                prop_assert!(place < count);
                prop_assert!(!std::mem::replace(&mut seen[place as usize], true));
                prop_assert_eq!(shuffle.number(place), number);
            }
        }

        #[test]
        fn a_large_shuffle_turns_round(seed: u64, count in 1_000_000_u32..=4_000_000, number: u32) {
            let shuffle = shuffle(seed, count, 1);
            let number = number % count;
            prop_assert_eq!(shuffle.number(shuffle.place(number)), number);
        }

        #[test]
        fn groups_know_their_places(members in 1_u32..=2_000_000, groups in 1_u32..=2_000_000, skewed: bool, at: u32) {
            let division = Groups::new(members, groups, skewed);
            let place = at % members;
            let group = division.of(place);
            prop_assert!(group < groups);
            prop_assert!(division.places(group).contains(&place));
            prop_assert_eq!(division.first(0), 0);
            prop_assert_eq!(division.first(groups), members);
        }
    }
}
