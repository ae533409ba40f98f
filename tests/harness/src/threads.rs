//! A machine that has no more threads, which makes a program panic: no switch of a program's does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Run;

/// A machine that has no more threads from the moment on that it is told so. Linux only.
pub struct Machine(PathBuf);

impl Machine {
    /// Keeps what it needs in this folder.
    pub fn new(folder: &Path) -> Self {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src/no_threads.c");
        // The compiler that Rust itself links with.
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", source, "-ldl", "-o"])
            .arg(folder.join("no_threads.so"))
            .status();
        assert!(compiled.unwrap().success());
        Self(folder.to_owned())
    }

    /// A run on it.
    pub fn runs(&self, run: Run) -> Run {
        run.env("LD_PRELOAD", self.0.join("no_threads.so"))
            .env("NO_THREADS", self.0.join("none"))
    }

    /// There are none from here on.
    pub fn has_no_more_threads(&self) {
        fs::write(self.0.join("none"), "").unwrap();
    }
}
