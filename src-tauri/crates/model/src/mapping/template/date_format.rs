//! Formats such as `D MMMM YYYY`.

use jiff::civil::Date;

use crate::convert::MONTHS;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateFormat {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Day,
    PaddedDay,
    Month,
    PaddedMonth,
    ShortMonthName,
    MonthName,
    ShortYear,
    Year,
    Sign(char),
}

/// Letters of a format, in any case, the longer ones first.
const LETTERS: [(&str, Piece); 8] = [
    ("YYYY", Piece::Year),
    ("YY", Piece::ShortYear),
    ("MMMM", Piece::MonthName),
    ("MMM", Piece::ShortMonthName),
    ("MM", Piece::PaddedMonth),
    ("M", Piece::Month),
    ("DD", Piece::PaddedDay),
    ("D", Piece::Day),
];

impl DateFormat {
    /// Reads a format; the error is a letter that has no meaning, `None` when no letter is there at all.
    pub fn read(text: &str) -> Result<Self, Option<char>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        'pieces: while let Some(next) = rest.chars().next() {
            for (letters, piece) in LETTERS {
                if rest
                    .get(..letters.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(letters))
                {
                    pieces.push(piece);
                    rest = &rest[letters.len()..];
                    continue 'pieces;
                }
            }
            if next.is_alphanumeric() {
                return Err(Some(next));
            }
            pieces.push(Piece::Sign(next));
            rest = &rest[next.len_utf8()..];
        }
        if pieces.iter().all(|piece| matches!(piece, Piece::Sign(_))) {
            return Err(None);
        }
        Ok(Self {
            text: text.to_owned(),
            pieces,
        })
    }

    /// The format as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it shows the day, so that a month alone is not enough.
    pub fn shows_day(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Day | Piece::PaddedDay))
    }

    pub fn show(&self, date: Date) -> String {
        let month = usize::try_from(date.month() - 1)
            .ok()
            .and_then(|place| MONTHS.get(place))
            .copied()
            .unwrap_or_default();
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Day => date.day().to_string(),
                Piece::PaddedDay => format!("{:02}", date.day()),
                Piece::Month => date.month().to_string(),
                Piece::PaddedMonth => format!("{:02}", date.month()),
                Piece::ShortMonthName => month[..3].to_owned(),
                Piece::MonthName => month.to_owned(),
                Piece::ShortYear => format!("{:02}", date.year() % 100),
                Piece::Year => format!("{:04}", date.year()),
                Piece::Sign(sign) => sign.to_string(),
            })
            .collect()
    }
}
