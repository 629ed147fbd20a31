//! Why a sign-in did not work, each with what to do about it.

/// Why a sign-in did not work. Every text is fit to be shown to the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoginError {
    /// `invalid_client_id`: the login host does not know the Consumer Key.
    #[error(
        "Salesforce does not know this Consumer Key. Copy it again from the External Client App's OAuth settings, \
         check that the login address is the right one, and allow a new app ten minutes to become known."
    )]
    WrongClientId,
    /// `redirect_uri_mismatch`: the app lists other callback URLs.
    #[error(
        "The External Client App does not list the callback URL {callback_url}. Add it to the app, exactly like \
         this, and try again after ten minutes."
    )]
    WrongCallbackUrl {
        /// The URL that is missing.
        callback_url: String,
    },
    /// The person said no.
    #[error("Access was denied in the browser. Start again, and choose Allow when Salesforce asks.")]
    Denied,
    /// The answer belongs to another sign-in, or was forged.
    #[error(
        "The browser's answer does not belong to this sign-in. Close older sign-in tabs and start again."
    )]
    WrongState,
    /// Other programs use all callback ports.
    #[error(
        "The ports {ports} on this computer are all in use. Close the other program that waits for a sign-in, \
         and start again."
    )]
    PortsTaken {
        /// The ports tried, separated by commas.
        ports: String,
    },
    /// Nobody finished in the browser.
    #[error("Nobody finished the sign-in in the browser in time. Start again.")]
    TimedOut,
    /// The person cancelled in the app.
    #[error("The sign-in was cancelled.")]
    Cancelled,
    /// The login host cannot be reached.
    #[error(
        "The login address could not be reached: {detail}. Check the network, the proxy and the address."
    )]
    Network {
        /// The cause.
        detail: String,
    },
    /// Salesforce refused for another reason.
    #[error(
        "Salesforce refused the sign-in: {description} ({error}). {}",
        mend(error, description)
    )]
    Refused {
        /// OAuth error code.
        error: String,
        /// Salesforce's words, or the code again.
        description: String,
    },
    /// A page came instead of an answer.
    #[error(
        "The login address answered {status} with a page instead of data: \u{201c}{excerpt}\u{201d}. \
         Check the address, and try again later."
    )]
    NotJson {
        /// HTTP status.
        status: u16,
        /// The beginning of the page's text.
        excerpt: String,
    },
    /// The token answer had an unexpected shape.
    #[error("Salesforce's answer could not be read ({detail}). Check that the login address is an org's.")]
    Unreadable {
        /// Where reading stopped.
        detail: String,
    },
}

impl LoginError {
    /// A short code of a closed list.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongClientId => "wrong_client_id",
            Self::WrongCallbackUrl { .. } => "wrong_callback_url",
            Self::Denied => "denied",
            Self::WrongState => "wrong_state",
            Self::PortsTaken { .. } => "ports_taken",
            Self::TimedOut => "timed_out",
            Self::Cancelled => "cancelled",
            Self::Network { .. } => "network",
            Self::Refused { .. } => "refused",
            Self::NotJson { .. } => "not_json",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    pub(crate) fn from_refusal(error: &str, description: &str, callback_url: &str) -> Self {
        match error {
            "invalid_client_id" => Self::WrongClientId,
            "redirect_uri_mismatch" => Self::WrongCallbackUrl {
                callback_url: callback_url.to_owned(),
            },
            "access_denied" => Self::Denied,
            _ => {
                let description = if description.is_empty() {
                    error
                } else {
                    description
                };
                Self::Refused {
                    error: error.to_owned(),
                    description: description.to_owned(),
                }
            }
        }
    }
}

/// What to do about a code ("OAuth 2.0 error codes" in Salesforce Help).
fn mend(error: &str, description: &str) -> &'static str {
    match error {
        "OAUTH_APPROVAL_ERROR_GENERIC" => {
            "Ask an administrator whether the app is installed and approved in this org, whether it has the scopes \
             that are asked for, and whether the user's licence allows signing in by browser."
        }
        "invalid_client" => "Check the Consumer Secret, or leave it empty if the app does not require one.",
        "invalid_grant" if description.contains("ip restricted") => {
            "Ask an administrator to relax the app's IP restriction, or sign in from an allowed network."
        }
        "invalid_grant" if description.contains("approved") => {
            "Ask an administrator to approve the app for this user."
        }
        "invalid_grant" => "Start again; the sign-in may have taken too long.",
        "invalid_request" if description.contains("code challenge") => {
            "Tick \u{201c}Require Proof Key for Code Exchange (PKCE)\u{201d} in the app and try again."
        }
        "invalid_scope" => "Add the missing scope to the app: api, refresh_token and id are needed.",
        "invalid_app_access" => {
            "Ask an administrator to permit the app for this user's profile or permission set."
        }
        "inactive_user" => "Ask an administrator to activate the user.",
        "inactive_org" => "The org is locked or closed; ask an administrator.",
        "unsupported_grant_type" | "unauthorized_client" | "unsupported_response_type" => {
            "Enable the Authorization Code and Credentials flow in the app's settings."
        }
        "rate_limit_exceeded" => "Wait a few minutes, then try again.",
        _ => "Try again; if it stays, show this message to an administrator.",
    }
}
