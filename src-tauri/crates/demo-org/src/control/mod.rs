//! What tests use and Salesforce does not have: the recorder of calls, trouble on demand, and the `/demo/…` endpoints.
//!
//! Every `/demo/…` request needs the header `X-Demo-Control: 1`, which a web page of another origin cannot send.

mod endpoints;
mod recorder;
mod rules;
mod troubles;

pub use endpoints::routes;
pub use recorder::{RecordedCall, Recorder, record};
pub use troubles::{Troubles, interfere};
