//! How words are emphasised.

/// How a word is emphasised; decoration only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Good,
    Bad,
    Notice,
    /// A label.
    Faint,
    /// A heading.
    Strong,
}
