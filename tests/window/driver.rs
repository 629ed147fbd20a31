//! A small W3C WebDriver client: one driver process, one session, plain JSON over loopback.
//!
//! It knows the protocol and nothing of the app. Every call has a deadline, because a WebDriver that waits for a
//! frozen window answers never. To add a command: one method on [`Session`] or [`Element`].

mod element;
mod keyboard;
mod process;
mod session;
mod wait;

pub use element::Element;
pub use keyboard::Key;
pub use process::{DriverProcess, on_path};
pub use session::Session;
pub use wait::{PATIENCE, until};
