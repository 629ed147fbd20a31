//! A mirror as filtering fills it.

use std::collections::BTreeMap;

use model::TargetObject;
use model::matching::{CompanyFacts, PersonFacts, matching_fields};
use store::{NewMirrorFill, NewMirrorRecord, Store};
use support::TestApp;

/// Fills the mirror of an object as filtering does: with what the org has now.
pub async fn fill(app: &TestApp, object: TargetObject) {
    let fields = matching_fields(object);
    let mut wanted = fields.join(", ");
    let org_id = {
        let records = app.records().query("SELECT Id FROM Organization").await;
        records[0]["Id"].as_str().unwrap().to_owned()
    };
    wanted = format!("SELECT {wanted} FROM {}", object.api_name());
    let records = app.records().query(&wanted).await;
    let store = Store::open(app.workspace()).unwrap();
    let started_at = store::now();
    let fill = store
        .begin_mirror_fill(&NewMirrorFill {
            object,
            org_id: &org_id,
            started_at: &started_at,
            columns: fields,
            zoominfo_id_field: None,
        })
        .unwrap();
    for record in records {
        let texts: BTreeMap<String, String> = fields
            .iter()
            .filter_map(|field| {
                let value = field.split('.').fold(&record, |value, part| &value[part]);
                let text = match value {
                    serde_json::Value::Bool(value) => value.to_string(),
                    value => value.as_str()?.to_owned(),
                };
                Some(((*field).to_owned(), text))
            })
            .collect();
        let keys = match object {
            TargetObject::Account => CompanyFacts::of_account(&texts, None).keys(),
            TargetObject::Contact => PersonFacts::of_contact(&texts, None).keys(),
            TargetObject::Lead => PersonFacts::of_lead(&texts, None).keys(),
        };
        let cells: Vec<Option<&str>> = fields
            .iter()
            .map(|field| texts.get(*field).map(String::as_str))
            .collect();
        let record = NewMirrorRecord {
            salesforce_id: &texts["Id"],
            cells: &cells,
            keys: &keys,
        };
        store
            .write(|write| write.add_mirror_records(fill, [record]))
            .unwrap();
    }
    store.complete_mirror_fill(object, fill, &store::now()).unwrap();
}
