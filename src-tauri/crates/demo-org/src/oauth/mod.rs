//! OAuth 2.0: the web server flow with PKCE, refresh with rotation, client credentials, JWT bearer, revocation,
//! introspection, OpenID Connect, and who the user is; and login by SOAP.
//!
//! Follows RFC 6749, 7009, 7523, 7636 and 7662 and Salesforce's OAuth pages. To add a grant: one file with a function that
//! returns [`token::Granted`], one arm in `token`. To add an app: one entry in `apps`.

mod answer;
mod apps;
mod authorize;
mod client_credentials;
mod identity;
mod introspect;
mod jwt_bearer;
mod jwt_keys;
mod openid;
mod pages;
mod people;
mod pkce;
mod revoke;
mod sessions;
mod soap;
mod token;

use std::sync::Arc;

use axum::{Router, routing::get};

pub use authorize::refuse;
pub use jwt_keys::{JwtKeyError, JwtKeys};
pub use openid::IdKey;
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
            "/services/oauth2/introspect",
            axum::routing::post(introspect::introspect),
        )
        .route("/.well-known/openid-configuration", get(openid::discovery))
        .route("/id/keys", get(openid::keys))
        .route("/services/Soap/{kind}/{version}", axum::routing::post(soap::call))
        .route(
            "/id/{organization}/{user}",
            get(identity::identity).post(identity::identity),
        )
}
