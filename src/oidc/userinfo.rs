//! `UserInfo` (OpenID Connect Core §5.3): asked who signed in where the ID token lacks the claim that is compared
//! (Core §5.4 lets a provider put it there alone), before the access token goes anywhere else (B9.19).
//!
//! The answer counts only for the `sub` of the ID token (§5.3.2). It says nothing about when or how somebody
//! signed in, and is not asked that.

use openidconnect::http::{Request, Response, header};
use serde_json::{Map, Value};
use url::Url;

use super::id_token::{self, IdTokenError};
use super::jose::{self, UnverifiedJws};
use super::keys::KeysError;
use super::relying_party::RelyingParty;
use crate::adapters::http::{HttpError, Repeat, media_type};
use crate::adapters::protected;
use crate::domain::event::{AuthenticationEvent, Names, UserInfo};
use crate::domain::person::SubjectRule;
use crate::domain::proof::StepUpToken;

/// Why `UserInfo`'s answer is none.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UserInfoError {
    /// No answer.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Neither an answer nor a refusal of the token.
    #[error("UserInfo answered HTTP {0}")]
    Status(u16),
    /// Neither a JSON object nor a JWT of one.
    #[error("UserInfo's answer cannot be read: {0}")]
    Unreadable(String),
    /// The keys for a signed answer could not be fetched.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// It has no `sub`, which it must have (Core §5.3.2).
    #[error("UserInfo does not say whom it is about (it has no `sub`)")]
    NoSubject,
    /// Its `sub` is not the ID token's: it must not be used (Core §5.3.2).
    #[error("UserInfo is about another person than the ID token")]
    AnotherSubject,
    /// Another algorithm than the entry accepts.
    #[error("UserInfo is signed with {got}, accepted is {wanted}")]
    Algorithm { wanted: String, got: String },
    /// A header that changes what the answer means (RFC 7515 §4.1.11).
    #[error("UserInfo's header has an unacceptable `{0}`")]
    Header(&'static str),
    /// The signature is not that of a key of the provider.
    #[error("UserInfo's signature is not the provider's")]
    Signature,
    /// A signed answer of somebody else.
    #[error("UserInfo was issued by {got}, not by `{wanted}`")]
    Issuer { wanted: String, got: String },
    /// A signed answer for somebody else.
    #[error("UserInfo is meant for {got}, not for `{wanted}`")]
    Audience { wanted: String, got: String },
}

impl From<IdTokenError> for UserInfoError {
    /// What can be wrong with a signature, whatever is signed.
    fn from(error: IdTokenError) -> Self {
        match error {
            IdTokenError::Algorithm { wanted, got } => Self::Algorithm { wanted, got },
            IdTokenError::Signature | IdTokenError::UnknownKey | IdTokenError::WeakKey { .. } => {
                Self::Signature
            }
            IdTokenError::Keys(error) => Self::Keys(error),
            IdTokenError::Header(name) => Self::Header(name),
            other => Self::Unreadable(other.to_string()),
        }
    }
}

/// The event with the claim of this rule, if the ID token lacks it and `UserInfo` has it. `None`, and nothing is
/// asked: nobody is compared.
pub(super) fn complete(
    relying_party: &RelyingParty,
    rule: Option<SubjectRule>,
    event: AuthenticationEvent,
    token: &StepUpToken,
) -> Result<AuthenticationEvent, UserInfoError> {
    if rule.is_none_or(|rule| rule.is_in(event.facts())) {
        return Ok(event);
    }
    let Some(endpoint) = relying_party.metadata.userinfo_endpoint() else {
        return Ok(event.with_userinfo(UserInfo::NotOffered, None));
    };
    let answer = ask(relying_party, endpoint.url(), token)?;
    let status = answer.status().as_u16();
    match status {
        200 => {}
        // The token's audience is the API: a provider may keep UserInfo for tokens of its own.
        401 | 403 => return Ok(event.with_userinfo(UserInfo::Refused(status), None)),
        _ => return Err(UserInfoError::Status(status)),
    }
    let claims = read(relying_party, &answer)?;
    match claims.get("sub") {
        Some(Value::String(sub)) if *sub == event.facts().subject => {}
        None => return Err(UserInfoError::NoSubject),
        Some(_) => return Err(UserInfoError::AnotherSubject),
    }
    let names = Names {
        email: id_token::nonempty(&claims, "email"),
        email_verified: id_token::email_verified(&claims),
        preferred_username: id_token::nonempty(&claims, "preferred_username"),
    };
    Ok(event.with_userinfo(UserInfo::Answered, Some(names)))
}

fn ask(
    relying_party: &RelyingParty,
    endpoint: &Url,
    token: &StepUpToken,
) -> Result<Response<Vec<u8>>, UserInfoError> {
    let request = Request::get(endpoint.as_str())
        .header(header::ACCEPT, "application/json, application/jwt")
        .header(header::AUTHORIZATION, token.authorization())
        .body(Vec::new())
        .map_err(|error| UserInfoError::Unreadable(error.to_string()))?;
    let http = &relying_party.http;
    Ok(protected::with_token(
        http,
        &request,
        endpoint,
        token,
        Repeat::Busy,
    )?)
}

/// The claims of an answer in either form (Core §5.3.2). What came is not shown: it is about a person.
fn read(
    relying_party: &RelyingParty,
    answer: &Response<Vec<u8>>,
) -> Result<Map<String, Value>, UserInfoError> {
    let unreadable = |why: &str| UserInfoError::Unreadable(why.to_owned());
    match media_type(answer).as_str() {
        "application/jwt" => {
            let jwt = std::str::from_utf8(answer.body());
            signed(
                relying_party,
                jwt.map_err(|_| unreadable("it is not text"))?.trim(),
            )
        }
        "" | "application/json" => match jose::parse_document(answer.body()) {
            Ok(Value::Object(claims)) => Ok(claims),
            Ok(_) => Err(unreadable("it is not a JSON object")),
            Err(error) if error.is_data() => Err(unreadable(&error.to_string())),
            Err(_) => Err(unreadable("it is not JSON")),
        },
        named => {
            let named: String = named.chars().take(64).collect();
            Err(unreadable(&format!(
                "it is called `{named}`, which is neither JSON nor a JWT"
            )))
        }
    }
}

/// A signed answer: with a key of the provider, and for nobody else. `iss` and `aud` should be there, and count
/// if they are; that it is about this sign-in is for `sub` to say.
fn signed(relying_party: &RelyingParty, jwt: &str) -> Result<Map<String, Value>, UserInfoError> {
    let registration = &relying_party.registration;
    let unreadable = |error: jose::NotJws| UserInfoError::Unreadable(error.to_string());
    let jws = UnverifiedJws::parse(jwt).map_err(unreadable)?;
    id_token::plain_header(&jws.header)?;
    let alg = id_token::algorithm(&jws.header, &registration.id_token_algs)?;
    id_token::signature(&jws, &alg, &relying_party.keys)?;
    match jws.claims.get("iss") {
        None => {}
        Some(Value::String(iss)) if *iss == registration.issuer => {}
        other => {
            return Err(UserInfoError::Issuer {
                wanted: registration.issuer.clone(),
                got: id_token::shown(other),
            });
        }
    }
    let ours = |value: &Value| value.as_str() == Some(&registration.client_id);
    match jws.claims.get("aud") {
        None => {}
        Some(Value::Array(audiences)) if audiences.iter().any(ours) => {}
        Some(audience) if ours(audience) => {}
        other => {
            return Err(UserInfoError::Audience {
                wanted: registration.client_id.clone(),
                got: id_token::shown(other),
            });
        }
    }
    Ok(jws.claims)
}
