//! The Mapping tab while rows are edited: what there is to choose, what rows do to a sample, what they would do to the
//! org's record, and which rows names suggest. Nothing of it is saved and nothing is written to Salesforce.

use engine::Code;
use engine::contract::lists::Lists;
use engine::contract::mapping::fields::{Confidence, LookupFields, MappingFields, Proposals, TargetField};
use engine::contract::mapping::preview::{ExistingRecord, MappingPreview, RowPart, Verdict};
use engine::contract::mapping::row::MappingRow;
use engine::contract::mapping::versions::SavedMapping;
use engine::contract::runs::RunState;
use serde_json::{Value, json};
use support::TestApp;
use support::mapping_rows::{field, fixed, row, template};

async fn saved(app: &TestApp, object: &str) -> SavedMapping {
    app.call("mapping.show", json!({ "object": object })).await
}

fn as_json(rows: &[MappingRow]) -> Vec<Value> {
    rows.iter()
        .map(|row| serde_json::to_value(row).unwrap())
        .collect()
}

fn query(object: &str, rows: &[Value]) -> Value {
    json!({ "object": object, "rows": rows, "sample": { "list_id": null, "index": 0 }, "record": null })
}

/// A list of two people.
async fn two_people(app: &TestApp) -> i64 {
    let text = "ZoomInfo Contact ID,Last Name,First Name,Job Title,Management Level,Direct Phone Number,Email Address,\
                ZoomInfo Company ID,Company Name,Company HQ Phone\n\
                2000000001,Lee,Ryan,Chief Information Officer,C Level Exec,,ryan.lee@carroll.example,10000001,Carroll,\n\
                2000000014,Yoder,Monica,HR Business Partner,Director,,monica@collins.example,10000297,Collins,\
                (219) 606-2399\n";
    app.import(&app.file("two.csv", text), "Two people")
        .await
        .list
        .list_id
}

async fn preview(app: &TestApp, object: &str, rows: &[Value]) -> MappingPreview {
    app.call("mapping.preview", query(object, rows)).await
}

fn codes(preview: &MappingPreview) -> Vec<(Option<u32>, &str, RowPart, bool)> {
    preview
        .problems
        .iter()
        .map(|problem| {
            (
                problem.row,
                problem.code.as_str(),
                problem.part,
                problem.stops_saving,
            )
        })
        .collect()
}

fn target<'a>(fields: &'a MappingFields, name: &str) -> &'a TargetField {
    fields.targets.iter().find(|field| field.name == name).unwrap()
}

#[tokio::test]
async fn everything_that_a_row_can_be_made_of_is_offered() {
    let app = TestApp::start().await;
    let before: MappingFields = app.call("mapping.fields", json!({ "object": "contact" })).await;
    assert!(before.targets.is_empty() && before.described_at.is_none() && !before.groups.is_empty());
    app.connect().await;
    let _: Lists = app.call("lists.import_samples", json!({})).await;
    let list = app
        .import(
            &app.file("spring.csv", support::lists::contacts(3)),
            "Spring fair",
        )
        .await
        .list;
    let contact: MappingFields = app.call("mapping.fields", json!({ "object": "contact" })).await;
    assert_eq!(contact.lists[0].list_id, list.list_id);
    let spring = contact
        .extra_columns
        .iter()
        .find(|extra| extra.column == "Query Name")
        .unwrap();
    assert!(spring.lists.contains(&"Spring fair".to_owned()));
    let labels: Vec<&str> = contact.groups.iter().map(|group| group.label.as_str()).collect();
    assert_eq!(labels[..2], ["Person", "Person address"]);
    let account: MappingFields = app.call("mapping.fields", json!({ "object": "account" })).await;
    assert!(
        account
            .groups
            .iter()
            .flat_map(|group| &group.fields)
            .all(|field| field.kind_label == "Company field")
    );
    assert!(account.lists.iter().all(|list| list.name != "Spring fair"));
    assert!(contact.time_zones.iter().any(|zone| zone == "America/New_York"));
    assert!(contact.described_at.is_some());

    let last_name = target(&contact, "LastName");
    assert!(last_name.required && last_name.closed.is_none() && last_name.type_label == "Text(80)");
    let why = |name: &str| target(&contact, name).closed.clone().unwrap();
    assert!(why("MailingAddress").contains("Made of other fields"));
    assert!(why("Id").contains("Given by Salesforce"));
    assert!(why("CreatedDate").contains("Read-only"));
    assert_eq!(target(&contact, "AccountId").refers_to, ["Account"]);
    assert!(!target(&contact, "LeadSource").picklist.is_empty());
}

#[tokio::test]
async fn a_lookup_is_by_an_external_id_of_the_other_object() {
    let app = TestApp::connected_with_native_app().await;
    let account: LookupFields = app
        .call("mapping.lookup_fields", json!({ "object": "Account" }))
        .await;
    assert_eq!(account.label, "Account");
    assert!(
        account
            .fields
            .iter()
            .any(|field| field.name == "DOZISF__ZoomInfo_Id__c" && field.label == "ZoomInfo Company ID")
    );
    assert!(account.fields.iter().all(|field| field.name != "Name"));
    let unknown = app
        .fault("mapping.lookup_fields", json!({ "object": "Mood__c" }))
        .await;
    assert_eq!(unknown.code, Code::NotFound);
    for name in ["Account/../Lead", "", "Account WHERE", "Owner.Account"] {
        let fault = app
            .fault("mapping.lookup_fields", json!({ "object": name }))
            .await;
        assert_eq!(
            (fault.code, fault.field.as_deref()),
            (Code::Invalid, Some("object")),
            "{name}"
        );
    }
}

#[tokio::test]
async fn unsaved_rows_are_previewed_and_nothing_is_kept() {
    let app = TestApp::connected().await;
    let list_id = two_people(&app).await;
    let start = saved(&app, "contact").await;
    let mut rows = as_json(&start.rows);
    let same = preview(&app, "contact", &rows).await;
    assert!(same.changes.is_empty() && same.changed_rows.is_empty() && same.problems.is_empty());
    assert!(same.described && same.locked_rows.is_empty() && same.unmapped_required.is_empty());

    let place = |target: &str| {
        let found = start.rows.iter().position(|row| row.target == target);
        found.unwrap()
    };
    let (title, phone) = (place("Title"), place("Phone"));
    rows[title]["on_update"] = json!("overwrite");
    rows.swap(phone, phone + 1);
    rows.push(field("management_level", ""));
    app.org.forget_calls();
    let asked = json!({ "object": "contact", "rows": rows, "sample": { "list_id": list_id, "index": 1 }, "record": null });
    let changed: MappingPreview = app.call("mapping.preview", asked).await;
    assert_eq!(changed.sample.as_ref().unwrap().name, "Monica Yoder");
    assert_eq!(
        changed.changes,
        ["Title on update", "order of Business Phone", "1 row added"]
    );
    let last = u32::try_from(rows.len()).unwrap();
    let (title, phone) = (u32::try_from(title).unwrap(), u32::try_from(phone).unwrap());
    assert_eq!(changed.changed_rows, [title + 1, phone + 1, phone + 2, last]);
    assert_eq!(
        codes(&changed),
        [(Some(last), "target_blank", RowPart::Target, true)]
    );
    let blank = changed.rows.last().unwrap();
    assert_eq!(
        (
            blank.verdict,
            blank.sample_value.as_str(),
            blank.result_note.as_str()
        ),
        (Verdict::Error, "Director", "Not written")
    );
    let phones: Vec<_> = changed
        .rows
        .iter()
        .filter(|row| row.target_name == "Phone")
        .map(|row| {
            let place = row.hierarchy.unwrap();
            (
                row.source.as_str(),
                place.position,
                place.in_use,
                row.result.as_str(),
                row.result_note.as_str(),
            )
        })
        .collect();
    assert_eq!(
        phones,
        [
            ("Company HQ Phone", 1, true, "(219) 606-2399", ""),
            ("Direct Phone Number", 2, false, "", "Blank, 1 is used"),
        ]
    );
    assert!(app.org.calls().is_empty(), "a preview asks the org nothing");
    assert_eq!(saved(&app, "contact").await, start);
}

#[tokio::test]
async fn required_fields_without_a_row_are_named() {
    let app = TestApp::connected().await;
    let found = preview(&app, "lead", &[field("last_name", "LastName")]).await;
    assert_eq!(codes(&found), [(None, "missing_required", RowPart::Whole, false)]);
    let unmapped: Vec<(&str, &str)> = found
        .unmapped_required
        .iter()
        .map(|field| (field.target.as_str(), field.label.as_str()))
        .collect();
    assert_eq!(unmapped, [("Company", "Company")]);
}

#[tokio::test]
async fn without_an_org_rows_are_shown_unchecked_and_blank_ones_still_stop_saving() {
    let app = TestApp::start().await;
    let found = preview(&app, "lead", &[field("last_name", "LastName"), field("", "")]).await;
    assert!(!found.described);
    assert_eq!(found.rows[0].verdict, Verdict::Unknown);
    assert_eq!(found.rows[1].verdict, Verdict::Error);
    assert_eq!(codes(&found), [(Some(2), "row_blank", RowPart::Whole, true)]);
    let fault = app
        .fault("mapping.match", json!({ "object": "lead", "rows": [] }))
        .await;
    assert_eq!(fault.code, Code::NotConnected);
}

#[tokio::test]
async fn the_native_apps_rows_are_locked_and_exported() {
    let app = TestApp::connected_with_native_app().await;
    let list_id = two_people(&app).await;
    let fields: MappingFields = app.call("mapping.fields", json!({ "object": "lead" })).await;
    let closed = target(&fields, "DOZISF__ZoomInfo_Id__c").closed.clone().unwrap();
    assert!(closed.contains("native app"), "{closed}");
    let start = saved(&app, "lead").await;
    assert_eq!(start.native_app.as_deref(), Some("installed"));
    let mut rows = as_json(&start.rows);
    let asked = json!({ "object": "lead", "rows": rows, "sample": { "list_id": list_id, "index": 0 }, "record": null });
    let shown: MappingPreview = app.call("mapping.preview", asked).await;
    let locked: Vec<_> = shown
        .locked_rows
        .iter()
        .map(|row| {
            (
                row.target_name.as_str(),
                row.result.as_str(),
                row.verdict,
                row.source_kind.as_str(),
            )
        })
        .collect();
    assert_eq!(
        locked,
        [
            (
                "DOZISF__ZoomInfo_Id__c",
                "2000000001",
                Verdict::Locked,
                "Native app"
            ),
            (
                "DOZISF__ZoomInfo_Company_ID__c",
                "10000001",
                Verdict::Locked,
                "Native app"
            ),
        ]
    );
    rows.push(field("zoominfo_contact_id", "DOZISF__ZoomInfo_Id__c"));
    let refused = preview(&app, "lead", &rows).await;
    let last = u32::try_from(rows.len()).ok();
    assert_eq!(codes(&refused), [(last, "target_locked", RowPart::Target, false)]);
    rows.pop();

    let planned = app.plan("lead", list_id).await;
    assert_eq!(app.send(planned.summary.run).await.summary.state, RunState::Done);
    let found = find(&app, "lead", &rows, list_id, 1).await.unwrap();
    assert_eq!(
        (found.name.as_str(), found.found_by.as_str()),
        ("Monica Yoder", "same ZoomInfo id")
    );
    assert_eq!(found.values["DOZISF__ZoomInfo_Company_ID__c"], "10000297");
}

async fn find(
    app: &TestApp,
    object: &str,
    rows: &[Value],
    list_id: i64,
    index: u32,
) -> Option<ExistingRecord> {
    let asked = json!({ "object": object, "rows": rows, "sample": { "list_id": list_id, "index": index } });
    app.call("mapping.find_record", asked).await
}

#[tokio::test]
async fn the_sample_is_shown_as_an_update_of_the_orgs_record() {
    let app = TestApp::connected().await;
    let header =
        "ZoomInfo Contact ID,Last Name,First Name,Job Title,Email Address,ZoomInfo Company ID,Company Name";
    let people = |title: &str| {
        format!(
            "{header}\n77,O'Neil \"Bo\",Ada,{title},ada.o'neil@quay.example,7,Quay & Söhne\n78,Nobody,Known,Clerk,,8,Else"
        )
    };
    let first = app
        .import(&app.file("first.csv", people("Generalist")), "First")
        .await
        .list;
    let mut rows = as_json(&saved(&app, "lead").await.rows);
    assert_eq!(find(&app, "lead", &rows, first.list_id, 0).await, None);
    let planned = app.plan("lead", first.list_id).await;
    assert_eq!(app.send(planned.summary.run).await.summary.state, RunState::Done);

    let second = app
        .import(&app.file("second.csv", people("Partner")), "Second")
        .await
        .list;
    for row in &mut rows {
        if row["target"] == "Title" {
            row["on_update"] = json!("overwrite");
        }
    }
    rows.push(field("department", "City"));
    let found = find(&app, "lead", &rows, second.list_id, 0).await.unwrap();
    assert_eq!(found.found_by, "same e-mail");
    assert_eq!(
        (
            found.values["Title"].as_str(),
            found.values["LeadSource"].as_str()
        ),
        ("Generalist", "ZoomInfo")
    );
    assert!(!found.values.contains_key("Phone"), "blank values are left out");
    let by_name = find(&app, "lead", &rows, second.list_id, 1).await.unwrap();
    assert_eq!(by_name.found_by, "same name and company");

    let asked = json!({
        "object": "lead", "rows": rows, "sample": { "list_id": second.list_id, "index": 0 }, "record": found,
    });
    let shown: MappingPreview = app.call("mapping.preview", asked).await;
    let note = |target: &str| {
        let row = shown.rows.iter().find(|row| row.target_name == target).unwrap();
        (row.result.as_str(), row.result_note.as_str())
    };
    assert_eq!(note("Title"), ("Partner", "Replaces “Generalist”"));
    assert_eq!(note("Email"), ("ada.o'neil@quay.example", "No change"));
}

#[tokio::test]
async fn a_company_is_found_by_its_website_however_it_is_written() {
    let app = TestApp::connected().await;
    let company = |website: &str, name: &str| {
        format!("ZoomInfo Company ID,Company Name,Website,Employees\n7,{name},{website},12\n")
    };
    let first = app
        .import(
            &app.file("a.csv", company("https://www.Quay-100.example/home", "Quay")),
            "A",
        )
        .await
        .list;
    let planned = app.plan("account", first.list_id).await;
    assert_eq!(app.send(planned.summary.run).await.summary.state, RunState::Done);
    let rows = as_json(&saved(&app, "account").await.rows);
    let found_by = async |file: &str, website: &str, name: &str| {
        let list = app
            .import(&app.file(file, company(website, name)), file)
            .await
            .list;
        find(&app, "account", &rows, list.list_id, 0)
            .await
            .map(|found| found.found_by)
    };
    assert_eq!(
        found_by("b.csv", "quay-100.example", "Renamed").await.as_deref(),
        Some("same website")
    );
    assert_eq!(found_by("c.csv", "100.example", "Other").await, None);
    assert_eq!(
        found_by("d.csv", "%_.example' OR Name != '", "Quay")
            .await
            .as_deref(),
        Some("same name")
    );
}

#[tokio::test]
async fn names_suggest_rows_for_fields_that_are_not_mapped() {
    let app = TestApp::connected().await;
    let rows = [field("last_name", "LastName"), field("company_name", "Company")];
    let asked = json!({ "object": "lead", "rows": rows });
    let found: Proposals = app.call("mapping.match", asked).await;
    let of = |target: &str| found.proposals.iter().find(|proposal| proposal.target == target);
    let fax = of("Fax").unwrap();
    assert_eq!(
        (fax.source_label.as_str(), fax.confidence, fax.reason.as_str()),
        ("Fax", Confidence::Sure, "same label")
    );
    assert_eq!(
        of("NumberOfEmployees").map(|proposal| proposal.source_label.as_str()),
        Some("Employees")
    );
    assert_eq!(
        of("AnnualRevenue").map(|proposal| proposal.confidence),
        Some(Confidence::Likely)
    );
    for closed in ["LastName", "Company", "Name", "Address", "Id", "OwnerId"] {
        assert!(of(closed).is_none(), "{closed}");
    }
    assert!(
        found
            .proposals
            .is_sorted_by_key(|proposal| proposal.confidence as u8)
    );
}

#[tokio::test]
async fn odd_rows_are_answered_with_what_is_wrong_at_each() {
    let app = TestApp::connected().await;
    let long = "x".repeat(100_000);
    let formula = "=HYPERLINK(\"http://quay.example\",\"O'Neil\")";
    let rows = [
        field("last_name", "LastName"),
        field("company_name", "Company"),
        field("job_title", "AccountId"),
        field("no_such_field", "Title"),
        field("mood", "Robert'); DROP TABLE--"),
        template("{Mood}", "Title"),
        template("{Job Title", "No_Such_Field__c"),
        fixed(formula, "Description"),
        fixed(&long, "City"),
        fixed(&long, &long),
        field("job_title", " title "),
    ];
    let found = preview(&app, "lead", &rows).await;
    assert_eq!(
        codes(&found),
        [
            (Some(3), "unknown_target", RowPart::Target, false),
            (Some(4), "unknown_source", RowPart::Source, false),
            (Some(5), "unknown_target", RowPart::Target, false),
            (Some(6), "template_fault", RowPart::Source, true),
            (Some(7), "template_fault", RowPart::Source, true),
            (Some(10), "unknown_target", RowPart::Target, false),
        ]
    );
    assert_eq!(found.rows[7].result, formula);
    assert_eq!(
        (found.rows[8].result.chars().count(), found.rows[8].verdict),
        (40, Verdict::Warning)
    );
    assert!(found.rows.iter().all(|row| row.source.chars().count() <= 200));
    assert!(
        found
            .problems
            .iter()
            .all(|problem| problem.sentence.chars().count() < 600),
        "a sentence quotes no more than people read"
    );
    let title = &found.rows[10];
    assert_eq!(
        (title.target_name.as_str(), title.verdict),
        ("Title", Verdict::Ready)
    );
}

#[tokio::test]
async fn two_thousand_rows_are_taken_and_no_more() {
    let app = TestApp::connected().await;
    let mut rows = vec![field("last_name", "LastName"), field("company_name", "Company")];
    rows.resize_with(2_000, || field("job_title", "Title"));
    let found = preview(&app, "lead", &rows).await;
    assert_eq!((found.rows.len(), found.problems.len()), (2_000, 0));
    assert_eq!(found.rows[1_999].hierarchy.unwrap().of, 1_998);
    rows.push(field("job_title", "Title"));
    let found = preview(&app, "lead", &rows).await;
    assert_eq!(codes(&found), [(None, "too_many_rows", RowPart::Whole, true)]);
}

#[tokio::test]
async fn rows_that_are_no_rows_are_refused() {
    let app = TestApp::start().await;
    let mut with_more = field("job_title", "Title");
    with_more["mood"] = json!(1);
    for rows in [
        json!([with_more]),
        json!([row(&json!({ "kind": "spell" }), "Title", &json!({}))]),
        json!({}),
    ] {
        let asked = json!({ "object": "lead", "rows": rows, "sample": { "list_id": null, "index": 0 }, "record": null });
        assert_eq!(
            app.fault("mapping.preview", asked).await.code,
            Code::BadParameters
        );
    }
    let unknown = json!({ "object": "opportunity", "rows": [] });
    assert_eq!(
        app.fault("mapping.match", unknown).await.code,
        Code::BadParameters
    );
}
