//! Tokens with a good signature and any claims: one wrong claim is enough to refuse, and nothing else is.

use std::sync::LazyLock;

use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::*;
use crate::arbitrary;

const ISSUER: &str = "https://idp.example";
const CLIENT: &str = "stepup";
const NONCE: &str = "the-nonce";
const TOKEN: &str = "the-access-token";
const STARTED: i64 = 1_000_000;
const NOW: i64 = STARTED + 90;
const SKEW: i64 = 60;

static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::from_slice(&[7; 32]).unwrap());

fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn signed(header: &Value, claims: &Value) -> String {
    let input = format!(
        "{}.{}",
        encode(header.to_string()),
        encode(claims.to_string())
    );
    let signature: Signature = KEY.sign(input.as_bytes());
    format!("{input}.{}", encode(signature.to_bytes()))
}

fn check(token: &str) -> Result<AuthenticationEvent, IdTokenError> {
    let point = KEY.verifying_key().to_sec1_point(false);
    let source = KeySource::holding(&json!({"keys": [{
        "kty": "EC", "crv": "P-256", "use": "sig", "kid": "k",
        "x": encode(point.x().unwrap()), "y": encode(point.y().unwrap()),
    }]}));
    let expected = Expected {
        issuer: ISSUER,
        client_id: CLIENT,
        binding: Binding::Nonce(NONCE),
        access_token: TOKEN,
        algs: &[CoreJwsSigningAlgorithm::EcdsaP256Sha256],
        started: STARTED,
        now: NOW,
        skew: SKEW,
    };
    verify(token, &expected, &source)
}

fn header() -> Value {
    json!({"alg": "ES256", "kid": "k"})
}

fn at_hash() -> String {
    let hashes = keys::hashes(&CoreJwsSigningAlgorithm::EcdsaP256Sha256, TOKEN.as_bytes());
    encode(&hashes[0][..16])
}

/// Claims that are right, in every form that is.
fn right() -> impl Strategy<Value = Map<String, Value>> {
    (
        select(vec![json!(CLIENT), json!([CLIENT])]),
        NOW - SKEW + 1..NOW + 100_000,
        STARTED - SKEW..NOW + SKEW + 1,
        "[ -~]{1,255}",
        select(vec![None, Some(json!(CLIENT))]),
        any::<bool>(),
        // Whatever else a provider adds, these included, which only the judge looks at.
        arbitrary::json("acr|amr|auth_time|email|email_verified|preferred_username|x[a-z]*"),
    )
        .prop_map(|(aud, exp, iat, sub, azp, hashed, more)| {
            let mut claims = more.as_object().cloned().unwrap_or_default();
            let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
            set("iss", json!(ISSUER));
            set("aud", aud);
            set("exp", json!(exp));
            set("iat", json!(iat));
            set("nonce", json!(NONCE));
            set("sub", json!(sub));
            azp.map(|azp| set("azp", azp));
            hashed.then(|| set("at_hash", json!(at_hash())));
            claims
        })
}

/// One claim and a value that makes it wrong; `None` takes it out.
fn wrong() -> impl Strategy<Value = (&'static str, Option<Value>)> {
    let near = vec![
        ("iss", None),
        ("iss", Some(json!(format!("{ISSUER}/")))),
        ("iss", Some(json!(format!("{ISSUER}1")))),
        ("iss", Some(json!([ISSUER]))),
        ("aud", None),
        ("aud", Some(json!([]))),
        ("aud", Some(json!([CLIENT, CLIENT]))),
        ("aud", Some(json!([CLIENT, "other"]))),
        ("aud", Some(json!([[CLIENT]]))),
        ("aud", Some(json!("Stepup"))),
        ("exp", None),
        ("exp", Some(json!(NOW - SKEW))),
        ("exp", Some(json!(i64::MIN))),
        ("exp", Some(json!((NOW + 300).to_string()))),
        ("iat", None),
        ("iat", Some(json!(NOW + SKEW + 1))),
        ("iat", Some(json!(STARTED - SKEW - 1))),
        ("iat", Some(json!(u64::MAX))),
        ("nonce", None),
        ("nonce", Some(json!(format!("{NONCE}1")))),
        ("nonce", Some(json!([NONCE]))),
        ("sub", None),
        ("sub", Some(json!(""))),
        ("sub", Some(json!("x".repeat(256)))),
        ("azp", Some(json!(null))),
        ("azp", Some(json!([CLIENT]))),
        ("at_hash", Some(json!(null))),
        ("at_hash", Some(json!(""))),
        ("at_hash", Some(json!(format!("{}=", at_hash())))),
    ];
    let anything = move || arbitrary::json(".{0,3}").prop_map(Some);
    prop_oneof![
        3 => select(near),
        1 => (select(vec!["exp", "iat"]), anything().prop_filter("a time", |value| {
            !value.as_ref().is_some_and(Value::is_number)
        })),
        // By chance it could not be right; a subject is any text.
        1 => (select(vec!["iss", "aud", "nonce", "sub", "azp", "at_hash"]), anything()).prop_filter("a subject", |(name, value)| {
            *name != "sub" || !value.as_ref().is_some_and(Value::is_string)
        }),
    ]
    .boxed()
}

proptest! {
    // Signatures take their time without optimisation.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn right_claims_verify_and_one_wrong_claim_is_enough_to_refuse(
        right in right(),
        wrong in vec(wrong(), 1..3),
    ) {
        let event = check(&signed(&header(), &json!(right)));
        prop_assert!(event.is_ok(), "{event:?}");
        let mut claims = right;
        for (name, value) in &wrong {
            match value {
                Some(value) => claims.insert((*name).to_owned(), value.clone()),
                None => claims.remove(*name),
            };
        }
        // A later one may have put an earlier one's claim back to what it was, but never to right.
        prop_assert!(check(&signed(&header(), &json!(claims))).is_err(), "{wrong:?}");
    }

    #[test]
    fn claims_out_of_thin_air_never_verify(claims in arbitrary::json("iss|aud|exp|iat|nonce|sub")) {
        prop_assert!(check(&signed(&header(), &claims)).is_err());
    }

    #[test]
    fn one_changed_byte_of_what_was_signed_is_enough_to_refuse(
        right in right(),
        at in any::<prop::sample::Index>(),
        byte in "[A-Za-z0-9_-]",
    ) {
        let good = signed(&header(), &json!(right));
        let at = at.index(good.len());
        prop_assume!(good.as_bytes()[at] != b'.' && !good[at..].starts_with(&byte));
        let changed = format!("{}{byte}{}", &good[..at], &good[at + 1..]);
        prop_assert!(check(&changed).is_err(), "{at}");
    }

    #[test]
    fn a_header_that_says_something_else_is_refused(
        alg in "none|HS256|RS256|ES384|es256|",
        extra in select(vec![None, Some("crit"), Some("typ"), Some("kid")]),
        value in arbitrary::json("[a-z]"),
    ) {
        let claims = json!({
            "iss": ISSUER, "aud": CLIENT, "exp": NOW, "iat": NOW, "nonce": NONCE, "sub": "s",
        });
        let mut told = header();
        told["alg"] = json!(alg);
        prop_assert!(check(&signed(&told, &claims)).is_err());
        if let Some(extra) = extra {
            let mut told = header();
            told[extra] = value;
            prop_assert!(check(&signed(&told, &claims)).is_err(), "{told}");
        }
    }
}
