//! Every check at its edges, without a network: a token that is right but for one thing.

use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::Signer;
use serde_json::json;

use super::*;
use crate::oidc::keys::Keys;

const NOW: i64 = 1_800_000_000;
const STARTED: i64 = NOW - 90;
const SKEW: i64 = 60;
const ACCESS_TOKEN: &str = "the access token";

const EXPECTED: Expected<'static> = Expected {
    issuer: "https://idp.example",
    client_id: "stepup",
    binding: Binding::Nonce("n-0S6_WzA2Mj"),
    access_token: ACCESS_TOKEN,
    algs: &[CoreJwsSigningAlgorithm::EcdsaP256Sha256],
    started: STARTED,
    now: NOW,
    skew: SKEW,
};

fn key() -> SigningKey {
    SigningKey::from_slice(&[7; 32]).unwrap()
}

fn keys() -> KeySource {
    let point = key().verifying_key().to_sec1_point(false);
    let (x, y) = point.as_bytes()[1..].split_at(32);
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let set = json!({ "keys": [{
        "kty": "EC", "crv": "P-256", "kid": "1", "x": encode(x), "y": encode(y),
    }] });
    KeySource::of(Keys::parse(set.to_string().as_bytes()).unwrap())
}

fn claims() -> Value {
    json!({
        "iss": "https://idp.example",
        "sub": "mira",
        "aud": "stepup",
        "exp": NOW + 300,
        "iat": NOW,
        "nonce": "n-0S6_WzA2Mj",
        "acr": "phr",
        "auth_time": NOW,
    })
}

fn token(header: &Value, claims: &Value) -> String {
    let encode = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", encode(header), encode(claims));
    let signature: p256::ecdsa::Signature = key().sign(message.as_bytes());
    format!(
        "{message}.{}",
        BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes())
    )
}

/// What becomes of a token with these claims changed; null takes one away.
fn verdict(change: &Value) -> Result<AuthenticationEvent, IdTokenError> {
    let mut claims = claims();
    for (name, value) in change.as_object().unwrap() {
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
            value => claims[name] = value.clone(),
        }
    }
    let token = token(&json!({ "alg": "ES256", "kid": "1" }), &claims);
    verify(&token, &EXPECTED, &keys())
}

fn facts_of(change: &Value) -> Facts {
    verdict(change).unwrap().facts().clone()
}

#[test]
fn a_right_token_is_an_event() {
    let facts = facts_of(&json!({}));
    assert_eq!(facts.subject, "mira");
    assert_eq!(facts.issuer, "https://idp.example");
    assert_eq!(facts.acr, Claim::Present("phr".into()));
    assert_eq!(facts.auth_time, Claim::Present(NOW));
    assert_eq!(facts.issued_at, NOW);
}

/// JSON's null is there: where a claim may be left out, null is something else.
#[test]
fn a_claim_that_is_null_is_not_one_that_is_left_out() {
    use IdTokenError as No;
    let verdict = |name: &str| {
        let mut claims = claims();
        claims["email"] = json!("m@example.com");
        claims[name] = Value::Null;
        let token = token(&json!({ "alg": "ES256", "kid": "1" }), &claims);
        verify(&token, &EXPECTED, &keys())
    };
    assert!(matches!(verdict("azp"), Err(No::AuthorizedParty { .. })));
    assert!(matches!(
        verdict("nbf"),
        Err(No::Claim { claim: "nbf", .. })
    ));
    assert!(matches!(verdict("at_hash"), Err(No::AccessTokenHash)));
    assert!(matches!(verdict("nonce"), Err(No::Nonce)));
    let verified = verdict("email_verified").unwrap();
    let null = EmailVerified::No("null".into());
    assert_eq!(verified.facts().email_verified, null);
    // Of the rest, one that says nothing is none.
    assert_eq!(verdict("acr").unwrap().facts().acr, Claim::Absent);
    assert_eq!(verdict("email").unwrap().facts().email, Claim::Absent);
}

/// B9.13 and B9.14, to the second.
#[test]
fn times_are_tolerated_up_to_the_skew_and_no_further() {
    for (change, fine) in [
        (json!({ "exp": NOW - SKEW + 1 }), true),
        (json!({ "exp": NOW - SKEW }), false),
        (json!({ "exp": NOW - SKEW - 1 }), false),
        (json!({ "iat": NOW + SKEW }), true),
        (json!({ "iat": NOW + SKEW + 1 }), false),
        (json!({ "iat": STARTED - SKEW }), true),
        (json!({ "iat": STARTED - SKEW - 1 }), false),
        (json!({ "nbf": NOW + SKEW }), true),
        (json!({ "nbf": NOW + SKEW + 1 }), false),
        (json!({ "nbf": i64::MIN }), true),
        (json!({ "nbf": i64::MAX }), false),
        (json!({ "nbf": 1_800_000_000.9 }), true),
        (json!({ "nbf": NOW.to_string() }), false),
        (json!({ "nbf": [NOW] }), false),
        (json!({ "exp": i64::MAX }), true),
        (json!({ "exp": u64::MAX }), true),
        (json!({ "exp": 1e300 }), true),
        (json!({ "exp": i64::MIN }), false),
        (json!({ "exp": -1e300 }), false),
        (json!({ "iat": i64::MAX }), false),
        (json!({ "iat": i64::MIN }), false),
        (json!({ "iat": 1_800_000_000.9 }), true),
        (json!({ "exp": "1800000300" }), false),
        (json!({ "exp": true }), false),
    ] {
        assert_eq!(verdict(&change).is_ok(), fine, "{change}");
    }
}

#[test]
fn each_refusal_says_which_check_failed() {
    use IdTokenError as No;
    type Is = fn(&IdTokenError) -> bool;
    let cases: [(Value, Is); 18] = [
        (json!({ "iss": null }), |no| matches!(no, No::Issuer { .. })),
        (json!({ "iss": "https://idp.example/" }), |no| {
            matches!(no, No::Issuer { .. })
        }),
        (json!({ "iss": "https://IDP.example" }), |no| {
            matches!(no, No::Issuer { .. })
        }),
        (json!({ "aud": null }), |no| {
            matches!(no, No::Audience { .. })
        }),
        (json!({ "aud": "Stepup" }), |no| {
            matches!(no, No::Audience { .. })
        }),
        (json!({ "aud": ["stepup", "stepup"] }), |no| {
            matches!(no, No::Audience { .. })
        }),
        (json!({ "aud": ["stepup", "x"], "azp": "stepup" }), |no| {
            matches!(no, No::Audience { .. })
        }),
        (json!({ "azp": "x" }), |no| {
            matches!(no, No::AuthorizedParty { .. })
        }),
        (json!({ "azp": ["stepup"] }), |no| {
            matches!(no, No::AuthorizedParty { .. })
        }),
        (json!({ "exp": NOW - 300 }), |no| {
            matches!(no, No::Expired { seconds: 300 })
        }),
        (json!({ "nbf": NOW + 300 }), |no| {
            matches!(no, No::NotYetValid { seconds: 300 })
        }),
        (json!({ "nbf": "soon" }), |no| {
            matches!(no, No::Claim { claim: "nbf", .. })
        }),
        (json!({ "iat": NOW + 300 }), |no| {
            matches!(no, No::IssuedInFuture { seconds: 300 })
        }),
        (json!({ "iat": STARTED - 300 }), |no| {
            matches!(no, No::IssuedBefore { seconds: 300 })
        }),
        (json!({ "nonce": null }), |no| matches!(no, No::Nonce)),
        (json!({ "nonce": "N-0S6_WzA2Mj" }), |no| {
            matches!(no, No::Nonce)
        }),
        (json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }), |no| {
            matches!(no, No::AccessTokenHash)
        }),
        (json!({ "sub": "s".repeat(256) }), |no| {
            matches!(no, No::Claim { claim: "sub", .. })
        }),
    ];
    for (change, is) in cases {
        let refusal = verdict(&change).unwrap_err();
        assert!(is(&refusal), "{change}: {refusal:?}");
    }
    assert!(verdict(&json!({ "sub": "s".repeat(255) })).is_ok());
}

/// The order of Core §3.1.3.7: who sent it is asked before anything else about it.
#[test]
fn the_first_failed_check_is_the_one_that_is_named() {
    let all_wrong = json!({ "iss": "x", "aud": "x", "exp": 0, "iat": 0, "nonce": "x" });
    assert!(matches!(
        verdict(&all_wrong),
        Err(IdTokenError::Issuer { .. })
    ));
    let times_and_nonce = json!({ "exp": 0, "nonce": "x" });
    assert!(matches!(
        verdict(&times_and_nonce),
        Err(IdTokenError::Expired { .. })
    ));
}

/// B9.18: the left half of the hash that the signature's algorithm uses.
#[test]
fn at_hash_fits_the_algorithm() {
    let alg = CoreJwsSigningAlgorithm::EcdsaP256Sha256;
    let hash = &keys::hashes(&alg, ACCESS_TOKEN.as_bytes())[0];
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    assert!(verdict(&json!({ "at_hash": encode(&hash[..16]) })).is_ok());
    for wrong in [
        json!(encode(hash)),
        json!(encode(&hash[16..])),
        json!(""),
        json!([encode(&hash[..16])]),
    ] {
        let verdict = verdict(&json!({ "at_hash": wrong }));
        assert!(matches!(verdict, Err(IdTokenError::AccessTokenHash)));
    }
}

/// B9.18: which hash is that of `EdDSA` no specification says; SHA-512 and SHA-256 are met.
#[test]
fn at_hash_of_eddsa_is_one_of_two() {
    use sha2::{Digest, Sha256, Sha384, Sha512};
    let (short, other, long) = (
        Sha256::digest(ACCESS_TOKEN),
        Sha384::digest(ACCESS_TOKEN),
        Sha512::digest(ACCESS_TOKEN),
    );
    let verdict = |left_half: &[u8]| {
        let claims = json!({ "at_hash": BASE64_URL_SAFE_NO_PAD.encode(left_half) });
        let alg = CoreJwsSigningAlgorithm::EdDsa;
        access_token_hash(claims.as_object().unwrap(), &alg, &EXPECTED)
    };
    assert!(verdict(&long[..32]).is_ok());
    assert!(verdict(&short[..16]).is_ok());
    for wrong in [&long[..16], &short[..], &short[16..], &other[..24]] {
        assert!(matches!(verdict(wrong), Err(IdTokenError::AccessTokenHash)));
    }
}

#[test]
fn a_turned_bit_anywhere_is_noticed() {
    let token = token(&json!({ "alg": "ES256", "kid": "1" }), &claims());
    let (message, signature) = token.rsplit_once('.').unwrap();
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
    for place in 0..bytes.len() {
        let mut bytes = bytes.clone();
        bytes[place] ^= 0x80;
        let spoilt = format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(bytes));
        let verdict = verify(&spoilt, &EXPECTED, &keys());
        assert!(
            matches!(verdict, Err(IdTokenError::Signature)),
            "byte {place}"
        );
    }
}

#[test]
fn headers_that_change_the_meaning_are_refused() {
    for (header, fine) in [
        (json!({ "alg": "ES256", "kid": "1", "typ": "JWT" }), true),
        (
            json!({ "alg": "ES256", "kid": "1", "typ": "application/JWT" }),
            true,
        ),
        (json!({ "alg": "ES256" }), true),
        (
            json!({ "alg": "ES256", "kid": "1", "typ": "at+jwt" }),
            false,
        ),
        (json!({ "alg": "ES256", "kid": "1", "typ": 1 }), false),
        (json!({ "alg": "ES256", "kid": "1", "crit": [] }), false),
        (json!({ "alg": "ES256", "kid": 1 }), false),
        (json!({ "alg": "es256", "kid": "1" }), false),
        (json!({ "alg": "ES384", "kid": "1" }), false),
        (json!({ "kid": "1" }), false),
    ] {
        let verdict = verify(&token(&header, &claims()), &EXPECTED, &keys());
        assert_eq!(verdict.is_ok(), fine, "{header}");
    }
}

/// What the judge gets to see of claims that are odd, but not ours to refuse.
#[test]
fn odd_claims_are_facts() {
    for (auth_time, fact) in [
        (json!(NOW), Claim::Present(NOW)),
        (json!(1_800_000_000.999), Claim::Present(NOW)),
        (json!(-0.5), Claim::Present(-1)),
        (json!(u64::MAX), Claim::Present(i64::MAX)),
        (json!(-1e300), Claim::Present(i64::MIN)),
        (Value::Null, Claim::Absent),
        (json!("1"), Claim::Malformed("\"1\"".into())),
        (json!([1]), Claim::Malformed("[1]".into())),
    ] {
        let facts = facts_of(&json!({ "auth_time": auth_time }));
        assert_eq!(facts.auth_time, fact, "{auth_time}");
    }
    for (acr, fact) in [
        (json!(3), Claim::Malformed("3".into())),
        (json!(["phr"]), Claim::Malformed("[\"phr\"]".into())),
        (json!("phr "), Claim::Present("phr ".into())),
    ] {
        assert_eq!(facts_of(&json!({ "acr": acr })).acr, fact, "{acr}");
    }
    for (amr, fact) in [
        (json!("mfa"), Claim::Malformed("\"mfa\"".into())),
        (json!(["mfa", 1]), Claim::Malformed("[\"mfa\",1]".into())),
        (json!([]), Claim::Present(vec![])),
    ] {
        assert_eq!(facts_of(&json!({ "amr": amr })).amr, fact, "{amr}");
    }
}

#[test]
fn b9_19_an_address_is_verified_by_true_alone() {
    let verified = |verified: Value| {
        let facts = facts_of(&json!({ "email": "m@example.com", "email_verified": verified }));
        assert_eq!(facts.email, Claim::Present("m@example.com".into()));
        facts.email_verified
    };
    for yes in [json!(true), json!("true")] {
        assert_eq!(verified(yes), EmailVerified::Yes);
    }
    for no in [
        json!(false),
        json!("false"),
        json!("True"),
        json!("no"),
        json!(""),
        json!(0),
        json!(1),
        json!([true]),
    ] {
        assert_eq!(verified(no.clone()), EmailVerified::No(no.to_string()));
    }
    let unsaid = facts_of(&json!({ "email": "m@example.com" }));
    assert_eq!(unsaid.email_verified, EmailVerified::Unsaid);
}

#[test]
fn b9_19_a_name_that_is_no_text_is_none() {
    for (value, email) in [
        (Value::Null, Claim::Absent),
        (json!(""), Claim::Absent),
        (json!(" "), Claim::Present(" ".into())),
        (
            json!(["m@example.com"]),
            Claim::Malformed("[\"m@example.com\"]".into()),
        ),
    ] {
        let facts = facts_of(&json!({ "email": value, "preferred_username": value }));
        assert_eq!(facts.email, email);
        assert_eq!(facts.preferred_username, email);
    }
}

#[test]
fn what_came_is_shown_cut() {
    let refusal = verdict(&json!({ "iss": "i".repeat(5000) })).unwrap_err();
    assert!(refusal.to_string().len() < 250);
    for (length, whole) in [(120, true), (121, false)] {
        let value = json!("i".repeat(length));
        assert_eq!(!shown(Some(&value)).contains("..."), whole, "{length}");
    }
}
