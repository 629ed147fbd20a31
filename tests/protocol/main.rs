//! Our Salesforce client against the demo org, without the engine: every kind of trouble, and processes that share
//! one connection. What the demo org answers is judged elsewhere, by other people's clients.

mod shared_session;
mod signed_in;
mod trouble_matrix;
mod work;
