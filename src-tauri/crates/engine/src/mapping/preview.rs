//! What rows do to one sample profile.

use model::{
    CompiledMapping, FieldKind, Hierarchy as ModelHierarchy, MappingRowView as RowView,
    Verdict as ModelVerdict, mapping_view,
};

use super::rows::mapping_of;
use super::sample::sample;
use crate::Engine;
use crate::contract::mapping::preview::{
    Hierarchy, MappingPreview, MappingProblem, MappingRowView, PreviewQuery, RowPart, Verdict,
};
use crate::fault::Fault;

/// `mapping.preview`
pub(crate) async fn preview(engine: &Engine, params: PreviewQuery) -> Result<MappingPreview, Fault> {
    let object = params.object.into();
    let mapping = mapping_of(object, params.rows);
    engine
        .read(move |read| {
            let described = read.describe(object)?;
            let sample = sample(read, object, &params.sample)?;
            let profile = sample.as_ref().map(|(profile, _)| profile);
            let rows = mapping_view(&mapping, described.as_ref(), profile);
            let problems = described
                .as_ref()
                .and_then(|describe| CompiledMapping::compile(&mapping, describe).err())
                .unwrap_or_default();
            Ok(MappingPreview {
                sample: sample.map(|(_, sample)| sample),
                described: described.is_some(),
                rows: rows.into_iter().map(row_view).collect(),
                locked_rows: Vec::new(),
                problems: problems
                    .into_iter()
                    .map(|problem| MappingProblem {
                        row: problem.row,
                        code: problem.code.code().to_owned(),
                        part: RowPart::Whole,
                        stops_saving: false,
                        sentence: problem.sentence,
                    })
                    .collect(),
                unmapped_required: Vec::new(),
                changes: Vec::new(),
                changed_rows: Vec::new(),
                tested: false,
            })
        })
        .await
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
