//! What is no evidence: refused by the member's name, and never a crash.

use proptest::prelude::*;

use super::*;

fn refused(text: &str) -> String {
    let error = verify(text.as_bytes(), &Trust::default(), NOW).unwrap_err();
    error.to_string()
}

#[test]
fn what_cannot_be_read_is_told_by_its_name() {
    let document = evidence(&Provider::new(1));
    for (path, value, named) in [
        (
            "/schema",
            json!("stepup.evidence/9"),
            "`schema` is \"stepup.evidence/9\"",
        ),
        ("/schema", json!(1), "`schema` is 1"),
        ("/ceremony", json!("astral"), "`ceremony`"),
        ("/received_at", json!("1795906331"), "`received_at`"),
        (
            "/received_at",
            json!(1_795_906_331_000_i64),
            "`received_at` is not as it has to be: wanted seconds",
        ),
        ("/received_at", json!(-1), "`received_at`"),
        ("/received_at", json!(1.5), "`received_at`"),
        (
            "/key/fetched_at",
            json!(1_795_906_331_000_i64),
            "`key.fetched_at`",
        ),
        ("/key/thumbprint", json!(7), "`key.thumbprint`"),
        (
            "/statement/consented_at",
            json!(1_795_906_300_000_i64),
            "`statement.consented_at`",
        ),
        (
            "/statement/consented_at",
            json!("1795906300"),
            "`statement.consented_at`",
        ),
        (
            "/statement/requirement/max_age",
            json!("300"),
            "`statement.requirement.max_age`",
        ),
        (
            "/statement/duration/seconds",
            json!("28800"),
            "`statement.duration",
        ),
        ("/statement", json!([]), "`statement"),
        ("/terms/skew", json!("60"), "`terms.skew`"),
        ("/terms/skew", json!(301), "`terms.skew`"),
        (
            "/terms/person/claim",
            json!("shoe-size"),
            "`terms.person.claim`",
        ),
        ("/receipt", json!("x"), "`receipt`"),
        ("/receipt/outcome", json!("postponed"), "`receipt`"),
        ("/salt", json!(7), "`salt`"),
    ] {
        let mut document = document.clone();
        *document.pointer_mut(path).unwrap() = value;
        let refused = refused(&document.to_string());
        assert!(refused.contains(named), "{path}: {refused}");
    }
    assert!(refused("[]").contains("`schema` is missing"));
    assert!(refused("{").contains("cannot be read as JSON"));
    let twice = document.to_string().replacen('{', r#"{"salt":"x","#, 1);
    assert!(refused(&twice).contains("the member `salt` stands there twice"));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(refused(&deep).contains("cannot be read as JSON"));
    let large = " ".repeat(50 * 1024 * 1024);
    assert!(refused(&large).contains("it has 52428800 bytes"));
}

/// The header decides nothing (RFC 8725 §3.1).
#[test]
fn a_token_by_no_accepted_algorithm_is_none() {
    let provider = Provider::new(1);
    let claims = claims(&statement(&terms()));
    for header in [
        json!({ "alg": "none", "kid": "1" }),
        json!({ "alg": "HS256", "kid": "1" }),
        json!({ "alg": "es256", "kid": "1" }),
        json!({ "kid": "1" }),
        json!({ "alg": "ES256", "kid": "1", "crit": ["b64"] }),
        json!({ "alg": "ES256", "kid": "1", "typ": "at+jwt" }),
    ] {
        let mut document = evidence(&provider);
        document["id_token"] = provider.token(&header, &claims).into();
        assert!(failing(&document).contains(&"algorithm"), "{header}");
    }
    // Nor do the terms, were they to allow it.
    let weak = committed_to(|_, terms| terms["algorithms"] = json!(["none", "HS256"]));
    assert!(failing(&weak).contains(&"algorithm"));
    for token in ["", "a", "a.b", "a.b.c", "a.b.c.d.e", "e30.e30."] {
        let mut document = evidence(&provider);
        document["id_token"] = token.into();
        let failing = failing(&document);
        assert!(!failing.is_empty(), "{token}");
    }
    let mut kid = evidence(&provider);
    let header = json!({ "alg": "ES256", "kid": 1 });
    kid["id_token"] = provider.token(&header, &claims).into();
    assert!(failing(&kid).contains(&"signature"));
}

#[test]
fn a_key_that_is_too_short_or_another_kind_verifies_nothing() {
    let short = json!({
        "kty": "RSA", "kid": "1", "e": "AQAB",
        "n": BASE64_URL_SAFE_NO_PAD.encode([0xff; 128]),
    });
    for key in [
        short.clone(),
        json!({ "kty": "oct", "kid": "1", "k": "AAAA" }),
        json!("key"),
    ] {
        let mut document = committed_to(|_, terms| terms["algorithms"] = json!(["ES256", "RS256"]));
        let header = json!({ "alg": "RS256", "kid": "1" });
        let claims = claims(&document["statement"]);
        document["id_token"] = Provider::new(1).token(&header, &claims).into();
        document["key"]["thumbprint"] = thumbprint(&key).unwrap_or_default().into();
        document["key"]["jwk"] = key.clone();
        let failing = failing(&document);
        assert!(failing.contains(&"signature"), "{key}: {failing:?}");
        if key == short {
            let verified = check(&document, &Trust::default()).unwrap();
            let signature = verified
                .checks
                .iter()
                .find(|check| check.name == "signature");
            assert!(signature.unwrap().detail.contains("1024 bits"));
        }
    }
    let mut other = evidence(&Provider::new(1));
    other["key"]["thumbprint"] = thumbprint(&Provider::new(2).jwk()).unwrap().into();
    assert_eq!(failing(&other), ["key"]);
}

/// A verifier's clock that stands still is no reason to believe in the future.
#[test]
fn what_was_received_in_the_future_does_not_hold() {
    let document = evidence(&Provider::new(1)).to_string();
    let at = |now| verify(document.as_bytes(), &Trust::default(), now).unwrap();
    assert_eq!(at(CONSENTED).failure(), None);
    let failure = at(CONSENTED - 1000);
    assert_eq!(failure.failure().unwrap().name, "times");
}

proptest! {
    /// Bytes from anywhere end in a verdict or in a reason.
    #[test]
    fn nothing_crashes_it(place in 0_usize..4096, byte in any::<u8>(), cut in 0_usize..4096) {
        let mut bytes = evidence(&Provider::new(1)).to_string().into_bytes();
        let length = bytes.len();
        bytes[place % length] = byte;
        let _ = verify(&bytes, &Trust::default(), NOW);
        bytes.truncate(cut % length);
        let _ = verify(&bytes, &Trust::default(), NOW);
    }
}
