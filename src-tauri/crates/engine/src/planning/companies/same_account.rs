//! A second look for contacts: by first and last name within the accounts that their companies were found to be.
//!
//! A contact of an account with the company's own name or domain was found before, by name and company. So it takes a look
//! only where an account is the company under another name, e.g. by ZoomInfo's id or by its phone number.

use std::collections::BTreeSet;

use model::matching::{Criterion, PersonFacts, SearchField, search_terms};
use model::{
    CheckPlace, DuplicateCheck, DuplicateChecking, Grade, ProfileDocument, ProfileValues, TargetObject,
};
use store::{CompanyRow, Read};

use super::{ACCOUNT_FIELD, mapped_account};
use crate::fault::Fault;
use crate::planning::duplicates::{
    Facts, KeyIndex, Searched, Subjects, Way, Window, WindowLine, ask, calls_since, cheaper, counted, keep,
    scan,
};
use crate::planning::lines::unreadable;
use crate::planning::plan::Planning;
use crate::planning::updates::{By, Deciding};

/// Companies that are in memory at once.
const WINDOW_COMPANIES: u32 = 500;
/// Contacts that are looked for together.
const WINDOW_CONTACTS: usize = 500;

/// Which accounts contacts are looked for in, in words.
const IN_COMPANIES: &str = "in the accounts of their companies";

/// The hash of a key, and the line that has it.
type LineKey = (i64, u32);

/// Looks for contacts of companies after a number, and decides those anew that were found.
pub(super) async fn look(planning: &mut Planning, after: u32) -> Result<(), Fault> {
    let run_id = planning.run_id;
    look_for(planning, IN_COMPANIES, move |read| {
        let (mut lines, mut after_number) = (BTreeSet::new(), after);
        loop {
            let companies = read.companies_with_accounts(run_id, after_number, WINDOW_COMPANIES)?;
            let Some(last) = companies.last() else {
                return Ok(lines);
            };
            after_number = last.company_number;
            for company in &companies {
                lines.extend(looked_for(read, run_id, company)?);
            }
        }
    })
    .await
}

/// The same for contacts of these companies.
pub(super) async fn look_in(planning: &mut Planning, companies: Vec<u32>) -> Result<(), Fault> {
    let run_id = planning.run_id;
    look_for(planning, IN_COMPANIES, move |read| {
        let mut lines = BTreeSet::new();
        for number in companies {
            if let Some(company) = read.company(run_id, number)? {
                lines.extend(looked_for(read, run_id, &company)?);
            }
        }
        Ok(lines)
    })
    .await
}

/// Looks for some lines by name within accounts, which are told in words, and decides those anew that were found.
pub(super) async fn look_for(
    planning: &mut Planning,
    within: &str,
    lines: impl FnOnce(&Read<'_>) -> Result<BTreeSet<u32>, Fault> + Send + 'static,
) -> Result<(), Fault> {
    let contacts = planning
        .searched
        .iter()
        .find(|searched| searched.object == TargetObject::Contact && searched.has(ACCOUNT_FIELD))
        .cloned();
    let Some(contacts) = contacts else { return Ok(()) };
    if planning.options.duplicates.checking != DuplicateChecking::Standard {
        return Ok(());
    }
    let lines = planning.engine.read(lines).await?;
    if lines.is_empty() {
        return Ok(());
    }
    let before = planning.client.calls();
    let lines: Vec<u32> = lines.into_iter().collect();
    let subjects = counted(lines.len() as u64, "contact", "contacts");
    let first = window(planning, &lines).await?;
    let searched = std::slice::from_ref(&contacts);
    let chosen = cheaper(planning, searched, lines.len() as u64, &subjects, &first).await?;
    let method = match chosen.way {
        Way::Queries => by_queries(planning, &contacts, &lines).await?,
        Way::Scan => by_scan(planning, &contacts, &lines).await?,
    };
    let hit_records = decide(planning, lines).await?;
    planning.findings.checks.push(DuplicateCheck {
        place: CheckPlace::Org,
        method: format!("{subjects} {within}: {method}"),
        why: chosen.why,
        api_calls: calls_since(planning, before),
        hit_records,
    });
    Ok(())
}

/// Contacts of a company that are created as things stand and may be in an account that is the company under another name.
fn looked_for(read: &Read<'_>, run_id: i64, company: &CompanyRow) -> Result<Vec<u32>, Fault> {
    let mut lines = Vec::new();
    read.for_each_new_contact(run_id, company.company_number, |line, document| {
        let profile = ProfileDocument::read(document).map_err(|error| unreadable(&error))?;
        if !accounts_under_another_name(company, &profile).is_empty() {
            lines.push(line);
        }
        Ok::<_, Fault>(())
    })?;
    Ok(lines)
}

/// Keys of contacts within the accounts that are their companies under another name, of some companies after a number; with the
/// last of these companies.
pub(in crate::planning) fn keys_within_accounts(
    read: &Read<'_>,
    run_id: i64,
    after_number: u32,
) -> Result<(Vec<LineKey>, Option<u32>), Fault> {
    let companies = read.companies_with_accounts(run_id, after_number, WINDOW_COMPANIES)?;
    let mut keys = Vec::new();
    for company in &companies {
        read.for_each_planned_contact(run_id, company.company_number, |line, document| {
            let profile = ProfileDocument::read(document).map_err(|error| unreadable(&error))?;
            let within = person_within(company, &profile).keys().into_iter();
            keys.extend(
                within
                    .filter(|key| key.criterion == Criterion::NameInAccount)
                    .map(|key| (key.hash, line)),
            );
            Ok::<_, Fault>(())
        })?;
    }
    Ok((keys, companies.last().map(|company| company.company_number)))
}

/// What tells a profile that becomes a record of this object: a contact within the accounts of its company, too.
pub(in crate::planning) fn facts_in_company(
    object: TargetObject,
    company: Option<&CompanyRow>,
    profile: &impl ProfileValues,
) -> Facts {
    match company {
        Some(company) if object == TargetObject::Contact => Facts::Person(person_within(company, profile)),
        _ => Facts::of_profile(object, profile),
    }
}

fn person_within(company: &CompanyRow, profile: &impl ProfileValues) -> PersonFacts {
    let facts = PersonFacts::of_profile(profile);
    accounts_under_another_name(company, profile)
        .iter()
        .fold(facts, |facts, account| facts.in_account(account))
}

fn accounts_under_another_name(company: &CompanyRow, profile: &impl ProfileValues) -> Vec<String> {
    let facts = PersonFacts::of_profile(profile);
    company
        .candidates
        .iter()
        .filter(|account| account.grade != Grade::Possible)
        .filter(|account| !facts.is_plainly_of(&account.name, &account.website))
        .map(|account| account.account_id.clone())
        .collect()
}

/// What tells a contact within the accounts of its company.
fn facts_of_line(
    read: &Read<'_>,
    run_id: i64,
    _object: TargetObject,
    line: u32,
) -> Result<Option<Facts>, Fault> {
    Ok(window_line(read, run_id, line)?.map(|line| line.facts))
}

fn window_line(read: &Read<'_>, run_id: i64, line: u32) -> Result<Option<WindowLine>, Fault> {
    let (Some(row), Some(document)) = (read.line(run_id, line)?, read.line_profile(run_id, line)?) else {
        return Ok(None);
    };
    let company = match row.company_number {
        Some(number) => read.company(run_id, number)?,
        None => None,
    };
    let profile = ProfileDocument::read(&document).map_err(|error| unreadable(&error))?;
    let person = match (company, mapped_account::account_of_line(&row)) {
        (Some(company), _) => person_within(&company, &profile),
        (None, Some(account_id)) => PersonFacts::of_profile(&profile).in_account(account_id),
        (None, None) => return Ok(None),
    };
    let mut terms = search_terms(TargetObject::Contact, &profile);
    terms.retain(|term| term.field == SearchField::Name);
    Ok(Some(WindowLine {
        line,
        facts: Facts::Person(person),
        terms,
        found: Vec::new(),
    }))
}

/// The first of these lines that are looked for together.
async fn window(planning: &Planning, lines: &[u32]) -> Result<Window, Fault> {
    let run_id = planning.run_id;
    let lines: Vec<u32> = lines.iter().take(WINDOW_CONTACTS).copied().collect();
    planning
        .engine
        .read(move |read| {
            let lines = lines
                .into_iter()
                .filter_map(|line| window_line(read, run_id, line).transpose());
            Ok(Window::of(lines.collect::<Result<_, _>>()?))
        })
        .await
}

async fn by_queries(planning: &Planning, contacts: &Searched, lines: &[u32]) -> Result<String, Fault> {
    let mut queries = 0;
    for some in lines.chunks(WINDOW_CONTACTS) {
        let mut window = window(planning, some).await?;
        queries += ask(planning, contacts, &mut window).await?;
        keep(planning, window).await?;
    }
    Ok(format!("{} by name", counted(queries, "query", "queries")))
}

async fn by_scan(planning: &mut Planning, contacts: &Searched, lines: &[u32]) -> Result<String, Fault> {
    let mut index = KeyIndex::default();
    for some in lines.chunks(WINDOW_CONTACTS) {
        for line in window(planning, some).await?.lines {
            let keys: Vec<(i64, u32)> = line
                .facts
                .keys()
                .iter()
                .map(|key| (key.hash, line.line))
                .collect();
            index.extend(&keys);
        }
    }
    planning.keys = index;
    let subjects = Subjects {
        facts: facts_of_line,
        keep: |write, run_id, line, found| Ok(write.add_candidate(run_id, line, &found)?),
    };
    let rows = scan(planning, contacts, subjects).await?;
    planning.keys = KeyIndex::default();
    Ok(format!("one Bulk query of {}", contacts.object.counted(rows)))
}

/// Decides the lines anew that have candidates by now; returns how many.
async fn decide(planning: &Planning, lines: Vec<u32>) -> Result<u32, Fault> {
    let deciding = Deciding::of(planning);
    planning
        .engine
        .write(move |write| {
            let lines: BTreeSet<u32> = lines.into_iter().collect();
            let after = lines.first().map_or(0, |first| first.saturating_sub(1));
            let found = write.lines_with_candidates(deciding.run_id, after, u32::MAX)?;
            let mut decided = 0;
            for line in found.into_iter().filter(|line| lines.contains(line)) {
                deciding.decide(write, line, By::Settings)?;
                decided += 1;
            }
            Ok(decided)
        })
        .await
}
