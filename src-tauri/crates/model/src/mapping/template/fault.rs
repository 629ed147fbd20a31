//! Why a template cannot be read.

/// A mistake in a template. Shown it is the end of a sentence that begins with "The template".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} at character {position}; {mend}")]
pub struct TemplateFault {
    /// Where it is, in characters from 1.
    pub position: u32,
    /// What is wrong, e.g. `names the field “Mood”`.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}
