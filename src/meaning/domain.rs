//! What it means that a task cannot be decided, a demand not be met, or a sign-in not suffice.

use crate::config::ProviderEntry;
use crate::domain::challenge::{Demand, Unanswerable};
use crate::domain::receipt::{ProofRecord, RequirementRecord};
use crate::domain::refusal::{Contradiction, Rejection, Unmet};
use crate::domain::requirement::RequestStyle;
use crate::domain::task::{NotApprovable, NotPossible, SettledStep, Task};
use crate::domain::transaction::Mismatch;
use crate::error::{Error, ErrorKind};

/// Why the demand cannot be met with this entry, and how to change that.
pub(crate) fn unanswerable(reason: &Unanswerable, answering: &ProviderEntry) -> Error {
    let entry = &answering.name;
    match reason {
        Unanswerable::Contexts(values) => Error::usage(format!(
            "the API requires the authentication context `{}`, and the provider entry `{entry}` does not ask for contexts",
            values.join(" ")
        ))
        .hint(format!(
            "choose the entry of your Microsoft tenant with `--provider`, or set `request = \"entra-contexts\"` in `[providers.{entry}]` if it is one"
        )),
        Unanswerable::NothingDemanded => Error::usage(format!("the API requires step-up without saying how strong, and the provider entry `{entry}` has no default"))
        .hint(format!("set `acr_values` in `[providers.{entry}]` to what such a step requires: `stepup provider edit {entry} --acr-value phr`")),
        Unanswerable::FreshnessOnly(values) => Error::usage(format!(
            "the API requires acr `{}`, and the provider entry `{entry}` proves nothing but a fresh sign-in",
            values.join(" ")
        ))
        .hint("choose an entry whose provider proves it with `--provider`; `stepup provider list` shows what each proves"),
        Unanswerable::UnknownAcr(values) => {
            let what = match answering.request {
                RequestStyle::EntraContexts => "the authentication context",
                _ => "acr",
            };
            Error::usage(format!(
                "the API requires {what} `{}`, which the provider entry `{entry}` does not list",
                values.join(" ")
            ))
            .hint(format!(
                "if that provider knows it, list it too: {}; else choose another entry with `--provider`",
                listing(answering, values)
            ))
        }
    }
}

/// The command that lets an entry list these values beside its own, which it would replace. What an API made up is not
/// put into a command to copy.
fn listing(entry: &ProviderEntry, values: &[String]) -> String {
    let plain = |value: &&String| {
        let mut characters = value.chars();
        characters.all(|c| c.is_ascii_alphanumeric() || ":._/-".contains(c))
    };
    let new = match values {
        [value] if plain(&value) => value,
        _ => "VALUE",
    };
    let own = entry.acr_values.iter().chain(&entry.on_request);
    let own = own.filter(plain).map(String::as_str);
    let all: Vec<&str> = own.chain([new]).collect();
    format!(
        "`stepup provider edit {} --acr-value {}`",
        entry.name,
        all.join(" --acr-value ")
    )
}

/// A rejection of what an entry's provider said: what cannot come from there goes before what a person could do.
pub(crate) fn rejection_at(why: Rejection, entry: &ProviderEntry) -> Error {
    match &why {
        Rejection::Unmet(unmet @ Unmet::Acr { .. }) if entry.tells_no_acr() => {
            Error::unmet(unmet.to_string()).hint(no_acr(&entry.name))
        }
        _ => rejection(why, &entry.name),
    }
}

/// What an entry is good for whose provider documents no acr for its way of asking.
pub(crate) fn no_acr(entry: &str) -> String {
    format!(
        "this provider documents no acr for a sign-in on the user's own device: use an entry with a browser for steps that require a value, and `{entry}` for those that require none (`stepup provider edit {entry} --request freshness-only`)"
    )
}

/// A rejection with the next step that fits it.
pub(crate) fn rejection(rejection: Rejection, entry: &str) -> Error {
    match rejection {
        Rejection::Untrusted(account @ Contradiction::AnotherAccount { .. }) => {
            Error::untrusted(account.to_string())
                .hint("if that account is yours, run the command again on a terminal, which asks")
                .hint("if it is not, tell the administrator of your identity provider: somebody else has your name there")
        }
        Rejection::Unmet(unmet) => {
            let hint = match &unmet {
                Unmet::NothingToCompare { .. } | Unmet::EmailNotVerified { .. } => {
                    return not_known(&unmet, entry);
                }

                Unmet::Contexts { .. } => "pass what your organisation's policy for that context requires, then run the command again; if you did, ask its administrator whether a policy uses the context",
                Unmet::Acr { .. } => "sign in with a factor that meets it, then run the command again; if you did, the provider does not honour the value it was asked for",
                Unmet::Amr { .. } => "sign in with the methods named, then run the command again",
                Unmet::NoAuthTime { .. } => "the provider has to return `auth_time`; its administrator can switch that on",
                Unmet::AuthTimeZero => "the provider has to fill in `auth_time`; its administrator can switch that on",
                Unmet::Used { .. } => "the provider reused an earlier session; sign out there, then run the command again (if the clocks were set back since, remove `sign-ins.json`, which is in stepup's state folder)",
                Unmet::BeforeAttempt { .. }
                | Unmet::BeforeRequest { .. }
                | Unmet::TooOld { .. } => "the provider reused an earlier session; sign out there, or check the clocks, then run the command again",
            };
            Error::unmet(unmet.to_string()).hint(hint)
        }
        Rejection::Untrusted(contradiction @ Contradiction::Milliseconds { .. }) => {
            Error::untrusted(contradiction.to_string())
                .hint("the administrator of the provider has to have it send seconds (OpenID Connect Core section 2)")
        }
        Rejection::Untrusted(ref person @ Contradiction::AnotherPerson { claim, .. }) => {
            let another = match claim {
                "preferred_username" => format!("`stepup provider edit {entry} --subject email`"),
                _ => format!("`stepup provider edit {entry} --subject preferred_username`"),
            };
            let hint = format!("if it was you, the API and the provider know you by different names: compare another claim, {another}");
            Error::untrusted(person.to_string())
                .hint("if the browser was signed in as somebody else, use a private window: `--browser \"firefox --private-window %s\"`")
                .hint(hint)
        }
        Rejection::Untrusted(contradiction) => {
            Error::untrusted(contradiction.to_string()).hint(format!(
                "look at the clocks of this machine and of the provider, and at `skew` in `[providers.{entry}]`"
            ))
        }
    }
}

/// The provider does not say, or does not vouch for, who signed in: what would change that.
fn not_known(unmet: &Unmet, entry: &str) -> Error {
    let error = Error::unmet(unmet.to_string());
    match unmet {
        Unmet::EmailNotVerified { .. } => error
            .hint("the provider's administrator can mark the address as verified")
            .hint(format!(
                "if people cannot choose their addresses there, `accept_unverified_email = true` in `[providers.{entry}]` accepts it, and every receipt says so"
            )),
        _ => error
            .hint("the provider's administrator can have that claim put into the ID token, or let UserInfo take the access token")
            .hint(format!(
                "or compare another claim (`subject`): `stepup provider edit {entry} --subject preferred_username`; `none` leaves the person to the API, and every receipt says so"
            )),
    }
}

/// B1.11, the loop guard: shows what was asked and what was got.
pub(crate) fn still_unmet(
    again: &Demand,
    asked: &RequirementRecord,
    got: Option<&ProofRecord>,
) -> Error {
    let named = |values: &[String]| match (values, again.contexts) {
        ([], _) => "a sign-in".to_owned(),
        (contexts, true) => format!("context `{}`", contexts.join(" ")),
        (values, false) => format!("acr `{}`", values.join(" ")),
    };
    let requires = match again.acr_values.as_slice() {
        [] => "another sign-in".to_owned(),
        same if same == asked.acr_values => "the same again".to_owned(),
        other => named(other),
    };
    let acr = got.and_then(|proof| proof.acr.as_deref());
    let got = match (acr, got.map_or(&[][..], |proof| &proof.acrs)) {
        (_, contexts @ [_, ..]) if again.contexts => format!("`{}`", contexts.join("`, `")),
        (Some(acr), _) => format!("`{acr}`"),
        (None, _) => "no acr".to_owned(),
    };
    let asked = named(&asked.acr_values);
    Error::unmet(format!("the API is still not satisfied: asked for {asked}, got {got}, and it requires {requires}"))
    .hint("the API and the provider disagree about what was proven; an administrator has to compare their settings")
}

/// The API takes no token of this issuer or audience, or not this one.
pub(crate) fn token_refused(reason: &str) -> Error {
    Error::failed(format!("the API did not accept the step-up token: {reason}"))
    .hint("compare `audience`, `resource` and `scopes` of the provider entry with what the API expects")
}

/// A transaction that proves nothing, and the next step that fits it.
pub(crate) fn mismatched(mismatch: &Mismatch) -> Error {
    let (kind, hint) = match mismatch {
        Mismatch::Person { .. } => (
            ErrorKind::Untrusted,
            "sign in in the browser as the person whose credential this profile holds",
        ),
        Mismatch::Target
        | Mismatch::Step { .. }
        | Mismatch::Before
        | Mismatch::Undated
        | Mismatch::Provider { .. } => (
            ErrorKind::Untrusted,
            "look at the task, then run the command again",
        ),
        Mismatch::Future { .. } => (
            ErrorKind::Untrusted,
            "compare the clocks of the API and the provider",
        ),
        Mismatch::Lapsed(_) => (
            ErrorKind::Incomplete,
            "run the command again, and be quicker",
        ),
        Mismatch::NotVerified(_) => (
            ErrorKind::Unmet,
            "finish the step-up in the browser first, or run the command without the id",
        ),
        Mismatch::Short { .. } => (
            ErrorKind::Unmet,
            "sign in with a factor that meets it, then run the command again; if you did, the provider does not honour what it was asked for",
        ),
        Mismatch::Stale { .. } => (
            ErrorKind::Unmet,
            "the provider reused an earlier session; sign out there, then run the command again",
        ),
        Mismatch::NoTime(_) => (
            ErrorKind::Unmet,
            "the provider has to return `auth_time`, in seconds; its administrator can switch that on",
        ),
    };
    Error::new(kind, mismatch.to_string()).hint(hint)
}

/// What is decided about a step.
#[derive(Clone, Copy)]
pub(crate) enum Decision {
    /// `stepup approve`.
    Approval,
    /// `stepup deny`.
    Denial,
    /// `stepup task reassign`.
    Reassignment,
    /// `stepup task escalate`.
    Escalation,
    /// `stepup approve --duration`.
    Shortening,
}

impl Decision {
    /// Why a step cannot be decided so, and what to do.
    pub(crate) fn cannot_decide(self, reason: &NotApprovable, task: &Task) -> Error {
        let handle = task.handle();
        let (wanted, verb, demanding) = match self {
            Self::Approval => ("an approval", "approve", ""),
            Self::Denial => ("a decision", "deny", "a denial of "),
            Self::Reassignment => ("a decision", "reassign", "a reassignment of "),
            Self::Escalation => ("a decision", "escalate", "an escalation of "),
            Self::Shortening => ("an approval", "shorten", ""),
        };
        match reason {
            NotApprovable::Closed => Error::refused(format!("task `{handle}` is closed"))
                .hint(format!("see how it ended with `stepup task show {handle}`")),
            NotApprovable::Contradiction => Error::failed(format!(
                "the API contradicts itself: the type of task `{handle}` is {}",
                task.kind
            ))
            .hint("the administrator of the API has to mend the task"),
            NotApprovable::NoApprovalStep => Error::refused(format!(
                "task `{handle}` does not wait for {wanted} at the moment"
            ))
            .hint(format!(
                "see what it waits for with `stepup task show {handle}`"
            )),
            NotApprovable::NotYours => Error::refused(format!(
                "the current step of task `{handle}` is not yours to {verb}"
            ))
            .hint("`stepup task list` shows what waits for you"),
            NotApprovable::CommentMissing => Error::refused(format!(
                "{demanding}the current step of task `{handle}` requires a comment"
            ))
            .hint("say why with `--comment \"...\"`"),
        }
    }

    /// Why a step cannot be handed on, or its grant not be shortened, and what to do.
    pub(crate) fn cannot_change(self, reason: &NotPossible, task: &Task) -> Error {
        let handle = task.handle();
        match reason {
            NotPossible::Undecidable(reason) => self.cannot_decide(reason, task),
            NotPossible::NotReassignable => Error::refused(format!(
                "the policy of task `{handle}` does not let its approvers hand this step to others"
            ))
            .hint(format!("deny it, or ask an administrator; `stepup comment {handle} \"...\"` tells the others")),
            NotPossible::NotToThem(id) => Error::refused(format!(
                "the policy of task `{handle}` does not let this step go to `{id}`"
            ))
            .hint("choose one of those whom it allows, or ask an administrator to change the policy"),
            NotPossible::TheirsAlready => Error::refused(format!(
                "task `{handle}` waits for exactly these people already"
            ))
            .hint(format!("remind them with `stepup comment {handle} \"...\"`")),
            NotPossible::NoGrant => Error::refused(format!(
                "task `{handle}` is no grant but {}, and only a grant can be {}",
                task.kind,
                match self {
                    Self::Shortening => "shortened",
                    _ => "escalated",
                }
            ))
            .hint(format!("look at it with `stepup task show {handle}`")),
            NotPossible::EmergencyAlready => {
                Error::refused(format!("task `{handle}` is emergency access already"))
                    .hint(format!("see for whom it waits with `stepup task show {handle}`"))
            }
            NotPossible::NotOffered => Error::refused(format!(
                "the API does not let you {} task `{handle}`",
                match self {
                    Self::Shortening => "shorten the access of",
                    _ => "escalate",
                }
            ))
            .hint("ask an administrator of the API, or the requester to ask anew"),
            NotPossible::Provisioning => Error::refused(format!(
                "the access of task `{handle}` is being given already, so its duration stands"
            ))
            .hint(format!("look at it with `stepup task show {handle}`")),
            NotPossible::Longer(now) => Error::refused(format!(
                "the access of task `{handle}` lasts {now}, which can be shortened and not extended"
            ))
            .hint("leave out `--duration` to approve what was asked for"),
            NotPossible::DurationUnknown => Error::refused(format!(
                "how long the access of task `{handle}` lasts is {}, so what is shorter cannot be told",
                task.duration
            ))
            .hint("set the duration in the web app of the API, or leave out `--duration`"),
        }
    }
}

/// What is true of an approval that ended so, unless the error says it already, as what was refused before anything was
/// `sent` does.
pub(crate) fn nothing_approved(error: Error, sent: bool) -> Error {
    match error.kind() {
        ErrorKind::Refused if !sent => error,
        _ => error.with_the_state("nothing was approved"),
    }
}

/// Somebody was faster: another approver, or the same in another terminal.
pub(crate) fn settled_otherwise(settled: &SettledStep, task: &Task) -> Error {
    Error::refused(format!(
        "the step was {} in the meantime, not by this command",
        settled.outcome
    ))
    .says_the_state()
    .hint(format!("see how with `stepup task show {}`", task.handle()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_of_an_approval_is_said_once_before_the_next_step() {
        let told = |error: Error, sent| nothing_approved(error, sent).hints().to_owned();
        let failed = || Error::failed("no");
        assert_eq!(told(failed(), true), ["nothing was approved"]);
        let next = failed().hint("try again").hint("or not");
        assert_eq!(
            told(next, true),
            ["nothing was approved; try again", "or not"]
        );
        let twice = nothing_approved(failed(), true);
        assert_eq!(told(twice, true), ["nothing was approved"]);
        assert_eq!(told(failed().says_the_state(), true), [""; 0]);
        assert_eq!(told(Error::refused("no"), true), ["nothing was approved"]);
        assert_eq!(told(Error::refused("no"), false), [""; 0]);
    }
}
