//! The User Mapping tab: who is which Salesforce user, in what order, and what is saved.

use demo_org::Options;
use engine::Code;
use engine::contract::people::{MappedBy, People, PersonMapping, SalesforceUsers, UserMappings};
use engine::contract::runs::RunView;
use serde_json::{Value, json};
use support::{TestApp, lists};

async fn shown(app: &TestApp) -> UserMappings {
    app.call("people.mapping", json!({})).await
}

async fn users(app: &TestApp, search: &str) -> SalesforceUsers {
    app.call("people.users", json!({ "search": search, "limit": 100 }))
        .await
}

async fn add(app: &TestApp, name: &str, email: &str) -> i64 {
    let params = json!({ "name": name, "email": email, "role": "user" });
    let people: People = app.call("people.add", params).await;
    people
        .people
        .iter()
        .find(|person| person.name == name)
        .unwrap()
        .person
}

fn of(mappings: &UserMappings, person: i64) -> &PersonMapping {
    mappings
        .people
        .iter()
        .find(|mapping| mapping.person == person)
        .unwrap()
}

async fn save(app: &TestApp, changes: Value) -> UserMappings {
    app.call("people.save_mapping", json!({ "changes": changes }))
        .await
}

#[tokio::test]
async fn who_needs_a_choice_comes_first() {
    let app = TestApp::connected().await;
    let mara = add(&app, "Somebody", "MARA.okafor@landbridge-demo.example").await;
    let priya = add(&app, "priya raman", "priya@elsewhere.example").await;
    let jonas = add(&app, "Jonas", "jonas.lindgren@landbridge-demo.example").await;
    let nobody = add(&app, "Aaron Nobody", "aaron@elsewhere.example").await;
    let mappings = shown(&app).await;
    let first: Vec<i64> = mappings
        .people
        .iter()
        .take(2)
        .map(|person| person.person)
        .collect();
    assert_eq!(
        first,
        [jonas, nobody],
        "several users, then none, then the others by name"
    );
    assert_eq!(of(&mappings, jonas).candidates.len(), 2);
    assert_eq!(of(&mappings, mara).by, MappedBy::Email);
    assert_eq!(of(&mappings, priya).by, MappedBy::Name);
    assert_eq!(of(&mappings, nobody).by, MappedBy::None);
    assert_eq!(mappings.people.len(), 5);
}

#[tokio::test]
async fn users_beyond_the_first_answer_of_the_org_are_known() {
    let app = TestApp::start_with(Options {
        colleagues: 2_500,
        ..Options::default()
    })
    .await;
    app.connect().await;
    let last = add(&app, "Somebody", "COLLEAGUE2500@landbridge-demo.example").await;
    assert_eq!(of(&shown(&app).await, last).by, MappedBy::Email);
    let all = users(&app, "").await;
    assert!(all.total_users > 2_500, "{}", all.total_users);
    assert_eq!(users(&app, "colleague2499@").await.matching_users, 1);
}

#[tokio::test]
async fn users_are_found_by_parts_of_what_they_have_and_only_active_ones() {
    let app = TestApp::connected().await;
    let all = users(&app, "").await;
    assert_eq!(all.matching_users, all.total_users);
    assert!(all.users.is_sorted_by_key(|user| user.name.to_lowercase()));
    let found = users(&app, "RAM pri").await;
    let names: Vec<&str> = found.users.iter().map(|user| user.name.as_str()).collect();
    assert_eq!((names, found.matching_users), (vec!["Priya Raman"], 1));
    assert_eq!(
        users(&app, "tom weller").await.matching_users,
        0,
        "he is inactive"
    );
    let none = users(&app, "no such user").await;
    assert_eq!((none.users.len(), none.total_users), (0, all.total_users));
}

#[tokio::test]
async fn many_changes_are_saved_in_one_go_or_not_at_all() {
    let app = TestApp::connected().await;
    let ada = add(&app, "Ada", "ada@elsewhere.example").await;
    let mara = add(&app, "Mara Okafor", "mara.okafor@landbridge-demo.example").await;
    let priya = users(&app, "Priya").await.users.remove(0).user_id;
    let saved = save(
        &app,
        json!([
            { "person": ada, "to": { "choice": "user", "user_id": priya } },
            { "person": mara, "to": { "choice": "nobody" } },
        ]),
    )
    .await;
    assert_eq!(of(&saved, ada).salesforce_user.clone().unwrap().user_id, priya);
    assert_eq!(
        (of(&saved, mara).by, of(&saved, mara).salesforce_user.clone()),
        (MappedBy::Admin, None)
    );
    let named = json!({ "choice": "named", "user": "tom.weller@landbridge-demo.example" });
    let both = json!([{ "person": mara, "to": { "choice": "automatic" } }, { "person": ada, "to": named }]);
    let fault = app.fault("people.save_mapping", json!({ "changes": both })).await;
    assert_eq!(fault.code, Code::Invalid);
    assert_eq!(fault.field, Some(format!("changes.{ada}")));
    assert_eq!(shown(&app).await, saved, "one that cannot be saved saves none");
    let automatic = save(&app, json!([{ "person": mara, "to": { "choice": "automatic" } }])).await;
    assert_eq!(of(&automatic, mara).by, MappedBy::Email);
}

#[tokio::test]
async fn two_people_of_one_user_and_a_user_who_was_deactivated_are_warned_of() {
    let app = TestApp::connected().await;
    let ada = add(&app, "Ada", "ada@elsewhere.example").await;
    let bo = add(&app, "Bo", "bo@elsewhere.example").await;
    let priya = users(&app, "Priya").await.users.remove(0);
    let to = json!({ "choice": "user", "user_id": priya.user_id });
    let saved = save(
        &app,
        json!([{ "person": ada, "to": to }, { "person": bo, "to": to }]),
    )
    .await;
    assert_eq!(saved.warnings.len(), 1, "{:?}", saved.warnings);
    assert!(saved.warnings[0].contains("Ada and Bo"), "{:?}", saved.warnings);
    for person in [ada, bo] {
        assert_eq!(of(&saved, person).warning.as_ref(), Some(&saved.warnings[0]));
    }
    assert_eq!(
        saved
            .people
            .iter()
            .filter(|person| person.warning.is_some())
            .count(),
        2
    );
    let inactive = json!({ "username": priya.username, "active": false });
    app.control().switch("users", &inactive).await.unwrap();
    let fault = app
        .fault(
            "people.save_mapping",
            json!({ "changes": [{ "person": ada, "to": to }] }),
        )
        .await;
    assert!(fault.sentence.contains("is inactive"), "{}", fault.sentence);
    let mappings = shown(&app).await;
    assert_eq!(mappings.warnings.len(), 2, "{:?}", mappings.warnings);
    assert!(
        mappings.warnings[0].contains("deactivated"),
        "{:?}",
        mappings.warnings
    );
    assert_eq!(of(&mappings, ada).salesforce_user, None);
}

#[tokio::test]
async fn a_corrected_address_finds_the_right_user_after_the_first_export() {
    let app = TestApp::connected().await;
    app.change_export_rules(json!({ "no_account": "without_account" }))
        .await;
    let list = app.import(&app.file("l.csv", lists::contacts(1)), "L").await.list;
    let mara = add(&app, "Mara O.", "priya.raman@landbridge-demo.example").await;
    let _: Value = app.call("people.switch_operator", json!({ "person": 1 })).await;
    let export_as = async |email: &str| {
        let planned: RunView = app
            .call(
                "export.plan",
                json!({
                    "object": "contact", "list_id": list.list_id, "selection": { "kind": "all" }, "limit_records": null,
                    "as_email": email,
                }),
            )
            .await;
        let owner = planned.plan.owner.unwrap();
        let _: Value = app
            .call("runs.cancel", json!({ "run": planned.summary.run }))
            .await;
        owner
    };
    assert_eq!(
        export_as("priya.raman@landbridge-demo.example").await.name,
        "Priya Raman"
    );
    let email = "mara.okafor@landbridge-demo.example";
    let corrected = json!({ "person": mara, "name": "Mara O.", "email": email, "role": "user" });
    let _: People = app.call("people.change", corrected).await;
    let mappings = shown(&app).await;
    let found = of(&mappings, mara);
    assert_eq!(
        (found.by, found.salesforce_user.clone().unwrap().name.as_str()),
        (MappedBy::Email, "Mara Okafor")
    );
    let owner = export_as(email).await;
    assert_eq!(owner.name, "Mara Okafor", "{}", owner.sentence);
}

#[tokio::test]
async fn somebody_who_was_added_later_is_mapped_at_the_first_export() {
    let app = TestApp::connected().await;
    app.change_export_rules(json!({ "no_account": "without_account" }))
        .await;
    let list = app.import(&app.file("l.csv", lists::contacts(1)), "L").await.list;
    let mara = add(&app, "Mara O.", "mara.okafor@landbridge-demo.example").await;
    let stranger = add(&app, "Lost", "lost@elsewhere.example").await;
    let email = "mara.okafor@landbridge-demo.example";
    let database = rusqlite::Connection::open(app.workspace().join("landbridge.sqlite")).unwrap();
    let kept = || -> i64 {
        let sql = "SELECT count(*) FROM user_mapping WHERE person_id = ?1";
        database.query_row(sql, [mara], |row| row.get(0)).unwrap()
    };
    assert_eq!(kept(), 0);
    for (person, owner) in [(mara, "Mara Okafor"), (stranger, "")] {
        let _: Value = app
            .call("people.switch_operator", json!({ "person": person }))
            .await;
        let planned = app.plan("contact", list.list_id).await;
        assert_eq!(planned.plan.owner.unwrap().name, owner, "{email}");
        let _: Value = app
            .call("runs.cancel", json!({ "run": planned.summary.run }))
            .await;
    }
    assert_eq!(kept(), 1);
}
