//! What a test comes to: the lines at its end that say what the entry is good for, and what to do next.

use crate::adapters::terminal::{Style, Terminal};
use crate::commands::shared::metadata::{Finding, Grade};
use crate::domain::known_values;
use crate::domain::requirement::AcrRequirement;

pub(super) fn what(requirement: &AcrRequirement) -> String {
    let value = |acr: &String| match known_values::explained(acr) {
        Some(means) => format!("`{acr}`, {means}"),
        None => format!("`{acr}`"),
    };
    match requirement.acr_values.as_slice() {
        [] if !requirement.amr.is_empty() => {
            format!("a sign-in by `{}`", requirement.amr.join("` and `"))
        }
        [] => "a new sign-in, and nothing about its factors".to_owned(),
        values => values.iter().map(value).collect::<Vec<_>>().join(", or "),
    }
}

/// Nobody signed in, and so nothing is known.
pub(super) fn unfinished(terminal: &Terminal, entry: &str) -> String {
    let verdict = terminal.style_out(Style::Notice, "was not finished");
    format!(
        "the test of `{entry}` {verdict}: nobody signed in, so it says nothing about the provider\nnext: run `stepup provider test {entry}` again"
    )
}

/// Nobody could be asked to sign in.
pub(super) fn never_began(terminal: &Terminal, entry: &str) -> String {
    let verdict = terminal.style_out(Style::Bad, "was not tested");
    format!(
        "`{entry}` {verdict}\nnext: fix what failed, then run `stepup provider test {entry}` again"
    )
}

/// Good, or not, for what.
pub(super) fn line(
    terminal: &Terminal,
    lines: &[Finding],
    tested: Option<&AcrRequirement>,
    entry: &str,
) -> String {
    let has = |grade: Grade| lines.iter().any(|line| line.grade == grade);
    let what = tested.map_or_else(
        || "any step".to_owned(),
        |tested| format!("steps that require {}", what(tested)),
    );
    let (style, verdict, next) = if has(Grade::Fail) {
        (
            Style::Bad,
            "not good",
            format!("fix what failed, then run `stepup provider test {entry}` again"),
        )
    } else if has(Grade::Warn) {
        (
            Style::Notice,
            "good",
            "`stepup approve` can use it; read the warnings above first".to_owned(),
        )
    } else {
        (
            Style::Good,
            "good",
            "`stepup approve` can use it".to_owned(),
        )
    };
    let verdict = terminal.style_out(style, verdict);
    format!("`{entry}` is {verdict} for {what}\nnext: {next}")
}

/// What the entry lists, and the test did not ask for.
pub(super) fn untested(values: &[&String]) -> Option<String> {
    let named: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    let named = named.join(", ");
    (!values.is_empty()).then(|| format!("not tested: {named} (name a value with `--acr-value`)"))
}
