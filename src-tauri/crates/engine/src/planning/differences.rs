//! What the updates of a plan change, field by field, over the whole run.

use model::mapping::UpdateOutcome;
use store::{DifferenceFilter, DifferenceKind as StoredKind, DifferenceRow};

use crate::Engine;
use crate::contract::runs::{
    Difference, DifferenceKind, DifferencePage, DifferenceQuery, FieldCount, KindCounts,
};
use crate::fault::Fault;
use crate::listing::LARGEST_WINDOW;
use crate::run_view::require_run;

/// `runs.differences`
pub(crate) async fn differences(engine: &Engine, params: DifferenceQuery) -> Result<DifferencePage, Fault> {
    engine
        .read(move |read| {
            let run = require_run(read, params.run)?;
            let filter = DifferenceFilter {
                kind: params.kind.map(stored),
                target: params.target,
            };
            let describe = read.describe(run.object)?;
            let label = |target: &str| {
                let field = describe.as_ref().and_then(|describe| describe.field(target));
                field.map_or_else(|| target.to_owned(), |field| field.label.clone())
            };
            let mut counts = KindCounts::default();
            let mut matching_values = 0;
            let mut fields = Vec::new();
            for (target, of_field) in read.field_counts(params.run)? {
                counts.fills_blank_values += of_field.filled_values;
                counts.overwrites_values += of_field.overwritten_values;
                counts.clears_values += of_field.cleared_values;
                counts.no_change_values += of_field.unchanged_values;
                let written = of_field.filled_values + of_field.overwritten_values + of_field.cleared_values;
                if filter.target.as_ref().is_none_or(|own| *own == target) {
                    matching_values += match filter.kind {
                        None => written + of_field.unchanged_values,
                        Some(StoredKind::Filled) => of_field.filled_values,
                        Some(StoredKind::Overwritten) => of_field.overwritten_values,
                        Some(StoredKind::Cleared) => of_field.cleared_values,
                        Some(StoredKind::Unchanged) => of_field.unchanged_values,
                    };
                }
                fields.push(FieldCount {
                    label: label(&target),
                    target,
                    values: written,
                });
            }
            fields.sort_by(|one, two| {
                two.values
                    .cmp(&one.values)
                    .then_with(|| one.target.cmp(&two.target))
            });
            let rows = read.differences(
                params.run,
                &filter,
                params.offset,
                params.limit.min(LARGEST_WINDOW),
            )?;
            Ok(DifferencePage {
                matching_values,
                counts,
                fields,
                offset: params.offset,
                differences: rows
                    .into_iter()
                    .map(|row| difference(label(&row.target), row))
                    .collect(),
            })
        })
        .await
}

fn difference(label: String, row: DifferenceRow) -> Difference {
    let kind = DifferenceKind::from(row.outcome);
    Difference {
        line: row.line,
        name: row.name,
        company: row.company,
        salesforce_id: row.salesforce_id,
        target: row.target,
        label,
        kind,
        // A field that is left keeps what it has, whatever the mapping gave.
        after: if kind == DifferenceKind::NoChange {
            row.before.clone()
        } else {
            row.after
        },
        before: row.before,
    }
}

fn stored(kind: DifferenceKind) -> StoredKind {
    match kind {
        DifferenceKind::FillsBlank => StoredKind::Filled,
        DifferenceKind::Overwrites => StoredKind::Overwritten,
        DifferenceKind::Clears => StoredKind::Cleared,
        DifferenceKind::NoChange => StoredKind::Unchanged,
    }
}

impl From<UpdateOutcome> for DifferenceKind {
    fn from(outcome: UpdateOutcome) -> Self {
        match outcome {
            UpdateOutcome::Filled => Self::FillsBlank,
            UpdateOutcome::Overwritten => Self::Overwrites,
            UpdateOutcome::Cleared => Self::Clears,
            UpdateOutcome::Unchanged
            | UpdateOutcome::Kept
            | UpdateOutcome::Never
            | UpdateOutcome::NotUpdateable
            | UpdateOutcome::Nothing => Self::NoChange,
        }
    }
}
