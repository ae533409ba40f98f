//! A bug that stops the program: a panic, in whichever thread. The whole process ends, as it does with Ctrl-C, and says
//! what is true then. So it is in every build: what is shipped cannot unwind (`[profile.dist]`), and nothing is built on
//! a thread's panic being survived.
//!
//! The panic's own text is not shown: it may quote what was being read, and a secret with it. Where it happened is.

use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::process;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use crate::adapters::modes;
use crate::error::ErrorKind;

/// How long the answer may take. It needs locks, and whoever panicked may hold one of them for good.
const PATIENCE: Duration = Duration::from_secs(2);

/// Ends the process at a panic, as long as nobody can say more about it: nothing can have been submitted yet.
pub(crate) fn end_at_panics() {
    panic::set_hook(Box::new(|panic| {
        end(&format!("{}, nothing was submitted", happened(panic)))
    }));
}

/// From here on `answer` ends the process at a panic, told what happened. In a thread that is there already: where there
/// can be no more threads is where programs panic.
pub(super) fn answer_panics(answer: impl FnOnce(&str) + Send + 'static) -> io::Result<()> {
    let (sender, panics) = mpsc::channel::<(String, Sender<()>)>();
    thread::Builder::new()
        .name("panics".into())
        .spawn(move || {
            if let Ok((what, _answering)) = panics.recv() {
                answer(&what);
            }
        })?;
    panic::set_hook(Box::new(move |panic| {
        let what = happened(panic);
        let (answering, answered) = mpsc::channel();
        let _ = sender.send((what.clone(), answering));
        let _ = answered.recv_timeout(PATIENCE);
        end(&format!(
            "{what}, and it is unknown whether anything was submitted"
        ))
    }));
    Ok(())
}

/// What an error begins with.
fn happened(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map(|place| format!(" (at {place})"));
    format!("stopped by a bug in stepup{}", place.unwrap_or_default())
}

/// Says it, whoever holds which lock, and ends the process.
fn end(what: &str) -> ! {
    modes::restore();
    // Where nobody reads, the exit code remains.
    let _ = writeln!(io::stderr(), "stepup: error: {what}");
    process::exit(i32::from(ErrorKind::Failed.exit_code()))
}
