//! What rows do to one sample profile.

use model::mapping::{difference, saving_problems, view_of_update};
use model::{
    FieldKind, Hierarchy as ModelHierarchy, Mapping, MappingRowView as RowView, TargetDescribe, TargetObject,
    Verdict as ModelVerdict, default_mapping,
};
use store::Read;

use super::last_test::passed_test;
use super::rows::mapping_of;
use super::sample::sample;
use crate::Engine;
use crate::contract::mapping::preview::{
    Hierarchy, MappingPreview, MappingRowView, PreviewQuery, UnmappedField, Verdict,
};
use crate::fault::Fault;

/// `mapping.preview`
pub(crate) async fn preview(engine: &Engine, params: PreviewQuery) -> Result<MappingPreview, Fault> {
    let object = params.object.into();
    let mapping = mapping_of(object, params.rows);
    let existing = params.record.map(|record| record.values);
    engine
        .read(move |read| {
            let described = read.describe(object)?;
            let sample = sample(read, object, &params.sample)?;
            let profile = sample.as_ref().map(|(profile, _)| profile);
            let view = view_of_update(&mapping, described.as_ref(), profile, existing.as_ref());
            let problems = if described.is_some() {
                view.problems
            } else {
                saving_problems(&mapping)
            };
            let saved = saved_mapping(read, object, described.as_ref())?;
            let difference = difference(&saved, &mapping, described.as_ref());
            Ok(MappingPreview {
                sample: sample.map(|(_, sample)| sample),
                described: described.is_some(),
                rows: view.rows.into_iter().map(row_view).collect(),
                locked_rows: view.locked_rows.into_iter().map(row_view).collect(),
                problems: problems.into_iter().map(Into::into).collect(),
                unmapped_required: described
                    .as_ref()
                    .map(|describe| unmapped_required(&mapping, describe))
                    .unwrap_or_default(),
                changes: difference.in_words(),
                changed_rows: difference.changed_rows(),
                tested: passed_test(read, &mapping)?,
            })
        })
        .await
}

/// The newest saved mapping, else what `mapping.show` shows before any is saved.
fn saved_mapping(
    read: &Read<'_>,
    object: TargetObject,
    describe: Option<&TargetDescribe>,
) -> Result<Mapping, Fault> {
    let saved = read.mapping(object)?.map(|saved| saved.mapping);
    Ok(saved.unwrap_or_else(|| default_mapping(object, describe)))
}

fn unmapped_required(mapping: &Mapping, describe: &TargetDescribe) -> Vec<UnmappedField> {
    describe
        .required_on_create()
        .filter(|field| !mapping.maps(&field.name))
        .map(|field| UnmappedField {
            target: field.name.clone(),
            label: field.label.clone(),
        })
        .collect()
}

fn row_view(row: RowView) -> MappingRowView {
    MappingRowView {
        row: row.row,
        source: row.source,
        source_kind: row.source_kind,
        sample_value: row.sample_value,
        target_label: row.target_label,
        target_name: row.target_name,
        target_kind: row.target_kind.map(|kind: FieldKind| kind.api_name().to_owned()),
        target_type: row.target_type,
        required: row.required,
        on_update: row.on_update.into(),
        hierarchy: row
            .hierarchy
            .map(|ModelHierarchy { position, of, in_use }| Hierarchy { position, of, in_use }),
        block: row.block,
        result: row.result,
        result_note: row.result_note,
        verdict: match row.verdict {
            ModelVerdict::Ready => Verdict::Ready,
            ModelVerdict::Warning => Verdict::Warning,
            ModelVerdict::Error => Verdict::Error,
            ModelVerdict::Locked => Verdict::Locked,
            ModelVerdict::Unknown => Verdict::Unknown,
        },
        verdict_sentence: row.verdict_sentence,
    }
}
