//! Device sign-in that is done at an OpenID provider elsewhere (`device_issuer=URL`), so that `stepup login` can be
//! tried with a server that nobody here wrote: its answers are passed on as they are, and its access token is
//! exchanged for one of the API's, once the provider has said whose it is (OIDC Core section 5.3).

use serde_json::Value;

use super::{Auth, LIFETIME, refuse};
use crate::foreign::Foreign;
use crate::http::{Params, Reply};

impl Auth {
    /// The provider of device sign-in, if it is another one.
    pub(super) fn elsewhere(&self) -> Option<Foreign> {
        let issuer = self.switches.text("device_issuer")?;
        Some(Foreign::new(issuer, None))
    }

    /// A request for codes. What C1's form leaves out is added, so that the provider can say who it was.
    pub(super) fn invited_by(provider: &Foreign, form: &Params) -> Reply {
        let client_id = form.get("client_id").unwrap_or_default();
        let form = [("client_id", client_id), ("scope", "openid email")];
        match ask(provider, "device_authorization_endpoint", &form) {
            Some((status, answer)) => Reply::json(status, &answer),
            None => gone(),
        }
    }

    pub(super) fn polled_at(&self, provider: &Foreign, form: &Params) -> Reply {
        let field = |name| (name, form.get(name).unwrap_or_default());
        let form = ["client_id", "device_code", "grant_type"].map(field);
        match ask(provider, "token_endpoint", &form) {
            Some((200, answer)) => self.exchanged(provider, &answer),
            Some((status, answer)) => Reply::json(status, &answer),
            None => gone(),
        }
    }

    fn exchanged(&self, provider: &Foreign, answer: &Value) -> Reply {
        let token = answer.get("access_token").and_then(Value::as_str);
        let person = token
            .and_then(|token| who(provider, token))
            .and_then(|email| self.people.named(&email).cloned());
        match person {
            Some(person) => Reply::json(200, &self.access(person, LIFETIME)),
            None => refuse(
                400,
                "invalid_grant",
                "the provider names nobody who is known here",
            ),
        }
    }
}

/// Status and answer of an endpoint that the provider's metadata name.
fn ask(provider: &Foreign, endpoint: &str, form: &[(&str, &str)]) -> Option<(u16, Value)> {
    let metadata = provider.metadata().ok()?;
    provider.post(metadata.get(endpoint)?.as_str()?, form)
}

/// The email address behind an access token.
fn who(provider: &Foreign, token: &str) -> Option<String> {
    let metadata = provider.metadata().ok()?;
    let claims = provider.get_as(metadata.get("userinfo_endpoint")?.as_str()?, token)?;
    Some(claims.get("email")?.as_str()?.to_owned())
}

fn gone() -> Reply {
    refuse(
        502,
        "server_error",
        "the provider of device sign-in does not answer",
    )
}
