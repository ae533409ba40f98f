//! Which members of a key set make a key for signatures, which algorithm hashes how, and when the set is fetched.

use std::time::Duration;

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

fn one_key() -> Value {
    let key =
        json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
    json!({ "keys": [key] })
}

/// How many keys come of a question, and how often the set was fetched for it.
fn fetched(
    answers: &[(u16, Value)],
    ask: impl FnOnce(KeySource) -> Result<Keys, KeysError>,
) -> (Result<usize, String>, usize) {
    let (keys, came) = answering(answers, |base| {
        ask(KeySource {
            http: Http::new(Duration::from_secs(20)).patient(|_| true),
            url: format!("{base}/keys"),
            fetching: Mutex::new(None),
        })
    });
    let count = |keys: Keys| keys.usable(&[Alg::EdDsa]);
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
