//! One key for what is numbered within something else, so that a table of it is kept in its order without an index.

/// The key of a numbered part of a fill or of a run.
pub(super) fn place(of: i64, number: u32) -> i64 {
    (of << 32) | i64::from(number)
}
