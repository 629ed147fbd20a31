//! The objects whose records are looked through, and what is read of them.

use std::collections::BTreeSet;

use model::matching::matching_fields;
use model::{Mapping, TargetDescribe, TargetObject, default_mapping};
use salesforce::{Client, soql};

use crate::fault::Fault;
use crate::mapping::record::update_fields;
use crate::planning::basis::{Basis, zoominfo_id_field};
use crate::planning::side_by_side::SHOWN_FIELDS;
use crate::{Engine, describe};

/// Name of the owner of a record.
pub(in crate::planning) const OWNER_NAME: &str = "Owner.Name";
/// When a record was last changed.
pub(in crate::planning) const MODIFIED_AT: &str = "LastModifiedDate";

/// An object whose records are looked through.
#[derive(Debug, Clone)]
pub(in crate::planning) struct Searched {
    pub object: TargetObject,
    /// The field with ZoomInfo's id, where the org has one.
    pub zoominfo_id: Option<IdField>,
    /// What is read of a record: what is compared, what is mapped, its owner and its last change.
    pub fields: Vec<String>,
}

/// The field with ZoomInfo's id.
#[derive(Debug, Clone)]
pub(in crate::planning) struct IdField {
    pub name: String,
    /// Whether it is a number, which a query does not quote.
    pub is_number: bool,
}

impl Searched {
    /// `updated` are the fields that an update may write or depends on; none of an object that the run does not write.
    fn new(
        mapping: &Mapping,
        describe: &TargetDescribe,
        account: Option<&TargetDescribe>,
        updated: BTreeSet<String>,
    ) -> Self {
        let zoominfo_id = zoominfo_id_field(mapping, describe)
            .and_then(|name| describe.field(name))
            .map(|field| IdField {
                name: field.name.clone(),
                is_number: field.kind.is_number(),
            });
        let mut fields: BTreeSet<String> = updated;
        let readable = |name: &str| match name.split_once('.') {
            None => describe.field(name).is_some(),
            Some((_, name)) => {
                describe.field("AccountId").is_some()
                    && account.is_some_and(|account| account.field(name).is_some())
            }
        };
        fields.extend(
            matching_fields(describe.object)
                .iter()
                .filter(|name| readable(name))
                .map(|name| (*name).to_owned()),
        );
        fields.extend(
            SHOWN_FIELDS
                .iter()
                .filter(|name| readable(name))
                .map(|name| (*name).to_owned()),
        );
        fields.extend(zoominfo_id.iter().map(|field| field.name.clone()));
        if describe.field("OwnerId").is_some() {
            fields.insert(OWNER_NAME.to_owned());
        }
        if describe.field(MODIFIED_AT).is_some() {
            fields.insert(MODIFIED_AT.to_owned());
        }
        fields.insert("Id".to_owned());
        fields.retain(|name| soql::is_api_name(name));
        Self {
            object: describe.object,
            zoominfo_id,
            fields: fields.into_iter().collect(),
        }
    }

    pub fn zoominfo_id_field(&self) -> Option<&str> {
        self.zoominfo_id.as_ref().map(|field| field.name.as_str())
    }

    pub fn has(&self, field: &str) -> bool {
        self.fields.iter().any(|own| own == field)
    }

    /// What is read of every record, as it stands after SELECT.
    pub fn selected(&self) -> String {
        self.fields.join(", ")
    }

    /// Records that are never offered: converted leads are no leads any more.
    pub fn condition(&self) -> Option<&'static str> {
        (self.object == TargetObject::Lead && self.has("IsConverted")).then_some("IsConverted = false")
    }

    /// `WHERE …` with another condition, or with none.
    pub fn narrowed(&self, condition: Option<&str>) -> String {
        let conditions: Vec<&str> = condition.into_iter().chain(self.condition()).collect();
        if conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.join(" AND "))
        }
    }
}

/// What is looked through for the duplicates of a mapping's object: companies among Accounts, people among Contacts, then
/// among Leads.
pub(in crate::planning) async fn searched(
    engine: &Engine,
    client: &Client,
    basis: &Basis,
) -> Result<Vec<Searched>, Fault> {
    let own = basis.describe.object;
    let objects: &[TargetObject] = match own {
        TargetObject::Account => &[TargetObject::Account],
        TargetObject::Contact | TargetObject::Lead => &[TargetObject::Contact, TargetObject::Lead],
    };
    let account = match own {
        TargetObject::Account => None,
        _ => Some(stored_or_fetched(engine, client, TargetObject::Account).await?),
    };
    let mut searched = Vec::new();
    for object in objects {
        if *object == own {
            let updated = update_fields(&basis.rows, &basis.describe)
                .into_iter()
                .map(str::to_owned)
                .collect();
            searched.push(Searched::new(
                &basis.rows,
                &basis.describe,
                account.as_ref(),
                updated,
            ));
            continue;
        }
        let describe = stored_or_fetched(engine, client, *object).await?;
        // An object that the connected user may not see has no fields and cannot be asked for.
        if describe.fields.is_empty() {
            continue;
        }
        let saved = {
            let object = *object;
            engine.read(move |read| Ok(read.mapping(object)?)).await?
        };
        let mapping = saved.map_or_else(
            || default_mapping(*object, Some(&describe)),
            |saved| saved.mapping,
        );
        searched.push(Searched::new(
            &mapping,
            &describe,
            account.as_ref(),
            BTreeSet::new(),
        ));
    }
    Ok(searched)
}

async fn stored_or_fetched(
    engine: &Engine,
    client: &Client,
    object: TargetObject,
) -> Result<TargetDescribe, Fault> {
    match engine.read(move |read| Ok(read.describe(object)?)).await? {
        Some(describe) => Ok(describe),
        None => describe::fetch(client, object).await,
    }
}
