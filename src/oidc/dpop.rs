//! Demonstrating proof of possession (RFC 9449, B7): one ES256 key an attempt, which signs a new proof for
//! every request and is stored nowhere.

use std::sync::Mutex;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use jiff::Timestamp;
use openidconnect::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use openidconnect::{HttpRequest, HttpResponse};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use rand::RngCore;
use rand::rngs::OsRng;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::jose;
use super::metadata::Metadata;
use crate::adapters::http::{Http, HttpError, Repeat};
use crate::adapters::jws;
use crate::domain::proof::ProofOfPossession;
use crate::domain::www_authenticate;

const DPOP: HeaderName = HeaderName::from_static("dpop");

/// The only algorithm we sign with (B7.13).
const ALG: &str = "ES256";

/// The provider takes no proof that we could make (B7.13).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the provider does not take DPoP proofs signed with ES256 (it lists {0})")]
pub(crate) struct NoProofAlgorithm(String);

/// A key for one attempt, and the nonce that the provider last gave (RFC 9449 §9: the API's are not kept here).
pub(super) struct Possession {
    key: DpopKey,
    nonce: Mutex<Option<String>>,
}

impl Possession {
    /// A fresh key, if the provider lets it be of use. A provider that lists no algorithms may still take
    /// them; the type of the token that it issues decides.
    pub(super) fn begin(metadata: &Metadata) -> Result<Self, NoProofAlgorithm> {
        match &metadata
            .additional_metadata()
            .dpop_signing_alg_values_supported
        {
            Some(algs) if !algs.iter().any(|alg| alg == ALG) => {
                Err(NoProofAlgorithm(format!("`{}`", algs.join("`, `"))))
            }
            _ => Ok(Self {
                key: DpopKey::new(),
                nonce: Mutex::new(None),
            }),
        }
    }

    /// `dpop_jkt`, which binds the code to the key too (RFC 9449 §10).
    pub(super) fn thumbprint(&self) -> String {
        self.key.thumbprint()
    }

    /// A token that is of use only with this key.
    pub(super) fn into_key(self) -> Box<dyn ProofOfPossession> {
        Box::new(self.key)
    }

    /// One token request with a proof; once more with a new one if the provider wants its nonce in it (RFC 9449 §8).
    /// The request is made anew for every try, for what in it counts once too.
    pub(super) fn send(
        &self,
        http: &Http,
        request: impl Fn() -> HttpRequest,
        repeat: Repeat,
    ) -> Result<HttpResponse, HttpError> {
        let (answer, noted) = self.ask(http, &request, repeat)?;
        if noted && wants_nonce(&answer) {
            return self.ask(http, &request, repeat).map(|(answer, _)| answer);
        }
        Ok(answer)
    }

    /// The answer, and whether a nonce for the next request came with it (RFC 9449 §8.2).
    fn ask(
        &self,
        http: &Http,
        request: impl Fn() -> HttpRequest,
        repeat: Repeat,
    ) -> Result<(HttpResponse, bool), HttpError> {
        let answer = http.send_each(|| self.proven(request()), repeat)?;
        let noted = self.note_nonce(answer.headers());
        Ok((answer, noted))
    }

    fn proven(&self, mut request: HttpRequest) -> HttpRequest {
        let nonce = self.nonce.lock().ok().and_then(|nonce| nonce.clone());
        let method = request.method().as_str().to_owned();
        if let Ok(url) = Url::parse(&request.uri().to_string()) {
            let proof = self.key.sign(&method, &url, None, nonce.as_deref());
            if let Ok(proof) = HeaderValue::from_str(&proof) {
                // RFC 9449 §4.3: one header, whatever stood there.
                request.headers_mut().insert(DPOP, proof);
            }
        }
        request
    }

    /// Whether there was a usable nonce.
    fn note_nonce(&self, headers: &HeaderMap) -> bool {
        let values = headers.get_all("dpop-nonce").iter();
        let Some(nonce) = www_authenticate::sound_nonce(values.map(HeaderValue::as_bytes)) else {
            return false;
        };
        if let Ok(mut kept) = self.nonce.lock() {
            *kept = Some(nonce);
        }
        true
    }
}

/// `use_dpop_nonce` from a token endpoint (RFC 9449 §8).
fn wants_nonce(answer: &Response<Vec<u8>>) -> bool {
    let refused = matches!(
        answer.status(),
        StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED
    );
    refused
        && jose::parse_json(answer.body())
            .is_ok_and(|body| body.get("error") == Some(&Value::from("use_dpop_nonce")))
}

struct DpopKey(SigningKey);

impl DpopKey {
    fn new() -> Self {
        loop {
            let mut scalar = [0; 32];
            OsRng.fill_bytes(&mut scalar);
            // Fails only if the scalar is zero or beyond the group order.
            if let Ok(key) = SigningKey::from_slice(&scalar) {
                return Self(key);
            }
        }
    }

    /// The public half (RFC 9449 §4.2).
    fn jwk(&self) -> Value {
        let point = self.0.verifying_key().to_sec1_point(false);
        json!({
            "crv": "P-256",
            "kty": "EC",
            "x": point.x().map(|x| BASE64.encode(x)),
            "y": point.y().map(|y| BASE64.encode(y)),
        })
    }

    /// RFC 7638: the required members in alphabetical order, which is how they are written above.
    fn thumbprint(&self) -> String {
        let jwk = self.jwk();
        let member = |name: &str| jwk.get(name).and_then(Value::as_str).unwrap_or_default();
        let text = format!(
            r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#,
            member("x"),
            member("y")
        );
        BASE64.encode(Sha256::digest(text))
    }

    /// RFC 9449 §4.2 (B7.1 to B7.4).
    fn sign(&self, method: &str, url: &Url, token: Option<&str>, nonce: Option<&str>) -> String {
        let mut jti = [0; 16];
        OsRng.fill_bytes(&mut jti);
        let mut htu = url.clone();
        htu.set_query(None);
        htu.set_fragment(None);
        let header = json!({ "typ": "dpop+jwt", "alg": ALG, "jwk": self.jwk() });
        let mut claims = json!({
            "jti": BASE64.encode(jti),
            "htm": method,
            "htu": htu.as_str(),
            "iat": Timestamp::now().as_second(),
        });
        if let Some(members) = claims.as_object_mut() {
            if let Some(token) = token {
                let ath = BASE64.encode(Sha256::digest(token));
                members.insert("ath".into(), ath.into());
            }
            if let Some(nonce) = nonce {
                members.insert("nonce".into(), nonce.into());
            }
        }
        jws::compact(&header, &claims, |message| {
            let signature: Signature = self.0.sign(message);
            signature.to_vec()
        })
    }
}

impl ProofOfPossession for DpopKey {
    fn proof(&self, method: &str, url: &Url, access_token: &str, nonce: Option<&str>) -> String {
        self.sign(method, url, Some(access_token), nonce)
    }
}

#[cfg(test)]
mod tests {
    use openidconnect::JsonWebKey;
    use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm};

    use super::super::jose::UnverifiedJws;
    use super::*;

    fn url() -> Url {
        Url::parse("https://as.example/token?x=1#y").unwrap()
    }

    #[test]
    fn b7_1_a_proof_is_typed_and_signed_with_the_public_key_in_its_header() {
        let key = DpopKey::new();
        let proof = key.sign("POST", &url(), None, None);
        let jws = UnverifiedJws::parse(&proof).unwrap();
        assert_eq!(jws.header["typ"], "dpop+jwt");
        assert_eq!(jws.header["alg"], "ES256");
        let jwk = jws.header["jwk"].as_object().unwrap();
        let names: Vec<&str> = jwk.keys().map(String::as_str).collect();
        assert_eq!(names, ["crv", "kty", "x", "y"]);
        let public: CoreJsonWebKey = serde_json::from_value(jws.header["jwk"].clone()).unwrap();
        let alg = CoreJwsSigningAlgorithm::EcdsaP256Sha256;
        let good = public.verify_signature(&alg, jws.signing_input, &jws.signature);
        assert!(good.is_ok());
    }

    #[test]
    fn b7_2_to_b7_4_what_a_proof_says() {
        let key = DpopKey::new();
        let bare = key.sign("POST", &url(), None, None);
        let claims = UnverifiedJws::parse(&bare).unwrap().claims;
        assert_eq!(claims["htm"], "POST");
        assert_eq!(claims["htu"], "https://as.example/token");
        assert_eq!(claims["jti"].as_str().unwrap().len(), 22);
        assert!(claims["iat"].is_i64());
        assert!(!claims.contains_key("ath") && !claims.contains_key("nonce"));

        let full = key.proof("GET", &url(), "token", Some("n"));
        let claims = UnverifiedJws::parse(&full).unwrap().claims;
        // SHA-256 of "token".
        assert_eq!(claims["ath"], "PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A");
        assert_eq!(claims["nonce"], "n");
    }

    #[test]
    fn b7_5_no_two_proofs_are_the_same_and_no_two_keys() {
        let key = DpopKey::new();
        let jti = || {
            let proof = key.sign("POST", &url(), None, None);
            UnverifiedJws::parse(&proof).unwrap().claims["jti"].clone()
        };
        assert_ne!(jti(), jti());
        assert_ne!(DpopKey::new().thumbprint(), DpopKey::new().thumbprint());
        assert_eq!(key.thumbprint().len(), 43);
    }
}
