//! The userinfo endpoint (OIDC Core section 5.3), for the bearer of an access token, or its holder with a proof
//! (RFC 9449 section 7).

use serde_json::{Map, Value, json};

use super::Provider;
use crate::dpop::{Bad, Wanted};
use crate::http::{Call, Reply};
use crate::keys::Alg;
use crate::people::Person;
use crate::tokens::AccessClaims;

impl Provider {
    pub(super) fn userinfo(&self, call: &Call) -> Reply {
        match self.switches.text("userinfo") {
            Some("401") => return unauthorized("Bearer", "invalid_token"),
            Some("403") => return Reply::json(403, &json!({"error": "insufficient_scope"})),
            Some("404") => return Reply::json(404, &json!({"error": "not_found"})),
            Some("500") => return Reply::json(500, &json!({"error": "server_error"})),
            Some("html") => return Reply::html(200, "<!doctype html><title>You</title><p>You"),
            Some("garbage") => return Reply::new(200, "application/json", "{\"sub\":".to_owned()),
            _ => {}
        }
        let claims = match self.holder(call) {
            Ok(claims) => claims,
            Err(refused) => return refused,
        };
        let Some(person) = self.people.with_subject(&claims.sub) else {
            return unauthorized("Bearer", "invalid_token");
        };
        self.answered_about(&self.about(&claims, self.described(person)), &claims)
    }

    /// Whose access token it is, if it may be used so.
    fn holder(&self, call: &Call) -> Result<AccessClaims, Reply> {
        let bound = call.authorization("DPoP");
        // RFC 6750 §3: no error code when no token came at all.
        let token = bound
            .or_else(|| call.authorization("Bearer"))
            .ok_or_else(|| unauthorized("Bearer", ""))?;
        let refused = |_| unauthorized("Bearer", "invalid_token");
        let claims = self.tokens.verify(token).map_err(refused)?;
        let wanted = Wanted {
            url: &format!("{}{}", self.base(), self.persona.path("/userinfo")),
            token: Some(token),
            nonce: self.switches.is("dpop", "nonce"),
        };
        let key = self.proofs.key(call, &wanted).map_err(|bad| match bad {
            Bad::Nonce => {
                unauthorized("DPoP", "use_dpop_nonce").header("DPoP-Nonce", self.proofs.nonce())
            }
            Bad::Proof(_) => unauthorized("DPoP", "invalid_dpop_proof"),
        })?;
        let own = claims.cnf.as_ref().map(|cnf| cnf.jkt.clone());
        if own != key || own.is_some() != bound.is_some() {
            return Err(unauthorized("DPoP", "invalid_token"));
        }
        Ok(claims)
    }

    fn about(&self, claims: &AccessClaims, person: &Person) -> Value {
        let mut about = Map::new();
        // As in the ID token (OIDC Core section 5.3.2).
        let sub = self.falsified_subject(claims);
        let sub = sub.as_ref().unwrap_or(&claims.sub);
        let sub = (self.persona.subject)(&claims.client_id, sub);
        match self.switches.text("userinfo") {
            Some("no-sub") => {}
            Some("other-sub") => drop(about.insert("sub".into(), json!(format!("{sub}1")))),
            _ => drop(about.insert("sub".into(), json!(sub))),
        }
        let has_scope = |scope: &str| claims.scope.split(' ').any(|word| word == scope);
        self.describe(person, has_scope, &mut about);
        for name in ["email", "preferred_username"] {
            // A claim that the ID token gets wrong on purpose is not put right here.
            if matches!(self.switches.text(name), Some("none" | "null" | "list")) {
                about.remove(name);
            }
        }
        Value::Object(about)
    }

    /// JSON, or a JWT of it (OIDC Core section 5.3.2).
    fn answered_about(&self, about: &Value, claims: &AccessClaims) -> Reply {
        let Some(kind) = self
            .switches
            .text("userinfo")
            .filter(|kind| kind.starts_with("jwt"))
        else {
            return Reply::json(200, about);
        };
        let issuer = match kind {
            "jwt-other-issuer" => "https://other.example",
            _ => self.issuer(),
        };
        let audience = match kind {
            "jwt-other-audience" => "somebody-else",
            _ => claims.client_id.as_str(),
        };
        let mut payload = about.as_object().cloned().unwrap_or_default();
        payload.insert("iss".into(), json!(issuer));
        payload.insert("aud".into(), json!(audience));
        let payload = Value::Object(payload).to_string();
        let (generation, keys) = (self.generation(), &self.tokens.keys);
        let alg = if kind == "jwt-none" {
            Alg::None
        } else {
            self.alg()
        };
        let header = json!({"alg": alg.name(), "kid": keys.kid(alg, generation)});
        let mut jwt = keys.sign(alg, generation, &header, &payload);
        if kind == "jwt-bad-signature" {
            jwt = super::id_token::with_bad_signature(&jwt);
        }
        Reply::new(200, "application/jwt", jwt)
    }
}

fn unauthorized(scheme: &str, error: &str) -> Reply {
    let challenge = match error {
        "" => format!("{scheme} realm=\"sandbox\""),
        error => format!("{scheme} realm=\"sandbox\", error=\"{error}\""),
    };
    Reply::json(401, &json!({"error": "invalid_token"})).header("WWW-Authenticate", challenge)
}
