//! The Export tab: what may be exported, and what decides about duplicates, accounts, rules and calls.

use model::{ExportSettings, ObjectSettings as ModelSettings, TargetObject};
use store::{ExportRulesRow, ExportSettingRow, Read, Write};

use crate::Engine;
use crate::audit::{self, Entry};
use crate::connect::{client, current_org, note_fault};
use crate::contract::app::Nothing;
use crate::contract::audit::AuditArea;
use crate::contract::mapping::Target;
use crate::contract::settings::{
    AssignmentRule, AssignmentRules, ExportRules, ExportSettings as SettingsView, ObjectSettings,
    SaveExportSettings,
};
use crate::fault::{Code, Fault};

mod words;

/// `settings.export`
pub(crate) async fn show(engine: &Engine, _params: Nothing) -> Result<SettingsView, Fault> {
    let settings = engine.read(read_settings).await?;
    view(engine, &settings).await
}

/// `settings.save_export`
pub(crate) async fn save(engine: &Engine, params: SaveExportSettings) -> Result<SettingsView, Fault> {
    let settings = settings_of(params);
    if let Some(fault) = settings.faults().into_iter().next() {
        let place = fault.object.map_or("rules", |object| match object {
            TargetObject::Account => "account",
            TargetObject::Contact => "contact",
            TargetObject::Lead => "lead",
        });
        let field = format!("{place}.{}", words::field(fault.field));
        return Err(Fault::new(Code::Invalid, fault.sentence).at_field(field));
    }
    let saved = settings.clone();
    let new_budget = engine
        .write(move |write| {
            let before = read_settings(write)?;
            for object in TargetObject::ALL {
                let of = saved.of(object);
                write.set_export_setting(&ExportSettingRow {
                    object,
                    allowed: of.allowed,
                    limit_records: of.limit_records,
                    duplicates: of.duplicates,
                })?;
            }
            write.set_export_rules(&ExportRulesRow {
                association: saved.association,
                daily_budget_calls: saved.daily_budget_calls,
                bulk_assignment_rule: saved.bulk_assignment_rule.clone(),
            })?;
            note_change(write, &before, &saved)?;
            Ok(before.daily_budget_calls != saved.daily_budget_calls)
        })
        .await?;
    if new_budget {
        // What waited for calls may have them now.
        engine.resume_runs().await?;
    }
    view(engine, &settings).await
}

/// Tells the audit log which settings are others now.
fn note_change(write: &Write<'_>, before: &ExportSettings, after: &ExportSettings) -> Result<(), Fault> {
    let document = |settings: &ExportSettings| {
        serde_json::to_value(SaveExportSettings {
            objects: objects(settings),
            rules: rules(settings),
        })
        .map_err(|error| Fault::internal(&error))
    };
    match audit::difference(&document(before)?, &document(after)?) {
        Some((before, after)) => audit::note(
            write,
            Entry::new(
                AuditArea::Settings,
                "export_settings_changed",
                "Changed the export settings.",
            )
            .before(before)
            .after(after),
        ),
        None => Ok(()),
    }
}

/// `settings.assignment_rules`
pub(crate) async fn assignment_rules(engine: &Engine, _params: Nothing) -> Result<AssignmentRules, Fault> {
    let client = client(engine).await?;
    match client.assignment_rules(TargetObject::Lead.api_name()).await {
        Ok(rules) => Ok(AssignmentRules {
            active_rule_id: rules.iter().find(|rule| rule.active).map(|rule| rule.id.clone()),
            rules: rules
                .into_iter()
                .map(|rule| AssignmentRule {
                    rule_id: rule.id,
                    name: rule.name,
                })
                .collect(),
        }),
        Err(error) => Err(note_fault(engine, error.into()).await),
    }
}

/// The Export tab's settings as saved, else the defaults.
pub(crate) fn read_settings(read: &Read<'_>) -> Result<ExportSettings, Fault> {
    let rules = read.export_rules()?;
    let mut settings = ExportSettings {
        association: rules.association,
        daily_budget_calls: rules.daily_budget_calls,
        bulk_assignment_rule: rules.bulk_assignment_rule,
        ..ExportSettings::default()
    };
    for row in read.export_settings()? {
        settings.set(
            row.object,
            ModelSettings {
                allowed: row.allowed,
                limit_records: row.limit_records,
                duplicates: row.duplicates,
            },
        );
    }
    Ok(settings)
}

/// Calls that the app made to an org today (UTC), as far as they are noted.
pub(crate) async fn used_calls_today(engine: &Engine) -> Result<u32, Fault> {
    let Some(org) = current_org(engine).await? else {
        return Ok(0);
    };
    engine
        .read(move |read| Ok(read.api_calls_of_day(&org.org_id, &today())?))
        .await
}

/// The day of UTC, e.g. `2026-02-03`.
pub(crate) fn today() -> String {
    store::now().chars().take(10).collect()
}

fn settings_of(params: SaveExportSettings) -> ExportSettings {
    let rules = params.rules;
    let mut settings = ExportSettings {
        association: words::association(&rules),
        daily_budget_calls: rules.daily_budget_calls,
        bulk_assignment_rule: rules
            .bulk_assignment_rule
            .map(|rule| model::AssignmentRuleChoice {
                rule_id: rule.rule_id,
                name: rule.name,
            }),
        ..ExportSettings::default()
    };
    for object in params.objects {
        settings.set(
            object.object.into(),
            ModelSettings {
                allowed: object.allowed,
                limit_records: object.limit_records,
                duplicates: object.duplicates.into(),
            },
        );
    }
    settings
}

async fn view(engine: &Engine, settings: &ExportSettings) -> Result<SettingsView, Fault> {
    Ok(SettingsView {
        objects: objects(settings),
        rules: rules(settings),
        used_calls_today: used_calls_today(engine).await?,
        warnings: settings.warnings(),
    })
}

fn objects(settings: &ExportSettings) -> Vec<ObjectSettings> {
    let of_object = |object: TargetObject| {
        let of = settings.of(object);
        ObjectSettings {
            object: Target::from(object),
            allowed: of.allowed,
            limit_records: of.limit_records,
            duplicates: of.duplicates.into(),
        }
    };
    TargetObject::ALL.into_iter().map(of_object).collect()
}

fn rules(settings: &ExportSettings) -> ExportRules {
    ExportRules {
        no_account: settings.association.none.into(),
        one_account: settings.association.one.into(),
        several_accounts: settings.association.several.into(),
        daily_budget_calls: settings.daily_budget_calls,
        bulk_assignment_rule: settings.bulk_assignment_rule.as_ref().map(|rule| AssignmentRule {
            rule_id: rule.rule_id.clone(),
            name: rule.name.clone(),
        }),
    }
}
