//! Connecting an org, changing its user, looking at it, and disconnecting; the service account and users of people's own.
//!
//! A login is a new session first, which is looked at before anything changes; what it changes is decided in `change`. Whoever
//! talks to the org asks `clients` for a client.

mod accounts;
mod change;
mod clients;
mod disconnect;
mod guide;
mod login;
mod new_session;
mod org;
mod other_org;
mod own_user;
mod server_login;

pub(crate) use accounts::choose_accounts;
pub(crate) use clients::{
    Exporter, client, describes_for_all, exporter, exporter_for, note_fault, note_usage,
};
pub(crate) use disconnect::disconnect;
pub(crate) use guide::guide;
pub(crate) use login::{PendingLogin, begin, cancel, finish, give_up_waiting};
pub(crate) use new_session::NewSession;
pub(crate) use org::{check, current_org, open_org, refuse_given_connection, require_org};
pub(crate) use other_org::accept_other_org;
pub(crate) use own_user::{disconnect_own, forget_removed_people, own_connection};
pub(crate) use server_login::connect_server;
