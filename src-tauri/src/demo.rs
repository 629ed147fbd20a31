//! Makes a workspace ready to be tried: the demo org runs, the sample lists are there.

use engine::{Engine, Fault};
use serde_json::json;

/// Starts the demo org that this workspace is connected to; with `fresh`, one to connect to, and imports the
/// sample lists into a workspace that has none.
pub async fn prepare(engine: &Engine, fresh: bool) -> Result<(), Fault> {
    let state = engine.call("app.state", json!({})).await?;
    let org = &state["org"];
    if org["kind"] == "demo" {
        engine.host().start_demo_org(org["instance_url"].as_str()).await?;
    } else if fresh {
        engine.host().start_demo_org(None).await?;
    }
    let lists = engine.call("lists.list", json!({ "search": "" })).await?;
    if fresh && lists["total_lists"] == 0 {
        engine.call("lists.import_samples", json!({})).await?;
    }
    Ok(())
}
