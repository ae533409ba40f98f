//! Files that decide where tokens go and whom we trust: not believed where another user of the machine could have
//! written them, or put another in their place. Modes and owners are a Unix matter; on Windows the folder's access
//! list guards them, and is not looked at.

use std::path::{Path, PathBuf};

/// Why a file is not believed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Tampering {
    /// Its mode lets others write.
    #[cfg_attr(not(unix), expect(dead_code, reason = "modes are a Unix matter"))]
    #[error("`{}` can be written by other users of this machine (mode {mode:04o})", path.display())]
    Writable {
        /// The file, or its folder.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Another user owns it, and may write it at any time.
    #[cfg_attr(not(unix), expect(dead_code, reason = "owners are a Unix matter"))]
    #[error("`{}` belongs to another user of this machine (user id {owner})", path.display())]
    Foreign {
        /// The file, or its folder.
        path: PathBuf,
        /// The owner's id.
        owner: u32,
    },
}

impl Tampering {
    /// The command line that ends it.
    pub(crate) fn remedy(&self) -> String {
        let quoted = |path: &Path| shell_words::quote(&path.to_string_lossy()).into_owned();
        match self {
            Self::Writable { path, .. } => format!("chmod go-w {}", quoted(path)),
            Self::Foreign { path, .. } => format!("sudo chown \"$(id -u)\" {}", quoted(path)),
        }
    }
}

/// Refuses a file that others can write or replace: itself, and the folders of its name and of where a symbolic
/// link leads. What is not there, or cannot be looked at, is for whoever reads it to tell.
#[cfg(unix)]
pub(crate) fn refuse_tampering(path: &Path) -> Result<(), Tampering> {
    use std::os::unix::fs::MetadataExt;

    let own = rustix::process::geteuid().as_raw();
    let real = std::fs::canonicalize(path).ok();
    let folders = [Some(path), real.as_deref()];
    let folders = folders.into_iter().flatten().filter_map(Path::parent);
    for path in std::iter::once(path).chain(folders) {
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        if let Ok(metadata) = path.metadata() {
            judge(path, metadata.mode(), metadata.uid(), own)?;
        }
    }
    Ok(())
}

/// See the head of this file.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, clippy::missing_const_for_fn)]
pub(crate) fn refuse_tampering(_: &Path) -> Result<(), Tampering> {
    Ok(())
}

/// Root may write everything anyway; in a sticky folder nobody replaces another's file.
#[cfg(unix)]
fn judge(path: &Path, mode: u32, owner: u32, own: u32) -> Result<(), Tampering> {
    const OTHERS: u32 = 0o022;
    const STICKY: u32 = 0o1000;
    let path = path.to_owned();
    if owner != own && owner != 0 {
        return Err(Tampering::Foreign { path, owner });
    }
    if mode & OTHERS != 0 && mode & STICKY == 0 {
        let mode = mode & 0o7777;
        return Err(Tampering::Writable { path, mode });
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
