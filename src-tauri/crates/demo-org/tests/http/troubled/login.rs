//! A person with a browser: from the authorize endpoint to a code, and on to tokens.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{Response, StatusCode};
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

use super::Caller;

pub const REDIRECT: &str = "http://localhost:17170/callback";
pub const VERIFIER: &str = "a-verifier-of-forty-three-characters-or-more-0123456789";

/// The challenge of [`VERIFIER`].
pub fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

/// The members of the query of a redirect.
pub fn redirected(answer: &Response) -> Vec<(String, String)> {
    assert_eq!(answer.status(), StatusCode::FOUND);
    let location = answer.headers()["location"].to_str().expect("an address");
    let location = Url::parse(location).expect("an address");
    location.query_pairs().into_owned().collect()
}

impl Caller {
    /// `GET` of the authorize endpoint; members of the same name in `extra` replace the usual ones.
    pub async fn authorize(&self, extra: &[(&str, &str)]) -> Response {
        let client_id = self.org.client_id();
        let usual = [
            ("response_type", "code"),
            ("client_id", client_id.as_str()),
            ("redirect_uri", REDIRECT),
        ];
        let members: Vec<(&str, &str)> = usual
            .into_iter()
            .filter(|(name, _)| extra.iter().all(|(other, _)| other != name))
            .chain(extra.iter().copied())
            .collect();
        let request = self
            .client
            .get(self.url("services/oauth2/authorize"))
            .query(&members);
        request.send().await.expect("an answer")
    }

    /// Logs a user in and allows the app; says the code.
    pub async fn code(&self, username: &str, extra: &[(&str, &str)]) -> String {
        let page = self.authorize(extra).await.text().await.expect("a login page");
        let request = page
            .split_once("name=\"request\" value=\"")
            .and_then(|(_, rest)| rest.split_once('"'));
        let request = request.expect("a hidden field").0;
        let password = self.org.password();
        let login = [
            ("request", request),
            ("username", username),
            ("password", password.as_str()),
        ];
        let login = self
            .client
            .post(self.url("services/oauth2/authorize/login"))
            .form(&login);
        let consent = login
            .send()
            .await
            .expect("an answer")
            .text()
            .await
            .expect("a page");
        assert!(consent.contains("Allow access?"), "{consent}");
        let allow = [("request", request), ("decision", "allow")];
        let allow = self
            .client
            .post(self.url("services/oauth2/authorize/consent"))
            .form(&allow);
        let answer = allow.send().await.expect("an answer");
        let members = redirected(&answer);
        let code = members.iter().find(|(name, _)| name == "code");
        code.expect("a code").1.clone()
    }

    /// A form to an OAuth endpoint; says the status and the JSON.
    pub async fn form(&self, endpoint: &str, members: &[(&str, &str)]) -> (StatusCode, Value) {
        let request = self
            .client
            .post(self.url(&format!("services/oauth2/{endpoint}")))
            .form(members);
        let answer = request.send().await.expect("an answer");
        let status = answer.status();
        let text = answer.text().await.expect("a text");
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// Tokens of the administrator by the browser, with PKCE.
    pub async fn tokens(&self, extra: &[(&str, &str)]) -> Value {
        self.tokens_of(&self.org.username(), extra).await
    }

    /// Tokens of a user by the browser, with PKCE.
    pub async fn tokens_of(&self, username: &str, extra: &[(&str, &str)]) -> Value {
        let challenge = challenge();
        let mut members = vec![("code_challenge", challenge.as_str())];
        members.extend_from_slice(extra);
        let code = self.code(username, &members).await;
        let (status, tokens) = self.exchange(&code).await;
        assert_eq!(status, StatusCode::OK, "{tokens}");
        tokens
    }

    pub async fn exchange(&self, code: &str) -> (StatusCode, Value) {
        let client_id = self.org.client_id();
        let members = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("client_id", client_id.as_str()),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        self.form("token", &members).await
    }

    pub async fn refresh(&self, token: &str) -> (StatusCode, Value) {
        let client_id = self.org.client_id();
        let members = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("client_id", client_id.as_str()),
        ];
        self.form("token", &members).await
    }

    /// The status of a call with an access token.
    pub async fn status_of(&self, token: &str) -> u16 {
        let call = self
            .client
            .get(self.url("services/data/v60.0/limits"))
            .bearer_auth(token);
        call.send().await.expect("an answer").status().as_u16()
    }
}

/// A member that is a text.
pub fn text(tokens: &Value, name: &str) -> String {
    let member = tokens[name].as_str();
    member.unwrap_or_else(|| panic!("{name} in {tokens}")).to_owned()
}
