//! What it means that the sandbox does not start.

use stepup_sandbox::SandboxError;

use crate::error::{Error, ErrorKind};

impl From<SandboxError> for Error {
    fn from(error: SandboxError) -> Self {
        Self::new(ErrorKind::Usage, error.to_string())
            .hint("`stepup sandbox --help` lists every switch and its values")
            .caused_by(error)
    }
}
