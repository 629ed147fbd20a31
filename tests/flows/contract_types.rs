//! The TypeScript that the window is built with is the contract that the engine answers.

use std::path::Path;

use engine::contract::typescript;

#[test]
fn the_generated_types_are_those_of_the_contract() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/generated/contract.ts");
    if std::env::var_os("LANDBRIDGE_WRITE_TYPES").is_some() {
        std::fs::write(&file, typescript::module()).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(
        written == typescript::module(),
        "the types are of an older contract; write them with `cargo xtask types`"
    );
}

#[tokio::test]
async fn a_call_that_is_not_on_the_list_is_refused_kindly() {
    let app = support::TestApp::start().await;
    let fault = app.fault("lists.explode", serde_json::json!({})).await;
    assert_eq!(fault.code, engine::Code::UnknownCall);
    let fault = app
        .fault("lists.delete", serde_json::json!({ "list_id": "seven" }))
        .await;
    assert_eq!(fault.code, engine::Code::BadParameters);
}
