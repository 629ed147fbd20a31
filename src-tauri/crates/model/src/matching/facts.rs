//! Where the facts of a record come from.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use crate::TargetObject;
use crate::text;

/// A record of Salesforce as texts by API name, e.g. `LastName` and `Account.Name`.
pub trait RecordFields {
    /// The text of a field; `None` when the record lacks it.
    fn field(&self, api_name: &str) -> Option<&str>;
}

impl RecordFields for BTreeMap<String, String> {
    fn field(&self, api_name: &str) -> Option<&str> {
        self.get(api_name).map(String::as_str)
    }
}

impl<S: BuildHasher> RecordFields for HashMap<String, String, S> {
    fn field(&self, api_name: &str) -> Option<&str> {
        self.get(api_name).map(String::as_str)
    }
}

impl<R: RecordFields + ?Sized> RecordFields for &R {
    fn field(&self, api_name: &str) -> Option<&str> {
        (**self).field(api_name)
    }
}

/// The fields that matching reads of a record, besides the one with ZoomInfo's id.
#[must_use]
pub fn matching_fields(object: TargetObject) -> &'static [&'static str] {
    match object {
        TargetObject::Account => &[
            "Id",
            "Name",
            "Website",
            "Phone",
            "BillingPostalCode",
            "BillingCity",
            "BillingState",
            "BillingCountry",
        ],
        TargetObject::Contact => &[
            "Id",
            "FirstName",
            "LastName",
            "Email",
            "Phone",
            "MobilePhone",
            "AccountId",
            "Account.Name",
            "Account.Website",
            "MailingCountry",
        ],
        TargetObject::Lead => &[
            "Id",
            "FirstName",
            "LastName",
            "Email",
            "Phone",
            "MobilePhone",
            "Company",
            "Website",
            "Country",
            "IsConverted",
        ],
    }
}

/// The visible text of a field.
pub(super) fn visible<'record>(record: &'record impl RecordFields, api_name: &str) -> Option<&'record str> {
    record.field(api_name).and_then(text::visible)
}

/// ZoomInfo's id, whose number may be written with a fraction where the org keeps it as one (`17.0`).
pub(super) fn zoominfo_id(text: &str) -> Option<String> {
    let text = text::visible(text)?;
    let whole = text.split_once('.').map_or(text, |(whole, fraction)| {
        if fraction.chars().all(|digit| digit == '0') {
            whole
        } else {
            text
        }
    });
    let trimmed = whole.trim_start_matches('0');
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// An id of Salesforce by its 15 characters that tell records apart; the other three are a checksum.
pub(super) fn salesforce_id(text: &str) -> Option<String> {
    let id = text::visible(text)?;
    Some(id.get(..15).unwrap_or(id).to_owned())
}
