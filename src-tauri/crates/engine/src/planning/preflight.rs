//! Preflight: what stands against an export, before anything is asked of Salesforce.

use std::collections::BTreeMap;

use model::{
    AdminSession, ApiCost, AssociationSettings, CampaignChoice, CompiledMapping, DuplicateAction,
    ExportSettings, MappingProblem, OwnUser, PreflightCode, PreflightFacts, REST_LIMIT_RECORDS,
    Selection as StoredSelection, TargetObject, estimated_polls, preflight as check,
};
use store::{ListRow, Read, RunRow};

use crate::Engine;
use crate::connect::current_org;
use crate::contract::export::{ExportChoice, MendPage, Preflight, PreflightRefusal, Selection};
use crate::export_settings::{read_settings, used_calls_today};
use crate::exports_switch::exports_on;
use crate::fault::{Code, Fault};
use crate::listing::live_list;
use crate::mapping::drift::{drift_of, told_as_drift};
use crate::role;

/// Calls that a plan takes at least: the fields, duplicates, rules.
const CALLS_OF_A_PLAN: u32 = 8;

/// What was chosen, as it is in the workspace.
pub(super) struct Chosen {
    pub object: TargetObject,
    pub list: ListRow,
    pub selection: StoredSelection,
    pub records: u32,
    pub limit_records: Option<u32>,
    pub on_duplicate: Option<DuplicateAction>,
    pub campaign: Option<CampaignChoice>,
    pub save_past_alerts: bool,
    /// E-mail address of the person for whom it is exported; `None` is the operator.
    pub as_email: Option<String>,
    /// Texts that somebody typed in place of the mapped values, by profile and target field.
    pub edits: Edits,
}

/// Typed texts by profile and target field.
pub(super) type Edits = BTreeMap<i64, BTreeMap<String, String>>;

/// `export.preflight`
pub(crate) async fn preflight(engine: &Engine, params: ExportChoice) -> Result<Preflight, Fault> {
    let chosen = chosen(engine, &params).await?;
    let problems = saved_problems(engine, chosen.object).await?;
    checked(engine, &chosen, problems, None).await
}

pub(super) async fn chosen(engine: &Engine, params: &ExportChoice) -> Result<Chosen, Fault> {
    let object = TargetObject::from(params.object);
    let (list_id, limit) = (params.list_id, params.limit_records);
    let selection = match params.selection.clone() {
        Selection::All {} => StoredSelection::All,
        Selection::Matching {
            search,
            except_profile_ids,
        } => StoredSelection::Matching {
            search,
            except: except_profile_ids,
        },
        Selection::Picked { profile_ids } => StoredSelection::Picked { profile_ids },
    };
    let (on_duplicate, as_email) = (params.on_duplicate.map(Into::into), params.as_email.clone());
    let campaign = params.campaign.clone().map(|campaign| CampaignChoice {
        campaign_id: campaign.campaign_id,
        name: campaign.name,
        status: campaign.status,
    });
    let save_past_alerts = params.save_past_alerts;
    engine
        .read(move |read| {
            let list = live_list(read, list_id)?;
            let matching = read.count_profiles(list_id, &selection)?;
            let records = limit.map_or(matching, |limit| matching.min(limit));
            Ok(Chosen {
                object,
                list,
                selection,
                records,
                limit_records: limit,
                on_duplicate,
                campaign,
                save_past_alerts,
                as_email,
                edits: Edits::new(),
            })
        })
        .await
}

/// The choice that a run was made of, as the workspace has it now.
pub(super) fn chosen_again(read: &Read<'_>, run: &RunRow) -> Result<Chosen, Fault> {
    let options = &run.options;
    let list = read.list(run.list_id)?.ok_or_else(|| {
        Fault::new(
            Code::NotFound,
            "The list of this run is not there any more. Choose another one.",
        )
    })?;
    let matching = read.count_profiles(run.list_id, &options.selection)?;
    Ok(Chosen {
        object: run.object,
        list,
        selection: options.selection.clone(),
        records: options
            .limit_records
            .map_or(matching, |limit| matching.min(limit)),
        limit_records: options.limit_records,
        on_duplicate: options.on_duplicate,
        campaign: options.campaign.clone(),
        save_past_alerts: options.save_past_alerts,
        as_email: options.as_email.clone(),
        edits: read.edits(run.run_id)?,
    })
}

/// Problems of the saved mapping against the fields as last read.
async fn saved_problems(engine: &Engine, object: TargetObject) -> Result<Vec<MappingProblem>, Fault> {
    engine
        .read(move |read| {
            let (Some(saved), Some(described)) = (read.mapping(object)?, read.describe(object)?) else {
                return Ok(Vec::new());
            };
            let problems = CompiledMapping::compile(&saved.mapping, &described).err();
            let drift = drift_of(read, &saved.mapping)?;
            Ok(told_as_drift(problems.unwrap_or_default(), &drift))
        })
        .await
}

pub(super) async fn checked(
    engine: &Engine,
    chosen: &Chosen,
    mapping_problems: Vec<MappingProblem>,
    estimated_api_calls: Option<u32>,
) -> Result<Preflight, Fault> {
    let org = current_org(engine).await?;
    let (settings, saved, own_user, is_admin) = engine
        .read(|read| {
            Ok((
                read_settings(read)?,
                read.integration()?.exports_on,
                own_user(read)?,
                role::operator(read)?.is_admin,
            ))
        })
        .await?;
    let used_today = used_calls_today(engine).await?;
    let records = u64::from(chosen.records);
    let facts = PreflightFacts {
        object: chosen.object,
        is_admin,
        chosen_records: records,
        profile_kind: chosen.list.kind,
        exports_on: exports_on(engine, saved),
        settings: settings.of(chosen.object),
        on_duplicate: chosen.on_duplicate,
        session: match &org {
            Some(org) if org.signed_out => AdminSession::SignedOut,
            None if engine.ready_connection().is_none() => AdminSession::NotConnected,
            _ => AdminSession::Connected,
        },
        own_user: if engine.ready_connection().is_some() {
            OwnUser::NotNeeded
        } else {
            own_user
        },
        mapping_problems,
        estimated_api_calls: u64::from(estimated_api_calls.unwrap_or_else(|| {
            ApiCost::of_sending(records, estimated_polls(records))
                .total_calls()
                .saturating_add(CALLS_OF_A_PLAN)
        })),
        budget_calls_left: settings
            .daily_budget_calls
            .map(|budget| u64::from(budget.saturating_sub(used_today))),
        api_calls_left: org
            .and_then(|org| org.usage)
            .map(|(used, max)| max.saturating_sub(used)),
    };
    let refusals = check(&facts)
        .into_iter()
        .map(|refusal| PreflightRefusal {
            code: refusal.code.code().to_owned(),
            sentence: refusal.sentence,
            mend: mend_page(refusal.code),
        })
        .collect();
    Ok(Preflight {
        chosen_records: chosen.records,
        refusals,
        warnings: warnings(&settings, chosen),
    })
}

/// How it stands with the operator's own Salesforce user.
fn own_user(read: &Read<'_>) -> Result<OwnUser, Fault> {
    if !read.integration()?.user_accounts {
        return Ok(OwnUser::NotNeeded);
    }
    let own = match read.operator()? {
        Some(operator) => read.person_connection(operator.person_id)?,
        None => None,
    };
    let org_id = read.org()?.map(|org| org.org_id);
    Ok(match own.filter(|own| Some(&own.org_id) == org_id.as_ref()) {
        None => OwnUser::NotConnected,
        Some(own) if own.signed_out => OwnUser::SignedOut,
        Some(_) => OwnUser::Connected,
    })
}

/// What to think about before contacts are exported.
fn warnings(settings: &ExportSettings, chosen: &Chosen) -> Vec<String> {
    if chosen.object != TargetObject::Contact {
        return Vec::new();
    }
    let mut warnings = settings.warnings();
    let manual = AssociationSettings::default();
    if u64::from(chosen.records) > REST_LIMIT_RECORDS && settings.association != manual {
        warnings.push(
            "For 26 contacts or more the manual settings of account association are recommended: an account that is wrong is \
             wrong for all contacts of its company. They are on the Export tab."
                .to_owned(),
        );
    }
    warnings
}

fn mend_page(code: PreflightCode) -> Option<MendPage> {
    match code {
        PreflightCode::NotConnected
        | PreflightCode::SignedOut
        | PreflightCode::OwnUserNotConnected
        | PreflightCode::OwnUserSignedOut
        | PreflightCode::ExportsOff => Some(MendPage::General),
        PreflightCode::ObjectNotAllowed
        | PreflightCode::OverLimit
        | PreflightCode::ActionNotOffered
        | PreflightCode::OverBudget => Some(MendPage::Export),
        PreflightCode::WrongProfileKind | PreflightCode::NothingChosen | PreflightCode::OverHighestLimit => {
            Some(MendPage::Lists)
        }
        PreflightCode::MappingProblem => Some(MendPage::Mapping),
        PreflightCode::NoApiCallsLeft => None,
    }
}

/// The first refusal as a fault; the others are its detail. Its code tells a lost connection from a rule.
pub(super) fn refuse(preflight: Preflight) -> Result<(), Fault> {
    let mut refusals = preflight.refusals.into_iter();
    let Some(first) = refusals.next() else {
        return Ok(());
    };
    let code = match first.code.as_str() {
        "not_connected" | "own_user_not_connected" => Code::NotConnected,
        "signed_out" | "own_user_signed_out" => Code::SignedOut,
        "no_api_calls_left" | "over_budget" => Code::LimitReached,
        _ => Code::Refused,
    };
    let rest: Vec<String> = refusals.map(|refusal| refusal.sentence).collect();
    let fault = Fault::new(code, first.sentence);
    Err(if rest.is_empty() {
        fault
    } else {
        fault.with_detail(rest.join(" "))
    })
}
