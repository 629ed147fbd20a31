//! What the person reads in the browser at the end. Self-contained, light and dark, nothing loaded from anywhere.

use crate::login::LoginError;

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.5 system-ui,sans-serif;\
background:#f4f6f9;color:#16202e}\
main{max-width:32rem;margin:1rem;padding:2rem 2.25rem;border-radius:12px;background:#fff;\
box-shadow:0 1px 3px rgba(0,0,0,.18)}\
h1{margin:0 0 .5rem;font-size:1.375rem}p{margin:0}\
.good{border-top:6px solid #2e844a}.bad{border-top:6px solid #ba0517}.plain{border-top:6px solid #747474}\
@media(prefers-color-scheme:dark){body{background:#14181f;color:#e8ecf2}main{background:#1f2630}}";

pub(super) fn signed_in() -> String {
    page(
        "good",
        "You are signed in",
        "You can close this tab and go back to Landbridge.",
    )
}

pub(super) fn failed(error: &LoginError) -> String {
    page("bad", "Sign-in did not work", &error.to_string())
}

pub(super) fn nothing_here() -> String {
    page(
        "plain",
        "Nothing to see here",
        "Landbridge is waiting for a sign-in in another tab.",
    )
}

fn page(tone: &str, title: &str, text: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title} - Landbridge</title>\
         <style>{STYLE}</style></head><body><main class=\"{tone}\"><h1>{title}</h1><p>{}</p></main></body></html>",
        escape(text)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
