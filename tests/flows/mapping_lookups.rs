//! Values that only the org can judge, from the editor to the org: lookups by external id, record types by name, states and
//! countries by code or label; by REST and by Bulk.

use demo_org::Options;
use engine::contract::app::AppState;
use engine::contract::lists::Imported;
use engine::contract::mapping::check::ListCheck;
use engine::contract::mapping::fields::{LookupFields, MappingFields, TargetField};
use engine::contract::mapping::preview::{ExistingRecord, MappingPreview, MappingRowView, Verdict};
use engine::contract::mapping::test::{FieldVerdict, MappingTest, TestState};
use engine::contract::mapping::versions::SaveAnswer;
use engine::contract::runs::{Api, LedgerPage, Outcome, RunView};
use serde_json::{Value, json};
use support::mapping_rows::{field, fixed};
use support::{TestApp, lists};

async fn listing_org() -> TestApp {
    connected(Options {
        state_and_country_lists: true,
        ..Options::default()
    })
    .await
}

async fn connected(options: Options) -> TestApp {
    let app = TestApp::start_with(options).await;
    app.connect().await;
    let _: AppState = app.call("settings.exports_on", json!({ "on": true })).await;
    app
}

fn looked_up(mut row: Value, object: &str, field: &str) -> Value {
    row["lookup"] = json!({ "object": object, "field": field });
    row
}

fn on_list(object: &str, rows: &[Value], list_id: i64) -> Value {
    json!({ "object": object, "rows": rows, "sample": { "list_id": list_id, "index": 0 }, "record": null })
}

async fn preview(app: &TestApp, object: &str, rows: &[Value], list_id: i64) -> MappingPreview {
    app.call("mapping.preview", on_list(object, rows, list_id)).await
}

async fn test(app: &TestApp, object: &str, rows: &[Value], list_id: i64) -> MappingTest {
    let asked = json!({ "object": object, "rows": rows, "sample": { "list_id": list_id, "index": 0 } });
    app.call("mapping.test", asked).await
}

fn of<'a>(preview: &'a MappingPreview, target: &str) -> &'a MappingRowView {
    preview.rows.iter().find(|row| row.target_name == target).unwrap()
}

async fn save(app: &TestApp, object: &str, rows: &[Value]) {
    let params = json!({ "object": object, "rows": rows, "note": "", "based_on_version": null });
    let _: SaveAnswer = app.call("mapping.save", params).await;
}

async fn import(app: &TestApp, contacts: u32) -> i64 {
    let file = app.file("contacts.csv", lists::contacts(contacts));
    let imported: Imported = app.import(&file, "Contacts").await;
    imported.list.list_id
}

async fn export(app: &TestApp, object: &str, list_id: i64, records: u32) -> RunView {
    let choice = json!({
        "object": object, "list_id": list_id, "selection": { "kind": "all" }, "limit_records": records,
        "on_duplicate": "create",
    });
    let planned: RunView = app.call("export.plan", choice).await;
    let api = if records <= 25 { Api::Rest } else { Api::Bulk };
    assert_eq!(planned.summary.api, api);
    app.send(planned.summary.run).await
}

async fn failed(app: &TestApp, run: &RunView) -> Vec<(String, String)> {
    let page: LedgerPage = app
        .call(
            "runs.ledger",
            json!({ "run": run.summary.run, "outcome": null, "search": "", "offset": 0, "limit": 500 }),
        )
        .await;
    let failed = page
        .lines
        .into_iter()
        .filter(|line| line.outcome == Outcome::Failed);
    failed
        .map(|line| {
            (
                line.error_code.unwrap_or_default(),
                line.error.unwrap_or_default(),
            )
        })
        .collect()
}

async fn query(app: &TestApp, soql: &str) -> Vec<Value> {
    let answer = reqwest::Client::new()
        .get(format!("{}/services/data/v60.0/query", app.org.instance_url()))
        .query(&[("q", soql)])
        .bearer_auth(app.org.access_token())
        .send()
        .await
        .unwrap();
    let found: Value = answer.json().await.unwrap();
    found["records"]
        .as_array()
        .unwrap_or_else(|| panic!("{found}"))
        .clone()
}

async fn add_account(app: &TestApp, account: &Value) {
    add(app, "Account", account).await;
}

async fn add(app: &TestApp, object: &str, record: &Value) {
    let answer = reqwest::Client::new()
        .post(format!(
            "{}/services/data/v60.0/sobjects/{object}",
            app.org.instance_url()
        ))
        .json(record)
        .bearer_auth(app.org.access_token())
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
}

/// Contacts by the id of their company, with the address's state and country.
fn contact_rows() -> Vec<Value> {
    vec![
        field("last_name", "LastName"),
        field("email", "Email"),
        looked_up(
            field("zoominfo_company_id", "AccountId"),
            "Account",
            "zoominfo_id__c",
        ),
        field("company_state", "MailingStateCode"),
        field("company_country", "MailingCountryCode"),
        fixed("ca", "OtherState"),
        fixed("US", "OtherCountry"),
    ]
}

/// Every contact of the list that the org holds has the account, the state and the country of its row.
async fn check_contacts(app: &TestApp) {
    let found = query(
        app,
        "SELECT Email, Account.ZoomInfo_Id__c, MailingState, MailingStateCode, MailingCountry, MailingCountryCode, \
         OtherStateCode, OtherCountryCode FROM Contact WHERE Email LIKE 'ada.marsh%' ORDER BY CreatedDate DESC",
    )
    .await;
    for contact in &found {
        let email = contact["Email"].as_str().unwrap();
        let number: u32 = email
            .trim_start_matches("ada.marsh")
            .split('@')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(
            contact["Account"]["ZoomInfo_Id__c"],
            (20_000_000 + number / 3).to_string()
        );
        assert_eq!(
            (&contact["MailingState"], &contact["MailingStateCode"]),
            (&json!("Delaware"), &json!("DE"))
        );
        assert_eq!(
            (&contact["MailingCountry"], &contact["MailingCountryCode"]),
            (&json!("United States"), &json!("US"))
        );
        assert_eq!(
            (&contact["OtherStateCode"], &contact["OtherCountryCode"]),
            (&json!("CA"), &json!("US"))
        );
    }
}

#[tokio::test]
async fn contacts_find_their_accounts_by_an_external_id_by_rest_and_by_bulk() {
    let app = listing_org().await;
    let list_id = import(&app, 36).await;
    // Companies 0 to 10 of the list are in the org; 11 is not.
    for company in 0..11 {
        let id = (20_000_000 + company).to_string();
        add_account(
            &app,
            &json!({ "Name": format!("Works {company}"), "ZoomInfo_Id__c": id }),
        )
        .await;
    }
    let keys: LookupFields = app
        .call("mapping.lookup_fields", json!({ "object": "Account" }))
        .await;
    assert!(keys.fields.iter().any(|field| field.name == "ZoomInfo_Id__c"));

    let rows = contact_rows();
    let shown = preview(&app, "contact", &rows, list_id).await;
    assert_eq!(shown.problems, []);
    assert_eq!(
        (
            of(&shown, "AccountId").result.as_str(),
            of(&shown, "AccountId").result_note.as_str()
        ),
        ("20000000", "Looked up by Account.zoominfo_id__c")
    );
    for (target, result) in [
        ("MailingStateCode", "DE"),
        ("MailingCountryCode", "US"),
        ("OtherState", "California"),
        ("OtherCountry", "United States"),
    ] {
        let view = of(&shown, target);
        assert_eq!(
            (view.result.as_str(), view.verdict),
            (result, Verdict::Ready),
            "{view:?}"
        );
    }

    let tested = test(&app, "contact", &rows, list_id).await;
    assert_eq!(tested.state, TestState::Passed, "{tested:?}");
    let account = tested
        .fields
        .iter()
        .find(|field| field.target == "AccountId")
        .unwrap();
    assert_eq!(
        (account.row, account.sent.as_str(), account.verdict),
        (Some(3), "20000000", FieldVerdict::Written)
    );
    assert!(account.read_back.starts_with("001"), "{account:?}");
    assert_eq!(tested.records.len(), 1, "the account is there already");

    save(&app, "contact", &rows).await;
    for records in [6, 36] {
        let ended = export(&app, "contact", list_id, records).await;
        let missing = if records == 36 { 3 } else { 0 };
        assert_eq!(
            ended.summary.tally.created_records,
            records - missing,
            "{ended:?}"
        );
        check_contacts(&app).await;
        if missing > 0 {
            let failed = failed(&app, &ended).await;
            assert_eq!(failed.len(), 3);
            assert_eq!(failed[0].0, "INVALID_FIELD");
            assert_eq!(
                failed[0].1,
                "Foreign key external ID: 20000011 not found for field ZoomInfo_Id__c in entity Account"
            );
        }
    }
    assert_eq!(
        query(&app, "SELECT Id FROM Contact WHERE Email LIKE 'ada.marsh%'")
            .await
            .len(),
        6 + 33
    );
}

#[tokio::test]
async fn leads_get_their_record_type_by_name_and_their_owner_by_email() {
    let app = listing_org().await;
    let list_id = import(&app, 30).await;
    let rows = vec![
        field("last_name", "LastName"),
        field("company_name", "Company"),
        field("email", "Email"),
        fixed("outbound lead", "RecordTypeId"),
        looked_up(
            fixed("mara.okafor@landbridge-demo.example", "OwnerId"),
            "User",
            "Email",
        ),
        field("company_state", "State"),
        field("company_country", "Country"),
    ];
    let shown = preview(&app, "lead", &rows, list_id).await;
    assert_eq!(shown.problems, []);
    assert_eq!(of(&shown, "RecordTypeId").result, "Outbound Lead");
    let fields: MappingFields = app.call("mapping.fields", json!({ "object": "lead" })).await;
    let of_fields =
        |name: &str| -> &TargetField { fields.targets.iter().find(|field| field.name == name).unwrap() };
    let record_type = of_fields("RecordTypeId");
    let choices: Vec<(&str, &str)> = record_type
        .picklist
        .iter()
        .map(|entry| (entry.value.as_str(), entry.label.as_str()))
        .collect();
    assert_eq!(
        choices,
        [("Inbound", "Inbound Lead"), ("Outbound", "Outbound Lead")]
    );
    assert!(record_type.restricted && record_type.refers_to.is_empty());
    assert!(
        of_fields("State")
            .picklist
            .iter()
            .any(|entry| entry.value == "Delaware")
    );

    let tested = test(&app, "lead", &rows, list_id).await;
    assert_eq!(tested.state, TestState::Passed, "{tested:?}");
    save(&app, "lead", &rows).await;
    for records in [10, 30] {
        let ended = export(&app, "lead", list_id, records).await;
        assert_eq!(ended.summary.tally.created_records, records, "{ended:?}");
    }
    let found = query(
        &app,
        "SELECT RecordType.DeveloperName, Owner.Name, State, StateCode, CountryCode FROM Lead WHERE Email LIKE 'ada.marsh%'",
    )
    .await;
    assert_eq!(found.len(), 40);
    for lead in &found {
        assert_eq!(lead["RecordType"]["DeveloperName"], "Outbound");
        assert_eq!(
            (&lead["State"], &lead["StateCode"], &lead["CountryCode"]),
            (&json!("Delaware"), &json!("DE"), &json!("US"))
        );
    }
    // By Bulk no assignment rule runs, so that the owner stays who was looked up.
    assert!(
        found
            .iter()
            .filter(|lead| lead["Owner"]["Name"] == "Mara Okafor")
            .count()
            >= 30,
        "{found:?}"
    );
}

#[tokio::test]
async fn what_the_lists_do_not_have_never_reaches_the_org() {
    let app = listing_org().await;
    let list_id = import(&app, 3).await;
    let base = [field("last_name", "LastName"), field("company_name", "Company")];
    let cases = [
        (
            vec![fixed("Ontario", "StateCode"), fixed("US", "CountryCode")],
            "StateCode",
            "not_in_country",
        ),
        (vec![fixed("Ohio", "State")], "State", "state_without_country"),
    ];
    for (rows, target, rule) in cases {
        let rows: Vec<Value> = base.iter().cloned().chain(rows).collect();
        let shown = preview(&app, "lead", &rows, list_id).await;
        assert_eq!(of(&shown, target).verdict, Verdict::Warning, "{rule}");
        assert_eq!(of(&shown, target).result, "");
        let checked: ListCheck = app
            .call(
                "mapping.check_list",
                json!({ "object": "lead", "rows": rows, "list_id": list_id }),
            )
            .await;
        assert_eq!(checked.rows[2].findings[0].code, rule);
        assert_eq!(checked.rows[2].findings[0].profiles, 3);
        save(&app, "lead", &rows).await;
        let ended = export(&app, "lead", list_id, 3).await;
        assert_eq!(
            ended.summary.tally.created_records, 3,
            "the record goes on without the state"
        );
    }
    let states = query(
        &app,
        "SELECT Id FROM Lead WHERE LastName LIKE 'Marsh%' AND State != null",
    )
    .await;
    assert_eq!(states, [] as [Value; 0]);
    for (target, value) in [
        ("CountryCode", "Atlantis"),
        ("Country", "Atlantis"),
        ("RecordTypeId", "Partner"),
    ] {
        let rows: Vec<Value> = base.iter().cloned().chain([fixed(value, target)]).collect();
        let shown = preview(&app, "lead", &rows, list_id).await;
        assert_eq!(shown.problems[0].code, "fixed_value_fault", "{target}: {shown:?}");
    }
}

#[tokio::test]
async fn the_test_says_at_the_row_that_no_record_or_several_were_found() {
    let app = connected(Options {
        native_app: true,
        ..Options::default()
    })
    .await;
    let list_id = import(&app, 3).await;
    let by = |field: &str| {
        let row = fixed("Twin", "AccountId");
        vec![fixed("Okafor", "LastName"), looked_up(row, "Account", field)]
    };
    let missing = test(&app, "contact", &by("DOZISF__ZoomInfo_Id__c"), list_id).await;
    assert_eq!(missing.state, TestState::Refused);
    let error = missing.error.unwrap();
    assert_eq!(
        (error.code.as_str(), error.rows),
        ("INVALID_FIELD", vec![2]),
        "{}",
        error.sentence
    );
    assert!(
        error.sentence.contains("Foreign key external ID: twin not found"),
        "{}",
        error.sentence
    );
    for _ in 0..2 {
        add_account(&app, &json!({ "Name": "Twin", "DOZISF__ZoomInfo_Id__c": "Twin" })).await;
    }
    let several = test(&app, "contact", &by("DOZISF__ZoomInfo_Id__c"), list_id).await;
    let error = several.error.unwrap();
    assert_eq!(
        (error.code.as_str(), error.rows),
        ("DUPLICATE_EXTERNAL_ID", vec![2]),
        "{}",
        error.sentence
    );

    let wrong = test(&app, "contact", &by("Industry"), list_id).await;
    let error = wrong.error.unwrap();
    assert_eq!(
        (error.code.as_str(), error.rows),
        ("lookup_not_by_field", vec![2])
    );
    // The preview knows it too, now that the account's fields were read.
    let shown = preview(&app, "contact", &by("Industry"), list_id).await;
    assert_eq!(
        (shown.problems[0].code.as_str(), shown.problems[0].row),
        ("lookup_not_by_field", Some(2))
    );
    let plain = [fixed("Okafor", "LastName"), fixed("Twin", "AccountId")];
    let shown = preview(&app, "contact", &plain, list_id).await;
    assert_eq!(shown.problems[0].code, "fixed_value_fault");
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_what_was_looked_up() {
    let app = listing_org().await;
    let list_id = import(&app, 3).await;
    add_account(&app, &json!({ "Name": "Works 0", "ZoomInfo_Id__c": "20000000" })).await;
    save(&app, "contact", &contact_rows()).await;
    app.control()
        .lose_next_answer("composite/sobjects")
        .await
        .unwrap();
    let ended = export(&app, "contact", list_id, 3).await;
    assert_eq!(ended.summary.tally.created_records, 3, "{ended:?}");
    assert_eq!(
        query(&app, "SELECT Id FROM Contact WHERE Email LIKE 'ada.marsh%'")
            .await
            .len(),
        3
    );
}

#[tokio::test]
async fn an_update_takes_a_state_for_the_country_that_the_record_has() {
    let app = listing_org().await;
    let list_id = import(&app, 1).await;
    let lead = json!({
        "LastName": "Marsh0", "Company": "Works 0", "Email": "ada.marsh0@works0.example", "CountryCode": "CA",
    });
    add(&app, "Lead", &lead).await;
    let rows = [
        field("last_name", "LastName"),
        field("company_name", "Company"),
        field("email", "Email"),
        fixed("ontario", "StateCode"),
    ];
    let mut asked = on_list("lead", &rows, list_id);
    let query = json!({ "object": "lead", "rows": rows, "sample": { "list_id": list_id, "index": 0 } });
    let found: ExistingRecord = app.call("mapping.find_record", query).await;
    assert_eq!(found.values["CountryCode"], "CA");
    asked["record"] = serde_json::to_value(&found).unwrap();
    let shown: MappingPreview = app.call("mapping.preview", asked).await;
    let state = of(&shown, "StateCode");
    assert_eq!(
        (state.result.as_str(), state.result_note.as_str()),
        ("ON", "Fills a blank field")
    );
    let as_new = preview(&app, "lead", &rows, list_id).await;
    assert_eq!(of(&as_new, "StateCode").result, "");
}
