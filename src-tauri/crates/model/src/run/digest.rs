//! A record's values as one short key: Bulk API 2.0 gives results in any order and names no row.

use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::Xxh3;

/// What tells a row from the others of its run: 128 bits of XXH3 do not agree by accident. It is kept in databases.
pub type RowDigest = [u8; 16];

/// The digest of the values of a row as CSV text, in the order of the columns. Each goes in with its length, so that those
/// that only differ in where one value ends have different digests.
#[must_use]
pub fn row_digest<T: AsRef<str>>(values: &[T]) -> RowDigest {
    let mut digest = Xxh3::new();
    for value in values {
        let bytes = value.as_ref().as_bytes();
        digest.update(&(bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    }
    digest.digest128().to_le_bytes()
}

/// SHA-256 over values that somebody may have chosen, each with its length.
#[must_use]
pub fn values_digest<T: AsRef<str>>(values: &[T]) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update((values.len() as u64).to_le_bytes());
    for value in values {
        let bytes = value.as_ref().as_bytes();
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_share_a_digest_only_when_they_are_equal(
            left in prop::collection::vec("[ab]{0,2}", 0..4),
            right in prop::collection::vec("[ab]{0,2}", 0..4),
        ) {
            prop_assert_eq!(row_digest(&left) == row_digest(&right), left == right);
        }

        #[test]
        fn where_a_value_ends_matters(text in ".{1,12}", cut in 0_usize..12) {
            let cut = text.char_indices().map(|(place, _)| place).nth(cut).unwrap_or(text.len());
            let (head, tail) = text.split_at(cut);
            prop_assert_ne!(row_digest(&[head, tail]), row_digest(&[text.as_str()]));
            prop_assert_eq!(row_digest(&[head, tail]) == row_digest(&[text.as_str(), ""]), tail.is_empty());
        }
    }
}
