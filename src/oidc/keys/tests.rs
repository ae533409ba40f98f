//! Which members of a key set make a key for signatures, and which algorithm hashes how.

use openidconnect::core::CoreJwsSigningAlgorithm as Alg;
use serde_json::json;

use super::*;

/// How many keys this one is, for the algorithm, with a member changed.
fn usable(member: &str, value: &Value, alg: &Alg) -> usize {
    let mut key = json!({
        "kty": "OKP", "crv": "Ed25519", "kid": "1", "use": "sig", "alg": "EdDSA",
        "key_ops": ["verify"], "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    });
    key[member] = value.clone();
    let set = json!({ "keys": [{ "kty": "unknown" }, key] });
    let keys = Keys::parse(set.to_string().as_bytes()).unwrap();
    keys.usable(std::slice::from_ref(alg))
}

/// RFC 7517 §4.2 to §4.5.
#[test]
fn b9_21_a_key_for_something_else_is_no_key() {
    for (member, value, count) in [
        ("unknown", json!(1), 1),
        ("kid", json!("2"), 1),
        ("kid", json!(1), 0),
        ("kid", Value::Null, 0),
        ("use", json!("enc"), 0),
        ("use", json!("tls"), 0),
        ("use", json!("Sig"), 0),
        ("use", json!(["sig"]), 0),
        ("use", Value::Null, 0),
        ("key_ops", json!(["sign", "verify"]), 1),
        ("key_ops", json!(["sign"]), 0),
        ("key_ops", json!([]), 0),
        ("key_ops", json!("verify"), 0),
        ("key_ops", Value::Null, 0),
        ("alg", json!("ES256"), 0),
        ("alg", json!("eddsa"), 0),
        ("alg", json!(1), 0),
        ("alg", Value::Null, 0),
    ] {
        assert_eq!(
            usable(member, &value, &Alg::EdDsa),
            count,
            "{member} {value}"
        );
    }
    // And for no algorithm of another kind of key, whatever it says.
    assert_eq!(usable("alg", &json!("ES256"), &Alg::EcdsaP256Sha256), 0);
}

/// B9.18.
#[test]
fn each_algorithm_has_its_own_hash() {
    for (alg, length) in [
        (Alg::RsaSsaPkcs1V15Sha256, 32),
        (Alg::RsaSsaPssSha256, 32),
        (Alg::EcdsaP256Sha256, 32),
        (Alg::RsaSsaPkcs1V15Sha384, 48),
        (Alg::RsaSsaPssSha384, 48),
        (Alg::EcdsaP384Sha384, 48),
        (Alg::RsaSsaPkcs1V15Sha512, 64),
        (Alg::RsaSsaPssSha512, 64),
        (Alg::EcdsaP521Sha512, 64),
        (Alg::EdDsa, 64),
    ] {
        let hash = hash(&alg, b"x").unwrap();
        assert_eq!(hash.len(), length, "{alg:?}");
        assert!(hash.iter().any(|byte| *byte != hash[0]), "{alg:?}");
    }
    for none in [Alg::HmacSha256, Alg::None] {
        assert_eq!(hash(&none, b"x"), None);
    }
}
