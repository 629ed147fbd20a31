//! Where tokens are kept on this machine.

use crate::Engine;
use crate::contract::app::AppState;
use crate::contract::connection::{ChooseTokenHome, UnlockTokens};
use crate::fault::Fault;

/// `tokens.choose_home`
pub(crate) async fn choose(_engine: &Engine, _params: ChooseTokenHome) -> Result<AppState, Fault> {
    Err(Fault::unanswered())
}

/// `tokens.unlock`
pub(crate) async fn unlock(_engine: &Engine, _params: UnlockTokens) -> Result<AppState, Fault> {
    Err(Fault::unanswered())
}
