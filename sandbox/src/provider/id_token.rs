//! The ID token: honest claims first (OIDC Core sections 2 and 3.1.3.6), then whatever the
//! switches falsify. Each falsification is one line of `falsify`.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256, Sha512};

use super::Provider;
use super::personality::entra_version_1;
use super::store::Grant;
use crate::basics::now;
use crate::keys::{Alg, decode, encode};
use crate::people::Person;
use crate::tokens::AccessClaims;

const DAY: i64 = 86_400;
const LIFETIME: i64 = 300;

impl Provider {
    /// The signed token that goes with an access token.
    pub(super) fn id_token(&self, grant: &Grant, access: &AccessClaims, token: &str) -> String {
        if self.switches.is("id_token", "garbage") {
            return "garbage.garbage.garbage".to_owned();
        }
        let mut claims = self.honest(grant, access, token);
        self.falsify(&mut claims);
        let mut payload = Value::Object(claims).to_string();
        if self.switches.is("id_token", "duplicate-acr") {
            // Many parsers keep the last member of a name, some the first (B9.22).
            payload.replace_range(..1, r#"{"acr":"urn:okta:loa:1fa:any","#);
        }
        self.signed(&payload)
    }

    fn honest(&self, grant: &Grant, access: &AccessClaims, token: &str) -> Map<String, Value> {
        let ask = &grant.ask;
        let mut claims = Map::new();
        let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        set("iss", json!(self.issuer()));
        set("sub", json!(access.sub));
        set("aud", json!(access.client_id));
        set("azp", json!(access.client_id));
        let off = self.switches.provider_off();
        set("iat", json!(access.iat.saturating_add(off)));
        set("exp", json!(access.iat.saturating_add(LIFETIME + off)));
        set("auth_time", json!(access.auth_time.saturating_add(off)));
        if !access.acr.is_empty() {
            set("acr", json!(access.acr));
        }
        if !access.acrs.is_empty() {
            set("acrs", json!(access.acrs));
        }
        if !access.amr.is_empty() {
            set("amr", json!(access.amr));
        }
        set("at_hash", json!(at_hash(self.alg(), token)));
        if let Some(nonce) = &ask.nonce {
            set("nonce", json!(nonce));
        }
        if let Some(id) = &ask.auth_req_id {
            set("urn:openid:params:jwt:claim:auth_req_id", json!(id));
        }
        let person = self.described(&grant.sign_in.person);
        if let Some(sub) = self.falsified_subject(access) {
            set("sub", json!(sub));
        }
        let asked = |scope: &str| match (scope, self.switches.text("email")) {
            ("email", Some("claims")) => ask.email,
            ("email", _) => ask.email || ask.has_scope(scope),
            _ => ask.has_scope(scope),
        };
        self.describe(person, asked, &mut claims);
        for name in ["email", "preferred_username"] {
            if self.switches.is(name, "userinfo") {
                claims.remove(name);
            }
        }
        if !claims.contains_key("email") {
            claims.remove("email_verified");
        }
        claims.extend(self.signed_details(ask));
        (self.persona.claims)(&mut claims, ask);
        claims
    }

    /// Whom tokens and `UserInfo` describe.
    pub(super) fn described<'a>(&'a self, signed_in: &'a Person) -> &'a Person {
        if self.switches.is("subject", "other") {
            return &self.people.other;
        }
        signed_in
    }

    /// The `sub` of a person whom the `subject` switch takes for another; the same in every answer of a sign-in.
    pub(super) fn falsified_subject(&self, access: &AccessClaims) -> Option<String> {
        match self.switches.text("subject") {
            Some("other") => Some(self.people.other.subject.clone()),
            Some("changing") => Some(format!("{}-{}", access.sub, access.jti)),
            _ => None,
        }
    }

    fn falsify(&self, claims: &mut Map<String, Value>) {
        for name in ["iss", "aud", "azp", "nonce", "at_hash"] {
            match self.switches.text(name) {
                // As the conformance suite does it: the right value with a 1 behind.
                Some("wrong") => replace(claims, name, |value| json!(format!("{}1", text(value)))),
                Some("none") => drop(claims.remove(name)),
                Some("array") => replace(claims, name, |value| json!([value])),
                Some("extra") => replace(claims, name, |value| json!([value, "somebody-else"])),
                _ => {}
            }
        }
        for name in [
            "exp",
            "iat",
            "auth_time",
            "acr",
            "acrs",
            "amr",
            "email",
            "preferred_username",
        ] {
            match self.switches.text(name) {
                Some("none") => drop(claims.remove(name)),
                Some(kind) => replace(claims, name, |value| falsified(kind, value)),
                None => {}
            }
        }
        if self.switches.is("iss", "v1") {
            claims.insert("iss".into(), json!(entra_version_1()));
            claims.insert("ver".into(), json!("1.0"));
        }
        if self.switches.is("subject", "none") {
            claims.remove("sub");
        }
        match self.switches.text("email") {
            Some("other") => drop(claims.insert("email".into(), json!(self.people.other.email))),
            Some("null") => drop(claims.insert("email".into(), Value::Null)),
            Some("list") => replace(claims, "email", |value| json!([value])),
            _ => {}
        }
    }

    /// The claims behind the scopes `email` and `profile` (OIDC Core §5.4).
    pub(super) fn describe(
        &self,
        person: &Person,
        has_scope: impl Fn(&str) -> bool,
        claims: &mut Map<String, Value>,
    ) {
        if has_scope("email") {
            claims.insert("email".into(), json!(person.email));
            let verified = match self.switches.text("email_verified") {
                Some("absent") => None,
                Some("false") => Some(json!(false)),
                Some("text-true") => Some(json!("true")),
                Some("text-false") => Some(json!("false")),
                Some("0") => Some(json!(0)),
                Some("null") => Some(Value::Null),
                Some(word) => Some(json!(word)),
                None => Some(json!(true)),
            };
            if let Some(verified) = verified {
                claims.insert("email_verified".into(), verified);
            }
        }
        if has_scope("profile") {
            claims.insert("name".into(), json!(person.name));
            claims.insert("preferred_username".into(), json!(person.username));
        }
    }

    fn signed(&self, payload: &str) -> String {
        let (alg, generation) = (self.alg(), self.generation());
        let keys = &self.tokens.keys;
        let mut header = json!({"typ": "JWT", "alg": alg.name()});
        if let Some(fields) = header.as_object_mut() {
            match self.switches.text("kid") {
                Some("none") => {}
                Some(_) => drop(fields.insert("kid".into(), json!("unknown"))),
                None => drop(fields.insert("kid".into(), json!(keys.kid(alg, generation)))),
            }
        }
        let token = keys.sign(alg, generation, &header, payload);
        if self.switches.is("signature", "bad") {
            return with_bad_signature(&token);
        }
        token
    }
}

/// A claim made wrong in the way a switch names.
fn falsified(kind: &str, value: &Value) -> Value {
    let moment = value.as_i64().unwrap_or_else(now);
    match kind {
        "past" => json!(now() - 360),
        "old" => json!(moment - 7 * DAY),
        "future" => json!(moment + DAY),
        "float" => serde_json::from_str(&format!("{moment}.0")).unwrap_or_default(),
        "string" => value
            .as_array()
            .and_then(|list| list.first().cloned())
            .unwrap_or_else(|| json!(moment.to_string())),
        "negative" => json!(-1),
        "huge" => json!(u64::MAX),
        "other" => json!(["c99"]),
        "lower" => json!("urn:okta:loa:1fa:pwd"),
        "higher" => json!("phrh"),
        "zero" if value.is_number() => json!(0),
        "zero" => json!("0"),
        "milliseconds" => json!(moment.saturating_mul(1000)),
        "number" => json!(2),
        "array" => json!([value]),
        "upper" => json!(text(value).to_uppercase()),
        "trailing-space" => json!(format!("{} ", text(value))),
        "unknown" => json!("urn:example:unknown"),
        _ => value.clone(),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn replace(claims: &mut Map<String, Value>, name: &str, new: impl Fn(&Value) -> Value) {
    if let Some(value) = claims.get_mut(name) {
        *value = new(value);
    }
}

/// The left half of the hash that goes with the signature's algorithm (OIDC Core §3.1.3.6).
fn at_hash(alg: Alg, access_token: &str) -> String {
    if alg == Alg::Rs512 {
        encode(Sha512::digest(access_token).split_at(32).0)
    } else {
        encode(Sha256::digest(access_token).split_at(16).0)
    }
}

pub(super) fn with_bad_signature(token: &str) -> String {
    let (message, signature) = token.rsplit_once('.').unwrap_or((token, ""));
    let mut bytes = decode(signature).unwrap_or_default();
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    }
    format!("{message}.{}", encode(&bytes))
}
