//! A C1 API key: client id and secret, and the Ed25519 assertion that proves it (c1.md 1.4).
//! The secret itself stays on this machine.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use ed25519_dalek::{Signer, SigningKey};
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;

use super::credentials::Secret;
use super::jws;
use crate::domain::loopback::is_loopback;

/// Clocks differ; C1's own clients allow this much on both sides, seconds.
const SKEW: i64 = 120;

/// Why something is no API key. No variant holds a secret.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiKeyError {
    /// Not `<name>@<host>/<use>`.
    #[error("the client id is not of the form `name@host/use`")]
    ClientId,
    /// Not `secret-token:conductorone.com:v1:<JWK>` with an Ed25519 key.
    #[error(
        "that is no whole client secret: one is `secret-token:conductorone.com:v1:` and a key behind it, as C1 shows it once"
    )]
    Secret,
}

/// A personal or service principal's key.
#[derive(Clone, Debug)]
pub(crate) struct ApiKey {
    id: String,
    secret: Secret,
    key: SigningKey,
    kid: Option<String>,
}

/// The JWK inside a client secret.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    crv: String,
    d: String,
    x: Option<String>,
    kid: Option<String>,
}

/// How a key is kept: both halves in one entry, so that they cannot part.
#[derive(Serialize, Deserialize)]
struct Kept {
    client_id: String,
    client_secret: String,
}

impl ApiKey {
    /// Checks both halves; asks nobody.
    pub(crate) fn new(id: &str, secret: Secret) -> Result<Self, ApiKeyError> {
        if api_of(id).is_none() {
            return Err(ApiKeyError::ClientId);
        }
        let (key, kid) = signing_key(secret.expose()).ok_or(ApiKeyError::Secret)?;
        Ok(Self {
            id: id.to_owned(),
            secret,
            key,
            kid,
        })
    }

    /// What [`Self::to_kept`] made; `None` if the secret is something else, such as a bearer token.
    pub(crate) fn from_kept(kept: &Secret) -> Option<Result<Self, ApiKeyError>> {
        let kept: Kept = serde_json::from_str(kept.expose()).ok()?;
        Some(Self::new(&kept.client_id, Secret::new(kept.client_secret)))
    }

    /// The key as one secret, for the credential store.
    pub(crate) fn to_kept(&self) -> Secret {
        let (id, secret) = (self.id.as_str(), self.secret.expose());
        Secret::new(json!({"client_id": id, "client_secret": secret}).to_string())
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// The secret half, for the plain form.
    pub(crate) const fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The API that the client id names: https, or http on loopback (c1.md 1.1).
    pub(crate) fn api_url(&self) -> Option<Url> {
        api_of(&self.id)
    }

    /// Whether it belongs to a program, who cannot pass a person's step-up (c1.md 8.16).
    pub(crate) fn is_service(&self) -> bool {
        is_service(&self.id)
    }

    /// Whether the key is for this API. Ports may differ, as assertions do not name them.
    pub(crate) fn is_for(&self, api: &Url) -> bool {
        self.api_url()
            .is_some_and(|own| own.host_str() == api.host_str())
    }

    /// A fresh assertion for the token endpoint of `host`, with C1's own clients' claims.
    pub(crate) fn assertion(&self, host: &str, now: i64) -> String {
        let mut header =
            json!({"alg": "EdDSA", "nonce": format!("{:032x}", rand::random::<u128>())});
        if let (Some(kid), Some(members)) = (&self.kid, header.as_object_mut()) {
            members.insert("kid".into(), kid.as_str().into());
        }
        let claims = json!({
            "iss": self.id, "sub": self.id, "aud": [host],
            "iat": now, "nbf": now - SKEW, "exp": now + SKEW,
        });
        let sign = |message: &[u8]| self.key.sign(message).to_vec();
        jws::compact(&header, &claims, sign)
    }
}

/// Whether a client id is a program's: `spc` or `wfe` (c1.md 8.16).
pub(crate) fn is_service(client_id: &str) -> bool {
    client_id.ends_with("/spc") || client_id.ends_with("/wfe")
}

/// The API that a client id names: https, or http on loopback (c1.md 1.1).
pub(crate) fn api_of(client_id: &str) -> Option<Url> {
    let printable = client_id.bytes().all(|byte| byte.is_ascii_graphic());
    host_of(client_id).filter(|_| printable).and_then(api_url)
}

/// What stands between `@` and the first `/` after it.
fn host_of(id: &str) -> Option<&str> {
    let (name, rest) = id.split_once('@')?;
    let (host, usage) = rest.split_once('/')?;
    (!name.is_empty() && !host.is_empty() && !usage.is_empty()).then_some(host)
}

fn api_url(host: &str) -> Option<Url> {
    let url = Url::parse(&format!("https://{host}")).ok()?;
    let only_a_host = url.path() == "/" && url.query().is_none() && url.username().is_empty();
    if !only_a_host || url.fragment().is_some() {
        return None;
    }
    if is_loopback(&url) {
        return Url::parse(&format!("http://{host}")).ok();
    }
    Some(url)
}

fn signing_key(secret: &str) -> Option<(SigningKey, Option<String>)> {
    let mut parts = secret.splitn(4, ':').skip(2);
    let jwk = parts
        .next()
        .filter(|version| *version == "v1")
        .and(parts.next())?;
    let jwk: Jwk = serde_json::from_slice(&BASE64.decode(jwk).ok()?).ok()?;
    if jwk.kty != "OKP" || jwk.crv != "Ed25519" {
        return None;
    }
    let seed: [u8; 32] = BASE64.decode(jwk.d).ok()?.try_into().ok()?;
    let key = SigningKey::from_bytes(&seed);
    let same = |x: String| {
        BASE64
            .decode(x)
            .is_ok_and(|x| x == key.verifying_key().as_bytes())
    };
    jwk.x.is_none_or(same).then_some((key, jwk.kid))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(jwk: &str) -> Secret {
        Secret::new(format!(
            "secret-token:conductorone.com:v1:{}",
            BASE64.encode(jwk)
        ))
    }

    fn jwk() -> String {
        format!(
            r#"{{"kty":"OKP","crv":"Ed25519","d":"{}"}}"#,
            BASE64.encode([7; 32])
        )
    }

    #[test]
    fn an_assertion_says_what_c1_clients_say() {
        let key = ApiKey::new("otter-1@acme.conductor.one/pcc", secret(&jwk())).unwrap();
        let assertion = key.assertion("acme.conductor.one", 1_000);
        let parts: Vec<Vec<u8>> = assertion
            .split('.')
            .map(|part| BASE64.decode(part).unwrap())
            .collect();
        let header: serde_json::Value = serde_json::from_slice(&parts[0]).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&parts[1]).unwrap();
        assert_eq!(header["alg"], "EdDSA");
        assert_eq!(header["nonce"].as_str().unwrap().len(), 32);
        assert_eq!(header.as_object().unwrap().len(), 2);
        assert_eq!(
            claims,
            json!({
                "iss": "otter-1@acme.conductor.one/pcc", "sub": "otter-1@acme.conductor.one/pcc",
                "aud": ["acme.conductor.one"], "iat": 1_000, "nbf": 880, "exp": 1_120,
            })
        );
        let signature = ed25519_dalek::Signature::from_slice(&parts[2]).unwrap();
        let (message, _) = assertion.rsplit_once('.').unwrap();
        let public = SigningKey::from_bytes(&[7; 32]).verifying_key();
        public
            .verify_strict(message.as_bytes(), &signature)
            .unwrap();
    }

    #[test]
    fn what_is_no_key_is_refused_and_not_repeated() {
        let good = "otter-1@acme.conductor.one/pcc";
        for id in [
            "",
            "otter",
            "otter@acme",
            "@acme/pcc",
            "o@/pcc",
            "o@a b/pcc",
            "o@a@b/pcc",
            "o@a?x/pcc",
        ] {
            let error = ApiKey::new(id, secret(&jwk())).unwrap_err();
            assert!(matches!(error, ApiKeyError::ClientId), "{id}");
        }
        let other = jwk().replace("Ed25519", "X25519");
        let false_x = jwk().replace('}', &format!(r#","x":"{}"}}"#, BASE64.encode([1; 32])));
        let v2 = Secret::new(secret(&jwk()).expose().replace(":v1:", ":v2:"));
        for secret in [secret(&other), secret(&false_x), v2, Secret::new("hunter2")] {
            let error = ApiKey::new(good, secret).unwrap_err();
            assert!(matches!(error, ApiKeyError::Secret));
            assert!(!error.to_string().contains("hunter2"));
        }
        let key = ApiKey::new(good, secret(&jwk())).unwrap();
        assert!(!format!("{key:?}").contains(key.secret().expose()));
    }

    #[test]
    fn a_key_names_its_api_and_its_kind_and_survives_being_kept() {
        for (id, api, service) in [
            (
                "o@acme.conductor.one/pcc",
                "https://acme.conductor.one/",
                false,
            ),
            (
                "o@acme.c1eu.ai:8443/spc",
                "https://acme.c1eu.ai:8443/",
                true,
            ),
            ("o@127.0.0.1:4000/wfe", "http://127.0.0.1:4000/", true),
        ] {
            let key = ApiKey::new(id, secret(&jwk())).unwrap();
            assert_eq!(key.api_url().unwrap().as_str(), api);
            assert_eq!(key.is_service(), service);
            assert!(key.is_for(&Url::parse(api).unwrap()));
            assert!(!key.is_for(&Url::parse("https://evil.example").unwrap()));
            let kept = ApiKey::from_kept(&key.to_kept()).unwrap().unwrap();
            assert_eq!(kept.id(), id);
        }
        assert!(ApiKey::from_kept(&Secret::new("a-bearer-token")).is_none());
    }
}
