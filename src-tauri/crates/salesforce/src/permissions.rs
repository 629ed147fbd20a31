//! What the signed-in user may do, by the one row of `UserPermissionAccess` (Object Reference,
//! "UserPermissionAccess"). A permission that the org's licences do not know is an unknown column there.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::address_parts::api_name;
use crate::client::Client;
use crate::error::Error;

impl Client {
    /// Whether the user has each of the permissions, e.g. `PermissionsApiEnabled`; `None` where the org does not know
    /// the permission. One request, and one for each permission if the org does not know one of them.
    pub async fn permissions(&self, names: &[&str]) -> Result<BTreeMap<String, Option<bool>>, Error> {
        match self.ask_permissions(names).await {
            Err(error) if is_unknown_column(&error) && names.len() > 1 => {}
            Err(error) if is_unknown_column(&error) => {
                return Ok(names.iter().map(|name| ((*name).to_owned(), None)).collect());
            }
            other => return other,
        }
        let mut all = BTreeMap::new();
        for name in names {
            match self.ask_permissions(&[*name]).await {
                Ok(one) => all.extend(one),
                Err(error) if is_unknown_column(&error) => {
                    all.insert((*name).to_owned(), None);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(all)
    }

    async fn ask_permissions(&self, names: &[&str]) -> Result<BTreeMap<String, Option<bool>>, Error> {
        if names.is_empty() {
            return Ok(BTreeMap::new());
        }
        let columns = names
            .iter()
            .map(|name| api_name(name))
            .collect::<Result<Vec<_>, _>>()?;
        let soql = format!("SELECT {} FROM UserPermissionAccess", columns.join(", "));
        let row = self
            .query_records(&soql)
            .await?
            .into_iter()
            .next()
            .unwrap_or_default();
        let allowed = |name: &&str| ((*name).to_owned(), row.get(*name).and_then(Value::as_bool));
        Ok(names.iter().map(allowed).collect())
    }
}

fn is_unknown_column(error: &Error) -> bool {
    error.api_code() == Some("INVALID_FIELD")
}
