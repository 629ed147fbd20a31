//! Test Mapping: one record is made, read back, compared and deleted; whatever happens, the org holds none afterwards.

mod killed;
mod left_behind;
mod told;

use demo_org::{DemoOrg, Trouble};
use engine::Engine;
use engine::contract::mapping::test::MappingTest;
use engine::contract::mapping::versions::SavedMapping;
use serde_json::{Value, json};
use support::TestApp;
use support::mapping_rows::fixed;

fn lead_rows() -> Vec<Value> {
    vec![
        fixed("Okafor", "LastName"),
        fixed("Tarn and Company", "Company"),
        fixed("219.606.2399", "Phone"),
    ]
}

fn asked(object: &str, rows: &[Value]) -> Value {
    json!({ "object": object, "rows": rows, "sample": { "list_id": null, "index": 0 } })
}

async fn test(app: &TestApp, object: &str, rows: &[Value]) -> MappingTest {
    app.call("mapping.test", asked(object, rows)).await
}

/// How many records of each kind the org holds.
fn counts(org: &DemoOrg) -> Vec<u32> {
    ["Account", "Contact", "Lead"]
        .iter()
        .map(|object| org.record_count(object).unwrap())
        .collect()
}

/// The calls that wrote, without the query of each.
fn writes(org: &DemoOrg) -> Vec<String> {
    org.calls()
        .iter()
        .filter(|call| call.path.contains("/sobjects/") && call.method != "GET")
        .map(|call| {
            let mut parts = call.path.split('/').skip_while(|part| *part != "sobjects");
            format!("{} {}", call.method, parts.nth(1).unwrap_or_default())
        })
        .collect()
}

fn trouble(app: &TestApp, which: &Value, when: &Value, what: &Value) {
    let trouble: Trouble = json!({ "calls": [{ "which": which, "when": when, "what": what }] })
        .to_string()
        .parse()
        .unwrap();
    app.org.add_trouble(trouble);
}

async fn control(app: &TestApp, name: &str, body: Value) {
    app.control().switch(name, &body).await.unwrap();
}

async fn last_test(engine: &Engine, object: &str) -> MappingTest {
    let shown = engine
        .call("mapping.show", json!({ "object": object }))
        .await
        .unwrap();
    let saved: SavedMapping = serde_json::from_value(shown).unwrap();
    saved.last_test.unwrap()
}
