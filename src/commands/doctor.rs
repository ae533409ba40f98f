//! `stepup doctor`: what could go wrong at night, looked at by day. Every check is a line; they run side
//! by side, and one that hangs does not hold up the others. Nothing is changed anywhere, and nothing
//! secret is printed.

mod check;
mod entry;
mod machine;
mod network;

use std::collections::BTreeMap;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::adapters::credentials::{CredentialName, Credentials};
use crate::adapters::http::Http;
use crate::cli::Doctor;
use crate::commands::shared::metadata::{Finding, Grade, Layout, unlinked};
use crate::config::{Config, ProviderEntry};
use crate::context::Context;
use crate::error::{Error, ErrorKind};
use crate::session::Session;
use check::Check;

/// No exchange of a check may take longer, even if `--http-timeout` allows it.
const EXCHANGE: Duration = Duration::from_secs(10);

/// Everything ends by then; a check that has not is a failure of its own. Name resolution has no limit
/// of its own, so that this is the one that holds.
const TOGETHER: Duration = Duration::from_secs(15);

/// A finding, and whom it is about.
struct Line {
    subject: Option<String>,
    finding: Finding,
}

/// Runs every check and reports; the worst line decides the exit code.
pub(super) fn run(context: &Context, args: &Doctor) -> Result<(), Error> {
    let (mut checks, config) = machine::checks(context);
    let entries = chosen(config.as_ref(), args)?;
    let http = Http::new(context.global.http_timeout.min(EXCHANGE));
    if let Some(config) = &config {
        match Session::open(context) {
            Ok(session) => {
                let name = session.profile.credential();
                checks.push(machine::store(session.credentials.clone(), name));
                checks.extend(network::api(context, &session, &http));
            }
            Err(error) => {
                checks.extend(without_profile(context, config));
                let finding = Finding::failed("profile", &error);
                checks.push(Check::new("profile", None, move || vec![finding]));
            }
        }
    }
    for entry in &entries {
        checks.extend(entry::checks(context, &http, entry));
        let unlinked = config.as_ref().and_then(|config| unlinked(config, entry));
        checks
            .extend(unlinked.map(|finding| Check::new("api", Some(&entry.name), || vec![finding])));
    }
    let api = context.same_api();
    let about = |line: Line| Line {
        finding: line.finding.about(&api),
        ..line
    };
    let lines: Vec<Line> = together(checks, TOGETHER).into_iter().map(about).collect();
    report(context, &lines)
}

/// The store of secrets where there is no profile yet whose credential could be looked for.
fn without_profile(context: &Context, config: &Config) -> Option<Check> {
    let path = Config::location(context.global.config.as_deref()).ok()?;
    let credentials = Credentials::new(config.store(None), path.parent()?);
    let name = CredentialName::of_profile("default", None);
    Some(machine::store(credentials, name))
}

/// The entry that was named, or all of them.
fn chosen(config: Option<&Config>, args: &Doctor) -> Result<Vec<ProviderEntry>, Error> {
    Ok(match (config, &args.name) {
        (Some(config), Some(name)) => vec![config.entry(name)?.clone()],
        (Some(config), None) => config.providers.values().cloned().collect(),
        (None, _) => Vec::new(),
    })
}

/// Runs the checks side by side; their lines come in the order of the checks.
fn together(checks: Vec<Check>, limit: Duration) -> Vec<Line> {
    let deadline = Instant::now() + limit;
    let (sender, results) = mpsc::channel();
    let mut pending = BTreeMap::new();
    for (place, check) in checks.into_iter().enumerate() {
        pending.insert(place, (check.name, check.subject));
        let (sender, run) = (sender.clone(), check.run);
        thread::spawn(move || sender.send((place, run())));
    }
    drop(sender);
    let mut done = BTreeMap::new();
    let left = || deadline.saturating_duration_since(Instant::now());
    while let Ok((place, findings)) = results.recv_timeout(left()) {
        done.insert(place, findings);
    }
    let lines = pending.into_iter().flat_map(|(place, (name, subject))| {
        let findings = done
            .remove(&place)
            .unwrap_or_else(|| vec![hung(name, limit)]);
        findings.into_iter().map(move |finding| Line {
            subject: subject.clone(),
            finding,
        })
    });
    lines.collect()
}

fn hung(name: &'static str, limit: Duration) -> Finding {
    let says = format!("no answer within {} s", limit.as_secs());
    Finding::new(name, Grade::Fail, says)
        .hint("check the network, and what stands between you and that host")
}

fn report(context: &Context, lines: &[Line]) -> Result<(), Error> {
    let worst = lines.iter().map(|line| line.finding.grade).max();
    let document = json!({
        "schema": "stepup.doctor/1",
        "worst": worst.unwrap_or(Grade::Ok).word(),
        "checks": lines.iter().map(record).collect::<Vec<_>>(),
    });
    let terminal = &context.terminal;
    let layout = Layout::lines(terminal.columns());
    let shown = |line: &&Line| layout.shown(terminal, line.subject.as_deref(), &line.finding);
    // What is to be done comes last, where it is on the screen: first what failed here, then what a person looks at.
    let mut by_grade: Vec<&Line> = lines.iter().collect();
    by_grade.sort_by_key(|line| place(line.finding.grade));
    let text: Vec<String> = by_grade.iter().map(shown).collect();
    context.show_text("the checks are done", &text.join("\n"), &document)?;
    terminal.say(summary(lines));
    let failed: Vec<&Finding> = lines
        .iter()
        .map(|line| &line.finding)
        .filter(|finding| finding.grade == Grade::Fail)
        .collect();
    let Some(kind) = failed
        .iter()
        .map(|finding| finding.kind)
        .max_by_key(|kind| gravity(*kind))
    else {
        return Ok(());
    };
    let (some, all) = (failed.len(), lines.len());
    Err(Error::new(kind, format!("{some} of {all} checks failed"))
        .hint("each failing line says what to do"))
}

/// In which order people see the lines; those that nobody could check from here come last.
const ORDER: [Grade; 4] = [Grade::Ok, Grade::Warn, Grade::Fail, Grade::Manual];

fn place(grade: Grade) -> Option<usize> {
    ORDER.iter().position(|one| *one == grade)
}

/// How many ended in which way: `21 checks: 18 ok, 1 warn, 2 manual`.
fn summary(lines: &[Line]) -> String {
    let counts = ORDER.into_iter().filter_map(|grade| {
        let count = lines.iter().filter(|line| line.finding.grade == grade);
        let count = count.count();
        (count > 0).then(|| format!("{count} {}", grade.word()))
    });
    let counts: Vec<String> = counts.collect();
    format!("{} checks: {}", lines.len(), counts.join(", "))
}

/// What a script has to know first, if there are several.
const fn gravity(kind: ErrorKind) -> u8 {
    match kind {
        ErrorKind::Untrusted => 3,
        ErrorKind::Usage => 2,
        ErrorKind::SignedOut => 1,
        _ => 0,
    }
}

fn record(line: &Line) -> Value {
    let finding = &line.finding;
    json!({
        "subject": line.subject,
        "check": finding.check,
        "status": finding.grade.word(),
        "says": finding.says,
        "hint": finding.hint,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_that_hangs_is_a_line_in_its_place() {
        let (release, held) = mpsc::channel::<()>();
        let fine = |name| Check::new(name, None, move || vec![Finding::ok(name, "yes")]);
        let hangs = Check::new("dns", Some("okta"), move || {
            // Until the test is over.
            let _ = held.recv();
            Vec::new()
        });
        let lines = together(
            vec![fine("first"), hangs, fine("last")],
            Duration::from_millis(300),
        );
        let seen: Vec<_> = lines
            .iter()
            .map(|line| (line.finding.check, line.finding.grade))
            .collect();
        let wanted = [
            ("first", Grade::Ok),
            ("dns", Grade::Fail),
            ("last", Grade::Ok),
        ];
        assert_eq!(seen, wanted);
        drop(release);
    }

    #[test]
    fn the_gravest_failure_decides_the_exit_code() {
        let order = [
            ErrorKind::Failed,
            ErrorKind::SignedOut,
            ErrorKind::Usage,
            ErrorKind::Untrusted,
        ];
        assert!(order.is_sorted_by_key(|kind| gravity(*kind)));
    }
}
