//! The real app in a real window, driven as a person would: by what is seen, by pointer and by keyboard.
//!
//! The window is WebKit's, driven by WebKitWebDriver; the system browser of a login is a headless Chromium. Things are
//! found by role, accessible name and words only, so that a page that cannot be used by a screen reader fails here.
//! Nothing here reads the app's database or talks to its engine, and only `driver/wait.rs` lets time pass.
//!
//! `cargo xtask test --only window` gives these tests the screen, message bus, keychain and built app that they need.
//! Pictures of every page are kept in `artifacts/screens`.
//!
//! To add a page: one line in `tour.rs`. To add something that people do: one file with one test, beside
//! `first_export.rs`.

mod accounts_exports_and_tokens;
mod application;
mod browser;
mod connect;
mod connection_rules;
mod demo_org;
mod desktop;
mod driver;
mod first_export;
mod look;
mod mapping_editor;
mod operators;
mod own_demo_org;
mod page;
mod people;
mod plan_to_undo;
mod refused_workspace;
mod retrying;
mod tour;
mod who_may_do_what;
