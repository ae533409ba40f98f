//! `stepup receipt verify --file`: evidence, verified with nothing of this machine. No configuration, no profile, no
//! credential; and no network but what a flag names.

mod input;
mod trusted;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::READ;
use crate::adapters::sanitize::{sanitize, short};
use crate::adapters::terminal::{Style, ignore_broken_pipe};
use crate::cli::EvidenceTrust;
use crate::context::Context;
use crate::domain::excerpt::excerpt;
use crate::error::Error;
use crate::evidence::{self, Check, CheckResult, Malformed, Verdict, Verified};
use input::Input;

/// Most documents that are named one by one in a result for scripts.
const NAMED: usize = 1000;

/// Longest sentence about a document, characters.
const LONGEST: usize = 1000;

type Result<T> = std::result::Result<T, Error>;

pub(in super::super) fn verify(
    context: &Context,
    file: &Path,
    trust: &EvidenceTrust,
) -> Result<()> {
    verify_as(context, file, trust, text)
}

/// As [`verify`], with the verdict alone of what is trusted: for whoever sees evidence for the first time.
#[cfg(feature = "sandbox")]
pub(in super::super) fn verify_in_brief(
    context: &Context,
    file: &Path,
    trust: &EvidenceTrust,
) -> Result<()> {
    verify_as(context, file, trust, brief)
}

fn verify_as(
    context: &Context,
    file: &Path,
    trust: &EvidenceTrust,
    text: impl Fn(&Context, Option<usize>, &std::result::Result<Verified, Malformed>) -> String,
) -> Result<()> {
    let mut input = Input::open(file)?;
    let trust = trusted::trust(context, trust)?;
    let now = Timestamp::now().as_second();
    let mut tally = Tally::default();
    while let Some(next) = input.next()? {
        let verified = next
            .bytes
            .and_then(|bytes| evidence::verify(&bytes, &trust, now));
        if !context.terminal.format().is_document() {
            let text = text(context, next.line, &verified);
            let printed = context.terminal.row_block(&text);
            printed.or_else(ignore_broken_pipe(READ))?;
        }
        tally.take_in(next.line, &verified);
    }
    tally.report(context, file)
}

const MALFORMED: &str = "malformed";

/// How many documents there are of each verdict.
#[derive(Default)]
struct Counts {
    trusted: usize,
    consistent: usize,
    bound_by_word: usize,
    not_bound: usize,
    unsigned: usize,
    does_not_hold: usize,
    malformed: usize,
}

impl Counts {
    /// One more; a document without a verdict is malformed.
    fn count(&mut self, verdict: Option<Verdict>) {
        let counted = match verdict {
            Some(Verdict::Trusted) => &mut self.trusted,
            Some(Verdict::Consistent) => &mut self.consistent,
            Some(Verdict::BoundByWord) => &mut self.bound_by_word,
            Some(Verdict::NotBound) => &mut self.not_bound,
            Some(Verdict::Unsigned) => &mut self.unsigned,
            Some(Verdict::DoesNotHold) => &mut self.does_not_hold,
            None => &mut self.malformed,
        };
        *counted += 1;
    }

    /// Each with its word for scripts, and in words behind the number.
    fn rows(&self) -> [(&'static str, usize, &'static str); 7] {
        let Self {
            trusted,
            consistent,
            bound_by_word,
            not_bound,
            unsigned,
            does_not_hold,
            malformed,
        } = *self;
        [
            ("trusted", trusted, "trusted"),
            ("consistent", consistent, "without an established signer"),
            (
                "bound-by-word",
                bound_by_word,
                "bound by the provider's word alone",
            ),
            ("not-bound", not_bound, "not bound"),
            ("unsigned", unsigned, "the API's word alone"),
            ("does-not-hold", does_not_hold, "that do not hold"),
            (MALFORMED, malformed, "malformed"),
        ]
    }
}

/// What came of all of them. It does not grow with their number.
#[derive(Default)]
struct Tally {
    counts: Counts,
    /// Those that are not trusted, and the only one.
    named: Vec<Value>,
    /// Why the first of the worst kind is what it is.
    first: Option<(Worst, String)>,
}

/// What decides the exit code: the last is the worst.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Worst {
    /// No key makes it more: it is of a sign-in alone, or nobody signed it.
    NotOfTheApproval,
    NotEstablished,
    Malformed,
    DoesNotHold,
}

impl Tally {
    fn take_in(
        &mut self,
        line: Option<usize>,
        verified: &std::result::Result<Verified, Malformed>,
    ) {
        let place = line
            .map(|line| format!("line {line}: "))
            .unwrap_or_default();
        let (worst, document) = match verified {
            Err(malformed) => {
                self.counts.count(None);
                let why = told(&malformed.to_string());
                let why = format!("{place}the document is not evidence: {why}");
                let document =
                    json!({ "line": line, "verdict": MALFORMED, "reason": malformed.to_string() });
                (Some((Worst::Malformed, why)), document)
            }
            Ok(verified) => {
                let worst = flaw(verified).map(|(worst, why)| (worst, place + &why));
                let mut document = serde_json::to_value(verified).unwrap_or_default();
                self.counts.count(Some(verified.verdict));
                if let Some(members) = document.as_object_mut() {
                    members.insert("line".into(), json!(line));
                }
                (worst, document)
            }
        };
        let first = self.first.as_ref().map(|(worst, _)| *worst);
        if (worst.is_some() || line.is_none()) && self.named.len() < NAMED {
            self.named.push(document);
        }
        if let Some((worst, why)) = worst
            && first.is_none_or(|first| first < worst)
        {
            self.first = Some((worst, why));
        }
    }

    fn report(self, context: &Context, file: &Path) -> Result<()> {
        let rows = self.counts.rows();
        let all: usize = rows.iter().map(|(_, count, _)| count).sum();
        if all == 0 {
            return Err(Error::usage(format!("`{}` is empty", file.display()))
                .hint("`stepup receipt export` prints evidence"));
        }
        let untrusted = all - self.counts.trusted;
        let left_out = untrusted.saturating_sub(self.named.len());
        if context.terminal.format().is_document() {
            let document = json!({
                "schema": "stepup.evidence-check/1",
                "documents": all,
                "verdicts": rows.map(|(word, count, _)| (word, count)).into_iter().collect::<BTreeMap<_, _>>(),
                "evidence": self.named,
                "left_out": left_out,
            });
            context.show_text(READ, "", &document)?;
        } else if all > 1 {
            let counts = rows.map(|(_, count, words)| format!("{count} {words}"));
            let text = format!("{all} documents: {}", counts.join(", "));
            let printed = context.terminal.row(&text);
            printed.or_else(ignore_broken_pipe(READ))?;
        }
        match self.first {
            None => Ok(()),
            Some((worst, why)) => Err(error(worst, why)),
        }
    }
}

/// What keeps it from being trusted.
fn flaw(verified: &Verified) -> Option<(Worst, String)> {
    let signer = verified.checks.iter().find(|check| check.name == "signer");
    let signer = signer.map_or_else(String::new, |signer| told(&signer.detail));
    let failure = verified.failure().map_or_else(String::new, |check| {
        format!(": {}: {}", check.name, told(&check.detail))
    });
    let (worst, why) = match verified.verdict {
        Verdict::Trusted => return None,
        Verdict::Consistent => (
            Worst::NotEstablished,
            &*format!("is consistent, and who signed it is not established: {signer}"),
        ),
        Verdict::BoundByWord => (
            Worst::NotOfTheApproval,
            "is of a sign-in, and that it was for this approval is the provider's word alone: unsigned",
        ),
        Verdict::NotBound => (
            Worst::NotOfTheApproval,
            "is of a sign-in, and is not bound to this approval",
        ),
        Verdict::Unsigned => (
            Worst::NotOfTheApproval,
            "is the API's word alone: nobody signed it",
        ),
        Verdict::DoesNotHold => (Worst::DoesNotHold, &*format!("does not hold{failure}")),
    };
    let task = short(&verified.task);
    Some((worst, format!("the evidence of task {task} {why}")))
}

fn error(worst: Worst, why: String) -> Error {
    match worst {
        Worst::NotOfTheApproval => Error::unmet(why).hint(
            "no key makes it more than that: compare it with the API's own record (`stepup task show TASK --audit`)",
        ),
        Worst::NotEstablished => Error::unmet(why).hint(
            "name the keys that you trust: `--jwks FILE` with the provider's keys of that day, `--issuer URL`, or `--key THUMBPRINT`",
        ),
        Worst::Malformed => Error::usage(why)
            .hint("`stepup receipt export` prints evidence; docs/receipt.md describes it"),
        Worst::DoesNotHold => Error::untrusted(why)
            .hint("do not rely on it; ask the API for its own record of the task"),
    }
}

/// What a document says among lines of ours: somebody else may have made it.
fn told(text: &str) -> String {
    sanitize(&excerpt(text, LONGEST))
}

/// What is trusted in two lines; all of anything else.
#[cfg(feature = "sandbox")]
fn brief(
    context: &Context,
    line: Option<usize>,
    verified: &std::result::Result<Verified, Malformed>,
) -> String {
    let Ok(Verified {
        verdict: Verdict::Trusted,
        checks,
        ..
    }) = verified
    else {
        return text(context, line, verified);
    };
    let holds = checks
        .iter()
        .filter(|check| check.result == CheckResult::Holds);
    let (holds, all) = (holds.count(), checks.len());
    let trusted = Verdict::Trusted.to_string();
    let trusted = context.terminal.style_out(Style::Good, &trusted);
    format!(
        "{trusted}: {holds} of {all} checks hold\n  `stepup receipt verify --file FILE` lists each; `stepup receipt export` writes such a file"
    )
}

/// A document in lines: all checks where it is alone, and those that do not hold among many.
fn text(
    context: &Context,
    line: Option<usize>,
    verified: &std::result::Result<Verified, Malformed>,
) -> String {
    let place = line
        .map(|line| format!("line {line}: "))
        .unwrap_or_default();
    let verified = match verified {
        Ok(verified) => verified,
        Err(malformed) => {
            let word = context.terminal.style_out(Style::Bad, "malformed");
            return format!("{place}{word}: {}", told(&malformed.to_string()));
        }
    };
    let title = short(&verified.title);
    let task = short(&verified.task);
    let style = match verified.verdict {
        Verdict::Trusted => Style::Good,
        Verdict::Consistent | Verdict::BoundByWord | Verdict::NotBound | Verdict::Unsigned => {
            Style::Notice
        }
        Verdict::DoesNotHold => Style::Bad,
    };
    let verdict = context
        .terminal
        .style_out(style, &verified.verdict.to_string());
    let shown = |check: &&Check| line.is_none() || check.result == CheckResult::Fails;
    let checks = verified.checks.iter().filter(shown).map(|check| {
        let (style, word) = match check.result {
            CheckResult::Holds => (Style::Good, "ok"),
            CheckResult::Fails => (Style::Bad, "does not hold"),
            CheckResult::NotChecked => (Style::Notice, "not checked"),
        };
        let word = context.terminal.style_out(style, word);
        format!(
            "  {:<11} {word}: {}",
            format!("{}:", check.name),
            told(&check.detail)
        )
    });
    let labels = verified.labels.iter().map(|label| format!("  {label}"));
    let head = format!("{place}task {task}: {title}");
    if line.is_some() {
        let head = format!("{head}: {verdict}");
        let lines: Vec<String> = std::iter::once(head).chain(checks).collect();
        return lines.join("\n");
    }
    let signed = [Verdict::Trusted, Verdict::Consistent].contains(&verified.verdict);
    let unsigned = signed.then(|| {
        format!(
            "  not signed, the approver's and the API's word alone: {} of the receipt",
            evidence::NOT_SIGNED.join(", ")
        )
    });
    let lines = std::iter::once(head).chain(checks).chain(labels);
    let lines = lines.chain(unsigned);
    let lines: Vec<String> = lines.chain([verdict]).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A result has the same word for a document and behind the number of them.
    #[test]
    fn every_verdict_is_counted_under_its_word() {
        for verdict in [
            Verdict::Trusted,
            Verdict::Consistent,
            Verdict::BoundByWord,
            Verdict::NotBound,
            Verdict::Unsigned,
            Verdict::DoesNotHold,
        ] {
            let mut counts = Counts::default();
            counts.count(Some(verdict));
            let rows = counts.rows();
            let counted: Vec<_> = rows.iter().filter(|(_, count, _)| *count > 0).collect();
            assert_eq!(counted.len(), 1);
            assert_eq!(serde_json::to_value(verdict).unwrap(), counted[0].0);
        }
    }
}
