//! What the org is asked, in as few calls as it takes: one composite call, the limits, a look at the Bulk jobs, and the
//! package's version where it is installed. Each answer stands for itself.

use std::time::Duration;

use futures_util::future::join_all;
use model::doctor::{Door, Fact, InstalledApp, NEEDS, OrgFacts};
use model::mapping::is_native_app_field;
use salesforce::{ApiError, Client, Error, InstalledPackage, Limit, Limits, ObjectDescribe, Subrequest};
use serde_json::Value;
use store::OrgRow;

use crate::fault::Fault;

/// Nobody waits longer for one call, its repetitions among them.
const PATIENCE: Duration = Duration::from_secs(10);
const NATIVE_APP: &str = "DOZISF";

/// Everything that the org said.
pub(super) struct Answers {
    pub door: Door,
    pub org: Fact<OrgFacts>,
    pub newest_version: Fact<String>,
    pub api_enabled: Fact<bool>,
    pub view_setup: Fact<bool>,
    pub marketing_user: Fact<bool>,
    /// In the order of [`NEEDS`].
    pub objects: Vec<Fact<Described>>,
    pub active_users: Fact<u64>,
    pub duplicate_rules: Fact<usize>,
    pub native_app: Fact<Option<InstalledApp>>,
    pub bulk: Fact<bool>,
    pub batches: Option<(u64, u64)>,
    pub calls_left: Fact<(u64, u64)>,
    pub used_calls: u32,
}

/// What describe said of one object.
pub(super) enum Described {
    Hidden,
    Shown(Box<ObjectDescribe>),
}

/// Why a question has no answer.
#[derive(Clone)]
struct Miss {
    /// The org's own code, where it gave one.
    code: Option<String>,
    sentence: String,
    /// The whole session is over.
    signed_out: Option<Box<Fault>>,
    daily_limit: bool,
}

impl Miss {
    fn door(&self) -> Option<Door> {
        match self.code.as_deref() {
            Some("API_CURRENTLY_DISABLED") => Some(Door::ClosedForUser),
            Some("API_DISABLED_FOR_ORG") => Some(Door::ClosedForOrg),
            _ => self.daily_limit.then_some(Door::NoCallsLeft),
        }
    }
}

impl From<Error> for Miss {
    fn from(error: Error) -> Self {
        Self {
            code: error.api_code().map(str::to_owned),
            sentence: error.to_string(),
            daily_limit: matches!(
                error,
                Error::LimitReached {
                    limit: Limit::Daily,
                    ..
                }
            ),
            signed_out: matches!(error, Error::SignedOut { .. }).then(|| Box::new(Fault::from(error))),
        }
    }
}

impl From<Vec<ApiError>> for Miss {
    fn from(errors: Vec<ApiError>) -> Self {
        let first = errors.first();
        Self {
            code: first.map(|error| error.code.clone()),
            sentence: first.map_or_else(
                || "The org gave no reason.".to_owned(),
                |error| format!("The org answered {error}."),
            ),
            signed_out: None,
            daily_limit: false,
        }
    }
}

async fn in_time<T>(call: impl Future<Output = Result<T, Error>>) -> Result<T, Miss> {
    match tokio::time::timeout(PATIENCE, call).await {
        Ok(answer) => answer.map_err(Miss::from),
        Err(_) => Err(Miss {
            code: None,
            sentence: format!("The org did not answer in {} s.", PATIENCE.as_secs()),
            signed_out: None,
            daily_limit: false,
        }),
    }
}

/// Asks everything.
///
/// # Errors
/// `signed_out` when the session is over: then nothing can be asked before a new login.
pub(super) async fn ask(client: &Client, org: &OrgRow) -> Result<Answers, Fault> {
    let calls_before = client.calls();
    let parts = parts(&org.user_id)?;
    let (mut told, limits, bulk, versions) = tokio::join!(
        ask_parts(client, &parts),
        in_time(client.limits()),
        in_time(client.bulk_ingest().look_in()),
        in_time(client.versions()),
    );
    let misses = told.iter().filter_map(|answer| answer.as_ref().err());
    if let Some(fault) = misses.clone().find_map(|miss| miss.signed_out.clone()) {
        return Err(*fault);
    }
    let door = misses.clone().find_map(Miss::door).unwrap_or(Door::Open);
    let mut told = told.drain(..);
    let mut next = || told.next().unwrap_or_else(|| Err(Miss::from(Vec::new())));
    let organization = next();
    let permissions = next();
    let rules = next();
    let licenses = next();
    let users = next();
    let user = next();
    let objects: Vec<Fact<Described>> = NEEDS.iter().map(|_| described(next(), door)).collect();
    let native_app = native_app(client, licenses, &objects, door).await;
    let newest = versions.map(|versions| {
        let newest = versions
            .iter()
            .filter_map(|one| one.version.parse::<salesforce::ApiVersion>().ok());
        newest
            .max()
            .map(|version| version.to_string())
            .unwrap_or_default()
    });
    Ok(Answers {
        org: fact(organization, door).and_then(|answer| org_facts(&answer)),
        newest_version: newest.map_err(|miss| miss.sentence),
        api_enabled: flag(&permissions, "PermissionsApiEnabled", door),
        view_setup: flag(&permissions, "PermissionsViewSetup", door),
        marketing_user: fact(user, door).and_then(|user| {
            user.get("UserPermissionsMarketingUser")
                .and_then(Value::as_bool)
                .ok_or_else(|| "The org does not show whether the user is a marketing user.".to_owned())
        }),
        active_users: fact(users, door).and_then(|answer| {
            answer
                .get("totalSize")
                .and_then(Value::as_u64)
                .ok_or_else(unreadable)
        }),
        duplicate_rules: fact(rules, door).map(|answer| records(&answer).len()),
        native_app,
        bulk: match bulk {
            Ok(()) => Ok(true),
            Err(miss) if miss.code.as_deref() == Some("FEATURENOTENABLED") => Ok(false),
            Err(miss) => Err(reason(&miss, door)),
        },
        batches: limits
            .as_ref()
            .ok()
            .and_then(Limits::daily_bulk_batches)
            .map(|left| (count(left.remaining), count(left.max))),
        calls_left: calls_left(client, limits, door),
        used_calls: u32::try_from(client.calls().saturating_sub(calls_before)).unwrap_or(u32::MAX),
        objects,
        door,
    })
}

/// Thirteen questions, five of them queries: one composite call.
fn parts(user_id: &str) -> Result<Vec<Subrequest>, Fault> {
    let mut parts = vec![
        Subrequest::query("org", "SELECT Id, OrganizationType FROM Organization")?,
        Subrequest::query(
            "permissions",
            "SELECT PermissionsApiEnabled, PermissionsViewSetup FROM UserPermissionAccess",
        )?,
        Subrequest::query(
            "rules",
            "SELECT Id FROM DuplicateRule WHERE IsActive = true AND SobjectType IN ('Account', 'Contact', 'Lead')",
        )?,
        Subrequest::query(
            "packages",
            "SELECT NamespacePrefix, Status FROM PackageLicense WHERE NamespacePrefix = 'DOZISF'",
        )?,
        Subrequest::query(
            "users",
            "SELECT COUNT() FROM User WHERE IsActive = true AND UserType = 'Standard'",
        )?,
        Subrequest::get("user", "User", user_id, &["UserPermissionsMarketingUser"])?,
    ];
    for need in &NEEDS {
        parts.push(Subrequest::describe(need.object, need.object)?);
    }
    Ok(parts)
}

/// All in one call; one by one when that call as a whole has no answer, so that one bad answer hides no other.
async fn ask_parts(client: &Client, parts: &[Subrequest]) -> Vec<Result<Value, Miss>> {
    match in_time(client.composite(false, parts)).await {
        Ok(answers) => answers
            .iter()
            .map(|answer| answer.outcome().cloned().map_err(Miss::from))
            .collect(),
        Err(miss) if miss.signed_out.is_some() || miss.door().is_some() => {
            parts.iter().map(|_| Err(miss.clone())).collect()
        }
        Err(_) => join_all(parts.iter().map(|part| in_time(client.ask_alone(part)))).await,
    }
}

fn reason(miss: &Miss, door: Door) -> String {
    match door {
        Door::Open => miss.sentence.clone(),
        Door::ClosedForUser => "Salesforce answers this user only with “API Enabled”.".to_owned(),
        Door::ClosedForOrg => "The org's API is closed to everybody.".to_owned(),
        Door::NoCallsLeft => "The org has no API calls left.".to_owned(),
    }
}

fn fact(answer: Result<Value, Miss>, door: Door) -> Fact<Value> {
    answer.map_err(|miss| reason(&miss, door))
}

fn unreadable() -> String {
    "The org's answer was not understood.".to_owned()
}

fn records(answer: &Value) -> &[Value] {
    answer
        .get("records")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn org_facts(answer: &Value) -> Fact<OrgFacts> {
    let record = records(answer).first().ok_or_else(unreadable)?;
    let text = |name: &str| {
        record
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    Ok(OrgFacts {
        org_id: text("Id"),
        edition: text("OrganizationType"),
    })
}

fn flag(answer: &Result<Value, Miss>, name: &str, door: Door) -> Fact<bool> {
    let answer = answer.as_ref().map_err(|miss| reason(miss, door))?;
    records(answer)
        .first()
        .and_then(|record| record.get(name)?.as_bool())
        .ok_or_else(unreadable)
}

fn described(answer: Result<Value, Miss>, door: Door) -> Fact<Described> {
    match answer {
        Ok(body) => serde_json::from_value(body)
            .map(|describe| Described::Shown(Box::new(describe)))
            .map_err(|_| unreadable()),
        Err(miss) if miss.code.as_deref() == Some("NOT_FOUND") => Ok(Described::Hidden),
        Err(miss) => Err(reason(&miss, door)),
    }
}

/// Whether the package is there: by its license, else by its fields. Its version costs one call more.
async fn native_app(
    client: &Client,
    licenses: Result<Value, Miss>,
    objects: &[Fact<Described>],
    door: Door,
) -> Fact<Option<InstalledApp>> {
    let has_fields = objects.iter().any(|object| match object {
        Ok(Described::Shown(describe)) => describe
            .fields
            .iter()
            .any(|field| is_native_app_field(&field.name)),
        _ => false,
    });
    match licenses {
        Ok(answer) if records(&answer).is_empty() && !has_fields => return Ok(None),
        Err(miss) if !has_fields => return Err(reason(&miss, door)),
        _ => {}
    }
    let version = in_time(client.installed_packages())
        .await
        .map_err(|miss| reason(&miss, door))
        .and_then(|packages| {
            version_of(&packages).ok_or_else(|| "The org does not list it among the packages.".to_owned())
        });
    Ok(Some(InstalledApp { version }))
}

fn version_of(packages: &[InstalledPackage]) -> Option<(u32, u32)> {
    packages
        .iter()
        .find(|package| package.namespace.as_deref() == Some(NATIVE_APP))
        .map(|package| package.version)
}

/// By the limits, else by what any answer told beside itself.
fn calls_left(client: &Client, limits: Result<Limits, Miss>, door: Door) -> Fact<(u64, u64)> {
    let told = client
        .usage()
        .map(|usage| (usage.max_calls.saturating_sub(usage.used_calls), usage.max_calls));
    match limits {
        Ok(limits) => limits
            .daily_api_requests()
            .map(|left| (count(left.remaining), count(left.max)))
            .or(told)
            .ok_or_else(unreadable),
        Err(miss) => told.ok_or_else(|| reason(&miss, door)),
    }
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
