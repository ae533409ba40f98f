//! Programs by their names, as a shell finds them.

use std::env;
use std::path::{Path, PathBuf};

use crate::environment;

/// The program that is started by this name or path; nothing where there is none.
pub(crate) fn found(name: &str) -> Option<PathBuf> {
    if Path::new(name).components().count() > 1 {
        return in_folder(Path::new(""), name);
    }
    let folders = environment::lossy("PATH")?;
    env::split_paths(&folders).find_map(|folder| in_folder(&folder, name))
}

fn in_folder(folder: &Path, name: &str) -> Option<PathBuf> {
    let endings = if cfg!(windows) {
        &["", ".exe"][..]
    } else {
        &[""]
    };
    let files = endings
        .iter()
        .map(|ending| folder.join(format!("{name}{ending}")));
    files.into_iter().find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let executable =
        |kept: std::fs::Metadata| kept.is_file() && kept.permissions().mode() & 0o111 != 0;
    std::fs::metadata(file).is_ok_and(executable)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// What a person types to run this program: its name where a shell finds this very file by it, else its path.
#[cfg(feature = "sandbox")]
pub(crate) fn ourselves() -> String {
    const NAME: &str = "stepup";
    let Ok(here) = env::current_exe() else {
        return NAME.to_owned();
    };
    let is_here = |file: PathBuf| file.canonicalize().ok() == here.canonicalize().ok();
    if found(NAME).is_some_and(is_here) {
        return NAME.to_owned();
    }
    environment::typed(&here.to_string_lossy())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_by_its_name_or_its_path() {
        let shell = found("sh").unwrap();
        assert!(shell.is_absolute());
        assert_eq!(found(&shell.to_string_lossy()), Some(shell));
        for name in ["no-such-program", "/no/such/program", "/", ""] {
            assert_eq!(found(name), None, "{name}");
        }
    }

    #[test]
    fn what_may_not_be_run_is_no_program() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("browser");
        std::fs::write(&file, "").unwrap();
        assert_eq!(found(&file.to_string_lossy()), None);
    }
}
