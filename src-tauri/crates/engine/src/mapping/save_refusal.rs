//! Why a mapping is not saved, in words.

use store::MappingRow;

use crate::contract::mapping::preview::{MappingProblem, RowPart};

/// Why rows with these problems are not saved, in one sentence.
pub(super) fn rows_refused(problems: &[MappingProblem]) -> String {
    if let Some(whole) = problems.iter().find(|problem| problem.row.is_none()) {
        return format!("The mapping was not saved. {}", whole.sentence);
    }
    let mut rows: Vec<u32> = problems.iter().filter_map(|problem| problem.row).collect();
    rows.dedup();
    match rows.as_slice() {
        [row] => format!(
            "The mapping was not saved, because row {row} is not complete. Mend or delete it, then save again."
        ),
        rows => format!(
            "The mapping was not saved, because {} rows are not complete: {}. Mend or delete them, then save again.",
            rows.len(),
            listed(rows)
        ),
    }
}

/// Numbers for people: `1, 2 and 5`; many are cut.
fn listed(rows: &[u32]) -> String {
    const SHOWN: usize = 8;
    let words: Vec<String> = rows.iter().take(SHOWN).map(ToString::to_string).collect();
    match words.split_last() {
        Some(_) if rows.len() > SHOWN => format!("{} and {} more", words.join(", "), rows.len() - SHOWN),
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// The refusal when somebody saved in between.
pub(super) fn overtaken(newest: &MappingRow, based_on: u32) -> Option<MappingProblem> {
    (newest.version > based_on).then(|| MappingProblem {
        row: None,
        code: "newer_version".to_owned(),
        part: RowPart::Whole,
        stops_saving: true,
        sentence: format!(
            "{} saved version {} on {}, while version {based_on} was being edited here. Compare the two, then save on top of \
             the newer one or discard the changes.",
            newest.saved_by,
            newest.version,
            moment(&newest.saved_at)
        ),
    })
}

/// A stored time for people, e.g. `24 November 2026, 02:10 UTC`.
fn moment(stored: &str) -> String {
    match stored.parse::<jiff::Timestamp>() {
        Ok(time) => time.strftime("%-d %B %Y, %H:%M UTC").to_string(),
        Err(_) => stored.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_at_fault_are_listed_for_people() {
        assert_eq!(listed(&[4]), "4");
        assert_eq!(listed(&[1, 2, 5]), "1, 2 and 5");
        assert_eq!(
            listed(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
            "1, 2, 3, 4, 5, 6, 7, 8 and 2 more"
        );
    }

    #[test]
    fn times_are_told_for_people() {
        assert_eq!(moment("2026-11-24T02:10:59.123Z"), "24 November 2026, 02:10 UTC");
        assert_eq!(moment("yesterday"), "yesterday");
    }
}
