//! When a request is sent again, and after what pause. `verdict` is the only place that decides.

use std::time::Duration;

use reqwest::Method;

use crate::answer::{Refusal, SessionFace};

/// Pauses that grow by the factor 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Before the second try.
    pub first: Duration,
    /// No pause is longer.
    pub longest: Duration,
    /// Most tries in all; for polling there is no end.
    pub tries: u32,
    /// Whether each pause is shortened by up to half at random, so that clients do not march in step.
    pub jitter: bool,
}

impl Backoff {
    /// The pause after the given number of tries (from 1).
    #[must_use]
    pub fn pause(&self, tries: u32) -> Duration {
        let factor = 2_u32.saturating_pow(tries.saturating_sub(1));
        let whole = self.first.saturating_mul(factor).min(self.longest);
        if self.jitter {
            whole.mul_f64(rand::random_range(0.5..=1.0))
        } else {
            whole
        }
    }
}

/// How patient a client is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Between tries of one request.
    pub retry: Backoff,
    /// Between questions for a job's state.
    pub poll: Backoff,
}

impl Default for Pace {
    /// Five tries from half a second up; job states after 1, 2, 4, 8, 16, then every 30 seconds.
    fn default() -> Self {
        Self {
            retry: Backoff {
                first: Duration::from_millis(500),
                longest: Duration::from_secs(30),
                tries: 5,
                jitter: true,
            },
            poll: Backoff {
                first: Duration::from_secs(1),
                longest: Duration::from_secs(30),
                tries: u32::MAX,
                jitter: false,
            },
        }
    }
}

impl Pace {
    /// The same number of tries without any pause, for tests and for servers on this computer.
    #[must_use]
    pub fn immediate() -> Self {
        let mut pace = Self::default();
        for backoff in [&mut pace.retry, &mut pace.poll] {
            backoff.first = Duration::ZERO;
            backoff.longest = Duration::ZERO;
        }
        pace
    }
}

/// How a request may be repeated when its fate is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// Reading; repeating is harmless.
    Read,
    /// PUT and DELETE: the second has the same effect as the first.
    SameEffect,
    /// A Bulk upload: a job takes one content only, so only a refusal that surely took nothing is repeated.
    OneContent,
    /// POST and PATCH: never blind.
    Never,
}

impl Repeat {
    pub(crate) fn of(method: &Method) -> Self {
        match *method {
            Method::GET | Method::HEAD => Self::Read,
            Method::PUT | Method::DELETE => Self::SameEffect,
            _ => Self::Never,
        }
    }

    /// Whether a request without a whole answer may be sent again.
    pub(crate) fn after_lost_reply(self) -> bool {
        matches!(self, Self::Read | Self::SameEffect)
    }
}

/// What became of one attempt that did not succeed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// No connection: the org has seen nothing.
    NeverSent(String),
    /// Sent, but no whole answer came back.
    Broken(String),
    /// An answer that is no success.
    Refused(Refusal),
    /// Nothing that another try could mend.
    Final(crate::error::Error),
}

/// What to do after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Wait, then send again.
    Transient,
    /// Renew the session, then send again, once.
    RenewSession,
    /// Give the error to the caller.
    Fatal,
}

/// Transient or fatal: the one rule for every request.
pub(crate) fn verdict(repeat: Repeat, failure: &Failure) -> Verdict {
    let transient = match failure {
        Failure::NeverSent(_) => true,
        Failure::Broken(_) => repeat.after_lost_reply(),
        Failure::Final(_) => false,
        Failure::Refused(refusal) => {
            if refusal.session_face() == SessionFace::Ended {
                return Verdict::RenewSession;
            }
            match refusal.limit() {
                // Refused before it ran, so even a write may be sent again.
                Some(crate::error::Limit::Concurrent) => true,
                Some(crate::error::Limit::Daily) => false,
                None => transient_status(repeat, refusal.status),
            }
        }
    };
    if transient {
        Verdict::Transient
    } else {
        Verdict::Fatal
    }
}

/// Most tries of a request that failed like this. 420 says that the edge has no way to the org (yet): one more look
/// tells whether that was a hiccup, and further ones tell nothing new.
pub(crate) fn most_tries(pace: Backoff, failure: &Failure) -> u32 {
    match failure {
        Failure::Refused(refusal) if refusal.status == 420 => pace.tries.min(2),
        _ => pace.tries,
    }
}

fn transient_status(repeat: Repeat, status: u16) -> bool {
    match status {
        420 | 429 | 503 => repeat != Repeat::Never,
        406 | 502 | 504 => repeat.after_lost_reply(),
        500 => repeat == Repeat::Read,
        _ => false,
    }
}
