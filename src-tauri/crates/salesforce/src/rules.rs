//! The org's rules about new records: assignment rules and duplicate rules (Object Reference, "AssignmentRule",
//! "DuplicateRule"; User Interface API Developer Guide, "Get Duplicate Management Configuration", "Check for Duplicate Records").

use serde::Deserialize;
use serde_json::{Value, json};

use crate::address_parts::api_name;
use crate::api_error::DuplicateMatch;
use crate::client::Client;
use crate::error::Error;
use crate::organization::decode;
use crate::record::Record;
use crate::request::Request;
use crate::soql::quoted;

/// A rule that gives new records an owner.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct AssignmentRule {
    /// `01Q…`
    pub id: String,
    /// Its name.
    pub name: String,
    /// At most one rule of an object is active.
    pub active: bool,
    /// `Lead` or `Case`.
    pub sobject_type: String,
}

/// A rule about duplicates. Whether it blocks is told by `DuplicateSetup`, and by the error that it causes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DuplicateRuleInfo {
    /// `0Bm…`
    pub id: String,
    /// API name.
    pub developer_name: String,
    /// Its name.
    pub master_label: String,
    /// Object that it watches.
    pub sobject_type: String,
    /// Whether it works.
    pub is_active: bool,
}

/// How duplicates of an object are looked for ("Duplicates Configuration").
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DuplicateSetup {
    /// Whether any rule is active for the object.
    pub dedupe_enabled: bool,
    /// Fields that the rules compare.
    pub dedupe_fields: Vec<String>,
    /// The rules, and what each does.
    pub duplicate_rules: Vec<DuplicateAction>,
}

/// What a duplicate rule does about a record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DuplicateAction {
    /// API name of the rule.
    pub name: String,
    /// Whether it works.
    pub active: bool,
    /// Of a new record: `Allow` or `Block`.
    pub action_on_insert: String,
    /// Of a changed record: `Allow` or `Block`.
    pub action_on_update: String,
    /// With `Allow`, of a new record: `Alert` refuses unless the write says `allow_save`; `Report` only notes.
    pub operations_on_insert: Vec<String>,
    /// The same of a changed record.
    pub operations_on_update: Vec<String>,
}

/// What the rules find for a record that is not written yet ("Duplicates").
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DuplicateSearch {
    /// Whether the record could be saved all the same.
    pub allow_save: bool,
    /// API names of the rules that looked.
    pub rules: Vec<String>,
    /// The records found, each once.
    pub matches: Vec<DuplicateMatch>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FoundDuplicates {
    allow_save: bool,
    #[serde(default)]
    duplicate_rules: Vec<String>,
    #[serde(default)]
    matches: Vec<FoundMatch>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FoundMatch {
    #[serde(default)]
    object_api_name: String,
    #[serde(default)]
    record_ids: Vec<String>,
}

impl Client {
    /// The assignment rules of an object, active and inactive.
    pub async fn assignment_rules(&self, object: &str) -> Result<Vec<AssignmentRule>, Error> {
        let soql = format!(
            "SELECT Id, Name, Active, SobjectType FROM AssignmentRule WHERE SobjectType = {} ORDER BY Name",
            quoted(&api_name(object)?)
        );
        self.rows(&soql, "the assignment rules").await
    }

    /// The duplicate rules of an object, active and inactive.
    pub async fn duplicate_rules(&self, object: &str) -> Result<Vec<DuplicateRuleInfo>, Error> {
        let soql = format!(
            "SELECT Id, DeveloperName, MasterLabel, SobjectType, IsActive FROM DuplicateRule \
             WHERE SobjectType = {} ORDER BY DeveloperName",
            quoted(&api_name(object)?)
        );
        self.rows(&soql, "the duplicate rules").await
    }

    /// Whether duplicates of an object are looked for, and by which fields.
    pub async fn duplicate_setup(&self, object: &str) -> Result<DuplicateSetup, Error> {
        let url = self
            .data_address(&["ui-api", "duplicates", &api_name(object)?])
            .await?;
        self.send(&Request::get(url)).await?.json("the duplicate rules")
    }

    /// What the duplicate rules would find for a record, without writing it. One call for each record. The request
    /// only reads, so it is repeated like one that does.
    pub async fn find_duplicates(&self, object: &str, record: &Record) -> Result<DuplicateSearch, Error> {
        let url = self.data_address(&["ui-api", "predupe"]).await?;
        let body = json!({ "apiName": api_name(object)?, "fields": record });
        let request = Request::post(url, &body)?.reading();
        let found: FoundDuplicates = self.send(&request).await?.json("a search for duplicates")?;
        let mut matches: Vec<DuplicateMatch> = Vec::new();
        for one in found.matches {
            for id in one.record_ids {
                let found = DuplicateMatch {
                    object: one.object_api_name.clone(),
                    id,
                };
                if !matches.contains(&found) {
                    matches.push(found);
                }
            }
        }
        Ok(DuplicateSearch {
            allow_save: found.allow_save,
            rules: found.duplicate_rules,
            matches,
        })
    }

    pub(crate) async fn rows<T: serde::de::DeserializeOwned>(
        &self,
        soql: &str,
        what: &'static str,
    ) -> Result<Vec<T>, Error> {
        let records = self.query_records(soql).await?;
        records
            .into_iter()
            .map(|record| decode(Some(Value::Object(record)), what))
            .collect()
    }
}
