//! The shell: one window over the engine. It knows Tauri and `engine`, and decides nothing.
//!
//! What the window may ask for is the engine's contract, reached by three commands; two more are about closing the window,
//! in `closing.rs`. What the engine needs of the machine is in `window_host.rs`. To give the window something new, add it
//! to the contract, not here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod closing;
mod commands;
mod demo;
mod log;
mod open_engine;
mod options;
mod web_engine;
mod window_host;

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use clap::Parser;
use engine::Engine;
use serde_json::json;
use tauri::webview::PageLoadEvent;
use tauri::{Manager, RunEvent, WindowEvent};

use crate::closing::Closing;
use crate::open_engine::OpenEngine;
use crate::options::Options;
use crate::window_host::WindowHost;

fn main() -> ExitCode {
    let options = Options::parse();
    if let Err(error) = web_engine::choose_renderer() {
        eprintln!("The web view's renderer could not be chosen: {error}");
    }
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Asks the connected org once who it is, so that a session that ended is told before somebody needs it.
async fn look_at_org(engine: Engine) {
    let state = engine.call("app.state", json!({})).await;
    if state.is_ok_and(|state| !state["org"].is_null())
        && let Err(fault) = engine.call("connection.check", json!({})).await
    {
        tracing::info!(%fault, "the connected org did not answer");
    }
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let workspace = options.workspace()?;
    let fresh_demo = options.demo;
    let mut builder = tauri::Builder::default();
    if options.single_instance() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| {
            if let Some(window) = app.get_webview_window("main")
                && let Err(error) = window.unminimize().and_then(|()| window.set_focus())
            {
                tracing::warn!(%error, "the window could not be brought to the front");
            }
        }));
    }
    builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::watch,
            commands::drop_chunk,
            commands::hold_window,
            commands::close_window
        ])
        .manage(Closing::default())
        .on_window_event(|window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event
                && window.state::<Closing>().waits(Instant::now())
            {
                api.prevent_close();
            }
        })
        .on_page_load(|webview, load| {
            // A page that is loaded anew has nothing unsaved, and nobody hears the old one's channel.
            if load.event() == PageLoadEvent::Started {
                webview.state::<Closing>().hold(None);
            }
        })
        .setup(move |app| {
            let host = Arc::new(WindowHost::new(app.handle().clone()));
            let begun = OpenEngine::begin(workspace, host, fresh_demo);
            app.manage(tauri::async_runtime::block_on(begun));
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|app, event| {
            if matches!(event, RunEvent::Exit) {
                app.state::<OpenEngine>().leave();
            }
        });
    Ok(())
}
