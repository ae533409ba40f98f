//! Signatures and keys: what is accepted is verified for real, and nothing in a token decides by which key
//! or algorithm it is verified (RFC 8725).

use serde_json::{Value, json};

use crate::keys::{Alg, Key, encode};
use crate::script::Endpoint::Token;
use crate::script::Script;
use crate::world::{FAILED, Outcome, UNTRUSTED, USAGE, World, untrusted};

const BAD: &str = "the ID token's signature is not the provider's";
const UNKNOWN: &str = "the ID token is signed with a key that the provider does not publish";

/// Signed with this algorithm, which the entry accepts.
fn signed(alg: Alg, spoilt: bool) -> Outcome {
    let script = Script::honest()
        .signing(alg)
        .id_token(move |token| token.spoilt = spoilt);
    World::with(script)
        .entry(&format!("id_token_algs = [\"{}\"]", alg.name()))
        .approve()
}

fn verified(algs: &[Alg]) {
    for alg in algs {
        signed(*alg, false).accepted();
        signed(*alg, true).refused(UNTRUSTED, BAD, Token);
    }
}

#[test]
fn rsa_with_pkcs1_is_verified() {
    verified(&[Alg::RS256, Alg::RS384, Alg::RS512]);
}

#[test]
fn rsa_with_pss_is_verified() {
    verified(&[Alg::PS256, Alg::PS384, Alg::PS512]);
}

#[test]
fn es256_is_verified() {
    verified(&[Alg::ES256]);
}

#[test]
fn es384_is_verified() {
    verified(&[Alg::ES384]);
}

#[test]
fn es512_is_verified() {
    verified(&[Alg::ES512]);
}

#[test]
fn eddsa_is_verified() {
    verified(&[Alg::EdDSA]);
}

/// Right key, right signature, but the entry has never heard of the algorithm.
#[test]
fn an_algorithm_that_is_not_configured_is_refused() {
    for alg in [Alg::RS512, Alg::ES256, Alg::EdDSA] {
        let script = Script::honest().signing(alg);
        untrusted(script, "accepted is `RS256`");
    }
}

/// `none` and HS* cannot even be configured.
#[test]
fn none_and_hmac_cannot_be_configured() {
    for alg in ["none", "HS256", "HS384", "HS512"] {
        let outcome = World::with(Script::honest())
            .entry(&format!("id_token_algs = [\"{alg}\"]"))
            .approve();
        assert_eq!(outcome.code, Some(USAGE), "{outcome:#?}");
        assert!(outcome.stderr.contains("id_token_algs"), "{outcome:#?}");
    }
}

/// Symmetric key confusion: HMAC keyed with what everybody can read, and a symmetric key in the key set.
#[test]
fn symmetric_key_confusion() {
    for secret in [Key::modulus, Key::pem] {
        let script = Script::honest()
            .id_token(move |token| token.sign_with(Alg::HS256(secret), Key::Rsa))
            .key_set(move |keys, _| {
                let k = encode(secret(Key::Rsa));
                keys.push(json!({ "kty": "oct", "k": k, "kid": Key::Rsa.id(), "alg": "HS256" }));
            });
        untrusted(script, "the ID token is signed with `HS256`");
    }
}

/// Spellings of `none` that a lax comparison lets through.
#[test]
fn none_in_other_spellings() {
    for alg in ["None", "NONE", "nOnE", "none ", ""] {
        let script = Script::honest().id_token(move |token| {
            token.sign_with(Alg::None, Key::Rsa);
            token.header.insert("alg".into(), alg.into());
        });
        untrusted(script, "the ID token is signed with");
    }
}

#[test]
fn an_algorithm_that_is_missing_or_no_string() {
    for alg in [Value::Null, json!(["RS256"]), json!(256)] {
        let script = Script::honest().header("alg", alg);
        untrusted(script, "the ID token is signed with");
    }
    let script = Script::honest().id_token(|token| {
        token.header.remove("alg").unwrap();
    });
    untrusted(script, "the ID token is signed with missing");
}

/// The right signature over another payload, and no signature at all.
#[test]
fn a_signature_of_something_else() {
    let script = Script::honest().grant(|grant| {
        let token = grant["id_token"].as_str().unwrap();
        let (message, _) = token.rsplit_once('.').unwrap();
        grant["id_token"] = format!("{message}.").into();
    });
    untrusted(script, BAD);
    let script = Script::honest().grant(|grant| {
        let token = grant["id_token"].as_str().unwrap();
        let parts: Vec<&str> = token.split('.').collect();
        // A space behind the last brace: the same claims, other bytes.
        let mut payload = crate::keys::decode(parts[1]);
        payload.push(b' ');
        grant["id_token"] = format!("{}.{}.{}", parts[0], encode(payload), parts[2]).into();
    });
    untrusted(script, BAD);
}

/// An ECDSA signature of zeros (CVE-2022-21449), and one in DER, which JWS does not use.
#[test]
fn an_ecdsa_signature_of_zeros() {
    for (alg, length) in [(Alg::ES256, 64), (Alg::ES384, 96), (Alg::ES512, 132)] {
        let script = Script::honest().signing(alg).grant(move |grant| {
            let token = grant["id_token"].as_str().unwrap();
            let (message, _) = token.rsplit_once('.').unwrap();
            grant["id_token"] = format!("{message}.{}", encode(vec![0; length])).into();
        });
        World::with(script)
            .entry(&format!("id_token_algs = [\"{}\"]", alg.name()))
            .approve()
            .refused(UNTRUSTED, BAD, Token);
    }
}

/// A key id is a name to compare, not a path, an address or a pattern.
#[test]
fn key_ids_with_tricks() {
    for kid in [
        "../../../../../../etc/passwd",
        "/dev/null",
        "http://127.0.0.1:9/keys",
        "rsa-1\u{0}",
        "rsa-1' OR '1'='1",
        "*",
        "",
        "RSA-1",
        " rsa-1",
    ] {
        let script = Script::honest().header("kid", kid);
        let outcome = untrusted(script, UNKNOWN);
        assert_eq!(outcome.key_fetches(), 2);
    }
}

#[test]
fn a_key_id_of_ten_kilobytes() {
    let script = Script::honest().header("kid", "k".repeat(10_240));
    let outcome = untrusted(script, UNKNOWN);
    assert!(outcome.stderr.len() < 8_192, "{outcome:#?}");
}

#[test]
fn a_key_id_that_is_no_string() {
    for kid in [json!(1), Value::Null, json!(["rsa-1"])] {
        let script = Script::honest().header("kid", kid);
        untrusted(script, "header has an unacceptable `kid`");
    }
}

/// Happens in the field: both are tried.
#[test]
fn two_keys_with_one_id() {
    let script = Script::honest().key_set(|keys, _| {
        let mut other = Key::NextRsa.jwk();
        other["kid"] = Key::Rsa.id().into();
        keys.insert(0, other);
    });
    World::with(script).approve().accepted();
}

/// The header brings its own key, or says where it is: neither is looked at.
#[test]
fn keys_in_the_header_are_ignored() {
    let script = || {
        Script::honest()
            .header("jku", "http://127.0.0.1:9/keys")
            .header("x5u", "http://127.0.0.1:9/certificate")
            .header("jwk", Key::NextRsa.jwk())
            .header("x5c", json!(["MIIB"]))
    };
    World::with(script()).approve().accepted();
    let script = script().id_token(|token| token.sign_with(Alg::RS256, Key::NextRsa));
    untrusted(script, BAD);
}

#[test]
fn a_critical_header_is_refused() {
    for crit in [json!(["exp"]), json!([]), json!(["b64"]), Value::Null] {
        let script = Script::honest().header("crit", crit).header("b64", true);
        untrusted(script, "header has an unacceptable `crit`");
    }
}

#[test]
fn a_token_of_another_type_is_refused() {
    for typ in ["at+jwt", "application/at+jwt", "dpop+jwt", "logout+jwt", ""] {
        let script = Script::honest().header("typ", typ);
        untrusted(script, "header has an unacceptable `typ`");
    }
}

#[test]
fn the_type_may_be_missing_or_spelled_otherwise() {
    World::with(Script::honest().header("typ", "jwt"))
        .approve()
        .accepted();
    World::with(Script::honest().id_token(|token| {
        token.header.remove("typ").unwrap();
    }))
    .approve()
    .accepted();
}

#[test]
fn a_key_for_another_algorithm_is_no_key() {
    for alg in ["RS512", "PS256", "RSA-OAEP", "ES256"] {
        let script = Script::honest().key_set(move |keys, _| keys[0]["alg"] = alg.into());
        untrusted(script, UNKNOWN);
    }
}

#[test]
fn a_key_for_encryption_is_no_key() {
    let script = Script::honest().key_set(|keys, _| keys[0]["use"] = "enc".into());
    untrusted(script, UNKNOWN);
}

/// Real sets leave these out.
#[test]
fn a_key_without_use_and_alg_is_a_key() {
    let script = Script::honest().key_set(|keys, _| {
        keys[0].as_object_mut().unwrap().remove("use").unwrap();
    });
    World::with(script).approve().accepted();
}

/// RFC 7517 §5: keys of an unknown kind are passed over.
#[test]
fn keys_that_nobody_understands_are_passed_over() {
    let script = Script::honest().key_set(|keys, _| {
        keys.insert(
            0,
            json!({ "kty": "AKP", "alg": "ML-DSA-44", "pub": "AA", "kid": "pq" }),
        );
        keys.insert(0, json!({ "kid": "nothing" }));
        keys.insert(0, json!("not even an object"));
    });
    World::with(script).approve().accepted();
}

#[test]
fn an_empty_key_set() {
    let script = Script::honest().key_set(|keys, _| keys.clear());
    let outcome = untrusted(script, UNKNOWN);
    assert_eq!(outcome.key_fetches(), 2);
}

/// B9.22: two parsers that disagree about a duplicate are an attack.
#[test]
fn duplicate_members_in_the_id_token() {
    for prefix in [
        "\"acr\":\"phr\",",
        "\"sub\":\"eve\",",
        "\"nobody-knows\":1,\"nobody-knows\":2,",
        "\"deep\":{\"a\":1,\"a\":2},",
        "\"\\u0061cr\":\"phr\",",
    ] {
        let script = Script::honest().id_token(|token| token.claims_prefix = prefix.into());
        untrusted(script, "its payload cannot be read");
    }
}

#[test]
fn duplicate_members_in_the_header() {
    for prefix in ["\"alg\":\"none\",", "\"kid\":\"rsa-2\","] {
        let script = Script::honest().id_token(|token| token.header_prefix = prefix.into());
        untrusted(script, "its header cannot be read");
    }
}

#[test]
fn an_id_token_that_is_none() {
    for nonsense in [
        "",
        ".",
        "..",
        "garbage.garbage.garbage",
        "e30.e30",
        "e30.e30.e30.e30",
        "W10.e30.AA",
        "e30.W10.AA",
        "e30=.e30.AA",
    ] {
        let script = Script::honest().id_token(|token| token.instead = Some(nonsense.into()));
        untrusted(script, "the ID token cannot be read");
    }
}

/// RFC 8725 §3.7: a name in Latin-1, and all of it in UTF-16.
#[test]
fn claims_that_are_not_utf_8() {
    let utf_16 = "{}".encode_utf16().flat_map(u16::to_be_bytes);
    for payload in [b"{\"name\":\"Zo\xeb\"}".to_vec(), utf_16.collect()] {
        let token = format!("e30.{}.AA", encode(payload));
        let script = Script::honest().id_token(move |sealed| sealed.instead = Some(token.clone()));
        untrusted(script, "its payload cannot be read");
    }
}

/// As deep as a stack overflow would need.
#[test]
fn an_id_token_of_a_hundred_thousand_brackets() {
    let script = Script::honest().id_token(|token| {
        let deep = format!("{{\"a\":{}", "[".repeat(100_000));
        token.instead = Some(format!("e30.{}.AA", encode(deep)));
    });
    untrusted(script, "its payload cannot be read");
}

/// The keys are not to be had: nothing is accepted without them.
#[test]
fn a_key_set_that_cannot_be_read() {
    use crate::http::Reply;
    use crate::script::Endpoint::Keys;
    for (reply, sentence) in rows! {
        (500, "application/json", "{}"), "the provider's key set answered HTTP 500";
        (200, "text/html", "<!doctype html>"), "the provider's key set cannot be read";
        (200, "application/json", "{}"), "the provider's key set cannot be read: it has no `keys`";
        (200, "application/json", "{\"keys\":[],\"keys\":[]}"), "the provider's key set cannot be read";
    } {
        let (status, content_type, body) = reply;
        let script = Script::honest().reply(Keys, move |reply| {
            *reply = Reply::new(status, content_type, body);
        });
        World::with(script)
            .approve()
            .refused(FAILED, sentence, Token);
    }
}
