//! Finds the row that a result row belongs to. Results come in any order and without row numbers ("Get Job Successful
//! Record Results": the order is not guaranteed), so a row is told by a column that the caller controls, e.g. an
//! external id, or by exactly the cells that were sent. Rows with the same cells are interchangeable.

use std::collections::{HashMap, VecDeque};

use ring::digest::{Context, SHA256};

use crate::error::Error;

/// The rows of one upload that wait for their result. It keeps 16 bytes of each row's cells, not the cells.
#[derive(Debug)]
pub struct SentRows {
    columns: Vec<String>,
    key: Option<usize>,
    waiting: HashMap<Digest, VecDeque<Sent>>,
    remaining: usize,
    /// For each sent column, its place in the result file that is being read.
    places: Vec<Option<usize>>,
}

type Digest = [u8; 16];

#[derive(Debug)]
struct Sent {
    cells: Digest,
    number: u64,
}

impl SentRows {
    /// Rows are told by all of their cells.
    #[must_use]
    pub fn by_values<T: AsRef<str>>(columns: &[T]) -> Self {
        let columns: Vec<String> = columns.iter().map(|name| name.as_ref().to_owned()).collect();
        Self {
            key: None,
            waiting: HashMap::new(),
            remaining: 0,
            places: (0..columns.len()).map(Some).collect(),
            columns,
        }
    }

    /// Rows are told by one column; those that share its value, by all of their cells.
    pub fn by_key<T: AsRef<str>>(columns: &[T], key_column: &str) -> Result<Self, Error> {
        let place = columns
            .iter()
            .position(|name| name.as_ref().eq_ignore_ascii_case(key_column));
        match place {
            Some(_) => Ok(Self {
                key: place,
                ..Self::by_values(columns)
            }),
            None => Err(Error::InvalidName {
                name: key_column.to_owned(),
                expected: "a column of the upload",
            }),
        }
    }

    /// Notes a row as it was written, with the caller's number for it.
    pub fn add<T: AsRef<str>>(&mut self, number: u64, cells: &[Option<T>]) {
        let texts = || cells.iter().map(|cell| cell.as_ref().map_or("", AsRef::as_ref));
        let cells = digest(texts());
        let key = match self.key {
            Some(key) => digest(texts().nth(key).into_iter()),
            None => cells,
        };
        self.waiting
            .entry(key)
            .or_default()
            .push_back(Sent { cells, number });
        self.remaining += 1;
    }

    /// Says which columns the result file to come has (`ResultRows::columns`); they may stand in another order.
    pub fn read_columns<T: AsRef<str>>(&mut self, columns: &[T]) {
        let place = |name: &String| {
            columns
                .iter()
                .position(|column| column.as_ref().eq_ignore_ascii_case(name))
        };
        self.places = self.columns.iter().map(place).collect();
    }

    /// The number of a row that has these cells and no result yet; `None` if there is none.
    pub fn take(&mut self, result_cells: &[String]) -> Option<u64> {
        let cell = |place: &Option<usize>| {
            place
                .and_then(|place| result_cells.get(place))
                .map_or("", String::as_str)
        };
        let cells = digest(self.places.iter().map(cell));
        let key = match self.key {
            Some(key) => digest(self.places.get(key).map(cell).into_iter()),
            None => cells,
        };
        let candidates = self.waiting.get_mut(&key)?;
        let exact = candidates.iter().position(|sent| sent.cells == cells);
        let found = match exact {
            Some(place) => candidates.remove(place),
            None if candidates.len() == 1 => candidates.pop_front(),
            None => None,
        }?;
        if candidates.is_empty() {
            self.waiting.remove(&key);
        }
        self.remaining -= 1;
        Some(found.number)
    }

    /// Rows without a result.
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.remaining
    }

    /// The numbers of the rows without a result, in ascending order.
    #[must_use]
    pub fn into_remaining(self) -> Vec<u64> {
        let mut numbers: Vec<u64> = self
            .waiting
            .into_values()
            .flatten()
            .map(|sent| sent.number)
            .collect();
        numbers.sort_unstable();
        numbers
    }
}

/// Line breaks are compared as the upload writes them.
fn digest<'a>(cells: impl Iterator<Item = &'a str>) -> Digest {
    let mut context = Context::new(&SHA256);
    for cell in cells {
        if cell.contains('\r') {
            let text = cell.replace("\r\n", "\n").replace('\r', "\n");
            absorb(&mut context, &text);
        } else {
            absorb(&mut context, cell);
        }
    }
    let mut short = [0; 16];
    short.copy_from_slice(&context.finish().as_ref()[..16]);
    short
}

fn absorb(context: &mut Context, cell: &str) {
    context.update(&cell.len().to_le_bytes());
    context.update(cell.as_bytes());
}
