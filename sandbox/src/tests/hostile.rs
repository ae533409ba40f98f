//! Switches: each falsifies exactly what it says, and nothing else.

use super::*;

/// The ID token's claims under these switches.
fn id_token(switches: &[&str]) -> Value {
    World::with(switches)
        .sign_in("key", &[("acr_values", "phr")])
        .1
}

/// Each row is one sandbox; rows mix switches because each changes one claim only.
#[test]
fn claims_are_falsified_one_at_a_time() {
    type Row<'a> = &'a [(&'a str, &'a str, Value)];
    let rows: &[Row] = &[
        &[
            ("acr=lower", "acr", json!("urn:okta:loa:1fa:pwd")),
            ("aud=wrong", "aud", json!("stepup-cli1")),
            ("nonce=wrong", "nonce", json!("the-nonce1")),
            ("amr=string", "amr", json!("hwk")),
            ("email=other", "email", json!("noor.haddad@sandbox.example")),
            ("azp=wrong", "azp", json!("stepup-cli1")),
            ("auth_time=negative", "auth_time", json!(-1)),
        ],
        &[
            ("acr=none", "acr", Value::Null),
            ("aud=none", "aud", Value::Null),
            ("nonce=none", "nonce", Value::Null),
            ("amr=none", "amr", Value::Null),
            ("email=none", "email", Value::Null),
            ("auth_time=none", "auth_time", Value::Null),
            ("exp=none", "exp", Value::Null),
            ("iat=none", "iat", Value::Null),
            ("at_hash=none", "at_hash", Value::Null),
            ("subject=none", "sub", Value::Null),
        ],
        &[
            ("acr=zero", "acr", json!("0")),
            ("aud=array", "aud", json!(["stepup-cli"])),
            ("auth_time=huge", "auth_time", json!(u64::MAX)),
        ],
        &[
            ("acr=number", "acr", json!(2)),
            ("aud=extra", "aud", json!(["stepup-cli", "somebody-else"])),
        ],
        &[("acr=array", "acr", json!(["phr"]))],
        &[("acr=upper", "acr", json!("PHR"))],
        &[("acr=trailing-space", "acr", json!("phr "))],
        &[("acr=unknown", "acr", json!("urn:example:unknown"))],
    ];
    for row in rows {
        let switches: Vec<&str> = row.iter().map(|(switch, ..)| *switch).collect();
        let claims = id_token(&switches);
        for (switch, name, wrong) in *row {
            assert_eq!(claims[name], *wrong, "{switch}");
        }
    }
}

#[test]
fn signatures_are_falsified_in_header_and_bytes() {
    let header = |switch: &str| {
        let mut world = World::with(&[switch]);
        let code = world.code("key", &[]);
        let token = world.redeem(&code, &[]).json()["id_token"]
            .as_str()
            .unwrap()
            .to_owned();
        let header = decode(token.split('.').next().unwrap()).unwrap();
        let header: Value = serde_json::from_slice(&header).unwrap();
        (header, token.ends_with('.'))
    };
    for alg in ["none", "HS256", "ES256", "RS512", "PS256"] {
        let (header, unsigned) = header(&format!("alg={alg}"));
        assert_eq!(
            (header["alg"].as_str(), unsigned),
            (Some(alg), alg == "none")
        );
    }
    assert_eq!(header("kid=unknown").0["kid"], "unknown");
    assert_eq!(header("kid=none").0.get("kid"), None);
}

#[test]
fn times_are_falsified_in_kind_and_size() {
    let now = super::super::basics::now();
    let old = id_token(&["auth_time=old", "iat=old", "exp=past", "subject=other"]);
    assert!(old["auth_time"].as_i64().unwrap() < now - 86_000);
    assert!(old["iat"].as_i64().unwrap() < now - 86_000);
    assert!(old["exp"].as_i64().unwrap() < now);
    assert_eq!(old["email"], "noor.haddad@sandbox.example");
    let future = id_token(&["auth_time=future", "iat=future"]);
    assert!(future["auth_time"].as_i64().unwrap() > now + 86_000);
    assert!(future["iat"].as_i64().unwrap() > now + 86_000);
    let float = id_token(&["auth_time=float", "iat=float"]);
    assert!(float["auth_time"].is_f64() && float["iat"].is_f64());
    assert!(id_token(&["auth_time=string"])["auth_time"].is_string());
}

#[test]
fn responses_are_falsified() {
    for (switch, name, wrong) in [
        ("response_state=wrong", "state", Some("the-state1")),
        ("response_state=none", "state", None),
        ("response_iss=none", "iss", None),
        (
            "authorize_error=server_error",
            "error",
            Some("server_error"),
        ),
    ] {
        let mut world = World::with(&[switch]);
        let mut got = world.authorize(&[]);
        if got.status == 200 {
            got = world.answer(&got, "key", &[]);
        }
        assert_eq!(
            got.response().get(name).map(String::as_str),
            wrong,
            "{switch}"
        );
    }
}

#[test]
fn discovery_keys_and_tokens_can_fail() {
    let discovery = "/.well-known/openid-configuration";
    for (switch, path, status, kind) in [
        ("discovery=500", discovery, 500, "application/json"),
        ("discovery=html", discovery, 200, "text/html; charset=utf-8"),
        ("discovery=redirect", discovery, 302, "text/plain"),
        ("jwks=500", "/jwks", 500, "application/json"),
        ("jwks=html", "/jwks", 200, "text/html; charset=utf-8"),
    ] {
        let got = World::with(&[switch]).provider("GET", path, &[]);
        assert_eq!(
            (got.status, got.header("content-type")),
            (status, kind),
            "{switch}"
        );
    }
    let metadata = |switch: &str| {
        World::with(&[switch])
            .provider("GET", discovery, &[])
            .json()
    };
    assert!(
        metadata("discovery_issuer=slash")["issuer"]
            .as_str()
            .unwrap()
            .ends_with('/')
    );
    assert_eq!(
        metadata("discovery=no-s256")["code_challenge_methods_supported"],
        json!(["plain"])
    );
    assert!(
        metadata("discovery=http")["token_endpoint"]
            .as_str()
            .unwrap()
            .contains(".example/")
    );
    assert_eq!(
        World::with(&["token_error=invalid_grant"])
            .redeem("x", &[])
            .json()["error"],
        "invalid_grant"
    );
    assert_eq!(World::with(&["token=500"]).redeem("x", &[]).status, 500);
    assert_eq!(
        World::with(&["token=redirect"]).redeem("x", &[]).status,
        307
    );
    let mut world = World::with(&["token=no-id-token"]);
    let code = world.code("key", &[]);
    assert!(world.redeem(&code, &[]).json().get("id_token").is_none());
    let mut world = World::with(&["id_token=duplicate-acr"]);
    let code = world.code("key", &[("acr_values", "phr")]);
    let token = world.redeem(&code, &[]).json()["id_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let payload = String::from_utf8(decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap();
    assert_eq!(payload.matches("\"acr\":").count(), 2);
}

#[test]
fn a_rotated_key_is_published_after_the_token() {
    let mut world = World::with(&["jwks=rotate"]);
    let kids = |world: &World| {
        world.provider("GET", "/jwks", &[]).json()["keys"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(kids(&world), 1);
    let (token, _) = world.sign_in("key", &[("acr_values", "phr")]);
    assert_eq!(kids(&world), 2);
    assert_eq!(world.approve(4211, &token).status, 200);
}

#[test]
fn the_api_can_fail() {
    for (switch, status) in [
        ("api=500", 500),
        ("api=html", 200),
        ("api=redirect", 302),
        ("api=429", 429),
        ("api=401", 401),
    ] {
        assert_eq!(
            World::with(&[switch]).get("/api/v1/auth/introspect").status,
            status,
            "{switch}"
        );
    }
}

#[test]
fn approvals_can_go_wrong_before_and_after_they_count() {
    for (switch, status, open) in [
        ("approve=500", 500, true),
        ("approve=500-after-commit", 500, false),
        ("approve=always-challenge", 401, true),
        ("approve=404-step-up", 404, true),
        ("effect_delay_ms=600000", 200, true),
    ] {
        let mut world = World::with(&[switch]);
        let (token, _) = world.sign_in("key", &[("acr_values", "phr")]);
        assert_eq!(world.approve(4211, &token).status, status, "{switch}");
        assert_eq!(world.is_open(4211), open, "{switch}");
    }
    for (switch, open) in [("approve=drop", true), ("approve=drop-after-commit", false)] {
        let world = World::with(&[switch]);
        let body = json!({"policyStepId": world.step(4212)});
        let request = Request::post(format!(
            "{}/api/v1/tasks/4212/action/approve",
            world.sandbox.info().api_url
        ))
        .header("authorization", format!("Bearer {}", world.credential));
        assert!(
            world
                .client
                .send(request.body(body.to_string().into_bytes()).unwrap())
                .is_err()
        );
        assert_eq!(world.is_open(4212), open, "{switch}");
    }
}

#[test]
fn challenges_can_be_odd() {
    let header = |switch: &str| {
        let world = World::with(&[switch]);
        world
            .approve(4211, &world.credential)
            .header("www-authenticate")
            .to_owned()
    };
    assert!(!header("challenge=junk").contains("insufficient"));
    assert!(!header("challenge=no-acr").contains("acr_values"));
    assert!(header("challenge=other-max-age").contains("max_age=\"60\""));
}
