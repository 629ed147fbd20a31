//! One row, borrowed from the reader's buffer.

/// The cells of one row in the order of the columns. An empty cell stands for null and for an empty text, which the
/// org does not tell apart; a cell that says `null` is text.
#[derive(Debug, Clone, Copy)]
pub struct QueryRow<'a> {
    text: &'a str,
    ends: &'a [usize],
}

impl<'a> QueryRow<'a> {
    /// The ends must lie on character boundaries, in ascending order.
    pub(super) fn new(text: &'a str, ends: &'a [usize]) -> Self {
        Self { text, ends }
    }

    /// Number of cells; the same in every row.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no cells, which no row of a job has.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// One cell, from 0.
    #[must_use]
    pub fn cell(&self, index: usize) -> Option<&'a str> {
        let end = *self.ends.get(index)?;
        let start = index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        self.text.get(start..end)
    }

    /// The cells in the order of the columns.
    #[must_use]
    pub fn cells(&self) -> Cells<'a> {
        Cells {
            text: self.text,
            ends: self.ends.iter(),
            start: 0,
        }
    }
}

/// The cells of one row, in order.
#[derive(Debug, Clone)]
pub struct Cells<'a> {
    text: &'a str,
    ends: std::slice::Iter<'a, usize>,
    start: usize,
}

impl<'a> Iterator for Cells<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let end = *self.ends.next()?;
        let cell = self.text.get(self.start..end);
        self.start = end;
        cell
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ends.size_hint()
    }
}

impl ExactSizeIterator for Cells<'_> {}

impl<'a> IntoIterator for QueryRow<'a> {
    type Item = &'a str;
    type IntoIter = Cells<'a>;

    fn into_iter(self) -> Cells<'a> {
        self.cells()
    }
}
