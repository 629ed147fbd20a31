//! What became of each uploaded row, in twelve bytes a row.

use std::collections::HashMap;

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A record was made; its number.
    Created(u32),
    /// A record was changed or deleted; its number.
    Changed(u32),
    /// It was refused; the number of the reason.
    Failed(u32),
}

/// The outcomes of the rows that were processed, in the order of the file.
#[derive(Debug, Default)]
pub struct Outcomes {
    rows: Vec<(u32, Outcome)>,
    reasons: Vec<String>,
    numbers: HashMap<String, u32>,
}

/// Rows that are read together when results are written.
const BLOCK_ROWS: usize = 64;

impl Outcomes {
    /// Notes the outcome of the row that starts at a byte of the file.
    pub fn push(&mut self, offset: u32, outcome: Outcome) {
        self.rows.push((offset, outcome));
    }

    /// Notes a refused row and its `sf__Error` cell.
    pub fn push_failed(&mut self, offset: u32, reason: String) {
        let number = if let Some(number) = self.numbers.get(&reason) {
            *number
        } else {
            let number = u32::try_from(self.reasons.len()).unwrap_or(u32::MAX);
            self.reasons.push(reason.clone());
            self.numbers.insert(reason, number);
            number
        };
        self.rows.push((offset, Outcome::Failed(number)));
    }

    /// Takes up the outcomes of later rows.
    pub fn append(&mut self, later: Self) {
        for (offset, outcome) in later.rows {
            match outcome {
                Outcome::Failed(number) => {
                    self.push_failed(offset, later.reasons[number as usize].clone());
                }
                done => self.push(offset, done),
            }
        }
    }

    /// The text of a reason.
    pub fn reason(&self, number: u32) -> &str {
        self.reasons.get(number as usize).map_or("", String::as_str)
    }

    /// The rows.
    pub fn rows(&self) -> &[(u32, Outcome)] {
        &self.rows
    }

    /// Ranges of rows in the order in which results list them: a seed decides, as a real org keeps no order.
    pub fn blocks(&self, seed: u64) -> Vec<std::ops::Range<usize>> {
        use rand::{SeedableRng, seq::SliceRandom};
        let count = self.rows.len();
        let mut blocks: Vec<_> = (0..count)
            .step_by(BLOCK_ROWS)
            .map(|from| from..count.min(from + BLOCK_ROWS))
            .collect();
        blocks.shuffle(&mut rand_chacha::ChaCha8Rng::seed_from_u64(seed));
        blocks
    }
}
