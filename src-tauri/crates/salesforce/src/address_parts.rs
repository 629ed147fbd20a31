//! Parts of a request's path that come from outside: checked before they are put into an address.

use crate::error::Error;
use crate::soql::is_api_name;

/// An object's or field's API name, e.g. `Account` or `Ext__c`.
pub(crate) fn api_name(name: &str) -> Result<String, Error> {
    if is_api_name(name) && !name.contains('.') {
        Ok(name.to_owned())
    } else {
        Err(Error::InvalidName {
            name: name.to_owned(),
            expected: "an API name (letters, digits and _)",
        })
    }
}

/// A record or job id of 15 or 18 letters and digits.
pub(crate) fn record_id(id: &str) -> Result<String, Error> {
    if matches!(id.len(), 15 | 18) && id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        Ok(id.to_owned())
    } else {
        Err(Error::InvalidName {
            name: id.to_owned(),
            expected: "an id of 15 or 18 letters and digits",
        })
    }
}

/// The value of an external id. `.` and `..` have a meaning of their own in an address, so they cannot be sent.
pub(crate) fn external_id_value(value: &str) -> Result<String, Error> {
    if value.is_empty() || value == "." || value == ".." {
        Err(Error::InvalidName {
            name: value.to_owned(),
            expected: "an external id that an address can carry",
        })
    } else {
        Ok(value.to_owned())
    }
}
