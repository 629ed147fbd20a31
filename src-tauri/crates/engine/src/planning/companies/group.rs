//! Puts contacts together by company.

use model::matching::{CompanyFacts, Criterion, MatchKey};
use model::{MatchingAccounts, ProfileDocument, ProfileValues};
use store::{CompanyRow, Write};

use crate::fault::Fault;
use crate::planning::lines::unreadable;
use crate::planning::plan::Planning;

/// Contacts of one transaction.
const WINDOW_CONTACTS: u32 = 2_000;
/// What tells companies of a run apart, in this order: ZoomInfo's id; domain and name; the name; the domain of a company
/// without a name.
const TELLING: [Criterion; 4] = [
    Criterion::ZoominfoCompanyId,
    Criterion::DomainAndName,
    Criterion::CompanyName,
    Criterion::Domain,
];

/// The last company that the run has already; 0 when it has none.
pub(super) async fn known(planning: &Planning) -> Result<u32, Fault> {
    let run_id = planning.run_id;
    planning
        .engine
        .read(move |read| Ok(read.count_companies(run_id)?))
        .await
}

/// Puts every contact that may need an account and has no company into one; returns the last company.
pub(super) async fn group(planning: &Planning, known: u32) -> Result<u32, Fault> {
    let run_id = planning.run_id;
    let (mut after_line, mut next_number) = (0, known + 1);
    loop {
        planning.check_cancelled()?;
        let (last, next) = planning
            .engine
            .write(move |write| group_window(write, run_id, after_line, next_number))
            .await?;
        next_number = next;
        match last {
            Some(last) => after_line = last,
            None => break,
        }
    }
    planning
        .engine
        .write(move |write| Ok(write.count_company_contacts(run_id)?))
        .await?;
    Ok(next_number - 1)
}

fn group_window(
    write: &Write<'_>,
    run_id: i64,
    after_line: u32,
    next_number: u32,
) -> Result<(Option<u32>, u32), Fault> {
    let mut next = next_number;
    let mut of_lines = Vec::new();
    let last = write.for_each_contact_without_account(
        run_id,
        after_line,
        WINDOW_CONTACTS,
        |line, profile_id, document| {
            let profile = ProfileDocument::read(document).map_err(|error| unreadable(&error))?;
            if let Some((company_key, account_key)) = keys(&profile) {
                let number = if let Some(number) = write.company_number(run_id, &company_key)? {
                    number
                } else {
                    write.set_company(
                        run_id,
                        &new_company(next, company_key, account_key, profile_id, &profile),
                    )?;
                    next += 1;
                    next - 1
                };
                of_lines.push((line, number));
            }
            Ok::<_, Fault>(())
        },
    )?;
    for (line, number) in of_lines {
        write.set_line_company(run_id, line, number)?;
    }
    Ok((last, next))
}

fn new_company(
    company_number: u32,
    company_key: String,
    account_key: Option<String>,
    profile_id: i64,
    profile: &impl ProfileValues,
) -> CompanyRow {
    let text = |field| profile.value(field).unwrap_or_default().to_owned();
    CompanyRow {
        company_number,
        company_key,
        account_key,
        name: text("company_name"),
        website: text("website"),
        profile_id,
        contacts: 0,
        accounts: MatchingAccounts::None,
        candidates: Vec::new(),
        answer: None,
        is_automatic: false,
        account_line: None,
        account_id: None,
    }
}

/// What tells the company of a contact, and what it shares with companies of other ids that are the same account; `None`
/// for a contact whose company has neither a name nor a website.
fn keys(profile: &impl ProfileValues) -> Option<(String, Option<String>)> {
    if profile.value("company_name").is_none() && profile.value("website").is_none() {
        return None;
    }
    let keys = CompanyFacts::of_profile(profile).keys();
    let text = |key: &MatchKey| format!("{}:{:016x}", key.criterion.code(), key.hash.cast_unsigned());
    let of = |criterion| keys.iter().find(|key| key.criterion == criterion).map(text);
    let company_key = TELLING.into_iter().find_map(of)?;
    Some((company_key, of(Criterion::DomainAndName)))
}

#[cfg(test)]
mod tests {
    use model::{Profile, ProfileKind};

    use super::*;

    fn contact(values: &[(&str, &str)]) -> Profile {
        let mut profile = Profile::new(ProfileKind::Contact);
        for (field, value) in values {
            profile.values.insert((*field).to_owned(), (*value).to_owned());
        }
        profile
    }

    #[test]
    fn an_id_tells_before_a_domain_and_a_name() {
        let named = [
            ("company_name", "Acme, Inc."),
            ("website", "https://www.acme.example/us"),
        ];
        let plain = keys(&contact(&named)).unwrap_or_default();
        let other_spelling = [("company_name", "ACME Inc"), ("website", "acme.example")];
        assert_eq!(Some(plain.clone()), keys(&contact(&other_spelling)));
        let mut with_id = named.to_vec();
        with_id.push(("zoominfo_company_id", "17"));
        let with_id = keys(&contact(&with_id)).unwrap_or_default();
        assert_ne!(with_id.0, plain.0);
        assert_eq!(with_id.1, plain.1, "both become one account");
        assert_eq!(keys(&contact(&[("zoominfo_company_id", "17")])), None);
    }

    #[test]
    fn without_a_domain_the_name_alone_tells() {
        let one = keys(&contact(&[("company_name", "Acme GmbH")])).unwrap_or_default();
        let two = keys(&contact(&[("company_name", "acme")])).unwrap_or_default();
        assert_eq!(one, two);
        assert_eq!(one.1, None);
    }
}
