//! The commands of the window. The bodies of those that ask for something are the engine's; two are about the window
//! itself.

use engine::{Code, Event, Fault};
use serde_json::Value;
use tauri::ipc::{Channel, InvokeBody, JavaScriptChannelId, Request};
use tauri::{State, Webview, Window};
use tokio::sync::broadcast::error::RecvError;

use crate::closing::Closing;
use crate::open_engine::OpenEngine;

/// Answers one call of the contract.
#[tauri::command]
pub async fn call(engine: State<'_, OpenEngine>, method: String, params: Value) -> Result<Value, Fault> {
    engine.call(&method, params).await
}

/// Sends every event to the window until it goes away.
#[tauri::command]
pub async fn watch(engine: State<'_, OpenEngine>, channel: Channel<Event>) -> Result<(), Fault> {
    let mut events = engine.opened().await?.watch();
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
pub async fn drop_chunk(engine: State<'_, OpenEngine>, request: Request<'_>) -> Result<(), Fault> {
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
    engine::drop_chunk(&engine.current()?, file_id, offset_bytes, bytes.clone()).await
}

/// Has requests to close the window told to a channel; `null` lets it close at once. It answers in order: the last call
/// holds.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a command is handed its parameters by value"
)]
pub fn hold_window(closing: State<'_, Closing>, webview: Webview, channel: Option<JavaScriptChannelId>) {
    closing.hold(channel.map(|channel| channel.channel_on(webview)));
}

/// Closes the window without asking.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a command is handed its parameters by value"
)]
pub fn close_window(window: Window) -> Result<(), Fault> {
    window.destroy().map_err(|error| {
        Fault::new(
            Code::Internal,
            "The window could not be closed. Close it by its own button once more.",
        )
        .with_detail(error.to_string())
    })
}
