//! Which lines of a run are shown.

use model::{LineAction, LineOutcome, TargetObject};
use rusqlite::types::Value;

use super::line::IS_SENT;
use super::member::MemberState;
use crate::StoreError;
use crate::word::{to_json, to_word};

/// Which lines to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineFilter {
    /// Only this outcome.
    pub outcome: Option<LineOutcome>,
    /// Only this action of the plan.
    pub action: Option<LineAction>,
    /// Only records of this object.
    pub object: Option<TargetObject>,
    /// Only this code of an error.
    pub error_code: Option<String>,
    /// Only lines whose membership of the campaign is in one of these states; empty for all.
    pub member_states: Vec<MemberState>,
    /// Part of a name, company, id or error.
    pub search: String,
}

impl LineFilter {
    pub(super) fn condition(&self, run_id: i64) -> Result<(String, Vec<Value>), StoreError> {
        let mut condition = "run_id = ?1".to_owned();
        let mut values = vec![Value::Integer(run_id)];
        if let Some(outcome) = self.outcome {
            match outcome {
                LineOutcome::Sent => condition += &format!(" AND {IS_SENT}"),
                LineOutcome::Planned => {
                    condition += &format!(" AND outcome = 'planned' AND NOT ({IS_SENT})");
                }
                other => {
                    values.push(Value::Text(to_word("run_line.outcome", &other)?.to_owned()));
                    condition += &format!(" AND outcome = ?{}", values.len());
                }
            }
        }
        if let Some(action) = self.action {
            values.push(Value::Text(to_word("run_line.action", &action)?.to_owned()));
            condition += &format!(" AND action = ?{}", values.len());
        }
        if let Some(object) = self.object {
            values.push(Value::Text(to_word("run_line.object", &object)?.to_owned()));
            condition += &format!(" AND object = ?{}", values.len());
        }
        if let Some(code) = &self.error_code {
            values.push(Value::Text(code.clone()));
            condition += &format!(" AND error_code = ?{}", values.len());
        }
        if !self.member_states.is_empty() {
            values.push(Value::Text(to_json("run_member.state", &self.member_states)?));
            condition += &format!(
                " AND line IN (SELECT run_member.line FROM run_member WHERE run_member.run_id = ?1
                     AND run_member.state IN (SELECT value FROM json_each(?{})))",
                values.len()
            );
        }
        let search = self.search.trim().to_lowercase();
        if !search.is_empty() {
            values.push(Value::Text(search));
            let place = values.len();
            condition += &format!(
                " AND (instr(lowercase(name || char(10) || company || char(10) || coalesce(zoominfo_id, '')), ?{place}) > 0
                  OR instr(lower(coalesce(salesforce_id, '')), ?{place}) > 0
                  OR instr(lowercase(coalesce(error, '') || ' ' || coalesce(error_code, '')), ?{place}) > 0)"
            );
        }
        Ok((condition, values))
    }
}
