//! What may be chosen for an export.

use model::TargetObject;

use super::owner;
use crate::Engine;
use crate::connect::{current_org, exporter, note_usage};
use crate::contract::export::{ExportOptions, ExportOptionsQuery};
use crate::export_settings::read_settings;
use crate::fault::{Code, Fault};

/// `export.options`
pub(crate) async fn options(engine: &Engine, params: ExportOptionsQuery) -> Result<ExportOptions, Fault> {
    let object = TargetObject::from(params.object);
    let settings = engine.read(read_settings).await?;
    let duplicates = settings.of(object).duplicates;
    Ok(ExportOptions {
        object: params.object,
        checking: duplicates.checking.into(),
        offered: duplicates.offered().into_iter().map(Into::into).collect(),
        default_action: duplicates.default_action.into(),
        unsure_follow_default: duplicates.unsure_follow_default,
        campaigns: object != TargetObject::Account,
        owner_sentence: owner_sentence(engine, object).await?,
    })
}

/// Whatever keeps the org from being asked is told in place of the owner: the choice itself needs no connection.
async fn owner_sentence(engine: &Engine, object: TargetObject) -> Result<String, Fault> {
    if engine.ready_connection().is_none() && current_org(engine).await?.is_none() {
        return Ok(Fault::not_connected().sentence);
    }
    let asked = async {
        let exporter = exporter(engine).await?;
        let sentence = owner::foreseen(engine, &exporter, object).await?;
        note_usage(engine, &exporter.client).await?;
        Ok::<_, Fault>(sentence)
    };
    match asked.await {
        Ok(sentence) => Ok(sentence),
        Err(fault)
            if matches!(
                fault.code,
                Code::NotConnected
                    | Code::SignedOut
                    | Code::TokensClosed
                    | Code::Unreachable
                    | Code::LimitReached
                    | Code::Salesforce
            ) =>
        {
            Ok(format!(
                "Who will own new records is not known yet. {}",
                fault.sentence
            ))
        }
        Err(fault) => Err(fault),
    }
}
