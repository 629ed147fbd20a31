//! Duplicates: what matches, by which criterion, and what never does.

use std::collections::BTreeMap;

use model::matching::{
    CompanyFacts, Criterion, Doubt, Grade, Match, MatchKey, PersonFacts, SearchField, SearchOperator,
    compare_accounts, compare_contacts, compare_leads, is_shared_domain, search_terms,
};
use model::{Profile, ProfileKind, TargetObject};
use proptest::prelude::*;
use proptest::sample::select;

type Texts = BTreeMap<String, String>;

fn texts(pairs: &[(&str, &str)]) -> Texts {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn profile(kind: ProfileKind, pairs: &[(&str, &str)]) -> Profile {
    let mut profile = Profile::new(kind);
    profile.values = texts(pairs);
    profile
}

fn account(pairs: &[(&str, &str)]) -> CompanyFacts {
    CompanyFacts::of_account(&texts(pairs), Some("Zoom__c"))
}

fn contact(pairs: &[(&str, &str)]) -> PersonFacts {
    PersonFacts::of_contact(&texts(pairs), Some("Zoom__c"))
}

fn lead(pairs: &[(&str, &str)]) -> PersonFacts {
    PersonFacts::of_lead(&texts(pairs), Some("Zoom__c"))
}

#[expect(clippy::unnecessary_wraps, reason = "what a comparison gives, or None")]
fn hit(criterion: Criterion, grade: Grade, doubt: Option<Doubt>) -> Option<Match> {
    Some(Match {
        criterion,
        grade,
        doubt,
    })
}

#[test]
fn a_company_is_recognised_by_the_first_criterion_that_hits() {
    let company = profile(
        ProfileKind::Company,
        &[
            ("zoominfo_company_id", "17"),
            ("company_name", "The Tarn Company, Inc."),
            ("website", "https://www.tarn.co.uk/about"),
            ("company_zip", "94107-1234"),
            ("company_city", "San Francisco"),
            ("company_state", "California"),
            ("company_hq_phone", "+1 219-606-2399"),
        ],
    );
    let company = CompanyFacts::of_profile(&company);
    let cases = [
        (
            [("Zoom__c", "17.0"), ("Name", "Other"), ("Website", "other.com")].as_slice(),
            hit(Criterion::ZoominfoCompanyId, Grade::Exact, None),
        ),
        (
            &[("Name", "TARN CO"), ("Website", "shop.tarn.co.uk")],
            hit(Criterion::DomainAndName, Grade::Exact, None),
        ),
        (
            &[("Zoom__c", "18"), ("Name", "Tarn"), ("Website", "tarn.co.uk")],
            hit(
                Criterion::DomainAndName,
                Grade::Likely,
                Some(Doubt::OtherZoominfoId),
            ),
        ),
        (
            &[("Name", "Tarn Logistics"), ("Website", "tarn.co.uk")],
            hit(Criterion::Domain, Grade::Likely, None),
        ),
        (
            &[
                ("Name", "Tarn"),
                ("BillingCity", "san francisco"),
                ("Phone", "(219) 606-2399 ext 4"),
            ],
            hit(Criterion::NamePlaceAndPhone, Grade::Exact, None),
        ),
        (
            &[("Name", "Tarn"), ("BillingPostalCode", "94107")],
            hit(Criterion::NameAndPlace, Grade::Likely, None),
        ),
        (
            &[
                ("Name", "Tarn"),
                ("BillingPostalCode", "94107"),
                ("Website", "tarn.de"),
            ],
            hit(Criterion::NameAndPlace, Grade::Possible, Some(Doubt::OtherDomain)),
        ),
        (
            &[("Name", "Tarn Logistics"), ("Phone", "219.606.2399")],
            hit(Criterion::CompanyNameAndPhone, Grade::Likely, None),
        ),
        (
            &[("Name", "Tarn"), ("BillingCity", "Boston")],
            hit(Criterion::CompanyName, Grade::Possible, None),
        ),
        (
            &[
                ("Name", "Tarn"),
                ("BillingCity", "San Francisco"),
                ("BillingState", "Texas"),
            ],
            hit(Criterion::CompanyName, Grade::Possible, None),
        ),
        (&[("Name", "Tarn"), ("Website", "tarn.de")], None),
        (&[("Name", "Fell"), ("Phone", "219.606.2399")], None),
        (&[], None),
    ];
    for (fields, expected) in cases {
        assert_eq!(
            compare_accounts(&company, &account(fields)),
            expected,
            "{fields:?}"
        );
    }
}

#[test]
fn a_person_is_recognised_by_the_first_criterion_that_hits() {
    let person = profile(
        ProfileKind::Contact,
        &[
            ("zoominfo_contact_id", "-4"),
            ("first_name", "Robert"),
            ("last_name", "Müller"),
            ("email", "Robert.Mueller@Tarn.com"),
            ("supplemental_email", "bob@gmail.com"),
            ("direct_phone", "(219) 606-2399"),
            ("mobile_phone", "+49 30 901820"),
            ("company_hq_phone", "(212) 555-0100"),
            ("company_name", "Tarn Inc"),
            ("website", "tarn.com"),
        ],
    );
    let person = PersonFacts::of_profile(&person).in_account("001000000000001AAA");
    let named = [("FirstName", "Bob"), ("LastName", "MULLER")];
    let with = |more: &[(&'static str, &'static str)]| [named.as_slice(), more].concat();
    let cases = [
        (
            vec![("Zoom__c", "-4")],
            hit(Criterion::ZoominfoContactId, Grade::Exact, None),
        ),
        (
            vec![("Email", "robert.mueller@tarn.com.invalid")],
            hit(Criterion::Email, Grade::Exact, None),
        ),
        (
            vec![
                ("FirstName", "Grace"),
                ("LastName", "Okafor"),
                ("Email", "bob@gmail.com"),
            ],
            hit(Criterion::Email, Grade::Likely, Some(Doubt::OtherName)),
        ),
        (
            vec![
                ("FirstName", "Rob"),
                ("LastName", "Okafor"),
                ("Email", "bob@gmail.com"),
            ],
            hit(Criterion::Email, Grade::Exact, None),
        ),
        (
            with(&[("AccountId", "001000000000001")]),
            hit(Criterion::NameInAccount, Grade::Likely, None),
        ),
        (
            with(&[("Phone", "219-606-2399")]),
            hit(Criterion::NameAndPhone, Grade::Likely, None),
        ),
        (
            vec![
                ("FirstName", "R."),
                ("LastName", "Muler"),
                ("MobilePhone", "+49-30-901820"),
            ],
            hit(Criterion::NameAndPhone, Grade::Likely, None),
        ),
        (
            with(&[("Account.Name", "TARN")]),
            hit(Criterion::NameAndCompany, Grade::Likely, None),
        ),
        (
            with(&[("Email", "rm@tarn.com")]),
            hit(Criterion::NameAndCompany, Grade::Likely, None),
        ),
        (
            with(&[("Account.Name", "Tarn"), ("Email", "bob@tarn.de")]),
            hit(
                Criterion::NameAndCompany,
                Grade::Possible,
                Some(Doubt::OtherDomain),
            ),
        ),
        (with(&[("Phone", "212-555-0100")]), None),
        (with(&[]), None),
    ];
    for (fields, expected) in cases {
        assert_eq!(
            compare_contacts(&person, &contact(&fields)),
            expected,
            "{fields:?}"
        );
    }
}

#[test]
fn father_and_son_and_a_mailbox_of_a_role_are_not_taken_for_one_person() {
    let father = contact(&[
        ("FirstName", "John"),
        ("LastName", "Fell Sr."),
        ("Email", "fell@gmail.com"),
    ]);
    let son = contact(&[
        ("FirstName", "John"),
        ("LastName", "Fell, Jr"),
        ("Email", "fell@gmail.com"),
    ]);
    assert_eq!(
        compare_contacts(&father, &son),
        hit(Criterion::Email, Grade::Likely, Some(Doubt::OtherName))
    );
    let nobody = contact(&[("LastName", "Fell"), ("Email", "info@tarn.com")]);
    let somebody = contact(&[
        ("FirstName", "Ada"),
        ("LastName", "Fell"),
        ("Email", "info@tarn.com"),
    ]);
    assert_eq!(
        compare_contacts(&nobody, &somebody),
        hit(Criterion::Email, Grade::Likely, Some(Doubt::RoleMailbox))
    );
}

#[test]
fn leads_are_recognised_by_company_before_phone() {
    let fields = [
        ("FirstName", "Ada"),
        ("LastName", "Fell"),
        ("Company", "Tarn"),
        ("Phone", "219-606-2399"),
    ];
    assert_eq!(
        compare_leads(&lead(&fields), &lead(&fields)),
        hit(Criterion::NameAndCompany, Grade::Likely, None)
    );
    let own = PersonFacts::of_contact(&texts(&fields), None);
    assert_eq!(
        compare_contacts(&own, &lead(&fields)),
        hit(Criterion::NameAndPhone, Grade::Likely, None)
    );
}

#[test]
fn a_converted_or_blank_record_has_no_key() {
    let fields = [("Email", "ada@tarn.com"), ("IsConverted", "True")];
    assert_eq!(lead(&fields).keys(), []);
    assert_ne!(lead(&fields[..1]).keys(), []);
    for blank in ["", " ", "\u{a0}", "-", "n/a", "..."] {
        let names = [
            "FirstName",
            "LastName",
            "Email",
            "Phone",
            "Website",
            "AccountId",
            "Zoom__c",
        ];
        let fields = names.map(|name| (name, if name == "Email" { blank } else { "" }));
        assert_eq!(lead(&fields).keys(), [], "{blank:?}");
        assert_eq!(
            account(&[("Website", blank), ("Phone", blank)]).keys(),
            [],
            "{blank:?}"
        );
    }
}

#[test]
fn salesforce_is_asked_for_what_it_can_find() {
    let company = profile(
        ProfileKind::Company,
        &[
            ("company_name", "Tarn & Söhne GmbH"),
            ("website", "www.tarn.de"),
            ("company_hq_phone", "+1 219 606 2399"),
        ],
    );
    let terms = search_terms(TargetObject::Account, &company);
    let has = |field, operator, value: &str| {
        terms
            .iter()
            .any(|term| (term.field, term.operator, term.value.as_str()) == (field, operator, value))
    };
    assert!(has(
        SearchField::Name,
        SearchOperator::Equals,
        "Tarn & Söhne GmbH"
    ));
    assert!(has(SearchField::Name, SearchOperator::BeginsWith, "Tarn & Söhne"));
    assert!(has(SearchField::Website, SearchOperator::Contains, "tarn.de"));
    assert!(has(SearchField::Phone, SearchOperator::Equals, "(219) 606-2399"));
    let person = profile(
        ProfileKind::Contact,
        &[
            ("first_name", "Ada"),
            ("last_name", "Fell"),
            ("email", "ADA@tarn.de"),
        ],
    );
    let asked: Vec<_> = search_terms(TargetObject::Contact, &person)
        .into_iter()
        .map(|term| (term.field, term.value))
        .collect();
    assert_eq!(
        asked,
        [
            (SearchField::Email, "ada@tarn.de".to_owned()),
            (SearchField::Name, "Ada Fell".to_owned())
        ]
    );
}

/// Texts that are often the same, nearly the same, or anything at all.
fn text(known: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(known).prop_map(str::to_owned),
        1 => Just(String::new()),
        1 => "\\PC{0,12}",
        1 => any::<String>(),
    ]
}

const WEBSITES: &[&str] = &[
    "tarn.com",
    "https://www.tarn.com/a",
    "fell.co.uk",
    "gmail.com",
    "facebook.com/tarn",
];
const NAMES: &[&str] = &[
    "Tarn Inc",
    "The Tarn",
    "Tarn Logistics",
    "Fell GmbH",
    "Müller",
    "王伟",
];
const EMAILS: &[&str] = &[
    "ada@tarn.com",
    "ADA@tarn.com.invalid",
    "info@tarn.com",
    "ada@gmail.com",
];
const PHONES: &[&str] = &[
    "(219) 606-2399",
    "+12196062399",
    "219 606 2399 x7",
    "020 7946 0958",
];
const PEOPLE: &[&str] = &[
    "Ada", "Bob", "Robert", "R.", "Fell", "Fell Jr.", "Fell Sr.", "Müller", "Mueller",
];

fn any_account() -> impl Strategy<Value = CompanyFacts> {
    let fields = (
        text(&["17", "18"]),
        text(NAMES),
        text(WEBSITES),
        text(&["Boston", "94107"]),
        text(PHONES),
    );
    fields.prop_map(|(id, name, website, place, phone)| {
        account(&[
            ("Zoom__c", &id),
            ("Name", &name),
            ("Website", &website),
            ("BillingCity", &place),
            ("BillingPostalCode", &place),
            ("Phone", &phone),
        ])
    })
}

fn any_person() -> impl Strategy<Value = PersonFacts> {
    let fields = (
        text(&["17", "18"]),
        text(PEOPLE),
        text(PEOPLE),
        text(EMAILS),
        text(PHONES),
        text(NAMES),
        text(WEBSITES),
        text(&["001000000000001AAA"]),
    );
    fields.prop_map(|(id, first, last, email, phone, company, website, account)| {
        contact(&[
            ("Zoom__c", &id),
            ("FirstName", &first),
            ("LastName", &last),
            ("Email", &email),
            ("Phone", &phone),
            ("Account.Name", &company),
            ("Account.Website", &website),
            ("AccountId", &account),
        ])
    })
}

fn share(own: &[MatchKey], theirs: &[MatchKey]) -> bool {
    own.iter()
        .any(|key| theirs.iter().any(|other| other.hash == key.hash))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn companies_match_alike_both_ways_and_only_with_a_shared_key(own in any_account(), theirs in any_account()) {
        let matched = compare_accounts(&own, &theirs);
        prop_assert_eq!(matched, compare_accounts(&theirs, &own));
        if matched.is_some() {
            prop_assert!(share(&own.keys(), &theirs.keys()));
        }
        if !own.keys().is_empty() {
            prop_assert!(compare_accounts(&own, &own).is_some());
        }
    }

    #[test]
    fn people_match_alike_both_ways_and_only_with_a_shared_key(own in any_person(), theirs in any_person()) {
        for compare in [compare_contacts, compare_leads] {
            let matched = compare(&own, &theirs);
            prop_assert_eq!(matched, compare(&theirs, &own));
            if matched.is_some() {
                prop_assert!(share(&own.keys(), &theirs.keys()));
            }
        }
        if !own.keys().is_empty() {
            prop_assert!(compare_contacts(&own, &own).is_some());
        }
    }

    #[test]
    fn a_name_alone_never_matches_across_domains(name in text(NAMES)) {
        let own = account(&[("Name", &name), ("Website", "tarn.com")]);
        let theirs = account(&[("Name", &name), ("Website", "tarn.de")]);
        prop_assert_eq!(compare_accounts(&own, &theirs), None);
    }

    #[test]
    fn companies_never_match_by_a_shared_domain(mailbox in "[a-z]{1,8}", domain in select(&["gmail.com", "web.de", "qq.com", "facebook.com"])) {
        prop_assert!(is_shared_domain(domain));
        let own = account(&[("Name", "Tarn"), ("Website", domain)]);
        let theirs = account(&[("Name", "Fell"), ("Website", &format!("https://www.{domain}/{mailbox}"))]);
        prop_assert_eq!(compare_accounts(&own, &theirs), None);
        let of = |name: &str| contact(&[("FirstName", "Ada"), ("LastName", "Fell"), ("Account.Name", name),
            ("Email", &format!("{name}.{mailbox}@{domain}"))]);
        prop_assert_eq!(compare_contacts(&of("Tarn"), &of("Beck")), None);
    }

    #[test]
    fn any_text_is_read(texts in prop::collection::vec(any::<String>(), 8), country in text(&["Germany", "US", "United Kingdom"])) {
        let mut profile = Profile::new(ProfileKind::Contact);
        let fields = ["first_name", "last_name", "suffix", "email", "direct_phone", "website", "company_name", "company_zip"];
        for (field, value) in fields.iter().zip(&texts) {
            profile.values.insert((*field).to_owned(), value.clone());
        }
        profile.values.insert("company_hq_phone".to_owned(), texts[4].clone());
        profile.values.insert("company_country".to_owned(), country);
        let (company, person) = (CompanyFacts::of_profile(&profile), PersonFacts::of_profile(&profile));
        prop_assert!(company.keys().len() <= 7 && person.keys().len() <= 11);
        for object in TargetObject::ALL {
            let terms = search_terms(object, &profile);
            prop_assert!(terms.iter().all(|term| !term.value.trim().is_empty()));
        }
    }
}
