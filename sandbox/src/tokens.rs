//! Step-up access tokens: the provider mints them, the API verifies them (RFC 9068, duty B8), and a code
//! used twice revokes them (B15.2).
//!
//! They always tell the truth. The switches that falsify an answer falsify the ID token, so that only the
//! client's own checks stand between a bad sign-in and an approval.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Elsewhere;
use super::basics::{locked, now};
use super::foreign::Foreign;
use super::jwt::Jwt;
use super::keys::{Alg, Keys};
use super::provider::{API_CLIENT, PUBLIC_CLIENT};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct AccessClaims {
    pub(crate) iss: String,
    pub(crate) aud: String,
    pub(crate) sub: String,
    pub(crate) client_id: String,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
    pub(crate) jti: String,
    /// RFC 9068 §2.2.1 makes these three optional; without them nothing is proven.
    #[serde(default)]
    pub(crate) acr: String,
    #[serde(default)]
    pub(crate) amr: Vec<String>,
    /// Microsoft Entra's authentication contexts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) acrs: Vec<String>,
    /// `cp1`, if the client understands claims challenges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) xms_cc: Vec<String>,
    #[serde(default)]
    pub(crate) auth_time: i64,
    #[serde(default)]
    pub(crate) scope: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
    /// The key without which the token is of no use (RFC 9449 section 6.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cnf: Option<Confirmation>,
}

/// RFC 7800, RFC 9449 section 6.1.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Confirmation {
    pub(crate) jkt: String,
}

/// The registry both servers share.
pub(crate) struct Tokens {
    pub(crate) keys: Keys,
    issuer: String,
    /// The API's URL.
    audience: String,
    lifetime: i64,
    revoked: Mutex<HashSet<String>>,
    /// An issuer elsewhere whose tokens approve as well.
    trusted: Option<Foreign>,
    /// Its tokens say too little: whose they are is asked at its `UserInfo`.
    by_userinfo: bool,
}

impl Tokens {
    /// Tokens of this issuer for this API, living so many seconds.
    pub(crate) fn new(issuer: &str, audience: &str, lifetime: u64, trusted: Option<&str>) -> Self {
        Self {
            keys: Keys::new(Alg::Rs256),
            issuer: issuer.to_owned(),
            audience: audience.to_owned(),
            lifetime: i64::try_from(lifetime).unwrap_or(i64::MAX),
            revoked: Mutex::default(),
            trusted: trusted.map(|issuer| Foreign::new(issuer, None)),
            by_userinfo: false,
        }
    }

    /// Tokens of a provider elsewhere, and no others.
    pub(crate) fn of(
        elsewhere: &Elsewhere,
        audience: &str,
        lifetime: u64,
        by_userinfo: bool,
    ) -> Self {
        let Elsewhere { issuer, client_id } = elsewhere;
        Self {
            trusted: Some(Foreign::new(issuer, Some(client_id))),
            by_userinfo,
            ..Self::new(issuer, audience, lifetime, None)
        }
    }

    /// Whether the tokens say nothing about the sign-in, so that acr and age are the client's alone to verify.
    pub(crate) const fn say_nothing(&self) -> bool {
        self.by_userinfo
    }

    /// Begins to make the keys, which takes a while.
    pub(crate) fn prepare_keys(tokens: &Arc<Self>) {
        let tokens = Arc::clone(tokens);
        std::thread::spawn(move || tokens.keys.prepare());
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The API's own name, its URL.
    pub(crate) fn audience(&self) -> &str {
        &self.audience
    }

    pub(crate) fn client_id(&self) -> &str {
        let elsewhere = self.trusted.as_ref().and_then(Foreign::client_id);
        elsewhere.unwrap_or(PUBLIC_CLIENT)
    }

    /// The client that the API is, as relying party.
    pub(crate) fn api_client_id(&self) -> &str {
        let elsewhere = self.trusted.as_ref().and_then(Foreign::client_id);
        elsewhere.unwrap_or(API_CLIENT)
    }

    /// Whether this is a trusted issuer's name, and not our own provider's.
    pub(crate) fn is_foreign(&self, issuer: &str) -> bool {
        self.foreign(issuer).is_some()
    }

    fn foreign(&self, issuer: &str) -> Option<&Foreign> {
        self.trusted.as_ref().filter(|foreign| foreign.is(issuer))
    }

    /// The keys of the issuer, ours or the one elsewhere.
    pub(crate) fn jwks(&self) -> Result<Value, &'static str> {
        match self.foreign(&self.issuer) {
            Some(foreign) => foreign.keys(),
            None => Ok(self.keys.jwks(false, false)),
        }
    }

    /// How long a new token lives, in seconds.
    pub(crate) const fn lifetime(&self) -> i64 {
        self.lifetime
    }

    /// Fills in what every token has in common: issuer, audience, times.
    pub(crate) fn complete(&self, claims: AccessClaims) -> AccessClaims {
        AccessClaims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            iat: now(),
            exp: now().saturating_add(self.lifetime),
            ..claims
        }
    }

    /// The signed token (RFC 9068 §2).
    pub(crate) fn mint(&self, claims: &AccessClaims) -> String {
        self.keys.sign_as("at+jwt", &json!(claims))
    }

    /// Withdraws a token before its time.
    pub(crate) fn revoke(&self, jti: &str) {
        locked(&self.revoked).insert(jti.to_owned());
    }

    /// The resource server's checks of RFC 9068 §4. The error says which one failed.
    pub(crate) fn verify(&self, token: &str) -> Result<AccessClaims, &'static str> {
        if let Some(foreign) = self.trusted.as_ref().filter(|_| self.by_userinfo) {
            return told_by(foreign, token);
        }
        let jwt = Jwt::read(token)?;
        if let Some(foreign) = self.foreign(jwt.issuer()) {
            return self.verify_foreign(&jwt, foreign);
        }
        if !jwt.signed_by(&self.keys.jwks(false, false), &[self.keys.usual().name()])? {
            return Err("the token's signature is not valid");
        }
        let claims: AccessClaims = jwt.claims(&self.audience)?;
        if claims.iss != self.issuer {
            return Err("the token has another issuer");
        }
        self.accept(claims)
    }

    fn verify_foreign(&self, jwt: &Jwt, issuer: &Foreign) -> Result<AccessClaims, &'static str> {
        if !jwt.signed_by(&issuer.keys()?, &["RS256", "PS256", "ES256"])? {
            return Err("the token's signature is not valid");
        }
        let claims: AccessClaims = jwt.claims(&self.audience)?;
        if issuer.client_id().is_some_and(|id| id != claims.client_id) {
            return Err("the token was given to another client");
        }
        self.accept(claims)
    }

    fn accept(&self, claims: AccessClaims) -> Result<AccessClaims, &'static str> {
        if claims.exp <= now() {
            return Err("the token has expired");
        }
        if locked(&self.revoked).contains(&claims.jti) {
            return Err("the token was revoked");
        }
        Ok(claims)
    }
}

/// What `UserInfo` says of a token, opaque or not (OIDC Core section 5.3).
fn told_by(issuer: &Foreign, token: &str) -> Result<AccessClaims, &'static str> {
    let metadata = issuer.metadata()?;
    let text = |document: &Value, name: &str| {
        let text = document.get(name).and_then(Value::as_str);
        text.map(str::to_owned)
    };
    let told = text(&metadata, "userinfo_endpoint").and_then(|url| issuer.get_as(&url, token));
    let told = told.ok_or("the issuer's UserInfo could not be read")?;
    Ok(AccessClaims {
        iss: issuer.issuer().to_owned(),
        sub: text(&told, "sub").ok_or("the issuer does not know the token")?,
        email: text(&told, "email"),
        jti: token.to_owned(),
        ..AccessClaims::default()
    })
}
