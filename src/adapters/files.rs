//! Files that only their owner may read: written whole or not at all, and neither read nor written where others can
//! read them or could have put another in their place.
//!
//! "Others" are those whom a mode lets in on Unix, and an access list on Windows.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::backoff::Backoff;
use crate::environment;

#[cfg(windows)]
use super::access_list::others;
#[cfg(windows)]
use super::tampering::only_for;
use super::tampering::{Tampering, refuse_tampering};

/// Largest private file read, bytes.
const LARGEST: u64 = 1024 * 1024;

/// Why a private file was not read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PrivateFileError {
    /// Others than the owner have access, so what it holds is no longer private.
    #[error("`{}` is open to other users of this machine ({by})", path.display())]
    Exposed {
        path: PathBuf,
        /// What lets them in: its mode, or an entry of its access list.
        by: String,
        /// The command line that closes it.
        remedy: String,
    },
    /// Another user could have written it.
    #[error(transparent)]
    Tampered(#[from] Tampering),
    /// The system said no.
    #[error("`{}` could not be {act}: {reason}", path.display())]
    Io {
        path: PathBuf,
        /// `read` or `written`.
        act: &'static str,
        reason: String,
    },
}

impl PrivateFileError {
    /// The command line that ends it, if one does.
    pub(crate) fn remedy(&self) -> Option<String> {
        match self {
            Self::Exposed { remedy, .. } => Some(remedy.clone()),
            Self::Tampered(tampering) => Some(tampering.remedy().to_owned()),
            Self::Io { .. } => None,
        }
    }
}

const OURS: &str = "stepup";

/// The folder for the configuration: the XDG place on Linux, and on macOS where that is set; else the platform's own.
/// On Windows it stays on this machine: credentials may be in it, and it has this machine's ways. `None` without a home.
pub(crate) fn config_folder() -> Option<PathBuf> {
    let places = directories::ProjectDirs::from("", "", OURS)?;
    let own = || places.config_local_dir().to_owned();
    Some(chosen("XDG_CONFIG_HOME").unwrap_or_else(own))
}

/// The folder for what this user's runs have to remember, whatever options each of them has; `None` without a home.
pub(crate) fn state_folder() -> Option<PathBuf> {
    let places = directories::ProjectDirs::from("", "", OURS)?;
    let own = || places.state_dir().unwrap_or(places.data_local_dir());
    Some(chosen("XDG_STATE_HOME").unwrap_or_else(|| own().to_owned()))
}

/// Our folder in the one that a variable of XDG's names. On Linux `directories` reads them; on macOS it does not, and
/// whoever sets them there means it.
fn chosen(variable: &str) -> Option<PathBuf> {
    let value = environment::variable(variable).filter(|_| cfg!(target_os = "macos"))?;
    in_absolute(Path::new(&value))
}

/// A relative one is to be taken for none.
fn in_absolute(folder: &Path) -> Option<PathBuf> {
    folder.is_absolute().then(|| folder.join(OURS))
}

/// The file's bytes; `None` if there is no such file. Refused as [`open_private`] does.
pub(crate) fn read_private(path: &Path) -> Result<Option<Vec<u8>>, PrivateFileError> {
    let failed = |error: io::Error| PrivateFileError::Io {
        path: path.to_owned(),
        act: "read",
        reason: error.to_string(),
    };
    let Some(file) = open_private(path)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(failed(io::Error::other("it is larger than 1 MiB")));
    }
    Ok(Some(bytes))
}

/// The file, open for reading; `None` if there is no such file. Refused if others can read or write it, or could have
/// removed or replaced it.
pub(crate) fn open_private(path: &Path) -> Result<Option<File>, PrivateFileError> {
    let failed = |error: io::Error| PrivateFileError::Io {
        path: path.to_owned(),
        act: "read",
        reason: error.to_string(),
    };
    refuse_others(path)?;
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        file => file.map_err(failed)?,
    };
    // Of the open file, not of its name: what was checked is what is read.
    refuse_exposed(path, &file.metadata().map_err(failed)?)?;
    Ok(Some(file))
}

/// The file, open for reading and for writing at its end; made, with its folder, if it is missing. Refused
/// as [`open_private`] does.
pub(crate) fn append_private(path: &Path) -> Result<File, PrivateFileError> {
    let failed = |error: io::Error| PrivateFileError::Io {
        path: path.to_owned(),
        act: "written",
        reason: error.to_string(),
    };
    refuse_others(path)?;
    if path.exists() && !path.is_file() {
        // A pipe would be waited for until somebody reads it.
        return Err(failed(io::Error::other("it is no file")));
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    make_folder(folder.unwrap_or(Path::new("."))).map_err(failed)?;
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(!cfg!(windows));
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    #[cfg(windows)]
    match stepup_acl::create_new(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(failed(error)),
        _ => {}
    }
    let file = options.open(path).map_err(failed)?;
    refuse_exposed(path, &file.metadata().map_err(failed)?)?;
    Ok(file)
}

/// Waits until nobody else holds this file; as long as it is open, the lock is ours.
pub(crate) fn lock(file: &File) -> io::Result<()> {
    lock_by(Backoff::for_a_lock(), || file.try_lock())
}

/// Waits until nobody writes this file; others may read it with us.
pub(crate) fn lock_shared(file: &File) -> io::Result<()> {
    lock_by(Backoff::for_a_lock(), || file.try_lock_shared())
}

/// For so long: what hangs must not hang everybody who comes after it.
fn lock_by(
    mut backoff: Backoff,
    try_lock: impl Fn() -> Result<(), TryLockError>,
) -> io::Result<()> {
    while backoff.look() {
        match try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => {}
        }
    }
    let sentence = "another program has held it for too long";
    Err(io::Error::new(ErrorKind::TimedOut, sentence))
}

/// Puts these bytes in the file's place, readable by the owner only from the first moment. A folder that
/// is missing is made (0700); a symbolic link stays, and the file it leads to is replaced. Refused where others could
/// have put it there.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), PrivateFileError> {
    refuse_tampering(path)?;
    replace(path, bytes).map_err(|error| not_written(path, &error))
}

/// A file of this name that is not there yet, readable by the owner only; it is not read again here, so it may be where
/// others can put another in its place. A failure leaves none.
pub(crate) fn write_fresh(path: &Path, bytes: &[u8]) -> Result<(), PrivateFileError> {
    let written = write_new(path, bytes);
    if let Err(error) = &written
        && error.kind() != ErrorKind::AlreadyExists
    {
        let _ = std::fs::remove_file(path);
    }
    written.map_err(|error| not_written(path, &error))
}

fn not_written(path: &Path, error: &io::Error) -> PrivateFileError {
    PrivateFileError::Io {
        path: path.to_owned(),
        act: "written",
        reason: error.to_string(),
    }
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    make_folder(folder)?;
    let draft = folder.join(format!(".stepup-{:016x}", rand::random::<u64>()));
    let written = write_new(&draft, bytes).and_then(|()| std::fs::rename(&draft, &path));
    if written.is_err() {
        let _ = std::fs::remove_file(&draft);
    }
    written
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    #[cfg(windows)]
    let mut file = stepup_acl::create_new(path)?;
    #[cfg(not(windows))]
    let mut file = {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)?
    };
    file.write_all(bytes)?;
    file.sync_all()
}

fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    #[cfg(windows)]
    stepup_acl::restrict_folder(folder)?;
    Ok(())
}

/// By its name, before anything is opened or made: a file that is missing may have been removed by others.
fn refuse_others(path: &Path) -> Result<(), PrivateFileError> {
    if let Ok(metadata) = path.metadata() {
        refuse_exposed(path, &metadata)?;
    }
    Ok(refuse_tampering(path)?)
}

#[cfg(unix)]
fn refuse_exposed(path: &Path, metadata: &std::fs::Metadata) -> Result<(), PrivateFileError> {
    use std::os::unix::fs::PermissionsExt;

    const OTHERS: u32 = 0o077;
    let mode = metadata.permissions().mode() & 0o7777;
    if mode & OTHERS == 0 {
        return Ok(());
    }
    Err(PrivateFileError::Exposed {
        path: path.to_owned(),
        by: format!("mode {mode:04o}"),
        remedy: format!("chmod 600 {}", shell_words::quote(&path.to_string_lossy())),
    })
}

#[cfg(windows)]
fn refuse_exposed(path: &Path, _: &std::fs::Metadata) -> Result<(), PrivateFileError> {
    let failed = |error: io::Error| PrivateFileError::Io {
        path: path.to_owned(),
        act: "read",
        reason: error.to_string(),
    };
    let user = stepup_acl::user().map_err(failed)?;
    let list = stepup_acl::read(path).map_err(failed)?;
    let Some(who) = others(&list, &user.name) else {
        return Ok(());
    };
    Err(PrivateFileError::Exposed {
        path: path.to_owned(),
        by: format!("access list: {who}"),
        remedy: only_for(path, &user.sid),
    })
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_is_written_is_private_and_alone() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("new/folder/secrets");
        write_private(&path, b"one").unwrap();
        write_private(&path, b"two").unwrap();

        assert_eq!(read_private(&path).unwrap().unwrap(), b"two");
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        let left = std::fs::read_dir(path.parent().unwrap()).unwrap().count();
        assert_eq!(left, 1, "no draft is left behind");
    }

    #[test]
    fn a_symbolic_link_stays() {
        let home = tempfile::tempdir().unwrap();
        let (file, link) = (home.path().join("file"), home.path().join("link"));
        write_private(&file, b"one").unwrap();
        symlink(&file, &link).unwrap();
        write_private(&link, b"two").unwrap();

        assert!(link.is_symlink());
        assert_eq!(read_private(&file).unwrap().unwrap(), b"two");
    }

    #[test]
    fn a_file_open_to_others_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("my secrets");
        write_private(&path, b"one").unwrap();
        for bits in [0o644, 0o640, 0o602, 0o601] {
            std::fs::set_permissions(&path, PermissionsExt::from_mode(bits)).unwrap();
            let error = read_private(&path).unwrap_err();
            let sentence = error.to_string();
            assert!(sentence.ends_with(&format!(
                "is open to other users of this machine (mode {bits:04o})"
            )));
            let PrivateFileError::Exposed { remedy, .. } = error else {
                panic!("{sentence}");
            };
            assert_eq!(remedy, format!("chmod 600 '{}'", path.display()));
        }
    }

    #[test]
    fn where_others_could_have_put_it_nothing_is_read_or_written() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("shared");
        let path = folder.join("file");
        write_private(&path, b"one").unwrap();
        let set = |mode| std::fs::set_permissions(&folder, PermissionsExt::from_mode(mode));
        for name in ["file", "removed"] {
            let path = folder.join(name);
            set(0o770).unwrap();
            let refused = [
                read_private(&path).map(drop),
                open_private(&path).map(drop),
                append_private(&path).map(drop),
                write_private(&path, b"two"),
            ];
            for error in refused.map(Result::unwrap_err) {
                let sentence = "can be written by other users of this machine (mode 0770)";
                assert!(error.to_string().ends_with(sentence), "{error}");
                let remedy = format!("chmod go-w {}", folder.display());
                assert_eq!(error.remedy(), Some(remedy));
            }
            set(0o700).unwrap();
            assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        }
        assert_eq!(read_private(&path).unwrap().unwrap(), b"one");
    }

    #[test]
    fn a_lock_is_waited_for_and_not_for_ever() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("file");
        let (ours, others) = (append_private(&path).unwrap(), File::open(&path).unwrap());
        others.lock_shared().unwrap();
        lock_shared(&ours).unwrap();
        ours.unlock().unwrap();
        let over = || Backoff::within(std::time::Duration::ZERO);
        let error = lock_by(over(), || ours.try_lock()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        let released = std::thread::spawn(move || drop(others));
        lock(&ours).unwrap();
        released.join().unwrap();
    }

    #[test]
    fn a_pipe_in_the_place_of_a_file_is_not_waited_for() {
        let home = tempfile::tempdir().unwrap();
        let pipe = home.path().join("pipe");
        let made = environment::child("mkfifo")
            .args(["-m", "600"])
            .arg(&pipe)
            .status();
        assert!(made.unwrap().success());
        let error = append_private(&pipe).unwrap_err().to_string();
        assert!(
            error.ends_with("could not be written: it is no file"),
            "{error}"
        );
    }

    #[test]
    fn what_is_not_there_is_none_and_what_cannot_be_read_is_an_error() {
        let home = tempfile::tempdir().unwrap();
        assert!(read_private(&home.path().join("none")).unwrap().is_none());
        let folder = home.path().join("folder");
        std::fs::create_dir(&folder).unwrap();
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o700)).unwrap();
        let error = read_private(&folder).unwrap_err().to_string();
        assert!(error.contains("could not be read"), "{error}");
        let error = write_private(&folder, b"").unwrap_err().to_string();
        assert!(error.contains("could not be written"), "{error}");
        let left = std::fs::read_dir(home.path()).unwrap().count();
        assert_eq!(left, 1, "no draft is left behind");
    }
}
