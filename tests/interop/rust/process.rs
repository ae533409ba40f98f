//! Programs, limited in time, and what of them lives on.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use stepup_harness::Run;

/// The binary under test.
pub(crate) const BIN: &str = env!("CARGO_BIN_EXE_stepup");

/// How long a story's parts may take on a busy machine.
const LIMIT: Duration = Duration::from_secs(120);

/// How often something is looked at that nobody announces.
const LOOK: Duration = Duration::from_millis(10);

/// A program with as much time as a browser needs. Whatever it starts carries `home` in its arguments or its own
/// folder, which is how leftovers are found.
pub(crate) fn program(name: impl AsRef<OsStr>, home: &Path) -> Run {
    Run::of(name, home).within(LIMIT)
}

/// Looks until there is something to see or the time is over.
pub(crate) fn within<T>(deadline: Instant, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    loop {
        let seen = look();
        if seen.is_some() || Instant::now() >= deadline {
            return seen;
        }
        thread::sleep(LOOK);
    }
}

/// Processes that carry this folder's name in their arguments: what was started there and lives on.
pub(crate) fn at_home_in(folder: &Path) -> BTreeSet<u32> {
    let name = folder.to_str().unwrap();
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|id| {
            let arguments = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&arguments).contains(name)
        })
        .collect()
}

/// Ends one process.
pub(crate) fn kill(id: u32) {
    let _ = Command::new("kill").arg(id.to_string()).status();
}
