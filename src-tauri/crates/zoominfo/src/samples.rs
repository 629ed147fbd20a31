//! Made-up lists that ship with the app, so that everything can be tried with the demo org. No real person or company
//! is in them; `examples/write_samples.rs` wrote them.

/// 40 contacts with the current header; every one becomes a lead without a fault.
pub const CONTACTS_40: &[u8] = include_bytes!("../samples/contacts_40.csv");

/// 60 companies with the current header.
pub const COMPANIES_60: &[u8] = include_bytes!("../samples/companies_60.csv");
