//! Private files and folders, written at once: what the sandbox leaves on disk holds credentials.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::basics::random;

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

#[cfg(windows)]
fn private_file(path: &Path) -> io::Result<fs::File> {
    stepup_acl::create_new(path)
}

#[cfg(not(windows))]
fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
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
    #[cfg(windows)]
    stepup_acl::restrict_folder(path)?;
    Ok(())
}
