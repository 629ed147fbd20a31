//! Recognising that two records are the same person or company.

mod grade;

pub use grade::Grade;
