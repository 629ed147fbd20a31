//! The pages that a person sees: login, consent, refusal.

use axum::{http::StatusCode, response::Response};

use crate::html::{escape, page};

const MARK: &str = "<p class=\"mark\">Landbridge demo org</p>";

/// The login page; `why` is what was wrong with the last try.
pub fn login(request: &str, redirect_uri: &str, username: &str, why: Option<&str>) -> Response {
    let fault = why.map_or_else(String::new, |why| {
        format!(
            "<p class=\"fault\" id=\"fault\" role=\"alert\">{}</p>",
            escape(why)
        )
    });
    let (request, username) = (escape(request), escape(username));
    let body = format!(
        "{MARK}<h1>Log in</h1><p>A practice org on this computer. Nothing here reaches Salesforce.</p>{fault}\
         <form method=\"post\" action=\"/services/oauth2/authorize/login\">\
         <input type=\"hidden\" name=\"request\" value=\"{request}\">\
         <label for=\"username\">Username</label>\
         <input id=\"username\" name=\"username\" type=\"text\" value=\"{username}\" autocomplete=\"username\" \
         autocapitalize=\"none\" spellcheck=\"false\" required>\
         <label for=\"password\">Password</label>\
         <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" required>\
         <div class=\"buttons\"><button id=\"login\" class=\"main\" type=\"submit\">Log In</button>\
         <button id=\"cancel\" type=\"submit\" name=\"decision\" value=\"deny\" formnovalidate>Cancel</button></div>\
         </form>"
    );
    page(
        StatusCode::OK,
        "Log in | Landbridge demo org",
        &body,
        Some(redirect_uri),
    )
}

/// The consent page.
pub fn consent(request: &str, redirect_uri: &str, app: &str, username: &str, scope: &str) -> Response {
    let wishes: String = scope.split_whitespace().map(wish).collect();
    let (request, app, username) = (escape(request), escape(app), escape(username));
    let body = format!(
        "{MARK}<h1>Allow access?</h1><p>{app} wants to:</p><ul>{wishes}</ul><p>You are logged in as \
         <strong>{username}</strong>.</p>\
         <form method=\"post\" action=\"/services/oauth2/authorize/consent\">\
         <input type=\"hidden\" name=\"request\" value=\"{request}\">\
         <div class=\"buttons\">\
         <button id=\"allow\" class=\"main\" type=\"submit\" name=\"decision\" value=\"allow\">Allow</button>\
         <button id=\"deny\" type=\"submit\" name=\"decision\" value=\"deny\">Deny</button></div></form>"
    );
    page(
        StatusCode::OK,
        "Allow access? | Landbridge demo org",
        &body,
        Some(redirect_uri),
    )
}

fn wish(scope: &str) -> String {
    let words = match scope {
        "api" => "Manage user data via APIs",
        "refresh_token" | "offline_access" => "Perform requests at any time",
        "id" | "profile" | "email" | "address" | "phone" => "Access the identity URL service",
        "openid" => "Access unique user identifiers",
        "web" => "Manage user data via Web browsers",
        "full" => "Full access",
        _ => "Use another part of the org",
    };
    format!("<li>{words} <code>({})</code></li>", escape(scope))
}

/// A page that says why the app cannot even be answered.
pub fn refusal(error: &str, description: &str) -> Response {
    let body = format!(
        "{MARK}<h1>This app can't connect</h1>\
         <p class=\"fault\" role=\"alert\">error=<code id=\"error\">{}</code><br>error_description={}</p>\
         <p>Close this page, check the app's settings, and try again.</p>",
        escape(error),
        escape(description)
    );
    page(
        StatusCode::BAD_REQUEST,
        "OAuth error | Landbridge demo org",
        &body,
        None,
    )
}
