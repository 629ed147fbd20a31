//! A person at the demo org's login page, by plain HTTP: fills the real form, follows the redirects.

use anyhow::{Context, Result, bail};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};

/// What the person answers when the app asks for access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Access is granted.
    Allow,
    /// Access is denied.
    Deny,
}

/// Signs in and answers; returns the text of the page that the browser ends on.
///
/// # Errors
/// When a page is not what a login page is.
pub async fn sign_in(authorize_url: &str, username: &str, password: &str, answer: Answer) -> Result<String> {
    let client = Client::builder().redirect(Policy::none()).build()?;
    let mut visit = Visit {
        client,
        cookies: Vec::new(),
    };
    let login = visit.get(authorize_url).await?;
    let consent = visit
        .submit(&login, &[("username", username), ("password", password)])
        .await?;
    let choice = match answer {
        Answer::Allow => "allow",
        Answer::Deny => "deny",
    };
    let end = visit.press(&consent, choice).await?;
    Ok(end.text)
}

struct Visit {
    client: Client,
    cookies: Vec<String>,
}

struct Page {
    address: reqwest::Url,
    text: String,
}

impl Visit {
    async fn get(&mut self, address: &str) -> Result<Page> {
        let answer = self
            .client
            .get(address)
            .header(COOKIE, self.cookies.join("; "))
            .send()
            .await?;
        self.follow(answer).await
    }

    /// Submits the page's form with its hidden fields and these.
    async fn submit(&mut self, page: &Page, fields: &[(&str, &str)]) -> Result<Page> {
        let mut all = hidden_fields(&page.text);
        all.extend(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        self.post(page, &all).await
    }

    /// Presses the button with this id.
    async fn press(&mut self, page: &Page, id: &str) -> Result<Page> {
        let button = tags(&page.text, "button")
            .into_iter()
            .find(|tag| attribute(tag, "id").as_deref() == Some(id))
            .with_context(|| format!("no button {id} on {}: {}", page.address, page.text))?;
        let mut all = hidden_fields(&page.text);
        if let (Some(name), Some(value)) = (attribute(&button, "name"), attribute(&button, "value")) {
            all.push((name, value));
        }
        self.post(page, &all).await
    }

    async fn post(&mut self, page: &Page, fields: &[(String, String)]) -> Result<Page> {
        let form = tags(&page.text, "form")
            .into_iter()
            .next()
            .with_context(|| format!("no form: {}", page.text))?;
        let address = page
            .address
            .join(&attribute(&form, "action").unwrap_or_default())?;
        let answer = self
            .client
            .post(address)
            .header(COOKIE, self.cookies.join("; "))
            .form(fields)
            .send()
            .await?;
        self.follow(answer).await
    }

    async fn follow(&mut self, mut answer: Response) -> Result<Page> {
        for _ in 0..10 {
            for cookie in answer.headers().get_all(SET_COOKIE) {
                let pair = cookie.to_str()?.split(';').next().unwrap_or_default().to_owned();
                self.cookies.push(pair);
            }
            let Some(location) = answer.headers().get(LOCATION) else {
                return Ok(Page {
                    address: answer.url().clone(),
                    text: answer.text().await?,
                });
            };
            let next = answer.url().join(location.to_str()?)?;
            answer = self
                .client
                .get(next)
                .header(COOKIE, self.cookies.join("; "))
                .send()
                .await?;
        }
        bail!("the login page redirects without end")
    }
}

fn hidden_fields(html: &str) -> Vec<(String, String)> {
    tags(html, "input")
        .into_iter()
        .filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"))
        .filter_map(|tag| {
            Some((
                attribute(&tag, "name")?,
                attribute(&tag, "value").unwrap_or_default(),
            ))
        })
        .collect()
}

/// The opening tags of one kind, in order.
fn tags(html: &str, name: &str) -> Vec<String> {
    let start = format!("<{name}");
    html.match_indices(&start)
        .filter_map(|(place, _)| {
            let rest = &html[place..];
            rest.find('>').map(|end| rest[..end].to_owned())
        })
        .collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = format!(" {name}=\"");
    let place = tag.find(&start)? + start.len();
    let rest = &tag[place..];
    let value = &rest[..rest.find('"')?];
    Some(
        value
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}
