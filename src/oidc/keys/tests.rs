//! Which members of a key set make a key for signatures, which algorithm hashes how, when the set is fetched,
//! and what is told of a key that is too short.

use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use openidconnect::core::CoreJwsSigningAlgorithm as Alg;
use serde_json::json;

use super::*;
use crate::adapters::http::scripted::answering;

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
    for (alg, lengths) in [
        (Alg::RsaSsaPkcs1V15Sha256, &[32][..]),
        (Alg::RsaSsaPssSha256, &[32]),
        (Alg::EcdsaP256Sha256, &[32]),
        (Alg::RsaSsaPkcs1V15Sha384, &[48]),
        (Alg::RsaSsaPssSha384, &[48]),
        (Alg::EcdsaP384Sha384, &[48]),
        (Alg::RsaSsaPkcs1V15Sha512, &[64]),
        (Alg::RsaSsaPssSha512, &[64]),
        (Alg::EcdsaP521Sha512, &[64]),
        (Alg::EdDsa, &[64, 32]),
        (Alg::HmacSha256, &[]),
        (Alg::None, &[]),
    ] {
        let hashes = hashes(&alg, b"x");
        let found: Vec<usize> = hashes.iter().map(Vec::len).collect();
        assert_eq!(found, lengths, "{alg:?}");
        for hash in hashes {
            assert!(hash.iter().any(|byte| *byte != hash[0]), "{alg:?}");
        }
    }
}

fn one_key() -> Value {
    let key =
        json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
    json!({ "keys": [key] })
}

/// How many keys come of a question, and how often the set was fetched for it.
fn fetched(
    answers: &[(u16, Value)],
    ask: impl FnOnce(KeySource) -> Result<Arc<Keys>, KeysError>,
) -> (Result<usize, String>, usize) {
    let (keys, came) = answering(answers, |base| {
        ask(KeySource {
            http: Http::new(Duration::from_secs(20)).patient(|_| true),
            url: format!("{base}/keys"),
            fetched: Mutex::new(Fetched::Nothing),
        })
    });
    let count = |keys: Arc<Keys>| keys.usable(&[Alg::EdDsa]);
    (keys.map(count).map_err(|error| error.to_string()), came)
}

/// While the person is in the browser nobody has asked for the keys yet.
#[test]
fn keys_are_fetched_before_they_are_asked_for() {
    let server = tiny_http::Server::http("127.0.0.1:0").unwrap();
    let url = format!("http://{}/keys", server.server_addr());
    let source = KeySource::fetching(&Http::new(Duration::from_secs(20)), &url);
    let request = server.recv_timeout(Duration::from_secs(20)).unwrap();
    let reply = tiny_http::Response::from_string(one_key().to_string());
    request
        .expect("nothing was fetched")
        .respond(reply)
        .unwrap();
    assert_eq!(source.keys().unwrap().usable(&[Alg::EdDsa]), 1);
    assert!(server.try_recv().unwrap().is_none(), "fetched twice");
}

#[test]
fn keys_that_could_not_be_fetched_ahead_are_fetched_when_they_are_asked_for() {
    let ask = |source: KeySource| {
        source.refresh();
        source.keys()
    };
    let found = fetched(&[(500, json!({})), (200, one_key())], ask);
    assert_eq!(found, (Ok(1), 2));
    let words = "the provider's key set answered HTTP 500";
    let found = fetched(&[(404, json!({})), (500, json!({}))], ask);
    assert_eq!(found, (Err(words.into()), 2));
}

/// A busy provider is asked again; one that fails is not, as the person waits.
#[test]
fn a_busy_key_set_is_waited_for() {
    let ask = |source: KeySource| source.fetch_again();
    for status in [429, 503] {
        let found = fetched(&[(status, json!({})), (200, one_key())], ask);
        assert_eq!(found, (Ok(1), 2), "{status}");
    }
    let words = "the provider's key set answered HTTP 500";
    let found = fetched(&[(500, json!({})), (200, one_key())], ask);
    assert_eq!(found, (Err(words.into()), 1));
}

/// A modulus of so many bits, odd as it must be.
fn modulus(bits: usize) -> String {
    let mut bytes = vec![0; bits.div_ceil(8)];
    bytes[0] = 1 << ((bits - 1) % 8);
    *bytes.last_mut().unwrap() |= 1;
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn rsa(bits: usize, kid: &str) -> Value {
    json!({"kty": "RSA", "kid": kid, "n": modulus(bits), "e": "AQAB"})
}

fn set(keys: &[Value]) -> Keys {
    Keys::parse(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

/// RFC 7518 §3.3. What is no RSA key for signatures is not one that is too short either.
#[test]
fn the_size_of_a_key_that_is_too_short_is_told() {
    for (bits, told) in [(1024, Some(1024)), (2047, Some(2047)), (2048, None)] {
        let keys = set(&[rsa(bits, "1")]);
        assert_eq!(keys.too_short(), told);
        assert_eq!(
            keys.usable(&[Alg::RsaSsaPkcs1V15Sha256]),
            usize::from(told.is_none())
        );
    }
    for (member, value) in [("kty", "EC"), ("use", "enc"), ("n", "?")] {
        let mut key = rsa(1024, "1");
        key[member] = value.into();
        assert_eq!(set(&[key]).too_short(), None, "{member}");
    }
}

/// A signature is said to be of a short key where it may be, and where no other key could have made it.
#[test]
fn a_short_key_is_named_where_it_may_be_meant() {
    let keys = set(&[rsa(1024, "short"), rsa(2048, "long")]);
    let (rs256, es256) = (Alg::RsaSsaPkcs1V15Sha256, Alg::EcdsaP256Sha256);
    for (kid, alg, verdict) in [
        (Some("short"), &rs256, NotMade::TooShort(1024)),
        (Some("short"), &es256, NotMade::NoKey),
        (Some("long"), &rs256, NotMade::Bad),
        (Some("long"), &es256, NotMade::NoKey),
        (Some("none"), &rs256, NotMade::NoKey),
        (None, &rs256, NotMade::Bad),
        (None, &es256, NotMade::NoKey),
    ] {
        assert_eq!(
            keys.verify(kid, alg, b"x", &[0; 256]).unwrap_err(),
            verdict,
            "{kid:?} {alg:?}"
        );
    }
    let short = set(&[rsa(1024, "short")]);
    assert_eq!(
        short.verify(None, &rs256, b"x", &[0; 128]).unwrap_err(),
        NotMade::TooShort(1024)
    );
}
