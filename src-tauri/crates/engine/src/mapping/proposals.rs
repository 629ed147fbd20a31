//! Rows that names suggest.

use model::mapping::{self as rules, propose};

use super::fields::{extra_columns, fitting_lists};
use super::rows::mapping_of;
use crate::Engine;
use crate::contract::mapping::fields::{Confidence, Proposal, ProposalQuery, Proposals};
use crate::fault::{Code, Fault};

/// `mapping.match`
pub(crate) async fn proposals(engine: &Engine, params: ProposalQuery) -> Result<Proposals, Fault> {
    let object = params.object.into();
    let mapping = mapping_of(object, params.rows);
    engine
        .read(move |read| {
            let Some(describe) = read.describe(object)? else {
                let sentence = "Names can be matched once an org is connected and its fields are read. Connect one \
                                under Integration, General Settings.";
                return Err(Fault::new(Code::NotConnected, sentence));
            };
            let columns: Vec<String> = extra_columns(&fitting_lists(read, object)?)
                .into_iter()
                .map(|extra| extra.column)
                .collect();
            let proposals = propose(&mapping, &describe, &columns);
            Ok(Proposals {
                proposals: proposals.into_iter().map(shown).collect(),
            })
        })
        .await
}

fn shown(proposal: rules::Proposal) -> Proposal {
    Proposal {
        source_label: proposal.source.label(),
        source: proposal.source.into(),
        target: proposal.target,
        target_label: proposal.target_label,
        target_type: proposal.target_type,
        confidence: match proposal.confidence {
            rules::Confidence::Sure => Confidence::Sure,
            rules::Confidence::Likely => Confidence::Likely,
            rules::Confidence::Possible => Confidence::Possible,
        },
        reason: proposal.reason,
    }
}
