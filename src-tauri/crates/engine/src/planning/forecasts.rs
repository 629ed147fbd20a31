//! Which rules of the org will run when a plan is sent, and which will not, in plain words.

use model::text::grouped;
use model::{
    Api, DuplicateRuleFact, Forecast, ForecastState, OrgRules, PlanCounts, RuleEffect, RunOptions,
    TargetObject,
};

/// The forecasts of a plan with these counts.
pub(super) fn forecasts(
    object: TargetObject,
    options: &RunOptions,
    counts: &PlanCounts,
    rules: &OrgRules,
) -> Vec<Forecast> {
    let sent = counts.sent_records();
    let run = Run {
        object,
        options,
        counts,
        rules,
        api: Api::for_records(u64::from(sent)),
        sent: format!(
            "{} {}",
            object.counted(u64::from(sent)),
            if sent == 1 { "is" } else { "are" }
        ),
    };
    let mut forecasts = vec![run.border()];
    forecasts.extend(run.assignment());
    forecasts.extend(run.owners_stay());
    forecasts.extend(run.duplicate_rules());
    forecasts.push(forecast(
        ForecastState::MayRefuse,
        "Validation rules",
        "The org checks every record when it is sent. What it refuses is in the ledger with its reason and stops no other \
         record."
            .to_owned(),
    ));
    forecasts
}

struct Run<'a> {
    object: TargetObject,
    options: &'a RunOptions,
    counts: &'a PlanCounts,
    rules: &'a OrgRules,
    api: Api,
    /// `26 leads are`
    sent: String,
}

impl Run<'_> {
    fn border(&self) -> Forecast {
        match self.api {
            Api::Rest => forecast(
                ForecastState::Runs,
                "REST API",
                format!(
                    "{} sent. 25 records or fewer go by the REST API, which answers at once.",
                    self.sent
                ),
            ),
            Api::Bulk => forecast(
                ForecastState::Runs,
                "Bulk API 2.0",
                format!(
                    "{} sent. 26 records or more go by Bulk API 2.0, new records and updates in separate jobs.",
                    self.sent
                ),
            ),
        }
    }

    fn assignment(&self) -> Option<Forecast> {
        if self.object != TargetObject::Lead || self.counts.create_records == 0 {
            return None;
        }
        let title = "Lead assignment rule";
        let (new, them) = match self.counts.create_records {
            1 => ("the new lead".to_owned(), "it"),
            records => (format!("the {} new leads", grouped(u64::from(records))), "them"),
        };
        Some(match (self.api, &self.rules.active_assignment_rule) {
            (Api::Rest, Some(rule)) => forecast(
                ForecastState::Runs,
                title,
                format!(
                    "“{rule}” runs for {new}, because 25 records or fewer are sent. It may give {them} another owner."
                ),
            ),
            (Api::Rest, None) => forecast(
                ForecastState::WillNotRun,
                title,
                "The org has no active assignment rule for leads.".to_owned(),
            ),
            (Api::Bulk, active) => match &self.options.bulk_assignment_rule {
                Some(rule) => forecast(
                    ForecastState::Runs,
                    title,
                    format!(
                        "“{}” runs for {new}: an admin chose it for Bulk exports. It may give {them} another owner.",
                        rule.name
                    ),
                ),
                None => forecast(
                    ForecastState::WillNotRun,
                    title,
                    format!(
                        "{}runs when 25 records or fewer are sent, and {}. An admin can choose a rule for Bulk exports on \
                         the Export tab.",
                        active
                            .as_ref()
                            .map_or_else(|| "It ".to_owned(), |rule| format!("“{rule}” ")),
                        self.sent
                    ),
                ),
            },
        })
    }

    fn owners_stay(&self) -> Option<Forecast> {
        let sentence = match self.counts.update_records {
            0 => return None,
            1 => "The record that is updated keeps its owner, and no assignment rule runs for it.".to_owned(),
            records => format!(
                "The {} that are updated keep their owner, and no assignment rule runs for them.",
                self.object.counted(u64::from(records))
            ),
        };
        Some(forecast(
            ForecastState::WillNotRun,
            "New owner for updated records",
            sentence,
        ))
    }

    fn duplicate_rules(&self) -> Vec<Forecast> {
        let Some(rules) = &self.rules.duplicate_rules else {
            return vec![forecast(
                ForecastState::MayRefuse,
                "Duplicate rules",
                "The org does not tell the connected user which duplicate rules it has. What they refuse is in the ledger \
                 with its reason."
                    .to_owned(),
            )];
        };
        if rules.is_empty() {
            return vec![forecast(
                ForecastState::WillNotRun,
                "Duplicate rules",
                format!(
                    "The org has no active duplicate rule for {}.",
                    self.object.plural_label()
                ),
            )];
        }
        rules
            .iter()
            .filter_map(|rule| self.duplicate_rule(rule))
            .collect()
    }

    fn duplicate_rule(&self, rule: &DuplicateRuleFact) -> Option<Forecast> {
        let creates = self.counts.create_records > 0;
        let updates = self.counts.update_records > 0;
        let of = |effect| {
            let create = creates && rule.on_create == effect;
            let update = updates && rule.on_update == effect;
            match (create, update) {
                (true, true) => Some("new and updated records"),
                (true, false) => Some("new records"),
                (false, true) => Some("updated records"),
                (false, false) => None,
            }
        };
        let title = format!("Duplicate rule “{}”", rule.name);
        if let Some(records) = of(RuleEffect::Block) {
            return Some(forecast(
                ForecastState::MayRefuse,
                &title,
                format!(
                    "It blocks {records} that it takes for duplicates. Nothing can override it; they are in the ledger."
                ),
            ));
        }
        if let Some(records) = of(RuleEffect::Alert) {
            return Some(self.alert(&title, records));
        }
        of(RuleEffect::Report).map(|records| {
            forecast(
                ForecastState::Runs,
                &title,
                format!("It lets {records} through and reports those that it takes for duplicates."),
            )
        })
    }

    fn alert(&self, title: &str, records: &str) -> Forecast {
        if !self.options.save_past_alerts {
            return forecast(
                ForecastState::MayRefuse,
                title,
                format!(
                    "It alerts, which refuses {records} that it takes for duplicates. They are in the ledger; choose “Save past \
                     alerts” to save them all the same."
                ),
            );
        }
        let how = match self.api {
            Api::Rest => "They are saved all the same, as you chose.".to_owned(),
            Api::Bulk => "Bulk cannot override it, so what it refuses is sent again, 200 records a call, and saved all the \
                          same, as you chose."
                .to_owned(),
        };
        forecast(
            ForecastState::Runs,
            title,
            format!("It alerts for {records} that it takes for duplicates. {how}"),
        )
    }
}

fn forecast(state: ForecastState, title: &str, sentence: String) -> Forecast {
    Forecast {
        state,
        title: title.to_owned(),
        sentence,
    }
}
