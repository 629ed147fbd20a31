//! The three commands of the window. Their bodies are the engine's.

use engine::{Code, Engine, Event, Fault};
use serde_json::Value;
use tauri::State;
use tauri::ipc::{Channel, InvokeBody, Request};
use tokio::sync::broadcast::error::RecvError;

/// Answers one call of the contract.
#[tauri::command]
pub async fn call(engine: State<'_, Engine>, method: String, params: Value) -> Result<Value, Fault> {
    engine.call(&method, params).await
}

/// Sends every event to the window until it goes away.
#[tauri::command]
pub async fn watch(engine: State<'_, Engine>, channel: Channel<Event>) -> Result<(), Fault> {
    let mut events = engine.watch();
    loop {
        match events.recv().await {
            Ok(event) => {
                if channel.send(event).is_err() {
                    return Ok(());
                }
            }
            // Snapshots replace each other, so a window that lags loses nothing that the next one does not say.
            Err(RecvError::Lagged(missed)) => tracing::debug!(missed, "the window lags behind"),
            Err(RecvError::Closed) => return Ok(()),
        }
    }
}

/// Takes bytes of a dropped file: the raw body, with the headers `file-id` and `offset`.
#[tauri::command]
pub async fn drop_chunk(engine: State<'_, Engine>, request: Request<'_>) -> Result<(), Fault> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let refused = || {
        Fault::new(
            Code::BadParameters,
            "A part of the dropped file was not understood. Drop it again.",
        )
    };
    let file_id = header("file-id").ok_or_else(refused)?;
    let offset_bytes: u64 = header("offset")
        .and_then(|offset| offset.parse().ok())
        .ok_or_else(refused)?;
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(refused());
    };
    engine::drop_chunk(&engine, file_id, offset_bytes, bytes.clone()).await
}
