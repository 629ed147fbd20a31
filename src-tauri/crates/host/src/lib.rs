//! This machine, as far as the window and the terminal share it: the places for secrets, the system browser, the demo
//! org. It decides nothing and knows neither Tauri nor a rule.
//!
//! To add something that the machine can do: a method of `engine::Host`, its code in a file here when both
//! clients do it alike, else in the shell and the CLI.

#[cfg(target_os = "linux")]
mod allocator;
pub mod browser;
pub mod demo;
mod keychain;
pub mod operator;
mod passphrase_file;
pub mod token_homes;

pub use browser::open_in_browser;
pub use demo::DemoOrgKeeper;
pub use operator::operator_name;
pub use passphrase_file::SHORTEST_PASSPHRASE_CHARACTERS;
pub use token_homes::TokenHomes;
