//! The API's token endpoint: which grant, and for an API key which form (c1.md 1.4 and 1.5).

use serde_json::json;

use super::{Auth, LIFETIME, refuse};
use crate::basics::locked;
use crate::http::{Params, Reply};
use crate::people::Person;

const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

impl Auth {
    /// `POST /auth/v1/token`.
    pub(super) fn token(&self, form: &Params) -> Reply {
        match form.get("grant_type") {
            Some(DEVICE) => self.device_token(form),
            Some(EXCHANGE) => self.exchange(form),
            Some("client_credentials") => self.key_token(form),
            _ => refuse(400, "unsupported_grant_type", "there is no such grant"),
        }
    }

    fn key_token(&self, form: &Params) -> Reply {
        match self.switches.text("api_token") {
            Some("500") => return refuse(500, "server_error", "internal error"),
            Some("empty") => return Reply::json(200, &json!({"token_type": "Bearer"})),
            _ => {}
        }
        match self.switches.text("credential") {
            Some("revoked") => return refuse(401, "invalid_client", "the key was revoked"),
            Some("expired") => return refuse(401, "invalid_client", "the key has expired"),
            _ => {}
        }
        match self.authenticate(form) {
            Ok(person) => {
                let mut answer = self.access(person, LIFETIME);
                if self.switches.is("api_token", "forgotten") {
                    locked(&self.store).tokens.clear();
                }
                if self.switches.is("api_token", "dpop")
                    && let Some(members) = answer.as_object_mut()
                {
                    members.insert("token_type".into(), "DPoP".into());
                }
                Reply::json(200, &answer)
            }
            Err(why) => refuse(401, "invalid_client", why),
        }
    }

    fn authenticate(&self, form: &Params) -> Result<Person, &'static str> {
        let id = form.get("client_id").ok_or("client_id is missing")?;
        let store = locked(&self.store);
        let key = store.keys.get(id).ok_or("there is no such client")?;
        let kind = form.get("client_assertion_type");
        match (form.get("client_assertion"), form.get("client_secret")) {
            (Some(_), Some(_)) => Err("both an assertion and a secret"),
            (Some(assertion), None) if kind == Some(JWT_BEARER) => {
                let now = self.switches.clock().as_second();
                super::assertion::verify(assertion, &key.public, id, &self.host(), now)
            }
            (None, Some(secret)) if secret == key.secret => Ok(()),
            (None, Some(_)) => Err("the secret is wrong"),
            _ => Err("the client has to prove itself"),
        }?;
        Ok(key.person.clone())
    }
}
