//! Whether an export may be planned at all.

use serde::{Deserialize, Serialize};

use crate::{
    DuplicateAction, HIGHEST_LIMIT_RECORDS, MappingProblem, ObjectSettings, ProfileKind, TargetObject,
};

/// What preflight needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreflightFacts {
    /// The target.
    pub object: TargetObject,
    /// Whether the operator may mend what admins alone may.
    pub is_admin: bool,
    /// Profiles that were chosen.
    pub chosen_records: u64,
    /// Kind of the chosen profiles.
    pub profile_kind: ProfileKind,
    /// The master toggle.
    pub exports_on: bool,
    /// Settings of the target.
    pub settings: ObjectSettings,
    /// The operator's choice for all duplicates alike; `None` keeps to the default.
    pub on_duplicate: Option<DuplicateAction>,
    /// How it stands with the admins' connection.
    pub session: AdminSession,
    /// How it stands with the operator's own Salesforce user.
    pub own_user: OwnUser,
    /// Problems of the target's mapping.
    pub mapping_problems: Vec<MappingProblem>,
    /// API calls that sending will probably need.
    pub estimated_api_calls: u64,
    /// API calls that the org has left in these 24 hours; `None` when it did not tell.
    pub api_calls_left: Option<u64>,
    /// API calls that the admin's budget has left on this day of UTC; `None` when there is none.
    pub budget_calls_left: Option<u64>,
}

/// The connection that admins make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdminSession {
    /// No org is connected.
    NotConnected,
    /// It has to be signed in again; whoever exports with a user of their own does without it.
    SignedOut,
    /// Ready.
    Connected,
}

/// A person's own Salesforce user, where everybody exports with one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnUser {
    /// One account exports for everybody.
    NotNeeded,
    /// Not connected yet.
    NotConnected,
    /// It has to be signed in again.
    SignedOut,
    /// Ready.
    Connected,
}

/// One reason why an export may not be planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{sentence}")]
pub struct PreflightRefusal {
    /// The rule.
    pub code: PreflightCode,
    /// What, why and what to do.
    pub sentence: String,
}

/// Rules of preflight. The set is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PreflightCode {
    /// No org is connected.
    NotConnected,
    /// The connection has to be signed in again.
    SignedOut,
    /// The operator has not connected a Salesforce user of their own.
    OwnUserNotConnected,
    /// The operator's own Salesforce user has to be signed in again.
    OwnUserSignedOut,
    /// The master toggle is off.
    ExportsOff,
    /// The object may not be exported.
    ObjectNotAllowed,
    /// Contacts for accounts, or companies for people.
    WrongProfileKind,
    /// Nothing was chosen.
    NothingChosen,
    /// More than 100,000.
    OverHighestLimit,
    /// More than the Export tab allows.
    OverLimit,
    /// What was chosen for duplicates is not offered.
    ActionNotOffered,
    /// The mapping has a problem.
    MappingProblem,
    /// The org has not enough API calls left.
    NoApiCallsLeft,
    /// The admin's budget has not enough API calls left today.
    OverBudget,
}

impl PreflightCode {
    /// Code for machines, e.g. `exports_off`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotConnected => "not_connected",
            Self::SignedOut => "signed_out",
            Self::OwnUserNotConnected => "own_user_not_connected",
            Self::OwnUserSignedOut => "own_user_signed_out",
            Self::ExportsOff => "exports_off",
            Self::ObjectNotAllowed => "object_not_allowed",
            Self::WrongProfileKind => "wrong_profile_kind",
            Self::NothingChosen => "nothing_chosen",
            Self::OverHighestLimit => "over_highest_limit",
            Self::OverLimit => "over_limit",
            Self::ActionNotOffered => "action_not_offered",
            Self::MappingProblem => "mapping_problem",
            Self::NoApiCallsLeft => "no_api_calls_left",
            Self::OverBudget => "over_budget",
        }
    }
}

/// Everything that stands against an export; empty when nothing does.
#[must_use]
pub fn preflight(facts: &PreflightFacts) -> Vec<PreflightRefusal> {
    let mut refusals: Vec<PreflightRefusal> = connection_refusal(facts).into_iter().collect();
    let mut refuse = |code, sentence: String| refusals.push(PreflightRefusal { code, sentence });
    let objects = facts.object.plural_label();
    let mend = |own, of_admins| mend(facts, own, of_admins);
    if !facts.exports_on {
        let mend = mend(
            "Turn them on in General Settings.",
            "An admin can turn them on in General Settings.",
        );
        refuse(
            PreflightCode::ExportsOff,
            format!("Exports are turned off for everybody. {mend}"),
        );
    }
    if !facts.settings.allowed {
        let mend = mend(
            "Allow them on the Export tab.",
            "An admin can allow them on the Export tab.",
        );
        refuse(
            PreflightCode::ObjectNotAllowed,
            format!("{objects} may not be exported. {mend}"),
        );
    }
    let needed = facts.object.source_kind();
    if facts.profile_kind != needed {
        let sentence = format!(
            "{objects} are made from {}, and these profiles are {}. Choose a list of {}, or another target.",
            needed.plural(),
            facts.profile_kind.plural(),
            needed.plural()
        );
        refuse(PreflightCode::WrongProfileKind, sentence);
    }
    if let Some((code, sentence)) = count_refusal(facts) {
        refuse(code, sentence);
    }
    if let Some(sentence) = offer_refusal(facts) {
        refuse(PreflightCode::ActionNotOffered, sentence);
    }
    for problem in &facts.mapping_problems {
        let place = problem
            .row
            .map(|row| format!("Row {row} of the mapping: "))
            .unwrap_or_default();
        refuse(
            PreflightCode::MappingProblem,
            format!("{place}{}", problem.sentence),
        );
    }
    if let Some(left) = facts
        .api_calls_left
        .filter(|left| *left < facts.estimated_api_calls)
    {
        let sentence = format!(
            "The org has {left} API calls left in these 24 hours, and this export needs about {}. Wait until Salesforce gives \
             new ones, or choose fewer profiles.",
            facts.estimated_api_calls
        );
        refuse(PreflightCode::NoApiCallsLeft, sentence);
    }
    if let Some(left) = facts
        .budget_calls_left
        .filter(|left| *left < facts.estimated_api_calls)
    {
        let sentence = format!(
            "Today's API budget has {left} calls left, and this export needs about {}. It is full again at midnight UTC; {}",
            facts.estimated_api_calls,
            mend(
                "raise it on the Export tab if it has to go now.",
                "an admin can raise it on the Export tab."
            )
        );
        refuse(PreflightCode::OverBudget, sentence);
    }
    refusals
}

/// The mend in the words of whoever reads it.
fn mend(facts: &PreflightFacts, own: &str, of_admins: &str) -> String {
    if facts.is_admin { own } else { of_admins }.to_owned()
}

fn connection_refusal(facts: &PreflightFacts) -> Option<PreflightRefusal> {
    let (code, sentence) = match (facts.session, facts.own_user) {
        (AdminSession::NotConnected, _) => {
            let mend = mend(
                facts,
                "Connect one in General Settings.",
                "An admin connects one in General Settings.",
            );
            (
                PreflightCode::NotConnected,
                format!("No Salesforce org is connected. {mend}"),
            )
        }
        (AdminSession::SignedOut, OwnUser::NotNeeded) => {
            let mend = mend(
                facts,
                "Log in again in General Settings.",
                "An admin logs in again in General Settings.",
            );
            (
                PreflightCode::SignedOut,
                format!("Salesforce ended the session. {mend}"),
            )
        }
        (_, OwnUser::NotConnected) => {
            let sentence = "Everybody exports with a Salesforce user of their own here, and yours is not connected yet. Connect it \
                            in General Settings.";
            (PreflightCode::OwnUserNotConnected, sentence.to_owned())
        }
        (_, OwnUser::SignedOut) => {
            let sentence =
                "The session of your own Salesforce user has ended. Connect it again in General Settings.";
            (PreflightCode::OwnUserSignedOut, sentence.to_owned())
        }
        _ => return None,
    };
    Some(PreflightRefusal { code, sentence })
}

fn count_refusal(facts: &PreflightFacts) -> Option<(PreflightCode, String)> {
    let chosen = facts.object.counted(facts.chosen_records);
    if facts.chosen_records == 0 {
        let sentence = "No profile is chosen. Choose at least one.".to_owned();
        Some((PreflightCode::NothingChosen, sentence))
    } else if facts.chosen_records > u64::from(HIGHEST_LIMIT_RECORDS) {
        let sentence = format!(
            "{chosen} are too many: one export takes 100,000 at most. Choose fewer, and export the rest after."
        );
        Some((PreflightCode::OverHighestLimit, sentence))
    } else if facts.chosen_records > u64::from(facts.settings.limit_records) {
        let sentence = format!(
            "{chosen} are more than the {} that the Export tab allows at one time. Choose fewer, or {}",
            facts.settings.limit_records,
            if facts.is_admin {
                "raise the limit there."
            } else {
                "ask an admin to raise the limit."
            }
        );
        Some((PreflightCode::OverLimit, sentence))
    } else {
        None
    }
}

/// Why the choice for all duplicates alike cannot be kept to; `None` when it can.
fn offer_refusal(facts: &PreflightFacts) -> Option<String> {
    let (action, duplicates) = (facts.on_duplicate?, &facts.settings.duplicates);
    if duplicates.offers(action) {
        return None;
    }
    let offered: Vec<&str> = duplicates
        .offered()
        .into_iter()
        .map(DuplicateAction::label)
        .collect();
    Some(format!(
        "“{}” is not offered for {}. Choose one of: {}. An admin can offer it on the Export tab.",
        action.label(),
        facts.object.plural_label().to_lowercase(),
        offered.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DuplicateSettings, ProblemCode};

    fn facts() -> PreflightFacts {
        PreflightFacts {
            object: TargetObject::Lead,
            is_admin: true,
            chosen_records: 40,
            profile_kind: ProfileKind::Contact,
            exports_on: true,
            settings: ObjectSettings::default(),
            on_duplicate: None,
            session: AdminSession::Connected,
            own_user: OwnUser::NotNeeded,
            mapping_problems: Vec::new(),
            estimated_api_calls: 9,
            api_calls_left: Some(9),
            budget_calls_left: None,
        }
    }

    fn codes(facts: &PreflightFacts) -> Vec<PreflightCode> {
        preflight(facts).into_iter().map(|refusal| refusal.code).collect()
    }

    #[test]
    fn a_fit_export_is_not_refused() {
        assert_eq!(preflight(&facts()), []);
        assert_eq!(
            preflight(&PreflightFacts {
                chosen_records: 100_000,
                ..facts()
            }),
            []
        );
        assert_eq!(
            preflight(&PreflightFacts {
                api_calls_left: None,
                ..facts()
            }),
            []
        );
    }

    #[test]
    fn nobody_is_told_to_do_what_only_admins_may() {
        let facts = PreflightFacts {
            session: AdminSession::SignedOut,
            exports_on: false,
            settings: ObjectSettings {
                allowed: false,
                limit_records: 1,
                ..ObjectSettings::default()
            },
            budget_calls_left: Some(1),
            ..facts()
        };
        let told = |is_admin| {
            preflight(&PreflightFacts {
                is_admin,
                ..facts.clone()
            })
        };
        for refusal in told(false) {
            assert!(
                refusal.sentence.to_lowercase().contains("admin"),
                "{}",
                refusal.sentence
            );
        }
        for refusal in told(true) {
            assert!(
                !refusal.sentence.to_lowercase().contains("admin"),
                "{}",
                refusal.sentence
            );
        }
        assert_eq!(told(true).len(), 5);
    }

    #[test]
    fn the_admins_session_stands_in_nobodys_way_who_has_a_user_of_their_own() {
        let facts = PreflightFacts {
            session: AdminSession::SignedOut,
            own_user: OwnUser::Connected,
            ..facts()
        };
        assert_eq!(preflight(&facts), []);
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "one table of cases")]
    fn each_rule_is_refused_by_its_code() {
        let small = ObjectSettings {
            allowed: true,
            limit_records: 39,
            ..ObjectSettings::default()
        };
        let denied = ObjectSettings {
            allowed: false,
            limit_records: 40,
            ..ObjectSettings::default()
        };
        let updates_alone = ObjectSettings {
            duplicates: DuplicateSettings {
                offers_create: false,
                offers_skip: false,
                ..DuplicateSettings::default()
            },
            ..ObjectSettings::default()
        };
        let problem = MappingProblem {
            row: Some(3),
            code: ProblemCode::TargetBlank,
            sentence: "No target.".to_owned(),
        };
        let cases = [
            (
                PreflightFacts {
                    session: AdminSession::NotConnected,
                    ..facts()
                },
                PreflightCode::NotConnected,
            ),
            (
                PreflightFacts {
                    session: AdminSession::SignedOut,
                    ..facts()
                },
                PreflightCode::SignedOut,
            ),
            (
                PreflightFacts {
                    own_user: OwnUser::NotConnected,
                    ..facts()
                },
                PreflightCode::OwnUserNotConnected,
            ),
            (
                PreflightFacts {
                    own_user: OwnUser::SignedOut,
                    ..facts()
                },
                PreflightCode::OwnUserSignedOut,
            ),
            (
                PreflightFacts {
                    exports_on: false,
                    ..facts()
                },
                PreflightCode::ExportsOff,
            ),
            (
                PreflightFacts {
                    settings: denied,
                    ..facts()
                },
                PreflightCode::ObjectNotAllowed,
            ),
            (
                PreflightFacts {
                    profile_kind: ProfileKind::Company,
                    ..facts()
                },
                PreflightCode::WrongProfileKind,
            ),
            (
                PreflightFacts {
                    chosen_records: 0,
                    ..facts()
                },
                PreflightCode::NothingChosen,
            ),
            (
                PreflightFacts {
                    chosen_records: 100_001,
                    ..facts()
                },
                PreflightCode::OverHighestLimit,
            ),
            (
                PreflightFacts {
                    settings: small,
                    ..facts()
                },
                PreflightCode::OverLimit,
            ),
            (
                PreflightFacts {
                    settings: updates_alone,
                    on_duplicate: Some(DuplicateAction::Create),
                    ..facts()
                },
                PreflightCode::ActionNotOffered,
            ),
            (
                PreflightFacts {
                    mapping_problems: vec![problem],
                    ..facts()
                },
                PreflightCode::MappingProblem,
            ),
            (
                PreflightFacts {
                    api_calls_left: Some(8),
                    ..facts()
                },
                PreflightCode::NoApiCallsLeft,
            ),
            (
                PreflightFacts {
                    budget_calls_left: Some(8),
                    ..facts()
                },
                PreflightCode::OverBudget,
            ),
        ];
        for (facts, code) in cases {
            assert_eq!(codes(&facts), [code]);
        }
    }

    #[test]
    fn all_reasons_are_told_at_once() {
        let facts = PreflightFacts {
            exports_on: false,
            chosen_records: 0,
            session: AdminSession::NotConnected,
            ..facts()
        };
        assert_eq!(
            codes(&facts),
            [
                PreflightCode::NotConnected,
                PreflightCode::ExportsOff,
                PreflightCode::NothingChosen
            ]
        );
    }
}
