//! Step 5: what the org says of its rules that concern a run.

use model::{DuplicateRuleFact, OrgRules, RuleEffect, TargetObject};
use salesforce::{Client, DuplicateAction, Error};

use super::plan::Planning;
use crate::fault::Fault;

/// Asks for the rules, for the forecasts.
pub(super) async fn ask(planning: &mut Planning) -> Result<(), Fault> {
    planning.check_cancelled()?;
    planning.findings.rules = read(&planning.client, planning.object).await?;
    Ok(())
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
