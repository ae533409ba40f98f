//! A comment, typed or from a file.

use std::path::PathBuf;

use clap::Args;

/// A comment, typed or from a file.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Reason {
    /// Say why; some steps require it
    #[arg(
        long,
        short = 'm',
        aliases = ["message", "reason"],
        value_name = "TEXT",
        conflicts_with = "comment_file"
    )]
    pub(crate) comment: Option<String>,
    /// Read the comment from a file, or from stdin with `-`
    #[arg(long, value_name = "FILE")]
    pub(crate) comment_file: Option<PathBuf>,
}

impl Reason {
    /// Whether something was given, whatever is in it.
    pub(crate) const fn is_given(&self) -> bool {
        self.comment.is_some() || self.comment_file.is_some()
    }
}
