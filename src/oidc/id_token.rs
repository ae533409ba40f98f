//! The ID token checks of OpenID Connect Core §3.1.3.7, in its order (duties B9.9 to B9.22 of `docs/duties.md`), ending in
//! the one caller of `AuthenticationEvent::assertion`.
//!
//! `openidconnect` has a verifier of its own. It is not used, because it parses every standard claim
//! before it verifies anything: an odd `updated_at` or a numeric `acr` then reads as "failed to parse",
//! and nobody learns which check failed. Nor are its keys: it reads a modulus leniently and measures none.
//!
//! What is decided here is *authentic*. Whether it is *enough* (`acr`, `auth_time`, person) is for
//! `domain::judge`.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use openidconnect::core::CoreJwsSigningAlgorithm;
use serde_json::{Map, Value};

use super::jose::{NotJws, UnverifiedJws};
use super::keys::{self, KeySource, KeysError, Maker, NotMade, algorithm_name};
use crate::domain::event::{AuthenticationEvent, Claim, EmailVerified, Facts, Signed, UserInfo};

#[cfg(test)]
mod tests;

/// Longest `sub` the specification allows (Core §2), bytes.
const MAX_SUBJECT: usize = 255;

/// What the token must say.
pub struct Expected<'a> {
    /// The issuer of the metadata that was used.
    pub issuer: &'a str,
    /// Our client id.
    pub client_id: &'a str,
    /// What ties it to this attempt.
    pub binding: Binding<'a>,
    /// The access token that came along, for `at_hash`.
    pub access_token: &'a str,
    /// Accepted algorithms.
    pub algs: &'a [CoreJwsSigningAlgorithm],
    /// When the attempt began, seconds.
    pub started: i64,
    /// Now, seconds.
    pub now: i64,
    /// Tolerated clock difference, seconds.
    pub skew: i64,
}

/// What ties an ID token to the request that it answers.
#[derive(Clone, Copy)]
pub enum Binding<'a> {
    /// The nonce, which must be in it.
    Nonce(&'a str),
    /// The `auth_req_id`. The answer to a poll needs none in its ID token, for it came over the connection on
    /// which the id was sent; one that is there must be this (CIBA §10.3.1).
    AuthReqId(&'a str),
}

/// The claim of a backchannel authentication (CIBA §10.3.1).
const AUTH_REQ_ID: &str = "urn:openid:params:jwt:claim:auth_req_id";

/// The check that failed. Each names what was wanted and what came, but never the nonce or a hash.
#[derive(Debug, thiserror::Error)]
pub enum IdTokenError {
    /// Not a JWS, or duplicate members (B9.22).
    #[error("the ID token cannot be read: {0}")]
    Unreadable(#[from] NotJws),
    /// A header that changes what the token means (RFC 7515 §4.1.11), or a token of another kind.
    #[error("the ID token's header has an unacceptable `{0}`")]
    Header(&'static str),
    /// `iss` is another issuer (Core §3.1.3.7 (2)).
    #[error("the ID token was issued by {got}, not by `{wanted}`")]
    Issuer { wanted: String, got: String },
    /// `aud` is not our client id alone (B9.10).
    #[error("the ID token is meant for {got}, not for `{wanted}` alone")]
    Audience { wanted: String, got: String },
    /// `azp` is another client (B9.11).
    #[error("the ID token was issued to {got}, not to `{wanted}`")]
    AuthorizedParty { wanted: String, got: String },
    /// `alg` is not accepted (Core §3.1.3.7 (7), RFC 8725 §3.1).
    #[error("the ID token is signed with {got}, accepted is {wanted}")]
    Algorithm { wanted: String, got: String },
    /// The signature is not that of the key (Core §3.1.3.7 (6)).
    #[error("the ID token's signature is not the provider's")]
    Signature,
    /// The key is unknown, also after fetching the keys again (Core §10.1.1).
    #[error("the ID token is signed with a key that the provider does not publish")]
    UnknownKey,
    /// The key is too short (RFC 7518 §3.3).
    #[error(
        "the ID token is signed with a key that is too weak: {bits} bits, at least {} are required",
        keys::MIN_RSA_BITS
    )]
    WeakKey { bits: usize },
    /// The keys could not be fetched.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// `exp` has passed (Core §3.1.3.7 (9)).
    #[error("the ID token expired {seconds} s ago")]
    Expired {
        /// How long ago, seconds.
        seconds: i64,
    },
    /// `nbf` lies in the future (RFC 7519 §4.1.5).
    #[error("the ID token is not valid before {seconds} s from now")]
    NotYetValid {
        /// How long until then, seconds.
        seconds: i64,
    },
    /// `iat` lies in the future (B9.14).
    #[error("the ID token was issued {seconds} s in the future")]
    IssuedInFuture {
        /// How far ahead, seconds.
        seconds: i64,
    },
    /// `iat` lies before the attempt (B9.14).
    #[error("the ID token was issued {seconds} s before this attempt began")]
    IssuedBefore {
        /// How long before, seconds.
        seconds: i64,
    },
    /// A claim that must be there is not, or has another type.
    #[error("the ID token's `{claim}` is {got}")]
    Claim {
        claim: &'static str,
        /// "missing", or what came.
        got: String,
    },
    /// `nonce` is not ours (Core §3.1.3.7 (11)).
    #[error("the ID token's nonce is not the one of this attempt")]
    Nonce,
    /// The `auth_req_id` is that of another request (CIBA §10.3.1).
    #[error("the ID token's auth_req_id is not the one of this attempt")]
    AuthReqId,
    /// `at_hash` is that of another access token (Core §3.1.3.6).
    #[error("the ID token's at_hash does not belong to the access token")]
    AccessTokenHash,
}

impl From<NotMade> for IdTokenError {
    fn from(not_made: NotMade) -> Self {
        match not_made {
            NotMade::Bad => Self::Signature,
            NotMade::NoKey => Self::UnknownKey,
            NotMade::TooShort(bits) => Self::WeakKey { bits },
        }
    }
}

/// Runs every check; what comes out is authentic.
pub fn verify(
    token: &str,
    expected: &Expected<'_>,
    source: &KeySource,
) -> Result<AuthenticationEvent, IdTokenError> {
    let jws = UnverifiedJws::parse(token)?;
    plain_header(&jws.header)?;
    issuer(&jws.claims, expected)?;
    audience(&jws.claims, expected)?;
    authorized_party(&jws.claims, expected)?;
    let alg = algorithm(&jws.header, expected.algs)?;
    let maker = signature(&jws, &alg, source)?;
    times(&jws.claims, expected)?;
    bound(&jws.claims, expected.binding)?;
    access_token_hash(&jws.claims, &alg, expected)?;
    let event = AuthenticationEvent::assertion(facts(&jws.claims)?);
    Ok(event.with_token(Signed {
        id_token: token.to_owned(),
        key: maker.jwk,
        jwks_uri: source.url().to_owned(),
        fetched_at: maker.fetched_at,
        received_at: expected.now,
        salt: None,
    }))
}

/// The event of a token whose every check was made again, as evidence is verified. It makes no proof: nobody can
/// submit what was signed for an approval of the past.
pub(crate) fn reverified(claims: &Map<String, Value>) -> Result<AuthenticationEvent, IdTokenError> {
    facts(claims).map(AuthenticationEvent::assertion)
}

/// When the token expires, seconds since the epoch, if it says so.
pub(crate) fn expiry(claims: &Map<String, Value>) -> Option<i64> {
    instant(claims, "exp").ok()
}

/// RFC 7515 §4.1.11: a critical extension we do not know must be refused; we know none. RFC 8725 §3.11:
/// a token that says it is of another kind is.
pub(crate) fn plain_header(header: &Map<String, Value>) -> Result<(), IdTokenError> {
    if header.contains_key("crit") {
        return Err(IdTokenError::Header("crit"));
    }
    match header.get("typ").map(Value::as_str) {
        None => Ok(()),
        Some(Some(typ)) if typ.eq_ignore_ascii_case("JWT") => Ok(()),
        Some(Some(typ)) if typ.eq_ignore_ascii_case("application/jwt") => Ok(()),
        Some(_) => Err(IdTokenError::Header("typ")),
    }
}

/// Core §3.1.3.7 (2): exactly the issuer that was asked.
pub(crate) fn issuer(
    claims: &Map<String, Value>,
    expected: &Expected<'_>,
) -> Result<(), IdTokenError> {
    match claims.get("iss") {
        Some(Value::String(iss)) if iss == expected.issuer => Ok(()),
        other => Err(IdTokenError::Issuer {
            wanted: expected.issuer.to_owned(),
            got: shown(other),
        }),
    }
}

/// B9.10: exactly our client id, as a string or as an array of one.
pub(crate) fn audience(
    claims: &Map<String, Value>,
    expected: &Expected<'_>,
) -> Result<(), IdTokenError> {
    let ours = |value: &Value| value.as_str() == Some(expected.client_id);
    let aud = claims.get("aud");
    let alone = match aud {
        Some(Value::Array(audiences)) => matches!(audiences.as_slice(), [only] if ours(only)),
        Some(value) => ours(value),
        None => false,
    };
    if alone {
        return Ok(());
    }
    Err(IdTokenError::Audience {
        wanted: expected.client_id.to_owned(),
        got: shown(aud),
    })
}

/// B9.11: if it is there it is us. With several audiences it would be required, but those are refused.
pub(crate) fn authorized_party(
    claims: &Map<String, Value>,
    expected: &Expected<'_>,
) -> Result<(), IdTokenError> {
    match claims.get("azp") {
        None => Ok(()),
        Some(Value::String(azp)) if azp == expected.client_id => Ok(()),
        other => Err(IdTokenError::AuthorizedParty {
            wanted: expected.client_id.to_owned(),
            got: shown(other),
        }),
    }
}

/// Core §3.1.3.7 (7), RFC 8725 §3.1: the header chooses only among what the configuration accepts.
pub(crate) fn algorithm(
    header: &Map<String, Value>,
    accepted: &[CoreJwsSigningAlgorithm],
) -> Result<CoreJwsSigningAlgorithm, IdTokenError> {
    let named = header.get("alg");
    let alg = named.and_then(|alg| serde_json::from_value(alg.clone()).ok());
    match alg {
        Some(alg) if accepted.contains(&alg) => Ok(alg),
        _ => Err(IdTokenError::Algorithm {
            wanted: accepted
                .iter()
                .map(|alg| format!("`{}`", algorithm_name(alg)))
                .collect::<Vec<_>>()
                .join(" or "),
            got: shown(named),
        }),
    }
}

/// Core §3.1.3.7 (6) and §10.1.1: an unknown key is looked for once more in fresh keys.
pub(super) fn signature(
    jws: &UnverifiedJws<'_>,
    alg: &CoreJwsSigningAlgorithm,
    source: &KeySource,
) -> Result<Maker, IdTokenError> {
    let kid = match jws.header.get("kid") {
        None => None,
        Some(Value::String(kid)) => Some(kid.as_str()),
        Some(_) => return Err(IdTokenError::Header("kid")),
    };
    let check = |keys: Arc<keys::Keys>| keys.verify(kid, alg, jws.signing_input, &jws.signature);
    let mut made = check(source.keys()?);
    if matches!(made, Err(NotMade::NoKey)) {
        made = check(source.fetch_again()?);
    }
    made.map_err(IdTokenError::from)
}

/// `exp` (Core §3.1.3.7 (9)), `nbf` (RFC 7519 §4.1.5) and `iat` (B9.14).
pub(crate) fn times(
    claims: &Map<String, Value>,
    expected: &Expected<'_>,
) -> Result<(), IdTokenError> {
    let exp = instant(claims, "exp")?;
    if exp <= expected.now.saturating_sub(expected.skew) {
        return Err(IdTokenError::Expired {
            seconds: expected.now.saturating_sub(exp),
        });
    }
    if claims.contains_key("nbf") {
        let nbf = instant(claims, "nbf")?;
        if nbf > expected.now.saturating_add(expected.skew) {
            return Err(IdTokenError::NotYetValid {
                seconds: nbf.saturating_sub(expected.now),
            });
        }
    }
    let iat = instant(claims, "iat")?;
    if iat > expected.now.saturating_add(expected.skew) {
        return Err(IdTokenError::IssuedInFuture {
            seconds: iat.saturating_sub(expected.now),
        });
    }
    if iat < expected.started.saturating_sub(expected.skew) {
        return Err(IdTokenError::IssuedBefore {
            seconds: expected.started.saturating_sub(iat),
        });
    }
    Ok(())
}

/// The nonce (Core §3.1.3.7 (11)), or the `auth_req_id` where the token has one (CIBA §10.3.1).
fn bound(claims: &Map<String, Value>, binding: Binding<'_>) -> Result<(), IdTokenError> {
    match binding {
        Binding::Nonce(ours) => match claims.get("nonce").and_then(Value::as_str) {
            Some(nonce) if nonce == ours => Ok(()),
            _ => Err(IdTokenError::Nonce),
        },
        Binding::AuthReqId(ours) => match claims.get(AUTH_REQ_ID) {
            None => Ok(()),
            Some(Value::String(id)) if id == ours => Ok(()),
            Some(_) => Err(IdTokenError::AuthReqId),
        },
    }
}

/// `at_hash` is optional in the code flow; if it is there it must fit (Core §3.1.3.6).
fn access_token_hash(
    claims: &Map<String, Value>,
    alg: &CoreJwsSigningAlgorithm,
    expected: &Expected<'_>,
) -> Result<(), IdTokenError> {
    let Some(at_hash) = claims.get("at_hash") else {
        return Ok(());
    };
    let fits = keys::hashes(alg, expected.access_token.as_bytes())
        .iter()
        .filter_map(|hash| hash.get(..hash.len() / 2))
        .any(|left_half| at_hash.as_str() == Some(&BASE64_URL_SAFE_NO_PAD.encode(left_half)));
    if fits {
        Ok(())
    } else {
        Err(IdTokenError::AccessTokenHash)
    }
}

/// The verified facts. Unknown claims are ignored (B9.22); `acr`, `amr` and `auth_time` of a wrong type are
/// kept as such, for the judge to refuse.
fn facts(claims: &Map<String, Value>) -> Result<Facts, IdTokenError> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
    let subject = text("sub")
        .filter(|sub| !sub.is_empty() && sub.len() <= MAX_SUBJECT)
        .ok_or_else(|| unusable(claims, "sub"))?;
    Ok(Facts {
        issuer: text("iss").unwrap_or_default(),
        subject,
        acr: claim(claims, "acr", |value| value.as_str().map(str::to_owned)),
        acrs: claim(claims, "acrs", strings),
        amr: claim(claims, "amr", strings),
        auth_time: claim(claims, "auth_time", seconds),
        issued_at: instant(claims, "iat")?,
        email: nonempty(claims, "email"),
        email_verified: email_verified(claims),
        preferred_username: nonempty(claims, "preferred_username"),
        userinfo: UserInfo::NotAsked,
    })
}

/// A name of a person; an empty one is none (Core §5.3.2 has such claims left out).
pub(crate) fn nonempty(claims: &Map<String, Value>, name: &str) -> Claim<String> {
    match claims.get(name) {
        Some(Value::String(text)) if text.is_empty() => Claim::Absent,
        _ => claim(claims, name, |value| value.as_str().map(str::to_owned)),
    }
}

/// Core §5.1 makes it a boolean; providers are seen to quote it. Null is there, and is not `true`.
pub(crate) fn email_verified(claims: &Map<String, Value>) -> EmailVerified {
    match claims.get("email_verified") {
        None => EmailVerified::Unsaid,
        Some(Value::Bool(true)) => EmailVerified::Yes,
        Some(Value::String(text)) if text == "true" => EmailVerified::Yes,
        Some(other) => EmailVerified::No(raw(other)),
    }
}

fn claim<T>(
    claims: &Map<String, Value>,
    name: &str,
    read: impl Fn(&Value) -> Option<T>,
) -> Claim<T> {
    match claims.get(name) {
        None | Some(Value::Null) => Claim::Absent,
        Some(value) => read(value).map_or_else(|| Claim::Malformed(raw(value)), Claim::Present),
    }
}

fn strings(value: &Value) -> Option<Vec<String>> {
    let items = value.as_array()?;
    items
        .iter()
        .map(|item| item.as_str().map(str::to_owned))
        .collect()
}

fn instant(claims: &Map<String, Value>, name: &'static str) -> Result<i64, IdTokenError> {
    claims
        .get(name)
        .and_then(seconds)
        .ok_or_else(|| unusable(claims, name))
}

/// A NumericDate (RFC 7519 §2): a JSON number that may have a fraction, which is dropped. Saturates.
#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` saturates, which is what a far-off time needs"
)]
fn seconds(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_f64().map(|number| number.floor() as i64))
}

fn unusable(claims: &Map<String, Value>, claim: &'static str) -> IdTokenError {
    IdTokenError::Claim {
        claim,
        got: shown(claims.get(claim)),
    }
}

/// A value for a message: strings in backticks, anything else as JSON, long ones cut.
pub(super) fn shown(value: Option<&Value>) -> String {
    match value {
        None => "missing".into(),
        Some(Value::String(text)) => format!("`{}`", cut(text)),
        Some(other) => raw(other),
    }
}

fn raw(value: &Value) -> String {
    cut(&value.to_string())
}

fn cut(text: &str) -> String {
    const MOST: usize = 120;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain("...".chars()).collect()
}

#[cfg(test)]
mod properties;
