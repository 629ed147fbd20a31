//! Step 5: what the org says of its rules that concern a run, and whether the one that an admin chose is still there.

use model::{Api, AssignmentRuleChoice, DuplicateRuleFact, OrgRules, RuleEffect, TargetObject};
use salesforce::{Client, DuplicateAction, Error};

use super::plan::Planning;
use crate::Engine;
use crate::connect::note_fault;
use crate::fault::{Code, Fault};

/// Asks for the rules, for the forecasts.
pub(super) async fn ask(planning: &mut Planning) -> Result<(), Fault> {
    planning.check_cancelled()?;
    planning.findings.rules = read(&planning.client, planning.object).await?;
    Ok(())
}

/// Refuses to export leads by Bulk API with an assignment rule that was deleted since an admin chose it: every new lead
/// would be refused. An inactive rule runs when a job names it.
pub(super) async fn check_chosen(
    engine: &Engine,
    client: &Client,
    object: TargetObject,
    records: u32,
    chosen: Option<&AssignmentRuleChoice>,
) -> Result<(), Fault> {
    let Some(chosen) = chosen.filter(|_| object == TargetObject::Lead) else {
        return Ok(());
    };
    if Api::for_records(u64::from(records)) == Api::Rest {
        return Ok(());
    }
    let rules = match unless_refused(client.assignment_rules(object.api_name()).await) {
        Ok(rules) => rules,
        Err(fault) => return Err(note_fault(engine, fault).await),
    };
    let is_chosen = |id: &str| id.get(..15) == chosen.rule_id.get(..15);
    if rules.is_none_or(|rules| rules.iter().any(|rule| is_chosen(&rule.id))) {
        return Ok(());
    }
    Err(Fault::new(
        Code::Refused,
        format!(
            "The assignment rule “{}” that Bulk exports of leads run is not in Salesforce any more. An admin chooses another \
             one, or none, on the Export tab; then plan the export again.",
            chosen.name
        ),
    )
    .at_field("bulk_assignment_rule"))
}

async fn read(client: &Client, object: TargetObject) -> Result<OrgRules, Fault> {
    let active_assignment_rule = if object == TargetObject::Lead {
        let rules = unless_refused(client.assignment_rules(object.api_name()).await)?;
        rules
            .unwrap_or_default()
            .into_iter()
            .find(|rule| rule.active)
            .map(|rule| rule.name)
    } else {
        None
    };
    let setup = unless_refused(client.duplicate_setup(object.api_name()).await)?;
    Ok(OrgRules {
        active_assignment_rule,
        duplicate_rules: setup.map(|setup| {
            let active = setup.duplicate_rules.iter().filter(|rule| rule.active);
            active.map(fact).collect()
        }),
    })
}

/// What the org answers; `None` when it refuses to tell, which stops no plan.
fn unless_refused<T>(answer: Result<T, Error>) -> Result<Option<T>, Fault> {
    match answer {
        Ok(told) => Ok(Some(told)),
        Err(Error::Salesforce { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn fact(rule: &DuplicateAction) -> DuplicateRuleFact {
    DuplicateRuleFact {
        on_create: effect(&rule.action_on_insert, &rule.operations_on_insert),
        on_update: effect(&rule.action_on_update, &rule.operations_on_update),
        name: rule.name.replace('_', " "),
    }
}

fn effect(action: &str, operations: &[String]) -> RuleEffect {
    let has = |wanted: &str| operations.iter().any(|own| own.eq_ignore_ascii_case(wanted));
    if action.eq_ignore_ascii_case("Block") {
        RuleEffect::Block
    } else if has("Alert") {
        RuleEffect::Alert
    } else if has("Report") {
        RuleEffect::Report
    } else {
        RuleEffect::None
    }
}
