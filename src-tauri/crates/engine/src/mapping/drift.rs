//! What changed in the org since a mapping was saved: what the fields were then is kept beside the mapping.

use model::mapping as rules;
use model::{Mapping, MappingProblem, TargetDescribe};
use store::{Read, Write};

use crate::contract::mapping::versions::{Drift, DriftKind};
use crate::fault::Fault;

/// What changed, by the fields as last read; nothing before the first connection.
pub(crate) fn drift_of(read: &Read<'_>, mapping: &Mapping) -> Result<Vec<rules::Drift>, Fault> {
    match read.described(mapping.object)? {
        Some(now) => drift_in(read, mapping, &now.org_id, &now.describe),
        None => Ok(Vec::new()),
    }
}

/// What is different in an org with these fields.
pub(crate) fn drift_in(
    read: &Read<'_>,
    mapping: &Mapping,
    org_id: &str,
    now: &TargetDescribe,
) -> Result<Vec<rules::Drift>, Fault> {
    let Some(basis) = read.mapping_basis(mapping.object)? else {
        return Ok(Vec::new());
    };
    let mut drift = rules::drift(mapping, Some(&basis.describe), now);
    // Another org has other labels and lengths, and they are no news.
    drift.retain(|drift| drift.stops_exports || basis.org_id == org_id);
    Ok(drift)
}

/// Notes that a mapping is saved against the fields as last read. What stops exports is told until it is mended, so
/// it stays in the notes as it was.
pub(crate) fn renew_basis(write: &Write<'_>, mapping: &Mapping) -> Result<(), Fault> {
    let object = mapping.object;
    let Some(now) = write.described(object)? else {
        return Ok(());
    };
    let before = write.mapping_basis(object)?;
    let mut fields = now.describe.fields.clone();
    for drift in drift_in(write, mapping, &now.org_id, &now.describe)? {
        if !drift.stops_exports {
            continue;
        }
        let at_fault = [Some(&drift.target), drift.renamed_to.as_ref()];
        fields.retain(|field| {
            !at_fault
                .iter()
                .flatten()
                .any(|name| field.name.eq_ignore_ascii_case(name))
        });
        fields.extend(
            before
                .as_ref()
                .and_then(|before| before.describe.field(&drift.target))
                .cloned(),
        );
    }
    Ok(write.set_mapping_basis(object, &now.org_id, &TargetDescribe { object, fields })?)
}

/// Problems in which a row that drifted says what happened to its field, rather than that it is wrong.
pub(crate) fn told_as_drift(problems: Vec<MappingProblem>, drift: &[rules::Drift]) -> Vec<MappingProblem> {
    problems
        .into_iter()
        .map(|problem| {
            let cause = drift
                .iter()
                .find(|drift| drift.stops_exports && drift.row.is_some() && drift.row == problem.row);
            match cause {
                Some(drift) => MappingProblem {
                    sentence: drift.sentence.clone(),
                    ..problem
                },
                None => problem,
            }
        })
        .collect()
}

impl From<rules::Drift> for Drift {
    fn from(drift: rules::Drift) -> Self {
        Self {
            row: drift.row,
            kind: match drift.kind {
                rules::DriftKind::FieldGone => DriftKind::FieldGone,
                rules::DriftKind::Relabelled => DriftKind::Relabelled,
                rules::DriftKind::PermissionLost => DriftKind::PermissionLost,
                rules::DriftKind::TypeChanged => DriftKind::TypeChanged,
                rules::DriftKind::BecameRequired => DriftKind::BecameRequired,
                rules::DriftKind::ValueGone => DriftKind::ValueGone,
            },
            target: drift.target,
            stops_exports: drift.stops_exports,
            sentence: drift.sentence,
            renamed_to: drift.renamed_to,
        }
    }
}
