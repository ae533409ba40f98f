//! The token endpoint: a code, once, or the person's answer, for an ID token and a step-up access token.
//!
//! RFC 6749 sections 4.1.3 and 5, RFC 7636 section 4.6, RFC 9068.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Provider;
use super::client::Client;
use super::errors::{CIBA_GRANT, EXPIRED, OTHER_VERIFIER, USED, failure};
use super::store::{Grant, Redeemed};
use crate::basics::{locked, random};
use crate::dpop::{Bad, Wanted};
use crate::http::{Call, Params, Reply};
use crate::keys::encode;
use crate::tokens::{AccessClaims, Confirmation};

impl Provider {
    pub(super) fn token(&self, call: &Call) -> Reply {
        let reply = self.redeemed(call);
        if self.switches.is("dpop", "nonce-each") {
            return reply.header("DPoP-Nonce", self.proofs.renew_nonce());
        }
        reply
    }

    fn redeemed(&self, call: &Call) -> Reply {
        if let Some(code) = self.error_of("token_error") {
            return self
                .persona
                .token_failure(400, code, "as the switch demands");
        }
        match self.error_of("token") {
            Some("429") => {
                let told = "too many requests";
                let busy = self
                    .persona
                    .token_failure(429, "temporarily_unavailable", told);
                return self.switches.retry_after(busy);
            }
            Some("500") => return Reply::json(500, &json!({"error": "server_error"})),
            Some("echo") => {
                let form = String::from_utf8_lossy(&call.body);
                return self.persona.token_failure(400, "invalid_grant", &form);
            }
            Some("html") => return Reply::html(200, "<!doctype html><title>Hello</title><p>Hello"),
            Some("huge") => return Reply::huge(),
            Some("redirect") => {
                return Reply::redirect(307, &format!("{}/elsewhere", self.base()));
            }
            _ => {}
        }
        let form = call.form();
        if form.repeated().is_some() {
            return self
                .persona
                .token_failure(400, "invalid_request", "a parameter is repeated");
        }
        let client = match self.client(call, &form) {
            Ok(client) => client,
            Err(refused) => return refused,
        };
        // Before the code is used up: a client that is told to add a nonce comes back with it.
        let key = match self.proven_key(call) {
            Ok(key) => key,
            Err(reply) => return reply,
        };
        match self.redeem(client, &form, key.as_deref()) {
            Ok(grant) => self.issue(&grant.0, &grant.1, key),
            Err((code, told)) => self.persona.token_failure(400, code, told),
        }
    }

    /// The key that the token will be bound to (RFC 9449 section 5), if the request proves one.
    fn proven_key(&self, call: &Call) -> Result<Option<String>, Reply> {
        if self.switches.is("dpop", "ignored") {
            return Ok(None);
        }
        let each = self.switches.is("dpop", "nonce-each");
        let always = self.switches.is("dpop", "nonce-always");
        let wanted = Wanted {
            url: &format!("{}{}", self.base(), self.persona.path("/token")),
            token: None,
            nonce: each || always || self.switches.is("dpop", "nonce") || self.persona.dpop_nonce,
        };
        // With `nonce-each` every answer has one anyway.
        let nonce = |reply: Reply| {
            if each {
                reply
            } else {
                reply.header("DPoP-Nonce", self.proofs.nonce())
            }
        };
        match self.proofs.key(call, &wanted) {
            Ok(Some(_)) if always => Err(nonce(failure("use_dpop_nonce", "another one"))),
            Ok(key) => Ok(key),
            Err(Bad::Nonce) => Err(nonce(failure("use_dpop_nonce", "the nonce is missing"))),
            Err(Bad::Proof(why)) => Err(failure("invalid_dpop_proof", why)),
        }
    }

    /// Uses the code up first, so that a failed attempt cannot be tried again.
    fn redeem(
        &self,
        client: Client,
        form: &Params,
        key: Option<&str>,
    ) -> Result<(Box<Grant>, String), (&'static str, &'static str)> {
        match form.get("grant_type") {
            Some("authorization_code") => {}
            Some(CIBA_GRANT) if self.has_backchannel() => {
                return self.backchannel_token(client, form);
            }
            Some(_) => return Err(("unsupported_grant_type", "there is no such grant here")),
            None => return Err(("invalid_request", "grant_type is missing")),
        }
        let code = form
            .get("code")
            .ok_or(("invalid_request", "code is missing"))?;
        let lifetime = self.switches.number("code_lifetime_s").unwrap_or(60);
        let jti = random(24);
        let redeemed =
            locked(&self.store).redeem(code, i64::try_from(lifetime).unwrap_or(60), &jti);
        let grant = match redeemed {
            Redeemed::Once(grant) => grant,
            Redeemed::Again(earlier) => {
                self.tokens.revoke(&earlier); // B15.2, RFC 6749 §4.1.2
                return Err(("invalid_grant", USED));
            }
            Redeemed::Unknown => return Err(("invalid_grant", EXPIRED)),
        };
        check(&grant, client, form)?;
        if let Some(kind) = self.error_of("code") {
            return Err(match kind {
                "used" => ("invalid_grant", USED),
                "other-verifier" => ("invalid_grant", OTHER_VERIFIER),
                _ => ("invalid_grant", EXPIRED),
            });
        }
        let bound = grant.ask.dpop_jkt.as_deref();
        if bound.is_some() && bound != key && !self.switches.is("dpop", "ignored") {
            return Err(("invalid_grant", "the code is bound to another key"));
        }
        Ok((grant, jti))
    }

    fn issue(&self, grant: &Grant, jti: &str, key: Option<String>) -> Reply {
        let dpop = key.is_some() || self.switches.is("token", "type-dpop");
        let bound = key.filter(|_| !self.switches.is("dpop", "unbound"));
        let claims = AccessClaims {
            cnf: bound.map(|jkt| Confirmation { jkt }),
            ..self.access_claims(grant, jti)
        };
        let access_token = if self.persona.hands_out_opaque(&grant.ask) {
            random(40)
        } else {
            self.tokens.mint(&claims)
        };
        let mut body = json!({
            "access_token": access_token,
            "token_type": if dpop { "DPoP" } else { "Bearer" },
            "expires_in": self.tokens.lifetime(),
            "scope": claims.scope,
        });
        if let Some(fields) = body.as_object_mut() {
            fields.extend(self.granted_details(&grant.ask));
        }
        if let Some(fields) = body.as_object_mut()
            && !self.switches.is("token", "no-id-token")
        {
            let id_token = self.id_token(grant, &claims, &access_token);
            fields.insert("id_token".into(), Value::String(id_token));
            locked(&self.store).note_issued();
        }
        Reply::json(200, &body).header("Pragma", "no-cache")
    }

    fn access_claims(&self, grant: &Grant, jti: &str) -> AccessClaims {
        let sign_in = &grant.sign_in;
        let mut assurance = self.persona.assurance(&grant.ask, sign_in);
        if grant.ask.is_backchannel() && !self.persona.backchannel.is_some_and(|one| one.acr) {
            assurance.acr = None;
        }
        let audience = (self.persona.audience)(&grant.ask);
        let granted = ["openid", "profile", "email"];
        let scope: Vec<_> = granted
            .into_iter()
            .filter(|scope| grant.ask.has_scope(scope))
            .collect();
        let claims = self.tokens.complete(AccessClaims {
            jti: jti.to_owned(),
            sub: sign_in.person.subject.clone(),
            client_id: grant.ask.back.client.id().to_owned(),
            acr: assurance.acr.unwrap_or_default(),
            amr: assurance.amr.iter().map(ToString::to_string).collect(),
            acrs: assurance.acrs,
            xms_cc: if grant.ask.capable {
                vec!["cp1".to_owned()]
            } else {
                Vec::new()
            },
            auth_time: sign_in.auth_time,
            scope: scope.join(" "),
            email: grant
                .ask
                .has_scope("email")
                .then(|| sign_in.person.email.clone()),
            ..AccessClaims::default()
        });
        AccessClaims {
            aud: audience.unwrap_or(claims.aud),
            ..claims
        }
    }
}

/// The code must come from the client it was given to, with the same redirect URI (B15.1) and the
/// verifier of its challenge (RFC 7636 §4.6, B3.7).
fn check(grant: &Grant, client: Client, form: &Params) -> Result<(), (&'static str, &'static str)> {
    let back = &grant.ask.back;
    if back.client != client {
        return Err(("invalid_grant", "the code belongs to another client"));
    }
    if form.get("redirect_uri") != Some(back.redirect_uri.as_str()) {
        return Err((
            "invalid_grant",
            "redirect_uri is not the one of the authorization request",
        ));
    }
    // RFC 8707 section 2.2: what was asked for, or a part of it.
    if form
        .get("resource")
        .is_some_and(|one| grant.ask.resource.as_deref() != Some(one))
    {
        return Err(("invalid_target", "resource is not the one that was granted"));
    }
    let verifier = form
        .get("code_verifier")
        .ok_or(("invalid_grant", "code_verifier is missing"))?;
    let unreserved = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    let well_formed = (43..=128).contains(&verifier.len()) && verifier.chars().all(unreserved);
    if well_formed && encode(&Sha256::digest(verifier)) == grant.ask.challenge {
        Ok(())
    } else {
        Err(("invalid_grant", OTHER_VERIFIER))
    }
}
