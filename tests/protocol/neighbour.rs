//! One of several processes that share a connection: it reads the tokens of a folder, and for each line on its
//! standard input asks the org eight things at the same time, then says `ok` or what went wrong.
//!
//! `neighbour FOLDER LOGIN_URL CLIENT_ID`

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use futures_util::future::{BoxFuture, try_join_all};
use salesforce::{Client, ClientOptions, KeepError, KeeperLock, LoginUrl, Pace, TokenKeeper, Tokens};
use secrecy::{ExposeSecret, SecretString};

const QUESTIONS: usize = 8;

/// Tokens in a file, with a lock beside it.
#[derive(Clone)]
struct Folder(PathBuf);

impl Folder {
    fn load(&self) -> Result<Tokens> {
        let text = SecretString::from(fs::read_to_string(self.0.join("tokens"))?);
        Ok(Tokens::from_keychain_json(&text)?)
    }

    fn store(&self, tokens: &Tokens) -> Result<()> {
        let fresh = self.0.join("tokens.new");
        fs::write(&fresh, tokens.to_keychain_json()?.expose_secret())?;
        Ok(fs::rename(fresh, self.0.join("tokens"))?)
    }

    fn take_turn(&self) -> Result<File> {
        let file = File::options()
            .create(true)
            .append(true)
            .open(self.0.join("lock"))?;
        file.lock()?;
        Ok(file)
    }
}

fn failed(error: &dyn ToString) -> KeepError {
    KeepError {
        detail: error.to_string(),
    }
}

impl TokenKeeper for Folder {
    fn keep<'a>(&'a self, tokens: &'a Tokens) -> BoxFuture<'a, Result<(), KeepError>> {
        Box::pin(async { self.store(tokens).map_err(|error| failed(&error)) })
    }

    fn latest(&self) -> BoxFuture<'_, Result<Option<Tokens>, KeepError>> {
        Box::pin(async { self.load().map(Some).map_err(|error| failed(&error)) })
    }

    fn lock(&self) -> BoxFuture<'_, Result<KeeperLock, KeepError>> {
        let folder = self.clone();
        Box::pin(async move {
            let turn = tokio::task::spawn_blocking(move || folder.take_turn()).await;
            let file = turn
                .map_err(|error| failed(&error))?
                .map_err(|error| failed(&error))?;
            Ok(Box::new(file) as KeeperLock)
        })
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut argument = |what| arguments.next().with_context(|| format!("{what} is missing"));
    let folder = Folder(Path::new(&argument("the folder")?).to_owned());
    let client = Client::new(ClientOptions {
        login_url: LoginUrl::parse(&argument("the login URL")?)?,
        client_id: argument("the consumer key")?,
        client_secret: None,
        api_version: None,
        tokens: folder.load()?,
        keep: Arc::new(folder),
        pace: Pace::immediate(),
    })?;
    for line in std::io::stdin().lines() {
        line?;
        let questions = (0..QUESTIONS).map(|_| client.query("SELECT Id FROM Account LIMIT 1"));
        match try_join_all(questions).await {
            Ok(_) => println!("ok"),
            Err(error) => println!("{error}"),
        }
        std::io::stdout().flush()?;
    }
    Ok(())
}
