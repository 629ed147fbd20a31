//! A plan that is made anew lies beside the one that is kept, as a draft, and takes its place as a whole.
//!
//! The draft of a run has the run's number with a minus sign. Nobody sees it as a run of its own.

use model::{RunOptions, RunState};
use rusqlite::params;

use crate::word::{to_json, to_word};
use crate::{StoreError, Write};

/// Tables whose rows are parts of a plan, but for the records, which have a key of their own.
const PARTS: [&str; 6] = [
    "run_line",
    "run_candidate",
    "run_company",
    "run_member",
    "run_field",
    "run_fault",
];

/// The number of the draft of a run.
#[must_use]
pub fn draft_of(run_id: i64) -> i64 {
    -run_id
}

/// Whether this is the number of a draft.
#[must_use]
pub fn is_draft(run_id: i64) -> bool {
    run_id < 0
}

impl Write<'_> {
    /// Begins a draft of a run's plan, to be made with these options, columns and mapping. The run is in planning meanwhile.
    pub fn begin_draft(
        &self,
        run_id: i64,
        options: &RunOptions,
        columns: &[String],
        mapping_version: u32,
    ) -> Result<(), StoreError> {
        self.remove_run(draft_of(run_id))?;
        self.connection.execute(
            "INSERT INTO run (run_id, kind, object, list_id, list_name, state, state_sentence, api, org_id, org_name, org_kind,
                 mapping_version, columns, options, started_by, planned_at, person_id, total_records)
             SELECT ?2, kind, object, list_id, list_name, ?3, '', api, org_id, org_name, org_kind, ?4, ?5, ?6, started_by,
                 planned_at, person_id, 0 FROM run WHERE run_id = ?1",
            params![
                run_id,
                draft_of(run_id),
                to_word("run.state", &RunState::Planning)?,
                mapping_version,
                to_json("run.columns", &columns)?,
                to_json("run.options", options)?
            ],
        )?;
        self.set_run_state(run_id, RunState::Planning, "")
    }

    /// Puts the draft of a run, which is made to its end, in the place of its plan.
    pub fn take_draft(&self, run_id: i64) -> Result<(), StoreError> {
        self.remove_plan(run_id)?;
        let draft = draft_of(run_id);
        for table in PARTS {
            self.connection.execute(
                &format!("UPDATE {table} SET run_id = ?1 WHERE run_id = ?2"),
                [run_id, draft],
            )?;
        }
        self.connection.execute(
            "UPDATE run_record SET place = place + ((?1 - ?2) << 32) WHERE place >= ?2 << 32 AND place < (?2 + 1) << 32",
            [run_id, draft],
        )?;
        self.connection.execute(
            "UPDATE run SET (mapping_version, columns, options, findings, plan, api, estimated_api_calls) =
                 (SELECT mapping_version, columns, options, findings, plan, api, estimated_api_calls FROM run AS draft
                  WHERE draft.run_id = ?2)
             WHERE run_id = ?1",
            [run_id, draft],
        )?;
        self.remove_run(draft)?;
        self.recount(run_id)?;
        self.set_run_state(run_id, RunState::Planned, "")
    }

    /// Gives the draft of a run up: its plan is what it was.
    pub fn give_draft_up(&self, run_id: i64) -> Result<(), StoreError> {
        self.remove_run(draft_of(run_id))?;
        if self
            .run(run_id)?
            .is_some_and(|run| run.state == RunState::Planning)
        {
            self.set_run_state(run_id, RunState::Planned, "")?;
        }
        Ok(())
    }

    /// Removes everything that was planned of a run.
    fn remove_plan(&self, run_id: i64) -> Result<(), StoreError> {
        self.connection.execute(
            "DELETE FROM run_record WHERE place >= ?1 << 32 AND place < (?1 + 1) << 32",
            [run_id],
        )?;
        for table in PARTS {
            self.connection
                .execute(&format!("DELETE FROM {table} WHERE run_id = ?1"), [run_id])?;
        }
        Ok(())
    }
}
