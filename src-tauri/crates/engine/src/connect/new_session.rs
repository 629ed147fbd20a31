//! A session that was signed in to and has changed nothing yet. It is looked at by a client of its own, which keeps renewed
//! tokens in memory: the connection that there is must not be touched before it is known what comes in its place.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::BoxFuture;
use model::{TargetDescribe, TargetObject};
use salesforce::{Client, KeepError, SessionOnly, TokenKeeper, Tokens};
use store::OrgRow;

use super::org::read_org;
use crate::api_budget::ApiBudget;
use crate::contract::connection::LoginPurpose;
use crate::fault::Fault;
use crate::token_store::KeptConnection;
use crate::{Engine, describe};

/// A session that waits for its place.
pub(crate) struct NewSession {
    /// What it is for.
    pub purpose: LoginPurpose,
    /// The person who signed in.
    pub person: i64,
    /// The org, with the user who signed in.
    pub org: OrgRow,
    /// The org's field lists; empty for a person's own user.
    pub describes: Vec<(TargetObject, TargetDescribe)>,
    connection: KeptConnection,
    tokens: Arc<HeldTokens>,
    client: Client,
}

/// Tokens in memory.
struct HeldTokens(Mutex<Tokens>);

impl HeldTokens {
    fn now(&self) -> Tokens {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl TokenKeeper for HeldTokens {
    fn keep<'a>(&'a self, tokens: &'a Tokens) -> BoxFuture<'a, Result<(), KeepError>> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = tokens.clone();
        Box::pin(async { Ok(()) })
    }
}

impl NewSession {
    /// Asks the org who it is and who signed in. A session that cannot be used is ended again.
    pub async fn look(
        engine: &Engine,
        purpose: LoginPurpose,
        person: i64,
        connection: KeptConnection,
    ) -> Result<Self, Fault> {
        let tokens = Arc::new(HeldTokens(Mutex::new(connection.tokens.clone())));
        let keep = Arc::clone(&tokens) as Arc<dyn TokenKeeper>;
        let client = connection.clone().client(keep, None, engine.pace())?;
        let budget = ApiBudget::of(engine, &client, None);
        let looked = async {
            let (login_url, client_id) = (connection.login_url.as_str(), connection.client_id.as_str());
            let org = read_org(engine, &client, login_url, client_id).await?;
            budget.know_org(engine, &org.org_id).await?;
            let describes = match purpose {
                LoginPurpose::OwnUser => Vec::new(),
                LoginPurpose::Connect | LoginPurpose::ChangeUser => describe::fetch_all(&client).await?,
            };
            let usage = client.usage().map(|usage| (usage.used_calls, usage.max_calls));
            Ok::<_, Fault>((OrgRow { usage, ..org }, describes))
        };
        match looked.await {
            Ok((org, describes)) => Ok(Self {
                purpose,
                person,
                org,
                describes,
                connection,
                tokens,
                client,
            }),
            Err(fault) => {
                end(&client).await;
                Err(fault)
            }
        }
    }

    /// The connection as it is to be kept.
    pub fn connection(&self) -> KeptConnection {
        KeptConnection {
            tokens: self.tokens.now(),
            ..self.connection.clone()
        }
    }

    /// Ends the session at Salesforce.
    pub async fn give_up(self) {
        end(&self.client).await;
    }
}

/// Ends a session at Salesforce; says whether Salesforce confirmed it.
async fn end(client: &Client) -> bool {
    match client.revoke().await {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, "the tokens were not revoked");
            false
        }
    }
}

/// Ends the session of a connection that was kept; says whether Salesforce confirmed it.
pub(super) async fn end_kept(engine: &Engine, kept: KeptConnection) -> bool {
    match kept.client(Arc::new(SessionOnly), None, engine.pace()) {
        Ok(client) => end(&client).await,
        Err(fault) => {
            tracing::warn!(%fault, "the tokens were not revoked");
            false
        }
    }
}
