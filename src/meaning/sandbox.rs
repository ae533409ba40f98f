//! What it means that the sandbox does not start.

use stepup_sandbox::SandboxError;

use crate::error::{Error, ErrorKind};

impl From<SandboxError> for Error {
    fn from(error: SandboxError) -> Self {
        Self::of(ErrorKind::Usage, error)
            .hint("`stepup sandbox --help` lists every switch and its values")
    }
}
