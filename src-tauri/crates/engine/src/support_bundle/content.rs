//! What goes into a support bundle: versions, settings, mappings, counts, runs, the doctor's report, the end of the log.

use std::io::{Read as _, Seek, SeekFrom};
use std::path::Path;

use model::{MappingRow, Source, TargetObject};
use serde_json::{Value, json};
use store::{OrgRow, Read, RunFilter, StoredPart};

use super::hashing::Hashing;
use super::log_text::scrubbed;
use crate::contract::app::Nothing;
use crate::contract::stored_data::SupportFile;
use crate::fault::Fault;
use crate::stored_data::log_files;
use crate::workspace::LOG_FOLDER;
use crate::{Engine, connect, doctor, export_settings};

const LOG_BYTES: u64 = 256 * 1024;
const SHOWN_RUNS: u32 = 50;
/// Members of the export settings that hold words of the app's own.
const OWN_WORDS: [&str; 6] = [
    "object",
    "checking",
    "default_action",
    "no_account",
    "one_account",
    "several_accounts",
];

/// The files of a bundle.
pub(super) async fn collect(engine: &Engine) -> Result<Vec<SupportFile>, Fault> {
    let settings = export_settings::show(engine, Nothing {}).await?;
    let settings = serde_json::to_value(settings).map_err(|error| Fault::internal(&error))?;
    let org = connect::current_org(engine).await?;
    let logs = engine.store().folder().join(LOG_FOLDER);
    let folder = engine.store().folder().display().to_string();
    engine
        .read(move |read| {
            let hashing = Hashing::new();
            let known = known_values(read, org.as_ref(), folder)?;
            let log = scrubbed(&end_of_log(&logs)?, &known, &hashing);
            Ok(vec![
                document("about.json", &about(read, org.as_ref(), &hashing)?)?,
                document("settings.json", &hashing.document(settings, &OWN_WORDS))?,
                document("mappings.json", &mappings(read, &hashing)?)?,
                document("runs.json", &runs(read, &hashing)?)?,
                document("doctor.json", &doctor_checks(read, org.as_ref(), &hashing)?)?,
                SupportFile {
                    name: "log.txt".to_owned(),
                    text: if log.is_empty() {
                        "There is no log.\n".to_owned()
                    } else {
                        log
                    },
                },
            ])
        })
        .await
}

fn document(name: &str, value: &Value) -> Result<SupportFile, Fault> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Fault::internal(&error))?;
    Ok(SupportFile {
        name: name.to_owned(),
        text: text + "\n",
    })
}

fn about(read: &Read<'_>, org: Option<&OrgRow>, hashing: &Hashing) -> Result<Value, Fault> {
    let mut counts = serde_json::Map::new();
    for (part, size) in read.part_sizes()? {
        let name = match part {
            StoredPart::Lists => "lists",
            StoredPart::Runs => "runs",
            StoredPart::Mirror => "mirror",
            StoredPart::Audit => "audit",
            StoredPart::Settings => "settings",
        };
        counts.insert(
            name.to_owned(),
            json!({ "records": size.records, "bytes": size.bytes }),
        );
    }
    Ok(json!({
        "app_version": env!("CARGO_PKG_VERSION"),
        "operating_system": std::env::consts::OS,
        "processor": std::env::consts::ARCH,
        "made_at": store::now(),
        "database_version": store::newest_version(),
        "stored": counts,
        "org": org.map(|org| json!({
            "id": hashing.of(&org.org_id),
            "name": hashing.of(&org.name),
            "instance": hashing.of(&org.instance_url),
            "user": hashing.of(&org.username),
            "kind": org.kind,
            "edition": org.edition,
            "api_version": org.api_version,
            "signed_out": org.signed_out,
            "used_and_allowed_calls": org.usage,
        })),
    }))
}

fn mappings(read: &Read<'_>, hashing: &Hashing) -> Result<Value, Fault> {
    let mut objects = serde_json::Map::new();
    for object in TargetObject::ALL {
        if let Some(saved) = read.mapping(object)? {
            let rows: Vec<Value> = saved
                .mapping
                .rows
                .iter()
                .map(|row| row_shape(row, hashing))
                .collect();
            objects.insert(
                object.api_name().to_owned(),
                json!({ "version": saved.version, "saved_at": saved.saved_at, "rows": rows }),
            );
        }
    }
    Ok(Value::Object(objects))
}

/// ZoomInfo's fields and Salesforce's standard fields are no secret; what the org made itself is hashed.
fn row_shape(row: &MappingRow, hashing: &Hashing) -> Value {
    let source = match &row.source {
        Source::Field { field } => json!({ "field": field }),
        Source::Extra { column } => json!({ "extra_column": hashing.of(column) }),
        Source::Fixed { value } => json!({ "fixed": hashing.of(value) }),
        Source::Template { text } => json!({ "template": hashing.of(text) }),
    };
    let target = if row.target.ends_with("__c") {
        hashing.of(&row.target)
    } else {
        row.target.clone()
    };
    json!({
        "source": source,
        "target": target,
        "on_update": row.on_update,
        "overflow": row.overflow,
        "mapped_values": row.value_map.len(),
        "is_lookup": row.lookup.is_some(),
        "clears_when_blank": row.clear_when_blank,
    })
}

fn runs(read: &Read<'_>, hashing: &Hashing) -> Result<Value, Fault> {
    let mut shown = Vec::new();
    for run in read.runs(&RunFilter::default(), 0, SHOWN_RUNS)? {
        let faults: Vec<Value> = read
            .run_faults(run.run_id)?
            .into_iter()
            .map(|fault| json!({ "code": fault.code, "records": fault.records }))
            .collect();
        shown.push(json!({
            "run": run.run_id,
            "kind": run.kind,
            "object": run.object,
            "state": run.state,
            "state_sentence": hashing.of(&run.state_sentence),
            "api": run.api,
            "org": hashing.of(&run.org_id),
            "list": hashing.of(&run.list_name),
            "by": hashing.of(&run.started_by),
            "planned_at": run.planned_at,
            "started_at": run.started_at,
            "finished_at": run.finished_at,
            "mapping_version": run.mapping_version,
            "total_records": run.total_records,
            "tally": run.tally,
            "api_calls": run.api_calls,
            "estimated_api_calls": run.estimated_api_calls,
            "faults": faults,
        }));
    }
    Ok(Value::Array(shown))
}

fn doctor_checks(read: &Read<'_>, org: Option<&OrgRow>, hashing: &Hashing) -> Result<Value, Fault> {
    let Some(org) = org else {
        return Ok(Value::Null);
    };
    let checks = doctor::last_states(read, &org.org_id)?;
    let shown = checks.into_iter().map(|(name, state)| {
        // A field's check is named after the field, which the org may have made itself.
        let name = match name.strip_prefix("field_").and_then(|rest| rest.split_once('_')) {
            Some((object, field)) => format!("field_{object}_{}", hashing.of(field)),
            None => name,
        };
        json!({ "name": name, "state": state })
    });
    Ok(shown.collect())
}

/// Names and addresses that the workspace knows: in a log they are hashed however they are written.
fn known_values(read: &Read<'_>, org: Option<&OrgRow>, folder: String) -> Result<Vec<String>, Fault> {
    let mut values = vec![folder];
    for person in read.everybody()? {
        values.push(person.name);
        values.extend(person.email);
    }
    for own in read.person_connections()? {
        values.extend([own.username, own.user_name, own.user_email, own.user_id]);
    }
    values.extend(read.mapped_user_names()?);
    values.extend(read.lists()?.into_iter().map(|list| list.name));
    if let Some(org) = org {
        values.extend([
            org.org_id.clone(),
            org.name.clone(),
            org.instance_url.clone(),
            org.login_url.clone(),
            org.username.clone(),
            org.user_name.clone(),
            org.user_email.clone(),
            org.client_id.clone(),
        ]);
    }
    Ok(values)
}

/// The end of the newest log file, from the beginning of a line.
fn end_of_log(folder: &Path) -> Result<String, Fault> {
    let Some(newest) = log_files(folder)?.pop() else {
        return Ok(String::new());
    };
    let read = || -> std::io::Result<String> {
        let mut file = std::fs::File::open(&newest)?;
        let length = file.metadata()?.len();
        let start = length.saturating_sub(LOG_BYTES);
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(if start == 0 {
            text
        } else {
            text.split_once('\n')
                .map(|(_, rest)| rest.to_owned())
                .unwrap_or_default()
        })
    };
    match read() {
        Ok(text) => Ok(text),
        // A log that cannot be read is one of the things that a bundle may be made for.
        Err(error) => {
            tracing::warn!(%error, "the log could not be read for the support bundle");
            Ok(String::new())
        }
    }
}
