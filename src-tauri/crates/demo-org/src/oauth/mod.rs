//! OAuth 2.0: the web server flow with PKCE, refresh, revocation, and who the user is.
//!
//! Follows RFC 6749, 7009 and 7636 and Salesforce's OAuth pages. To add a grant: one function in `token`, one arm there.

mod answer;
mod apps;
mod authorize;
mod identity;
mod pages;
mod pkce;
mod revoke;
mod sessions;
mod token;

use std::sync::Arc;

use axum::{Router, routing::get};

pub use sessions::Sessions;

use crate::org::Org;

/// The endpoints.
pub fn routes() -> Router<Arc<Org>> {
    Router::new()
        .route(
            "/services/oauth2/authorize",
            get(authorize::form).post(authorize::form),
        )
        .route(
            "/services/oauth2/authorize/login",
            axum::routing::post(authorize::login),
        )
        .route(
            "/services/oauth2/authorize/consent",
            axum::routing::post(authorize::consent),
        )
        .route("/services/oauth2/token", axum::routing::post(token::token))
        .route(
            "/services/oauth2/revoke",
            get(revoke::by_query).post(revoke::by_form),
        )
        .route(
            "/services/oauth2/userinfo",
            get(identity::userinfo).post(identity::userinfo),
        )
        .route(
            "/id/{organization}/{user}",
            get(identity::identity).post(identity::identity),
        )
}
