//! A client assertion as the API's token endpoint checks it (c1.md 1.4, 11.2; RFC 7523 section 3).

use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::Value;

use crate::keys::decode;

/// The longest an assertion may live, seconds.
const LONGEST: i64 = 300;

/// Tolerated difference of clocks, seconds.
const SKEW: i64 = 60;

/// Checks signature, `iss` = `sub` = client id, `aud` = host, and the times. The error says what is wrong.
pub(super) fn verify(
    assertion: &str,
    public: &VerifyingKey,
    client_id: &str,
    host: &str,
    now: i64,
) -> Result<(), &'static str> {
    let (message, signature) = assertion.rsplit_once('.').ok_or("no JWS")?;
    let (header, claims) = message.split_once('.').ok_or("no JWS")?;
    let header = json(header).ok_or("the assertion's header is not JSON")?;
    if header.get("alg").and_then(Value::as_str) != Some("EdDSA") {
        return Err("the assertion's alg is not EdDSA");
    }
    let signature = decode(signature).and_then(|bytes| Signature::from_slice(&bytes).ok());
    let signature = signature.ok_or("the assertion's signature is not valid")?;
    public
        .verify_strict(message.as_bytes(), &signature)
        .map_err(|_| "the assertion's signature is not valid")?;

    let claims = json(claims).ok_or("the assertion's claims are not JSON")?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if text("iss") != Some(client_id) || text("sub") != Some(client_id) {
        return Err("the assertion is of another client");
    }
    let aud = claims.get("aud").unwrap_or(&Value::Null);
    let among = aud
        .as_array()
        .is_some_and(|all| all.iter().any(|one| one == host));
    if aud != host && !among {
        return Err("the assertion is for another host");
    }
    let time = |name: &str| claims.get(name).and_then(Value::as_i64);
    match time("exp") {
        Some(exp) if exp <= now - SKEW => Err("the assertion has expired"),
        Some(exp) if exp > now + LONGEST => Err("the assertion lives too long"),
        Some(_) if time("nbf").is_some_and(|nbf| nbf > now + SKEW) => {
            Err("the assertion is not valid yet")
        }
        Some(_) => Ok(()),
        None => Err("the assertion does not expire"),
    }
}

fn json(part: &str) -> Option<Value> {
    serde_json::from_slice(&decode(part)?).ok()
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};
    use serde_json::json;

    use super::*;
    use crate::keys::encode;

    const ID: &str = "otter@127.0.0.1:4000/pcc";

    fn verified(alg: &str, seed: u8, changes: &Value) -> Result<(), &'static str> {
        let mut claims = json!({
            "iss": ID, "sub": ID, "aud": ["127.0.0.1"], "iat": 1000, "nbf": 880, "exp": 1120,
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let part = |value: Value| encode(value.to_string().as_bytes());
        let header = json!({"alg": alg, "nonce": "00"});
        let message = format!("{}.{}", part(header), part(claims));
        let signature = SigningKey::from_bytes(&[seed; 32]).sign(message.as_bytes());
        let assertion = format!("{message}.{}", encode(&signature.to_bytes()));
        let public = SigningKey::from_bytes(&[1; 32]).verifying_key();
        verify(&assertion, &public, ID, "127.0.0.1", 1000)
    }

    #[test]
    fn only_what_the_contract_says_passes() {
        let honest = json!({});
        assert_eq!(verified("EdDSA", 1, &honest), Ok(()));
        assert_eq!(verified("EdDSA", 1, &json!({"aud": "127.0.0.1"})), Ok(()));
        assert_eq!(verified("EdDSA", 1, &json!({"exp": 1300})), Ok(()));
        for (alg, seed, changes) in [
            ("none", 1, honest.clone()),
            ("HS256", 1, honest.clone()),
            ("EdDSA", 2, honest),
            ("EdDSA", 1, json!({"iss": "other"})),
            ("EdDSA", 1, json!({"sub": "other"})),
            ("EdDSA", 1, json!({"aud": ["127.0.0.1:4000"]})),
            ("EdDSA", 1, json!({"aud": null})),
            ("EdDSA", 1, json!({"exp": 1301})),
            ("EdDSA", 1, json!({"exp": 900})),
            ("EdDSA", 1, json!({"exp": null})),
            ("EdDSA", 1, json!({"nbf": 1100})),
        ] {
            assert!(
                verified(alg, seed, &changes).is_err(),
                "{alg} {seed} {changes}"
            );
        }
    }
}
