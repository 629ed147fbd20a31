//! The org itself: its Organization record, profiles, roles and users.

use super::{Garden, flag, rights, text, words};
use crate::{
    access::{AccessBook, Permission},
    fault::RowFault,
    value::{Key, Value},
};

/// One user to be made.
struct Person {
    first: &'static str,
    last: &'static str,
    login: &'static str,
    /// Local part of the e-mail address.
    email: &'static str,
    profile: &'static str,
    title: &'static str,
    active: bool,
    /// Whether made-up records belong to this user.
    owns_records: bool,
}

/// An account executive with the usual rights.
const fn executive(first: &'static str, last: &'static str, login: &'static str) -> Person {
    Person {
        first,
        last,
        login,
        email: login,
        profile: "Standard User",
        title: "Account Executive",
        active: true,
        owns_records: true,
    }
}

/// A user whose rights are special; see `rights`.
const fn special(
    first: &'static str,
    last: &'static str,
    login: &'static str,
    profile: &'static str,
    title: &'static str,
) -> Person {
    Person {
        profile,
        title,
        owns_records: false,
        ..executive(first, last, login)
    }
}

/// In the order of their ids. Two of them share an e-mail address, one is inactive.
const USERS: [Person; 12] = [
    Person {
        profile: "System Administrator",
        title: "Administrator",
        ..executive("Demo", "Admin", "admin")
    },
    executive("Priya", "Raman", "priya.raman"),
    executive("Jonas", "Lindgren", "jonas.lindgren"),
    Person {
        email: "jonas.lindgren",
        ..executive("Jonas", "Lindgren (EMEA)", "jonas.lindgren.emea")
    },
    executive("Mara", "Okafor", "mara.okafor"),
    Person {
        active: false,
        owns_records: false,
        ..executive("Tom", "Weller", "tom.weller")
    },
    Person {
        owns_records: false,
        ..executive("Integration", "Service", "integration")
    },
    special("Noa", "Fisher", "no.api", "No API Access", "Sales Assistant"),
    special(
        "Lena",
        "Brook",
        "no.setup",
        "Restricted User",
        "Business Development",
    ),
    special("Omar", "Reed", "read.only", "Read Only", "Analyst"),
    special("Vera", "Quinn", "some.fields", "Restricted Fields", "Contractor"),
    special(
        "Dara",
        "Stone",
        "data.steward",
        "System Administrator",
        "Data Steward",
    ),
];

const DOMAIN: &str = "landbridge-demo.example";

/// What the staff is made of.
pub struct Staff {
    /// The Organization record.
    pub organization: Key,
    /// Users in the order of their numbers; the administrator is the first.
    pub users: Vec<Key>,
}

impl Staff {
    /// The administrator.
    pub fn admin(&self) -> Result<Key, RowFault> {
        let first = self.users.first().copied();
        first.ok_or_else(|| RowFault::new("REQUIRED_FIELD_MISSING", "an org needs an administrator"))
    }
}

/// Makes them and writes down their rights.
pub fn plant(garden: &mut Garden, audit_fields: bool, edition: &str) -> Result<Staff, RowFault> {
    let organization = organization(garden, edition)?;
    let mut profiles: Vec<(&str, Key)> = Vec::new();
    for name in [
        "System Administrator",
        "Standard User",
        "Read Only",
        "No API Access",
        "Restricted User",
        "Restricted Fields",
    ] {
        let values = vec![("Name", text(name)), ("UserType", text("Standard"))];
        profiles.push((name, garden.push("Profile", values)?));
    }
    let chief = role(garden, "Head of Sales", "HeadOfSales", None)?;
    let seller = role(garden, "Account Executive", "AccountExecutive", Some(chief))?;
    let book: Vec<_> = USERS
        .iter()
        .map(|person| rights::of(person.login, audit_fields))
        .collect();
    let mut users = Vec::new();
    for (person, access) in USERS.iter().zip(&book) {
        let profile = profiles.iter().find(|(name, _)| *name == person.profile);
        let markets = access.allows(Permission::MarketingUser);
        let mut values = personal(person);
        values.extend([
            ("ProfileId", profile.map(|(_, key)| Value::Reference(*key))),
            (
                "UserRoleId",
                person.owns_records.then_some(Value::Reference(seller)),
            ),
            ("UserPermissionsMarketingUser", flag(markets)),
        ]);
        let key = garden.push("User", values)?;
        if person.owns_records {
            garden.owners.push(key);
        }
        users.push(key);
    }
    // The row of a user has the user's number, so that each user finds one row, the own.
    for access in &book {
        let values = Permission::FIELDS
            .iter()
            .map(|(permission, field)| (*field, flag(access.allows(*permission))))
            .collect();
        garden.push("UserPermissionAccess", values)?;
    }
    garden.records.access = AccessBook::new(book);
    Ok(Staff { organization, users })
}

/// Makes standard users who are there to be found and chosen. They come after the staff, whose numbers their rights go by.
pub fn plant_colleagues(garden: &mut Garden, colleagues: u32) -> Result<(), RowFault> {
    let names = words::LAST_NAMES
        .iter()
        .flat_map(|last| words::FIRST_NAMES.iter().map(move |first| (*first, *last)));
    for (number, (first, last)) in (1..=colleagues).zip(names.cycle()) {
        let login = format!("colleague{number}");
        garden.push(
            "User",
            vec![
                ("Username", text(format!("{login}@{DOMAIN}"))),
                ("FirstName", text(first)),
                ("LastName", text(last)),
                ("Email", text(format!("{login}@{DOMAIN}"))),
                ("Alias", text(format!("c{number}"))),
                ("CommunityNickname", text(login)),
                ("IsActive", flag(true)),
                ("UserType", text("Standard")),
            ],
        )?;
    }
    Ok(())
}

fn personal(person: &Person) -> Vec<(&'static str, Option<Value>)> {
    let mut alias: String = person.login.replace('.', "");
    alias.truncate(8);
    let login = person.login;
    vec![
        ("Username", text(format!("{login}@{DOMAIN}"))),
        ("FirstName", text(person.first)),
        ("LastName", text(person.last)),
        ("Email", text(format!("{}@{DOMAIN}", person.email))),
        ("Alias", text(alias)),
        ("CommunityNickname", text(login)),
        ("IsActive", flag(person.active)),
        ("CompanyName", text("Landbridge demo org")),
        ("Title", text(person.title)),
        ("TimeZoneSidKey", text("UTC")),
        ("LocaleSidKey", text("en_US")),
        ("LanguageLocaleKey", text("en_US")),
        ("EmailEncodingKey", text("UTF-8")),
        ("UserType", text("Standard")),
        ("FederationIdentifier", text(format!("{login}@sso.{DOMAIN}"))),
    ]
}

fn role(
    garden: &mut Garden,
    name: &'static str,
    developer_name: &'static str,
    parent: Option<Key>,
) -> Result<Key, RowFault> {
    garden.push(
        "UserRole",
        vec![
            ("Name", text(name)),
            ("DeveloperName", text(developer_name)),
            ("ParentRoleId", parent.map(Value::Reference)),
        ],
    )
}

fn organization(garden: &mut Garden, edition: &str) -> Result<Key, RowFault> {
    garden.push(
        "Organization",
        vec![
            ("Name", text("Landbridge demo org")),
            ("Country", text("US")),
            ("PrimaryContact", text("Demo Admin")),
            ("DefaultLocaleSidKey", text("en_US")),
            ("TimeZoneSidKey", text("UTC")),
            ("LanguageLocaleKey", text("en_US")),
            ("OrganizationType", text(edition)),
            ("InstanceName", text("DEMO")),
            ("IsSandbox", flag(false)),
            ("IsReadOnly", flag(false)),
        ],
    )
}
