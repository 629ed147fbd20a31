//! Picklist values as a record type offers them: `GET /ui-api/object-info/{object}/picklist-values/{recordTypeId}` (User
//! Interface API Developer Guide, "Get Values for All Picklist Fields of a Record Type"). `describe` has all values,
//! whatever the record type.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::address_parts::{api_name, record_id};
use crate::client::Client;
use crate::error::Error;
use crate::request::Request;

/// The values of one field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OfferedValues {
    /// Its values in their order.
    pub values: Vec<OfferedValue>,
    /// Chosen when a record gives none.
    pub default_value: Option<OfferedValue>,
    /// Of a dependent picklist: values of the controlling field and their places in `valid_for`.
    pub controller_values: BTreeMap<String, u32>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OfferedValue {
    /// As people see it.
    pub label: String,
    /// As records hold it.
    pub value: String,
    /// Places of the controlling values that allow it; empty if nothing controls it.
    pub valid_for: Vec<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    picklist_field_values: BTreeMap<String, OfferedValues>,
}

impl Client {
    /// The values of every picklist of an object that a record type offers, by field name. The record type without a
    /// name is `012000000000000AAA`.
    pub async fn picklist_values(
        &self,
        object: &str,
        record_type_id: &str,
    ) -> Result<BTreeMap<String, OfferedValues>, Error> {
        let (object, record_type) = (api_name(object)?, record_id(record_type_id)?);
        let segments = ["ui-api", "object-info", &object, "picklist-values", &record_type];
        let url = self.data_address(&segments).await?;
        let answer: Answer = self.send(&Request::get(url)).await?.json("the picklist values")?;
        Ok(answer.picklist_field_values)
    }
}
