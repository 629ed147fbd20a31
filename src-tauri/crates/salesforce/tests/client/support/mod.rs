//! Small servers: `Org` answers whole requests, `CutOrg` hangs up on them; `Pages` are a query job's results.

mod cut_org;
mod org;
mod rows;

use std::sync::Arc;

use salesforce::{
    ApiVersion, Client, ClientOptions, InstanceUrl, LoginUrl, Pace, Record, SessionOnly, TokenKeeper, Tokens,
};

pub use cut_org::CutOrg;
pub use org::{Answer, Org, Seen};
pub use rows::{Kept, Pages, complete_job, query_job_json, query_path, quoted_csv};

pub const JOB_ID: &str = "750Hs00000ABCDEIA1";
pub const RECORD_ID: &str = "00QHs00000ABCDEMA1";

/// Tokens that can be renewed.
pub fn tokens(instance: &str, access_token: &str) -> Tokens {
    let mut tokens = Tokens::access_token_only(
        access_token.to_owned().into(),
        InstanceUrl::parse(instance).unwrap(),
    );
    tokens.refresh_token = Some("refresh-1".to_owned().into());
    tokens
}

pub fn options(address: &str) -> ClientOptions {
    ClientOptions {
        login_url: LoginUrl::parse(address).unwrap(),
        client_id: "consumer-key".to_owned(),
        client_secret: None,
        api_version: Some(ApiVersion::new(68)),
        tokens: tokens(address, "access-1"),
        keep: Arc::new(SessionOnly),
        pace: Pace::immediate(),
    }
}

pub fn client(address: &str) -> Client {
    Client::new(options(address)).unwrap()
}

pub fn client_with(address: &str, keep: Arc<dyn TokenKeeper>) -> Client {
    Client::new(ClientOptions {
        keep,
        ..options(address)
    })
    .unwrap()
}

/// One record from JSON.
pub fn record(value: serde_json::Value) -> Record {
    match value {
        serde_json::Value::Object(record) => record,
        other => panic!("{other} is no record"),
    }
}
