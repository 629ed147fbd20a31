//! Zones of moments that name none, by their names in the IANA database, which is built in where the machine has none.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::{FaultRule, MarkRule, Problem};
use crate::mapping::MappingRow;
use crate::text::{excerpt, is_blank};

/// A row's time zone.
#[derive(Debug, Clone)]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

impl Zone {
    /// The zone that a row names; `None` when it names none. The error is a sentence.
    pub fn of(row: &MappingRow) -> Result<Option<Self>, String> {
        let Some(name) = row.time_zone.as_deref().filter(|name| !is_blank(name)) else {
            return Ok(None);
        };
        let name = name.trim();
        match TimeZone::get(name) {
            Ok(zone) => Ok(Some(Self {
                name: zone.iana_name().unwrap_or(name).to_owned(),
                zone,
            })),
            Err(_) => Err(format!(
                "The row to {} names the time zone “{}”, which does not exist. Choose one from the list, such as \
                 America/New_York.",
                excerpt(row.target.trim(), 60),
                excerpt(name, 60)
            )),
        }
    }

    /// Its name, e.g. `America/New_York`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first moment of a day that is not before this one; clocks may be put forward at midnight.
    pub fn first_from(&self, moment: DateTime) -> Option<Timestamp> {
        self.zone.to_ambiguous_timestamp(moment).compatible().ok()
    }

    /// The moment that clocks in the zone show. When they are put forward some moments do not exist, which is a problem;
    /// when they are put back some come twice, and the earlier one is taken, with a mark.
    pub fn timestamp(
        &self,
        moment: DateTime,
        label: &str,
        marks: &mut Vec<(MarkRule, String)>,
    ) -> Result<Option<Timestamp>, Problem> {
        let ambiguous = self.zone.to_ambiguous_timestamp(moment);
        match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { .. } => {}
            AmbiguousOffset::Gap { .. } => {
                return Err(Problem::new(
                    FaultRule::NotADateTime,
                    format!(
                        "does not exist in {}, where clocks were put forward over it",
                        self.name
                    ),
                ));
            }
            AmbiguousOffset::Fold { .. } => marks.push((
                MarkRule::EarlierTimeTaken,
                format!(
                    "{label} came twice in {}, as clocks were put back; the earlier one was written",
                    self.name
                ),
            )),
        }
        Ok(ambiguous.earlier().ok())
    }
}
