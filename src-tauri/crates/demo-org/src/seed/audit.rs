//! Who made a record and when, and whose it is.

use super::dice::Dice;
use crate::value::Key;

/// The made-up records are this old at most, in seconds: the users were there before.
const SPAN_SECONDS: i64 = 360 * 86_400;
/// The youngest are this old, in seconds.
const REST_SECONDS: i64 = 3_600;

/// Moments and people of one record.
#[derive(Debug, Clone, Copy)]
pub struct Stamps {
    /// When it was made, seconds since 1970.
    pub created: i64,
    /// When it was last changed, seconds since 1970.
    pub modified: i64,
    /// Number of the user who made it.
    pub created_by: u32,
    /// Number of the user who changed it last.
    pub modified_by: u32,
    /// Whose it is.
    pub owner: Option<Key>,
}

/// What the stamps of one object's records follow from.
#[derive(Debug, Clone)]
pub struct Audit {
    /// Seconds since 1970 from which dates count back.
    pub epoch: i64,
    /// Users who own records.
    pub owners: Vec<Key>,
    /// How many records there are.
    pub count: u32,
}

impl Audit {
    /// The stamps of the record at a position: later numbers are younger, and half of all were changed later on.
    pub fn stamps(&self, dice: &mut Dice, position: u32) -> Stamps {
        let user = |dice: &mut Dice| dice.pick(&self.owners).map_or(1, |key| key.number);
        let count = i64::from(self.count.max(1));
        let slot = u32::try_from(SPAN_SECONDS / count).unwrap_or(0);
        let age = SPAN_SECONDS - SPAN_SECONDS * i64::from(position) / count - i64::from(dice.below(slot));
        let created = self.epoch - REST_SECONDS - age;
        let created_by = user(dice);
        let (modified, modified_by) = if dice.chance(50) {
            (created, created_by)
        } else {
            let later = dice.below(u32::try_from(age).unwrap_or(0));
            (created + i64::from(later), user(dice))
        };
        Stamps {
            created,
            modified,
            created_by,
            modified_by,
            owner: dice.pick(&self.owners).copied(),
        }
    }
}
