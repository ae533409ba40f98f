//! Files that decide where tokens go and whom we trust: not believed where another user of the machine could have
//! written them, or put another in their place. Modes and owners say so on Unix, access lists on Windows.

use std::path::{Path, PathBuf};

/// Why a file is not believed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` {what} ({by})", path.display())]
pub(crate) struct Tampering {
    /// The file, or its folder.
    path: PathBuf,
    /// [`WRITABLE`] or [`FOREIGN`].
    what: &'static str,
    /// Its mode, an entry of its access list, or its owner.
    by: String,
    /// The command line that takes the right to write away from others.
    remedy: String,
}

/// Others may write it now.
const WRITABLE: &str = "can be written by other users of this machine";
/// Another user owns it, and may write it at any time.
const FOREIGN: &str = "belongs to another user of this machine";

impl Tampering {
    /// The command line that takes the right to write away from others.
    pub(crate) fn remedy(&self) -> &str {
        &self.remedy
    }
}

/// Refuses a file that others can write or replace: itself, and the folders of its name and of where a symbolic
/// link leads. A file that is missing or cannot be examined passes: whoever reads it says why it cannot be read.
pub(crate) fn refuse_tampering(path: &Path) -> Result<(), Tampering> {
    let real = std::fs::canonicalize(path).ok();
    let folders = [Some(path), real.as_deref()];
    let folders = folders.into_iter().flatten().filter_map(Path::parent);
    for path in std::iter::once(path).chain(folders) {
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        refuse_others(path)?;
    }
    Ok(())
}

#[cfg(unix)]
fn refuse_others(path: &Path) -> Result<(), Tampering> {
    use std::os::unix::fs::MetadataExt;

    let own = rustix::process::geteuid().as_raw();
    match path.metadata() {
        Ok(metadata) => judge(path, metadata.mode(), metadata.uid(), own),
        Err(_) => Ok(()),
    }
}

#[cfg(windows)]
fn refuse_others(path: &Path) -> Result<(), Tampering> {
    use super::access_list::{Target, foreign_owner, writers};

    let (Ok(list), Ok(user)) = (stepup_acl::read(path), stepup_acl::user()) else {
        return Ok(());
    };
    let target = if path.is_dir() {
        Target::Folder
    } else {
        Target::File
    };
    let tampering = |what, by, remedy| Tampering {
        path: path.to_owned(),
        what,
        by,
        remedy,
    };
    if let Some(owner) = foreign_owner(&list, &user.name) {
        let remedy = format!("takeown /f \"{}\"", path.display());
        return Err(tampering(FOREIGN, owner.to_owned(), remedy));
    }
    match writers(&list, &user.name, target) {
        Some(who) => {
            let remedy = only_for(path, &user.sid);
            Err(tampering(WRITABLE, format!("access list: {who}"), remedy))
        }
        None => Ok(()),
    }
}

/// The command line that gives a file or folder to this user alone, in PowerShell as well as in `cmd`.
#[cfg(windows)]
pub(super) fn only_for(path: &Path, sid: &str) -> String {
    let inherit = if path.is_dir() { "(OI)(CI)" } else { "" };
    format!(
        "icacls \"{}\" /inheritance:r /grant:r \"*{sid}:{inherit}F\"",
        path.display()
    )
}

/// Root may write everything anyway; in a sticky folder nobody replaces another's file.
#[cfg(unix)]
fn judge(path: &Path, mode: u32, owner: u32, own: u32) -> Result<(), Tampering> {
    const OTHERS: u32 = 0o022;
    const STICKY: u32 = 0o1000;
    let quoted = shell_words::quote(&path.to_string_lossy()).into_owned();
    let tampering = |what, by, remedy| Tampering {
        path: path.to_owned(),
        what,
        by,
        remedy,
    };
    if owner != own && owner != 0 {
        let remedy = format!("sudo chown \"$(id -u)\" {quoted}");
        return Err(tampering(FOREIGN, format!("user id {owner}"), remedy));
    }
    if mode & OTHERS != 0 && mode & STICKY == 0 {
        let by = format!("mode {:04o}", mode & 0o7777);
        return Err(tampering(WRITABLE, by, format!("chmod go-w {quoted}")));
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn who_may_write_what_is_believed() {
        let judged = |mode, owner, own| judge(Path::new("/f"), mode, owner, own).is_ok();
        for mode in [0o100_600, 0o100_644, 0o100_444, 0o040_755, 0o041_777] {
            assert!(judged(mode, 1000, 1000), "{mode:o}");
            assert!(judged(mode, 0, 1000), "{mode:o}");
            assert!(!judged(mode, 1001, 1000), "{mode:o}");
            assert!(!judged(mode, 1001, 0), "{mode:o}");
        }
        for mode in [0o100_664, 0o100_646, 0o100_622, 0o040_775, 0o040_777] {
            assert!(!judged(mode, 1000, 1000), "{mode:o}");
            assert!(!judged(mode, 0, 0), "{mode:o}");
        }
        let foreign = judge(Path::new("/a b"), 0o600, 7, 1).unwrap_err();
        assert_eq!(foreign.remedy(), "sudo chown \"$(id -u)\" '/a b'");
        assert!(foreign.to_string().ends_with("(user id 7)"));
    }

    #[test]
    fn the_file_and_the_folders_of_its_name_and_of_its_link_are_looked_at() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        for folder in ["here", "there"] {
            std::fs::create_dir(path(folder)).unwrap();
        }
        let (file, link) = (path("there/config.toml"), path("here/config.toml"));
        std::fs::write(&file, "").unwrap();
        symlink(&file, &link).unwrap();
        for guarded in [&file, &path("here"), &path("there")] {
            let set = |mode| std::fs::set_permissions(guarded, PermissionsExt::from_mode(mode));
            set(0o775).unwrap();
            let error = refuse_tampering(&link).unwrap_err();
            assert!(error.to_string().ends_with("(mode 0775)"), "{error}");
            assert!(error.remedy().starts_with("chmod go-w "), "{error}");
            set(0o755).unwrap();
            assert_eq!(refuse_tampering(&link), Ok(()));
        }
        assert_eq!(refuse_tampering(&path("here/none")), Ok(()));
    }
}
