//! Programs by their names, as a shell finds them.

use std::path::PathBuf;

/// The program that is started by this name or path; nothing where there is none.
pub(crate) fn found(name: &str) -> Option<PathBuf> {
    which::which(name).ok()
}

/// What a person types to run this program: its name where a shell finds this very file by it, else its path.
#[cfg(feature = "sandbox")]
pub(crate) fn ourselves() -> String {
    const NAME: &str = "stepup";
    let Ok(here) = std::env::current_exe() else {
        return NAME.to_owned();
    };
    let is_here = |file: PathBuf| file.canonicalize().ok() == here.canonicalize().ok();
    if found(NAME).is_some_and(is_here) {
        return NAME.to_owned();
    }
    crate::environment::typed(&here.to_string_lossy())
}
