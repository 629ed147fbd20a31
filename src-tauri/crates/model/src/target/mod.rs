//! Salesforce objects and fields that profiles become, as far as mapping needs them.
//!
//! These are our words for what `describe` answers; reading the answer is somebody else's work.

mod describe;
mod field;
mod field_kind;
mod listed_address;
mod object;
mod reference;

pub use describe::TargetDescribe;
pub use field::{PicklistValue, TargetField};
pub use field_kind::FieldKind;
pub use listed_address::{ListedAddress, ListedPart};
pub use object::TargetObject;
pub use reference::{LookupKey, LookupKeys, RecordTypeChoice};
