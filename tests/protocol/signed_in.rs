//! A demo org with somebody signed in, by the real login page.

use std::time::Duration;

use demo_org::{DemoOrg, Options};
use salesforce::{DEFAULT_SCOPES, Login, LoginOptions, LoginUrl, Tokens};
use support::browser::{Answer, sign_in};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

/// Far longer than a login takes; whatever still waits then hangs.
const DEADLINE: Duration = Duration::from_secs(60);

static TURN: Mutex<()> = Mutex::const_new(());

/// A running org and the tokens of its administrator.
pub struct SignedIn {
    pub org: DemoOrg,
    pub tokens: Tokens,
}

impl SignedIn {
    /// Starts an org and signs its administrator in.
    pub async fn start(options: Options) -> Self {
        support::use_ring();
        let org = DemoOrg::start(options).await.unwrap();
        let tokens = Self::sign_in(&org).await;
        Self { org, tokens }
    }

    async fn sign_in(org: &DemoOrg) -> Tokens {
        // There are three callback ports on a computer; one person at a time is sure to find one free.
        let _turn = TURN.lock().await;
        let login = Login::begin(LoginOptions {
            login_url: LoginUrl::parse(&org.login_url()).unwrap(),
            client_id: org.client_id(),
            client_secret: None,
            scopes: DEFAULT_SCOPES.map(str::to_owned).to_vec(),
        })
        .await
        .unwrap();
        let page = login.authorize_url().to_string();
        let (username, password) = (org.username(), org.password());
        let (tokens, seen) = tokio::join!(
            login.finish(CancellationToken::new(), DEADLINE),
            sign_in(&page, &username, &password, Answer::Allow)
        );
        seen.unwrap();
        tokens.unwrap()
    }
}
