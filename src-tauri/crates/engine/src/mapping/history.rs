//! The versions of a mapping and what differs between them.

use model::mapping as rules;
use model::mapping::difference;

use super::last_test::passed_test;
use super::rows::mapping_of;
use super::save::require_version;
use crate::Engine;
use crate::contract::mapping::ObjectQuery;
use crate::contract::mapping::versions::{
    ChangeDetail, ChangeKind, CompareVersions, MappingDifference, MappingHistory, MappingVersion, RowChange,
};
use crate::fault::Fault;

/// `mapping.history`
pub(crate) async fn history(engine: &Engine, params: ObjectQuery) -> Result<MappingHistory, Fault> {
    let object = params.object.into();
    engine
        .read(move |read| {
            let described = read.describe(object)?;
            let saved = read.mapping_versions(object)?;
            let mut versions = Vec::with_capacity(saved.len());
            for (index, version) in saved.iter().enumerate() {
                let changes = saved.get(index + 1).map(|before| {
                    difference(&before.mapping, &version.mapping, described.as_ref()).in_words()
                });
                versions.push(MappingVersion {
                    version: version.version,
                    saved_at: version.saved_at.clone(),
                    saved_by: version.saved_by.clone(),
                    note: version.note.clone(),
                    rows: u32::try_from(version.mapping.rows.len()).unwrap_or(u32::MAX),
                    changes: changes.unwrap_or_default(),
                    tested: passed_test(read, &version.mapping)?,
                });
            }
            Ok(MappingHistory { versions })
        })
        .await
}

/// `mapping.compare`
pub(crate) async fn compare(engine: &Engine, params: CompareVersions) -> Result<MappingDifference, Fault> {
    let object = params.object;
    engine
        .read(move |read| {
            let described = read.describe(object.into())?;
            let from = require_version(read, object, params.from)?.mapping;
            let to = match params.to {
                Some(version) => require_version(read, object, version)?.mapping,
                None => mapping_of(object.into(), params.rows),
            };
            Ok(difference(&from, &to, described.as_ref()).into())
        })
        .await
}

impl From<rules::MappingDifference> for MappingDifference {
    fn from(difference: rules::MappingDifference) -> Self {
        Self {
            changes: difference.changes.into_iter().map(Into::into).collect(),
            same_rows: difference.same_rows,
        }
    }
}

impl From<rules::RowChange> for RowChange {
    fn from(change: rules::RowChange) -> Self {
        Self {
            kind: match change.kind {
                rules::ChangeKind::Added => ChangeKind::Added,
                rules::ChangeKind::Removed => ChangeKind::Removed,
                rules::ChangeKind::Changed => ChangeKind::Changed,
                rules::ChangeKind::Moved => ChangeKind::Moved,
            },
            source: change.source,
            target_label: change.target_label,
            target: change.target,
            row_before: change.row_before,
            row_after: change.row_after,
            details: change
                .details
                .into_iter()
                .map(|detail| ChangeDetail {
                    what: detail.what,
                    before: detail.before,
                    after: detail.after,
                })
                .collect(),
        }
    }
}
