//! Sign-in to the API: device authorization, personal keys, token exchange, and the access tokens that come of them
//! (c1.md 1.3 to 1.5), all on the API's host.
//!
//! The page on which a device sign-in is approved is the sandbox's own; C1's is not publicly known.

mod assertion;
mod device;
mod elsewhere;
mod exchange;
mod page;
mod token;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use ed25519_dalek::{SigningKey, VerifyingKey};
use rand::Rng;
use rand::rngs::OsRng;
use serde_json::{Value, json};
use url::Url;

use super::basics::{locked, new_id, now, random};
use super::http::{Call, Reply};
use super::keys::encode;
use super::people::{Factors, People, Person};
use super::switches::Switches;
use super::tokens::Tokens;

/// Seconds the access token of a person lives.
const LIFETIME: u64 = 600;

/// The public client id of device sign-in that is the sandbox's own.
pub(crate) const LOGIN_CLIENT: &str = "stepup-sandbox-login";

/// Those of C1's programs, so that they can sign in here: cone's, its Go SDK's, and c1i's (c1.md 1.3).
const OFFICIAL_CLIENTS: [&str; 3] = [
    "2RGdOS94VDferT9e80mdgntl36K",
    "2RCzHlak5q7CY14SdBc8HoZEJRf",
    "juQSPDsPrdMDpPpR6fGdeLLSs8g",
];

/// Everything sign-in knows.
pub(crate) struct Auth {
    /// The API's own URL, without a slash at its end.
    api_url: String,
    people: People,
    factors: Arc<Factors>,
    tokens: Arc<Tokens>,
    switches: Arc<Switches>,
    store: Mutex<AuthStore>,
}

#[derive(Default)]
struct AuthStore {
    /// By device code.
    devices: HashMap<String, Device>,
    /// By client id.
    keys: HashMap<String, PersonalKey>,
    /// By access token.
    tokens: HashMap<String, Access>,
}

/// A device sign-in that is under way.
struct Device {
    user_code: String,
    until: Instant,
    interval: Duration,
    asked: Option<Instant>,
    answer: Option<DeviceDecision>,
}

/// What the person said.
enum DeviceDecision {
    Approved(Box<Person>),
    Declined,
}

struct PersonalKey {
    person: Person,
    public: VerifyingKey,
    /// The whole `secret-token:` string, for the plain form.
    secret: String,
}

/// What an access token is good for.
struct Access {
    person: Person,
    until: i64,
}

impl Auth {
    /// Sign-in for these people.
    pub(crate) fn new(
        api_url: &str,
        people: People,
        factors: &Arc<Factors>,
        tokens: &Arc<Tokens>,
        switches: Arc<Switches>,
    ) -> Self {
        Self {
            api_url: api_url.to_owned(),
            people,
            factors: Arc::clone(factors),
            tokens: Arc::clone(tokens),
            switches,
            store: Mutex::default(),
        }
    }

    /// Answers one request, if it is about sign-in.
    pub(crate) fn answer(&self, call: &Call) -> Option<Reply> {
        Some(match (call.path.as_str(), call.method.as_str()) {
            ("/auth/v1/device_authorization", "POST") => self.device_authorization(&call.form()),
            ("/auth/v1/token", "POST") => self.token(&call.form()),
            ("/device", "GET") => self.device_page(&call.query),
            ("/device", "POST") => self.device_answer(&call.form()),
            ("/auth/v1/device_authorization" | "/auth/v1/token", _) => {
                Reply::method_not_allowed("POST")
            }
            _ => return None,
        })
    }

    /// Whose access token this is, if it still lives.
    pub(crate) fn person(&self, token: &str) -> Option<Person> {
        let store = locked(&self.store);
        let access = store.tokens.get(token)?;
        (now() < access.until).then(|| access.person.clone())
    }

    /// `POST /api/v1/iam/personal_clients`: a key of the caller's own.
    pub(crate) fn personal_client(&self, body: &[u8], me: &Person) -> Reply {
        let request: Value = serde_json::from_slice(body).unwrap_or_default();
        // Protobuf's JSON takes both spellings (c1.md 1.2).
        let name = ["displayName", "display_name"]
            .into_iter()
            .find_map(|key| request.get(key)?.as_str())
            .unwrap_or_default();
        let private = SigningKey::from_bytes(&OsRng.r#gen());
        let public = private.verifying_key();
        let jwk = json!({
            "kty": "OKP", "crv": "Ed25519",
            "x": encode(public.as_bytes()), "d": encode(private.as_bytes()),
        });
        let secret = format!(
            "secret-token:conductorone.com:v1:{}",
            encode(jwk.to_string().as_bytes())
        );
        let host = self.authority();
        let number = OsRng.gen_range(10_000..100_000);
        let client_id = format!("brave-otter-{number}@{host}/pcc");
        let answer = json!({
            "client": {
                "id": new_id(), "userId": me.id, "clientId": client_id, "displayName": name,
                "scopedRoles": [], "allowSourceCidr": null,
                "createdAt": jiff::Timestamp::now(), "expiresTime": null,
            },
            "clientSecret": secret,
        });
        let key = PersonalKey {
            person: me.clone(),
            public,
            secret,
        };
        locked(&self.store).keys.insert(client_id, key);
        Reply::json(200, &answer)
    }

    /// A new access token, as the token endpoint sends it; it lives so many seconds unless a switch says
    /// otherwise.
    fn access(&self, person: Person, lifetime: u64) -> Value {
        let told = self.switches.number("api_token_lifetime_s");
        let lifetime = told.unwrap_or(lifetime);
        let token = format!("sandbox-access-{}", random(40));
        let until = now().saturating_add(i64::try_from(lifetime).unwrap_or(i64::MAX));
        let access = Access { person, until };
        locked(&self.store).tokens.insert(token.clone(), access);
        json!({"access_token": token, "token_type": "Bearer", "expires_in": lifetime})
    }

    /// The API's host with its port, as client ids name it.
    fn authority(&self) -> &str {
        let (_, authority) = self.api_url.split_once("://").unwrap_or_default();
        authority
    }

    /// The API's host without port, which is what assertions are for.
    fn host(&self) -> String {
        let url = Url::parse(&self.api_url).ok();
        url.and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_default()
    }
}

/// An OAuth error (RFC 6749 section 5.2).
fn refuse(status: u16, code: &str, description: &str) -> Reply {
    Reply::json(
        status,
        &json!({"error": code, "error_description": description}),
    )
}
