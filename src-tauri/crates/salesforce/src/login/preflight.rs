//! Asks the authorize address once before the browser does, to tell a mistake in the app's settings in words
//! instead of leaving the person on an error page that never comes back.

use reqwest::header::LOCATION;
use url::Url;

use crate::http_client::cause;
use crate::login::LoginError;

pub(super) async fn probe(
    http: &reqwest::Client,
    authorize_url: &Url,
    callback_url: &str,
) -> Result<(), LoginError> {
    let unreachable = |error: &reqwest::Error| LoginError::Network { detail: cause(error) };
    let response = http
        .get(authorize_url.clone())
        .send()
        .await
        .map_err(|error| unreachable(&error))?;
    let status = response.status();
    let told = if status.is_client_error() {
        response.text().await.map_err(|error| unreachable(&error))?
    } else if status.is_redirection() {
        let location = response
            .headers()
            .get(LOCATION)
            .and_then(|value| value.to_str().ok());
        location.unwrap_or_default().to_owned()
    } else {
        return Ok(());
    };
    // Only these two are sure; other errors are better told by the browser's own page.
    ["invalid_client_id", "redirect_uri_mismatch"]
        .into_iter()
        .find(|code| {
            told.contains(&format!("error={code}")) || (status.is_client_error() && told.contains(code))
        })
        .map_or(Ok(()), |code| {
            Err(LoginError::from_refusal(code, "", callback_url))
        })
}
