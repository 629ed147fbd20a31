//! One test from its rows to its verdicts.

use std::time::Instant;

use model::mapping::{Mapped, Mapping};
use model::{CompiledMapping, Profile, TargetDescribe, TargetObject, apply};
use salesforce::{Client, Error, Record};
use serde_json::Value;
use store::{NewMappingTest, OrgRow, TestRecordRow, TestRecordState};

use super::account_of;
use super::digest::digest;
use super::journal::{self, Cause, Kept};
use super::making::{Made, Maker};
use super::tested_rows::{TestedRows, cell};
use super::{recovery, refusal};
use crate::Engine;
use crate::connect::{self, client, require_org};
use crate::contract::event::TestStep;
use crate::contract::mapping::preview::SampleProfile;
use crate::contract::mapping::test::{
    FieldVerdict, MappingTest, TestError, TestMapping, TestState, TestedField,
};
use crate::describe;
use crate::fault::{Code, Fault};
use crate::mapping::rows::mapping_of;
use crate::mapping::sample::sample;

/// Longest name of an account (Object Reference, "Account").
const LONGEST_ACCOUNT_NAME: usize = 255;
/// The field of a contact that leads to the account of the test.
const OWN_ACCOUNT: &str = "AccountId";

/// Whether a field was given by the test itself, not by a row.
pub(super) fn is_own_account(field: &TestedField) -> bool {
    field.row.is_none() && field.target == OWN_ACCOUNT
}

/// Tests rows. The caller holds the right to test.
///
/// # Errors
/// When there is no connection or no sample, or Salesforce gave no answer before anything was made.
pub(super) async fn run(engine: &Engine, params: TestMapping) -> Result<MappingTest, Fault> {
    let began = Instant::now();
    let client = client(engine).await?;
    let org = require_org(engine).await?;
    // What an earlier test left must be gone, or it could be taken for this one's.
    recovery::settle_open(engine, &client, &org).await?;
    let calls_before = client.calls();
    let object = TargetObject::from(params.object);
    let mapping = mapping_of(object, params.rows.clone());
    let described = describe::fetch_for(&client, &mapping).await?;
    let (profile, shown) = prepare(engine, &org, &described, &params).await?;
    let test = MappingTest {
        test: 0,
        object: params.object,
        state: TestState::Running,
        sentence: String::new(),
        sample_name: shown.name,
        fields: Vec::new(),
        written_fields: 0,
        changed_fields: 0,
        refused_fields: 0,
        error: None,
        records: Vec::new(),
        deleted: false,
        api_calls: 0,
        seconds: 0.0,
        started_at: store::now(),
        started_by: engine
            .read(|read| Ok(read.operator()?.map(|operator| operator.name).unwrap_or_default()))
            .await?,
    };
    let new = NewMappingTest {
        object,
        org_id: org.org_id.clone(),
        org_name: org.name.clone(),
        user_id: org.user_id.clone(),
        digest: digest(&org.org_id, &mapping)?,
        started_at: test.started_at.clone(),
        document: Value::Null,
    };
    let (number, kept) = journal::begin(engine, new, test).await?;
    let mut pass = Pass {
        engine,
        client: &client,
        maker: Maker {
            engine,
            client: &client,
            user_id: &org.user_id,
            test: number,
        },
        mapping: &mapping,
        described: &described,
        rows: TestedRows::new(&mapping, &described),
        profile: &profile,
        kept,
    };
    let ended = pass.work().await;
    if let Err(fault) = &ended {
        pass.kept.test.state = TestState::Interrupted;
        pass.kept.cause = Cause::Fault {
            sentence: fault.sentence.clone(),
        };
    }
    let mut kept = pass.kept;
    kept.test.api_calls = u32::try_from(client.calls() - calls_before).unwrap_or(u32::MAX);
    kept.test.seconds = began.elapsed().as_secs_f64();
    journal::keep(engine, number, &kept).await?;
    journal::tell(engine, number, TestStep::Ended);
    connect::note_usage(engine, &client).await?;
    let test = journal::require(engine, number).await?;
    match ended {
        Ok(()) => Ok(test.shown()),
        // Whoever asked must learn where the records are; without any, the fault says it all.
        Err(fault)
            if test
                .records
                .iter()
                .any(|record| record.state != TestRecordState::NeverMade) =>
        {
            connect::note_fault(engine, fault).await;
            Ok(test.shown())
        }
        Err(fault) => Err(fault),
    }
}

/// Keeps the org's fields, and reads the sample.
async fn prepare(
    engine: &Engine,
    org: &OrgRow,
    described: &TargetDescribe,
    params: &TestMapping,
) -> Result<(Profile, SampleProfile), Fault> {
    let (org_id, connected_by) = (org.org_id.clone(), org.connected_by.clone());
    let (described, choice) = (described.clone(), params.sample.clone());
    let object = described.object;
    engine
        .write(move |write| {
            describe::save(write, &org_id, &connected_by, &[(object, described)])?;
            sample(write, object, &choice)?.ok_or_else(|| {
                Fault::new(
                    Code::NotFound,
                    "There is no sample profile to test with. Choose another one.",
                )
            })
        })
        .await
}

/// What one test needs.
pub(super) struct Pass<'a> {
    engine: &'a Engine,
    client: &'a Client,
    maker: Maker<'a>,
    mapping: &'a Mapping,
    pub(super) described: &'a TargetDescribe,
    pub(super) rows: TestedRows<'a>,
    profile: &'a Profile,
    pub(super) kept: Kept,
}

impl Pass<'_> {
    async fn work(&mut self) -> Result<(), Fault> {
        let compiled = match CompiledMapping::compile(self.mapping, self.described) {
            Ok(compiled) => compiled,
            Err(problems) => {
                for problem in &problems {
                    if let Some(row) = problem.row {
                        let refused = self
                            .rows
                            .field(row, FieldVerdict::Refused, problem.sentence.clone());
                        self.kept.test.fields.push(refused);
                    }
                }
                self.refuse(refusal::of_problems(&problems, self.mapping));
                return Ok(());
            }
        };
        let mapped = apply(&compiled, self.profile);
        if let Some(fault) = mapped.refusal() {
            let rows = self.rows.rows_of(&fault.target, &mapped);
            let error = TestError {
                code: fault.rule.code().to_owned(),
                sentence: fault.sentence.clone(),
                targets: vec![fault.target.clone()],
                rows,
            };
            self.put_faults(&mapped);
            self.refuse(error);
            return Ok(());
        }
        let mut record = mapped.to_json();
        let account = self.account(&mut record).await?;
        self.step(TestStep::Create);
        let made = match self.maker.create(self.mapping.object.api_name(), &record).await {
            Ok(Made::Record(made)) => made,
            Ok(Made::Refused(errors)) => {
                let error = refusal::of_salesforce(&errors, self.mapping, self.described, &mapped.used);
                self.put_refused(&mapped, &error.rows);
                self.refuse(error);
                return self.delete(account.into_iter().collect()).await;
            }
            Err(fault) => {
                self.delete(account.into_iter().collect()).await?;
                return Err(fault);
            }
        };
        self.step(TestStep::ReadBack);
        let read = self.read_back(&made, &mapped, account.is_some()).await;
        let compared = read.map(|now| self.compare(&mapped, &record, &now));
        let records = [Some(made), account].into_iter().flatten().collect();
        // Whatever came of reading it back, it is deleted.
        self.delete(records).await?;
        compared
    }

    fn step(&self, step: TestStep) {
        journal::tell(self.engine, self.maker.test, step);
    }

    fn refuse(&mut self, mut error: TestError) {
        error.rows.retain(|row| self.rows.is_own(*row));
        self.kept.test.state = TestState::Refused;
        self.kept.test.error = Some(error);
        self.count();
    }

    /// A contact that no row gives an account gets one of its own, because most orgs do not like contacts without.
    async fn account(&mut self, record: &mut Record) -> Result<Option<TestRecordRow>, Fault> {
        let has_account = record
            .keys()
            .any(|name| name == OWN_ACCOUNT || name.split('.').next() == Some("Account"));
        if self.mapping.object != TargetObject::Contact || has_account {
            return Ok(None);
        }
        let company = self.profile.company_name();
        let name: String = if company.trim().is_empty() {
            "Landbridge test account".to_owned()
        } else {
            company.chars().take(LONGEST_ACCOUNT_NAME).collect()
        };
        let cells = Record::from_iter([("Name".to_owned(), Value::String(name.clone()))]);
        self.step(TestStep::Create);
        let mut field = TestedField {
            row: None,
            target: OWN_ACCOUNT.to_owned(),
            target_label: self.rows.label(OWN_ACCOUNT),
            source: format!("Test account “{name}”"),
            sent: String::new(),
            read_back: String::new(),
            verdict: FieldVerdict::Refused,
            sentence: String::new(),
        };
        let made = match self.maker.create("Account", &cells).await? {
            Made::Record(made) => {
                let id = made.salesforce_id.clone().unwrap_or_default();
                record.insert(OWN_ACCOUNT.to_owned(), Value::String(id.clone()));
                field.sent = id;
                field.verdict = FieldVerdict::NotRead;
                Some(made)
            }
            Made::Refused(errors) => {
                field.sentence = format!(
                    "Salesforce refused the test's own account, so the contact was tested without one: {}",
                    account_of::words(&errors)
                );
                None
            }
        };
        self.kept.test.fields.push(field);
        Ok(made)
    }

    /// The fields that were sent as Salesforce holds them; those that the connected user may not see are not there.
    async fn read_back(
        &self,
        made: &TestRecordRow,
        mapped: &Mapped,
        own_account: bool,
    ) -> Result<Record, Fault> {
        let id = made.salesforce_id.as_deref().unwrap_or_default();
        let mut fields: Vec<String> = Vec::new();
        for used in mapped.used.iter().filter(|used| cell(mapped, used).is_some()) {
            fields.push(self.rows.target(used.row));
        }
        fields.extend(own_account.then(|| OWN_ACCOUNT.to_owned()));
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        match self.client.get(&made.object, id, &fields).await {
            Err(error) if error.api_code() == Some("INVALID_FIELD") => {
                // One of them may not be read; without a list, Salesforce gives all that may.
                Ok(self.client.get(&made.object, id, &[]).await?)
            }
            // The org itself has removed it: there is nothing to compare.
            Err(error) if error.is_not_found() => Ok(Record::new()),
            Err(error @ Error::Salesforce { .. }) => {
                tracing::warn!(%error, "a test's record could not be read back");
                Ok(Record::new())
            }
            other => Ok(other?),
        }
    }

    /// Deletes records, the last made first. An account stays as long as its contact does.
    async fn delete(&self, records: Vec<TestRecordRow>) -> Result<(), Fault> {
        if records.is_empty() {
            return Ok(());
        }
        self.step(TestStep::Delete);
        recovery::delete_all(&self.maker, records).await
    }
}
