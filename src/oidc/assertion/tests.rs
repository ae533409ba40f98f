use openidconnect::JsonWebKey as _;
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm as Jws};
use p256::elliptic_curve::sec1::ToSec1Point as _;
use p256::pkcs8::EncodePrivateKey as _;
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::pkcs8::EncodePrivateKey as _;
use rsa::pkcs8::LineEnding as Ending;
use rsa::traits::{PrivateKeyParts as _, PublicKeyParts as _};
use serde_json::Value;

use super::super::jose::UnverifiedJws;
use super::*;

fn scalar() -> p256::SecretKey {
    p256::SecretKey::from_slice(&[7; 32]).unwrap()
}

fn rsa(bits: usize) -> RsaPrivateKey {
    RsaPrivateKey::new(&mut OsRng, bits).unwrap()
}

fn encode(number: &BigUint) -> String {
    BASE64.encode(number.to_bytes_be())
}

fn ec_jwk(alg: &str) -> Value {
    let point = scalar().public_key().to_sec1_point(false);
    json!({
        "kty": "EC", "crv": "P-256", "kid": "ours", "alg": alg, "d": BASE64.encode([7; 32]),
        "x": BASE64.encode(point.x().unwrap()), "y": BASE64.encode(point.y().unwrap()),
    })
}

fn rsa_jwk(key: &RsaPrivateKey) -> Value {
    json!({
        "kty": "RSA", "n": encode(key.n()), "e": encode(key.e()), "d": encode(key.d()),
        "p": encode(&key.primes()[0]), "q": encode(&key.primes()[1]),
    })
}

/// The provider's view: the public half of a JWK verifies what the private half signed.
fn verify(key: &AssertionKey, alg: &str, public: &Value) -> (Value, Value) {
    let assertion = key.assertion(alg, "client", "https://idp.example", 1000);
    let jws = UnverifiedJws::parse(&assertion).unwrap();
    let mut public = public.clone();
    let members = public.as_object_mut().unwrap();
    members.retain(|name, _| ["kty", "crv", "x", "y", "n", "e"].contains(&name.as_str()));
    let public: CoreJsonWebKey = serde_json::from_value(public).unwrap();
    let alg: Jws = serde_json::from_value(alg.into()).unwrap();
    let good = public.verify_signature(&alg, jws.signing_input, &jws.signature);
    assert!(good.is_ok(), "{alg:?}");
    (jws.header.into(), jws.claims.into())
}

#[test]
fn rfc_7523_what_an_assertion_says_and_that_each_is_new() {
    let key = AssertionKey::parse(&ec_jwk("ES256").to_string()).unwrap();
    let (header, claims) = verify(&key, "ES256", &ec_jwk("ES256"));
    assert_eq!(header, json!({"typ": "JWT", "alg": "ES256", "kid": "ours"}));
    let jti = claims["jti"].as_str().unwrap();
    assert_eq!(jti.len(), 22);
    let expected = json!({
        "iss": "client", "sub": "client", "aud": "https://idp.example",
        "jti": jti, "iat": 1000, "exp": 1060,
    });
    assert_eq!(claims, expected);
    let again = verify(&key, "ES256", &ec_jwk("ES256")).1;
    assert_ne!(again["jti"], claims["jti"]);
}

#[test]
fn a_key_is_read_in_every_form_that_openssl_writes() {
    let ec = scalar();
    let pkcs8 = ec.to_pkcs8_pem(p256::pkcs8::LineEnding::LF).unwrap();
    let sec1 = ec.to_sec1_pem(p256::pkcs8::LineEnding::LF).unwrap();
    // `openssl ecparam -name prime256v1 -genkey`.
    let with_parameters = format!(
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n{}",
        sec1.as_str()
    );
    let framed = format!("\n{}\n\n", pkcs8.as_str());
    for text in [pkcs8.as_str(), &sec1, &framed, &with_parameters] {
        let key = AssertionKey::parse(text).unwrap();
        assert_eq!(key.algs(), ["ES256"]);
        let (header, _) = verify(&key, "ES256", &ec_jwk("ES256"));
        assert_eq!(header.get("kid"), None);
    }
    let rsa = rsa(2048);
    let named = |alg: &str| {
        let mut jwk = rsa_jwk(&rsa);
        jwk["alg"] = alg.into();
        jwk.to_string()
    };
    for (text, algs) in [
        (
            rsa.to_pkcs8_pem(Ending::LF).unwrap().to_string(),
            &["RS256", "PS256"][..],
        ),
        (
            rsa.to_pkcs1_pem(Ending::LF).unwrap().to_string(),
            &["RS256", "PS256"],
        ),
        (rsa_jwk(&rsa).to_string(), &["RS256", "PS256"]),
        (named("RS256"), &["RS256"]),
        (named("PS256"), &["PS256"]),
    ] {
        let key = AssertionKey::parse(&text).unwrap();
        assert_eq!(key.algs(), algs);
        for alg in algs {
            verify(&key, alg, &rsa_jwk(&rsa));
        }
    }
}

#[test]
fn what_is_no_key_of_ours_is_refused_and_not_repeated() {
    let changed = |name: &str, value: &str| {
        let mut jwk = ec_jwk("ES256");
        jwk[name] = value.into();
        jwk.to_string()
    };
    let public = {
        let mut jwk = ec_jwk("ES256");
        jwk.as_object_mut().unwrap().remove("d");
        jwk.to_string()
    };
    let short = rsa(1024);
    let respelled = |name: &str, spell: fn(&str) -> String| {
        let mut jwk = rsa_jwk(&short);
        jwk[name] = spell(jwk[name].as_str().unwrap()).into();
        jwk.to_string()
    };
    let other = {
        let mut jwk = rsa_jwk(&rsa(2048));
        jwk["n"] = encode(short.n()).into();
        jwk.to_string()
    };
    let pem = |label: &str| format!("-----BEGIN {label}-----\nhunter2\n-----END {label}-----\n");
    for (text, reason) in [
        (String::new(), NotAKey::Unreadable),
        ("hunter2".into(), NotAKey::Unreadable),
        ("{}".into(), NotAKey::Unreadable),
        (public, NotAKey::Unreadable),
        (other, NotAKey::Unreadable),
        (changed("d", "hunter2!"), NotAKey::Unreadable),
        (changed("crv", "P-384"), NotAKey::Kind),
        (changed("kty", "oct"), NotAKey::Kind),
        (changed("alg", "ES384"), NotAKey::Kind),
        (rsa_jwk(&short).to_string(), NotAKey::Short),
        (rsa_jwk(&rsa(2040)).to_string(), NotAKey::Short),
        (rsa_jwk(&rsa(2047)).to_string(), NotAKey::Short),
        // As long as the right key in bytes, and read by lenient readers only.
        (respelled("n", |n| format!("{n}=")), NotAKey::Unreadable),
        (respelled("e", |_| "AQ".into()), NotAKey::Unreadable),
        (respelled("d", |_| "AQ".into()), NotAKey::Unreadable),
        (pem("PRIVATE KEY"), NotAKey::Kind),
        (pem("ENCRYPTED PRIVATE KEY"), NotAKey::Unreadable),
        (pem("PUBLIC KEY"), NotAKey::Unreadable),
        (pem("RSA PRIVATE KEY"), NotAKey::Unreadable),
    ] {
        let error = AssertionKey::parse(&text).unwrap_err();
        assert_eq!(error, reason, "{text}");
        assert!(!error.to_string().contains("hunter2"));
    }
    let key = AssertionKey::parse(&ec_jwk("ES256").to_string()).unwrap();
    assert_eq!(format!("{key:?}"), "AssertionKey(redacted)");
}

struct Counting(usize);

impl RngCore for Counting {
    fn next_u32(&mut self) -> u32 {
        self.0 += 4;
        OsRng.next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        self.0 += 8;
        OsRng.next_u64()
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0 += bytes.len();
        OsRng.fill_bytes(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl rand::CryptoRng for Counting {}

/// A blinded signature takes a random number as long as the modulus; the salt of an unblinded one is 32 bytes.
#[test]
fn rsa_signatures_are_blinded() {
    let key = AssertionKey::parse(&rsa_jwk(&rsa(2048)).to_string()).unwrap();
    for alg in ["RS256", "PS256"] {
        let mut random = Counting(0);
        key.sign(alg, b"message", &mut random);
        assert!(random.0 >= 256, "{alg}: {} bytes", random.0);
    }
}
