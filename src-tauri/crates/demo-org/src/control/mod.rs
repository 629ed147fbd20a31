//! What tests use and Salesforce does not have: the recorder of calls, trouble on demand, switches of the org's
//! rules and fields, and the `/demo/…` endpoints.
//!
//! Every `/demo/…` request needs the header `X-Demo-Control: 1`, which a web page of another origin cannot send.
//! What can go wrong is written down in `trouble`; here it happens: `troubles` and `row_locks` count, `interfere` acts on
//! calls, with answers from `instead` and bodies from `bodies`.

mod bodies;
mod endpoints;
mod fields;
mod instead;
mod interfere;
mod recorder;
mod rights;
mod row_locks;
mod rules;
mod troubles;

pub use endpoints::routes;
pub use interfere::interfere;
pub use recorder::{RecordedCall, Recorder, record};
pub use row_locks::RowLocks;
pub use troubles::{TroubleReport, TroubleState, Troubles};
