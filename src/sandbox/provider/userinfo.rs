//! The userinfo endpoint (OIDC Core section 5.3), for the bearer of an access token.

use serde_json::{Map, Value, json};

use super::Provider;
use super::id_token::describe;
use crate::sandbox::http::{Call, Reply};

impl Provider {
    pub(super) fn userinfo(&self, call: &Call) -> Reply {
        // RFC 6750 §3: no error code when no token came at all.
        let Some(token) = call.authorization("Bearer") else {
            return unauthorized("Bearer realm=\"sandbox\"");
        };
        let Ok(claims) = self.tokens.verify(token) else {
            return unauthorized("Bearer realm=\"sandbox\", error=\"invalid_token\"");
        };
        let Some(person) = self.people.with_subject(&claims.sub) else {
            return unauthorized("Bearer realm=\"sandbox\", error=\"invalid_token\"");
        };
        let mut about = Map::new();
        // As in the ID token (OIDC Core section 5.3.2).
        let sub = self.persona.subject(&claims.client_id, &claims.sub);
        about.insert("sub".into(), json!(sub));
        let has_scope = |scope: &str| claims.scope.split(' ').any(|word| word == scope);
        describe(person, has_scope, &mut about);
        Reply::json(200, &Value::Object(about))
    }
}

fn unauthorized(challenge: &str) -> Reply {
    Reply::json(401, &json!({"error": "invalid_token"})).header("WWW-Authenticate", challenge)
}
