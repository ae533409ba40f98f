//! Evidence of a sign-in, verified again: the checks of the ID token and of the judge, with the statement's own
//! requirement, and the commitment, which makes it evidence of this approval.

use std::time::Duration;

use openidconnect::core::CoreJwsSigningAlgorithm;
use serde_json::{Map, Value, json};

use super::agreement;
use super::document::SignInEvidence;
use super::granted::{self, Granted};
use super::trust::{Signer, Trust};
use super::verified::{AHEAD, Check, CheckResult, Verdict, Verified};
use crate::domain::canonical::canonical;
use crate::domain::ceremony::Ceremony;
use crate::domain::commitment::StrengthClaim;
use crate::domain::event::{AuthenticationEvent, Facts, Names, UserInfo};
use crate::domain::judge::{Attempt, Findings};
use crate::domain::person::{Compared, ExpectedPerson, SubjectMatch};
use crate::domain::salt::Salt;
use crate::domain::sign_in::Earlier;
use crate::oidc::id_token::{self, Binding, Expected, IdTokenError};
use crate::oidc::jose::UnverifiedJws;
use crate::oidc::keys::{self, Keys};
use crate::oidc::public_key::thumbprint;

/// The label of a sign-in that commits to nothing.
const NOT_BOUND: &str = "not bound to this approval";

/// What binds the sign-in to the statement.
const COMMITMENT: &str = "commitment";

/// Of a sign-in that the provider says was for the statement.
const BY_WORD: &str = "bound to this approval by the provider's word over TLS, unsigned";

/// The checks that follow a token that is authentic.
const OF_THE_JUDGE: [&str; 5] = ["acr", "amr", "freshness", "person", "proof"];

/// Makes every check.
pub(super) fn verify(evidence: &SignInEvidence, trust: &Trust, now: i64) -> Verified {
    let mut checks = vec![
        Check::of(
            "receipt",
            agreement::with_statement(evidence),
            "it is of this statement",
        ),
        terms(evidence),
    ];
    let mut expires_at = None;
    let (mut label, mut labels) = (None, Vec::new());
    match UnverifiedJws::parse(&evidence.sign_in.id_token) {
        Err(error) => checks.push(Check::fails(
            "id_token",
            format!("it cannot be read: {error}"),
        )),
        Ok(jws) => {
            expires_at = id_token::expiry(&jws.claims);
            let granted = granted::compared(evidence, &jws.claims);
            checks.push(commitment(evidence, &jws.claims, &granted));
            checks.extend(granted::check(&granted));
            label = granted.ok().flatten().as_ref().map(granted::label);
            token(evidence, &jws, trust, now, &mut checks);
        }
    }
    if evidence.sign_in.userinfo.is_some() {
        labels.push("the person was compared by UserInfo: the provider's word over TLS, unsigned");
    }
    match label {
        Some(label) => labels.push(label),
        None if evidence.ceremony == Ceremony::Backchannel => labels.push(NOT_BOUND),
        None => {}
    }
    Verified {
        task: evidence.receipt.task.handle().to_owned(),
        title: evidence.receipt.task.title.clone(),
        verdict: verdict(evidence, &checks),
        checks,
        labels,
        expires_at,
    }
}

/// What follows. A commitment that is not there is no failure, and of a nonce there is always one.
fn verdict(evidence: &SignInEvidence, checks: &[Check]) -> Verdict {
    if checks
        .iter()
        .any(|check| check.result == CheckResult::Fails)
    {
        return Verdict::DoesNotHold;
    }
    let holds = |name: &str| {
        let mut named = checks.iter().filter(|check| check.name == name);
        named.any(|check| check.result == CheckResult::Holds)
    };
    if !holds("signer") {
        return Verdict::Consistent;
    }
    if holds(COMMITMENT) {
        return Verdict::Trusted;
    }
    match evidence.sign_in.authorization_details {
        Some(_) => Verdict::BoundByWord,
        None => Verdict::NotBound,
    }
}

/// The statement has the hash of the terms, so that they are committed to with it.
fn terms(evidence: &SignInEvidence) -> Check {
    let same = match evidence.sign_in.terms.sha256() {
        Ok(hash) if hash == evidence.consent.terms_sha256 => Ok(()),
        Ok(_) => Err("they are not those of the statement's `terms_sha256`".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    Check::of("terms", same, "they are those of the statement")
}

/// The nonce that the provider signed is the hash of the salt and the statement. A sign-in without a nonce is bound
/// to the statement where the provider signed that itself.
fn commitment(evidence: &SignInEvidence, claims: &Map<String, Value>, granted: &Granted) -> Check {
    const NAME: &str = COMMITMENT;
    let Some(salt) = &evidence.sign_in.salt else {
        return match granted {
            Ok(Some(record)) if record.signed => {
                Check::holds(NAME, "the provider signed this statement, in the ID token")
            }
            Ok(Some(_)) => Check::not_checked(NAME, BY_WORD),
            _ => Check::not_checked(NAME, NOT_BOUND),
        };
    };
    let Some(salt) = Salt::read(salt) else {
        return Check::fails(NAME, "the `salt` is not 16 bytes in base64url");
    };
    let text = match canonical(&evidence.statement) {
        Ok(text) => text,
        Err(error) => return Check::fails(NAME, format!("the statement: {error}")),
    };
    let signed = claims.get("nonce").and_then(Value::as_str);
    if signed == Some(salt.nonce(&text).as_str()) {
        return Check::holds(NAME, "the provider signed this statement, as its nonce");
    }
    Check::fails(
        NAME,
        "the nonce of the ID token is not the hash of this salt and this statement",
    )
}

/// Whether the ID token is authentic, then whether the judge finds it enough; who signed it comes last.
fn token(
    evidence: &SignInEvidence,
    jws: &UnverifiedJws<'_>,
    trust: &Trust,
    now: i64,
    checks: &mut Vec<Check>,
) {
    let before = checks.len();
    let signer = authentic(evidence, jws, trust, now, checks);
    let authentic = checks
        .get(before..)
        .unwrap_or_default()
        .iter()
        .all(|check| check.result == CheckResult::Holds);
    match id_token::reverified(&jws.claims) {
        Ok(event) if authentic => judged(evidence, event, checks),
        Ok(_) => checks.extend(
            OF_THE_JUDGE
                .map(|name| Check::not_checked(name, "the ID token is not what it has to be")),
        ),
        Err(error) => checks.push(Check::fails("proof", error.to_string())),
    }
    checks.push(signer);
}

/// Everything that the ID token has to hold, in the order of OpenID Connect Core §3.1.3.7; who the signer is.
fn authentic(
    evidence: &SignInEvidence,
    jws: &UnverifiedJws<'_>,
    trust: &Trust,
    now: i64,
    checks: &mut Vec<Check>,
) -> Check {
    let (sign_in, consent) = (&evidence.sign_in, &evidence.consent);
    let algs = accepted(&sign_in.terms.algorithms);
    let expected = Expected {
        issuer: &consent.issuer,
        client_id: &consent.client_id,
        binding: Binding::Nonce(""),
        access_token: "",
        algs: &algs,
        started: consent.consented_at,
        now: sign_in.received_at,
        skew: sign_in.terms.skew,
    };
    let issuer = match &trust.issuer {
        Some(wanted) if *wanted != consent.issuer => {
            Err(format!("it is of `{}`, wanted `{wanted}`", consent.issuer))
        }
        _ => id_token::issuer(&jws.claims, &expected).map_err(|error| error.to_string()),
    };
    checks.push(Check::of("issuer", issuer, &consent.issuer));
    let audience = id_token::audience(&jws.claims, &expected)
        .and_then(|()| id_token::authorized_party(&jws.claims, &expected));
    checks.push(Check::of(
        "audience",
        audience,
        format!("client {}", consent.client_id),
    ));
    let header = id_token::plain_header(&jws.header);
    let alg = header.and_then(|()| id_token::algorithm(&jws.header, &algs));
    let name = jws
        .header
        .get("alg")
        .and_then(Value::as_str)
        .unwrap_or_default();
    checks.push(Check::of("algorithm", alg.as_ref().map(drop), name));
    let signer = signature(evidence, jws, alg.ok(), trust, checks);
    checks.push(Check::of(
        "times",
        times(jws, &expected, now),
        "the ID token was valid when it came, and came after the consent",
    ));
    signer
}

/// Asymmetric algorithms that these names are of: nothing else is ever accepted.
fn accepted(names: &[String]) -> Vec<CoreJwsSigningAlgorithm> {
    let known = |name: &String| {
        let alg: CoreJwsSigningAlgorithm = serde_json::from_value(json!(name)).ok()?;
        (!keys::hashes(&alg, b"").is_empty()).then_some(alg)
    };
    names.iter().filter_map(known).collect()
}

/// The document's own key made the signature; who that is, is the verifier's to say.
fn signature(
    evidence: &SignInEvidence,
    jws: &UnverifiedJws<'_>,
    alg: Option<CoreJwsSigningAlgorithm>,
    trust: &Trust,
    checks: &mut Vec<Check>,
) -> Check {
    const SIGNER: &str = "signer";
    let key = &evidence.sign_in.key;
    let named = thumbprint(&key.jwk).filter(|own| *own == key.thumbprint);
    checks.push(match &named {
        Some(thumbprint) => Check::holds("key", format!("thumbprint {thumbprint}")),
        None => Check::fails("key", "its `thumbprint` is not that of its `jwk`"),
    });
    let Some(alg) = alg else {
        checks.push(Check::not_checked("signature", "by no accepted algorithm"));
        return Check::not_checked(SIGNER, "nothing was verified");
    };
    let set = json!({ "keys": [key.jwk] }).to_string();
    let made = Keys::parse(set.as_bytes())
        .map_err(IdTokenError::from)
        .and_then(|own| {
            let kid = jws
                .header
                .get("kid")
                .map(|kid| kid.as_str().unwrap_or_default());
            let made = own.verify(kid, &alg, jws.signing_input, &jws.signature);
            made.map_err(IdTokenError::from).map(drop)
        });
    let good = made.is_ok();
    checks.push(Check::of(
        "signature",
        made,
        "made by the key of the document",
    ));
    match trust.of(jws, &alg, named.as_deref().unwrap_or_default()) {
        _ if !good => Check::not_checked(SIGNER, "nothing was verified"),
        Signer::Established(why) => Check::holds(SIGNER, why),
        Signer::NotEstablished(why) => Check::not_checked(SIGNER, why),
        Signer::Refuted(why) => Check::fails(SIGNER, why),
    }
}

/// As when it arrived, by the document's own word of when that was.
fn times(jws: &UnverifiedJws<'_>, expected: &Expected<'_>, now: i64) -> Result<(), String> {
    if expected.now > now.saturating_add(AHEAD) {
        return Err("the ID token was received in the future".to_owned());
    }
    id_token::times(&jws.claims, expected).map_err(|error| error.to_string())
}

/// Whether the sign-in was enough, by the statement's own requirement.
fn judged(evidence: &SignInEvidence, event: AuthenticationEvent, checks: &mut Vec<Check>) {
    let (sign_in, consent) = (&evidence.sign_in, &evidence.consent);
    let event = match with_userinfo(evidence, event) {
        Ok(event) => event,
        Err(reason) => {
            checks.push(Check::fails("person", reason));
            return;
        }
    };
    let requirement = consent.requirement.with(&sign_in.terms);
    let elapsed = sign_in.received_at.saturating_sub(consent.consented_at);
    let attempt = Attempt {
        started: consent.consented_at,
        received: sign_in.received_at,
        elapsed: Duration::from_secs(elapsed.try_into().unwrap_or_default()),
        skew: sign_in.terms.skew,
    };
    let expected = ExpectedPerson::by(sign_in.terms.person.clone());
    let Findings {
        time,
        person,
        acr,
        amr,
        age,
        own_stamps,
        once: _,
    } = requirement.examine(&event, attempt, &expected, Earlier::Unused);
    let facts = event.facts();
    let strength = match consent.requirement.claim {
        StrengthClaim::Acr => facts.acr.present().cloned(),
        StrengthClaim::Acrs => facts.acrs.present().map(|acrs| acrs.join(", ")),
    };
    let strength = strength.unwrap_or_else(|| "none is required".to_owned());
    checks.push(Check::of("acr", acr, strength));
    checks.push(Check::of("amr", amr, "as the entry wants it"));
    let fresh = time
        .map_err(|error| error.to_string())
        .and_then(|()| age.and(own_stamps).map_err(|error| error.to_string()));
    checks.push(Check::of(
        "freshness",
        fresh,
        "the sign-in is as new as required",
    ));
    let mut caveats = requirement.caveats(facts.acr.present().map(String::as_str));
    checks.push(match person {
        Err(error) => Check::fails("person", error.to_string()),
        Ok(Compared { subject, caveat }) => {
            caveats.extend(caveat);
            compared(evidence, facts, subject)
        }
    });
    let same = agreement::with_token(evidence, facts)
        .and_then(|()| agreement::with_caveats(&evidence.receipt, &caveats));
    checks.push(Check::of(
        "proof",
        same,
        "the receipt says what the ID token says",
    ));
}

fn compared(evidence: &SignInEvidence, facts: &Facts, subject: SubjectMatch) -> Check {
    const NAME: &str = "person";
    if evidence.receipt.subject != Some(subject) {
        return Check::fails(
            NAME,
            "the receipt's `subject` is not what the comparison says",
        );
    }
    match subject {
        SubjectMatch::Same => Check::holds(NAME, format!("{}, whom the API named", facts.name())),
        SubjectMatch::LeftToTheApi => Check::not_checked(NAME, "left to the API"),
        SubjectMatch::NotCompared => Check::not_checked(NAME, "the provider entry compares nobody"),
    }
}

/// The names that `UserInfo` told, of the person of the ID token.
fn with_userinfo(
    evidence: &SignInEvidence,
    event: AuthenticationEvent,
) -> Result<AuthenticationEvent, String> {
    let Some(userinfo) = &evidence.sign_in.userinfo else {
        return Ok(event);
    };
    let claims = userinfo.claims.as_object();
    let claims = claims.ok_or("UserInfo's `claims` are no object")?;
    if claims.get("sub").and_then(Value::as_str) != Some(&event.facts().subject) {
        return Err("UserInfo is about another person than the ID token".to_owned());
    }
    let names = Names {
        email: id_token::nonempty(claims, "email"),
        email_verified: id_token::email_verified(claims),
        preferred_username: id_token::nonempty(claims, "preferred_username"),
    };
    Ok(event.with_userinfo(UserInfo::Answered, Some(names)))
}
