//! `disconnect`

use engine::contract::connection::Disconnected;
use engine::{Engine, Fault};
use serde_json::json;

use super::ask;
use crate::exit::Exit;
use crate::options::DisconnectOptions;
use crate::output::Output;

/// Ends the connection, or the operator's own.
pub async fn run(engine: &Engine, options: DisconnectOptions, output: Output) -> Result<Exit, Fault> {
    let ended: Disconnected = if options.own_user {
        ask(engine, "connection.disconnect_own", json!({})).await?
    } else {
        let params = json!({ "wipe_mirror": options.wipe_mirror });
        ask(engine, "connection.disconnect", params).await?
    };
    if let Some(unrevoked) = &ended.unrevoked {
        output.say(unrevoked);
    }
    output.result(&ended, &ended.sentence);
    Ok(Exit::Done)
}
