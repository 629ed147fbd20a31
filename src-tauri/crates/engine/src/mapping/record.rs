//! The org's record that a sample would update.

use std::collections::{BTreeMap, BTreeSet};

use model::mapping::{locked_rows, native_app_id_field};
use model::{Mapping, Profile, TargetDescribe, TargetField, TargetObject, csv_text};
use salesforce::{Client, Record, soql};
use serde_json::Value;

use super::rows::mapping_of;
use super::sample::sample;
use crate::Engine;
use crate::connect::{client, note_fault, note_usage};
use crate::contract::mapping::preview::{ExistingRecord, RecordQuery};
use crate::fault::{Code, Fault};

/// Fields that one query reads, so that its address stays short enough.
const FIELDS_OF_A_QUERY: usize = 100;
/// Records that a search by website compares.
const COMPARED_RECORDS: usize = 50;
/// Longest text that Salesforce compares in a query; a longer one is nobody's name or address.
const LONGEST_COMPARED_CHARACTERS: usize = 255;

/// `mapping.find_record`
pub(crate) async fn find(engine: &Engine, params: RecordQuery) -> Result<Option<ExistingRecord>, Fault> {
    let object = params.object.into();
    let mapping = mapping_of(object, params.rows);
    let client = client(engine).await?;
    let (describe, sample) = engine
        .read(move |read| Ok((read.describe(object)?, sample(read, object, &params.sample)?)))
        .await?;
    let Some(describe) = describe else {
        let sentence =
            "The org's fields were not read yet. Refresh the fields on the Mapping tab, then try again.";
        return Err(Fault::new(Code::NotConnected, sentence));
    };
    let Some((profile, _)) = sample else {
        return Ok(None);
    };
    match search(&client, &mapping, &describe, &profile).await {
        Ok(found) => {
            note_usage(engine, &client).await?;
            Ok(found)
        }
        Err(error) => Err(note_fault(engine, error.into()).await),
    }
}

/// One way to find a record.
struct Attempt {
    condition: String,
    /// In words, e.g. `same e-mail`.
    found_by: &'static str,
    /// Domain that the record's website must have, where the condition alone says too little.
    domain: Option<String>,
}

async fn search(
    client: &Client,
    mapping: &Mapping,
    describe: &TargetDescribe,
    profile: &Profile,
) -> Result<Option<ExistingRecord>, salesforce::Error> {
    let object = mapping.object;
    let has_website = describe.field("Website").is_some();
    for attempt in attempts(object, describe, profile) {
        let columns = if attempt.domain.is_some() && has_website {
            "Id, Name, Website"
        } else {
            "Id, Name"
        };
        let unconverted = match object {
            TargetObject::Lead => " AND IsConverted = false",
            TargetObject::Account | TargetObject::Contact => "",
        };
        let query = format!(
            "SELECT {columns} FROM {} WHERE {}{unconverted} ORDER BY LastModifiedDate DESC LIMIT {COMPARED_RECORDS}",
            object.api_name(),
            attempt.condition
        );
        let page = client.query(&query).await?;
        let fits = |record: &&Record| {
            attempt
                .domain
                .as_ref()
                .is_none_or(|domain| website_domain(text(record, "Website")).as_ref() == Some(domain))
        };
        if let Some(record) = page.records.iter().find(fits) {
            let id = text(record, "Id").to_owned();
            return Ok(Some(ExistingRecord {
                values: values(client, mapping, describe, &id).await?,
                salesforce_id: id,
                name: text(record, "Name").to_owned(),
                found_by: attempt.found_by.to_owned(),
            }));
        }
    }
    Ok(None)
}

/// The ways to find a profile's record, surest first.
fn attempts(object: TargetObject, describe: &TargetDescribe, profile: &Profile) -> Vec<Attempt> {
    let equals = |field: &str, value: Option<&str>, found_by| {
        let value = value.filter(|value| value.chars().count() <= LONGEST_COMPARED_CHARACTERS)?;
        let field = &describe.field(field)?.name;
        Some(Attempt {
            condition: format!("{field} = {}", soql::quoted(value)),
            found_by,
            domain: None,
        })
    };
    let mut attempts = Vec::new();
    if let Some(field) = native_app_id_field(describe) {
        attempts.extend(equals(field, profile.zoominfo_id.as_deref(), "same ZoomInfo id"));
    }
    match object {
        TargetObject::Account => {
            let domain = profile.value("website").and_then(website_domain);
            if let (Some(domain), Some(field)) = (domain, describe.field("Website")) {
                attempts.push(Attempt {
                    condition: format!("{} LIKE {}", field.name, soql::quoted(&format!("%{domain}%"))),
                    found_by: "same website",
                    domain: Some(domain),
                });
            }
            attempts.extend(equals("Name", profile.value("company_name"), "same name"));
        }
        TargetObject::Contact | TargetObject::Lead => {
            attempts.extend(equals("Email", profile.value("email"), "same e-mail"));
            attempts.extend(equals(
                "Email",
                profile.value("supplemental_email"),
                "same supplemental e-mail",
            ));
            let names = [("FirstName", "first_name"), ("LastName", "last_name")]
                .map(|(field, source)| equals(field, profile.value(source), ""));
            let company = match object {
                TargetObject::Lead => equals("Company", profile.value("company_name"), ""),
                _ => account_of_contact(profile),
            };
            if let ([Some(first), Some(last)], Some(company)) = (names, company) {
                attempts.push(Attempt {
                    condition: format!(
                        "{} AND {} AND {}",
                        last.condition, first.condition, company.condition
                    ),
                    found_by: "same name and company",
                    domain: None,
                });
            }
        }
    }
    attempts
}

fn account_of_contact(profile: &Profile) -> Option<Attempt> {
    let company = profile
        .value("company_name")
        .filter(|name| name.chars().count() <= LONGEST_COMPARED_CHARACTERS)?;
    Some(Attempt {
        condition: format!("Account.Name = {}", soql::quoted(company)),
        found_by: "",
        domain: None,
    })
}

/// A website without scheme, `www.`, path and port; `None` when what is left is no domain.
fn website_domain(website: &str) -> Option<String> {
    let address = website.trim().to_lowercase();
    let rest = address
        .split_once("://")
        .map_or(address.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let is_domain = host.contains('.')
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-');
    is_domain.then(|| host.to_owned())
}

/// Fields that decide what a field takes, mapped or not: a state's country, and the controlling field of a picklist.
fn deciding<'d>(
    field: &'d TargetField,
    describe: &'d TargetDescribe,
) -> impl Iterator<Item = &'d TargetField> + use<'d> {
    let address = describe
        .listed_address(field)
        .filter(|address| address.part.is_state());
    let country = address.and_then(|address| address.country);
    let country_code = address.map(|address| address.country_code);
    let controller = field.controller.as_deref().and_then(|name| describe.field(name));
    [country_code, country, controller].into_iter().flatten()
}

/// The mapped fields, and those that decide what they take: what an update has to know of a record.
pub(crate) fn update_fields<'d>(mapping: &Mapping, describe: &'d TargetDescribe) -> BTreeSet<&'d str> {
    let locked = locked_rows(mapping.object, describe);
    let mapped = mapping
        .rows
        .iter()
        .chain(&locked)
        .filter_map(|row| describe.field(row.target.trim()));
    mapped
        .flat_map(|field| [field].into_iter().chain(deciding(field, describe)))
        .filter(|field| field.kind.can_be_mapped() && soql::is_api_name(&field.name))
        .map(|field| field.name.as_str())
        .collect()
}

/// The values of the mapped fields, and of those that decide what they take, as text; blank ones are left out.
async fn values(
    client: &Client,
    mapping: &Mapping,
    describe: &TargetDescribe,
    id: &str,
) -> Result<BTreeMap<String, String>, salesforce::Error> {
    let fields: Vec<&str> = update_fields(mapping, describe).into_iter().collect();
    let mut values = BTreeMap::new();
    for some in fields.chunks(FIELDS_OF_A_QUERY) {
        let query = format!(
            "SELECT {} FROM {} WHERE Id = {}",
            some.join(", "),
            mapping.object.api_name(),
            soql::quoted(id)
        );
        let page = client.query(&query).await?;
        for record in &page.records {
            for field in some {
                let value = record.get(*field).map(csv_text).unwrap_or_default();
                if !value.is_empty() {
                    values.insert((*field).to_owned(), value);
                }
            }
        }
    }
    Ok(values)
}

fn text<'a>(record: &'a Record, field: &str) -> &'a str {
    record.get(field).and_then(Value::as_str).unwrap_or_default()
}
