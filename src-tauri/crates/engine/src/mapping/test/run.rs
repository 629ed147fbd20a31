//! One test from its rows to its verdicts.

use std::time::Instant;

use model::mapping::{Cell, Mapped, Mapping, MappingRow, UsedRow};
use model::{CompiledMapping, FieldKind, MarkRule, Profile, TargetDescribe, TargetObject, apply};
use salesforce::{Client, Error, Record};
use serde_json::Value;
use store::{NewMappingTest, OrgRow, TestRecordRow, TestRecordState};

use super::account_of;
use super::compare::{Became, compare, text};
use super::digest::digest;
use super::journal::{self, Cause, Kept};
use super::making::{Made, Maker};
use super::{recovery, refusal};
use crate::Engine;
use crate::connect::{self, client, require_org};
use crate::contract::event::TestStep;
use crate::contract::mapping::preview::SampleProfile;
use crate::contract::mapping::test::{FieldVerdict, MappingTest, TestMapping, TestState, TestedField};
use crate::describe;
use crate::fault::{Code, Fault};
use crate::mapping::rows::mapping_of;
use crate::mapping::sample::sample;

/// Longest name of an account (Object Reference, "Account").
const LONGEST_ACCOUNT_NAME: usize = 255;

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
    let described = describe::fetch(&client, object).await?;
    let mapping = mapping_of(object, params.rows.clone());
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
struct Pass<'a> {
    engine: &'a Engine,
    client: &'a Client,
    maker: Maker<'a>,
    mapping: &'a Mapping,
    described: &'a TargetDescribe,
    profile: &'a Profile,
    kept: Kept,
}

impl Pass<'_> {
    async fn work(&mut self) -> Result<(), Fault> {
        let compiled = match CompiledMapping::compile(self.mapping, self.described) {
            Ok(compiled) => compiled,
            Err(problems) => {
                for problem in &problems {
                    if let Some(row) = problem.row {
                        let refused = self.field_of_row(row, FieldVerdict::Refused, problem.sentence.clone());
                        self.kept.test.fields.push(refused);
                    }
                }
                self.refuse(refusal::of_problems(&problems, self.mapping));
                return Ok(());
            }
        };
        let mapped = apply(&compiled, self.profile);
        if let Some(fault) = mapped.refusal() {
            let rows = self.rows_of(&fault.target, &mapped);
            let error = crate::contract::mapping::test::TestError {
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

    fn refuse(&mut self, error: crate::contract::mapping::test::TestError) {
        self.kept.test.state = TestState::Refused;
        self.kept.test.error = Some(error);
        self.count();
    }

    /// A contact that no row gives an account gets one of its own, because most orgs do not like contacts without.
    async fn account(&mut self, record: &mut Record) -> Result<Option<TestRecordRow>, Fault> {
        let has_account = record
            .keys()
            .any(|name| name == "AccountId" || name.split('.').next() == Some("Account"));
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
            target: "AccountId".to_owned(),
            target_label: self.label("AccountId"),
            source: format!("Test account “{name}”"),
            sent: String::new(),
            read_back: String::new(),
            verdict: FieldVerdict::Refused,
            sentence: String::new(),
        };
        let made = match self.maker.create("Account", &cells).await? {
            Made::Record(made) => {
                let id = made.salesforce_id.clone().unwrap_or_default();
                record.insert("AccountId".to_owned(), Value::String(id.clone()));
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
        for used in mapped
            .used
            .iter()
            .filter(|used| self.cell(mapped, used).is_some())
        {
            fields.push(self.target(used.row));
        }
        fields.extend(own_account.then(|| "AccountId".to_owned()));
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

    fn compare(&mut self, mapped: &Mapped, record: &Record, now: &Record) {
        let mut fields = Vec::new();
        for used in &mapped.used {
            let Some(cell) = self.cell(mapped, used) else {
                continue;
            };
            let sent = cell.value.to_json();
            let target = self.target(used.row);
            let kind = self
                .described
                .field(&target)
                .map_or(FieldKind::String, |field| field.kind);
            let is_lookup = self.row(used.row).is_some_and(|row| row.lookup.is_some());
            let cut_here = mapped
                .marks
                .iter()
                .find(|mark| mark.target == used.target && mark.rule == MarkRule::Truncated);
            let mut field = self.field_of_row(used.row, FieldVerdict::Written, String::new());
            field.sent = text(&sent);
            match now.get(&target) {
                None => {
                    field.verdict = FieldVerdict::NotRead;
                    "It was sent, but the connected user may not read it back."
                        .clone_into(&mut field.sentence);
                }
                Some(now) => {
                    field.read_back = text(now);
                    let became = match now {
                        // The record that was looked up has an id of its own; that there is one is all to see.
                        Value::String(_) if is_lookup => Became::Same,
                        now => compare(kind, &sent, now),
                    };
                    (field.verdict, field.sentence) = match (became, cut_here) {
                        (Became::Same, Some(mark)) => {
                            (FieldVerdict::Truncated, format!("{}.", mark.sentence))
                        }
                        (Became::Same, None) => (FieldVerdict::Written, String::new()),
                        (Became::Cut, _) => (
                            FieldVerdict::Truncated,
                            "Cut by the org: a flow or trigger may shorten this field.".to_owned(),
                        ),
                        (Became::Empty, _) => (
                            FieldVerdict::Changed,
                            "Emptied by the org: a flow or trigger may clear this field.".to_owned(),
                        ),
                        (Became::Other, _) => (FieldVerdict::Changed, changed(kind).to_owned()),
                    };
                }
            }
            fields.push(field);
        }
        self.kept.test.fields.extend(fields);
        self.put_faults(mapped);
        if let Some(own) = self.kept.test.fields.iter_mut().find(|field| field.row.is_none())
            && let (Some(sent), Some(now)) = (record.get(&own.target), now.get(&own.target))
        {
            own.read_back = text(now);
            own.verdict = match compare(FieldKind::Reference, sent, now) {
                Became::Same => FieldVerdict::Written,
                _ => FieldVerdict::Changed,
            };
        }
        self.kept.test.fields.sort_by_key(|field| field.row);
        self.count();
        let test = &mut self.kept.test;
        test.state = if test.changed_fields + test.refused_fields > 0 || now.is_empty() {
            TestState::Differs
        } else {
            TestState::Passed
        };
    }

    /// Values that could not be converted, each at the row that gave it.
    fn put_faults(&mut self, mapped: &Mapped) {
        for fault in &mapped.faults {
            for row in self.rows_of(&fault.target, mapped) {
                let field = self.field_of_row(row, FieldVerdict::Refused, fault.sentence.clone());
                self.kept.test.fields.push(field);
            }
        }
        self.kept.test.fields.sort_by_key(|field| field.row);
    }

    /// What was sent when Salesforce took none of it: the rows at fault are refused, the others were not stored.
    fn put_refused(&mut self, mapped: &Mapped, rows: &[u32]) {
        for used in &mapped.used {
            let Some(cell) = self.cell(mapped, used) else {
                continue;
            };
            let (verdict, sentence) = if rows.contains(&used.row) {
                (
                    FieldVerdict::Refused,
                    "Salesforce refused the record for this field.",
                )
            } else {
                (
                    FieldVerdict::NotRead,
                    "It was not stored, as Salesforce refused the record.",
                )
            };
            let mut field = self.field_of_row(used.row, verdict, sentence.to_owned());
            field.sent = text(&cell.value.to_json());
            self.kept.test.fields.push(field);
        }
        self.put_faults(mapped);
    }

    fn count(&mut self) {
        let test = &mut self.kept.test;
        let (mut written, mut changed, mut refused) = (0, 0, 0);
        for field in test.fields.iter().filter(|field| field.row.is_some()) {
            match field.verdict {
                FieldVerdict::Written => written += 1,
                // What was cut before it was sent is held as it was sent.
                FieldVerdict::Truncated if field.sent == field.read_back => written += 1,
                FieldVerdict::Changed | FieldVerdict::Truncated => changed += 1,
                FieldVerdict::Refused => refused += 1,
                FieldVerdict::NotRead => {}
            }
        }
        (test.written_fields, test.changed_fields, test.refused_fields) = (written, changed, refused);
    }

    /// The row that gave a field's value, else all rows of the field.
    fn rows_of(&self, target: &str, mapped: &Mapped) -> Vec<u32> {
        if let Some(used) = mapped.used.iter().find(|used| used.target == target) {
            return vec![used.row];
        }
        (1_u32..)
            .zip(&self.mapping.rows)
            .filter(|(_, row)| row.target.trim().eq_ignore_ascii_case(target))
            .map(|(number, _)| number)
            .collect()
    }

    fn row(&self, row: u32) -> Option<&MappingRow> {
        self.mapping.rows.get((row as usize).checked_sub(1)?)
    }

    /// API name of a row's field, as the org spells it.
    fn target(&self, row: u32) -> String {
        let name = self.row(row).map(|row| row.target.trim()).unwrap_or_default();
        self.described
            .field(name)
            .map_or_else(|| name.to_owned(), |field| field.name.clone())
    }

    /// The value that a row gave. A lookup's may go by the name of its relationship: `Account.Number__c` for `AccountId`.
    fn cell<'m>(&self, mapped: &'m Mapped, used: &UsedRow) -> Option<&'m Cell> {
        let own = mapped.cells.iter().find(|cell| cell.target == used.target);
        own.or_else(|| {
            self.row(used.row)?.lookup.as_ref()?;
            let target = self.target(used.row);
            let relationship = target.strip_suffix("Id").or_else(|| target.strip_suffix("__c"))?;
            mapped.cells.iter().find(|cell| {
                let first = cell.target.split('.').next().unwrap_or_default();
                first.strip_suffix("__r").unwrap_or(first) == relationship
            })
        })
    }

    fn field_of_row(&self, row: u32, verdict: FieldVerdict, sentence: String) -> TestedField {
        let of_row = self.row(row);
        let target = self.target(row);
        TestedField {
            row: Some(row),
            target_label: self.label(&target),
            target,
            source: of_row.map(|row| row.source.label()).unwrap_or_default(),
            sent: String::new(),
            read_back: String::new(),
            verdict,
            sentence,
        }
    }

    fn label(&self, target: &str) -> String {
        self.described
            .field(target)
            .map(|field| field.label.clone())
            .filter(|label| !label.is_empty())
            .unwrap_or_else(|| target.to_owned())
    }
}

fn changed(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Phone => "Changed by the org: a flow or trigger may format phones.",
        FieldKind::Picklist | FieldKind::Multipicklist => {
            "Changed by the org: a flow or trigger may choose another value."
        }
        FieldKind::Reference => "Changed by the org: a flow or trigger may point it at another record.",
        kind if kind.is_number() => "Changed by the org: a flow or trigger may calculate this field.",
        _ => "Changed by the org: a flow or trigger may rewrite this field.",
    }
}
