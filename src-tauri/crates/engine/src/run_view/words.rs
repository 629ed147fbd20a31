//! Closed words of runs in both languages: `model`'s and the contract's.

use model::{LineAction, LineOutcome, RunState as State, TargetObject};
use store::ReasonRow;

use crate::contract::mapping::Target;
use crate::contract::runs::{
    Action, Api, CheckPlace, ForecastState, Grade, MatchingAccounts, Outcome, RunKind, RunState,
};

/// The words of lines that share a reason. Where each names its own record, none of them speaks for all.
pub(super) fn reason(reason: &ReasonRow) -> String {
    if !reason.differs {
        return reason.error.clone();
    }
    match reason.code.as_str() {
        "duplicate" => "Each may be the same as a record that Salesforce has already, or as an earlier line, and is not \
                        exported. Its line in the ledger says which."
            .to_owned(),
        "record_in_run" => "Each updates the same record as an earlier line, and which of them came last would be chance. Its \
                            line in the ledger says which."
            .to_owned(),
        _ => format!("For example: {}", reason.error),
    }
}

impl From<TargetObject> for Target {
    fn from(object: TargetObject) -> Self {
        match object {
            TargetObject::Account => Self::Account,
            TargetObject::Contact => Self::Contact,
            TargetObject::Lead => Self::Lead,
        }
    }
}

impl From<Target> for TargetObject {
    fn from(target: Target) -> Self {
        match target {
            Target::Account => Self::Account,
            Target::Contact => Self::Contact,
            Target::Lead => Self::Lead,
        }
    }
}

impl From<model::Api> for Api {
    fn from(api: model::Api) -> Self {
        match api {
            model::Api::Rest => Self::Rest,
            model::Api::Bulk => Self::Bulk,
        }
    }
}

impl From<State> for RunState {
    fn from(state: State) -> Self {
        match state {
            State::Planning => Self::Planning,
            State::Planned => Self::Planned,
            State::Sending => Self::Sending,
            State::Waiting => Self::Waiting,
            State::Cancelling => Self::Cancelling,
            State::Done => Self::Done,
            State::Cancelled => Self::Cancelled,
            State::Failed => Self::Failed,
        }
    }
}

impl From<LineOutcome> for Outcome {
    fn from(outcome: LineOutcome) -> Self {
        match outcome {
            LineOutcome::Asked => Self::Asked,
            LineOutcome::Planned => Self::Planned,
            LineOutcome::Sent => Self::Sent,
            LineOutcome::Created => Self::Created,
            LineOutcome::Updated => Self::Updated,
            LineOutcome::Deleted => Self::Deleted,
            LineOutcome::Restored => Self::Restored,
            LineOutcome::Skipped => Self::Skipped,
            LineOutcome::Refused => Self::Refused,
            LineOutcome::Failed => Self::Failed,
            LineOutcome::Uncertain => Self::Uncertain,
        }
    }
}

impl From<Outcome> for LineOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Asked => Self::Asked,
            Outcome::Planned => Self::Planned,
            Outcome::Sent => Self::Sent,
            Outcome::Created => Self::Created,
            Outcome::Updated => Self::Updated,
            Outcome::Deleted => Self::Deleted,
            Outcome::Restored => Self::Restored,
            Outcome::Skipped => Self::Skipped,
            Outcome::Refused => Self::Refused,
            Outcome::Failed => Self::Failed,
            Outcome::Uncertain => Self::Uncertain,
        }
    }
}

impl From<RunState> for State {
    fn from(state: RunState) -> Self {
        match state {
            RunState::Planning => Self::Planning,
            RunState::Planned => Self::Planned,
            RunState::Sending => Self::Sending,
            RunState::Waiting => Self::Waiting,
            RunState::Cancelling => Self::Cancelling,
            RunState::Done => Self::Done,
            RunState::Cancelled => Self::Cancelled,
            RunState::Failed => Self::Failed,
        }
    }
}

impl From<model::Grade> for Grade {
    fn from(word: model::Grade) -> Self {
        match word {
            model::Grade::Exact => Self::Exact,
            model::Grade::Likely => Self::Likely,
            model::Grade::Possible => Self::Possible,
        }
    }
}

impl From<Grade> for model::Grade {
    fn from(word: Grade) -> Self {
        match word {
            Grade::Exact => Self::Exact,
            Grade::Likely => Self::Likely,
            Grade::Possible => Self::Possible,
        }
    }
}

impl From<model::RunKind> for RunKind {
    fn from(word: model::RunKind) -> Self {
        match word {
            model::RunKind::Export => Self::Export,
            model::RunKind::Undo => Self::Undo,
        }
    }
}

impl From<RunKind> for model::RunKind {
    fn from(word: RunKind) -> Self {
        match word {
            RunKind::Export => Self::Export,
            RunKind::Undo => Self::Undo,
        }
    }
}

impl From<model::MatchingAccounts> for MatchingAccounts {
    fn from(word: model::MatchingAccounts) -> Self {
        match word {
            model::MatchingAccounts::None => Self::None,
            model::MatchingAccounts::One => Self::One,
            model::MatchingAccounts::Several => Self::Several,
        }
    }
}

impl From<MatchingAccounts> for model::MatchingAccounts {
    fn from(word: MatchingAccounts) -> Self {
        match word {
            MatchingAccounts::None => Self::None,
            MatchingAccounts::One => Self::One,
            MatchingAccounts::Several => Self::Several,
        }
    }
}

impl From<LineAction> for Action {
    fn from(word: LineAction) -> Self {
        match word {
            LineAction::Create => Self::Create,
            LineAction::Update => Self::Update,
            LineAction::Ask => Self::Ask,
            LineAction::Skip => Self::Skip,
            LineAction::Refuse => Self::Refuse,
            LineAction::Delete => Self::Delete,
            LineAction::Restore => Self::Restore,
        }
    }
}

impl From<Action> for LineAction {
    fn from(word: Action) -> Self {
        match word {
            Action::Create => Self::Create,
            Action::Update => Self::Update,
            Action::Ask => Self::Ask,
            Action::Skip => Self::Skip,
            Action::Refuse => Self::Refuse,
            Action::Delete => Self::Delete,
            Action::Restore => Self::Restore,
        }
    }
}

impl From<model::CheckPlace> for CheckPlace {
    fn from(word: model::CheckPlace) -> Self {
        match word {
            model::CheckPlace::Selection => Self::Selection,
            model::CheckPlace::Org => Self::Org,
            model::CheckPlace::Mirror => Self::Mirror,
            model::CheckPlace::OrgRules => Self::OrgRules,
        }
    }
}

impl From<CheckPlace> for model::CheckPlace {
    fn from(word: CheckPlace) -> Self {
        match word {
            CheckPlace::Selection => Self::Selection,
            CheckPlace::Org => Self::Org,
            CheckPlace::Mirror => Self::Mirror,
            CheckPlace::OrgRules => Self::OrgRules,
        }
    }
}

impl From<model::ForecastState> for ForecastState {
    fn from(word: model::ForecastState) -> Self {
        match word {
            model::ForecastState::Runs => Self::Runs,
            model::ForecastState::WillNotRun => Self::WillNotRun,
            model::ForecastState::MayRefuse => Self::MayRefuse,
        }
    }
}

impl From<ForecastState> for model::ForecastState {
    fn from(word: ForecastState) -> Self {
        match word {
            ForecastState::Runs => Self::Runs,
            ForecastState::WillNotRun => Self::WillNotRun,
            ForecastState::MayRefuse => Self::MayRefuse,
        }
    }
}
