//! Which records of the org a plan recognises, by which criterion, and what it does about them.

use engine::contract::runs::{Action, CheckPlace, Grade, RunState};
use serde_json::json;
use support::TestApp;

use super::{lines, list_of, list_of_many, plan_with, questions};

#[tokio::test]
async fn exact_hits_are_updated_with_what_changes_and_nothing_else() {
    let app = TestApp::connected().await;
    let org = app.records();
    let known = org
        .create(
            "Lead",
            json!({ "LastName": "Marsh1", "FirstName": "Ada", "Company": "Works", "Title": "Owner",
                "Email": "ADA.Marsh1@works0.example" }),
        )
        .await;
    let before = org.get("Lead", &known).await;
    let list = list_of_many(&app, 3).await;
    app.org.forget_calls();
    let planned = app.plan("lead", list).await;
    assert!(
        app.org.calls().iter().all(|call| call.method == "GET"),
        "a plan writes nothing"
    );
    assert_eq!(
        (
            planned.plan.create_records,
            planned.plan.update_records,
            planned.plan.ask_records
        ),
        (2, 1, 0),
        "{:?}",
        lines(&app, planned.summary.run).await
    );
    let line = lines(&app, planned.summary.run).await.remove(1);
    assert_eq!(
        (
            line.action,
            line.grade,
            line.criterion.as_deref(),
            line.salesforce_id.as_deref()
        ),
        (
            Action::Update,
            Some(Grade::Exact),
            Some("email"),
            Some(known.as_str())
        )
    );
    assert_eq!(line.rule, "Email, exact");
    assert!(line.changed_values > 0 && planned.plan.filled_values == line.changed_values);

    let check = planned
        .plan
        .checks
        .iter()
        .find(|check| check.place == CheckPlace::Org)
        .unwrap();
    assert_eq!(check.hit_records, 1);
    assert!(check.api_calls > 0 && !check.why.is_empty() && check.method.contains("quer"));
    let _: engine::contract::runs::RunView = app
        .call("runs.cancel", json!({ "run": planned.summary.run }))
        .await;
    assert_eq!(org.get("Lead", &known).await["Title"], before["Title"]);
}

#[tokio::test]
async fn a_list_that_was_exported_before_changes_nothing() {
    let app = TestApp::connected().await;
    let list = list_of_many(&app, 40).await;
    let first = app.send(app.plan("lead", list).await.summary.run).await;
    assert_eq!(first.summary.tally.created_records, 40, "{:?}", first.reasons);
    let again = app.plan("lead", list).await;
    assert_eq!(
        (
            again.plan.create_records,
            again.plan.update_records,
            again.plan.skip_records
        ),
        (0, 0, 40)
    );
    for line in lines(&app, again.summary.run).await {
        assert_eq!(line.rule, "Same as in Salesforce");
        assert!(line.salesforce_id.is_some() && line.error_code.as_deref() == Some("unchanged"));
    }
    assert!(!again.may.send);
}

#[tokio::test]
async fn likely_and_possible_hits_are_asked() {
    let app = TestApp::connected().await;
    let org = app.records();
    org.create(
        "Lead",
        json!({ "FirstName": "Ines", "LastName": "Quarry", "Company": "Tarn Works" }),
    )
    .await;
    org.create(
        "Lead",
        json!({ "FirstName": "Bo", "LastName": "Quarry", "Company": "Tarn Works", "Website": "ferry-quay.com" }),
    )
    .await;
    org.create(
        "Lead",
        json!({ "FirstName": "Zoe", "LastName": "Other", "Company": "X", "Email": "una@tarnworks-quay.com" }),
    )
    .await;
    let list = list_of(
        &app,
        &[
            &[
                ("First Name", "Ines"),
                ("Last Name", "Quarry"),
                ("Company Name", "Tarn Works Inc."),
            ],
            &[
                ("First Name", "Bo"),
                ("Last Name", "Quarry"),
                ("Company Name", "Tarn Works"),
                ("Website", "tarnworks-quay.com"),
            ],
            &[
                ("First Name", "Una"),
                ("Last Name", "Pike"),
                ("Company Name", "Tarn Works"),
                ("Email Address", "una@tarnworks-quay.com"),
            ],
        ],
    )
    .await;
    let planned = app.plan("lead", list).await;
    assert_eq!((planned.plan.ask_records, planned.plan.create_records), (3, 0));
    let asked = questions(&app, planned.summary.run).await;
    let told: Vec<_> = asked
        .questions
        .iter()
        .map(|question| (question.grade, question.candidates[0].criterion.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Grade::Likely, "Name and company"),
            (Grade::Possible, "Name and company, but another domain"),
            (Grade::Likely, "Email, but another name"),
        ]
    );
    // What nobody answered is not sent.
    let done = app.send(planned.summary.run).await;
    assert_ne!(done.summary.state, RunState::Failed);
}

#[tokio::test]
async fn whoever_is_a_contact_is_shown_as_the_contact() {
    let app = TestApp::connected().await;
    let org = app.records();
    let email = "ada.marsh0@works0.example";
    let contact = org
        .create(
            "Contact",
            json!({ "FirstName": "Ada", "LastName": "Marsh0", "Email": email }),
        )
        .await;
    org.create(
        "Lead",
        json!({ "FirstName": "Ada", "LastName": "Marsh0", "Company": "Works 0", "Email": email }),
    )
    .await;
    let list = list_of_many(&app, 1).await;
    let as_lead = app.plan("lead", list).await;
    let asked = questions(&app, as_lead.summary.run).await;
    let question = &asked.questions[0];
    let candidates: Vec<_> = question
        .candidates
        .iter()
        .map(|one| one.salesforce_id.as_str())
        .collect();
    assert_eq!(candidates, [contact.as_str()]);
    assert!(!question.candidates[0].may_be_updated);
    assert_eq!(
        serde_json::to_value(&question.offered).unwrap(),
        json!(["create", "skip"])
    );
    let as_contact = app.plan("contact", list).await;
    let line = lines(&app, as_contact.summary.run).await.remove(0);
    assert_eq!(
        (line.action, line.salesforce_id.as_deref()),
        (Action::Update, Some(contact.as_str()))
    );
}

#[tokio::test]
async fn an_unconverted_lead_is_offered_to_a_contact_and_a_converted_one_to_nobody() {
    let app = TestApp::connected().await;
    let org = app.records();
    let email = "ada.marsh0@works0.example";
    let lead = org
        .create(
            "Lead",
            json!({ "FirstName": "Ada", "LastName": "Marsh0", "Company": "Works 0", "Email": email }),
        )
        .await;
    let list = list_of_many(&app, 1).await;
    let planned = app.plan("contact", list).await;
    let asked = questions(&app, planned.summary.run).await;
    assert_eq!(asked.questions[0].candidates[0].salesforce_id, lead);
    assert!(!asked.questions[0].candidates[0].may_be_updated);

    let (first, last, company, email) = ("Una", "Pike", "Ferry Group", "una@ferry-quay.com");
    org.create(
        "Lead",
        json!({ "FirstName": first, "LastName": last, "Company": company, "Email": email, "IsConverted": true }),
    )
    .await;
    let list = list_of(
        &app,
        &[&[
            ("First Name", first),
            ("Last Name", last),
            ("Company Name", company),
            ("Email Address", email),
        ]],
    )
    .await;
    let planned = app.plan("lead", list).await;
    assert_eq!(planned.plan.create_records, 1, "a converted lead is no duplicate");
}

#[tokio::test]
async fn companies_are_found_by_domain_name_and_place() {
    let app = TestApp::connected().await;
    let org = app.records();
    org.create(
        "Account",
        json!({ "Name": "Tarn Works Inc", "Website": "https://www.tarn-quay.com/about" }),
    )
    .await;
    org.create(
        "Account",
        json!({ "Name": "Ferry Group", "Website": "ferry-quay.com" }),
    )
    .await;
    org.create(
        "Account",
        json!({ "Name": "Quay Mills", "BillingPostalCode": "19901" }),
    )
    .await;
    org.create("Account", json!({ "Name": "Lone Name" })).await;
    org.create(
        "Account",
        json!({ "Name": "Split Name", "Website": "one-quay.com" }),
    )
    .await;
    let text = "ZoomInfo Company ID,Company Name,Website,Company Zip Code,Company Country\n\
        1,Tarn Works,tarn-quay.com,,\n2,Ferry Holdings,www.ferry-quay.com,,\n3,Quay Mills,,19901,United States\n\
        4,Lone Name,,,\n5,Split Name,two-quay.com,,\n6,Nobody Else,nobody-quay.com,,\n";
    let list = app
        .import(&app.file("companies.csv", text), "Companies")
        .await
        .list;
    let planned = app.plan("account", list.list_id).await;
    let run = planned.summary.run;
    let told: Vec<_> = lines(&app, run)
        .await
        .into_iter()
        .map(|line| (line.action, line.rule))
        .collect();
    let expected = [
        (Action::Update, "Website domain and name, exact"),
        (Action::Ask, "Website domain, likely"),
        (Action::Ask, "Name, and postal code or city and state, likely"),
        (Action::Ask, "Name, possible"),
        (Action::Create, "New record"),
        (Action::Create, "New record"),
    ];
    // The first company has nothing to write into its account but its source.
    for ((action, rule), (expected_action, expected_rule)) in told.iter().zip(expected) {
        assert_eq!((*action, rule.as_str()), (expected_action, expected_rule));
    }
}

#[tokio::test]
async fn many_profiles_are_found_by_one_bulk_query_of_each_object() {
    let app = TestApp::connected().await;
    let org = app.records();
    let known = org
        .create(
            "Lead",
            json!({ "FirstName": "Ada", "LastName": "Marsh700", "Company": "Somewhere",
                "Email": "ada.marsh700@works233.example" }),
        )
        .await;
    let contact = org
        .create(
            "Contact",
            json!({ "FirstName": "Ada", "LastName": "Marsh5", "Email": "ada.marsh5@works1.example" }),
        )
        .await;
    let list = list_of_many(&app, 1_200).await;
    app.org.forget_calls();
    let planned = app.plan("lead", list).await;
    let check = planned
        .plan
        .checks
        .iter()
        .find(|check| check.place == CheckPlace::Org)
        .unwrap();
    assert!(check.method.contains("Bulk query"), "{check:?}");
    assert_eq!(check.hit_records, 2);
    assert!(
        app.org
            .calls()
            .iter()
            .any(|call| call.kind.contains("/jobs/query"))
    );
    assert_eq!((planned.plan.update_records, planned.plan.ask_records), (1, 1));
    let all = {
        let params = json!({ "run": planned.summary.run, "outcome": null, "action": "update", "search": "", "offset": 0, "limit": 10 });
        let page: engine::contract::runs::LedgerPage = app.call("runs.ledger", params).await;
        page.lines
    };
    assert_eq!(
        (all[0].line, all[0].salesforce_id.as_deref()),
        (701, Some(known.as_str()))
    );
    let asked = questions(&app, planned.summary.run).await;
    assert_eq!(
        (
            asked.questions[0].line,
            asked.questions[0].candidates[0].salesforce_id.as_str()
        ),
        (6, contact.as_str())
    );
    let skipped = plan_with(&app, "lead", list, json!({ "on_duplicate": "skip" })).await;
    assert_eq!((skipped.plan.skip_records, skipped.plan.ask_records), (2, 0));
}
