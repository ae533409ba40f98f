//! Evidence as it is made: of a receipt, and of the sign-in that it rests on.

use serde_json::{Map, Value};

use super::document::{GrantedWord, PublishedKey, SignInMembers, UserInfoWord};
use super::members::{LARGEST, SCHEMA};
use crate::domain::ceremony::Ceremony;
use crate::domain::commitment::Committed;
use crate::domain::event::{AuthenticationEvent, EmailVerified, Facts, Signed, UserInfo};
use crate::domain::salt::Salt;
use crate::oidc::jose::UnverifiedJws;
use crate::oidc::public_key::{public_members, thumbprint};

/// Whose word an answer is that has no signature: that of `UserInfo`, and that of the token endpoint.
pub(super) const UNSIGNED: &str = "the provider's word over TLS, unsigned";

/// What is known of a sign-in when its approval is in, all but the receipt.
#[derive(Clone, Debug)]
pub(crate) struct Made(Value);

/// The evidence of a sign-in, which will be joined to its receipt. `None` where no token came of it.
pub(crate) fn made(
    ceremony: Ceremony,
    committed: &Committed,
    event: &AuthenticationEvent,
) -> Option<Made> {
    let signed = event.signed()?;
    let members = SignInMembers {
        salt: signed.salt.as_ref().map(Salt::reveal),
        id_token: signed.id_token.clone(),
        received_at: signed.received_at,
        key: key(signed)?,
        terms: committed.terms().clone(),
        userinfo: userinfo(event.facts(), signed),
        authorization_details: event.granted().map(|granted| GrantedWord {
            label: UNSIGNED.to_owned(),
            answer: granted.answer.clone(),
        }),
    };
    let Value::Object(mut document) = serde_json::to_value(members).ok()? else {
        return None;
    };
    document.insert("statement".into(), committed.statement().clone());
    Some(Made::of(ceremony, document))
}

impl Made {
    /// Of these members, beside which stand those that every document has.
    pub(super) fn of(ceremony: Ceremony, mut document: Map<String, Value>) -> Self {
        document.insert("schema".into(), SCHEMA.into());
        document.insert("stepup".into(), env!("CARGO_PKG_VERSION").into());
        document.insert("ceremony".into(), ceremony.word().into());
        Self(Value::Object(document))
    }

    #[must_use]
    pub(crate) fn with_receipt(mut self, receipt: Value) -> Self {
        if let Some(members) = self.0.as_object_mut() {
            members.insert("receipt".into(), receipt);
        }
        self
    }

    /// Everything but the ID token: the part that must hold no secret.
    pub(crate) fn beside_the_token(&self) -> String {
        let mut rest = self.0.clone();
        if let Some(members) = rest.as_object_mut() {
            members.remove("id_token");
        }
        rest.to_string()
    }

    /// The whole document; `None` where it is larger than a reader takes.
    pub(crate) fn document(&self) -> Option<Vec<u8>> {
        let document = serde_json::to_vec(&self.0).ok()?;
        (document.len() <= LARGEST).then_some(document)
    }
}

fn key(signed: &Signed) -> Option<PublishedKey> {
    let jwk = public_members(&signed.key);
    Some(PublishedKey {
        thumbprint: thumbprint(&jwk)?,
        jwk,
        jwks_uri: signed.jwks_uri.clone(),
        fetched_at: signed.fetched_at,
    })
}

/// The names that `UserInfo` told and the ID token does not have.
fn userinfo(facts: &Facts, signed: &Signed) -> Option<UserInfoWord> {
    if facts.userinfo != UserInfo::Answered {
        return None;
    }
    let jws = UnverifiedJws::parse(&signed.id_token).ok()?;
    let of_token = |name: &str| {
        let own = jws.claims.get(name).and_then(Value::as_str);
        own.is_some_and(|own| !own.is_empty())
    };
    let mut claims = Map::new();
    claims.insert("sub".into(), facts.subject.as_str().into());
    if let Some(email) = facts.email.present().filter(|_| !of_token("email")) {
        claims.insert("email".into(), email.as_str().into());
        let verified = match &facts.email_verified {
            EmailVerified::Yes => Some(true.into()),
            EmailVerified::No(said) => {
                Some(serde_json::from_str(said).unwrap_or_else(|_| said.as_str().into()))
            }
            EmailVerified::Unsaid => None,
        };
        claims.extend(verified.map(|verified| ("email_verified".to_owned(), verified)));
    }
    let username = facts.preferred_username.present();
    if let Some(name) = username.filter(|_| !of_token("preferred_username")) {
        claims.insert("preferred_username".into(), name.as_str().into());
    }
    Some(UserInfoWord {
        label: UNSIGNED.to_owned(),
        claims: claims.into(),
    })
}
