//! Any claims under a good signature. Only those of this attempt verify.
#![no_main]

use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use libfuzzer_sys::fuzz_target;
use openidconnect::core::CoreJwsSigningAlgorithm::EcdsaP256Sha256;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use stepup::internals::{Binding, Expected, KeySource, verify};

static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::from_slice(&[7; 32]).unwrap());

fuzz_target!(|claims: &[u8]| {
    let header = BASE64.encode(r#"{"alg":"ES256"}"#);
    let input = format!("{header}.{}", BASE64.encode(claims));
    let signature: Signature = KEY.sign(input.as_bytes());
    let token = format!("{input}.{}", BASE64.encode(signature.to_bytes()));
    let point = KEY.verifying_key().to_sec1_point(false);
    let keys = KeySource::holding(&json!({"keys": [{
        "kty": "EC", "crv": "P-256",
        "x": BASE64.encode(point.x().unwrap()), "y": BASE64.encode(point.y().unwrap()),
    }]}));
    let expected = Expected {
        issuer: "i",
        client_id: "c",
        binding: Binding::Nonce("n"),
        access_token: "t",
        algs: &[EcdsaP256Sha256],
        started: 900,
        now: 1000,
        skew: 60,
    };
    if let Ok(event) = verify(&token, &expected, &keys) {
        let claims: Value = serde_json::from_slice(claims).unwrap();
        assert_eq!(event.facts().issuer, "i");
        assert_eq!(claims["iss"], "i");
        assert_eq!(claims["nonce"], "n");
        assert!(claims["aud"] == "c" || claims["aud"] == json!(["c"]));
        assert!(claims["exp"].as_f64().unwrap() > 939.0);
    }
});
