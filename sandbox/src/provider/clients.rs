//! Who may ask: the registered clients, their redirect URIs, and how they prove themselves.
//!
//! RFC 6749 sections 2.3 and 3.1.2; RFC 8252 section 7.3 and B5.12 for loopback ports.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

use super::ask::{ResponseMode, ReturnPath};
use super::client::{Client, SIGNED_CLIENT};
use super::client_key::{ClientKey, JWT_BEARER};
use super::errors::WRONG_REDIRECT;
use super::personality::Persona;
use crate::basics::random;
use crate::http::{Call, Params};

/// What is registered: where each client may be answered, and how it proves itself.
pub(super) struct Clients {
    secret: String,
    key: ClientKey,
    /// What the public client has to send where a provider gives it a secret that keeps nothing secret.
    desktop_secret: Option<String>,
    api: ApiClient,
}

/// The registration of the access-management API: a web client, so its one redirect URI is exact.
pub(crate) struct ApiClient {
    pub(crate) secret: String,
    pub(crate) redirect_uri: String,
}

impl Clients {
    pub(super) fn new(secret: String, api: ApiClient) -> Self {
        Self {
            secret,
            key: ClientKey::new(),
            desktop_secret: None,
            api,
        }
    }

    /// These clients, with a secret for the public one (Google's desktop clients have one).
    pub(super) fn with_desktop_secret(self) -> Self {
        Self {
            desktop_secret: Some(random(24)),
            ..self
        }
    }

    pub(super) fn may_redirect(&self, client: Client, uri: &str, persona: &Persona) -> bool {
        match client {
            Client::Public | Client::Confidential | Client::Signed => {
                persona.may_redirect(uri, callback_path(uri))
            }
            Client::Api => uri == self.api.redirect_uri,
        }
    }

    /// Where a request is answered. The error is for the page.
    pub(super) fn return_path(
        &self,
        params: &Params,
        persona: &Persona,
    ) -> Result<ReturnPath, &'static str> {
        let client = params
            .get("client_id")
            .and_then(Client::with_id)
            .ok_or("The client is not registered here.")?;
        let redirect_uri = params
            .get("redirect_uri")
            .filter(|uri| self.may_redirect(client, uri, persona))
            .ok_or(WRONG_REDIRECT)?;
        let mode = match params.get("response_mode") {
            Some("form_post") => ResponseMode::FormPost,
            _ => ResponseMode::Query,
        };
        Ok(ReturnPath {
            client,
            redirect_uri: redirect_uri.to_owned(),
            state: params.get("state").map(Into::into),
            mode,
        })
    }

    /// What is wrong with a request whose client is not authenticated.
    pub(super) fn why_not(call: &Call, form: &Params) -> &'static str {
        let basic = call.authorization("Basic").and_then(basic_pair);
        let posted = form.get("client_secret").is_some();
        let id = match &basic {
            Some((id, _)) => Some(id.as_str()),
            None => form.get("client_id"),
        };
        match id.and_then(Client::with_id) {
            None => "the client is unknown",
            Some(Client::Public) if posted || basic.is_some() => "a public client sent a secret",
            Some(_) => "the client did not prove itself",
        }
    }

    pub(super) fn secret(&self) -> &str {
        &self.secret
    }

    pub(super) fn desktop_secret(&self) -> Option<&str> {
        self.desktop_secret.as_deref()
    }

    pub(super) fn private_key(&self) -> &str {
        self.key.private()
    }

    pub(super) fn api_secret(&self) -> &str {
        &self.api.secret
    }

    /// The authenticated client, by `client_secret_basic`, `client_secret_post`, `private_key_jwt` or none
    /// (RFC 6749 §2.3.1, RFC 7523); using two methods at once is refused (§2.3).
    pub(super) fn authenticate(
        &self,
        call: &Call,
        form: &Params,
        audience: &str,
    ) -> Option<Client> {
        if let Some(assertion) = form.get("client_assertion") {
            let other =
                call.authorization("Basic").is_some() || form.get("client_secret").is_some();
            let kind = form.get("client_assertion_type") == Some(JWT_BEARER);
            let named = form.get("client_id").is_none_or(|id| id == SIGNED_CLIENT);
            let proven = !other && kind && named;
            return (proven && self.key.made(assertion, SIGNED_CLIENT, audience))
                .then_some(Client::Signed);
        }
        let (id, secret) = match (call.authorization("Basic"), form.get("client_secret")) {
            (Some(_), Some(_)) => return None,
            (Some(basic), None) => {
                let (id, secret) = basic_pair(basic)?;
                if form.get("client_id").is_some_and(|posted| posted != id) {
                    return None;
                }
                (id, Some(secret))
            }
            (None, posted) => (form.get("client_id")?.to_owned(), posted.map(Into::into)),
        };
        let client = Client::with_id(&id)?;
        let proven = match client {
            Client::Public => secret == self.desktop_secret,
            Client::Confidential => secret.as_deref() == Some(self.secret.as_str()),
            Client::Signed => false,
            Client::Api => secret.as_deref() == Some(self.api.secret.as_str()),
        };
        proven.then_some(client)
    }
}

/// The path that is registered for a client of this tool's: `/callback/` and the name of an entry, whatever that is.
fn callback_path(uri: &str) -> &str {
    const FOLDER: &str = "/callback/";
    let path = uri.find(FOLDER).map_or("", |at| &uri[at..]);
    let name = path.strip_prefix(FOLDER).unwrap_or_default();
    let named = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
    if !name.is_empty() && name.bytes().all(named) {
        path
    } else {
        "/callback/sandbox"
    }
}

/// Both halves are form-encoded before they are joined (RFC 6749 §2.3.1).
fn basic_pair(credential: &str) -> Option<(String, String)> {
    let text = String::from_utf8(STANDARD.decode(credential).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((form_decoded(id), form_decoded(secret)))
}

fn form_decoded(text: &str) -> String {
    form_urlencoded::parse(format!("x={text}").as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Personality;
    use crate::switches::Switches;

    fn nobody() -> Persona {
        Persona::new(Personality::Generic, &Switches::default()).unwrap()
    }

    fn clients() -> Clients {
        let redirect_uri = "http://127.0.0.1:4000/auth/callback".to_owned();
        let secret = "of-the-api".to_owned();
        let api = ApiClient {
            secret,
            redirect_uri,
        };
        Clients::new("secret".to_owned(), api)
    }

    #[test]
    fn the_redirect_uri_of_the_api_matches_exactly() {
        for (uri, accepted) in [
            ("http://127.0.0.1:4000/auth/callback", true),
            ("http://127.0.0.1:4001/auth/callback", false),
            ("http://localhost:4000/auth/callback", false),
            ("http://127.0.0.1:4000/auth/callback/", false),
            ("http://127.0.0.1:4000/callback/sandbox", false),
        ] {
            let may = clients().may_redirect(Client::Api, uri, &nobody());
            assert_eq!(may, accepted, "{uri}");
        }
    }

    #[test]
    fn a_redirect_uri_matches_exactly_except_for_a_loopback_port() {
        for (uri, accepted) in [
            ("http://127.0.0.1:40123/callback/sandbox", true),
            ("http://127.0.0.1/callback/sandbox", true),
            ("http://localhost:1/callback/sandbox", true),
            ("http://[::1]:8080/callback/sandbox", true),
            ("https://127.0.0.1:1/callback/sandbox", false),
            ("http://127.0.0.1:1/callback/sandbox/", false),
            ("http://127.0.0.1:1/callback/okta", true),
            ("http://127.0.0.1:1/callback/", false),
            ("http://127.0.0.1:1/callback/a/b", false),
            ("http://127.0.0.1:1/other/okta", false),
            ("http://127.0.0.1:1/x/callback/okta", false),
            ("http://127.0.0.1:1/callback/sandbox?x=1", false),
            ("http://127.0.0.1:0/callback/sandbox", false),
            ("http://127.0.0.1:99999/callback/sandbox", false),
            ("http://127.0.0.1@evil.example/callback/sandbox", false),
            ("http://127.0.0.1.evil.example/callback/sandbox", false),
            ("http://evil.example/callback/sandbox", false),
            ("http://LOCALHOST:1/callback/sandbox", false),
        ] {
            let may = clients().may_redirect(Client::Public, uri, &nobody());
            assert_eq!(may, accepted, "{uri}");
        }
    }
}
