//! Is it enough? Pure: a verified authentication event, a requirement, the attempt's times, the expected person and
//! earlier sign-ins in; a sufficient event or a refusal out.
//!
//! The accepted set is tested by exact membership, never by a ranking of our own (RFC 9470 §2, B9.16); what an
//! entry ranks higher on purpose is a set as well (`AcrRequirement::stronger`).
//! Anything missing or of another type is a refusal.

use std::time::Duration;

use super::challenge::{Challenge, Purpose};
use super::event::{AuthenticationEvent, Claim};
use super::known_values::explained;
use super::person::{Compared, ExpectedPerson, SubjectMatch};
use super::refusal::{Contradiction, Rejection, Unmet};
use super::requirement::{AcrRequirement, Caveat, RequestStyle, SKEW_OF_NOW};
use super::sign_in::{Earlier, SignIn};

/// When the attempt happened, in seconds since the epoch, and how far clocks may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attempt {
    /// When it began, before the browser was opened.
    pub(crate) started: i64,
    /// When the token arrived.
    pub(crate) received: i64,
    /// How long that took by a clock that nobody sets, from before the request was built.
    pub(crate) elapsed: Duration,
    /// Tolerated difference between the provider's clock and ours.
    pub(crate) skew: i64,
}

impl Attempt {
    /// The attempt's length in whole seconds, and one: two moments that are rounded down may lie one more apart.
    fn longest(&self) -> i64 {
        seconds(self.elapsed.as_secs()).saturating_add(1)
    }
}

/// What the judge found, and what follows from it. [`Challenge::judge`] makes it, of one examination.
#[derive(Debug)]
pub(crate) struct Judgement {
    /// What each check says.
    pub(crate) findings: Findings,
    /// Sufficient, or the first reason why not.
    pub(crate) verdict: Result<Sufficient, Rejection>,
}

/// An event that met every check, for one purpose. [`Challenge::judge`] makes it and nothing else does; a proof
/// is made of nothing else.
#[derive(Debug)]
pub(crate) struct Sufficient {
    purpose: Purpose,
    event: AuthenticationEvent,
    subject: SubjectMatch,
    caveats: Vec<Caveat>,
}

impl Sufficient {
    /// What the proof will be good for.
    pub(crate) const fn purpose(&self) -> &Purpose {
        &self.purpose
    }

    pub(crate) const fn event(&self) -> &AuthenticationEvent {
        &self.event
    }

    /// Whether the person was compared.
    pub(crate) const fn subject(&self) -> SubjectMatch {
        self.subject
    }

    /// What a reader of the receipt has to know about it.
    pub(crate) fn caveats(&self) -> &[Caveat] {
        &self.caveats
    }
}

impl Challenge {
    /// Judges a verified event. `earlier` is what is remembered of this person's sign-ins, and stays so until
    /// the outcome is remembered too: whoever calls this sees to that.
    pub(crate) fn judge(
        &self,
        event: &AuthenticationEvent,
        attempt: Attempt,
        expected: &ExpectedPerson,
        earlier: Earlier,
    ) -> Judgement {
        let findings = self.requirement.examine(event, attempt, expected, earlier);
        let verdict = findings.clone().decide(self, event);
        Judgement { findings, verdict }
    }
}

/// What each check says of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Findings {
    /// B9.17: the sign-in is not from the future.
    pub(crate) time: Result<(), Contradiction>,
    /// B9.19: the right person, as far as that is known.
    pub(crate) person: Result<Compared, Rejection>,
    /// B9.16: strong enough.
    pub(crate) acr: Result<(), Unmet>,
    /// B11.4: by the demanded methods.
    pub(crate) amr: Result<(), Unmet>,
    /// B9.17 and B9.20 (b): fresh enough by our clock.
    pub(crate) age: Result<(), Unmet>,
    /// B9.20 (a): within the attempt by the provider's own clock.
    pub(crate) own_stamps: Result<(), Unmet>,
    /// B9.20 (c): not used before.
    pub(crate) once: Result<(), Unmet>,
}

impl Findings {
    /// The one place where findings become a decision. The pattern names all of them: one that is left out does not
    /// compile, and one that is not used below is the compiler's warning of an unused variable.
    ///
    /// Contradictions come first: who signed in matters more than how strongly.
    fn decide(
        self,
        challenge: &Challenge,
        event: &AuthenticationEvent,
    ) -> Result<Sufficient, Rejection> {
        let Self {
            time,
            person,
            acr,
            amr,
            age,
            once,
            own_stamps,
        } = self;
        time?;
        let Compared { subject, caveat } = person?;
        acr?;
        amr?;
        age?;
        once?;
        own_stamps?;
        let acr = event.facts().acr.present().map(String::as_str);
        let mut caveats = challenge.requirement.caveats(acr);
        caveats.extend(caveat);
        Ok(Sufficient {
            purpose: challenge.purpose.clone(),
            event: event.clone(),
            subject,
            caveats,
        })
    }
}

impl AcrRequirement {
    /// Makes every check; all must hold.
    pub(crate) fn examine(
        &self,
        event: &AuthenticationEvent,
        attempt: Attempt,
        expected: &ExpectedPerson,
        earlier: Earlier,
    ) -> Findings {
        Findings {
            time: not_from_the_future(event, attempt),
            person: expected.compare(event.facts()),
            acr: strong_enough(self, event),
            amr: right_methods(self, event),
            age: fresh_enough(self, event, attempt),
            own_stamps: within_the_attempt(self, event, attempt),
            once: not_used_before(self, event, earlier),
        }
    }
}

/// B9.17: a time ahead of ours beyond the skew is no sign-in that happened.
fn not_from_the_future(event: &AuthenticationEvent, attempt: Attempt) -> Result<(), Contradiction> {
    let limit = attempt.received.saturating_add(attempt.skew);
    match event.facts().auth_time {
        Claim::Present(at) if at > limit && is_recent(at / 1000, attempt) => {
            Err(Contradiction::Milliseconds { got: at })
        }
        Claim::Present(at) if at > limit => Err(Contradiction::FutureAuthTime {
            seconds: at.saturating_sub(attempt.received),
        }),
        _ => Ok(()),
    }
}

/// Whether this lies within a year before the attempt, which tells seconds from milliseconds.
const fn is_recent(at: i64, attempt: Attempt) -> bool {
    const YEAR: i64 = 31_622_400;
    let limit = attempt.received.saturating_add(attempt.skew);
    at <= limit && at >= limit.saturating_sub(YEAR)
}

/// B9.16, Core §2: exact, case-sensitive membership. `"0"` authorises nothing, even if it were listed.
fn strong_enough(requirement: &AcrRequirement, event: &AuthenticationEvent) -> Result<(), Unmet> {
    let accepted = &requirement.acr_values;
    if accepted.is_empty() {
        return Ok(());
    }
    if requirement.request == RequestStyle::EntraContexts {
        return in_context(accepted, event);
    }
    let got = match &event.facts().acr {
        Claim::Present(acr)
            if acr != "0" && (accepted.contains(acr) || requirement.stronger.contains(acr)) =>
        {
            return Ok(());
        }
        Claim::Present(acr) if acr == "0" && accepted.contains(acr) => {
            "it, and it stands for no assurance at all (OpenID Connect Core section 2)".into()
        }
        Claim::Present(acr) => format!("`{acr}`"),
        Claim::Absent => "no acr at all".into(),
        Claim::Malformed(raw) => format!("{raw}, which is not a string"),
    };
    Err(Unmet::Acr {
        words: in_words(accepted, event.facts().acr.present()),
        wanted: quoted(accepted, " or "),
        got,
    })
}

/// What was needed and what came, for whoever does not know the values by heart; nothing where a needed value is a name
/// of one provider's.
fn in_words(accepted: &[String], got: Option<&String>) -> String {
    let needed: Option<Vec<&str>> = accepted.iter().map(|acr| explained(acr)).collect();
    let Some(needed) = needed else {
        return String::new();
    };
    let got = got.and_then(|acr| explained(acr));
    let got = got.map(|got| format!(", got {got}")).unwrap_or_default();
    format!("needed {}{got}; acr: ", needed.join(" or "))
}

/// providers.md A4: one of the accepted contexts is among those granted; others may be there as well.
fn in_context(accepted: &[String], event: &AuthenticationEvent) -> Result<(), Unmet> {
    let same = |one: &String, other: &String| RequestStyle::EntraContexts.same(one, other);
    let is_accepted = |granted: &String| accepted.iter().any(|wanted| same(wanted, granted));
    let got = match &event.facts().acrs {
        Claim::Present(acrs) if acrs.iter().any(is_accepted) => return Ok(()),
        Claim::Present(acrs) if acrs.is_empty() => "an empty list".into(),
        Claim::Present(acrs) => quoted(acrs, ", "),
        Claim::Absent => "no acrs at all".into(),
        Claim::Malformed(raw) => format!("{raw}, which is not a list"),
    };
    Err(Unmet::Contexts {
        wanted: quoted(accepted, " or "),
        got,
    })
}

/// B11.4: only where the entry asks for it.
fn right_methods(requirement: &AcrRequirement, event: &AuthenticationEvent) -> Result<(), Unmet> {
    let wanted = &requirement.amr;
    if wanted.is_empty() {
        return Ok(());
    }
    let got = match &event.facts().amr {
        Claim::Present(amr) if wanted.iter().all(|method| amr.contains(method)) => return Ok(()),
        Claim::Present(amr) if amr.is_empty() => "an empty list".into(),
        Claim::Present(amr) => quoted(amr, ", "),
        Claim::Absent => "no amr at all".into(),
        Claim::Malformed(raw) => format!("{raw}, which is not a list"),
    };
    Err(Unmet::Amr {
        wanted: quoted(wanted, " and "),
        got,
    })
}

/// B9.17 and B9.20 (b). With "each time" the sign-in is compared with the attempt's start, not with now:
/// people type slowly.
fn fresh_enough(
    requirement: &AcrRequirement,
    event: &AuthenticationEvent,
    attempt: Attempt,
) -> Result<(), Unmet> {
    let each_time = requirement.each_time();
    if !each_time && requirement.max_age.is_none() {
        return Ok(());
    }
    let at = match &event.facts().auth_time {
        Claim::Present(0) => return Err(Unmet::AuthTimeZero),
        Claim::Present(at) => *at,
        Claim::Absent => return Err(Unmet::NoAuthTime { got: "none".into() }),
        Claim::Malformed(raw) => return Err(Unmet::NoAuthTime { got: raw.clone() }),
    };
    // An earlier sign-in must not pass as one of now, however far clocks may differ otherwise.
    let skew = attempt.skew.min(SKEW_OF_NOW);
    if each_time && at < attempt.started.saturating_sub(skew) {
        return Err(Unmet::BeforeAttempt {
            seconds: attempt.started.saturating_sub(at),
        });
    }
    let age = attempt.received.saturating_sub(at);
    match requirement.max_age {
        Some(max_age) if max_age > 0 && age.saturating_sub(attempt.skew) > seconds(max_age) => {
            Err(Unmet::TooOld { max_age, age })
        }
        _ => Ok(()),
    }
}

/// B9.20 (a). The nonce proves that the token was made during the attempt, so that the time between its two stamps
/// cannot be longer than the attempt took: no clock of ours is needed, and none has to agree with another.
fn within_the_attempt(
    requirement: &AcrRequirement,
    event: &AuthenticationEvent,
    attempt: Attempt,
) -> Result<(), Unmet> {
    let facts = event.facts();
    let Some(at) = facts.signed_in_at().filter(|_| requirement.each_time()) else {
        return Ok(());
    };
    let (age, limit) = (facts.issued_at.saturating_sub(at), attempt.longest());
    if age > limit {
        return Err(Unmet::BeforeRequest { limit, age });
    }
    Ok(())
}

/// B9.20 (c): later than whatever was used before.
fn not_used_before(
    requirement: &AcrRequirement,
    event: &AuthenticationEvent,
    earlier: Earlier,
) -> Result<(), Unmet> {
    if !requirement.each_time() {
        return Ok(());
    }
    SignIn::of(event.facts()).once(earlier)
}

fn seconds(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn quoted(values: &[String], between: &str) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    quoted.join(between)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
