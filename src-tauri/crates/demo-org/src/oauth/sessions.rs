//! Requests under way, codes and tokens. All secrets come from the system's randomness, never from the seed.

use std::collections::HashMap;

use rand::{Rng, distr::Alphanumeric};

use crate::clock;

/// How long a code or a login page is good for, in seconds.
const CODE_SECONDS: i64 = 900;
/// How often a user may have approved one app; one more ends the oldest.
const GREATEST_APPROVALS: usize = 5;

/// A request that waits for its user.
#[derive(Debug, Clone)]
pub struct Pending {
    /// Who asks.
    pub client_id: String,
    /// Where the answer goes.
    pub redirect_uri: String,
    /// To be handed back unchanged.
    pub state: Option<String>,
    /// What is asked for.
    pub scope: String,
    /// PKCE challenge.
    pub challenge: Option<String>,
    /// To be found in the id token.
    pub nonce: Option<String>,
    /// The user, once logged in.
    pub user: Option<u32>,
    made: i64,
}

/// An authorization code.
#[derive(Debug, Clone)]
pub struct Code {
    /// What it was given for.
    pub pending: Pending,
    /// The user.
    pub user: u32,
    /// Whether it was exchanged.
    pub used: bool,
    made: i64,
}

impl Code {
    /// Whether it is too old.
    pub fn is_expired(&self) -> bool {
        clock::now() - self.made > CODE_SECONDS
    }
}

/// What a refresh token stands for.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Number of the grant; all its tokens end together.
    pub number: u64,
    /// Who holds it.
    pub client_id: String,
    /// The user.
    pub user: u32,
    /// Granted scopes.
    pub scope: String,
    replaced: bool,
    issued: i64,
}

#[derive(Debug, Clone)]
struct Access {
    user: u32,
    grant: Option<u64>,
    client_id: String,
    scope: String,
    issued: i64,
}

/// What the org knows of a live token.
#[derive(Debug, Clone)]
pub struct TokenDescription {
    /// Who holds it; empty for the org's own.
    pub client_id: String,
    /// The user.
    pub user: u32,
    /// Granted scopes.
    pub scope: String,
    /// When it was given, seconds since 1970.
    pub issued: i64,
    /// Whether it is a refresh token.
    pub is_refresh_token: bool,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Sessions {
    pending: HashMap<String, Pending>,
    codes: HashMap<String, Code>,
    refresh: HashMap<String, Grant>,
    access: HashMap<String, Access>,
    grants: u64,
}

impl Pending {
    /// A request made now.
    pub fn new(
        client_id: String,
        redirect_uri: String,
        state: Option<String>,
        scope: String,
        challenge: Option<String>,
    ) -> Self {
        Self {
            client_id,
            redirect_uri,
            state,
            scope,
            challenge,
            nonce: None,
            user: None,
            made: clock::now(),
        }
    }
}

impl Sessions {
    /// Keeps a request and says its name.
    pub fn wait(&mut self, pending: Pending) -> String {
        let now = clock::now();
        self.pending
            .retain(|_, waiting| now - waiting.made <= CODE_SECONDS);
        let name = random_text(32);
        self.pending.insert(name.clone(), pending);
        name
    }

    /// A request that waits.
    pub fn pending(&mut self, name: &str) -> Option<&mut Pending> {
        self.pending
            .get_mut(name)
            .filter(|waiting| clock::now() - waiting.made <= CODE_SECONDS)
    }

    /// Ends a request.
    pub fn take_pending(&mut self, name: &str) -> Option<Pending> {
        self.pending.remove(name)
    }

    /// A code for a request that its user agreed to.
    pub fn issue_code(&mut self, pending: Pending, user: u32) -> String {
        let code = format!("aPrx{}==", random_text(60));
        self.codes.insert(
            code.clone(),
            Code {
                pending,
                user,
                used: false,
                made: clock::now(),
            },
        );
        code
    }

    /// A code.
    pub fn code(&mut self, code: &str) -> Option<&mut Code> {
        self.codes.get_mut(code)
    }

    /// A new grant with its refresh token.
    pub fn issue_refresh_token(&mut self, client_id: &str, user: u32, scope: &str) -> (String, Grant) {
        self.end_oldest_grant(client_id, user);
        self.grants += 1;
        let grant = Grant {
            number: self.grants,
            client_id: client_id.to_owned(),
            user,
            scope: scope.to_owned(),
            replaced: false,
            issued: clock::now(),
        };
        (self.store_refresh_token(grant.clone()), grant)
    }

    /// Makes room when a user has approved an app as often as the org allows.
    fn end_oldest_grant(&mut self, client_id: &str, user: u32) {
        let live = self
            .refresh
            .values()
            .filter(|grant| !grant.replaced && grant.client_id == client_id && grant.user == user);
        let mut numbers: Vec<u64> = live.map(|grant| grant.number).collect();
        if numbers.len() >= GREATEST_APPROVALS {
            numbers.sort_unstable();
            self.end_grant(numbers[0]);
        }
    }

    /// Whether a user has approved an app.
    pub fn has_grant(&self, client_id: &str, user: u32) -> bool {
        let mut grants = self.refresh.values();
        grants.any(|grant| !grant.replaced && grant.client_id == client_id && grant.user == user)
    }

    /// What the org knows of a live token of either kind.
    pub fn describe(&self, token: &str) -> Option<TokenDescription> {
        if let Some(access) = self.access.get(token) {
            return Some(TokenDescription {
                client_id: access.client_id.clone(),
                user: access.user,
                scope: access.scope.clone(),
                issued: access.issued,
                is_refresh_token: false,
            });
        }
        let grant = self.refresh.get(token).filter(|grant| !grant.replaced)?;
        Some(TokenDescription {
            client_id: grant.client_id.clone(),
            user: grant.user,
            scope: grant.scope.clone(),
            issued: grant.issued,
            is_refresh_token: true,
        })
    }

    fn store_refresh_token(&mut self, grant: Grant) -> String {
        let token = format!("5Aep861{}", random_text(80));
        self.refresh.insert(token.clone(), grant);
        token
    }

    /// The grant of a live refresh token. Using one that was replaced ends its grant.
    pub fn use_refresh_token(&mut self, token: &str) -> Option<Grant> {
        let grant = self.refresh.get(token)?.clone();
        if grant.replaced {
            self.end_grant(grant.number);
            return None;
        }
        Some(grant)
    }

    /// Replaces a refresh token by a new one of the same grant; `None` when it was replaced meanwhile.
    pub fn rotate(&mut self, token: &str) -> Option<String> {
        let grant = self.refresh.get_mut(token).filter(|grant| !grant.replaced)?;
        grant.replaced = true;
        let fresh = Grant {
            replaced: false,
            issued: clock::now(),
            ..grant.clone()
        };
        Some(self.store_refresh_token(fresh))
    }

    /// An access token of a user, in the form that clients insist on: `00D…!…`.
    pub fn issue_access_token(
        &mut self,
        organization_id: &str,
        user: u32,
        grant: Option<u64>,
        client_id: &str,
        scope: &str,
    ) -> String {
        let short = organization_id.get(..15).unwrap_or(organization_id);
        let token = format!("{short}!AQ{}.{}", random_text(40), random_text(50));
        let access = Access {
            user,
            grant,
            client_id: client_id.to_owned(),
            scope: scope.to_owned(),
            issued: clock::now(),
        };
        self.access.insert(token.clone(), access);
        token
    }

    /// The user of a live access token.
    pub fn user_of(&self, token: &str) -> Option<u32> {
        self.access.get(token).map(|access| access.user)
    }

    /// Ends every access token; refresh tokens stay.
    pub fn expire_access_tokens(&mut self) {
        self.access.clear();
    }

    /// Ends every access token of a user.
    pub fn expire_access_tokens_of(&mut self, user: u32) {
        self.access.retain(|_, access| access.user != user);
    }

    /// Ends every grant and every access token.
    pub fn end_everything(&mut self) {
        self.access.clear();
        self.refresh.clear();
    }

    /// Revokes a token of either kind; false when there is none.
    pub fn revoke(&mut self, token: &str) -> bool {
        if self.access.remove(token).is_some() {
            return true;
        }
        match self.refresh.get(token) {
            Some(grant) => {
                let number = grant.number;
                self.end_grant(number);
                true
            }
            None => false,
        }
    }

    fn end_grant(&mut self, number: u64) {
        self.refresh.retain(|_, grant| grant.number != number);
        self.access.retain(|_, access| access.grant != Some(number));
    }
}

fn random_text(characters: usize) -> String {
    rand::rng()
        .sample_iter(Alphanumeric)
        .take(characters)
        .map(char::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn using_a_replaced_refresh_token_ends_its_grant() {
        let mut sessions = Sessions::default();
        let (first, grant) = sessions.issue_refresh_token("app", 1, "api");
        let access = sessions.issue_access_token("00DAA0000000001AAA", 1, Some(grant.number), "app", "api");
        let (other, _) = sessions.issue_refresh_token("app", 1, "api");
        let second = sessions.rotate(&first).expect("a new token");
        assert_eq!(sessions.user_of(&access), Some(1));
        assert!(sessions.use_refresh_token(&second).is_some());
        assert!(
            sessions.use_refresh_token(&first).is_none(),
            "the old token is dead"
        );
        assert!(
            sessions.use_refresh_token(&second).is_none(),
            "and using it ended the new one"
        );
        assert_eq!(sessions.user_of(&access), None, "with its access tokens");
        assert!(
            sessions.use_refresh_token(&other).is_some(),
            "another grant lives on"
        );
    }

    #[test]
    fn expiry_ends_access_tokens_only() {
        let mut sessions = Sessions::default();
        let (refresh, grant) = sessions.issue_refresh_token("app", 1, "api");
        let access = sessions.issue_access_token("00DAA0000000001AAA", 1, Some(grant.number), "app", "api");
        sessions.expire_access_tokens();
        assert_eq!(sessions.user_of(&access), None);
        assert!(sessions.use_refresh_token(&refresh).is_some());
    }
}
