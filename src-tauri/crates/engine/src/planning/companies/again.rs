//! Looks at the accounts of a kept plan's companies again: those that were changed, merged, deleted or added since.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use model::{CompanyAnswer, MatchingAccounts, ProfileDocument, TargetObject};
use salesforce::{QueryPage, Record};
use store::{AccountCandidate, CompanyRow, Read, RunRow};

use super::account::Accounts;
use super::answer::{automatic, matching, settle};
use super::search::{account_of, best_first, index};
use super::{concerns, same_account};
use crate::Engine;
use crate::fault::Fault;
use crate::planning::basis::Basis;
use crate::planning::duplicates::{
    Facts, FoundRecord, KeyIndex, Searched, Window, WindowLine, ask, candidate, read_records, searched,
    sharing_lines,
};
use crate::planning::lines::unreadable;
use crate::planning::plan::Planning;

/// Companies that are in memory at once.
const WINDOW_COMPANIES: u32 = 500;

/// The accounts that the contacts of a plan may get, and what is read of them.
pub(in crate::planning) struct KnownAccounts {
    pub searched: Searched,
    accounts: Accounts,
}

/// What the org did to accounts since the plan.
pub(in crate::planning) struct AccountChanges<'a> {
    /// `SystemModstamp >= …`
    pub condition: &'a str,
    /// Whether any was changed or added.
    pub any_changed: bool,
    /// The first page of those that were deleted.
    pub deleted: QueryPage,
}

/// Companies to look at again, with the accounts that they may be now.
#[derive(Default)]
struct Affected(BTreeMap<u32, BTreeSet<String>>);

impl KnownAccounts {
    /// Of a run whose contacts get accounts; `None` of any other.
    pub async fn of_run(
        engine: &Engine,
        client: &salesforce::Client,
        run: &RunRow,
        basis: &Basis,
    ) -> Result<Option<Self>, Fault> {
        if !concerns(run.object, basis) {
            return Ok(None);
        }
        let of_run = run.clone();
        let accounts = engine
            .read(move |read| {
                if read.count_companies(of_run.run_id)? == 0 {
                    return Ok(None);
                }
                Accounts::stored(read, &of_run).map(Some)
            })
            .await?;
        let Some(accounts) = accounts else { return Ok(None) };
        let searched = searched(engine, client, &accounts.basis).await?;
        let searched = searched
            .into_iter()
            .next()
            .filter(|searched| searched.has("Name"));
        Ok(searched.map(|searched| Self { searched, accounts }))
    }
}

/// Looks for the companies again that changed and deleted accounts concern. An answer stays while its account does and nothing
/// else came to choose from. Returns how many companies came out otherwise than before.
pub(in crate::planning) async fn look_again(
    planning: &mut Planning,
    known: &KnownAccounts,
    changes: AccountChanges<'_>,
) -> Result<u64, Fault> {
    let affected = affected(planning, known, changes).await?;
    let affected: Vec<(u32, BTreeSet<String>)> = affected.0.into_iter().collect();
    let mut replanned = Vec::new();
    for some in affected.chunks(usize::try_from(WINDOW_COMPANIES).unwrap_or(usize::MAX)) {
        planning.check_cancelled()?;
        replanned.extend(look_at(planning, known, some).await?);
    }
    let companies = replanned.len() as u64;
    if companies > 0 {
        same_account::look_in(planning, replanned).await?;
    }
    Ok(companies)
}

async fn affected(
    planning: &mut Planning,
    known: &KnownAccounts,
    changes: AccountChanges<'_>,
) -> Result<Affected, Fault> {
    let mut affected = Affected::default();
    let mut next = Some(changes.deleted);
    while let Some(page) = next {
        affected.add_known(planning, ids(&page.records)).await?;
        next = match page.next_records_url {
            Some(address) => Some(planning.client.query_more(&address).await?),
            None => None,
        };
    }
    if !changes.any_changed {
        return Ok(affected);
    }
    let run_id = planning.run_id;
    let mut keys: KeyIndex = planning.engine.read(move |read| index(read, run_id, 0)).await?;
    keys.sort();
    let searched = &known.searched;
    let query = format!(
        "SELECT {} FROM {} WHERE {}",
        searched.selected(),
        searched.object.api_name(),
        changes.condition
    );
    let mut pages = planning.client.pages(query);
    while let Some(page) = pages.next().await? {
        planning.check_cancelled()?;
        for record in &page.records {
            let Some(found) = FoundRecord::of_answer(searched.object, record) else {
                continue;
            };
            let facts = Facts::of_record(found.object, &found.values, searched.zoominfo_id_field());
            for company in sharing_lines(&keys, &facts) {
                affected.add(company, &found.salesforce_id);
            }
        }
        affected.add_known(planning, ids(&page.records)).await?;
    }
    Ok(affected)
}

impl Affected {
    fn add(&mut self, company: u32, account_id: &str) {
        self.0.entry(company).or_default().insert(account_id.to_owned());
    }

    /// Adds the companies that have one of these accounts already.
    async fn add_known(&mut self, planning: &Planning, ids: HashSet<String>) -> Result<(), Fault> {
        if ids.is_empty() {
            return Ok(());
        }
        let run_id = planning.run_id;
        let companies = planning
            .engine
            .read(move |read| companies_with(read, run_id, &ids))
            .await?;
        for (company, account_id) in companies {
            self.add(company, &account_id);
        }
        Ok(())
    }
}

fn companies_with(
    read: &Read<'_>,
    run_id: i64,
    account_ids: &HashSet<String>,
) -> Result<Vec<(u32, String)>, Fault> {
    let (mut found, mut after_number) = (Vec::new(), 0);
    loop {
        let companies = read.companies_with_accounts(run_id, after_number, WINDOW_COMPANIES)?;
        let Some(last) = companies.last() else {
            return Ok(found);
        };
        after_number = last.company_number;
        for company in &companies {
            let own = company.candidates.iter().map(|account| &account.account_id);
            let hits = own.filter(|id| account_ids.contains(*id));
            found.extend(hits.map(|id| (company.company_number, id.clone())));
        }
    }
}

fn ids(records: &[Record]) -> HashSet<String> {
    records
        .iter()
        .filter_map(|record| record.get("Id")?.as_str())
        .map(ToOwned::to_owned)
        .collect()
}

/// A company before it is looked for again.
struct Company {
    row: CompanyRow,
    /// What tells it; `None` when its profile is gone.
    line: Option<WindowLine>,
}

/// Looks at some companies again; returns those that came out otherwise.
async fn look_at(
    planning: &Planning,
    known: &KnownAccounts,
    affected: &[(u32, BTreeSet<String>)],
) -> Result<Vec<u32>, Fault> {
    let run_id = planning.run_id;
    let numbers: Vec<u32> = affected.iter().map(|(number, _)| *number).collect();
    let companies = planning
        .engine
        .read(move |read| load(read, run_id, &numbers))
        .await?;
    let hits: BTreeMap<u32, &BTreeSet<String>> =
        affected.iter().map(|(number, ids)| (*number, ids)).collect();
    let mut wanted: BTreeSet<String> = hits.values().flat_map(|ids| ids.iter().cloned()).collect();
    for company in &companies {
        wanted.extend(
            company
                .row
                .candidates
                .iter()
                .map(|account| account.account_id.clone()),
        );
    }
    let wanted: Vec<String> = wanted.into_iter().collect();
    let records: BTreeMap<String, FoundRecord> = read_records(&planning.client, &known.searched, &wanted)
        .await?
        .into_iter()
        .map(|record| (record.salesforce_id.clone(), record))
        .collect();
    let mut found = Vec::new();
    for company in companies {
        let Some(line) = company.line else { continue };
        let hits = hits.get(&company.row.company_number).copied();
        let candidates = now(planning, known, &company.row, line, hits, &records).await?;
        found.push((company.row, candidates));
    }
    let (settings, accounts) = (planning.options.association, known.accounts.clone());
    planning
        .engine
        .write(move |write| {
            let mut changed = Vec::new();
            for (before, candidates) in found {
                let mut company = before.clone();
                company.accounts = matching(&candidates);
                company.candidates = candidates;
                if before.is_automatic || !still_fits(&before, &company) {
                    company.answer = automatic(settings, &company);
                    company.is_automatic = company.answer.is_some();
                }
                if differs(&before, &company) {
                    changed.push(company.company_number);
                }
                if before != company {
                    settle(write, company, &accounts)?;
                }
            }
            Ok(changed)
        })
        .await
}

fn load(read: &Read<'_>, run_id: i64, numbers: &[u32]) -> Result<Vec<Company>, Fault> {
    let mut companies = Vec::new();
    for number in numbers {
        let Some(row) = read.company(run_id, *number)? else {
            continue;
        };
        let line = match read.profile_document(row.profile_id)? {
            None => None,
            Some(document) => {
                let profile = ProfileDocument::read(&document).map_err(|error| unreadable(&error))?;
                Some(WindowLine::of_profile(*number, TargetObject::Account, &profile))
            }
        };
        companies.push(Company { row, line });
    }
    Ok(companies)
}

/// The accounts that a company may be as the org is now, the best first.
async fn now(
    planning: &Planning,
    known: &KnownAccounts,
    company: &CompanyRow,
    line: WindowLine,
    hits: Option<&BTreeSet<String>>,
    records: &BTreeMap<String, FoundRecord>,
) -> Result<Vec<AccountCandidate>, Fault> {
    let chosen = match &company.answer {
        Some(CompanyAnswer::Associate { account_id, .. }) => Some(account_id),
        _ => None,
    };
    let own = company.candidates.iter().map(|account| &account.account_id);
    let ids: BTreeSet<&String> = own.chain(hits.into_iter().flatten()).collect();
    let mut accounts = Vec::new();
    for id in ids {
        let Some(record) = records.get(id) else { continue };
        let theirs = Facts::of_record(record.object, &record.values, known.searched.zoominfo_id_field());
        match candidate(&line.facts, &theirs, record) {
            Some(found) => accounts.extend(account_of(&found)),
            // Somebody chose it, and it is there still, whatever it is called by now.
            None if Some(id) == chosen && !company.is_automatic => {
                let before = company
                    .candidates
                    .iter()
                    .find(|account| account.account_id == *id);
                accounts.extend(before.cloned());
            }
            None => {}
        }
    }
    if accounts.is_empty() && !company.candidates.is_empty() {
        let mut window = Window::of(vec![line]);
        ask(planning, &known.searched, &mut window).await?;
        let found = window.lines.iter().flat_map(|line| &line.found);
        accounts.extend(found.filter_map(account_of));
    }
    Ok(best_first(accounts))
}

/// Whether what somebody answered still answers the question.
fn still_fits(before: &CompanyRow, now: &CompanyRow) -> bool {
    let has = |company: &CompanyRow, id: &str| company.candidates.iter().any(|one| one.account_id == id);
    match &before.answer {
        None => false,
        Some(CompanyAnswer::Associate { account_id, .. }) => has(now, account_id),
        // Somebody saw what was there and wanted a new one; what came since was not seen.
        Some(CompanyAnswer::Create) => {
            now.accounts == MatchingAccounts::None
                || now
                    .candidates
                    .iter()
                    .all(|account| has(before, &account.account_id))
        }
        Some(CompanyAnswer::WithoutAccount | CompanyAnswer::Skip) => true,
    }
}

fn differs(before: &CompanyRow, now: &CompanyRow) -> bool {
    let ids = |company: &CompanyRow| -> BTreeSet<String> {
        company
            .candidates
            .iter()
            .map(|account| account.account_id.clone())
            .collect()
    };
    before.answer != now.answer
        || before.is_automatic != now.is_automatic
        || before.accounts != now.accounts
        || ids(before) != ids(now)
}
