//! The API as a relying party: the browser leg of a hosted step-up, from the authorization request to the
//! verified ID token (OIDC Core section 3.1, RFC 7636, RFC 9207).
//!
//! Apart from the keys' arithmetic nothing here is shared with the client under test, so that neither
//! hides a mistake of the other.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::basics::{now, random};
use super::foreign::Foreign;
use super::http::Params;
use super::jwt::Jwt;
use super::keys::encode;

/// Seconds that the clocks of provider and API may differ.
const LEEWAY: i64 = 10;

/// A registration at an OpenID provider.
pub(crate) struct RelyingParty {
    provider: Foreign,
    /// Who signed the provider's certificate, if not one whom the system trusts.
    authority: Option<String>,
    client_id: String,
    /// None for a public client.
    secret: Option<String>,
    redirect_uri: String,
    /// Any one of them suffices; none, and a fresh sign-in is all that is asked for.
    acr_values: Vec<String>,
    /// Authentication contexts, asked for by the `claims` parameter; any one suffices.
    contexts: Vec<String>,
}

/// One sign-in that is under way: what its answer has to fit.
pub(crate) struct PendingAuthorization {
    pub(crate) state: String,
    nonce: String,
    verifier: String,
    started: i64,
}

pub(crate) struct VerifiedSignIn {
    pub(crate) subject: String,
    pub(crate) email: Option<String>,
    pub(crate) issuer: String,
    /// `acr`, `acrs`, `amr`, `auth_time` and `iss`, as the provider sent them.
    pub(crate) claims: Value,
}

/// The claims that are looked at. A missing one is a refusal where it matters.
#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    /// Entra's name of a person that is the same for every client (providers.md A3).
    oid: Option<String>,
    exp: i64,
    iat: i64,
    azp: Option<String>,
    nonce: Option<String>,
    acr: Option<String>,
    auth_time: Option<i64>,
    email: Option<String>,
}

impl RelyingParty {
    pub(crate) fn new(
        issuer: &str,
        client_id: &str,
        secret: Option<&str>,
        redirect_uri: &str,
        authority: Option<&str>,
    ) -> Self {
        Self {
            provider: Foreign::new(issuer, None).signed_by(authority),
            authority: authority.map(str::to_owned),
            client_id: client_id.to_owned(),
            secret: secret.map(str::to_owned),
            redirect_uri: redirect_uri.to_owned(),
            acr_values: Vec::new(),
            contexts: Vec::new(),
        }
    }

    /// This relying party, with another registration where one is given. A secret belongs to its client.
    pub(crate) fn at(
        &self,
        issuer: Option<&str>,
        client_id: Option<&str>,
        secret: Option<&str>,
    ) -> Self {
        let same = issuer.is_none() && client_id.is_none();
        let own = self.secret.as_deref().filter(|_| same);
        Self::new(
            issuer.unwrap_or_else(|| self.provider.issuer()),
            client_id.unwrap_or(&self.client_id),
            secret.or(own),
            &self.redirect_uri,
            self.authority.as_deref(),
        )
    }

    pub(crate) fn demanding(self, acr_values: Vec<String>, contexts: Vec<String>) -> Self {
        Self {
            acr_values,
            contexts,
            ..self
        }
    }

    /// Where to send the browser, and what to remember. A fresh sign-in is demanded each time.
    pub(crate) fn begin(
        &self,
        login_hint: &str,
    ) -> Result<(Url, PendingAuthorization), &'static str> {
        let pending = PendingAuthorization {
            state: random(43),
            nonce: random(43),
            verifier: random(64),
            started: now(),
        };
        let metadata = self.provider.metadata()?;
        let mut url = endpoint(&metadata, "authorization_endpoint")?;
        url.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect_uri),
            ("scope", "openid email"),
            ("state", &pending.state),
            ("nonce", &pending.nonce),
            (
                "code_challenge",
                &encode(&Sha256::digest(&pending.verifier)),
            ),
            ("code_challenge_method", "S256"),
            ("max_age", "0"),
            ("login_hint", login_hint),
        ]);
        if !self.acr_values.is_empty() {
            let values = self.acr_values.join(" ");
            url.query_pairs_mut().append_pair("acr_values", &values);
        }
        if !self.contexts.is_empty() {
            let acrs = json!({"essential": true, "values": self.contexts});
            let claims = json!({"id_token": {"acrs": acrs}}).to_string();
            url.query_pairs_mut().append_pair("claims", &claims);
        }
        Ok((url, pending))
    }

    /// Redeems and verifies the answer to an attempt, whose `state` the caller has found it by.
    pub(crate) fn finish(
        &self,
        pending: &PendingAuthorization,
        answer: &Params,
    ) -> Result<VerifiedSignIn, String> {
        if answer.repeated().is_some() {
            return Err("the identity provider's answer repeats a parameter".to_owned());
        }
        let metadata = self.provider.metadata()?;
        // RFC 9207 §2.4: also for an error.
        let announced = metadata.get("authorization_response_iss_parameter_supported");
        match answer.get("iss") {
            Some(issuer) if self.provider.is(issuer) => {}
            None if announced != Some(&Value::Bool(true)) => {}
            _ => return Err("the answer is from another issuer".to_owned()),
        }
        if let Some(error) = answer.get("error") {
            let description = answer.get("error_description").unwrap_or_default();
            return Err(format!(
                "the identity provider refused: {error} {description}"
            ));
        }
        let code = answer
            .get("code")
            .ok_or("the identity provider sent no code")?;
        let token = self.redeem(&metadata, code, &pending.verifier)?;
        Ok(self.verify(&token, pending)?)
    }

    /// The ID token for a code (RFC 6749 §4.1.3).
    fn redeem(&self, metadata: &Value, code: &str, verifier: &str) -> Result<String, String> {
        let url = endpoint(metadata, "token_endpoint")?;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.redirect_uri),
            ("client_id", &self.client_id),
            ("code_verifier", verifier),
        ];
        if let Some(secret) = &self.secret {
            form.push(("client_secret", secret));
        }
        let answer = self.provider.post(url.as_str(), &form);
        let (status, body) = answer.ok_or("the token endpoint did not answer in JSON")?;
        if status != 200 {
            let text = |name: &str| body.get(name).and_then(Value::as_str);
            // OAuth's shape, or Okta's (providers.md A1).
            let error = text("error").or_else(|| text("errorCode"));
            let error = error.unwrap_or("no reason given");
            let told =
                text("error_description").map_or_else(String::new, |told| format!(": {told}"));
            return Err(format!(
                "the token endpoint refused: {error} ({status}){told}"
            ));
        }
        let token = body.get("id_token").and_then(Value::as_str);
        Ok(token.ok_or("ID token not found in response")?.to_owned())
    }

    /// OIDC Core §3.1.3.7, and the demand: strength and a sign-in after the start.
    fn verify(
        &self,
        token: &str,
        pending: &PendingAuthorization,
    ) -> Result<VerifiedSignIn, &'static str> {
        let jwt = Jwt::id_token(token)?;
        if !jwt.signed_by(&self.provider.keys()?, &["RS256", "PS256", "ES256"])? {
            return Err("the ID token's signature is not valid");
        }
        let claims: Claims = jwt.claims(&self.client_id)?;
        let azp = claims.azp.as_deref().unwrap_or(&self.client_id);
        let acr = claims.acr.unwrap_or_default();
        let contexts = jwt.claim("acrs").cloned().unwrap_or_default();
        let auth_time = claims.auth_time.ok_or("the ID token has no auth_time")?;
        if !self.provider.is(&claims.iss) {
            Err("the ID token has another issuer")
        } else if azp != self.client_id {
            Err("the ID token was given to another client")
        } else if claims.exp <= now() - LEEWAY {
            Err("the ID token has expired")
        } else if claims.iat > now() + LEEWAY || claims.iat < pending.started - LEEWAY {
            Err("the ID token was not issued now")
        } else if claims.nonce.as_deref() != Some(pending.nonce.as_str()) {
            Err("the ID token's nonce is another")
        } else if !self.acr_values.is_empty() && !self.acr_values.contains(&acr) {
            Err("the sign-in was not strong enough")
        } else if !self.contexts.is_empty() && !self.contexts.iter().any(|id| has(&contexts, id)) {
            Err("the sign-in proves no authentication context that was asked for")
        } else if auth_time < pending.started - LEEWAY || auth_time > now() + LEEWAY {
            Err("the sign-in is not from now")
        } else {
            Ok(VerifiedSignIn {
                subject: claims.oid.unwrap_or(claims.sub),
                email: claims.email,
                issuer: claims.iss,
                claims: jwt.some_claims(&["iss", "acr", "acrs", "amr", "auth_time"]),
            })
        }
    }
}

fn has(claim: &Value, value: &str) -> bool {
    let among = |list: &Vec<Value>| list.iter().any(|one| one == value);
    claim == value || claim.as_array().is_some_and(among)
}

fn endpoint(metadata: &Value, name: &str) -> Result<Url, &'static str> {
    metadata
        .get(name)
        .and_then(Value::as_str)
        .and_then(|url| Url::parse(url).ok())
        .ok_or("the identity provider's metadata lacks an endpoint")
}

impl Jwt<'_> {
    /// These claims, where present, as they are.
    fn some_claims(&self, names: &[&str]) -> Value {
        let claim = |name: &&str| Some(((*name).to_owned(), self.claim(name)?.clone()));
        Value::Object(names.iter().filter_map(claim).collect::<Map<_, _>>())
    }
}
