//! What the screens of admins take that grow with the org and with time: 5,000 people who are found among 20,000 Salesforce
//! users, and searches in an audit log of 1,000,000 entries. Each is asked of the engine as the window asks it, beside what
//! merely passing over the same strings costs in the same run: a hash join and a scan in memory, and a scan by SQLite.
//!
//! Run it by `cargo xtask bench`. The demo org answers in the same process; only the ratios mean something on another machine.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use demo_org::Options;
use engine::contract::audit::AuditPage;
use engine::contract::people::{MappedBy, People, PeopleFileCheck, SalesforceUsers, UserMappings};
use model::{OrgUser, OrgUsers, UserMatch};
use rusqlite::Connection;
use salesforce::{Client, ClientOptions, InstanceUrl, LoginUrl, Pace, SessionOnly, Tokens, User};
use serde_json::json;
use store::{NewAuditEntry, Store};
use support::TestApp;

const PEOPLE: u32 = 5_000;
const USERS: u32 = 20_000;
/// So many of ten people have the e-mail address of a user; the next one has a full name alone, the last one neither.
const KNOWN_OF_TEN: u32 = 8;
const ENTRIES: u32 = 1_000_000;
/// Entries that are added in one transaction.
const FILL_BATCH: u32 = 20_000;
/// Rows that the window asks for at once.
const WINDOW_ROWS: u32 = 100;
/// Each figure is the median of so many.
const TIMES: usize = 5;

#[tokio::main]
async fn main() -> Result<()> {
    let app = TestApp::start_with(Options {
        colleagues: USERS,
        ..Options::default()
    })
    .await;
    app.connect().await;
    people_and_users(&app).await?;
    audit_log(&app).await
}

async fn people_and_users(app: &TestApp) -> Result<()> {
    let client = client(app)?;
    let users = client.users(true).await?;
    ensure!(users.len() > USERS as usize, "the org has {} users", users.len());
    let people = import_people(app, &users).await?;
    let org_users: Vec<OrgUser> = users.iter().map(org_user).collect();

    println!(
        "{PEOPLE} people, {} Salesforce users                        ms   of the floor",
        users.len()
    );
    let join = median(|| Ok(hash_join(&users, &people)))?;
    line("hash join of the same addresses and names, in memory", join, join);
    let mapping = median(|| {
        let index = OrgUsers::new(org_users.clone());
        Ok(people
            .iter()
            .filter(|(name, email)| !matches!(index.match_person(name, Some(email)), UserMatch::None))
            .count())
    })?;
    line("everybody found automatically", mapping, join);
    let reading = median_of(async || Ok(client.users(true).await?.len())).await?;
    line("the org's users, read by the client alone", reading, reading);
    let opened = median_of(async || {
        let shown: UserMappings = app.call("people.mapping", json!({})).await;
        ensure!(shown.people.len() > PEOPLE as usize, "not everybody is shown");
        Ok(shown
            .people
            .iter()
            .filter(|person| person.by != MappedBy::None)
            .count())
    })
    .await?;
    line(
        "the User Mapping tab: users read, everybody found and listed",
        opened,
        reading,
    );
    let listed = median_of(async || {
        let people: People = app.call("people.list", json!({})).await;
        Ok(people.people.len())
    })
    .await?;
    line("the page of people", listed, reading);

    let texts: Vec<String> = users
        .iter()
        .map(|user| {
            let email = user.email.as_deref().unwrap_or_default();
            format!("{}\n{}\n{email}", user.name, user.username).to_lowercase()
        })
        .collect();
    let pass = median(|| {
        Ok(texts
            .iter()
            .filter(|text| text.contains("colleague19999"))
            .count())
    })?;
    line("one pass over all users for a word, in memory", pass, pass);
    for (what, search) in [
        ("users to choose from, the first 50", ""),
        ("a search that finds one", "colleague19999"),
        ("a search that finds none", "nobody like this"),
    ] {
        let seconds = median_of(async || {
            let query = json!({ "search": search, "limit": 50 });
            let found: SalesforceUsers = app.call("people.users", query).await;
            Ok(found.matching_users as usize)
        })
        .await?;
        line(what, seconds, pass);
    }
    Ok(())
}

fn client(app: &TestApp) -> Result<Client> {
    let instance_url = app.org.instance_url();
    let tokens = Tokens::access_token_only(app.org.access_token().into(), InstanceUrl::parse(&instance_url)?);
    Ok(Client::new(ClientOptions {
        login_url: LoginUrl::parse(&instance_url)?,
        client_id: String::new(),
        client_secret: None,
        api_version: None,
        tokens,
        keep: Arc::new(SessionOnly),
        pace: Pace::default(),
    })?)
}

fn org_user(user: &User) -> OrgUser {
    OrgUser {
        user_id: user.id.clone(),
        name: user.name.clone(),
        username: user.username.clone(),
        email: user.email.clone(),
        active: user.is_active,
    }
}

/// Imports people from a CSV file, as an admin does; returns the name and address of each.
async fn import_people(app: &TestApp, users: &[User]) -> Result<Vec<(String, String)>> {
    let mut people = Vec::new();
    let mut file = "name,email,role\n".to_owned();
    for (number, user) in (0..PEOPLE).zip(users.iter().step_by(users.len() / PEOPLE as usize)) {
        let address = user.email.as_deref().unwrap_or_default();
        let elsewhere = format!("person{number}@elsewhere.example");
        let person = match number % 10 {
            kind if kind < KNOWN_OF_TEN => (format!("Person {number}"), address.to_uppercase()),
            KNOWN_OF_TEN => (user.name.clone(), elsewhere),
            _ => (format!("Person {number}"), elsewhere),
        };
        writeln!(file, "{},{},user", person.0, person.1)?;
        people.push(person);
    }
    app.host.answer_open(Some(app.file("people.csv", file)));
    let check: Option<PeopleFileCheck> = app.call("people.choose_file", json!({})).await;
    let file_id = check.context("no file was chosen")?.file_id;
    let imported: People = app
        .call("people.import_file", json!({ "file_id": file_id }))
        .await;
    // Staff of the demo org that share an address are one person here.
    ensure!(
        imported.people.len() > PEOPLE as usize - 10,
        "{} people were imported",
        imported.people.len()
    );
    Ok(people)
}

/// The least that finding people by address, else by name, could take.
fn hash_join(users: &[User], people: &[(String, String)]) -> usize {
    let mut addresses: HashMap<String, usize> = HashMap::with_capacity(users.len());
    let mut names: HashMap<String, usize> = HashMap::with_capacity(users.len());
    for (place, user) in users.iter().enumerate() {
        addresses.insert(user.email.as_deref().unwrap_or_default().to_lowercase(), place);
        names.insert(user.name.to_lowercase(), place);
    }
    people
        .iter()
        .filter(|(name, email)| {
            addresses.contains_key(&email.to_lowercase()) || names.contains_key(&name.to_lowercase())
        })
        .count()
}

async fn audit_log(app: &TestApp) -> Result<()> {
    let began = Instant::now();
    fill_audit_log(app)?;
    println!(
        "\n{ENTRIES} entries were added to the audit log in {:.0} s",
        began.elapsed().as_secs_f64()
    );
    let database = Connection::open(app.workspace().join("landbridge.sqlite"))?;
    let bytes = |tables: &str| -> Result<f64> {
        let sql = format!("SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE AND name GLOB '{tables}'");
        Ok(database.query_row(&sql, [], |row| row.get::<_, f64>(0))? / 1e6)
    };
    println!(
        "they take {:.0} MB, and the index of their words {:.0} MB",
        bytes("audit_entry*")?,
        bytes("audit_search*")?
    );
    let scan = median(|| {
        let sql = "SELECT count(*) FROM audit_entry WHERE instr(searchable, 'list 4715 ')";
        Ok(database.query_row(sql, [], |row| row.get::<_, usize>(0))?)
    })?;
    println!("{ENTRIES} entries of the audit log                              ms   of the scan");
    line("SQLite scans the table once for a word", scan, scan);
    for (what, search, area) in [
        ("the first page, without a search", "", None),
        ("the first page of an area", "", Some("people")),
        ("a search that finds few", "“list 4715”", None),
        ("a search that finds none", "nothing like it", None),
        ("a search that finds nearly every tenth", "person added", None),
        ("a search that finds nearly all", "acme corporation", None),
        ("a search for two letters", "qz", None),
    ] {
        let mut matching = 0;
        let seconds = median_of(async || {
            let query =
                json!({ "search": search, "area": area, "since": null, "offset": 0, "limit": WINDOW_ROWS });
            let page: AuditPage = app.call("audit.list", query).await;
            ensure!(
                page.total_entries >= ENTRIES,
                "the log has {} entries",
                page.total_entries
            );
            matching = page.matching_entries;
            Ok(page.entries.len())
        })
        .await?;
        line(&format!("{what} ({matching})"), seconds, scan);
    }
    Ok(())
}

/// Fills the log by the store's own door, as every change of many years would.
fn fill_audit_log(app: &TestApp) -> Result<()> {
    let store = Store::open(app.workspace())?;
    for first in (0..ENTRIES).step_by(FILL_BATCH as usize) {
        store.write(|write| {
            (first..first + FILL_BATCH)
                .try_for_each(|number| write.add_audit_entry(&store::now(), &entry(number)))
        })?;
    }
    Ok(())
}

fn entry(number: u32) -> NewAuditEntry {
    let common = NewAuditEntry {
        person_id: Some(1),
        person: format!("Person {}", number % 97),
        standing: "Secondary admin".to_owned(),
        org: Some(("00D000000000001EAA".to_owned(), "Acme Corporation".to_owned())),
        ..NewAuditEntry::default()
    };
    let run = number / 4;
    match number % 10 {
        0 => NewAuditEntry {
            area: "people".to_owned(),
            action: "person_added".to_owned(),
            sentence: format!("Added Colleague {number} as a user."),
            after: Some(format!("email: colleague{number}@acme.example\nrole: user")),
            ..common
        },
        1 => NewAuditEntry {
            area: "settings".to_owned(),
            action: "export_settings_changed".to_owned(),
            sentence: "Changed the export settings.".to_owned(),
            before: Some(format!("objects.lead.limit_records: {}", number % 5_000)),
            after: Some(format!("objects.lead.limit_records: {}", number % 4_999)),
            ..common
        },
        _ => NewAuditEntry {
            area: "runs".to_owned(),
            action: "run_planned".to_owned(),
            sentence: format!(
                "Planned run {run}: {} leads from “List {}” to Acme Corporation.",
                number % 900,
                number % 90_000
            ),
            after: Some(format!("{} to create\n{} to update", number % 700, number % 90)),
            run_id: Some(run.into()),
            ..common
        },
    }
}

fn line(what: &str, seconds: f64, floor: f64) {
    println!("{what:<62} {:>9.1} {:>10.2}", seconds * 1_000.0, seconds / floor);
}

/// Seconds of the middle one of several times.
fn median(mut work: impl FnMut() -> Result<usize>) -> Result<f64> {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let began = Instant::now();
        black_box(work()?);
        times.push(began.elapsed().as_secs_f64());
    }
    Ok(middle(times))
}

/// The same of work that waits.
async fn median_of(mut work: impl AsyncFnMut() -> Result<usize>) -> Result<f64> {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let began = Instant::now();
        black_box(work().await?);
        times.push(began.elapsed().as_secs_f64());
    }
    Ok(middle(times))
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
