//! Small things every room needs: random text, private files written at once, locks that outlive a
//! panic, and the clock in whole seconds.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rand::Rng;
use rand::distributions::Alphanumeric;
use rand::rngs::OsRng;

/// Random letters and digits. 27 of them have the shape of a C1 object id (c1-api.md 1.1).
pub(crate) fn random(length: usize) -> String {
    OsRng
        .sample_iter(Alphanumeric)
        .take(length)
        .map(char::from)
        .collect()
}

/// A C1 object id.
pub(crate) fn new_id() -> String {
    random(27)
}

/// Seconds since 1970, as tokens count.
pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// Locks; a panic elsewhere does not make the sandbox unusable.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes a file of mode 0600 so that a reader sees the old content or the new, never a part.
pub(crate) fn write_private(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", random(8)));
    let draft = path.with_file_name(name);
    let written = private_file(&draft)
        .and_then(|mut file| file.write_all(content))
        .and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written
}

fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a folder of mode 0700; one that exists already is made private too.
pub(crate) fn private_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}
