//! The org's clock, by the `Date` header of its answers (RFC 9110, section 6.6.1).

use std::time::Instant;

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};

static PARSER: DateTimeParser = DateTimeParser::new();

/// What the org's clock said, and when it said so.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OrgClock {
    said: Timestamp,
    at: Instant,
}

impl OrgClock {
    /// Reads the header, e.g. `Tue, 24 Nov 2026 02:23:56 GMT`.
    pub fn parse(header: &str) -> Option<Self> {
        let said = PARSER.parse_timestamp(header).ok()?;
        Some(Self {
            said,
            at: Instant::now(),
        })
    }

    /// The time now, a moment earlier at the most, as answers are told by the second and take a while to arrive.
    pub fn now(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.at.elapsed()).unwrap_or(SignedDuration::ZERO);
        self.said.checked_add(elapsed).unwrap_or(self.said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_of_an_answer_is_read() {
        let clock = OrgClock::parse("Tue, 24 Nov 2026 02:23:56 GMT").unwrap();
        let told: Timestamp = "2026-11-24T02:23:56Z".parse().unwrap();
        assert_eq!(clock.said, told);
        assert!(clock.now() >= told);
        assert!(OrgClock::parse("yesterday").is_none());
    }
}
