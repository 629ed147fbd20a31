//! Looks for companies among the org's accounts: by queries, or by reading all accounts once.

use model::{CheckPlace, DuplicateCheck, ProfileDocument, REST_LIMIT_RECORDS, TargetObject};
use store::{AccountCandidate, Candidate, Read, Write};

use super::account::Accounts;
use crate::fault::Fault;
use crate::planning::duplicates::{
    KeyIndex, MODIFIED_AT, OWNER_NAME, Searched, Subjects, WINDOW_LINES, Way, Window, WindowLine, ask,
    calls_since, cheaper, counted, facts_of_profile, mirror, scan, searched,
};
use crate::planning::lines::unreadable;
use crate::planning::plan::Planning;

/// Accounts of one company that are kept; of a common name alone there may be hundreds.
const MOST_CANDIDATES: usize = 20;

/// Keeps with every company after a number the accounts that it may be.
pub(super) async fn search(planning: &mut Planning, accounts: &Accounts, after: u32) -> Result<(), Fault> {
    let before = planning.client.calls();
    let found = searched(&planning.engine, &planning.client, &accounts.basis).await?;
    let Some(accounts) = found.into_iter().next().filter(|accounts| accounts.has("Name")) else {
        return Ok(());
    };
    let run_id = planning.run_id;
    let (companies, window) = planning
        .engine
        .read(move |read| {
            let companies = read.count_companies(run_id)?.saturating_sub(after);
            Ok((u64::from(companies), load(read, run_id, after)?))
        })
        .await?;
    let subjects = counted(companies, "company", "companies");
    let searched = std::slice::from_ref(&accounts);
    let chosen = cheaper(planning, searched, companies, &subjects, &window).await?;
    let method = match chosen.way {
        Way::Queries => by_queries(planning, &accounts, after).await?,
        Way::Scan => by_scan(planning, &accounts, after).await?,
    };
    let hit_records = planning
        .engine
        .read(move |read| Ok(read.count_contacts_with_candidates(run_id)?))
        .await?;
    planning.findings.checks.push(DuplicateCheck {
        place: CheckPlace::Org,
        method: format!("Accounts of {subjects}: {method}"),
        why: chosen.why,
        api_calls: calls_since(planning, before),
        hit_records,
    });
    if u64::from(planning.records) <= REST_LIMIT_RECORDS {
        by_mirror(planning, searched, after, &subjects).await?;
    }
    Ok(())
}

/// Looks the companies of a small run up in the mirror of accounts, beside the queries.
async fn by_mirror(
    planning: &mut Planning,
    accounts: &[Searched],
    after: u32,
    subjects: &str,
) -> Result<(), Fault> {
    let mirrors = mirror::usable(planning, accounts).await?;
    if mirrors.is_empty() {
        return Ok(());
    }
    let run_id = planning.run_id;
    let before = planning.client.calls();
    let hits = async |planning: &Planning| {
        planning
            .engine
            .read(move |read| Ok(read.count_contacts_with_candidates(run_id)?))
            .await
    };
    let before_hits = hits(planning).await?;
    for mirrored in &mirrors {
        let mut after_number = after;
        loop {
            planning.check_cancelled()?;
            let window = planning
                .engine
                .read(move |read| load(read, run_id, after_number))
                .await?;
            let Some(last) = window.lines.last() else { break };
            after_number = last.line;
            let window = mirror::look_up_window(planning, mirrored, window).await?;
            keep_window(planning, window).await?;
        }
    }
    planning.findings.checks.push(DuplicateCheck {
        place: CheckPlace::Mirror,
        method: format!("Accounts of {subjects}: {}", mirror::method(&mirrors)),
        why: mirror::WHY_TOO.to_owned(),
        api_calls: calls_since(planning, before),
        hit_records: hits(planning).await?.saturating_sub(before_hits),
    });
    Ok(())
}

async fn by_queries(planning: &Planning, accounts: &Searched, after: u32) -> Result<String, Fault> {
    let run_id = planning.run_id;
    let (mut after_number, mut queries) = (after, 0);
    loop {
        planning.check_cancelled()?;
        let mut window = planning
            .engine
            .read(move |read| load(read, run_id, after_number))
            .await?;
        let Some(last) = window.lines.last() else { break };
        after_number = last.line;
        queries += ask(planning, accounts, &mut window).await?;
        keep_window(planning, window).await?;
    }
    Ok(format!(
        "{} by ZoomInfo id, name, website and phone",
        counted(queries, "query", "queries")
    ))
}

async fn keep_window(planning: &Planning, window: Window) -> Result<(), Fault> {
    let run_id = planning.run_id;
    planning
        .engine
        .write(move |write| {
            for company in &window.lines {
                keep(write, run_id, company.line, &company.found)?;
            }
            Ok(())
        })
        .await
}

async fn by_scan(planning: &mut Planning, accounts: &Searched, after: u32) -> Result<String, Fault> {
    let run_id = planning.run_id;
    planning.keys = planning
        .engine
        .read(move |read| index(read, run_id, after))
        .await?;
    let rows = scan(planning, accounts, COMPANIES).await?;
    planning.keys = KeyIndex::default();
    Ok(format!("one Bulk query of {}", accounts.object.counted(rows)))
}

/// The keys of the companies after a number.
pub(super) fn index(read: &Read<'_>, run_id: i64, after: u32) -> Result<KeyIndex, Fault> {
    let mut index = KeyIndex::default();
    let mut after_number = after;
    loop {
        let window = load(read, run_id, after_number)?;
        let Some(last) = window.lines.last() else {
            return Ok(index);
        };
        after_number = last.line;
        for company in &window.lines {
            let keys: Vec<(i64, u32)> = company
                .facts
                .keys()
                .iter()
                .map(|key| (key.hash, company.line))
                .collect();
            index.extend(&keys);
        }
    }
}

/// The companies after a number, with what to look for.
fn load(read: &Read<'_>, run_id: i64, after_number: u32) -> Result<Window, Fault> {
    let mut lines = Vec::new();
    for company in read.companies(run_id, false, false, after_number, WINDOW_LINES)? {
        let Some(document) = read.profile_document(company.profile_id)? else {
            continue;
        };
        let profile = ProfileDocument::read(&document).map_err(|error| unreadable(&error))?;
        lines.push(WindowLine::of_profile(
            company.company_number,
            TargetObject::Account,
            &profile,
        ));
    }
    Ok(Window::of(lines))
}

/// The companies of a run of contacts, which may be accounts.
const COMPANIES: Subjects = Subjects {
    facts: |read, run_id, _object, number| {
        let Some(company) = read.company(run_id, number)? else {
            return Ok(None);
        };
        let document = read.profile_document(company.profile_id)?;
        document
            .map(|document| facts_of_profile(&document, TargetObject::Account))
            .transpose()
    },
    keep: |write, run_id, number, found| keep(write, run_id, number, &[found]),
};

/// Accounts of a company, the best first: by grade, then the last changed.
pub(super) fn best_first(mut accounts: Vec<AccountCandidate>) -> Vec<AccountCandidate> {
    accounts.sort_by(|one, two| {
        one.grade
            .cmp(&two.grade)
            .then(two.modified_at.cmp(&one.modified_at))
    });
    accounts.truncate(MOST_CANDIDATES);
    accounts
}

/// Adds accounts to a company.
fn keep(write: &Write<'_>, run_id: i64, number: u32, found: &[Candidate]) -> Result<(), Fault> {
    if found.is_empty() {
        return Ok(());
    }
    let Some(mut company) = write.company(run_id, number)? else {
        return Ok(());
    };
    for account in found.iter().filter_map(account_of) {
        if company
            .candidates
            .iter()
            .all(|known| known.account_id != account.account_id)
        {
            company.candidates.push(account);
        }
    }
    company.candidates = best_first(company.candidates);
    Ok(write.set_company(run_id, &company)?)
}

pub(super) fn account_of(found: &Candidate) -> Option<AccountCandidate> {
    let text = |name: &str| found.values.get(name).cloned().unwrap_or_default();
    let place: Vec<String> = ["BillingCity", "BillingState", "BillingCountry"]
        .into_iter()
        .map(text)
        .filter(|part| !part.is_empty())
        .collect();
    Some(AccountCandidate {
        account_id: found.salesforce_id.clone()?,
        name: text("Name"),
        website: text("Website"),
        place: place.join(", "),
        phone: text("Phone"),
        owner: text(OWNER_NAME),
        modified_at: text(MODIFIED_AT),
        grade: found.grade,
        criterion: found.reason.clone(),
    })
}
