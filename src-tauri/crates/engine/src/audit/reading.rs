//! Windows of the log, newest first.

use jiff::Timestamp;
use jiff::civil::Date;
use store::{AuditEntryRow, AuditFilter};

use crate::Engine;
use crate::contract::audit::{AuditArea, AuditEntry, AuditPage, AuditQuery};
use crate::fault::{Code, Fault};

/// Of a day such as `2026-02-03`.
const DAY_CHARACTERS: usize = 10;
/// A window is never larger.
const LARGEST_WINDOW: u32 = 1_000;

/// Every area with the word that the log keeps of it.
const AREAS: [(AuditArea, &str); 8] = [
    (AuditArea::Connection, "connection"),
    (AuditArea::People, "people"),
    (AuditArea::Settings, "settings"),
    (AuditArea::Mapping, "mapping"),
    (AuditArea::UserMapping, "user_mapping"),
    (AuditArea::Runs, "runs"),
    (AuditArea::Lists, "lists"),
    (AuditArea::StoredData, "stored_data"),
];

/// `audit.list`
pub(crate) async fn list(engine: &Engine, params: AuditQuery) -> Result<AuditPage, Fault> {
    let filter = filter(params.search, params.area, params.since.as_deref())?;
    engine
        .read(move |read| {
            let matching_entries = read.count_matching_audit_entries(&filter)?;
            let entries = if params.offset < matching_entries {
                read.audit_entries(&filter, params.offset, params.limit.min(LARGEST_WINDOW))?
            } else {
                Vec::new()
            };
            Ok(AuditPage {
                entries: entries.into_iter().map(entry).collect::<Result<_, _>>()?,
                offset: params.offset,
                matching_entries,
                total_entries: read.count_audit_entries()?,
            })
        })
        .await
}

/// The filter that somebody asked for.
pub(super) fn filter(
    search: String,
    area: Option<AuditArea>,
    since: Option<&str>,
) -> Result<AuditFilter, Fault> {
    Ok(AuditFilter {
        search,
        area: area.map(|area| word(area).to_owned()),
        since: since.map(time_of).transpose()?,
    })
}

/// An entry as the contract shows it.
pub(super) fn entry(row: AuditEntryRow) -> Result<AuditEntry, Fault> {
    let AuditEntryRow { entry_id, at, entry } = row;
    let area = AREAS
        .iter()
        .find(|(_, word)| *word == entry.area)
        .ok_or_else(|| {
            Fault::new(
                Code::Workspace,
                format!(
                    "The audit log has an area that this version does not know: {}. Update the app.",
                    entry.area
                ),
            )
        })?
        .0;
    Ok(AuditEntry {
        entry: entry_id,
        at,
        person: entry.person,
        standing: entry.standing,
        area,
        action: entry.action,
        sentence: entry.sentence,
        before: entry.before,
        after: entry.after,
        run: entry.run_id,
        org_name: entry.org.map(|(_, name)| name),
    })
}

/// The word that the log keeps of an area.
pub(super) fn word(area: AuditArea) -> &'static str {
    AREAS
        .iter()
        .find(|(known, _)| *known == area)
        .map_or("settings", |(_, word)| word)
}

/// A time (RFC 3339) or a day of UTC, in the form of every time in the database.
fn time_of(since: &str) -> Result<String, Fault> {
    let since = since.trim();
    let time = since
        .parse::<Timestamp>()
        .or_else(|error| match since.parse::<Date>() {
            Ok(day) if since.len() == DAY_CHARACTERS => format!("{day}T00:00:00Z").parse(),
            _ => Err(error),
        });
    match time {
        Ok(time) => Ok(store::time(time)),
        Err(error) => Err(Fault::new(
            Code::Invalid,
            format!(
                "“{since}” is neither a time such as 2026-02-03T14:30:00Z nor a date such as 2026-02-03. Give one of them."
            ),
        )
        .with_detail(error.to_string())
        .at_field("since")),
    }
}

#[cfg(test)]
mod tests {
    use super::time_of;

    #[test]
    fn times_of_any_zone_and_days_become_times_of_utc() {
        for (since, time) in [
            ("2026-02-03T14:30:00Z", "2026-02-03T14:30:00.000Z"),
            (" 2026-02-03T14:30:00.5+02:00 ", "2026-02-03T12:30:00.500Z"),
            ("2026-02-03", "2026-02-03T00:00:00.000Z"),
        ] {
            assert_eq!(time_of(since).unwrap(), time);
        }
    }

    #[test]
    fn what_is_no_time_is_refused_with_the_mend() {
        for since in ["", "yesterday", "2026-13-01", "2026-02-03T14:30"] {
            let fault = time_of(since).unwrap_err();
            assert_eq!(fault.field.as_deref(), Some("since"), "{since}");
        }
    }
}
