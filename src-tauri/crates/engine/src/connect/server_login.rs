//! Signing in without a browser, for machines that nobody sits at: JWT bearer, as an integration user.

use salesforce::{PRODUCTION_LOGIN, ServerLogin};
use secrecy::SecretString;

use super::login::{login_address, may_begin, own_client_id, own_login_url, signed_in};
use crate::Engine;
use crate::contract::connection::{ConnectServer, LoginFinished};
use crate::fault::{Code, Fault};
use crate::token_store::{KeptConnection, ServerUser};

/// `connection.connect_server`
pub(crate) async fn connect_server(engine: &Engine, params: ConnectServer) -> Result<LoginFinished, Fault> {
    let (person, _) = may_begin(engine, params.purpose).await?;
    let username = params.username.trim().to_owned();
    if username.is_empty() {
        return Err(Fault::new(
            Code::Invalid,
            "The username is missing. It is the login name of the Salesforce user whom the app acts as.",
        )
        .at_field("username"));
    }
    let client_id = own_client_id(Some(&params.client_id))?;
    let login_url = match params.login_url.as_deref() {
        Some(typed) => own_login_url(Some(typed))?,
        None => PRODUCTION_LOGIN.to_owned(),
    };
    let login_url = login_address(&login_url)?;
    let user = ServerUser {
        username,
        private_key: SecretString::from(params.private_key),
    };
    let login = ServerLogin {
        login_url: login_url.clone(),
        client_id: client_id.clone(),
        client_secret: None,
        grant: user.grant()?,
    };
    let tokens = login.sign_in().await?;
    let connection = KeptConnection {
        login_url,
        client_id,
        client_secret: None,
        server_user: Some(user),
        tokens,
    };
    signed_in(engine, params.purpose, person, connection).await
}
