//! From cells to a profile.

use model::text::{excerpt, is_blank, trimmed};
use model::{Profile, ProfileKind};

use super::{ListRow, Refusal, RefusalRule, Row};
use crate::header::Header;

/// Characters of a refused value that are shown.
const EXCERPT_CHARACTERS: usize = 40;

/// Cells of one row and where they stand.
pub struct Cells<'a> {
    pub line: u64,
    pub last_line: u64,
    pub texts: &'a [&'a str],
}

impl Cells<'_> {
    fn refused(
        &self,
        rule: RefusalRule,
        at: Option<(&str, &str)>,
        why: impl Into<String>,
        fix: &str,
    ) -> ListRow {
        let (column, value) = at.map_or((None, ""), |(column, value)| (Some(column.to_owned()), value));
        ListRow::Refused(Refusal {
            line: self.line,
            last_line: self.last_line,
            column,
            value: shown(value),
            rule,
            why: why.into(),
            fix: fix.to_owned(),
        })
    }
}

/// The profile of a row, or why there is none.
pub fn read_row(header: &Header, cells: &Cells<'_>) -> ListRow {
    if cells.texts.iter().all(|text| is_blank(text)) {
        let why = "Every cell of the row is blank.";
        return cells.refused(RefusalRule::BlankRow, None, why, "Delete the row, or fill it in.");
    }
    if let Some(refused) = check_width(header, cells) {
        return refused;
    }
    let mut profile = Profile::new(header.kind);
    for (column, text) in header.columns.iter().zip(cells.texts) {
        let value = trimmed(text);
        if value.is_empty() {
            continue;
        }
        match column.field {
            Some(field) => profile.values.insert(field.to_owned(), value.to_owned()),
            None => profile.extras.insert(column.name.clone(), value.to_owned()),
        };
    }
    if let Some(refused) = check_name(header, cells, &profile) {
        return refused;
    }
    for field in ["zoominfo_contact_id", "zoominfo_company_id"] {
        if let Some(refused) = tidy_id(header, cells, &mut profile, field) {
            return refused;
        }
    }
    let own_id = match header.kind {
        ProfileKind::Contact => "zoominfo_contact_id",
        ProfileKind::Company => "zoominfo_company_id",
    };
    profile.zoominfo_id = profile.values.get(own_id).cloned();
    ListRow::Profile(Row {
        line: cells.line,
        last_line: cells.last_line,
        profile,
    })
}

/// A row with fewer cells than columns was split by a line break or lost its end; its cells may belong elsewhere, so
/// none is guessed. More cells are harmless while they are blank.
fn check_width(header: &Header, cells: &Cells<'_>) -> Option<ListRow> {
    let (columns, count) = (header.columns.len(), cells.texts.len());
    if count < columns {
        let why = format!("The row has {count} cells, and the header has {columns} columns.");
        let fix = "Put cells with line breaks in quotes, or add the missing cells.";
        let first = cells
            .texts
            .iter()
            .find(|text| !is_blank(text))
            .copied()
            .unwrap_or_default();
        return Some(with_value(
            cells.refused(RefusalRule::TooFewCells, None, why, fix),
            first,
        ));
    }
    let surplus = cells.texts[columns..].iter().find(|text| !is_blank(text))?;
    let why = format!("The row has {count} cells, and the header has {columns} columns.");
    let fix = "Put cells that contain the delimiter in quotes, or delete the cells behind the last column.";
    Some(with_value(
        cells.refused(RefusalRule::TooManyCells, None, why, fix),
        surplus,
    ))
}

fn check_name(header: &Header, cells: &Cells<'_>, profile: &Profile) -> Option<ListRow> {
    let (field, rule, why) = match header.kind {
        ProfileKind::Contact => (
            "last_name",
            RefusalRule::NoLastName,
            "Salesforce takes no contact or lead without a last name.",
        ),
        ProfileKind::Company => (
            "company_name",
            RefusalRule::NoCompanyName,
            "Salesforce takes no account without a name.",
        ),
    };
    let index = header
        .columns
        .iter()
        .position(|column| column.field == Some(field))?;
    let raw = cells.texts[index];
    let value = profile.value(field).unwrap_or_default();
    let fix = "Add it in the file.";
    let at = Some((header.columns[index].name.as_str(), raw));
    if value.is_empty() && !raw.is_empty() {
        let why = "Only characters that nobody sees, so it counts as blank.";
        return Some(cells.refused(rule, at, why, fix));
    }
    if value.is_empty() {
        return Some(cells.refused(rule, at, why, fix));
    }
    let is_dash =
        |character: char| matches!(character, '-' | '_' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    value
        .chars()
        .all(is_dash)
        .then(|| cells.refused(rule, at, "A dash is not a name.", fix))
}

/// Takes blank ids (`0`) out and a spreadsheet's `.0` off. An id in scientific notation has lost its last digits.
fn tidy_id(header: &Header, cells: &Cells<'_>, profile: &mut Profile, field: &str) -> Option<ListRow> {
    let value = profile.values.get(field)?;
    let digits = value.strip_suffix(".0").unwrap_or(value);
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits && digits.bytes().all(|byte| byte == b'0') {
        profile.values.remove(field);
        return None;
    }
    if all_digits && digits.len() < value.len() {
        let digits = digits.to_owned();
        profile.values.insert(field.to_owned(), digits);
        return None;
    }
    let shortened = value.contains(['e', 'E'])
        && value.contains('+')
        && value.starts_with(|first: char| first.is_ascii_digit());
    shortened.then(|| {
        let why = "A spreadsheet shortened this id, and its last digits are lost.";
        let fix = "Export the list again, and do not save it in a spreadsheet.";
        cells.refused(
            RefusalRule::ShortenedId,
            Some((header.column_of(field).unwrap_or(field), value)),
            why,
            fix,
        )
    })
}

fn with_value(row: ListRow, value: &str) -> ListRow {
    match row {
        ListRow::Refused(refusal) => ListRow::Refused(Refusal {
            value: shown(value),
            ..refusal
        }),
        ListRow::Profile(_) => row,
    }
}

/// A value as a person can see it: an invisible one is named.
fn shown(value: &str) -> String {
    if value.is_empty() || !is_blank(value) {
        return excerpt(trimmed(value), EXCERPT_CHARACTERS);
    }
    let name = if value.contains('\u{a0}') {
        "a non-breaking space"
    } else if value.chars().all(char::is_whitespace) {
        "white space"
    } else {
        "invisible characters"
    };
    format!("“ ” ({name})")
}
