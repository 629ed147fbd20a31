//! Whose new records are: user mapping, exports for others, and what happens when nobody fits.

use engine::Code;
use engine::contract::app::AppState;
use engine::contract::export::ExportOptions;
use engine::contract::people::{MappedBy, People, UserMappings};
use engine::contract::runs::RunView;
use serde_json::{Value, json};
use support::lists::Person;
use support::{TestApp, lists};

const MARSH: Person<'_> = Person {
    last_name: "Ownermarsh",
    company: "Owner Test Works",
    website: "owner-test-works.com",
    company_id: "",
};

/// An app with a list of one person, whose contact needs no account.
async fn app_with_list() -> (TestApp, i64) {
    let app = TestApp::connected().await;
    let state: AppState = app.call("app.state", json!({})).await;
    let operator = json!({
        "person": state.operator.person, "name": "Test Operator", "email": state.org.unwrap().user_email, "role": "admin",
    });
    let _: People = app.call("people.change", operator).await;
    app.change_export_rules(json!({ "no_account": "without_account", "one_account": "associate" }))
        .await;
    let file = app.file("people.csv", lists::people(&[MARSH]));
    let list = app.import(&file, "People").await.list;
    (app, list.list_id)
}

fn choice(object: &str, list_id: i64, as_email: Option<&str>) -> Value {
    json!({ "object": object, "list_id": list_id, "selection": { "kind": "all" }, "limit_records": null, "as_email": as_email })
}

async fn user_id(app: &TestApp, name: &str) -> String {
    let soql = format!("SELECT Id FROM User WHERE Name = '{name}'");
    app.records().texts(&soql, "Id").await.remove(0)
}

async fn owner_of_contact(app: &TestApp) -> String {
    let soql = "SELECT Owner.Name FROM Contact WHERE LastName = 'Ownermarsh'";
    let records = app.records().query(soql).await;
    assert_eq!(records.len(), 1);
    records[0]["Owner"]["Name"].as_str().unwrap().to_owned()
}

async fn mapping(app: &TestApp) -> UserMappings {
    app.call("people.mapping", json!({})).await
}

async fn map_operator(app: &TestApp, user_id: Option<&str>) -> UserMappings {
    let email = mapping(app).await.people[0].email.clone().unwrap();
    app.call("people.map", json!({ "email": email, "user": user_id }))
        .await
}

#[tokio::test]
async fn the_operator_is_found_by_email_and_owns_new_records() {
    let (app, list_id) = app_with_list().await;
    let people = mapping(&app).await.people;
    assert_eq!(people.len(), 1);
    let user = people[0].salesforce_user.clone().unwrap();
    assert_eq!(
        (people[0].by, user.name.as_str()),
        (MappedBy::Email, "Demo Admin")
    );
    let options: ExportOptions = app.call("export.options", json!({ "object": "contact" })).await;
    assert_eq!(
        options.owner_sentence,
        "New records belong to Demo Admin, the Salesforce user with your e-mail address."
    );
    let planned = app.plan("contact", list_id).await;
    let owner = planned.plan.owner.unwrap();
    assert_eq!(
        (owner.name.as_str(), owner.sentence),
        ("Demo Admin", options.owner_sentence)
    );
    app.send(planned.summary.run).await;
    assert_eq!(owner_of_contact(&app).await, "Demo Admin");
}

#[tokio::test]
async fn whom_an_admin_chose_owns_contacts_and_the_accounts_made_for_them() {
    let (app, list_id) = app_with_list().await;
    app.change_export_rules(json!({ "no_account": "create" })).await;
    let priya = user_id(&app, "Priya Raman").await;
    let people = map_operator(&app, Some(&priya)).await.people;
    assert_eq!(people[0].by, MappedBy::Admin);
    let planned = app.plan("contact", list_id).await;
    assert_eq!(planned.plan.owner.clone().unwrap().name, "Priya Raman");
    assert_eq!(planned.plan.create_account_records, 1);
    app.send(planned.summary.run).await;
    assert_eq!(owner_of_contact(&app).await, "Priya Raman");
    let soql = "SELECT OwnerId FROM Account WHERE Name = 'Owner Test Works'";
    assert_eq!(app.records().texts(soql, "OwnerId").await, [priya]);
}

#[tokio::test]
async fn a_mapped_user_who_became_inactive_is_not_used_and_that_is_said() {
    let (app, list_id) = app_with_list().await;
    let priya = user_id(&app, "Priya Raman").await;
    map_operator(&app, Some(&priya)).await;
    let soql = "SELECT Username FROM User WHERE Name = 'Priya Raman'";
    let username = app.records().texts(soql, "Username").await.remove(0);
    let inactive = json!({ "username": username, "active": false });
    app.control().switch("users", &inactive).await.unwrap();
    let planned = app.plan("contact", list_id).await;
    let owner = planned.plan.owner.unwrap();
    assert_eq!(owner.name, "");
    assert!(
        owner
            .sentence
            .contains("connected user, Demo Admin, because your Salesforce user, Priya Raman, is inactive"),
        "{}",
        owner.sentence
    );
    app.send(planned.summary.run).await;
    assert_eq!(owner_of_contact(&app).await, "Demo Admin");
}

#[tokio::test]
async fn who_is_nobody_of_the_org_leaves_records_to_the_connected_user() {
    let (app, list_id) = app_with_list().await;
    let people = map_operator(&app, None).await.people;
    assert_eq!(
        (people[0].by, people[0].salesforce_user.clone()),
        (MappedBy::Admin, None)
    );
    let planned = app.plan("contact", list_id).await;
    let sentence = planned.plan.owner.unwrap().sentence;
    assert!(
        sentence.contains("an admin said that you are no user of this org"),
        "{sentence}"
    );
}

#[tokio::test]
async fn inactive_users_cannot_be_chosen() {
    let (app, _) = app_with_list().await;
    let tom = user_id(&app, "Tom Weller").await;
    let email = mapping(&app).await.people[0].email.clone();
    let fault = app
        .fault("people.map", json!({ "email": email, "user": tom }))
        .await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::Invalid, Some("user"))
    );
    let fault = app
        .fault(
            "people.map",
            json!({ "email": "nobody@nowhere.com", "user": null }),
        )
        .await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::NotFound, Some("email"))
    );
}

#[tokio::test]
async fn an_admin_exports_for_the_one_active_user_with_an_address() {
    let (app, list_id) = app_with_list().await;
    let as_mara = choice("contact", list_id, Some("Mara.Okafor@landbridge-demo.example"));
    let planned: RunView = app.call("export.plan", as_mara).await;
    assert_eq!(planned.plan.owner.clone().unwrap().name, "Mara Okafor");
    app.send(planned.summary.run).await;
    assert_eq!(owner_of_contact(&app).await, "Mara Okafor");
}

#[tokio::test]
async fn an_address_of_nobody_or_of_several_is_refused() {
    let (app, list_id) = app_with_list().await;
    for (email, words) in [
        ("nobody@nowhere.com", "no active Salesforce user has"),
        (
            "tom.weller@landbridge-demo.example",
            "no active Salesforce user has",
        ),
        (
            "jonas.lindgren@landbridge-demo.example",
            "2 active Salesforce users have",
        ),
        ("  ", "is missing"),
    ] {
        let fault = app
            .fault("export.plan", choice("contact", list_id, Some(email)))
            .await;
        assert_eq!(
            (fault.code, fault.field.as_deref()),
            (Code::NotFound, Some("as_email"))
        );
        assert!(fault.sentence.contains(words), "{}", fault.sentence);
    }
}

#[tokio::test]
async fn only_admins_export_for_others() {
    let (app, list_id) = app_with_list().await;
    let own = mapping(&app).await.people[0].email.clone().unwrap();
    app.hand_admin_role_to("Nora Chief");
    let mara = choice("contact", list_id, Some("mara.okafor@landbridge-demo.example"));
    let fault = app.fault("export.plan", mara).await;
    assert_eq!(fault.code, Code::NotAllowed);
    assert!(
        fault
            .sentence
            .contains("Only admins may export for another person")
            && fault.sentence.contains("Nora Chief"),
        "{}",
        fault.sentence
    );
    let for_own: RunView = app
        .call("export.plan", choice("contact", list_id, Some(&own)))
        .await;
    assert_eq!(for_own.plan.owner.unwrap().name, "Demo Admin");
    assert_eq!(
        app.fault("people.mapping", json!({})).await.code,
        Code::NotAllowed
    );
}

#[tokio::test]
async fn updates_never_change_the_owner() {
    let (app, list_id) = app_with_list().await;
    let priya = user_id(&app, "Priya Raman").await;
    let fields = json!({ "LastName": "Ownermarsh", "FirstName": "Ada", "Email": "ownermarsh@people-of-landbridge.com", "OwnerId": priya });
    app.records().create("Contact", fields).await;
    let planned = app.plan("contact", list_id).await;
    assert_eq!((planned.plan.create_records, planned.plan.update_records), (0, 1));
    let done = app.send(planned.summary.run).await;
    assert_eq!(done.summary.tally.updated_records, 1, "{:?}", done.reasons);
    assert_eq!(owner_of_contact(&app).await, "Priya Raman");
}
