//! What the approver sees beside the task: the demand before a browser opens, the
//! receipt afterwards, and the same outcome in the browser.

pub(super) mod hosted;

use std::time::Duration;

use jiff::Timestamp;

use super::super::ceremony::Way;
use super::Context;
use crate::adapters::access_api::AccessApi;
use crate::adapters::loopback::ResultPage;
use crate::adapters::plain::plain;
use crate::adapters::terminal::{Tone, span};
use crate::commands::aftermath::unconfirmed_in_words;
use crate::config::ProviderEntry;
use crate::domain::challenge::{Challenge, Unanswerable};
use crate::domain::event::Facts;
use crate::domain::excerpt::{TITLE, excerpt};
use crate::domain::judge::{Contradiction, Rejection, Unmet};
use crate::domain::person::{ExpectedPerson, SubjectMatch};
use crate::domain::receipt::{ApprovalReceipt, ProofRecord, RequirementRecord, deed};
use crate::domain::requirement::acr_in_words;
use crate::domain::task::Task;
use crate::error::{Error, ErrorKind};

/// A sign-in that somebody is about to be asked for.
pub(in crate::commands) struct Asking<'a> {
    /// Who demands it.
    pub(in crate::commands) host: &'a str,
    pub(in crate::commands) challenge: &'a Challenge,
    pub(in crate::commands) entry: &'a ProviderEntry,
    pub(in crate::commands) way: Way,
    /// Who has to sign in.
    pub(in crate::commands) expected: &'a ExpectedPerson,
    /// Whom the provider is told to ask, if the person said so.
    pub(in crate::commands) login_hint: Option<&'a str>,
}

/// Who demands what, in words and as acr, and who will be asked (B1.14): before any browser opens and any
/// telephone rings, since the API may have named the person (B13.4).
pub(in crate::commands) fn demanded(context: &Context, asking: &Asking<'_>) {
    let terminal = &context.terminal;
    let requirement = &asking.challenge.requirement;
    terminal.say("");
    terminal.say(format_args!(
        "{} demands {}",
        plain(asking.host),
        terminal.tone(Tone::Strong, &plain(&requirement.in_words()))
    ));
    if !requirement.acr_values.is_empty() {
        terminal.field("acr", requirement.acr_values.join(" or "));
    }
    if let Some(max_age) = requirement.max_age {
        let each_time = requirement.each_time();
        let age = match max_age {
            0 => "not from before this attempt".to_owned(),
            _ if each_time => format!("at most {max_age} s, and not from before this attempt"),
            _ => format!("at most {max_age} s"),
        };
        terminal.field("age", age);
    }
    if !asking.challenge.scopes.is_empty() {
        terminal.field("scopes for it", asking.challenge.scopes.join(" "));
    }
    let host = url::Url::parse(&asking.entry.issuer)
        .ok()
        .and_then(|issuer| issuer.host_str().map(str::to_owned))
        .unwrap_or_default();
    let label = match asking.way {
        Way::Local => "sign in at",
        Way::Backchannel => "asked on your device by",
    };
    terminal.field(label, format_args!("{} ({host})", asking.entry.name));
    who(context, asking.expected, asking.login_hint);
    terminal.say("");
}

/// Who has to sign in, and whom the provider is told instead, if anybody.
pub(in crate::commands) fn who(
    context: &Context,
    expected: &ExpectedPerson,
    login_hint: Option<&str>,
) {
    let terminal = &context.terminal;
    if let Some(person) = expected.in_words() {
        terminal.field("sign in as", person);
    }
    let hint = login_hint.filter(|hint| expected.login_hint().is_some_and(|own| own != *hint));
    if let Some(hint) = hint {
        terminal.field("asked as", hint);
    }
}

/// A clock that is off makes every check of times fail in odd ways, so it is named first.
pub(super) fn clock(context: &Context, api: &AccessApi) {
    let Some(ahead) = api
        .ahead()
        .filter(|ahead| ahead.unsigned_abs() > CLOCKS_DIFFER)
    else {
        return;
    };
    let (off, direction) = (Duration::from_secs(ahead.unsigned_abs()), ahead > 0);
    let direction = if direction { "behind" } else { "ahead of" };
    context.terminal.warn(format_args!(
        "this machine's clock is {} {direction} that of {}; set it right, or sign-ins will not verify",
        span(off),
        api.host()
    ));
}

/// Seconds; less is a matter of slow answers and small drifts.
const CLOCKS_DIFFER: u64 = 60;

/// Who signed in, as far as the provider tells; only receipts for people say it.
pub(in crate::commands) fn person(facts: &Facts) -> String {
    facts.name().to_owned()
}

/// The receipt for people: what was asked, what was proven, what it did.
pub(super) fn receipt(
    context: &Context,
    receipt: &ApprovalReceipt,
    person: Option<&str>,
) -> String {
    let mut lines = vec![one_line(context, receipt)];
    match &receipt.requirement {
        Some(requirement) if receipt.ceremony == "hosted" => {
            lines.extend(hosted::lines(requirement, receipt));
        }
        Some(requirement) => lines.extend(local_lines(requirement, receipt, person)),
        None => lines.push("  demanded: no step-up authentication".to_owned()),
    }
    let changes = receipt.changes();
    lines.extend(
        changes
            .iter()
            .map(|change| format!("  changed:  {}", plain(&change.to_string()))),
    );
    let caveats = receipt.caveats.iter();
    lines.extend(caveats.map(|caveat| format!("  note:     {}", caveat.in_words())));
    let confirmed = if receipt.approval.confirmed {
        "confirmed by reading it again"
    } else {
        unconfirmed_in_words(receipt.approval.unread.as_ref())
    };
    lines.push(format!("  task is:  {} ({confirmed})", receipt.task_state));
    lines.join("\n")
}

/// What was approved, in a line.
pub(super) fn one_line(context: &Context, receipt: &ApprovalReceipt) -> String {
    let tone = match receipt.changes().as_slice() {
        [] if receipt.approval.confirmed && receipt.alarm().is_none() => Tone::Good,
        [] => Tone::Notice,
        _ => Tone::Bad,
    };
    let deed = context.terminal.tone_out(tone, deed(receipt.outcome));
    let title = plain(&excerpt(&receipt.task.title, TITLE));
    format!("{deed} task {}: {title}", receipt.task.handle())
}

fn local_lines(
    requirement: &RequirementRecord,
    receipt: &ApprovalReceipt,
    person: Option<&str>,
) -> Vec<String> {
    let age = requirement
        .max_age
        .map(|age| format!(", at most {age} s old"));
    let demanded = match requirement.acr_values.as_slice() {
        [] => "a sign-in".to_owned(),
        values => format!("acr {}", values.join(" or ")),
    };
    let mut lines = vec![format!(
        "  demanded: {}{}",
        plain(&demanded),
        age.unwrap_or_default()
    )];
    if let Some(proof) = &receipt.proof {
        let left = match receipt.subject {
            Some(SubjectMatch::LeftToTheApi) => " (subject left to the API)",
            Some(SubjectMatch::NotCompared) => {
                " (subject not compared: the provider entry says so)"
            }
            _ => "",
        };
        let person = plain(person.unwrap_or(&proof.subject));
        lines.push(format!("  proven:   {}", proven_facts(proof)));
        lines.push(format!("  by:       {person}{left}"));
        lines.push(format!("  at:       {}", plain(&proof.issuer)));
    }
    lines
}

/// Contexts are what was asked for where they are, and acr says nothing there (providers.md, A4).
pub(in crate::commands) fn proven_facts(proof: &ProofRecord) -> String {
    let acr = |acr: &String| plain(&format!("acr {acr}, {}", acr_in_words(acr)));
    let what = if proof.acrs.is_empty() {
        let acr = proof.acr.as_ref().map(acr);
        acr.unwrap_or_else(|| "a sign-in".to_owned())
    } else {
        plain(&format!("contexts {}", proof.acrs.join(", ")))
    };
    let at = proof
        .auth_time
        .and_then(|at| Timestamp::from_second(at).ok());
    let uses = match proof.uses {
        Some(uses @ 2..) => format!(", used {uses} times"),
        _ => String::new(),
    };
    match at {
        Some(at) => format!("{what}, at {at}{uses}"),
        None => what,
    }
}

/// The outcome as the browser shows it: what the terminal says, and what to do.
pub(super) fn page(outcome: Result<&ApprovalReceipt, &Error>, task: &Task) -> ResultPage {
    match outcome {
        Ok(receipt) => ResultPage::Success {
            heading: if receipt.approval.confirmed {
                format!("Task {} is approved", task.handle())
            } else {
                format!("The approval of task {} is accepted", task.handle())
            },
            lines: vec![
                task.title.clone(),
                if receipt.approval.confirmed {
                    "Your sign-in was verified and the approval is in. The receipt is in your terminal."
                    .to_owned()
                } else {
                    format!(
                        "Your sign-in was verified and the approval is accepted, but {}. Look at your terminal.",
                        unconfirmed_in_words(receipt.approval.unread.as_ref())
                    )
                },
            ],
        },
        Err(error) => ResultPage::Failure {
            heading: format!("Task {} was not approved", task.handle()),
            reason: error.message().to_owned(),
            next_steps: error.hints().to_vec(),
        },
    }
}

/// Why the demand cannot be met with this entry, and how to change that.
pub(in crate::commands) fn unanswerable(reason: &Unanswerable, entry: &str) -> Error {
    match reason {
        Unanswerable::Contexts(values) => Error::new(
            ErrorKind::Usage,
            format!(
                "the API demands the authentication context `{}`, and the provider entry `{entry}` does not ask for contexts",
                values.join(" ")
            ),
        )
        .hint(format!(
            "choose the entry of your Microsoft tenant with `--provider`, or set `request = \"entra-contexts\"` in `[providers.{entry}]` if it is one"
        )),
        Unanswerable::NothingDemanded => Error::new(
            ErrorKind::Usage,
            format!("the API demands step-up without saying how strong, and the provider entry `{entry}` has no default"),
        )
        .hint(format!("set `acr_values` in `[providers.{entry}]` to what such a step demands: `stepup provider edit {entry} --acr-value phr`")),
        Unanswerable::FreshnessOnly(values) => Error::new(
            ErrorKind::Usage,
            format!(
                "the API demands acr `{}`, and the provider entry `{entry}` proves nothing but a fresh sign-in",
                values.join(" ")
            ),
        )
        .hint("choose an entry whose provider proves it with `--provider`; `stepup provider list` shows what each proves"),
        Unanswerable::UnknownAcr(values) => Error::new(
            ErrorKind::Usage,
            format!(
                "the API demands acr `{}`, which the provider entry `{entry}` does not list",
                values.join(" ")
            ),
        )
        .hint(format!(
            "if that provider knows the value, add it to `acr_values` in `[providers.{entry}]`; else choose another entry with `--provider`"
        )),
    }
}

/// A rejection with the next step that fits it.
pub(in crate::commands) fn rejection(rejection: Rejection, entry: &str) -> Error {
    match rejection {
        Rejection::Untrusted(account @ Contradiction::AnotherAccount { .. }) => {
            Error::new(ErrorKind::Untrusted, account.to_string())
                .hint("nothing was approved; if that account is yours, run the command again on a terminal, which asks")
                .hint("if it is not, tell whoever runs your identity provider: somebody else has your name there")
        }
        Rejection::Unmet(unmet) => {
            let hint = match &unmet {
                Unmet::NothingToCompare { .. } | Unmet::EmailNotVerified { .. } => {
                    return not_known(&unmet, entry);
                }

                Unmet::Contexts { .. } => "pass what your organisation's policy for that context demands, then run the command again; if you did, ask its administrator whether a policy uses the context",
                Unmet::Acr { .. } => "sign in with a factor that meets it, then run the command again; if you did, the provider does not honour the value it was asked for",
                Unmet::Amr { .. } => "sign in with the methods named, then run the command again",
                Unmet::NoAuthTime { .. } => "the provider has to return `auth_time`; its administrator can switch that on",
                Unmet::AuthTimeZero => "the provider has to fill in `auth_time`; its administrator can switch that on",
                Unmet::Used { .. } => "the provider reused an earlier session; sign out there, then run the command again (if the clocks were set back since, remove `sign-ins.json`, which is in stepup's state folder)",
                Unmet::BeforeAttempt { .. }
                | Unmet::BeforeRequest { .. }
                | Unmet::TooOld { .. } => "the provider reused an earlier session; sign out there, or check the clocks, then run the command again",
            };
            Error::new(ErrorKind::Unmet, unmet.to_string()).hint(hint)
        }
        Rejection::Untrusted(contradiction @ Contradiction::Milliseconds { .. }) => {
            Error::new(ErrorKind::Untrusted, contradiction.to_string())
                .hint("nothing was approved; whoever runs the provider has to have it send seconds (OpenID Connect Core section 2)")
        }
        Rejection::Untrusted(person @ Contradiction::AnotherPerson { .. }) => {
            Error::new(ErrorKind::Untrusted, person.to_string()).hint(format!(
                "nothing was approved; sign in as the person whose credential this profile holds; if you did, `subject` in `[providers.{entry}]` names a claim by which API and provider do not call you the same"
            ))
        }
        Rejection::Untrusted(contradiction) => {
            Error::new(ErrorKind::Untrusted, contradiction.to_string()).hint(format!(
                "nothing was approved; look at the clocks of this machine and of the provider, and at `skew` in `[providers.{entry}]`"
            ))
        }
    }
}

/// The provider does not say, or does not vouch for, who signed in: what would change that.
fn not_known(unmet: &Unmet, entry: &str) -> Error {
    let error = Error::new(ErrorKind::Unmet, unmet.to_string());
    match unmet {
        Unmet::EmailNotVerified { .. } => error
            .hint("nothing was approved; the provider's administrator can mark the address as verified")
            .hint(format!(
                "if people cannot choose their addresses there, `accept_unverified_email = true` in `[providers.{entry}]` accepts it, and every receipt says so"
            )),
        _ => error
            .hint("nothing was approved; the provider's administrator can have that claim put into the ID token, or let UserInfo take the access token")
            .hint(format!(
                "or name another claim with `subject` in `[providers.{entry}]` (`email`, `preferred_username`, `sub`); `none` leaves the person to the API, and every receipt says so"
            )),
    }
}
