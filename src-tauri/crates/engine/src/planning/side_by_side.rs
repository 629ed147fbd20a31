//! A profile beside a record: the same things of both, and whether they agree.

use std::collections::BTreeMap;

use model::matching::company_domain;
use model::text::trimmed;
use model::{ProfileValues, TargetObject};

/// One thing that is compared.
struct Compared {
    label: &'static str,
    /// Fields of a profile; the first that is not blank counts.
    profile: &'static [&'static str],
    /// Fields of a record, whichever object it is of; the first that is not blank counts.
    record: &'static [&'static str],
    likeness: Likeness,
}

/// How two values are held against each other.
#[derive(Clone, Copy)]
enum Likeness {
    Text,
    Digits,
    Domain,
}

const fn compared(
    label: &'static str,
    profile: &'static [&'static str],
    record: &'static [&'static str],
    likeness: Likeness,
) -> Compared {
    Compared {
        label,
        profile,
        record,
        likeness,
    }
}

/// Name of the field with ZoomInfo's id in the lists below; which one it is only the org knows.
const ZOOMINFO_ID: &str = "ZoomInfo id";

const PERSON: &[Compared] = &[
    compared("First name", &["first_name"], &["FirstName"], Likeness::Text),
    compared("Last name", &["last_name"], &["LastName"], Likeness::Text),
    compared("Email", &["email"], &["Email"], Likeness::Text),
    compared("Title", &["job_title"], &["Title"], Likeness::Text),
    compared(
        "Company",
        &["company_name"],
        &["Company", "Account.Name"],
        Likeness::Text,
    ),
    compared(
        "Website",
        &["website"],
        &["Website", "Account.Website"],
        Likeness::Domain,
    ),
    compared("Phone", &["direct_phone"], &["Phone"], Likeness::Digits),
    compared("Mobile", &["mobile_phone"], &["MobilePhone"], Likeness::Digits),
    compared("City", &["person_city"], &["City", "MailingCity"], Likeness::Text),
    compared(
        ZOOMINFO_ID,
        &["zoominfo_contact_id"],
        &[ZOOMINFO_ID],
        Likeness::Text,
    ),
];

const COMPANY: &[Compared] = &[
    compared("Name", &["company_name"], &["Name"], Likeness::Text),
    compared("Website", &["website"], &["Website"], Likeness::Domain),
    compared("Phone", &["company_hq_phone"], &["Phone"], Likeness::Digits),
    compared("City", &["company_city"], &["BillingCity"], Likeness::Text),
    compared("State", &["company_state"], &["BillingState"], Likeness::Text),
    compared(
        "Postal code",
        &["company_zip"],
        &["BillingPostalCode"],
        Likeness::Text,
    ),
    compared(
        "Country",
        &["company_country"],
        &["BillingCountry"],
        Likeness::Text,
    ),
    compared(
        ZOOMINFO_ID,
        &["zoominfo_company_id"],
        &[ZOOMINFO_ID],
        Likeness::Text,
    ),
];

/// Fields of people's records that are shown and not compared by the criteria.
pub(super) const SHOWN_FIELDS: &[&str] = &["Title", "City", "MailingCity"];

/// One row of the comparison.
pub(super) struct Row {
    pub label: &'static str,
    /// The profile's value; empty when blank.
    pub profile: String,
    /// Of each candidate the value, and whether it says the same.
    pub candidates: Vec<(Option<String>, bool)>,
}

/// A candidate's texts and the name of its field with ZoomInfo's id.
pub(super) struct Side<'a> {
    pub values: &'a BTreeMap<String, String>,
    pub zoominfo_id_field: Option<&'a str>,
}

/// What a profile and candidates say, row by row; rows that are blank on all sides are left out.
pub(super) fn rows(object: TargetObject, profile: &impl ProfileValues, sides: &[Side<'_>]) -> Vec<Row> {
    let list = match object {
        TargetObject::Account => COMPANY,
        TargetObject::Contact | TargetObject::Lead => PERSON,
    };
    list.iter()
        .map(|compared| {
            let own = compared
                .profile
                .iter()
                .find_map(|field| profile.value(field))
                .unwrap_or_default();
            Row {
                label: compared.label,
                profile: own.to_owned(),
                candidates: sides
                    .iter()
                    .map(|side| {
                        let theirs = value(side, compared.record);
                        let agrees = theirs.is_some_and(|theirs| agree(own, theirs, compared.likeness));
                        (theirs.map(str::to_owned), agrees)
                    })
                    .collect(),
            }
        })
        .filter(|row| !row.profile.is_empty() || row.candidates.iter().any(|(value, _)| value.is_some()))
        .collect()
}

fn value<'a>(side: &Side<'a>, fields: &[&str]) -> Option<&'a str> {
    fields
        .iter()
        .filter_map(|field| {
            if *field == ZOOMINFO_ID {
                side.zoominfo_id_field
            } else {
                Some(*field)
            }
        })
        .find_map(|field| side.values.get(field))
        .map(String::as_str)
}

fn agree(own: &str, theirs: &str, likeness: Likeness) -> bool {
    let folded = |text: &str| trimmed(text).to_lowercase();
    let digits = |text: &str| -> String {
        let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        digits.iter().rev().take(10).collect()
    };
    match likeness {
        Likeness::Text => !own.is_empty() && folded(own) == folded(theirs),
        Likeness::Digits => digits(own).len() >= 7 && digits(own) == digits(theirs),
        Likeness::Domain => company_domain(own).is_some_and(|own| company_domain(theirs) == Some(own)),
    }
}

#[cfg(test)]
mod tests {
    use model::{Profile, ProfileKind};

    use super::*;

    #[test]
    fn what_says_the_same_agrees_however_it_is_written() {
        let mut profile = Profile::new(ProfileKind::Contact);
        for (field, value) in [
            ("last_name", "Marsh"),
            ("direct_phone", "(555) 010-0001"),
            ("website", "www.works-quay.com"),
            ("zoominfo_contact_id", "17"),
        ] {
            profile.values.insert(field.to_owned(), value.to_owned());
        }
        let values = [
            ("LastName", "MARSH "),
            ("Phone", "+1 555-010-0001"),
            ("Account.Website", "https://works-quay.com/about"),
            ("Zi__c", "18"),
            ("Title", "Director"),
        ];
        let values = values
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let side = Side {
            values: &values,
            zoominfo_id_field: Some("Zi__c"),
        };
        let rows = rows(TargetObject::Contact, &profile, &[side]);
        let told: Vec<_> = rows.iter().map(|row| (row.label, row.candidates[0].1)).collect();
        assert_eq!(
            told,
            [
                ("Last name", true),
                ("Title", false),
                ("Website", true),
                ("Phone", true),
                ("ZoomInfo id", false)
            ]
        );
    }
}
