//! Random numbers that belong to one record: the same for the same seed, subject and number, in whatever order records
//! are looked at.

/// What numbers are drawn for, so that they do not repeat each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// An account.
    Account,
    /// The person of a contact.
    ContactPerson,
    /// A contact's own circumstances.
    Contact,
    /// The person of a lead.
    LeadPerson,
    /// A lead's own circumstances.
    Lead,
    /// The order of contacts or leads.
    Order,
    /// The names of a company's people.
    Names,
    /// The name of a company.
    Company,
}

/// Where the sequence of one record goes on (`SplitMix64`).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The beginning of a record's sequence.
    pub fn new(seed: u64, subject: Subject, number: u32) -> Self {
        let place = (u64::from(number) << 8) | (subject as u64 + 1);
        Self(mixed(seed ^ mixed(place)))
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0)
    }

    /// A number below a bound; 0 for the bound 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        let high = (u128::from(self.draw()) * u128::from(bound)) >> 64;
        u32::try_from(high).unwrap_or(0)
    }

    /// A number between two bounds, the second one left out.
    pub fn between(&mut self, from: u32, until: u32) -> u32 {
        from + self.below(until.saturating_sub(from))
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// A place in a list of some length.
    pub fn place(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
    }

    /// One of a list.
    pub fn pick<'list, T>(&mut self, list: &'list [T]) -> Option<&'list T> {
        list.get(self.place(list.len()))
    }
}

fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}
