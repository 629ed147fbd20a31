//! Record ids: 15 characters, or 18 with the three that carry the letters' case.
//!
//! Layout: 3 characters of key prefix, 2 of the org ("pod", from the seed), a zero, 9 of base-62 number.

/// Digits of the base-62 number, in Salesforce's order of growth.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Alphabet of the three case-carrying characters.
const CASE_DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// The two characters that tell one demo org's ids from another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pod([u8; 2]);

impl Pod {
    /// Chooses the pod of a seed.
    pub fn of_seed(seed: u64) -> Self {
        let mixed = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
        let letter = |shift: u32| DIGITS[10 + usize::try_from((mixed >> shift) % 52).unwrap_or(0)];
        Self([letter(0), letter(17)])
    }

    /// Builds the 18-character id of a number under a key prefix.
    pub fn id(self, prefix: &str, number: u32) -> String {
        self.characters(prefix, number).map(char::from).iter().collect()
    }

    /// The characters of [`Pod::id`], all of them ASCII.
    pub fn characters(self, prefix: &str, number: u32) -> [u8; 18] {
        let mut id = [b'0'; 18];
        for (place, character) in id.iter_mut().zip(prefix.bytes().take(3)) {
            *place = character;
        }
        id[3..5].copy_from_slice(&self.0);
        let mut rest = number;
        for digit in id[6..15].iter_mut().rev() {
            *digit = DIGITS[(rest % 62) as usize];
            rest /= 62;
        }
        let suffix = case_suffix(&id[..15]);
        id[15..].copy_from_slice(&suffix);
        id
    }

    /// Reads an id of 15 or 18 characters: its key prefix and number, or `None` when it is not one of this org.
    pub fn parse(self, id: &str) -> Option<(&str, u32)> {
        if !is_well_formed(id) || id.as_bytes()[3..5] != self.0 || id.as_bytes()[5] != b'0' {
            return None;
        }
        let mut number: u64 = 0;
        for character in &id.as_bytes()[6..15] {
            let digit = DIGITS.iter().position(|known| known == character)?;
            number = number.checked_mul(62)?.checked_add(u64::try_from(digit).ok()?)?;
        }
        Some((&id[..3], u32::try_from(number).ok()?))
    }
}

/// Whether a text has the shape of an id: 15 letters and digits, or 18 whose last three agree with the rest.
pub fn is_well_formed(id: &str) -> bool {
    let bytes = id.as_bytes();
    if !bytes.iter().all(u8::is_ascii_alphanumeric) {
        return false;
    }
    match bytes.len() {
        15 => true,
        18 => case_suffix(&bytes[..15]).eq_ignore_ascii_case(&bytes[15..]),
        _ => false,
    }
}

fn case_suffix(short: &[u8]) -> [u8; 3] {
    let mut suffix = [b'A'; 3];
    for (block, character) in short.chunks(5).zip(suffix.iter_mut()) {
        let bits = block
            .iter()
            .enumerate()
            .filter(|(_, letter)| letter.is_ascii_uppercase());
        let index: usize = bits.map(|(bit, _)| 1 << bit).sum();
        *character = CASE_DIGITS[index];
    }
    suffix
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn long_form(short: &str) -> String {
        let suffix = case_suffix(short.as_bytes());
        short.chars().chain(suffix.map(char::from)).collect()
    }

    proptest! {
        #[test]
        fn an_id_reads_back_in_both_lengths(seed: u64, number: u32) {
            let pod = Pod::of_seed(seed);
            let id = pod.id("00Q", number);
            prop_assert_eq!(id.len(), 18);
            prop_assert_eq!(pod.parse(&id), Some(("00Q", number)));
            prop_assert_eq!(pod.parse(&id[..15]), Some(("00Q", number)));
            prop_assert_eq!(long_form(&id[..15]), id);
        }
    }

    #[test]
    fn the_case_characters_follow_the_published_example() {
        assert_eq!(long_form("001A0000006Vm9r"), "001A0000006Vm9rIAC");
        assert!(!is_well_formed("001A0000006Vm9rAAA"));
    }
}
