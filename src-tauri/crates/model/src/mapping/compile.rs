//! Checking a mapping against an org.

use std::collections::HashMap;
use std::sync::Arc;

use super::compiled::{Block, Candidate, CompiledMapping, CompiledSource, Target};
use super::row::{Mapping, MappingRow, Source};
use super::template::Template;
use super::update::WritePolicy;
use super::{MappingProblem, ProblemCode, block_order, lookup_check, native_app, saving};
use crate::convert::{Converter, Mark, unknown_time_zone};
use crate::target::{TargetDescribe, TargetField};
use crate::text::{excerpt, is_blank};
use crate::zoominfo_field;

/// The mapping without the rows that have a problem, and all problems.
pub(super) fn compile(
    mapping: &Mapping,
    describe: &TargetDescribe,
) -> (CompiledMapping, Vec<MappingProblem>) {
    let mut compiler = Compiler {
        mapping,
        compiled: CompiledMapping {
            object: mapping.object,
            targets: Vec::new(),
            blocks: Vec::new(),
            warnings: Vec::new(),
        },
        targets: HashMap::new(),
        blocks: HashMap::new(),
        problems: Vec::new(),
    };
    if describe.object != mapping.object {
        let sentence = format!(
            "This mapping is for {}, and the fields at hand are those of {}. Choose the mapping of the same object.",
            mapping.object.plural_label(),
            describe.object.plural_label()
        );
        compiler.problem(None, ProblemCode::WrongObject, sentence);
        return (compiler.compiled, compiler.problems);
    }
    if mapping.rows.is_empty() {
        let sentence = "The mapping has no rows. Add one, or go back to the defaults.".to_owned();
        compiler.problem(None, ProblemCode::NoRows, sentence);
    }
    if let Some(problem) = saving::too_many_rows(mapping) {
        compiler.problems.push(problem);
    }
    for (index, row) in mapping.rows.iter().enumerate() {
        if let Err((code, sentence)) = compiler.add(index, row, describe) {
            compiler.problem(Some(index), code, sentence);
        }
    }
    for (index, sentence) in block_order::put_in_order(&mut compiler.compiled) {
        compiler.problem(Some(index), ProblemCode::BlockOrder, sentence);
    }
    compiler.check_required(describe);
    compiler.add_native_app(describe);
    compiler.find_controllers();
    (compiler.compiled, compiler.problems)
}

struct Compiler<'a> {
    mapping: &'a Mapping,
    compiled: CompiledMapping,
    targets: HashMap<String, usize>,
    blocks: HashMap<&'a str, usize>,
    problems: Vec<MappingProblem>,
}

type Checked<T> = Result<T, (ProblemCode, String)>;

impl<'a> Compiler<'a> {
    fn problem(&mut self, index: Option<usize>, code: ProblemCode, sentence: String) {
        self.problems.push(MappingProblem {
            row: index.map(row_number),
            code,
            sentence,
        });
    }

    fn add(&mut self, index: usize, row: &'a MappingRow, describe: &TargetDescribe) -> Checked<()> {
        if let Some(problem) = saving::row_problem(row) {
            return Err(problem);
        }
        let field = self.check_target(row, describe)?;
        if let Some(sentence) = unknown_time_zone(row) {
            return Err((ProblemCode::UnknownTimeZone, sentence));
        }
        lookup_check::check(row, field)?;
        let converter = Converter::within(describe, field, row);
        let source = self.check_source(index, row, field, &converter)?;
        let target = *self.targets.entry(field.name.clone()).or_insert_with(|| {
            self.compiled.targets.push(Target {
                name: field.name.as_str().into(),
                label: if field.label.is_empty() {
                    field.name.clone()
                } else {
                    field.label.clone()
                },
                required: field.required_on_create(),
                policy: WritePolicy::of(row, field),
                candidates: Vec::new(),
                controllers: Vec::new(),
            });
            self.compiled.targets.len() - 1
        });
        let block = self.check_block(row, target)?;
        let candidates = &mut self.compiled.targets[target].candidates;
        candidates.push(Candidate {
            row: index,
            source_label: row.source.label(),
            source,
            converter,
            block,
        });
        let member = (target, candidates.len() - 1);
        if let Some(block) = block {
            self.compiled.blocks[block].members.push(member);
        }
        Ok(())
    }

    fn check_target<'d>(&self, row: &MappingRow, describe: &'d TargetDescribe) -> Checked<&'d TargetField> {
        let object = self.mapping.object;
        let Some(field) = describe.field(row.target.trim()) else {
            let sentence = format!(
                "{object} has no field {} that the connected user may see. Choose another field, or ask for access to it in \
                 Setup, Object Manager, {object}, Fields & Relationships.",
                excerpt(row.target.trim(), 60)
            );
            return Err((ProblemCode::UnknownTarget, sentence));
        };
        if native_app::is_native_app_field(&field.name) {
            let sentence = format!(
                "{} ({}) belongs to the ZoomInfo native app, which sets it. Choose another field, or delete the row.",
                field.label, field.name
            );
            return Err((ProblemCode::TargetLocked, sentence));
        }
        if !field.kind.can_be_mapped() {
            let sentence = format!(
                "{} ({}) cannot be written by itself, because it is {}. Map the fields that it is made of.",
                field.label,
                field.name,
                field.type_label().to_lowercase()
            );
            return Err((ProblemCode::UnsupportedTarget, sentence));
        }
        if field.calculated || field.auto_number {
            let why = if field.calculated {
                "Salesforce works it out from a formula"
            } else {
                "Salesforce numbers it"
            };
            let sentence = format!(
                "Nobody can write {} ({}), because {why}. Choose another field, or delete the row.",
                field.label, field.name
            );
            return Err((ProblemCode::NotCreateable, sentence));
        }
        if !field.createable {
            let sentence = format!(
                "The connected user may not write {} ({}). Choose another field, or give edit access to it in Setup, Object \
                 Manager, {object}, Fields & Relationships.",
                field.label, field.name
            );
            return Err((ProblemCode::NotCreateable, sentence));
        }
        Ok(field)
    }

    fn check_source(
        &mut self,
        index: usize,
        row: &MappingRow,
        field: &TargetField,
        converter: &Converter,
    ) -> Checked<CompiledSource> {
        match &row.source {
            Source::Field { field: id } => {
                self.check_field(id)?;
                Ok(CompiledSource::Field(id.clone()))
            }
            Source::Extra { column } => Ok(CompiledSource::Extra(column.clone())),
            Source::Template { text } => {
                let template = Template::read(text).map_err(|fault| {
                    (
                        ProblemCode::TemplateFault,
                        format!("The template for {} {fault}.", field.label),
                    )
                })?;
                for id in template.fields() {
                    self.check_field(id)?;
                }
                Ok(CompiledSource::Template(template.with_date_order(row.date_order)))
            }
            Source::Fixed { value } => match converter.convert(value) {
                Ok(None) => {
                    let sentence = format!(
                        "The row to {} has no fixed value. Choose one, or delete the row.",
                        field.label
                    );
                    Err((ProblemCode::SourceBlank, sentence))
                }
                Ok(Some(fixed)) => {
                    for (rule, sentence) in fixed.marks {
                        let mark = Mark {
                            target: field.name.clone(),
                            source: row.source.label(),
                            rule,
                            sentence,
                        };
                        self.compiled.warnings.push((row_number(index), mark));
                    }
                    Ok(CompiledSource::Fixed {
                        text: value.clone(),
                        value: fixed.value,
                    })
                }
                Err((_, sentence)) => Err((ProblemCode::FixedValueFault, sentence)),
            },
        }
    }

    fn check_field(&self, id: &str) -> Checked<()> {
        let Some(field) = zoominfo_field::find(id) else {
            let sentence = format!(
                "ZoomInfo has no field “{}”. Choose another source, or delete the row.",
                excerpt(id, 60)
            );
            return Err((ProblemCode::UnknownSource, sentence));
        };
        let object = self.mapping.object;
        if !field.fits(object.source_kind()) {
            let sentence = format!(
                "{} is a person's field, and {} are made from companies. Choose a company field, or delete the row.",
                field.label,
                object.plural_label()
            );
            return Err((ProblemCode::WrongSourceKind, sentence));
        }
        Ok(())
    }

    fn check_block(&mut self, row: &'a MappingRow, target: usize) -> Checked<Option<usize>> {
        let known = &self.compiled.targets[target];
        let name = row.block.as_deref().filter(|name| !is_blank(name));
        if known
            .candidates
            .iter()
            .any(|other| other.block.is_none() != name.is_none())
        {
            let sentence = format!(
                "{} is mapped both within a block and outside. Take the row into a block, or the others out of theirs.",
                known.label
            );
            return Err((ProblemCode::BlockMixed, sentence));
        }
        let Some(name) = name else { return Ok(None) };
        let block = *self.blocks.entry(name).or_insert_with(|| {
            self.compiled.blocks.push(Block {
                name: name.to_owned(),
                members: Vec::new(),
            });
            self.compiled.blocks.len() - 1
        });
        if self.compiled.blocks[block]
            .members
            .iter()
            .any(|(other, _)| *other == target)
        {
            let sentence = format!(
                "The block “{name}” maps {} twice. Delete one of the rows.",
                known.label
            );
            return Err((ProblemCode::BlockRepeats, sentence));
        }
        Ok(Some(block))
    }

    fn add_native_app(&mut self, describe: &TargetDescribe) {
        let locked = native_app::locked_rows(self.mapping.object, describe);
        for (place, row) in locked.iter().enumerate() {
            let (Some(field), Source::Field { field: source }) = (describe.field(&row.target), &row.source)
            else {
                continue;
            };
            self.compiled.targets.push(Target {
                name: field.name.as_str().into(),
                label: field.label.clone(),
                required: false,
                policy: WritePolicy::of(row, field),
                candidates: vec![Candidate {
                    row: self.mapping.rows.len() + place,
                    source_label: row.source.label(),
                    source: CompiledSource::Field(source.clone()),
                    converter: Converter::within(describe, field, row),
                    block: None,
                }],
                controllers: Vec::new(),
            });
        }
    }

    /// Says of each target where its controlling fields stand among the targets.
    fn find_controllers(&mut self) {
        let places: HashMap<Arc<str>, usize> = (0..)
            .zip(&self.compiled.targets)
            .map(|(place, target)| (target.name.clone(), place))
            .collect();
        for target in &mut self.compiled.targets {
            let names = target
                .candidates
                .first()
                .map(|candidate| candidate.converter.controllers());
            target.controllers = names
                .unwrap_or_default()
                .into_iter()
                .map(|name| {
                    let place = places.get(name.as_str()).copied();
                    (name, place)
                })
                .collect();
        }
    }

    fn check_required(&mut self, describe: &TargetDescribe) {
        for field in describe.required_on_create() {
            if !self.mapping.maps(&field.name) {
                let sentence = format!(
                    "{} ({}) is required by Salesforce and not mapped. Add a row for it.",
                    field.label, field.name
                );
                self.problem(None, ProblemCode::MissingRequired, sentence);
            }
        }
    }
}

fn row_number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
