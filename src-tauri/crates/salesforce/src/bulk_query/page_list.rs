//! The list of a complete job's pages: `GET /jobs/query/{id}/resultPages`, from version 58 on ("Get Parallel
//! Results for a Query Job"). The next part of the list is at an address that spells `resultpages` in lower case.

use std::collections::HashSet;

use serde::Deserialize;
use url::Url;

use super::{BulkQuery, QueryJob};
use crate::error::{Effort, Error};
use crate::request::Request;

/// First version that tells the pages.
const FIRST_VERSION: u16 = 58;

const WHAT: &str = "the pages of a query job";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    #[serde(default)]
    result_pages: Vec<ResultPage>,
    #[serde(default)]
    next_records_url: Option<String>,
    #[serde(default)]
    done: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResultPage {
    result_url: String,
}

/// Whether a job of this version can tell its pages.
pub(super) fn is_offered(job: &QueryJob) -> bool {
    job.api_version.major >= FIRST_VERSION
}

/// The locators of all pages in their order; the first page may have none.
pub(super) async fn locators(query: BulkQuery<'_>, job: &QueryJob) -> Result<Vec<Option<String>>, Error> {
    let client = query.client;
    let mut url = query.job_address(job, &["resultPages"])?;
    let mut asked = HashSet::new();
    let mut locators = Vec::new();
    loop {
        if !asked.insert(url.clone()) {
            return Err(unreadable("it names a part of itself twice"));
        }
        let reply = client.send(&Request::get(url)).await?;
        let part: Part = reply.json(WHAT)?;
        for page in &part.result_pages {
            locators.push(locator(&client.instance_url().join(&page.result_url)?));
        }
        match part.next_records_url {
            Some(next) if part.done != Some(true) => url = client.instance_url().join(&next)?,
            _ => break,
        }
    }
    let distinct = locators.iter().collect::<HashSet<_>>().len();
    if distinct == locators.len() {
        Ok(locators)
    } else {
        Err(unreadable("it names a page twice"))
    }
}

fn locator(url: &Url) -> Option<String> {
    url.query_pairs()
        .find(|(name, _)| name.eq_ignore_ascii_case("locator"))
        .map(|(_, value)| value.into_owned())
}

fn unreadable(detail: &str) -> Error {
    Error::Unreadable {
        what: WHAT,
        detail: detail.to_owned(),
        effort: Effort::default(),
    }
}
