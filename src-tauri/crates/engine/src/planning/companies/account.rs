//! What it takes to create the accounts of contacts: the Account mapping, checked against the org, and the settings.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{CompiledMapping, LineAction, LineOutcome, ProfileDocument, RunOptions, TargetObject, apply};
use store::{CompanyRow, NewLine, Read, RunRow};

use crate::connect::{describes_for_all, note_fault, require_org};
use crate::export_settings::read_settings;
use crate::fault::{Code, Fault};
use crate::mapping::current_mapping;
use crate::planning::basis::{Basis, add_owner};
use crate::planning::lines::unreadable;
use crate::planning::owner::owner_field;
use crate::planning::plan::Planning;
use crate::{cells, describe};

/// Rule of an account's line.
const RULE: &str = "Account of contacts";

/// Makes the lines of accounts. Clones share the mapping.
#[derive(Clone)]
pub(in crate::planning) struct Accounts {
    pub run_id: i64,
    /// The Account mapping; rows with a problem are left out of it.
    pub basis: Arc<Basis>,
    options: RunOptions,
    columns: Vec<String>,
    /// Why no account can be created at all.
    refusal: Option<String>,
    /// Accounts that one export may create.
    limit_records: u32,
    /// Lines of contacts; those of accounts follow them.
    contact_lines: u32,
}

impl Accounts {
    /// For a plan that is being made: the fields of Account are asked for anew.
    pub async fn fetch(planning: &Planning) -> Result<Self, Fault> {
        let (engine, client) = (&planning.engine, &planning.client);
        let (version, rows) = current_mapping(engine, TargetObject::Account).await?;
        let described = match describe::fetch_for(client, &rows).await {
            Ok(described) => described,
            Err(fault) => return Err(note_fault(engine, fault).await),
        };
        let org = require_org(engine).await?;
        let (run_id, contact_lines) = (planning.run_id, planning.records);
        let options = planning.options.clone();
        let asking = engine.clone();
        engine
            .write(move |write| {
                let objects = [(TargetObject::Account, described.clone())];
                if describes_for_all(&asking, write)? {
                    describe::save(write, &org.org_id, &org.connected_by, &objects)?;
                }
                Self::new(write, run_id, contact_lines, options, version, rows, described)
            })
            .await
    }

    /// For a kept plan.
    pub fn stored(read: &Read<'_>, run: &RunRow) -> Result<Self, Fault> {
        let (Some(saved), Some(described)) = (
            read.mapping(TargetObject::Account)?,
            read.describe(TargetObject::Account)?,
        ) else {
            return Err(Fault::new(
                Code::WrongState,
                "The Account mapping is not there any more. Refresh the plan.",
            ));
        };
        Self::new(
            read,
            run.run_id,
            run.total_records,
            run.options.clone(),
            saved.version,
            saved.mapping,
            described,
        )
    }

    fn new(
        read: &Read<'_>,
        run_id: i64,
        contact_lines: u32,
        options: RunOptions,
        version: u32,
        rows: model::Mapping,
        described: model::TargetDescribe,
    ) -> Result<Self, Fault> {
        let settings = read_settings(read)?.of(TargetObject::Account);
        let problem = CompiledMapping::compile(&rows, &described).err();
        let problem = problem.and_then(|problems| problems.into_iter().next());
        let basis = Basis {
            version,
            mapping: CompiledMapping::of_sound_rows(&rows, &described),
            rows,
            describe: described,
        };
        let refusal = if !settings.allowed {
            Some("Accounts may not be exported. An admin can allow them on the Export tab.".to_owned())
        } else if basis.describe.fields.is_empty() {
            Some("The connected user may not see Accounts.".to_owned())
        } else {
            problem.map(|problem| format!("The Account mapping has a problem: {}", problem.sentence))
        };
        // Accounts have owners by their own right: the mapping or the connected user's rights may differ from those of contacts.
        let options = RunOptions {
            owner: options
                .owner
                .filter(|_| owner_field(&basis.describe, &basis.mapping).is_ok()),
            ..options
        };
        Ok(Self {
            run_id,
            columns: basis.columns(&options),
            basis: Arc::new(basis),
            options,
            refusal,
            limit_records: settings.limit_records,
            contact_lines,
        })
    }

    /// Why the account of a company cannot be created; `None` when it can.
    pub fn cannot_create(&self, read: &Read<'_>, company: &CompanyRow) -> Result<Option<String>, Fault> {
        Ok(self.line(read, company)?.err())
    }

    /// The line that creates the account of a company, by the profile of its first contact; else why it cannot be created.
    pub fn line(&self, read: &Read<'_>, company: &CompanyRow) -> Result<Result<NewLine, String>, Fault> {
        if let Some(refusal) = &self.refusal {
            return Ok(Err(refusal.clone()));
        }
        let last_line = read.last_line(self.run_id)?;
        if last_line.saturating_sub(self.contact_lines) >= self.limit_records {
            return Ok(Err(format!(
                "This export creates {} already, the most that one export may. An admin can raise the limit on the Export tab.",
                TargetObject::Account.counted(u64::from(self.limit_records))
            )));
        }
        let Some(document) = read.profile_document(company.profile_id)? else {
            return Ok(Err(
                "The profile that it is made from is no longer there.".to_owned()
            ));
        };
        let profile = ProfileDocument::read(&document).map_err(|error| unreadable(&error))?;
        let mapped = apply(&self.basis.mapping, &profile);
        if let Some(fault) = mapped.refusal() {
            return Ok(Err(fault.sentence.clone()));
        }
        let mut record = mapped.to_json();
        add_owner(&mut record, &self.options);
        Ok(Ok(NewLine {
            line: last_line + 1,
            object: TargetObject::Account,
            profile_id: company.profile_id,
            zoominfo_id: model::ProfileValues::value(&profile, "zoominfo_company_id").map(str::to_owned),
            name: company.name.clone(),
            company: company.website.clone(),
            action: LineAction::Create,
            outcome: LineOutcome::Planned,
            rule: RULE.to_owned(),
            criterion: None,
            grade: None,
            notes: mapped.notes(),
            digest: Some(cells::digest(&self.columns, &record)),
            cells: cells::json(record),
            changes: Vec::new(),
            modified_at: None,
            edits: BTreeMap::new(),
            answer: None,
            company_number: None,
            parent_id: None,
            salesforce_id: None,
            error_code: None,
            error: None,
            settled_at: None,
        }))
    }
}
