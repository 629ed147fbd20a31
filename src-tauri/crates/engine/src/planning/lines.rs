//! Step 1: every chosen profile is mapped and becomes a line.

use std::collections::BTreeMap;

use model::mapping::apply_with_edits;
use model::{LineAction, LineOutcome, Mapped, ProfileReader, RowFault, TargetObject};
use store::{NewLine, RunFaultRow, StoredProfile, Write};

use super::duplicates::Facts;
use super::mapped_record::MappedRecord;
use super::plan::Planning;
use crate::fault::{Code, Fault};

/// Profiles of one transaction.
const WINDOW_PROFILES: u32 = 5_000;
/// Rule of a line that is created because nothing stands against it.
pub(super) const CREATE_RULE: &str = "New record";

/// Maps every profile; the keys of those that go on are kept in `planning.keys`.
pub(super) async fn map(planning: &mut Planning) -> Result<(), Fault> {
    let (mut from_position, mut lines) = (0, 0);
    while lines < planning.records {
        let window = Window {
            from_position,
            first_line: lines + 1,
            limit: WINDOW_PROFILES.min(planning.records - lines),
        };
        let mapped = map_window(planning, window).await?;
        if mapped.lines == 0 {
            break;
        }
        planning.keys.extend(&mapped.keys);
        lines += mapped.lines;
        from_position = mapped.next_position;
    }
    planning.progress.mapped(lines);
    planning.records = lines;
    Ok(())
}

struct Window {
    from_position: u32,
    first_line: u32,
    limit: u32,
}

#[derive(Default)]
struct MappedWindow {
    lines: u32,
    next_position: u32,
    keys: Vec<(i64, u32)>,
}

async fn map_window(planning: &Planning, window: Window) -> Result<MappedWindow, Fault> {
    let (run_id, list_id, object) = (planning.run_id, planning.list_id, planning.object);
    let (options, columns, basis) = (
        planning.options.clone(),
        planning.columns.clone(),
        planning.basis.clone(),
    );
    let (progress, edits) = (planning.progress.clone(), planning.edits.clone());
    planning
        .engine
        .write(move |write| {
            let nothing_typed = BTreeMap::new();
            let mut done = MappedWindow::default();
            let mut faults = FaultCounts::default();
            let mut profiles = ProfileReader::default();
            write.for_each_stored_profile(
                list_id,
                &options.selection,
                window.from_position,
                window.limit,
                |stored| {
                    let profile = profiles
                        .read(stored.document)
                        .map_err(|error| unreadable(&error))?;
                    let typed = edits.get(&stored.profile_id).unwrap_or(&nothing_typed);
                    let mapped = apply_with_edits(&basis.mapping, &profile, None, typed);
                    let number = window.first_line + done.lines;
                    faults.count(&mapped);
                    let mut line = line_of(number, object, &stored, &mapped);
                    line.edits.clone_from(typed);
                    let created = line.action == LineAction::Create;
                    let owner = options.owner.as_ref().filter(|_| created);
                    let MappedRecord { cells, digest } = MappedRecord::of(&mapped, owner, &columns)?;
                    line.cells = cells;
                    if created {
                        line.digest = Some(digest);
                        let facts = Facts::of_profile(object, &profile);
                        let keys = facts.keys();
                        done.keys.extend(keys.into_iter().map(|key| (key.hash, number)));
                        // Lines with the same values are found among the same keys.
                        if let Some(start) = digest.first_chunk::<8>() {
                            done.keys.push((i64::from_le_bytes(*start), number));
                        }
                    }
                    profiles.take_back(profile);
                    write.add_line(run_id, &line)?;
                    done.lines += 1;
                    done.next_position = stored.position + 1;
                    progress.mapped(number);
                    progress.check_cancelled()
                },
            )?;
            faults.write(write, run_id)?;
            Ok(done)
        })
        .await
}

pub(super) fn unreadable(error: &serde_json::Error) -> Fault {
    Fault::new(
        Code::Workspace,
        "A profile of the list cannot be read. Import the list again.",
    )
    .with_detail(error.to_string())
}

fn line_of(number: u32, object: TargetObject, stored: &StoredProfile<'_>, mapped: &Mapped) -> NewLine {
    let line = NewLine {
        line: number,
        object,
        profile_id: stored.profile_id,
        zoominfo_id: stored.zoominfo_id.map(str::to_owned),
        name: stored.name.to_owned(),
        company: stored.company.to_owned(),
        action: LineAction::Create,
        outcome: LineOutcome::Planned,
        rule: CREATE_RULE.to_owned(),
        criterion: None,
        grade: None,
        notes: mapped.notes(),
        cells: String::new(),
        changes: Vec::new(),
        modified_at: None,
        edits: BTreeMap::new(),
        answer: None,
        company_number: None,
        parent_id: None,
        digest: None,
        salesforce_id: None,
        error_code: None,
        error: None,
        settled_at: None,
    };
    match mapped.refusal() {
        Some(fault) => refused(line, fault),
        None => line,
    }
}

fn refused(line: NewLine, fault: &RowFault) -> NewLine {
    NewLine {
        action: LineAction::Refuse,
        outcome: LineOutcome::Refused,
        rule: "Mapping".to_owned(),
        error_code: Some(fault.rule.code().to_owned()),
        error: Some(fault.sentence.clone()),
        settled_at: Some(store::now()),
        ..line
    }
}

/// Faults of a window by field and rule; whose value it was is in the ledger.
#[derive(Default)]
struct FaultCounts(BTreeMap<(bool, &'static str, String), u32>);

impl FaultCounts {
    fn count(&mut self, mapped: &Mapped) {
        for fault in &mapped.faults {
            self.add(fault.refuses_record, fault.rule.code(), &fault.target);
        }
        for mark in &mapped.marks {
            self.add(false, mark.rule.code(), &mark.target);
        }
    }

    fn add(&mut self, refuses: bool, code: &'static str, target: &str) {
        *self.0.entry((refuses, code, target.to_owned())).or_default() += 1;
    }

    fn write(self, write: &Write<'_>, run_id: i64) -> Result<(), Fault> {
        for ((refuses, code, target), records) in self.0 {
            let outcome = if refuses {
                LineOutcome::Refused
            } else {
                LineOutcome::Planned
            };
            let fault = RunFaultRow {
                outcome,
                sentence: format!("{target}: {}", code.replace('_', " ")),
                code: code.to_owned(),
                records,
            };
            write.count_run_fault(run_id, &fault)?;
        }
        Ok(())
    }
}
