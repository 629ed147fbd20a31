//! A CSV file of people as an iterator over its rows: name, e-mail address and role, in any order.
//!
//! Column names are compared without case and without what is no letter. A name may come in two columns. A file without a
//! header is refused, because nothing tells a name from a role then.

use std::io;
use std::path::Path;

use model::text::{excerpt, is_blank};
use model::{person_email, person_name, says_admin};

use crate::csv_file::{Decoded, Delimiter, NotText, Record, RecordReader, RecordRule, TextFile, open_file};

/// Blank rows that may stand above the header.
const MOST_BLANK_ROWS: usize = 100;

const NAME_COLUMNS: [&str; 5] = ["name", "fullname", "person", "personname", "displayname"];
const FIRST_NAME_COLUMNS: [&str; 3] = ["firstname", "givenname", "forename"];
const LAST_NAME_COLUMNS: [&str; 3] = ["lastname", "surname", "familyname"];
const EMAIL_COLUMNS: [&str; 8] = [
    "email",
    "mail",
    "emailaddress",
    "mailaddress",
    "workemail",
    "businessemail",
    "emailid",
    "useremail",
];
const ROLE_COLUMNS: [&str; 6] = [
    "role",
    "userrole",
    "roles",
    "usertype",
    "accesslevel",
    "permission",
];

/// A person of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPerson {
    /// Line in the file, from 1.
    pub line: u64,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Whether the role is admin; `None` where the file says nothing.
    pub is_admin: Option<bool>,
}

/// A row of a file of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleRow {
    /// A person.
    Person(ListedPerson),
    /// A row that cannot be taken.
    Refused {
        /// Line in the file, from 1.
        line: u64,
        /// Why, and the mend.
        why: String,
    },
}

/// A file of people that cannot be read; each sentence says what to do.
#[derive(Debug, thiserror::Error)]
pub enum PeopleFileError {
    /// Nothing visible in it.
    #[error("The file is empty. Choose a CSV file with the columns name, email and role.")]
    Empty,
    /// A file of another type.
    #[error("This is {0}, not a CSV file. Save the people as CSV, then choose that file.")]
    NotCsv(&'static str),
    /// The first row holds data.
    #[error(
        "The file has no header: its first row starts with “{0}”. Add a first row that names the columns: name, email, role."
    )]
    NoHeader(String),
    /// A header without a column that every row needs.
    #[error(
        "The file has no column {missing}: its columns are {columns}. Name the columns name, email and role."
    )]
    MissingColumn {
        /// The column.
        missing: &'static str,
        /// The columns, in words.
        columns: String,
    },
    /// Two columns of the same meaning.
    #[error(
        "The columns “{first}” and “{second}” both say the {what}. Delete one of them, or give it another name."
    )]
    TwoColumns {
        /// What both say.
        what: &'static str,
        /// The first one.
        first: String,
        /// The second one.
        second: String,
    },
    /// A header and nothing else.
    #[error("The file has a header and no rows. Choose a file that names people.")]
    NoRows,
    /// The system cannot read the file.
    #[error("The file cannot be read: {0}. Check that it still exists and that you may open it.")]
    Unreadable(#[from] io::Error),
}

impl From<NotText> for PeopleFileError {
    fn from(why: NotText) -> Self {
        match why {
            NotText::Empty => Self::Empty,
            NotText::OtherType(what) => Self::NotCsv(what),
            NotText::Unreadable(error) => Self::Unreadable(error),
        }
    }
}

/// Where the columns are.
#[derive(Debug, Clone, Copy)]
struct Columns {
    name: NameColumns,
    email: usize,
    role: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
enum NameColumns {
    Full(usize),
    Parts { first: Option<usize>, last: usize },
}

/// Reads people row by row, holding no more than one. Empty lines are not rows.
pub struct PeopleReader {
    records: RecordReader<Decoded>,
    columns: Columns,
    has_rows: bool,
    ended: bool,
}

impl PeopleReader {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// When it is no CSV file with a header that names the name and the e-mail address.
    pub fn open(path: &Path) -> Result<Self, PeopleFileError> {
        let (source, _) = open_file(path)?;
        let TextFile { mut records, .. } = TextFile::of_source(source)?;
        let columns = read_header(&mut records)?;
        Ok(Self {
            records,
            columns,
            has_rows: false,
            ended: false,
        })
    }

    fn read_row(&mut self) -> Result<Option<PeopleRow>, PeopleFileError> {
        while let Some(record) = self.records.next_record()? {
            let line = match record {
                Record::Cells { line, .. } => line,
                Record::Broken(broken) => {
                    let why = match broken.rule {
                        RecordRule::TooLong => {
                            "The line is longer than 1 MiB. Delete what does not belong there."
                        }
                        RecordRule::UnclosedQuote => {
                            "A quotation mark is opened and not closed. Close it, or write it twice."
                        }
                    };
                    self.has_rows = true;
                    return Ok(Some(refused(broken.line, why)));
                }
            };
            let Some(texts) = self.records.texts() else {
                self.has_rows = true;
                return Ok(Some(refused(
                    line,
                    "It has bytes that are not UTF-8, as the rest of the file is. Save the file as UTF-8.",
                )));
            };
            if texts.iter().all(|text| is_blank(text)) {
                continue;
            }
            self.has_rows = true;
            return Ok(Some(match person(self.columns, line, &texts) {
                Ok(person) => PeopleRow::Person(person),
                Err(why) => PeopleRow::Refused { line, why },
            }));
        }
        if self.has_rows {
            Ok(None)
        } else {
            Err(PeopleFileError::NoRows)
        }
    }
}

impl Iterator for PeopleReader {
    type Item = Result<PeopleRow, PeopleFileError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let row = self.read_row().transpose();
        self.ended = !matches!(row, Some(Ok(_)));
        row
    }
}

fn refused(line: u64, why: &str) -> PeopleRow {
    PeopleRow::Refused {
        line,
        why: why.to_owned(),
    }
}

fn person(columns: Columns, line: u64, texts: &[&str]) -> Result<ListedPerson, String> {
    let text = |index: usize| texts.get(index).copied().unwrap_or_default();
    let name = match columns.name {
        NameColumns::Full(index) => text(index).to_owned(),
        NameColumns::Parts { first, last } => {
            format!("{} {}", first.map(text).unwrap_or_default(), text(last))
        }
    };
    Ok(ListedPerson {
        line,
        email: person_email(text(columns.email))?,
        name: person_name(&name)?,
        is_admin: says_admin(columns.role.map(text).unwrap_or_default())?,
    })
}

/// Finds the header and the delimiter with which most of its columns are known.
fn read_header(records: &mut RecordReader<Decoded>) -> Result<Columns, PeopleFileError> {
    for _ in 0..=MOST_BLANK_ROWS {
        let delimiter = best_delimiter(records)?;
        records.set_delimiter(delimiter);
        match records.next_record()? {
            None => return Err(PeopleFileError::Empty),
            Some(Record::Broken(broken)) => return Err(PeopleFileError::NoHeader(broken.excerpt)),
            Some(Record::Cells { .. }) => {}
        }
        let cells: Vec<String> = (0..records.cell_count())
            .filter_map(|index| records.cell(index))
            .map(|cell| String::from_utf8_lossy(cell).into_owned())
            .collect();
        if cells.iter().any(|cell| !is_blank(cell)) {
            return columns_of(&cells);
        }
    }
    Err(PeopleFileError::Empty)
}

fn best_delimiter(records: &mut RecordReader<Decoded>) -> io::Result<Delimiter> {
    let mut best = (Delimiter::Comma, 0);
    for delimiter in Delimiter::ALL {
        if !records.peek(delimiter)? {
            continue;
        }
        let Some(texts) = records.texts() else { continue };
        let known = texts.iter().filter(|text| is_known(&letters(text))).count();
        if known > best.1 {
            best = (delimiter, known);
        }
    }
    Ok(best.0)
}

fn columns_of(cells: &[String]) -> Result<Columns, PeopleFileError> {
    let names: Vec<String> = cells.iter().map(|cell| letters(cell)).collect();
    if !names.iter().any(|name| is_known(name))
        && let Some(cell) = cells.iter().find(|cell| cell.contains('@'))
    {
        return Err(PeopleFileError::NoHeader(excerpt(cell, 60)));
    }
    let one = |what: &'static str, spellings: &[&str]| {
        let mut found = names
            .iter()
            .enumerate()
            .filter(|(_, name)| spellings.contains(&name.as_str()))
            .map(|(index, _)| index);
        match (found.next(), found.next()) {
            (Some(first), Some(second)) => Err(PeopleFileError::TwoColumns {
                what,
                first: excerpt(&cells[first], 40),
                second: excerpt(&cells[second], 40),
            }),
            (first, _) => Ok(first),
        }
    };
    let missing = |missing: &'static str| {
        let columns = cells
            .iter()
            .filter(|cell| !is_blank(cell))
            .take(8)
            .map(|cell| format!("“{}”", excerpt(cell, 40)))
            .collect::<Vec<_>>()
            .join(", ");
        PeopleFileError::MissingColumn { missing, columns }
    };
    let first = one("first name", &FIRST_NAME_COLUMNS)?;
    let last = one("last name", &LAST_NAME_COLUMNS)?;
    // The parts say the name better than a column that may be a login name.
    let name = match last {
        Some(last) => NameColumns::Parts { first, last },
        None => NameColumns::Full(one("name", &NAME_COLUMNS)?.ok_or_else(|| missing("name"))?),
    };
    Ok(Columns {
        name,
        email: one("e-mail address", &EMAIL_COLUMNS)?.ok_or_else(|| missing("email"))?,
        role: one("role", &ROLE_COLUMNS)?,
    })
}

fn is_known(name: &str) -> bool {
    [
        NAME_COLUMNS.as_slice(),
        &FIRST_NAME_COLUMNS,
        &LAST_NAME_COLUMNS,
        &EMAIL_COLUMNS,
        &ROLE_COLUMNS,
    ]
    .iter()
    .any(|spellings| spellings.contains(&name))
}

fn letters(cell: &str) -> String {
    cell.chars()
        .filter(|character| character.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect()
}
