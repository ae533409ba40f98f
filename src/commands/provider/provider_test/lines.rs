//! The lines of a test: what each check found, in words.

use jiff::Timestamp;

use crate::adapters::when::local;
use crate::ceremony::local::CeremonyError;
use crate::ceremony::prove::Judged;
use crate::ceremony::running::SignInCeremony;
use crate::commands::shared::metadata::{Finding, Grade};
use crate::config::ProviderEntry;
use crate::config::preset::settings;
use crate::domain::authorization_details::{DetailsRecord, in_words};
use crate::domain::event::{AuthenticationEvent, Claim, Facts};
use crate::domain::judge::{Attempt, Findings};
use crate::domain::person::{Compared, SubjectMatch};
use crate::domain::proof::StepUpToken;
use crate::domain::refusal::{Rejection, Unmet};
use crate::domain::requirement::{AcrRequirement, Caveat, RequestStyle};
use crate::domain::sign_in::Earlier;
use crate::meaning::{no_acr, rejection};
use crate::oidc::callback::CallbackError;
use crate::oidc::id_token::IdTokenError;
use crate::oidc::jose::UnverifiedJws;
use crate::oidc::redeem_error::RedeemError;

type Check = (&'static str, &'static str);

/// The checks between the browser and the ID token, in their order.
const LOCAL: [Check; 4] = [
    ("browser leg", "the browser returned"),
    ("state", "is this attempt's"),
    ("iss", "the answer is from the provider that was asked"),
    (
        "code exchange",
        "the code was redeemed with the PKCE verifier",
    ),
];

const BACKCHANNEL: [Check; 2] = [
    ("other device", "the person allowed it"),
    ("token", "was issued to a poll"),
];

const ID_TOKEN: [Check; 8] = [
    ("ID token", "is there and can be read"),
    ("issuer claim", "is the provider"),
    ("audience", "is this client alone"),
    ("signature", "is the provider's, with an accepted algorithm"),
    ("times", "the token is from this attempt, and not expired"),
    ("nonce", "is this attempt's"),
    ("at_hash", "belongs to the access token, if it is there"),
    ("sub", "is there"),
];

/// The check of what was granted.
const DETAILS: &str = "authorization details";

const fn before(ceremony: SignInCeremony) -> &'static [Check] {
    match ceremony {
        SignInCeremony::Local => &LOCAL,
        SignInCeremony::Backchannel => &BACKCHANNEL,
    }
}

fn checks(ceremony: SignInCeremony) -> impl Iterator<Item = Check> {
    let checks = before(ceremony).iter().chain(&ID_TOKEN);
    checks.map(move |(check, says)| match (ceremony, *check) {
        (SignInCeremony::Backchannel, "nonce") => {
            ("auth_req_id", "is this attempt's, if it is there")
        }
        (_, check) => (check, *says),
    })
}

pub(super) fn begun(entry: &ProviderEntry) -> Finding {
    match entry.backchannel {
        None => Finding::ok(
            "redirect",
            format!("listens at {}", entry.redirect_uris().join(" or ")),
        ),
        Some(_) => Finding::ok("backchannel", "the provider takes the request"),
    }
}

/// All of them passed.
pub(super) fn authentic(ceremony: SignInCeremony, entry: &ProviderEntry) -> Vec<Finding> {
    let mut passed = all(ceremony);
    if let Some(audience) = passed.iter_mut().find(|line| line.check == "audience") {
        audience.says = format!("is `{}` alone", entry.client_id);
    }
    passed
}

/// Those that passed before it ended, and the name of the one that did not.
pub(super) fn until(
    ceremony: SignInCeremony,
    unanswered: &CeremonyError,
) -> (Vec<Finding>, &'static str) {
    let first = before(ceremony).len();
    let failed = match unanswered {
        // It is authentic; whose it is, is the next question.
        CeremonyError::NotAccepted(_) => return (all(ceremony), "person"),
        CeremonyError::NotInTime { .. } | CeremonyError::Quit | CeremonyError::Backchannel(_) => 0,
        CeremonyError::Refused(error) => match error {
            RedeemError::Callback(CallbackError::Provider { .. }) => 0,
            RedeemError::Callback(CallbackError::Issuer { .. } | CallbackError::NoIssuer(_)) => 2,
            RedeemError::Callback(_) => 1,
            RedeemError::NoIdToken => first,
            RedeemError::IdToken(error) => first + failed_claim(error),
            RedeemError::NotGranted(_) => return (all(ceremony), DETAILS),
            RedeemError::UserInfo(_) => first + ID_TOKEN.len(),
            _ => first - 1,
        },
    };
    let mut passed = all(ceremony);
    passed.truncate(failed);
    let name = checks(ceremony)
        .nth(failed)
        .map_or("person", |(check, _)| check);
    (passed, name)
}

fn all(ceremony: SignInCeremony) -> Vec<Finding> {
    let passed = checks(ceremony).map(|(check, says)| Finding::ok(check, says));
    passed.collect()
}

/// The place of a check in [`ID_TOKEN`].
const fn failed_claim(error: &IdTokenError) -> usize {
    match error {
        IdTokenError::Unreadable(_) | IdTokenError::Header(_) => 0,
        IdTokenError::Issuer { .. } => 1,
        IdTokenError::Audience { .. } | IdTokenError::AuthorizedParty { .. } => 2,
        IdTokenError::Algorithm { .. }
        | IdTokenError::Signature
        | IdTokenError::UnknownKey
        | IdTokenError::WeakKey { .. }
        | IdTokenError::Keys(_) => 3,
        IdTokenError::Expired { .. }
        | IdTokenError::NotYetValid { .. }
        | IdTokenError::IssuedInFuture { .. }
        | IdTokenError::IssuedBefore { .. } => 4,
        IdTokenError::Nonce | IdTokenError::AuthReqId => 5,
        IdTokenError::AccessTokenHash => 6,
        IdTokenError::Claim { claim, .. } => match claim.as_bytes() {
            b"exp" | b"iat" => 4,
            _ => 7,
        },
    }
}

/// What the judge says, line by line; a failure names the provider's own setting.
pub(super) fn judged(
    entry: &ProviderEntry,
    requirement: &AcrRequirement,
    judged: &Judged,
) -> Vec<Finding> {
    let Judged {
        attempt,
        earlier,
        findings,
        ..
    } = judged;
    let (facts, settings) = (judged.event.facts(), settings(entry.preset));
    let person = person(entry, facts, &findings.person);
    vec![
        assurance(requirement, facts, &findings.acr, &assured_by(entry)),
        grade(
            "amr",
            &findings.amr,
            methods(requirement, facts),
            settings.assurance,
        ),
        fresh(requirement, facts, findings, *attempt, *earlier).unwrap_or_else(|stale| {
            grade("auth_time", &Err(stale), String::new(), settings.freshness)
        }),
        grade(
            "clocks",
            &findings.time,
            "the sign-in is not from the future".to_owned(),
            "compare this machine's clock with the provider's",
        ),
        person,
    ]
}

/// Who signed in, compared as for an approval.
fn person(entry: &ProviderEntry, facts: &Facts, found: &Result<Compared, Rejection>) -> Finding {
    let who = facts.name();
    let compared = match found {
        Ok(compared) => compared,
        Err(error) => {
            let error = rejection(error.clone(), &entry.name);
            return Finding::failed("person", &error);
        }
    };
    let warn = |says: String| Finding::new("person", Grade::Warn, says);
    match (compared.subject, compared.caveat) {
        (SubjectMatch::Same, None) => {
            Finding::ok("person", format!("`{who}`, the person of the API credential"))
        }
        (SubjectMatch::Same, Some(caveat)) => warn(format!(
            "`{who}`, the person of the API credential; {}",
            caveat.in_words()
        ))
        .hint("every receipt says so; the provider's administrator can have `email_verified` returned, and be true"),
        (SubjectMatch::NotCompared, _) => warn(format!(
            "`{who}` signed in; nobody is compared, as `subject = \"none\"` of the entry says"
        ))
        .hint("name the claim that the API's person has, too: `email`, `preferred_username` or `sub`"),
        (SubjectMatch::LeftToTheApi, _) => warn(format!(
            "`{who}` signed in; no API says who has to"
        ))
        .hint("sign in to the API (`stepup login`), or say it with `person` in the profile; approvals leave it to the API until then"),
    }
}

/// Where to look when a sign-in is not as strong as it should be.
fn assured_by(entry: &ProviderEntry) -> String {
    let by_nature = entry
        .preset
        .is_some_and(|preset| preset.request == entry.request);
    if entry.request == RequestStyle::FreshnessOnly && !by_nature {
        return "a step that requires more has to go to another entry".to_owned();
    }
    if entry.tells_no_acr() {
        return no_acr(&entry.name);
    }
    settings(entry.preset).assurance.to_owned()
}

/// The claim that the provider answers the demand in, and what a reader of a receipt would be told.
fn assurance(
    requirement: &AcrRequirement,
    facts: &Facts,
    found: &Result<(), Unmet>,
    help: &str,
) -> Finding {
    let (check, got) = match requirement.request {
        RequestStyle::EntraContexts => ("acrs", shown(&facts.acrs, |acrs| quoted(acrs, ", "))),
        _ => ("acr", shown(&facts.acr, |acr| format!("`{acr}`"))),
    };
    let wanted = match requirement.acr_values.as_slice() {
        [] => "nothing in particular".to_owned(),
        values => quoted(values, " or "),
    };
    let says = format!("wanted {wanted}, got {got}");
    let caveat = requirement.caveats(facts.acr.present().map(String::as_str));
    let (Ok(()), Some(caveat)) = (found, caveat.first()) else {
        return grade(check, found, says, help);
    };
    let says = format!("{says}; {}", caveat.in_words());
    Finding::new(check, Grade::Warn, says).hint(match caveat {
        // The last two are of an approval, not of a sign-in.
        Caveat::FreshnessOnly
        | Caveat::TenantPolicy
        | Caveat::WithoutStepUp
        | Caveat::OtherStepUp => help,
        Caveat::WeakValue => "take it out of the entry, unless one factor is enough",
        Caveat::RankedHigher => "make sure that the entry's `rank` is the provider's order too",
        // Of the time, or of the person, and told there.
        Caveat::ReuseNotChecked
        | Caveat::EmailUnattested
        | Caveat::EmailUnverified
        | Caveat::AccountNotChecked => "",
    })
}

fn methods(requirement: &AcrRequirement, facts: &Facts) -> String {
    let got = shown(&facts.amr, |amr| quoted(amr, ", "));
    match requirement.amr.as_slice() {
        [] => got,
        wanted => format!("wanted {}, got {got}", quoted(wanted, " and ")),
    }
}

/// The three checks of the time, as one line: the first that fails is what is said.
fn fresh(
    requirement: &AcrRequirement,
    facts: &Facts,
    findings: &Findings,
    attempt: Attempt,
    earlier: Earlier,
) -> Result<Finding, Unmet> {
    let Findings {
        age: by_our_clock,
        once,
        own_stamps,
        ..
    } = findings.clone();
    by_our_clock?;
    once?;
    own_stamps?;
    let says = age(requirement, facts, attempt);
    if earlier == Earlier::NotKnown {
        let caveat = Caveat::ReuseNotChecked.in_words();
        return Ok(Finding::new("auth_time", Grade::Warn, format!("{says}; {caveat}"))
            .hint("let stepup write to its state folder, and nobody else: the warning of `stepup approve` names the file"));
    }
    Ok(Finding::ok("auth_time", says))
}

fn age(requirement: &AcrRequirement, facts: &Facts, attempt: Attempt) -> String {
    let time = |at: i64| {
        let at = Timestamp::from_second(at).map(local);
        at.unwrap_or_default()
    };
    if requirement.each_time() {
        let got = shown(&facts.auth_time, |at| {
            let age = facts.issued_at.saturating_sub(*at);
            format!(
                "one of {}, {age} s before the provider issued its token",
                time(*at)
            )
        });
        return format!("wanted a new sign-in, got {got}");
    }
    let wanted = match requirement.max_age {
        Some(max_age) => format!("a sign-in at most {max_age} s old"),
        None => "a sign-in of any age".to_owned(),
    };
    let got = shown(&facts.auth_time, |at| {
        let age = attempt.received.saturating_sub(*at);
        format!("one of {}, {age} s old", time(*at))
    });
    format!("wanted {wanted}, got {got}")
}

fn shown<T>(claim: &Claim<T>, show: impl Fn(&T) -> String) -> String {
    match claim {
        Claim::Present(value) => show(value),
        Claim::Absent => "none".to_owned(),
        Claim::Malformed(raw) => raw.clone(),
    }
}

fn quoted(values: &[String], between: &str) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    quoted.join(between)
}

fn grade<E: std::fmt::Display>(
    check: &'static str,
    found: &Result<(), E>,
    says: String,
    setting: &str,
) -> Finding {
    match found {
        Ok(()) => Finding::ok(check, says),
        Err(error) => Finding::new(check, Grade::Fail, error.to_string()).hint(setting),
    }
}

/// The setting to look at where the provider refused, or kept the person on a page of its own.
pub(super) fn setting(entry: &ProviderEntry, unanswered: &CeremonyError) -> Option<String> {
    let silent = matches!(unanswered, CeremonyError::NotInTime { opened: true, .. });
    (silent && entry.backchannel.is_none()).then(|| {
        let uris = entry.redirect_uris().join(" ");
        let redirect = settings(entry.preset).redirect;
        format!("{redirect} (this entry's: {uris})")
    })
}

/// What the provider granted of what it was given to show (B17.3).
pub(super) fn granted(event: &AuthenticationEvent) -> Option<Finding> {
    let DetailsRecord {
        kind,
        added,
        signed,
    } = &event.granted()?.record;
    let by = if *signed {
        "in the ID token too"
    } else {
        "in the token answer"
    };
    let says = format!("granted as sent, type `{kind}`, {by}");
    Some(match in_words(added).as_str() {
        "" => Finding::ok(DETAILS, says),
        added => Finding::ok(DETAILS, format!("{says}; the provider added {added}")),
    })
}

/// What the API will get. Opaque to us by right (RFC 9068 §6); shown where it can be read, and never judged.
pub(super) fn access_token(token: &StepUpToken) -> Finding {
    let header = token.authorization();
    let (kind, token) = header.split_once(' ').unwrap_or_default();
    let says = match UnverifiedJws::parse(token) {
        Err(_) => format!("`{kind}`, opaque to us"),
        Ok(UnverifiedJws { claims, .. }) => {
            let said = |name: &str| {
                let value = claims.get(name)?;
                let empty =
                    value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
                (!empty).then(|| format!("{name} {value}"))
            };
            let said: Vec<String> = ["acr", "acrs"].into_iter().filter_map(said).collect();
            let said = match said.as_slice() {
                [] => "no acr".to_owned(),
                said => said.join(", "),
            };
            format!("`{kind}`, a JWT with {said} (not judged here: that is the API's)")
        }
    };
    Finding::ok("access token", says)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::adapters::jws;

    #[test]
    fn an_access_token_is_read_where_it_is_a_jwt_and_shown_by_its_acr() {
        let jwt = |claims| jws::compact(&json!({ "alg": "none" }), &claims, |_| vec![1]);
        for (token, says) in [
            ("at-1234".to_owned(), "`Bearer`, opaque to us"),
            ("a.b.c".to_owned(), "`Bearer`, opaque to us"),
            (
                jwt(json!({ "acr": "", "acrs": [] })),
                "`Bearer`, a JWT with no acr",
            ),
            (
                jwt(json!({ "acr": "phr" })),
                "`Bearer`, a JWT with acr \"phr\"",
            ),
        ] {
            let finding = access_token(&StepUpToken::bearer(token));
            assert!(finding.says.starts_with(says), "{}", finding.says);
        }
    }
}
