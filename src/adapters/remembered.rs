//! A small file in the user's state folder that runs share, one after the other: JSON with a schema, readable by its
//! owner alone, with a lock on a file beside it.

use std::fs::File;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::files::{PrivateFileError, append_private, read_private, write_private};

/// Why something is not remembered, or cannot be looked up.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RememberedError {
    /// There is no home folder, and so no state folder.
    #[error("there is no home folder to remember {0} in")]
    NoHome(&'static str),
    /// The file is not private, or the system said no.
    #[error(transparent)]
    File(#[from] PrivateFileError),
    /// The system has no locks there.
    #[error("`{}` could not be locked: {reason}", path.display())]
    Lock { path: PathBuf, reason: String },
    /// Not of our making, or damaged.
    #[error("`{}` cannot be read as a list of {what}; remove it to begin anew", path.display())]
    Corrupt {
        path: PathBuf,
        /// What it should hold.
        what: &'static str,
    },
}

/// What is kept in such a file.
pub(super) trait Kept: Default + Serialize + DeserializeOwned {
    const FILE: &'static str;
    const SCHEMA: &'static str;
    /// What it holds, for sentences.
    const WHAT: &'static str;
}

#[derive(Serialize, Deserialize)]
struct Written<T> {
    schema: String,
    #[serde(flatten)]
    kept: T,
}

/// The file.
#[derive(Debug)]
pub(super) struct Remembered<T> {
    pub(super) path: PathBuf,
    kept: PhantomData<T>,
}

impl<T: Kept> Remembered<T> {
    pub(super) fn within(folder: Option<&Path>) -> Result<Self, RememberedError> {
        let folder = folder.ok_or(RememberedError::NoHome(T::WHAT))?;
        Ok(Self {
            path: folder.join(T::FILE),
            kept: PhantomData,
        })
    }

    /// Keeps other runs out until the result is dropped; waits for them, however long an approval of theirs takes, since
    /// two would count the same sign-in otherwise. Nothing is sent yet, and Ctrl-C ends the wait.
    pub(super) fn lock(&self) -> Result<File, RememberedError> {
        let path = self.path.with_extension("lock");
        let file = append_private(&path)?;
        file.lock().map_err(|error| RememberedError::Lock {
            path,
            reason: error.to_string(),
        })?;
        Ok(file)
    }

    /// What is there; the default before anything was written.
    pub(super) fn read(&self) -> Result<T, RememberedError> {
        let Some(bytes) = read_private(&self.path)? else {
            return Ok(T::default());
        };
        let written: Option<Written<T>> = serde_json::from_slice(&bytes).ok();
        let written = written.filter(|written| written.schema == T::SCHEMA);
        Ok(written.ok_or_else(|| self.corrupt())?.kept)
    }

    /// Writes it whole; the caller holds the lock.
    pub(super) fn write(&self, kept: T) -> Result<(), RememberedError> {
        let written = Written {
            schema: T::SCHEMA.to_owned(),
            kept,
        };
        let bytes = serde_json::to_vec(&written).map_err(|_| self.corrupt())?;
        Ok(write_private(&self.path, &bytes)?)
    }

    fn corrupt(&self) -> RememberedError {
        RememberedError::Corrupt {
            path: self.path.clone(),
            what: T::WHAT,
        }
    }
}
