//! Exact decimal numbers. Money never passes through binary floating point.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Digits that a number may have; 18 are what Salesforce stores, the rest is room to multiply.
const MOST_DIGITS: usize = 34;

/// A decimal number, exact: `units / 10^scale`, without trailing zeros behind the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal {
    units: i128,
    scale: u32,
}

/// The text is not a decimal number, or has too many digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number of at most {MOST_DIGITS} digits")]
pub struct NotADecimal;

impl Decimal {
    /// A whole number.
    #[must_use]
    pub fn whole(value: i64) -> Self {
        Self {
            units: i128::from(value),
            scale: 0,
        }
    }

    /// The number times 1,000, exactly; `None` when it has too many digits then.
    #[must_use]
    pub fn thousandfold(self) -> Option<Self> {
        self.shifted(3)
    }

    /// The number times 100, exactly; `None` when it has too many digits then.
    #[must_use]
    pub fn hundredfold(self) -> Option<Self> {
        self.shifted(2)
    }

    /// The number with its point moved to the right.
    fn shifted(self, places: u32) -> Option<Self> {
        if self.scale >= places {
            return Some(Self {
                units: self.units,
                scale: self.scale - places,
            });
        }
        let factor = 10_i128.pow(places - self.scale);
        Some(Self {
            units: self.units.checked_mul(factor)?,
            scale: 0,
        })
    }

    /// The number with at most `scale` digits behind the point, halves away from zero.
    #[must_use]
    pub fn rounded(self, scale: u32) -> Self {
        if self.scale <= scale {
            return self;
        }
        let divisor = 10_i128.pow(self.scale - scale);
        let half = if self.units < 0 {
            -(divisor / 2)
        } else {
            divisor / 2
        };
        Self {
            units: (self.units + half) / divisor,
            scale,
        }
        .normal()
    }

    /// Digits before the point; 0 for numbers below one.
    #[must_use]
    pub fn whole_digits(self) -> u32 {
        let whole = self.units.unsigned_abs() / 10_u128.pow(self.scale);
        whole.checked_ilog10().map_or(0, |power| power + 1)
    }

    /// Whether nothing stands behind the point.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.scale == 0
    }

    /// The number as an `i64`; `None` when it is not whole or too large.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        if self.scale == 0 {
            i64::try_from(self.units).ok()
        } else {
            None
        }
    }

    fn normal(mut self) -> Self {
        while self.scale > 0 && self.units % 10 == 0 {
            self.units /= 10;
            self.scale -= 1;
        }
        self
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    /// Reads `-12.50` and `1.25e3`: an optional sign, digits, an optional point with digits, an optional exponent.
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i16>().map_err(|_| NotADecimal)?),
            None => (text, 0),
        };
        let (negative, digits) = match mantissa.as_bytes().first() {
            Some(b'-') => (true, &mantissa[1..]),
            Some(b'+') => (false, &mantissa[1..]),
            _ => (false, mantissa),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return Err(NotADecimal);
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let shift = i64::from(exponent) - i64::try_from(fraction.len()).map_err(|_| NotADecimal)?;
        let zeros = usize::try_from(shift.max(0)).map_err(|_| NotADecimal)?;
        let scale = u32::try_from((-shift).max(0)).map_err(|_| NotADecimal)?;
        if whole.len() + fraction.len() + zeros > MOST_DIGITS || scale as usize > MOST_DIGITS {
            return Err(NotADecimal);
        }
        let units = whole
            .bytes()
            .chain(fraction.bytes())
            .chain(std::iter::repeat_n(b'0', zeros))
            .fold(0_i128, |units, digit| units * 10 + i128::from(digit - b'0'));
        Ok(Self {
            units: if negative { -units } else { units },
            scale,
        }
        .normal())
    }
}

impl fmt::Display for Decimal {
    /// Plain digits, never an exponent: `-12.5`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let magnitude = self.units.unsigned_abs();
        if self.scale == 0 {
            return write!(formatter, "{sign}{magnitude}");
        }
        let divisor = 10_u128.pow(self.scale);
        let width = self.scale as usize;
        write!(
            formatter,
            "{sign}{}.{:0width$}",
            magnitude / divisor,
            magnitude % divisor
        )
    }
}

impl From<Decimal> for String {
    fn from(number: Decimal) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for Decimal {
    type Error = NotADecimal;

    fn try_from(text: String) -> Result<Self, NotADecimal> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_are_read_as_written() {
        for (text, shown) in [
            ("007", "7"),
            ("-0.50", "-0.5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1.25e3", "1250"),
            ("1e-5", "0.00001"),
            ("-0", "0"),
        ] {
            assert_eq!(decimal(text).to_string(), shown);
        }
        for text in [
            "", ".", "-", "1,000", "1 000", "0x10", "1e", "1e99", "NaN", "١", "--1",
        ] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal), "{text:?}");
        }
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(
            [decimal("2.5"), decimal("-2.5"), decimal("2.4999")].map(|n| n.rounded(0).to_string()),
            ["3", "-3", "2"]
        );
        assert_eq!(decimal("999.995").rounded(2), decimal("1000"));
    }

    proptest! {
        #[test]
        fn text_round_trips(units in any::<i64>(), scale in 0_u32..18) {
            let number = Decimal { units: i128::from(units), scale }.normal();
            prop_assert_eq!(decimal(&number.to_string()), number);
        }

        #[test]
        fn a_thousandfold_moves_the_point_by_three(units in any::<i64>(), scale in 0_u32..6) {
            let number = Decimal { units: i128::from(units), scale }.normal();
            let thousandfold = number.thousandfold().unwrap();
            prop_assert_eq!(decimal(&format!("{number}e3")), thousandfold);
        }

        #[test]
        fn a_hundredfold_moves_the_point_by_two(units in any::<i64>(), scale in 0_u32..6) {
            let number = Decimal { units: i128::from(units), scale }.normal();
            prop_assert_eq!(decimal(&format!("{number}e2")), number.hundredfold().unwrap());
        }

        #[test]
        fn what_is_read_is_shown_so_that_it_is_read_alike(text in "[-+]?[0-9]{0,40}[.]?[0-9]{0,40}(e-?[0-9]{1,6})?|.{0,20}") {
            if let Ok(number) = text.parse::<Decimal>() {
                prop_assert_eq!(decimal(&number.to_string()), number);
            }
        }
    }
}
