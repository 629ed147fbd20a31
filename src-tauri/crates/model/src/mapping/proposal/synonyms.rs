//! What ZoomInfo's fields are called elsewhere: in Salesforce's standard objects and in orgs' own fields.

use crate::TargetObject;

/// Names by field id, for every object.
const ANYWHERE: &[(&str, &[&str])] = &[
    ("job_title", &["title", "position", "role"]),
    ("management_level", &["seniority", "seniority level", "job level"]),
    ("job_function", &["function"]),
    (
        "direct_phone",
        &["direct dial", "direct line", "direct number", "work direct phone"],
    ),
    ("mobile_phone", &["mobile", "cell", "cell phone", "mobile number"]),
    ("email", &["email", "e mail", "work email", "business email"]),
    (
        "supplemental_email",
        &[
            "secondary email",
            "alternate email",
            "other email",
            "personal email",
        ],
    ),
    (
        "contact_linkedin_url",
        &[
            "linkedin",
            "linkedin url",
            "linkedin profile",
            "linkedin profile url",
        ],
    ),
    (
        "company_linkedin_url",
        &[
            "company linkedin",
            "company linkedin url",
            "linkedin company page",
        ],
    ),
    ("company_name", &["company", "employer"]),
    (
        "company_hq_phone",
        &[
            "hq phone",
            "company phone",
            "main phone",
            "switchboard",
            "headquarters phone",
        ],
    ),
    ("company_fax", &["fax number", "company fax"]),
    (
        "website",
        &["web site", "url", "company website", "domain", "web address"],
    ),
    (
        "employees",
        &[
            "number of employees",
            "employee count",
            "headcount",
            "company size",
            "no of employees",
        ],
    ),
    (
        "revenue_thousands",
        &["annual revenue", "revenue", "company revenue", "annual sales"],
    ),
    ("primary_industry", &["industry", "main industry"]),
    ("primary_sub_industry", &["sub industry", "subindustry"]),
    (
        "sic_code_1",
        &["sic", "sic code", "primary sic", "primary sic code"],
    ),
    (
        "naics_code_1",
        &["naics", "naics code", "primary naics", "primary naics code"],
    ),
    ("founded_year", &["year started", "year founded", "founded"]),
    ("ticker", &["ticker symbol", "stock symbol", "stock ticker"]),
    ("ownership_type", &["ownership", "company type"]),
    ("company_description", &["description", "about"]),
    ("number_of_locations", &["locations", "location count"]),
    ("total_funding_thousands", &["total funding", "funding raised"]),
    (
        "recent_funding_thousands",
        &["recent funding", "last funding amount"],
    ),
    ("recent_funding_date", &["last funding date"]),
    (
        "recent_funding_round",
        &["funding round", "last funding round", "funding stage"],
    ),
    (
        "zoominfo_contact_id",
        &["zoominfo person id", "zi contact id", "zoominfo id"],
    ),
    ("zoominfo_company_id", &["zoominfo account id", "zi company id"]),
    ("ultimate_parent_name", &["ultimate parent", "global parent"]),
    (
        "immediate_parent_name",
        &["parent company", "parent company name"],
    ),
    (
        "company_street",
        &["company street", "hq street", "street address"],
    ),
    ("company_city", &["hq city"]),
    ("company_state", &["hq state"]),
    (
        "company_zip",
        &["company postal code", "hq postal code", "hq zip"],
    ),
    ("company_country", &["hq country"]),
];

/// Names that mean a company's field where the record is a company.
const OF_ACCOUNTS: &[(&str, &[&str])] = &[
    ("company_name", &["name", "account name"]),
    ("company_hq_phone", &["phone", "account phone", "business phone"]),
    (
        "company_linkedin_url",
        &["linkedin", "linkedin url", "linkedin profile"],
    ),
    ("zoominfo_company_id", &["zoominfo id"]),
    ("company_street", &["billing street"]),
    ("company_city", &["billing city"]),
    ("company_state", &["billing state", "billing state province"]),
    ("company_zip", &["billing postal code", "billing zip postal code"]),
    ("company_country", &["billing country"]),
];

/// Names on the record of a person who is known already.
const OF_CONTACTS: &[(&str, &[&str])] = &[
    ("direct_phone", &["phone", "business phone", "work phone"]),
    ("person_street", &["mailing street"]),
    ("person_city", &["mailing city"]),
    ("person_state", &["mailing state", "mailing state province"]),
    ("person_zip", &["mailing postal code", "mailing zip postal code"]),
    ("person_country", &["mailing country"]),
];

/// Names on the record of a person who is not known yet; its address is the company's.
const OF_LEADS: &[(&str, &[&str])] = &[
    ("direct_phone", &["phone", "business phone", "work phone"]),
    ("company_street", &["street"]),
    ("company_city", &["city"]),
    ("company_state", &["state", "state province"]),
    (
        "company_zip",
        &["postal code", "zip postal code", "zip code", "zip"],
    ),
    ("company_country", &["country"]),
];

/// What else a field is called on records of an object.
pub(super) fn of(field: &str, object: TargetObject) -> impl Iterator<Item = &'static str> {
    let special = match object {
        TargetObject::Account => OF_ACCOUNTS,
        TargetObject::Contact => OF_CONTACTS,
        TargetObject::Lead => OF_LEADS,
    };
    let names = move |table: &'static [(&'static str, &'static [&'static str])]| {
        let own = table.iter().filter(move |(id, _)| *id == field);
        own.flat_map(|(_, names)| names.iter().copied())
            .collect::<Vec<_>>()
    };
    names(ANYWHERE).into_iter().chain(names(special))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zoominfo_field;

    #[test]
    fn synonyms_are_of_fields_that_exist() {
        for (id, names) in [ANYWHERE, OF_ACCOUNTS, OF_CONTACTS, OF_LEADS].concat() {
            assert!(zoominfo_field::find(id).is_some(), "{id}");
            assert!(!names.is_empty());
        }
    }
}
