//! A connection that the environment gives stands in for the stored one, which nothing changes meanwhile.

use engine::Code;
use engine::contract::app::{AppState, Session};
use serde_json::json;
use support::TestApp;
use support::tokens::{access_token, is_accepted};

#[tokio::test]
async fn what_would_change_the_stored_connection_is_refused_with_both_variables() {
    let app = TestApp::connected().await;
    let stored = access_token(&app.host.secrets("connection of")[0]);
    let ready = app.open_ready().await;
    let connect =
        json!({ "kind": "my_domain", "login_url": app.org.login_url(), "client_id": app.org.client_id() });
    let server = json!({ "login_url": app.org.login_url(), "client_id": "3MVG", "username": "a@b.example", "private_key": "" });
    let calls = [
        ("connection.begin", connect),
        ("connection.connect_server", server),
        ("connection.disconnect", json!({})),
        ("connection.disconnect_own", json!({})),
        (
            "tokens.choose_home",
            json!({ "home": "session", "passphrase": null }),
        ),
    ];
    for (name, params) in calls {
        let fault = ready.call(name, params).await.unwrap_err();
        assert_eq!(fault.code, Code::WrongState, "{name}: {fault}");
        for variable in ["LANDBRIDGE_INSTANCE_URL", "LANDBRIDGE_ACCESS_TOKEN"] {
            assert!(fault.sentence.contains(variable), "{name}: {}", fault.sentence);
        }
    }
    assert!(is_accepted(&app.org, &stored).await);
    assert!(is_accepted(&app.org, &app.org.access_token()).await);
    let state: AppState = app.call("connection.check", json!({})).await;
    assert_eq!(state.session, Session::Connected);
}
