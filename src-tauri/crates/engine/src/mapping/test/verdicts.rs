//! What each field became: written, changed by the org, truncated, refused or not read.

use model::mapping::Mapped;
use model::{FieldKind, MarkRule, TypedValue};
use salesforce::Record;
use serde_json::Value;

use super::compare::{Became, compare, text};
use super::run::{Pass, is_own_account};
use super::tested_rows::cell;
use crate::contract::mapping::test::{FieldVerdict, TestState};

impl Pass<'_> {
    /// Judges each field that was sent by what the org holds now.
    pub(super) fn compare(&mut self, mapped: &Mapped, record: &Record, now: &Record) {
        let mut fields = Vec::new();
        for used in &mapped.used {
            let Some(cell) = cell(mapped, used) else {
                continue;
            };
            let sent = cell.value.to_json();
            let target = self.rows.target(used.row);
            let kind = self
                .described
                .field(&target)
                .map_or(FieldKind::String, |field| field.kind);
            let is_lookup = matches!(cell.value, TypedValue::Lookup { .. });
            let cut_here = mapped
                .marks
                .iter()
                .find(|mark| *mark.target == *used.target && mark.rule == MarkRule::Truncated);
            let mut field = self.rows.field(used.row, FieldVerdict::Written, String::new());
            field.sent = cell.value.to_csv_text();
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
        if let Some(own) = self
            .kept
            .test
            .fields
            .iter_mut()
            .find(|field| is_own_account(field))
            && let (Some(sent), Some(now)) = (record.get(&own.target), now.get(&own.target))
        {
            own.read_back = text(now);
            own.verdict = match compare(FieldKind::Reference, sent, now) {
                Became::Same => FieldVerdict::Written,
                _ => FieldVerdict::Changed,
            };
        }
        self.sort();
        self.count();
        let test = &mut self.kept.test;
        test.state = if test.changed_fields + test.refused_fields > 0 || now.is_empty() {
            TestState::Differs
        } else {
            TestState::Passed
        };
    }

    /// Values that could not be converted, each at the row that gave it.
    pub(super) fn put_faults(&mut self, mapped: &Mapped) {
        for fault in &mapped.faults {
            for row in self.rows.rows_of(&fault.target, mapped) {
                let field = self
                    .rows
                    .field(row, FieldVerdict::Refused, fault.sentence.clone());
                self.kept.test.fields.push(field);
            }
        }
        self.sort();
    }

    /// What was sent when Salesforce took none of it: the rows at fault are refused, the others were not stored.
    pub(super) fn put_refused(&mut self, mapped: &Mapped, rows: &[u32]) {
        for used in &mapped.used {
            let Some(cell) = cell(mapped, used) else {
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
            let mut field = self.rows.field(used.row, verdict, sentence.to_owned());
            field.sent = cell.value.to_csv_text();
            self.kept.test.fields.push(field);
        }
        self.put_faults(mapped);
    }

    /// The test's own account, the editor's rows, the locked ones.
    fn sort(&mut self) {
        let fields = &mut self.kept.test.fields;
        fields.sort_by_key(|field| (field.row.is_none() && !is_own_account(field), field.row));
    }

    /// Counts the fields by their verdicts.
    pub(super) fn count(&mut self) {
        let test = &mut self.kept.test;
        let (mut written, mut changed, mut refused) = (0, 0, 0);
        for field in test.fields.iter().filter(|field| !is_own_account(field)) {
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
