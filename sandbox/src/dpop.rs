//! `DPoP` proofs as a server reads them (RFC 9449 §4.3): the provider at its token endpoint, the API with an
//! approval. Each has its own nonce and its own memory (B7.8).

use std::collections::HashSet;
use std::sync::Mutex;

use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::basics::{locked, now, random};
use super::http::Call;
use super::keys::{decode, encode};

/// Seconds that a proof may be old or ahead.
const LEEWAY: i64 = 60;

/// One server's memory of proofs.
pub(crate) struct Proofs {
    seen: Mutex<HashSet<String>>,
    nonce: Mutex<String>,
}

pub(crate) struct Wanted<'a> {
    /// Without query and fragment.
    pub(crate) url: &'a str,
    /// The access token that comes along.
    pub(crate) token: Option<&'a str>,
    /// Whether our nonce must be in it.
    pub(crate) nonce: bool,
}

/// Why a proof does not count.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Bad {
    /// Something about it is wrong (`invalid_dpop_proof`).
    Proof(&'static str),
    /// It lacks our nonce (`use_dpop_nonce`).
    Nonce,
}

impl Proofs {
    pub(crate) fn new() -> Self {
        Self {
            seen: Mutex::default(),
            nonce: Mutex::new(random(24)),
        }
    }

    /// What `DPoP-Nonce` says.
    pub(crate) fn nonce(&self) -> String {
        locked(&self.nonce).clone()
    }

    /// Another nonce, beside which the former is good no longer.
    pub(crate) fn renew_nonce(&self) -> String {
        let fresh = random(24);
        locked(&self.nonce).clone_from(&fresh);
        fresh
    }

    /// The thumbprint of the key that made this request's proof; `None` without a proof.
    pub(crate) fn key(&self, call: &Call, wanted: &Wanted<'_>) -> Result<Option<String>, Bad> {
        let mut proofs = call
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("dpop"));
        let Some((_, proof)) = proofs.next() else {
            return Ok(None);
        };
        if proofs.next().is_some() {
            return Err(Bad::Proof("there are two proofs"));
        }
        self.verify(proof, &call.method, wanted).map(Some)
    }

    fn verify(&self, proof: &str, method: &str, wanted: &Wanted<'_>) -> Result<String, Bad> {
        let bad = |holds: bool, why| if holds { Ok(()) } else { Err(Bad::Proof(why)) };
        let (message, signature) = proof
            .rsplit_once('.')
            .ok_or(Bad::Proof("it is not a JWT"))?;
        let (header, claims) = message
            .split_once('.')
            .ok_or(Bad::Proof("it is not a JWT"))?;
        let object = |part: &str| serde_json::from_slice::<Value>(&decode(part)?).ok();
        let header = object(header).ok_or(Bad::Proof("its header is not JSON"))?;
        let claims = object(claims).ok_or(Bad::Proof("its claims are not JSON"))?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();

        bad(member(&header, "typ") == "dpop+jwt", "its typ is wrong")?;
        bad(member(&header, "alg") == "ES256", "its alg is not ES256")?;
        let jwk = header.get("jwk").ok_or(Bad::Proof("it has no jwk"))?;
        bad(jwk.get("d").is_none(), "its key is private")?;
        bad(
            signed(jwk, message, signature).is_some(),
            "its signature is not valid",
        )?;
        bad(text("htm") == method, "it is for another method")?;
        bad(text("htu") == wanted.url, "it is for another address")?;
        let iat = claims.get("iat").and_then(Value::as_i64);
        let fresh = iat.is_some_and(|iat| (now() - iat).abs() <= LEEWAY);
        bad(fresh, "it is too old, or from the future")?;
        let hash = wanted.token.map(|token| encode(&Sha256::digest(token)));
        bad(
            hash.is_none_or(|hash| text("ath") == hash),
            "it is for another token",
        )?;
        if wanted.nonce && text("nonce") != self.nonce() {
            return Err(Bad::Nonce);
        }
        let jti = text("jti");
        bad(!jti.is_empty(), "it has no jti")?;
        bad(
            locked(&self.seen).insert(jti.to_owned()),
            "it was used before",
        )?;
        Ok(thumbprint(jwk))
    }
}

fn member<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// RFC 7638.
fn thumbprint(jwk: &Value) -> String {
    let (x, y) = (member(jwk, "x"), member(jwk, "y"));
    let text = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    encode(&Sha256::digest(text))
}

fn signed(jwk: &Value, message: &str, signature: &str) -> Option<()> {
    if (member(jwk, "kty"), member(jwk, "crv")) != ("EC", "P-256") {
        return None;
    }
    let mut point = vec![4];
    point.extend(decode(member(jwk, "x"))?);
    point.extend(decode(member(jwk, "y"))?);
    let key = VerifyingKey::from_sec1_bytes(&point).ok()?;
    let signature = Signature::from_slice(&decode(signature)?).ok()?;
    key.verify(message.as_bytes(), &signature).ok()
}

#[cfg(test)]
pub(super) mod tests {
    use p256::ecdsa::SigningKey;
    use p256::ecdsa::signature::Signer;
    use serde_json::json;

    use super::*;

    const URL: &str = "http://127.0.0.1:1/token";

    fn proof(change: impl FnOnce(&mut Value, &mut Value)) -> String {
        proof_of(7, URL, "token", change)
    }

    /// A proof of the key with this number, honest but for what is changed.
    pub(crate) fn proof_of(
        number: u8,
        url: &str,
        token: &str,
        change: impl FnOnce(&mut Value, &mut Value),
    ) -> String {
        let key = SigningKey::from_slice(&[number; 32]).unwrap();
        let point = key.verifying_key().to_sec1_point(false);
        let half = |half: Option<&_>| encode(half.map(AsRef::<[u8]>::as_ref).unwrap());
        let mut header = json!({
            "typ": "dpop+jwt", "alg": "ES256",
            "jwk": {"kty": "EC", "crv": "P-256", "x": half(point.x()), "y": half(point.y())},
        });
        let mut claims = json!({
            "jti": random(22), "htm": "POST", "htu": url, "iat": now(),
            "ath": encode(&Sha256::digest(token)),
        });
        change(&mut header, &mut claims);
        let part = |value: &Value| encode(value.to_string().as_bytes());
        let message = format!("{}.{}", part(&header), part(&claims));
        let signature: Signature = key.sign(message.as_bytes());
        format!("{message}.{}", encode(&signature.to_bytes()))
    }

    fn wanted() -> Wanted<'static> {
        Wanted {
            url: URL,
            token: Some("token"),
            nonce: false,
        }
    }

    fn refused(change: impl FnOnce(&mut Value, &mut Value)) -> &'static str {
        match Proofs::new().verify(&proof(change), "POST", &wanted()) {
            Err(Bad::Proof(why)) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_honest_proof_names_its_key() {
        let proofs = Proofs::new();
        let jkt = proofs.verify(&proof(|_, _| ()), "POST", &wanted()).unwrap();
        assert_eq!(jkt.len(), 43);
        let again = proofs.verify(&proof(|_, _| ()), "POST", &wanted());
        assert_eq!(again, Ok(jkt), "the same key, another proof");
    }

    #[test]
    fn rfc9449_4_3_every_check_of_a_proof() {
        type Change = fn(&mut Value, &mut Value);
        let changes: [(&str, Change); 15] = [
            ("its typ is wrong", |header, _| header["typ"] = "JWT".into()),
            ("its alg is not ES256", |header, _| {
                header["alg"] = "none".into();
            }),
            ("it has no jwk", |header, _| {
                header.as_object_mut().unwrap().remove("jwk");
            }),
            ("its key is private", |header, _| {
                header["jwk"]["d"] = "AA".into();
            }),
            ("its signature is not valid", |header, _| {
                header["jwk"]["x"] = encode(&[1; 32]).into();
            }),
            ("its signature is not valid", |header, _| {
                header["jwk"]["crv"] = "P-384".into();
            }),
            ("it is for another method", |_, claims| {
                claims["htm"] = "GET".into();
            }),
            ("it is for another method", |_, claims| {
                claims["htm"] = "post".into();
            }),
            ("it is for another address", |_, claims| {
                claims["htu"] = format!("{URL}?x=1").into();
            }),
            ("it is too old, or from the future", |_, claims| {
                claims["iat"] = (now() - 120).into();
            }),
            ("it is too old, or from the future", |_, claims| {
                claims["iat"] = (now() + 120).into();
            }),
            ("it is too old, or from the future", |_, claims| {
                claims["iat"] = "now".into();
            }),
            ("it is for another token", |_, claims| {
                claims["ath"] = encode(&Sha256::digest("other")).into();
            }),
            ("it is for another token", |_, claims| {
                claims.as_object_mut().unwrap().remove("ath");
            }),
            ("it has no jti", |_, claims| claims["jti"] = "".into()),
        ];
        for (why, change) in changes {
            assert_eq!(refused(change), why);
        }
    }

    #[test]
    fn a_proof_counts_once_and_its_signature_covers_it() {
        let proofs = Proofs::new();
        let one = proof(|_, _| ());
        assert!(proofs.verify(&one, "POST", &wanted()).is_ok());
        assert_eq!(
            proofs.verify(&one, "POST", &wanted()),
            Err(Bad::Proof("it was used before"))
        );
        let (message, _) = one.rsplit_once('.').unwrap();
        let (_, other) = proof(|_, claims| claims["x"] = 1.into())
            .rsplit_once('.')
            .map(|(message, signature)| (message.to_owned(), signature.to_owned()))
            .unwrap();
        assert_eq!(
            proofs.verify(&format!("{message}.{other}"), "POST", &wanted()),
            Err(Bad::Proof("its signature is not valid"))
        );
    }

    #[test]
    fn a_wanted_nonce_must_be_ours() {
        let proofs = Proofs::new();
        let with_nonce = Wanted {
            nonce: true,
            ..wanted()
        };
        assert_eq!(
            proofs.verify(&proof(|_, _| ()), "POST", &with_nonce),
            Err(Bad::Nonce)
        );
        let ours = proofs.nonce();
        let right = proof(|_, claims| claims["nonce"] = ours.into());
        assert!(proofs.verify(&right, "POST", &with_nonce).is_ok());
        let wrong = proof(|_, claims| claims["nonce"] = "other".into());
        assert_eq!(proofs.verify(&wrong, "POST", &with_nonce), Err(Bad::Nonce));
    }
}
