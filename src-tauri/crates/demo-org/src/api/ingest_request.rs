//! What a client asks for when it makes an ingest job.

use serde::Deserialize;

use super::Session;
use crate::{
    access::Permission,
    bulk::{DELIMITERS, LINE_ENDINGS, Operation, Specification},
    fault::ApiFault,
    org::Org,
    schema::Role,
};

/// The body of `POST /jobs/ingest`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateRequest {
    object: Option<String>,
    operation: Option<String>,
    external_id_field_name: Option<String>,
    content_type: Option<String>,
    column_delimiter: Option<String>,
    line_ending: Option<String>,
    assignment_rule_id: Option<String>,
}

/// The delimiter of a name; COMMA when none is given.
pub fn delimiter(name: Option<&str>) -> Result<(&'static str, u8), ApiFault> {
    let wanted = name.unwrap_or("COMMA");
    let known = DELIMITERS
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(wanted));
    known.ok_or_else(|| invalid_job(format!("Invalid columnDelimiter: {wanted}")))
}

/// The line ending of a name; LF when none is given.
pub fn line_ending(name: Option<&str>) -> Result<(&'static str, &'static str), ApiFault> {
    let wanted = name.unwrap_or("LF");
    let known = LINE_ENDINGS
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(wanted));
    known.ok_or_else(|| invalid_job(format!("Invalid lineEnding: {wanted}")))
}

fn invalid_job(message: impl Into<String>) -> ApiFault {
    ApiFault::bad_request("INVALIDJOB", message)
}

/// What the job will do, once every member is known to make sense.
pub fn specification(
    org: &Org,
    session: &Session,
    request: &CreateRequest,
) -> Result<Specification, ApiFault> {
    let name = request.object.as_deref().unwrap_or_default();
    let unknown = || {
        ApiFault::bad_request(
            "INVALIDENTITY",
            format!("Entity '{name}' is not supported by the Bulk API."),
        )
    };
    let object = org
        .schema
        .find(name)
        .and_then(|index| u16::try_from(index).ok())
        .ok_or_else(unknown)?;
    let definition = org.schema.object(usize::from(object));
    if !definition.writable {
        return Err(unknown());
    }
    let wanted = request.operation.as_deref().unwrap_or_default();
    let records = org.read();
    let access = records.access.of(session.user);
    if !access.reads(definition) {
        return Err(unknown());
    }
    if wanted == "hardDelete" && !access.allows(Permission::BulkApiHardDelete) {
        let message = "hardDelete operation requires special user profile permission, please contact your system \
                       administrator";
        return Err(ApiFault::bad_request("FEATURENOTENABLED", message));
    }
    drop(records);
    let operation =
        Operation::named(wanted).ok_or_else(|| invalid_job(format!("Unsupported operation: {wanted}")))?;
    if request.content_type.as_deref().is_some_and(|kind| kind != "CSV") {
        return Err(invalid_job("Only content type CSV is supported"));
    }
    let external_id = match (&request.external_id_field_name, operation) {
        (Some(field), Operation::Upsert) => {
            let found = definition.find(field).filter(|field| {
                let field = definition.field(*field);
                field.id_lookup || field.external_id || field.role == Role::Id
            });
            let refused = || {
                invalid_job(format!(
                    "Field name provided, {field} does not match an External ID, Salesforce Id, or indexed field for \
                     {}",
                    definition.name
                ))
            };
            Some(found.ok_or_else(refused)?)
        }
        (None, Operation::Upsert) => {
            return Err(invalid_job("External ID was blank for upsert operation"));
        }
        _ => None,
    };
    if let Some(rule) = &request.assignment_rule_id {
        let wanted = org.ids.key(rule);
        let known = org
            .read()
            .rules
            .lead_assignments
            .iter()
            .any(|known| wanted == Some(known.rule));
        if !known || definition.name != "Lead" {
            return Err(invalid_job(format!("Invalid assignment rule id: {rule}")));
        }
    }
    let (delimiter_name, delimiter) = delimiter(request.column_delimiter.as_deref())?;
    let (line_ending_name, line_ending) = line_ending(request.line_ending.as_deref())?;
    Ok(Specification {
        object,
        object_name: definition.name,
        operation,
        external_id,
        external_id_name: external_id.map(|field| definition.field(field).name.to_owned()),
        assignment_rule: request.assignment_rule_id.clone(),
        delimiter_name,
        delimiter,
        line_ending_name,
        line_ending,
        version: session.version.clone(),
        user: session.user,
    })
}
