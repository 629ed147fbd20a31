//! A run that is planned once and killed many times, each time in a copy of its workspace and in an org of its own that
//! holds the same records.

use std::path::Path;

use demo_org::{DemoOrg, Options};
use engine::contract::lists::Lists;
use engine::contract::runs::{Campaigns, LedgerLine, LedgerPage, RunState, RunView};
use engine::{Code, Engine};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use support::killed_app::{open, runtime};
use support::lists;
use support::other_client::OtherClient;
use tempfile::TempDir;

/// What a killed run makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exported {
    /// Leads.
    Leads,
    /// Contacts whose accounts are created before them, and who become members of a campaign after it.
    Contacts,
}

/// What is killed.
pub struct Scenario {
    /// In words.
    pub name: &'static str,
    /// What it makes.
    pub exported: Exported,
    /// Records to create.
    pub new_records: u32,
    /// Records to update.
    pub known_records: u32,
    /// What goes wrong in the org.
    pub trouble: &'static str,
    /// Whether the undo of the export is killed, and not the export itself.
    pub undoes: bool,
}

const LEADS: &str = "SELECT Id, LastName, Email, Title FROM Lead WHERE LastName LIKE 'Marsh%'";
const CONTACTS: &str =
    "SELECT Id, LastName, Email, Title, AccountId FROM Contact WHERE LastName LIKE 'Marsh%'";
const ACCOUNTS: &str = "SELECT Id, Name FROM Account WHERE Name LIKE 'Works %'";
const MEMBERS: &str = "SELECT Id, ContactId FROM CampaignMember WHERE Contact.LastName LIKE 'Marsh%'";

/// A planned run, to be copied.
pub struct Prepared<'s> {
    scenario: &'s Scenario,
    workspace: TempDir,
    export: i64,
    /// The run that is sent and killed.
    run: i64,
    /// What the org held before anything was exported.
    before: String,
}

/// What was left after a kill, and after going on.
pub struct Kill<'s> {
    /// Which run.
    pub scenario: &'s Scenario,
    /// When, in words.
    pub at: String,
    /// Whether the run was still being sent.
    pub was_alive: bool,
    /// The run at its end.
    pub view: RunView,
    /// Its ledger.
    pub lines: Vec<LedgerLine>,
    /// The org's people that the export is about.
    pub people: Vec<Value>,
    /// The accounts of contacts.
    pub accounts: Vec<Value>,
    /// The memberships of contacts.
    pub members: Vec<Value>,
    /// Everything about all of its leads.
    pub csv: String,
    /// The same before the export.
    pub before: String,
    /// Folders of jobs that are left in the workspace.
    pub left_jobs: usize,
}

impl Scenario {
    /// Plans the run.
    pub fn prepare(&self) -> Prepared<'_> {
        support::use_ring();
        let outside = runtime();
        let workspace = tempfile::tempdir().unwrap();
        let (export, run, before) = outside.block_on(async {
            let org = self.org().await;
            let before = OtherClient::of(&org).as_csv("Lead").await.unwrap();
            let engine = open(workspace.path(), &org).await;
            let list = workspace.path().join("list.csv");
            lists::write_contacts(&list, self.new_records + self.known_records).unwrap();
            let export = plan(&engine, &list, self.exported).await;
            let run = if self.undoes {
                send(&engine, export).await;
                let view: RunView = call(&engine, "runs.plan_undo", json!({ "run": export })).await;
                view.summary.run
            } else {
                export
            };
            org.shutdown().await;
            (export, run, before)
        });
        outside.shutdown_background();
        Prepared {
            scenario: self,
            workspace,
            export,
            run,
            before,
        }
    }

    /// An org with the records that are known before the export; ids and values are the same every time.
    async fn org(&self) -> DemoOrg {
        let org = DemoOrg::start(Options::default()).await.unwrap();
        let records = OtherClient::of(&org);
        for number in 0..self.known_records {
            let record = json!({
                "LastName": format!("Marsh{number}"), "Company": format!("Works {}", number / 3),
                "Email": format!("ada.marsh{number}@works{}.example", number / 3),
            });
            records.create("Lead", &record).await.unwrap();
        }
        org
    }
}

impl Prepared<'_> {
    /// Kills the run after so many calls and a moment that the seed decides, and goes on with it.
    pub fn kill(&self, after_calls: u64, seed: u64) -> Kill<'_> {
        let outside = runtime();
        let folder = tempfile::tempdir().unwrap();
        let org = outside.block_on(self.scenario.org());
        let workspace = if self.scenario.undoes {
            // The org of an undo needs what was exported, so the export is made anew.
            outside.block_on(async {
                let engine = open(folder.path(), &org).await;
                let list = folder.path().join("list.csv");
                lists::write_contacts(&list, self.scenario.new_records + self.scenario.known_records)
                    .unwrap();
                let export = plan(&engine, &list, self.scenario.exported).await;
                send(&engine, export).await;
                let view: RunView = call(&engine, "runs.plan_undo", json!({ "run": export })).await;
                assert_eq!((export, view.summary.run), (self.export, self.run));
            });
            folder.path().to_path_buf()
        } else {
            copy(self.workspace.path(), folder.path());
            folder.path().to_path_buf()
        };
        org.add_trouble(self.scenario.trouble.parse().unwrap());
        org.forget_calls();

        let first = runtime();
        let was_alive = first.block_on(async {
            let engine = open(&workspace, &org).await;
            let _: Value = call(&engine, "export.send", json!({ "run": self.run })).await;
            while engine.is_sending(self.run) && (org.calls().len() as u64) < after_calls {
                tokio::task::yield_now().await;
            }
            for _ in 0..moment(seed) {
                tokio::task::yield_now().await;
            }
            engine.is_sending(self.run)
        });
        first.shutdown_background();

        let second = runtime();
        let (view, lines) = second.block_on(async {
            let engine = open(&workspace, &org).await;
            settle(&engine, self.run).await
        });
        second.shutdown_background();
        let (people, accounts, members, csv) = outside.block_on(async {
            org.clear_trouble();
            let records = OtherClient::of(&org);
            let found = async |soql: &str| records.query(soql).await.unwrap();
            let (people, accounts, members) = match self.scenario.exported {
                Exported::Leads => (found(LEADS).await, Vec::new(), Vec::new()),
                Exported::Contacts => (found(CONTACTS).await, found(ACCOUNTS).await, found(MEMBERS).await),
            };
            let csv = records.as_csv("Lead").await.unwrap();
            org.shutdown().await;
            (people, accounts, members, csv)
        });
        outside.shutdown_background();
        Kill {
            scenario: self.scenario,
            at: format!(
                "{}, killed after {after_calls} calls, seed {seed}",
                self.scenario.name
            ),
            was_alive,
            view,
            lines,
            people,
            accounts,
            members,
            csv,
            before: self.before.clone(),
            left_jobs: std::fs::read_dir(workspace.join("jobs")).map_or(0, Iterator::count),
        }
    }
}

/// A number of pauses that looks random and is not.
fn moment(seed: u64) -> u64 {
    (seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407)
        >> 33)
        % 400
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

async fn call<T: DeserializeOwned>(engine: &Engine, name: &str, params: Value) -> T {
    serde_json::from_value(engine.call(name, params).await.unwrap()).unwrap()
}

async fn plan(engine: &Engine, list: &Path, exported: Exported) -> i64 {
    let file = engine::open_path(engine, list).await.unwrap();
    let _: Value = call(
        engine,
        "lists.import_file",
        json!({ "file_id": file.file_id, "name": "Killed" }),
    )
    .await;
    let lists: Lists = call(engine, "lists.list", json!({ "search": "" })).await;
    let mut choice = json!({ "object": "lead", "list_id": lists.lists[0].list_id, "selection": { "kind": "all" }, "limit_records": null });
    if exported == Exported::Contacts {
        let mut settings: Value = call(engine, "settings.export", json!({})).await;
        settings["rules"]["no_account"] = json!("create");
        let params = json!({ "objects": settings["objects"], "rules": settings["rules"] });
        let _: Value = call(engine, "settings.save_export", params).await;
        let found: Campaigns = call(engine, "export.campaigns", json!({ "search": "Spring Webinar" })).await;
        let campaign = &found.campaigns[0];
        choice["object"] = json!("contact");
        choice["campaign"] = json!({ "campaign_id": campaign.campaign_id, "name": campaign.name, "status": campaign.statuses[0] });
    }
    let view: RunView = call(engine, "export.plan", choice).await;
    view.summary.run
}

async fn send(engine: &Engine, run: i64) {
    let _: Value = call(engine, "export.send", json!({ "run": run })).await;
    let (view, _) = settle(engine, run).await;
    assert_eq!(view.summary.state, RunState::Done);
}

/// Goes on until the run is at its end.
async fn settle(engine: &Engine, run: i64) -> (RunView, Vec<LedgerLine>) {
    let mut events = engine.watch();
    loop {
        let view: RunView = call(engine, "runs.show", json!({ "run": run })).await;
        let is_final = matches!(
            view.summary.state,
            RunState::Done | RunState::Cancelled | RunState::Failed
        );
        if is_final && !engine.is_sending(run) {
            let query = json!({ "run": run, "outcome": null, "search": "", "offset": 0, "limit": 500 });
            let page: LedgerPage = call(engine, "runs.ledger", query).await;
            return (view, page.lines);
        }
        if engine.is_sending(run) {
            let _told = events.recv().await;
            continue;
        }
        match engine.call("runs.resume", json!({ "run": run })).await {
            Ok(_) => {}
            // The killed app's last database write may still be landing: it holds the lock, or ends the run.
            Err(fault) if matches!(fault.code, Code::WorkspaceBusy | Code::WrongState) => {
                tokio::task::yield_now().await;
            }
            Err(fault) => panic!("{fault}"),
        }
    }
}
