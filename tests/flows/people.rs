//! People of the organisation: adding, changing, removing, importing, and who uses the window.

use engine::Code;
use engine::contract::app::{AppState, Role};
use engine::contract::lists::SavedFile;
use engine::contract::people::{People, PeopleFileCheck, Person};
use serde_json::{Value, json};
use support::TestApp;

async fn people(app: &TestApp) -> People {
    app.call("people.list", json!({})).await
}

async fn person(app: &TestApp, name: &str) -> Person {
    let all = people(app).await.people;
    let found = all.iter().find(|person| person.name == name);
    found.unwrap_or_else(|| panic!("no {name} among {all:?}")).clone()
}

async fn add(app: &TestApp, name: &str, email: &str, role: &str) -> i64 {
    let params = json!({ "name": name, "email": email, "role": role });
    let _: People = app.call("people.add", params).await;
    let as_kept: Vec<&str> = name.split_whitespace().collect();
    person(app, &as_kept.join(" ")).await.person
}

fn changed(person: &Person, changes: &Value) -> Value {
    let mut params =
        json!({ "person": person.person, "name": person.name, "email": person.email, "role": person.role });
    for (name, value) in changes.as_object().unwrap() {
        params[name] = value.clone();
    }
    params
}

async fn switch_to(app: &TestApp, person: i64) -> AppState {
    app.call("people.switch_operator", json!({ "person": person }))
        .await
}

/// What a file of people would bring.
async fn checked(app: &TestApp, content: impl AsRef<[u8]>) -> PeopleFileCheck {
    app.host.answer_open(Some(app.file("people.csv", content)));
    let check: Option<PeopleFileCheck> = app.call("people.choose_file", json!({})).await;
    check.unwrap()
}

#[tokio::test]
async fn the_first_operator_is_the_admin_and_adds_people_with_addresses_of_their_own() {
    let app = TestApp::start().await;
    let first = people(&app).await;
    assert!(
        first.boundary.contains("guard against mistakes"),
        "{}",
        first.boundary
    );
    let operator = &first.people[0];
    assert_eq!(
        (operator.role, operator.is_operator, operator.email.clone()),
        (Role::Admin, true, None)
    );
    add(&app, "Zoe  Adams", " Zoe@Acme.example ", "user").await;
    let zoe = person(&app, "Zoe Adams").await;
    assert_eq!(zoe.email.as_deref(), Some("Zoe@Acme.example"));
    add(&app, "ada marsh", "ada@acme.example", "admin").await;
    let names: Vec<String> = people(&app)
        .await
        .people
        .into_iter()
        .map(|person| person.name)
        .collect();
    assert_eq!(names, ["ada marsh", "Test Operator", "Zoe Adams"]);
    for (name, email, code, field) in [
        ("Other", "zoe@ACME.example", Code::NameTaken, "email"),
        ("Other", "no address", Code::Invalid, "email"),
        (" ", "other@acme.example", Code::Invalid, "name"),
    ] {
        let params = json!({ "name": name, "email": email, "role": "user" });
        let fault = app.fault("people.add", params).await;
        assert_eq!(
            (fault.code, fault.field.as_deref()),
            (code, Some(field)),
            "{name} {email}"
        );
    }
    let fault = app
        .fault(
            "people.change",
            changed(&zoe, &json!({ "email": "ADA@acme.example" })),
        )
        .await;
    assert_eq!(fault.code, Code::NameTaken);
    assert!(fault.sentence.contains("ada marsh"), "{}", fault.sentence);
    assert_eq!(people(&app).await.people.len(), 3);
}

#[tokio::test]
async fn there_is_always_an_admin_and_nobody_removes_themself() {
    let app = TestApp::start().await;
    let operator = person(&app, "Test Operator").await;
    let ada = add(&app, "Ada", "ada@acme.example", "user").await;
    let remove = |person: i64| json!({ "people": [person] });
    let fault = app.fault("people.remove", remove(operator.person)).await;
    assert_eq!(fault.code, Code::Refused);
    assert!(
        fault.sentence.contains("cannot remove yourself"),
        "{}",
        fault.sentence
    );
    let fault = app
        .fault("people.change", changed(&operator, &json!({ "role": "user" })))
        .await;
    assert!(fault.sentence.contains("last admin"), "{}", fault.sentence);
    // With another admin, the operator may become a user.
    let _: People = app
        .call(
            "people.change",
            changed(&person(&app, "Ada").await, &json!({ "role": "admin" })),
        )
        .await;
    let _: People = app
        .call("people.change", changed(&operator, &json!({ "role": "user" })))
        .await;
    let fault = app.fault("people.remove", remove(ada)).await;
    assert_eq!(fault.code, Code::NotAllowed, "a user removes nobody");
    switch_to(&app, ada).await;
    let _: People = app.call("people.remove", remove(operator.person)).await;
    assert_eq!(people(&app).await.people.len(), 1);
    let fault = app
        .fault("people.switch_operator", json!({ "person": operator.person }))
        .await;
    assert_eq!(fault.code, Code::NotFound);
}

#[tokio::test]
async fn a_removal_is_taken_back_as_it_was_unless_the_address_was_given_away() {
    let app = TestApp::start().await;
    let bo = add(&app, "Bo", "bo@acme.example", "admin").await;
    let before = person(&app, "Bo").await;
    let handle = json!({ "people": [bo] });
    let _: People = app.call("people.remove", handle.clone()).await;
    let _: People = app.call("people.restore", handle.clone()).await;
    assert_eq!(person(&app, "Bo").await, before);
    let _: People = app.call("people.remove", handle.clone()).await;
    add(&app, "Bo the second", "BO@acme.example", "user").await;
    let fault = app.fault("people.restore", handle).await;
    assert_eq!(fault.code, Code::NameTaken);
}

#[tokio::test]
async fn removing_the_primary_admin_leaves_none_until_change_user_and_says_so() {
    let app = TestApp::connected().await;
    let primary = person(&app, "Test Operator").await;
    let ada = add(&app, "Ada", "ada@acme.example", "admin").await;
    let state = switch_to(&app, ada).await;
    assert_eq!(state.primary_admin.unwrap().name, "Test Operator");
    assert_eq!(state.operator.role_label, "Admin");
    let _: People = app
        .call("people.remove", json!({ "people": [primary.person] }))
        .await;
    let state: AppState = app.call("app.state", json!({})).await;
    assert_eq!(state.primary_admin, None);
    let fault = app.fault("connection.disconnect", json!({})).await;
    assert_eq!(fault.code, Code::NotAllowed);
    assert!(fault.sentence.contains("Change User"), "{}", fault.sentence);
    // Undone, it is as it was.
    let _: People = app
        .call("people.restore", json!({ "people": [primary.person] }))
        .await;
    let state: AppState = app.call("app.state", json!({})).await;
    assert_eq!(state.primary_admin.unwrap().name, "Test Operator");
    // Whoever becomes a user is no primary admin, and does not become it again with the role.
    for role in ["user", "admin"] {
        let _: People = app
            .call("people.change", changed(&primary, &json!({ "role": role })))
            .await;
        let state: AppState = app.call("app.state", json!({})).await;
        assert_eq!(state.primary_admin, None, "{role}");
    }
}

#[tokio::test]
async fn files_of_people_are_read_in_the_shapes_that_they_have() {
    let utf16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff_u16).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let cases: [(&str, Vec<u8>); 6] = [
        (
            "plain",
            b"name,email,role\nZo\xc3\xab Adams,zoe@acme.example,user\n".to_vec(),
        ),
        (
            "another order and case, BOM, CRLF",
            "\u{feff}ROLE,E-Mail Address,Full Name\r\nStandard User,zoe@acme.example,Zoë Adams\r\n"
                .as_bytes()
                .to_vec(),
        ),
        (
            "semicolons and quotes",
            "Email;Name;Team\n\"zoe@acme.example\";\"Zoë Adams\";Sales\n"
                .as_bytes()
                .to_vec(),
        ),
        (
            "two names",
            "First Name\tLast Name\tWork Email\nZoë\tAdams\tzoe@acme.example\n"
                .as_bytes()
                .to_vec(),
        ),
        ("UTF-16", utf16("Name,Email,Role\nZoë Adams,zoe@acme.example,\n")),
        (
            "Windows-1252",
            b"\n\nname,email\nZo\xeb Adams,zoe@acme.example\n".to_vec(),
        ),
    ];
    for (what, content) in cases {
        let app = TestApp::start().await;
        let check = checked(&app, content).await;
        assert_eq!(
            (check.read_rows, check.new_people, check.refused_rows),
            (1, 1, 0),
            "{what}: {check:?}"
        );
        assert_eq!(people(&app).await.people.len(), 1, "a check writes nothing");
        let _: People = app
            .call("people.import_file", json!({ "file_id": check.file_id }))
            .await;
        let zoe = person(&app, "Zoë Adams").await;
        assert_eq!(
            (zoe.email.as_deref(), zoe.role),
            (Some("zoe@acme.example"), Role::User),
            "{what}"
        );
    }
}

#[tokio::test]
async fn bad_rows_are_told_by_line_and_good_ones_are_taken() {
    let app = TestApp::start().await;
    add(&app, "Ada", "ada@acme.example", "admin").await;
    add(&app, "Bo", "bo@acme.example", "user").await;
    add(&app, "Cy", "cy@acme.example", "user").await;
    let check = checked(
        &app,
        "Name,Email,Role\nAda Marsh,ADA@acme.example,\nBo,bo@acme.example,admin\nCy,cy@acme.example,user\n\
         New,new@acme.example,\nNew again,New@Acme.example,user\nBoss,boss@acme.example,boss\nNobody,,user\n\
         ,noname@acme.example,user\n\nBroken,not an address,user\n",
    )
    .await;
    let told: Vec<(u64, &str)> = check
        .refusals
        .iter()
        .map(|row| (row.line, row.why.as_str()))
        .collect();
    let lines: Vec<u64> = told.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [6, 7, 8, 9, 11], "{told:?}");
    assert!(told[0].1.contains("line 5"), "{told:?}");
    assert!(told[1].1.contains("admin or user"), "{told:?}");
    assert_eq!(
        (
            check.read_rows,
            check.new_people,
            check.changed_people,
            check.unchanged_people,
            check.refused_rows
        ),
        (9, 1, 2, 1, 5)
    );
    let _: People = app
        .call("people.import_file", json!({ "file_id": check.file_id }))
        .await;
    let ada = person(&app, "Ada Marsh").await;
    assert_eq!(
        (ada.role, ada.email.as_deref()),
        (Role::Admin, Some("ada@acme.example")),
        "a file that says no role takes none away"
    );
    assert_eq!(person(&app, "Bo").await.role, Role::Admin);
    assert_eq!(person(&app, "New").await.role, Role::User);
}

#[tokio::test]
async fn a_file_cannot_take_the_last_admin_but_may_name_the_next_one() {
    let app = TestApp::start().await;
    let operator = person(&app, "Test Operator").await;
    let _: People = app
        .call(
            "people.change",
            changed(&operator, &json!({ "email": "op@acme.example" })),
        )
        .await;
    let last = checked(
        &app,
        "name,email,role\nTest Operator,op@acme.example,user\nBo,bo@acme.example,user\n",
    )
    .await;
    assert_eq!((last.refused_rows, last.refusals[0].line), (1, 2));
    assert!(last.refusals[0].why.contains("last admin"), "{:?}", last.refusals);
    let next = checked(
        &app,
        "name,email,role\nTest Operator,op@acme.example,user\nBo,bo@acme.example,admin\n",
    )
    .await;
    assert_eq!(next.refused_rows, 0);
    let _: People = app
        .call("people.import_file", json!({ "file_id": next.file_id }))
        .await;
    assert_eq!(person(&app, "Test Operator").await.role, Role::User);
}

#[tokio::test]
async fn refused_rows_beyond_those_that_are_shown_are_saved() {
    let app = TestApp::start().await;
    let rows: Vec<String> = (0..250).map(|row| format!("Person {row},no address\n")).collect();
    let rows = rows.concat();
    let file = app.file("bad.csv", format!("name,email\n{rows}Ada,ada@acme.example\n"));
    app.host.answer_open(Some(file));
    let check: Option<PeopleFileCheck> = app.call("people.choose_file", json!({})).await;
    let check = check.unwrap();
    assert_eq!((check.refused_rows, check.refusals.len()), (250, 200));
    let path = app.workspace().join("refused.csv");
    app.host.answer_save(Some(path.clone()));
    let saved: Option<SavedFile> = app
        .call("people.save_refusals", json!({ "file_id": check.file_id }))
        .await;
    assert_eq!(saved.unwrap().rows, 250);
    let mut csv = csv::Reader::from_path(&path).unwrap();
    let rows: Vec<csv::StringRecord> = csv.records().collect::<Result<_, _>>().unwrap();
    assert_eq!((rows.len(), rows[249].get(0)), (250, Some("251")));
    assert!(!rows[249].get(1).unwrap().is_empty());
    let people: People = app.call("people.list", json!({})).await;
    assert_eq!(people.people.len(), 1, "nobody was taken");
}

#[tokio::test]
async fn what_is_no_file_of_people_is_refused_with_the_mend() {
    let app = TestApp::start().await;
    for (content, words) in [
        ("", "is empty"),
        (
            "Zoe,zoe@acme.example,user\nBo,bo@acme.example,admin\n",
            "no header",
        ),
        ("name,role\nZoe,user\n", "no column email"),
        ("email,role\nzoe@acme.example,user\n", "no column name"),
        (
            "name,email,e-mail\nZoe,zoe@acme.example,z@acme.example\n",
            "both say",
        ),
        ("name,email,role\n", "no rows"),
    ] {
        app.host.answer_open(Some(app.file("people.csv", content)));
        let fault = app.fault("people.choose_file", json!({})).await;
        assert_eq!(fault.code, Code::BadFile, "{content}: {fault}");
        assert!(fault.sentence.contains(words), "{content}: {}", fault.sentence);
    }
    let check = checked(&app, "name,email,role\nZoe,nothing,user\n").await;
    let fault = app
        .fault("people.import_file", json!({ "file_id": check.file_id }))
        .await;
    assert_eq!(fault.code, Code::BadFile);
    app.host.answer_open(None);
    let closed: Option<PeopleFileCheck> = app.call("people.choose_file", json!({})).await;
    assert_eq!(closed, None);
}

#[tokio::test]
async fn fifty_thousand_people_are_taken() {
    use std::fmt::Write as _;
    let app = TestApp::start().await;
    let mut text = "email,name,role\n".to_owned();
    for number in 0..50_000 {
        writeln!(text, "person{number}@acme.example,Person {number},user").unwrap();
    }
    let check = checked(&app, &text).await;
    assert_eq!((check.read_rows, check.new_people), (50_000, 50_000));
    let all: People = app
        .call("people.import_file", json!({ "file_id": check.file_id }))
        .await;
    assert_eq!(all.people.len(), 50_001);
    let again = checked(&app, &text).await;
    assert_eq!((again.new_people, again.unchanged_people), (0, 50_000));
}
