//! Duplicates: which record of the org is the company or the person that a profile describes.
//!
//! The rules are graded and closed: a [`Criterion`] says what agrees, its [`Grade`] how far that may be trusted, and the
//! first criterion that hits wins. A [`Doubt`], something that speaks against the hit, lowers the grade by one; a possible
//! hit with a doubt is none.
//!
//! Looking for duplicates has two steps. [`CompanyFacts::keys`] and [`PersonFacts::keys`] give a few hashes to look up in
//! an index: two records can match only if they share a key. [`compare_accounts`], [`compare_contacts`] and
//! [`compare_leads`] then judge a candidate by the facts alone. Both are symmetric: it never matters which of two records
//! came first. Where there is no index, [`search_terms`] says what to ask Salesforce for.
//!
//! To add a criterion: a variant of [`Criterion`] with its grade and words, its place in [`Criterion::of`], its key and its
//! comparison in `company` or `person`, its terms in `search`.

mod company;
mod company_name;
mod country;
mod criterion;
mod domain;
mod email;
mod facts;
mod fold;
mod key;
mod legal_form;
mod nickname;
mod person;
mod person_name;
mod phone;
mod place;
mod search;

pub use company::{CompanyFacts, compare_accounts};
pub use criterion::{Criterion, Doubt, Grade, Match};
pub use domain::{company_domain, is_shared_domain};
pub use facts::{RecordFields, matching_fields};
pub use key::{KEY_VERSION, MatchKey};
pub use person::{PersonFacts, compare_contacts, compare_leads};
pub use search::{SearchField, SearchOperator, SearchTerm, search_terms};
