//! Whole exports in every kind of trouble that the demo org knows: the examples of its TROUBLE.md, each by itself, so that a
//! kind that is added there is met here. Whatever happened, the ledger says what the org holds.

use std::collections::{BTreeMap, HashMap};

use demo_org::Trouble;
use engine::contract::app::{AppState, Session};
use engine::contract::runs::{Api, LedgerLine, LedgerPage, Outcome, RunState, RunView};
use engine::{Code, Fault};
use serde_json::{Value, json};
use support::other_client::OtherClient;
use support::{TestApp, lists};

const DOCUMENTED: &str = include_str!("../../src-tauri/crates/demo-org/TROUBLE.md");
const LISTS_OF_PIECES: [&str; 3] = ["calls", "jobs", "row_locks"];
/// The title that an export gives to every record that it writes.
const TITLE: &str = "Written";
/// When something failed so often, what goes wrong is mended.
const PATIENCE: u32 = 2;
/// A run that made so many calls waits for something that does not come by itself.
const MOST_CALLS: usize = 300;
/// No run needs to go on more often.
const MOST_RESUMES: u32 = 12;

/// Every piece of trouble of the documentation, by itself.
fn documented() -> Vec<Value> {
    let examples = DOCUMENTED.split("```json\n").skip(1);
    let examples = examples.map(|text| text.split("```").next().unwrap_or_default());
    examples
        .flat_map(|text| pieces(&serde_json::from_str(text).unwrap()))
        .collect()
}

fn pieces(example: &Value) -> Vec<Value> {
    let mut rest = example.clone();
    let members = rest.as_object_mut().unwrap();
    let lists = LISTS_OF_PIECES.map(|name| (name, members.remove(name)));
    let mut pieces = Vec::new();
    for (name, list) in lists {
        for piece in list.iter().filter_map(Value::as_array).flatten() {
            let mut alone = rest.clone();
            alone[name] = json!([near(piece.clone())]);
            pieces.push(alone);
        }
    }
    if pieces.is_empty() {
        pieces.push(rest);
    }
    pieces
}

/// The same for runs of some dozens of leads: examples speak of larger ones, and of contacts.
fn near(mut piece: Value) -> Value {
    match &mut piece {
        Value::Object(members) => {
            for (name, value) in members {
                let most = match name.as_str() {
                    "nth" | "from" => 3,
                    "after_bytes" => 40,
                    "after_rows" => 10,
                    "milliseconds" => 2,
                    _ => {
                        *value = if name == "object" {
                            json!("Lead")
                        } else {
                            near(value.take())
                        };
                        continue;
                    }
                };
                *value = json!(value.as_u64().unwrap_or(most).min(most));
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| *value = near(value.take())),
        _ => {}
    }
    piece
}

/// The same trouble of the calls that write.
fn of_writing(trouble: &Value, family: &str, when: &Value) -> Value {
    let mut aimed = trouble.clone();
    for call in aimed
        .get_mut("calls")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        call["which"] = json!({ "family": family });
        call["when"] = when.clone();
        call["each_path"] = json!(false);
    }
    aimed
}

/// An export of new and known leads.
struct Export<'a> {
    app: &'a TestApp,
    /// Begins the names of its people.
    name: String,
    new: usize,
    known: Vec<String>,
    /// In which trouble, for whoever reads a failure.
    at: String,
}

impl Export<'_> {
    /// Plans, sends and goes on until the end, in this trouble; says how often it happened.
    async fn meet(&self, trouble: &Value, is_planned_in_it: bool) -> u64 {
        let list_id = self.import().await;
        let mut met = 0;
        if is_planned_in_it {
            self.begin(trouble).await;
        }
        let choice = json!({ "object": "lead", "list_id": list_id, "selection": { "kind": "all" }, "limit_records": null });
        let planned: RunView =
            serde_json::from_value(self.insist("export.plan", choice, &mut met).await).unwrap();
        let run = planned.summary.run;
        assert_eq!(
            (
                planned.plan.create_records as usize,
                planned.plan.update_records as usize
            ),
            (self.new, self.known.len()),
            "{}",
            self.at
        );
        if !is_planned_in_it {
            self.begin(trouble).await;
        }
        self.app.org.forget_calls();
        let mut events = self.app.engine().watch();
        self.insist("export.send", json!({ "run": run }), &mut met).await;
        let mut resumes = 0;
        let done = loop {
            let is_sending = self.app.engine().is_sending(run);
            let view: RunView = self.app.call("runs.show", json!({ "run": run })).await;
            if is_sending {
                if self.app.org.calls().len() > MOST_CALLS {
                    self.end_trouble(&mut met);
                }
                let _told = events.recv().await;
                continue;
            }
            match view.summary.state {
                RunState::Done | RunState::Failed => break view,
                state => assert_eq!(state, RunState::Waiting, "{}: {:?}", self.at, view.summary),
            }
            let state: AppState = self.app.call("app.state", json!({})).await;
            if state.session == Session::SignedOut {
                self.sign_in(&mut met).await;
            }
            resumes += 1;
            assert!(resumes < MOST_RESUMES, "{}: {:?}", self.at, view.summary);
            if resumes > PATIENCE {
                self.end_trouble(&mut met);
            }
            if let Err(fault) = self.app.engine().call("runs.resume", json!({ "run": run })).await {
                self.mend(&fault, &mut met).await;
            }
        };
        self.end_trouble(&mut met);
        self.check(&done).await;
        met
    }

    async fn begin(&self, trouble: &Value) {
        self.app
            .org
            .add_trouble(trouble.to_string().parse::<Trouble>().unwrap());
        // Otherwise no call would need the token endpoint.
        self.app.control().expire_sessions().await.unwrap();
    }

    /// Calls until it succeeds, as somebody who reads the faults does.
    async fn insist(&self, name: &str, params: Value, met: &mut u64) -> Value {
        let mut tries = 0;
        loop {
            let fault = match self.app.engine().call(name, params.clone()).await {
                Ok(answer) => return answer,
                Err(fault) => fault,
            };
            tries += 1;
            assert!(tries < MOST_RESUMES, "{}: {name}: {fault}", self.at);
            if tries > PATIENCE {
                self.end_trouble(met);
            }
            self.mend(&fault, met).await;
        }
    }

    async fn mend(&self, fault: &Fault, met: &mut u64) {
        if matches!(fault.code, Code::SignedOut | Code::NotConnected) {
            self.sign_in(met).await;
        }
    }

    /// Somebody signs in again, to an org in which this works.
    async fn sign_in(&self, met: &mut u64) {
        self.end_trouble(met);
        self.app.connect().await;
    }

    fn end_trouble(&self, met: &mut u64) {
        let report = self.app.org.trouble_report();
        let calls = report.calls.iter().map(|piece| piece.happened);
        let jobs = report.jobs.iter().map(|piece| piece.happened);
        let locks = report.row_locks.iter().map(|piece| piece.happened);
        *met += calls.chain(jobs).chain(locks).sum::<u64>() + u64::from(report.holds_jobs);
        self.app.org.clear_trouble();
    }

    fn last_name(&self, number: usize) -> String {
        format!("{}x{number}", self.name)
    }

    fn email(&self, number: usize) -> String {
        format!("{}@troubled-works.example", self.last_name(number)).to_lowercase()
    }

    async fn import(&self) -> i64 {
        let people: Vec<(String, String)> = (0..self.new + self.known.len())
            .map(|number| (self.last_name(number), self.email(number)))
            .collect();
        let rows: Vec<[(&str, &str); 5]> = people
            .iter()
            .map(|(last_name, email)| {
                [
                    ("First Name", "Ada"),
                    ("Last Name", last_name.as_str()),
                    ("Email Address", email.as_str()),
                    ("Job Title", TITLE),
                    ("Company Name", self.name.as_str()),
                ]
            })
            .collect();
        let rows: Vec<&[(&str, &str)]> = rows.iter().map(<[_; 5]>::as_slice).collect();
        let file = self
            .app
            .file(&format!("{}.csv", self.name), lists::contacts_with(&rows));
        self.app.import(&file, &self.name).await.list.list_id
    }

    /// Each person is in the org once, the ledger tells of each what the org holds, and the counts add up.
    async fn check(&self, done: &RunView) {
        let at = format!(
            "{}, {:?}: {:?}",
            self.at, done.summary.state, done.summary.state_sentence
        );
        let soql = format!(
            "SELECT Id, Email, Title FROM Lead WHERE LastName LIKE '{}x%'",
            self.name
        );
        let leads = other_client(self.app).await.query(&soql).await.unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let by_email: HashMap<String, (String, String)> = leads
            .iter()
            .map(|lead| (text(&lead["Email"]), (text(&lead["Id"]), text(&lead["Title"]))))
            .collect();
        assert_eq!(by_email.len(), leads.len(), "{at}: somebody is there twice");
        let query =
            json!({ "run": done.summary.run, "outcome": null, "search": "", "offset": 0, "limit": 500 });
        let ledger: LedgerPage = self.app.call("runs.ledger", query).await;
        assert_eq!(ledger.lines.len(), self.new + self.known.len(), "{at}");
        let mut uncertain = 0;
        for line in &ledger.lines {
            let number = line.line as usize - 1;
            let lead = by_email.get(&self.email(number));
            uncertain += usize::from(line.outcome == Outcome::Uncertain);
            self.check_line(line, number, lead, &at);
        }
        let tally = done.summary.tally;
        let is = |outcome: Outcome| {
            u32::try_from(ledger.lines.iter().filter(|line| line.outcome == outcome).count()).unwrap()
        };
        assert_eq!(
            [
                is(Outcome::Created),
                is(Outcome::Updated),
                is(Outcome::Failed),
                is(Outcome::Uncertain)
            ],
            [
                tally.created_records,
                tally.updated_records,
                tally.failed_records,
                tally.uncertain_records
            ],
            "{at}"
        );
        assert_eq!(
            tally.created_records + tally.updated_records + tally.failed_records + tally.uncertain_records,
            done.summary.total_records,
            "{at}: {tally:?}"
        );
        // A job can be asked what became of it.
        assert!(done.summary.api == Api::Rest || uncertain == 0, "{at}: {tally:?}");
    }

    fn check_line(&self, line: &LedgerLine, number: usize, lead: Option<&(String, String)>, at: &str) {
        let id = line.salesforce_id.clone().unwrap_or_default();
        let known = self.known.get(number);
        let written = Some(&(id, TITLE.to_owned()));
        match (line.outcome, known) {
            (Outcome::Created, None) => assert_eq!(lead, written, "{at}: {line:?}"),
            (Outcome::Updated, Some(known)) => {
                assert_eq!(lead, written, "{at}: {line:?}");
                assert_eq!(line.salesforce_id.as_ref(), Some(known), "{at}: {line:?}");
            }
            (Outcome::Failed, None) => assert_eq!(lead, None, "{at}: {line:?}"),
            (Outcome::Failed, Some(known)) => {
                assert_eq!(lead, Some(&(known.clone(), String::new())), "{at}: {line:?}");
            }
            (Outcome::Uncertain, _) => {}
            _ => panic!("{at}: {line:?}"),
        }
    }
}

/// Somebody whose token is not that of the app's sessions, which end.
async fn other_client(app: &TestApp) -> OtherClient {
    OtherClient::of_somebody_else(&app.org).await.unwrap()
}

/// What happens in a piece of trouble, in one word.
fn kind(trouble: &Value) -> String {
    let mut pieces = LISTS_OF_PIECES
        .iter()
        .filter_map(|name| trouble.get(*name)?.get(0));
    let what = pieces.find_map(|piece| piece.get("what"));
    let named = what.unwrap_or(trouble);
    let name = named.as_object().and_then(|members| members.keys().next_back());
    name.cloned()
        .or_else(|| named.as_str().map(ToOwned::to_owned))
        .unwrap_or_default()
}

/// Exports in each kind of trouble whose place among them leaves this rest: several tests share them.
async fn export_in_trouble(rest: usize, of: usize) {
    let mut kinds: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for piece in documented() {
        kinds.entry(kind(&piece)).or_default().push(piece);
    }
    for (kind, pieces) in kinds.into_iter().skip(rest).step_by(of) {
        let (mut met, mut seen) = (0, Vec::new());
        for trouble in &pieces {
            let what = trouble.get("calls").map(|calls| calls[0]["what"].clone());
            let is_aimed = what.is_some() && !seen.contains(&what);
            seen.push(what);
            met += export_in(trouble, is_aimed).await;
        }
        assert!(met > 0, "{kind} never happened");
    }
}

/// Exports in one piece of trouble, by both APIs, as it is documented and aimed at the calls that write; says how often it
/// happened.
async fn export_in(trouble: &Value, is_aimed: bool) -> u64 {
    let app = TestApp::connected().await;
    let mut exports = vec![(20, 5, trouble.clone(), true), (20, 10, trouble.clone(), true)];
    if is_aimed {
        let (once, often) = (json!({ "first": 1 }), json!({ "every": 2 }));
        exports.push((20, 5, of_writing(trouble, "collections", &once), false));
        exports.push((20, 10, of_writing(trouble, "ingest", &once), false));
        exports.push((20, 10, of_writing(trouble, "ingest", &often), false));
    }
    let mut met = 0;
    for (number, (new, known, trouble, is_planned_in_it)) in (0..).zip(exports) {
        let mut export = Export {
            app: &app,
            name: format!("Trouble{}", char::from(b'a' + number)),
            new,
            known: Vec::new(),
            at: format!("{trouble}, {} leads", new + known),
        };
        let records = other_client(&app).await;
        for number in 0..known {
            let lead = json!({ "FirstName": "Ada", "LastName": export.last_name(number), "Company": export.name, "Email": export.email(number) });
            export.known.push(records.create("Lead", &lead).await.unwrap());
        }
        met += export.meet(&trouble, is_planned_in_it).await;
    }
    met
}

#[tokio::test]
async fn the_ledger_tells_what_the_org_holds_after_the_first_third_of_trouble() {
    export_in_trouble(0, 3).await;
}

#[tokio::test]
async fn the_ledger_tells_what_the_org_holds_after_the_second_third_of_trouble() {
    export_in_trouble(1, 3).await;
}

#[tokio::test]
async fn the_ledger_tells_what_the_org_holds_after_the_last_third_of_trouble() {
    export_in_trouble(2, 3).await;
}
